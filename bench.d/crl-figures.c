/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crl-figures ROUNDS: a card's certificate is checked against a revocation list of 100,000 entries, fetched
 * from the practice service, while a window draws a frame as often as the screen takes one. One JSON line a
 * round, times in milliseconds:
 *
 *   check    from asking to the answer, the list being fetched, checked, searched and kept
 *   kept     the same again, the list coming from the disk
 *   openssl  `openssl crl -inform DER -noout` on the same file, start of the program included
 *   longest  how long the main loop stood still at most, in check and kept
 *   frames   drawn in check
 *   bytes    size of the list
 */
#include "measure.h"
#include "tou-http-list-source.h"
#include "tou-openssl-certificate-checker.h"
#include "tou-paths.h"
#include "tou-practice-ca.h"
#include "tou-certificate.h"
#include "tou-practice-list.h"
#include "tou-practice-pem.h"

#include <glib/gstdio.h>
#include <gtk/gtk.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#define N_ENTRIES "100000"
#define DAY_US (24 * G_TIME_SPAN_HOUR)

typedef struct {
    char *folder;
    char *cache;
    char *list; /* the file for openssl */
    GSubprocess *practice;
    TouServiceProfile *profile;
    TouClock *clock;
    TouListSource *source;
    TouCertificateChecker *checker;
    TouCardCertificate *card;
    TouCertificateStatus *status;
} Bench;

static guint n_frames;

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
    gtk_widget_queue_draw (widget);
    return G_SOURCE_CONTINUE;
}

static gboolean
on_drawn (GtkWidget *widget, cairo_t *cairo, gpointer data)
{
    n_frames++;
    return FALSE;
}

static void
open_window (void)
{
    GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
    GtkWidget *label = gtk_label_new ("証明書失効リスト");

    gtk_container_add (GTK_CONTAINER (window), label);
    gtk_window_set_default_size (GTK_WINDOW (window), 600, 400);
    g_signal_connect_after (label, "draw", G_CALLBACK (on_drawn), NULL);
    gtk_widget_add_tick_callback (label, on_tick, NULL, NULL);
    gtk_widget_show_all (window);
    while (n_frames < 10)
        gtk_main_iteration ();
}

/* The program says where its profile is when it listens. */
static void
start_practice (Bench *bench)
{
    g_autofree char *program = tou_paths_get_part (TOU_PART_PRACTICE_SERVICE);
    g_autofree char *folder = g_build_filename (bench->folder, "practice", NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (GDataInputStream) lines = NULL;
    g_autofree char *url = NULL;
    g_autofree char *path = NULL;

    bench->practice = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--folder", folder,
                                        "--crl-entries", N_ENTRIES, NULL);
    g_assert_no_error (error);
    lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (bench->practice));
    url = g_data_input_stream_read_line (lines, NULL, NULL, &error);
    path = g_data_input_stream_read_line (lines, NULL, NULL, &error);
    g_assert_nonnull (path);
    bench->profile = tou_service_profile_load (path, &error);
    g_assert_no_error (error);
}

/* Another card of the practice authority: those in the tokens need a PIN. */
static void
issue_card (Bench *bench)
{
    g_autofree char *place = g_build_filename (bench->folder, "practice", "ca", NULL);
    g_autoptr (TouPracticeCa) ca = tou_practice_ca_load (place, NULL);
    g_autoptr (EVP_PKEY) key = tou_practice_key_new_rsa (2048, NULL);
    const TouPracticeCardFacts facts = {
        .holder = "桜川 一郎",
        .holder_roman = "Ichiro Sakuragawa",
        .crl_url = TOU_PRACTICE_LIST_URL,
        .not_before_us = g_get_real_time () - DAY_US,
        .not_after_us = g_get_real_time () + 365 * DAY_US,
    };
    g_autoptr (X509) certificate = tou_practice_ca_issue_card (ca, &facts, key, NULL);
    g_autoptr (GBytes) der = tou_x509_to_der (certificate);

    bench->card = tou_certificate_read (der, NULL);
    g_assert_nonnull (bench->card);
}

