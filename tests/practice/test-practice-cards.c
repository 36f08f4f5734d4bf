/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-practice-cards.h"

#include <glib/gstdio.h>

#define READER_1 "Reader One"
#define READER_2 "Reader Two"

typedef struct {
    char *folder;
} Fixture;

static TouPracticeCardState *
make_card (const char *id)
{
    TouPracticeCardState *card = tou_practice_card_state_new ();

    card->id = g_strdup (id);
    card->token_label = g_strdup (id);
    card->title_en = g_strdup ("A card; with = and #");
    card->title_ja = g_strdup ("現在のカード");
    card->holder = g_strdup ("桜川 一郎");
    card->company = g_strdup ("桜川建設株式会社");
    card->not_after_us = G_GINT64_CONSTANT (1800000000) * G_USEC_PER_SEC;
    card->pin_tries = card->pin_tries_left = TOU_PRACTICE_CARD_PIN_TRIES;
    return card;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
    g_autoptr (TouPracticeCards) cards = tou_practice_cards_new ();
    g_autoptr (GError) error = NULL;

    fixture->folder = g_dir_make_tmp ("touroku-cards-XXXXXX", &error);
    g_assert_no_error (error);
    g_ptr_array_add (cards->readers, tou_practice_reader_state_new (READER_1, "old"));
    g_ptr_array_add (cards->readers, tou_practice_reader_state_new (READER_2, NULL));
    g_ptr_array_add (cards->cards, make_card ("old"));
    g_ptr_array_add (cards->cards, make_card ("new"));
    g_assert_true (tou_practice_cards_save (cards, fixture->folder, &error));
    g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
    const char *const names[] = { "cards.ini", "cards.lock" };

    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

        g_unlink (path);
    }
    g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
    g_free (fixture->folder);
}

static TouPracticeCards *
load (Fixture *fixture)
{
    g_autoptr (GError) error = NULL;
    TouPracticeCards *cards = tou_practice_cards_load (fixture->folder, &error);

    g_assert_no_error (error);
    return cards;
}

static void
test_keeps_what_was_saved (Fixture *fixture, gconstpointer data)
{
    g_autoptr (TouPracticeCards) cards = load (fixture);
    TouPracticeCardState *card = tou_practice_cards_find_card (cards, "new");

    g_assert_cmpuint (cards->readers->len, ==, 2);
    g_assert_cmpuint (cards->cards->len, ==, 2);
    g_assert_nonnull (card);
    g_assert_cmpstr (card->title_en, ==, "A card; with = and #");
    g_assert_cmpstr (card->title_ja, ==, "現在のカード");
    g_assert_cmpstr (card->holder, ==, "桜川 一郎");
    g_assert_cmpint (card->not_after_us, ==, G_GINT64_CONSTANT (1800000000) * G_USEC_PER_SEC);
    g_assert_cmpuint (card->pin_tries_left, ==, 3);
    g_assert_cmpstr (tou_practice_cards_find_reader_of (cards, "old")->name, ==, READER_1);
    g_assert_null (tou_practice_cards_find_reader_of (cards, "new"));
}

/* A card is one thing: it can be in one reader only. */
static void
test_moves_a_card (Fixture *fixture, gconstpointer data)
{
    g_autoptr (TouPracticeCards) cards = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_true (tou_practice_cards_insert (fixture->folder, "old", READER_2, &error));
    g_assert_no_error (error);
    cards = load (fixture);
    g_assert_null (tou_practice_cards_find_reader (cards, READER_1)->card_id);
    g_assert_cmpstr (tou_practice_cards_find_reader (cards, READER_2)->card_id, ==, "old");
}

static void
test_replaces_a_card (Fixture *fixture, gconstpointer data)
{
    g_autoptr (TouPracticeCards) cards = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_true (tou_practice_cards_insert (fixture->folder, "new", READER_1, &error));
    g_assert_true (tou_practice_cards_insert (fixture->folder, "new", READER_1, &error));
    cards = load (fixture);
    g_assert_cmpstr (tou_practice_cards_find_reader (cards, READER_1)->card_id, ==, "new");
    g_assert_null (tou_practice_cards_find_reader_of (cards, "old"));
    g_assert_true (tou_practice_cards_remove (fixture->folder, READER_1, &error));
    g_assert_true (tou_practice_cards_remove (fixture->folder, READER_1, &error));
    g_clear_pointer (&cards, tou_practice_cards_free);
    cards = load (fixture);
    g_assert_null (tou_practice_cards_find_reader (cards, READER_1)->card_id);
}

