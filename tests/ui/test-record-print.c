/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-record-print.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

/* Reads the PDF back. */
#define READER "pdftotext"

static TouRecordSheet *
make_sheet (guint n_rows)
{
    TouRecordSheet *sheet = tou_record_sheet_new ("利用者情報");

    tou_record_sheet_begin (sheet, "受付");
    tou_record_sheet_add (sheet, "受付番号", "20261123-000042");
    tou_record_sheet_add (sheet, "ICカード取得者住所", NULL);
    tou_record_sheet_add (sheet, "連絡先氏名", "髙橋 一郎");
    for (guint i = 0; i < n_rows; i++) {
        g_autofree char *label = g_strdup_printf ("項目%u", i);

        tou_record_sheet_add (sheet, label, "宮城県仙台市青葉区一番町");
    }
    return sheet;
}

/* Returns: (transfer full) (nullable): the text of the PDF, %NULL after a skip. */
static char *
read_pdf (const TouRecordSheet *sheet)
{
    g_autofree char *tool = g_find_program_in_path (READER);
    g_autofree char *folder = NULL;
    g_autofree char *path = NULL;
    g_autofree char *text = NULL;
    g_autoptr (GBytes) pdf = NULL;
    g_autoptr (GError) error = NULL;

    if (tool == NULL) {
        g_test_skip (READER " (poppler-utils) is not installed");
        return NULL;
    }
    pdf = tou_record_print_to_pdf (sheet, &error);
    g_assert_no_error (error);
    folder = g_dir_make_tmp ("touroku-test-XXXXXX", &error);
    g_assert_no_error (error);
    path = g_build_filename (folder, "record.pdf", NULL);
    g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), &error);
    g_assert_no_error (error);
    g_spawn_sync (NULL, (char *[]){ tool, (char *) "-layout", path, (char *) "-", NULL }, NULL,
                  G_SPAWN_DEFAULT, NULL, NULL, &text, NULL, NULL, &error);
    g_assert_no_error (error);
    g_unlink (path);
    g_rmdir (folder);
    return g_steal_pointer (&text);
}

static guint
count_pages (const char *text)
{
    guint n = 0;

    for (; *text != '\0'; text++)
        n += *text == '\f';
    return n;
}

/* Would catch: text drawn as shapes, a font without kanji, a value that is left blank. */
static void
test_text_can_be_read_back (void)
{
    g_autoptr (TouRecordSheet) sheet = make_sheet (0);
    g_autofree char *text = read_pdf (sheet);

    if (text == NULL)
        return;
    g_assert_nonnull (strstr (text, "利用者情報"));
    g_assert_nonnull (strstr (text, "20261123-000042"));
    g_assert_nonnull (strstr (text, "髙橋"));
    g_assert_nonnull (strstr (text, "(not recorded)"));
    g_assert_null (strstr (text, "Practice"));
    g_assert_cmpuint (count_pages (text), ==, 1);
}

/* Would catch: rows that run off the page or are lost at a page's end, a second page without the mark. */
static void
test_breaks_pages (void)
{
    g_autoptr (TouRecordSheet) sheet = make_sheet (80);
    g_autofree char *text = NULL;
    g_auto (GStrv) pages = NULL;

    sheet->is_practice = TRUE;
    text = read_pdf (sheet);
    if (text == NULL)
        return;
    pages = g_strsplit (text, "\f", -1);
    g_assert_cmpuint (count_pages (text), ==, 3);
    for (guint i = 0; i < 3; i++)
        g_assert_nonnull (strstr (pages[i], "Practice: not a real application"));
    for (guint i = 0; i < 80; i++) {
        g_autofree char *label = g_strdup_printf ("項目%u ", i);

        g_assert_nonnull (strstr (text, label));
    }
}

static guint
count_words (const char *text, const char *word)
{
    g_auto (GStrv) parts = g_strsplit (text, word, -1);

    return g_strv_length (parts) - 1;
}

/* Would catch: a second page without the heading of what goes on there, and one with a single line of it. */
static void
test_pages_break_well (void)
{
    guint n_two_pages = 0;

    for (guint n_rows = 28; n_rows < 44; n_rows++) {
        g_autoptr (TouRecordSheet) sheet = make_sheet (n_rows);
        g_autofree char *text = read_pdf (sheet);
        g_auto (GStrv) pages = NULL;

        if (text == NULL)
            return;
        pages = g_strsplit (text, "\f", -1);
        g_assert_cmpuint (count_words (text, "項目"), ==, n_rows);
        if (count_pages (text) == 1)
            continue;
        n_two_pages++;
        g_assert_cmpuint (count_pages (text), ==, 2);
        g_assert_nonnull (strstr (pages[1], "受付 (continued)"));
        g_assert_cmpuint (count_words (pages[1], "項目"), >=, 2);
        g_assert_null (strstr (pages[0], "continued"));
    }
    g_assert_cmpuint (n_two_pages, >, 4);
    g_assert_cmpuint (n_two_pages, <, 16);
}

/* As long as the form, the qualification data and a card's certificate can make it: 60 characters. */
static char *
make_longest (void)
{
    return g_strdup (
        "宮城県仙台市青葉区一番町九丁目九十九番地九十九号練習第一ビルディング地下二階東側北四〇四号室"
        "総務部内調達係気付練習商事分");
}

static TouRecordSheet *
make_longest_record (void)
{
    g_autoptr (TouCompany) company = tou_company_new ();
    g_autoptr (TouContact) contact = tou_contact_new ();
    g_autoptr (TouCardCertificate) certificate = tou_card_certificate_new ();
    g_autoptr (TouSubmission) submission = tou_submission_new ();

    submission->agency_id = g_strdup ("practice");
    submission->receipt = tou_receipt_new ();
    submission->receipt->request_sha256 = g_strnfill (64, 'f');
    submission->receipt->submission_id = g_uuid_string_random ();
    submission->receipt->reception_number = g_strdup ("20261123-000042");
    company->name = make_longest ();
    company->address = make_longest ();
    company->representative_name = make_longest ();
    company->representative_title = make_longest ();
    certificate->company = make_longest ();
    certificate->holder = make_longest ();
    certificate->address = make_longest ();
    certificate->serial = g_strnfill (40, 'F');
    certificate->issuer = make_longest ();
    contact->name = make_longest ();
    contact->address = make_longest ();
    contact->phone = g_strnfill (25, '9');
    return tou_record_sheet_new_record (submission, "例示機構", company, certificate, contact);
}

/* The manual's own page with the longest texts that there are. Would catch: a record that needs a second
 * sheet of paper. */
static void
test_longest_record_is_one_page (void)
{
    g_autoptr (TouRecordSheet) sheet = make_longest_record ();
    g_autofree char *text = NULL;

    sheet->is_practice = TRUE;
    text = read_pdf (sheet);
    if (text == NULL)
        return;
    g_assert_cmpuint (count_pages (text), ==, 1);
    g_assert_nonnull (strstr (text, "Contact fax number"));
    g_assert_nonnull (strstr (text, "Company postal code"));
    g_assert_nonnull (strstr (text, "20261123-000042"));
}

int
main (int argc, char **argv)
{
    setlocale (LC_ALL, "");
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/ui/record-print/text-can-be-read-back", test_text_can_be_read_back);
    g_test_add_func ("/ui/record-print/breaks-pages", test_breaks_pages);
    g_test_add_func ("/ui/record-print/pages-break-well", test_pages_break_well);
    g_test_add_func ("/ui/record-print/longest-record-is-one-page", test_longest_record_is_one_page);
    return g_test_run ();
}
