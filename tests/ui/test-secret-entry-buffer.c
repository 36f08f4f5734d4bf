/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tou-secret-entry-buffer.h"

#include <string.h>

static void
on_text_changed (GtkEntryBuffer *buffer, GParamSpec *pspec, guint *count)
{
    *count += 1;
}

static void
assert_holds (GtkEntryBuffer *buffer, const char *text)
{
    g_autoptr (TouSecret) secret = tou_secret_entry_buffer_dup_secret (TOU_SECRET_ENTRY_BUFFER (buffer));

    g_assert_cmpstr (gtk_entry_buffer_get_text (buffer), ==, text);
    g_assert_cmpuint (gtk_entry_buffer_get_bytes (buffer), ==, strlen (text));
    g_assert_cmpuint (gtk_entry_buffer_get_length (buffer), ==, (guint) g_utf8_strlen (text, -1));
    g_assert_true (tou_secret_equal_text (secret, text));
}

/* Would catch: positions counted in bytes, the wrong part deleted. */
static void
test_edits_by_characters (void)
{
    g_autoptr (GtkEntryBuffer) buffer = tou_secret_entry_buffer_new ();

    g_assert_cmpuint (gtk_entry_buffer_insert_text (buffer, 0, "あい34", -1), ==, 4);
    g_assert_cmpuint (gtk_entry_buffer_insert_text (buffer, 1, "12", -1), ==, 2);
    assert_holds (buffer, "あ12い34");
    g_assert_cmpuint (gtk_entry_buffer_delete_text (buffer, 0, 1), ==, 1);
    g_assert_cmpuint (gtk_entry_buffer_delete_text (buffer, 2, 1), ==, 1);
    assert_holds (buffer, "1234");
    g_assert_cmpuint (gtk_entry_buffer_delete_text (buffer, 2, -1), ==, 2);
    assert_holds (buffer, "12");
    g_assert_cmpuint (gtk_entry_buffer_delete_text (buffer, 9, 3), ==, 0);
}

/* Would catch: an entry that still draws bullets after a wipe, a copy that shares the pages. */
static void
test_wipe_tells_the_entry (void)
{
    g_autoptr (GtkEntryBuffer) buffer = tou_secret_entry_buffer_new ();
    g_autoptr (TouSecret) kept = NULL;
    guint n_changes = 0;

    gtk_entry_buffer_insert_text (buffer, 0, "123456", -1);
    kept = tou_secret_entry_buffer_dup_secret (TOU_SECRET_ENTRY_BUFFER (buffer));
    g_signal_connect (buffer, "notify::text", G_CALLBACK (on_text_changed), &n_changes);
    tou_secret_entry_buffer_wipe (TOU_SECRET_ENTRY_BUFFER (buffer));
    assert_holds (buffer, "");
    g_assert_cmpuint (n_changes, ==, 1);
    g_assert_true (tou_secret_equal_text (kept, "123456"));
    tou_secret_entry_buffer_wipe (TOU_SECRET_ENTRY_BUFFER (buffer));
    g_assert_cmpuint (n_changes, ==, 1);
}

/* Would catch: a paste beyond the locked pages, max-length ignored. */
static void
test_refuses_what_does_not_fit (void)
{
    g_autoptr (GtkEntryBuffer) buffer = tou_secret_entry_buffer_new ();
    g_autofree char *large = g_strnfill (TOU_SECRET_MAX + 1, 'x');

    g_assert_cmpuint (gtk_entry_buffer_insert_text (buffer, 0, large, -1), ==, 0);
    assert_holds (buffer, "");
    gtk_entry_buffer_set_max_length (buffer, 4);
    g_assert_cmpuint (gtk_entry_buffer_insert_text (buffer, 0, "123456", -1), ==, 4);
    assert_holds (buffer, "1234");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/ui/secret-entry-buffer/edits-by-characters", test_edits_by_characters);
    g_test_add_func ("/ui/secret-entry-buffer/wipe-tells-the-entry", test_wipe_tells_the_entry);
    g_test_add_func ("/ui/secret-entry-buffer/refuses-what-does-not-fit", test_refuses_what_does_not_fit);
    return g_test_run ();
}