static void
test_refuses_unknown_names (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    g_assert_false (tou_practice_cards_insert (fixture->folder, "nobody's", READER_1, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
    g_clear_error (&error);
    g_assert_false (tou_practice_cards_insert (fixture->folder, "new", "Reader Nine", &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
    g_clear_error (&error);
    g_assert_false (tou_practice_cards_remove (fixture->folder, "Reader Nine", &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_counts_wrong_pins (Fixture *fixture, gconstpointer data)
{
    const guint expected[] = { 2, 1, 0, 0 };
    g_autoptr (TouPracticeCards) cards = NULL;
    g_autoptr (GError) error = NULL;
    guint left = 9;

    for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
        g_assert_true (tou_practice_cards_note_wrong_pin (fixture->folder, "old", &left, &error));
        g_assert_cmpuint (left, ==, expected[i]);
    }
    g_assert_true (tou_practice_cards_reset_pin_tries (fixture->folder, "old", &error));
    cards = load (fixture);
    g_assert_cmpuint (tou_practice_cards_find_card (cards, "old")->pin_tries_left, ==, 3);
    g_assert_cmpuint (tou_practice_cards_find_card (cards, "new")->pin_tries_left, ==, 3);
}

static gpointer
take_tries (gpointer folder)
{
    for (guint i = 0; i < 20; i++)
        g_assert_true (tou_practice_cards_note_wrong_pin (folder, "old", NULL, NULL));
    return NULL;
}

/* Without the lock two writers would lose each other's counts. */
static void
test_loses_no_count (Fixture *fixture, gconstpointer data)
{
    g_autoptr (TouPracticeCards) cards = load (fixture);
    g_autoptr (GError) error = NULL;
    GThread *threads[3];

    tou_practice_cards_find_card (cards, "old")->pin_tries_left = 90;
    g_assert_true (tou_practice_cards_save (cards, fixture->folder, &error));
    for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        threads[i] = g_thread_new ("writer", take_tries, fixture->folder);
    for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        g_thread_join (threads[i]);
    g_clear_pointer (&cards, tou_practice_cards_free);
    cards = load (fixture);
    g_assert_cmpuint (tou_practice_cards_find_card (cards, "old")->pin_tries_left, ==, 30);
}

static void
test_refuses_damage (Fixture *fixture, gconstpointer data)
{
    const char *const texts[] = {
        "",
        "not a key file",
        "[Reader 1]\nName=R\nCard=\n",
        "[Reader 1]\nName=R\nCard=\n[Card a]\nTokenLabel=a\n",
        "[Reader 1]\nName=R\nCard=\n[Card a]\nTokenLabel=a\nTitle=t\nTitle[ja]=t\nHolder=h\nCompany=c\n"
        "NotAfter=soon\nPinTries=3\nPinTriesLeft=3\n",
        "[Reader 1]\nName=R\nCard=\n[Card a]\nTokenLabel=a\nTitle=t\nTitle[ja]=t\nHolder=h\nCompany=c\n"
        "NotAfter=2027-01-01T00:00:00Z\nPinTries=3\nPinTriesLeft=-1\n",
    };
    g_autofree char *path = tou_practice_cards_dup_path (fixture->folder);

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
        g_autoptr (GError) error = NULL;

        g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
        g_assert_null (tou_practice_cards_load (fixture->folder, &error));
        g_assert_true (error != NULL && error->domain == G_KEY_FILE_ERROR);
    }
}

#define ADD(name, test) g_test_add ("/practice/cards/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    ADD ("keeps", test_keeps_what_was_saved);
    ADD ("moves", test_moves_a_card);
    ADD ("replaces", test_replaces_a_card);
    ADD ("unknown", test_refuses_unknown_names);
    ADD ("wrong-pins", test_counts_wrong_pins);
    ADD ("together", test_loses_no_count);
    ADD ("damage", test_refuses_damage);
    return g_test_run ();
}