static void
fetch_list_for_openssl (Bench *bench)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) list = tou_list_source_fetch (
        bench->source, tou_service_profile_get_crl_url (bench->profile), TOU_CRL_MAX_BYTES, NULL, &error);

    g_assert_no_error (error);
    g_assert_true (g_file_set_contents (bench->list, g_bytes_get_data (list, NULL),
                                        (gssize) g_bytes_get_size (list), NULL));
}

static void
set_up (Bench *bench)
{
    bench->folder = g_dir_make_tmp ("touroku-crl-XXXXXX", NULL);
    bench->cache = g_build_filename (bench->folder, "lists", NULL);
    bench->list = g_build_filename (bench->folder, "list.der", NULL);
    start_practice (bench);
    issue_card (bench);
    bench->clock = tou_clock_new ();
    bench->source = TOU_LIST_SOURCE (tou_http_list_source_new ());
    bench->checker = TOU_CERTIFICATE_CHECKER (
        tou_openssl_certificate_checker_new (bench->profile, bench->source, bench->cache));
    fetch_list_for_openssl (bench);
}

static void
tear_down (Bench *bench)
{
    const char *const argv[] = { "rm", "-rf", bench->folder, NULL };

    g_subprocess_send_signal (bench->practice, SIGTERM);
    g_subprocess_wait (bench->practice, NULL, NULL);
    g_object_unref (bench->practice);
    g_object_unref (bench->checker);
    g_object_unref (bench->source);
    g_object_unref (bench->clock);
    tou_card_certificate_unref (bench->card);
    tou_service_profile_unref (bench->profile);
    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
    g_free (bench->folder);
    g_free (bench->cache);
    g_free (bench->list);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (GError) error = NULL;
    Bench *bench = data;

    bench->status = tou_certificate_checker_check_finish (TOU_CERTIFICATE_CHECKER (source), result, &error);
    g_assert_no_error (error);
}

static double
time_check (Bench *bench)
{
    gint64 start_us = g_get_monotonic_time ();
    double ms;

    tou_certificate_checker_check_async (bench->checker, bench->card, bench->clock, NULL, on_checked, bench);
    while (bench->status == NULL)
        gtk_main_iteration ();
    ms = ms_since (start_us);
    g_assert_no_error (bench->status->warning);
    g_assert_true (bench->status->is_revocation_known);
    g_clear_pointer (&bench->status, tou_certificate_status_free);
    return ms;
}

static double
time_openssl (Bench *bench)
{
    const char *const argv[] = { "openssl", "crl", "-inform", "DER", "-in", bench->list, "-noout", NULL };
    gint64 start_us = g_get_monotonic_time ();
    int status = 1;

    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL);
    g_assert_cmpint (status, ==, 0);
    return ms_since (start_us);
}

static void
forget_kept_list (Bench *bench)
{
    g_autoptr (GDir) dir = g_dir_open (bench->cache, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
        g_autofree char *path = g_build_filename (bench->cache, name, NULL);

        g_unlink (path);
    }
}

static void
run_round (Bench *bench)
{
    double check, kept, openssl;
    guint frames;
    GStatBuf info;

    forget_kept_list (bench);
    openssl = time_openssl (bench);
    n_frames = 0;
    restart_loop_watch ();
    check = time_check (bench);
    frames = n_frames;
    kept = time_check (bench);
    g_assert_cmpint (g_stat (bench->list, &info), ==, 0);
    printf ("{\"check\": %.1f, \"kept\": %.1f, \"openssl\": %.1f, \"longest\": %.1f, \"frames\": %u, "
            "\"bytes\": %" G_GINT64_FORMAT "}\n",
            check, kept, openssl, get_longest_ms (), frames, (gint64) info.st_size);
}

int
main (int argc, char **argv)
{
    Bench bench = { 0 };
    int rounds = argc > 1 ? atoi (argv[1]) : 15;

    gtk_init (&argc, &argv);
    watch_loop ();
    set_up (&bench);
    open_window ();
    for (int i = 0; i <= rounds; i++)
        run_round (&bench);
    tear_down (&bench);
    return 0;
}
