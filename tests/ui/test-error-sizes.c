/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

/* Every error that can be shown, on the smallest screen that is in use: 1024×768, in the language and at the
 * scale that meson.build gives. */
#include "form-tools.h"
#include "tou-error-catalogue.h"
#include "tou-error-dialog.h"
#include "tou-practice-control.h"
#include "tou-proof-checker.h"

#include <libintl.h>

#define SCREEN_WIDTH 1024
#define SCREEN_HEIGHT 768
#define FRAME_HEIGHT 40

typedef void (*Check) (UiBench *bench, const GError *error);

static void
take (GPtrArray *errors, GError *error)
{
    g_ptr_array_add (errors, error);
}

static void
take_domain (GPtrArray *errors, GQuark domain, guint n)
{
    for (guint i = 0; i < n; i++)
        take (errors, g_error_new_literal (domain, (int) i, "a text that only the details show"));
}

/* One for each row of the catalogue, and the long names of the details. */
static GPtrArray *
make_errors (void)
{
    GPtrArray *errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
    guint n;
    const TouErrorEntry *entries = tou_error_catalogue_get_all (&n);

    for (guint i = 0; i < n; i++)
        take (errors, fake_problem_new (403, entries[i].code, entries[i].name));
    take_domain (errors, TOU_CARD_ERROR, TOU_N_CARD_ERRORS);
    take_domain (errors, TOU_PROOF_ERROR, TOU_PROOF_ERROR_FAILED + 1);
    take_domain (errors, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FAILED + 1);
    return errors;
}

static void
assert_fits (GtkWidget *window, const GError *error, const char *where)
{
    int width;
    int height;

    ui_wait_for_frame (window);
    gtk_window_get_size (GTK_WINDOW (window), &width, &height);
    if (width > SCREEN_WIDTH || height > SCREEN_HEIGHT - FRAME_HEIGHT)
        g_error ("%s is %d×%d with %s %d (%s)", where, width, height, g_quark_to_string (error->domain),
                 error->code, tou_error_catalogue_lookup (error)->code);
}

/* The button is inside its window as a whole, where it can be pressed. */
static void
assert_reachable (GtkWidget *window, GtkWidget *button)
{
    int height;
    int bottom = gtk_widget_get_allocated_height (button);

    g_assert_true (gtk_widget_translate_coordinates (button, window, 0, bottom, NULL, &bottom));
    gtk_window_get_size (GTK_WINDOW (window), NULL, &height);
    g_assert_cmpint (gtk_widget_get_allocated_height (button), >, 20);
    g_assert_cmpint (bottom, <=, height);
}

static void
expand_details (GtkWidget *root)
{
    gtk_expander_set_expanded (GTK_EXPANDER (ui_find (root, "error_details_expander")), TRUE);
}

static void
for_each_error (UiBench *bench, Check check)
{
    g_autoptr (GPtrArray) errors = make_errors ();

    for (guint i = 0; i < errors->len; i++)
        check (bench, g_ptr_array_index (errors, i));
}

static void
check_page (UiBench *bench, const GError *error)
{
    GtkWidget *window = GTK_WIDGET (bench->window);

    if (tou_error_catalogue_lookup (error)->form != TOU_ERROR_FORM_PAGE)
        return;
    tou_window_show_error (bench->window, error);
    assert_fits (window, error, "the page");
    expand_details (window);
    assert_fits (window, error, "the page with details");
    assert_reachable (window, ui_get (bench, "submit_button"));
}

static void
use_card_of (UiBench *bench, char hash_digit, const char *company)
{
    g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_card_certificate_unref);

    g_ptr_array_add (certificates, form_certificate_new (hash_digit, company, "椿原　花子"));
    fake_cards_set_certificates (bench->fakes->cards, certificates);
}

/* Would catch: a window that an error makes taller than the screen, so that its buttons cannot be reached. */
static void
test_page (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    use_card_of (bench, 'b', "株式会社練習商事");
    form_go (bench, TOU_PAGE_CONFIRM);
    /* The page is at its tallest with both cautions, in practice, and when it says that the card is gone. */
    fake_cards_lose (bench->fakes->cards);
    use_card_of (bench, 'c', "椿原商事株式会社");
    ui_press (bench, "submit_button");
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    gtk_widget_show (ui_find (GTK_WIDGET (bench->window), "practice_strip"));
    fake_cards_lose (bench->fakes->cards);
    for_each_error (bench, check_page);
}

/* An error dialog has room for all that it says. */
static void
assert_whole (GtkWidget *dialog, const GError *error)
{
    GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (ui_find (dialog, "error_scroller"));
    GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scroller);

    if (gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment))
        g_error ("the dialog cuts %s %d (%s): %.0f of %.0f", g_quark_to_string (error->domain), error->code,
                 tou_error_catalogue_lookup (error)->code, gtk_adjustment_get_page_size (adjustment),
                 gtk_adjustment_get_upper (adjustment));
}

static void
check_dialog (UiBench *bench, const GError *error)
{
    GtkWidget *dialog = tou_error_dialog_new (GTK_WINDOW (bench->window), error,
                                              tou_session_flow_get_profile (bench->fakes->session));

    gtk_widget_show (dialog);
    assert_fits (dialog, error, "the dialog");
    assert_whole (dialog, error);
    expand_details (dialog);
    assert_fits (dialog, error, "the dialog with details");
    gtk_widget_destroy (dialog);
}

static void
test_dialog (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    for_each_error (bench, check_dialog);
}

static void
check_pin_dialog (UiBench *bench, const GError *error)
{
    GtkWidget *dialog = form_find_dialog ();

    tou_pin_dialog_show_error (TOU_PIN_DIALOG (dialog), error);
    assert_fits (dialog, error, "the PIN dialog");
    expand_details (dialog);
    assert_fits (dialog, error, "the PIN dialog with details");
}

/* With three cards and a last try: there it is at its tallest. */
static void
test_pin_dialog (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (
        bench,
        form_token_new ("Reader 1", "1", TOU_PIN_STATE_FINAL_TRY, form_certificate_new ('a', "会社", "一郎")),
        form_token_new ("Reader 2", "2", TOU_PIN_STATE_OK, form_certificate_new ('b', "会社", "二郎")),
        form_token_new ("Reader 3", "3", TOU_PIN_STATE_OK, form_certificate_new ('c', "会社", "三郎")), NULL);
    form_open_dialog (bench);
    for_each_error (bench, check_pin_dialog);
    form_answer (GTK_RESPONSE_CANCEL);
}

int
main (int argc, char **argv)
{
    const char *build = g_getenv ("TOUROKU_BUILD_DIR");
    g_autofree char *texts = g_build_filename (build != NULL ? build : "", "po", NULL);

    ui_test_init (&argc, &argv);
    bindtextdomain (GETTEXT_PACKAGE, texts);
    bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
    g_test_add_func ("/ui/error-sizes/page", test_page);
    g_test_add_func ("/ui/error-sizes/dialog", test_dialog);
    g_test_add_func ("/ui/error-sizes/pin-dialog", test_pin_dialog);
    return g_test_run ();
}
