/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-cards.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>

#define READER_PREFIX "Reader "
#define CARD_PREFIX "Card "

/* One change of the state that was just loaded; %FALSE with @error: nothing is written. */
typedef gboolean (*Change) (TouPracticeCards *cards, gpointer data, GError **error);

typedef struct {
    const char *card_id;
    const char *reader;
    guint tries_left;
    const char *fault;
} ChangeData;

TouPracticeCardState *
tou_practice_card_state_new (void)
{
    return g_new0 (TouPracticeCardState, 1);
}

void
tou_practice_card_state_free (TouPracticeCardState *self)
{
    g_free (self->id);
    g_free (self->token_label);
    g_free (self->title_en);
    g_free (self->title_ja);
    g_free (self->holder);
    g_free (self->company);
    g_free (self->fault);
    g_free (self);
}

TouPracticeReaderState *
tou_practice_reader_state_new (const char *name, const char *card_id)
{
    TouPracticeReaderState *self = g_new0 (TouPracticeReaderState, 1);

    self->name = g_strdup (name);
    self->card_id = g_strdup (card_id);
    return self;
}

void
tou_practice_reader_state_free (TouPracticeReaderState *self)
{
    g_free (self->name);
    g_free (self->card_id);
    g_free (self);
}

TouPracticeCards *
tou_practice_cards_new (void)
{
    TouPracticeCards *self = g_new0 (TouPracticeCards, 1);

    self->readers = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_practice_reader_state_free);
    self->cards = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_practice_card_state_free);
    return self;
}

void
tou_practice_cards_free (TouPracticeCards *self)
{
    g_ptr_array_unref (self->readers);
    g_ptr_array_unref (self->cards);
    g_free (self);
}

char *
tou_practice_cards_dup_path (const char *folder)
{
    return g_build_filename (folder, TOU_PRACTICE_CARDS_FILE, NULL);
}

static gboolean
parse_reader (GKeyFile *file, const char *group, TouPracticeCards *cards, GError **error)
{
    g_autofree char *name = g_key_file_get_string (file, group, "Name", error);
    g_autofree char *card_id = NULL;
    TouPracticeReaderState *reader;

    if (name == NULL)
        return FALSE;
    card_id = g_key_file_get_string (file, group, "Card", error);
    if (card_id == NULL)
        return FALSE;
    reader = tou_practice_reader_state_new (name, *card_id != '\0' ? card_id : NULL);
    reader->n_inserted = (guint) g_key_file_get_uint64 (file, group, "Inserted", NULL);
    g_ptr_array_add (cards->readers, reader);
    return TRUE;
}

static gboolean
parse_texts (GKeyFile *file, const char *group, TouPracticeCardState *card, GError **error)
{
    const struct {
        const char *key;
        char **field;
    } texts[] = {
        { "TokenLabel", &card->token_label }, { "Title", &card->title_en },  { "Title[ja]", &card->title_ja },
        { "Holder", &card->holder },          { "Company", &card->company },
    };

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
        *texts[i].field = g_key_file_get_string (file, group, texts[i].key, error);
        if (*texts[i].field == NULL)
            return FALSE;
    }
    return TRUE;
}

static gboolean
parse_time (GKeyFile *file, const char *group, gint64 *out_us, GError **error)
{
    g_autofree char *text = g_key_file_get_string (file, group, "NotAfter", error);
    g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

    if (text == NULL)
        return FALSE;
    if (time == NULL) {
        g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, "[%s] NotAfter is no time",
                     group);
        return FALSE;
    }
    *out_us = g_date_time_to_unix (time) * G_USEC_PER_SEC;
    return TRUE;
}

static gboolean
parse_tries (GKeyFile *file, const char *group, const char *key, guint *out_tries, GError **error)
{
    g_autoptr (GError) problem = NULL;
    int tries = g_key_file_get_integer (file, group, key, &problem);

    if (problem == NULL && (tries < 0 || tries > 99))
        g_set_error (&problem, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, "[%s] %s is out of range",
                     group, key);
    if (problem != NULL) {
        g_propagate_error (error, g_steal_pointer (&problem));
        return FALSE;
    }
    *out_tries = (guint) tries;
    return TRUE;
}

static gboolean
parse_card (GKeyFile *file, const char *group, TouPracticeCards *cards, GError **error)
{
    g_autoptr (TouPracticeCardState) card = tou_practice_card_state_new ();

    card->id = g_strdup (group + strlen (CARD_PREFIX));
    if (!parse_texts (file, group, card, error) || !parse_time (file, group, &card->not_after_us, error)
        || !parse_tries (file, group, "PinTries", &card->pin_tries, error)
        || !parse_tries (file, group, "PinTriesLeft", &card->pin_tries_left, error))
        return FALSE;
    card->fault = g_key_file_get_string (file, group, "Fault", NULL);
    g_ptr_array_add (cards->cards, g_steal_pointer (&card));
    return TRUE;
}

static gboolean
parse_groups (GKeyFile *file, TouPracticeCards *cards, GError **error)
{
    g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

    for (guint i = 0; groups[i] != NULL; i++) {
        if (g_str_has_prefix (groups[i], READER_PREFIX) && !parse_reader (file, groups[i], cards, error))
            return FALSE;
        if (g_str_has_prefix (groups[i], CARD_PREFIX) && !parse_card (file, groups[i], cards, error))
            return FALSE;
    }
    if (cards->readers->len == 0 || cards->cards->len == 0) {
        g_set_error_literal (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_GROUP_NOT_FOUND,
                             "the file has no reader or no card");
        return FALSE;
    }
    return TRUE;
}

TouPracticeCards *
tou_practice_cards_load (const char *folder, GError **error)
{
    g_autofree char *path = tou_practice_cards_dup_path (folder);
    g_autoptr (GKeyFile) file = g_key_file_new ();
    g_autoptr (TouPracticeCards) cards = tou_practice_cards_new ();

    if (!g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_TRANSLATIONS, error)
        || !parse_groups (file, cards, error))
        return NULL;
    return g_steal_pointer (&cards);
}

static void
write_card (GKeyFile *file, const TouPracticeCardState *card)
{
    g_autofree char *group = g_strconcat (CARD_PREFIX, card->id, NULL);
    g_autoptr (GDateTime) not_after = g_date_time_new_from_unix_utc (card->not_after_us / G_USEC_PER_SEC);
    g_autofree char *time = g_date_time_format_iso8601 (not_after);

    g_key_file_set_string (file, group, "TokenLabel", card->token_label);
    g_key_file_set_string (file, group, "Title", card->title_en);
    g_key_file_set_string (file, group, "Title[ja]", card->title_ja);
    g_key_file_set_string (file, group, "Holder", card->holder);
    g_key_file_set_string (file, group, "Company", card->company);
    g_key_file_set_string (file, group, "NotAfter", time);
    g_key_file_set_integer (file, group, "PinTries", (int) card->pin_tries);
    g_key_file_set_integer (file, group, "PinTriesLeft", (int) card->pin_tries_left);
    if (card->fault != NULL)
        g_key_file_set_string (file, group, "Fault", card->fault);
}

gboolean
tou_practice_cards_save (const TouPracticeCards *self, const char *folder, GError **error)
{
    g_autofree char *path = tou_practice_cards_dup_path (folder);
    g_autoptr (GKeyFile) file = g_key_file_new ();
    g_autofree char *text = NULL;
    gsize size;

    for (guint i = 0; i < self->readers->len; i++) {
        const TouPracticeReaderState *reader = g_ptr_array_index (self->readers, i);
        g_autofree char *group = g_strdup_printf (READER_PREFIX "%u", i + 1);

        g_key_file_set_string (file, group, "Name", reader->name);
        g_key_file_set_string (file, group, "Card", reader->card_id != NULL ? reader->card_id : "");
        g_key_file_set_uint64 (file, group, "Inserted", reader->n_inserted);
    }
    for (guint i = 0; i < self->cards->len; i++)
        write_card (file, g_ptr_array_index (self->cards, i));
    text = g_key_file_to_data (file, &size, NULL);
    return g_file_set_contents_full (path, text, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

TouPracticeCardState *
tou_practice_cards_find_card (const TouPracticeCards *self, const char *card_id)
{
    for (guint i = 0; i < self->cards->len; i++) {
        TouPracticeCardState *card = g_ptr_array_index (self->cards, i);

        if (g_strcmp0 (card->id, card_id) == 0)
            return card;
    }
    return NULL;
}

TouPracticeReaderState *
tou_practice_cards_find_reader (const TouPracticeCards *self, const char *name)
{
    for (guint i = 0; i < self->readers->len; i++) {
        TouPracticeReaderState *reader = g_ptr_array_index (self->readers, i);

        if (g_strcmp0 (reader->name, name) == 0)
            return reader;
    }
    return NULL;
}

TouPracticeReaderState *
tou_practice_cards_find_reader_of (const TouPracticeCards *self, const char *card_id)
{
    for (guint i = 0; i < self->readers->len; i++) {
        TouPracticeReaderState *reader = g_ptr_array_index (self->readers, i);

        if (reader->card_id != NULL && g_strcmp0 (reader->card_id, card_id) == 0)
            return reader;
    }
    return NULL;
}

/* The lock is a file of its own: cards.ini is replaced, and a lock on a replaced file holds nobody off. */
static int
lock_folder (const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename (folder, "cards.lock", NULL);
    int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    int result = fd;

    if (fd >= 0)
        do
            result = flock (fd, LOCK_EX);
        while (result < 0 && errno == EINTR);
    if (result < 0) {
        int saved = errno;

        g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (saved), "%s: %s", path,
                     g_strerror (saved));
        if (fd >= 0)
            g_close (fd, NULL);
        return -1;
    }
    return fd;
}

static gboolean
change_cards (const char *folder, Change change, gpointer data, GError **error)
{
    int lock = lock_folder (folder, error);
    g_autoptr (TouPracticeCards) cards = NULL;
    gboolean done;

    if (lock < 0)
        return FALSE;
    cards = tou_practice_cards_load (folder, error);
    done = cards != NULL && change (cards, data, error) && tou_practice_cards_save (cards, folder, error);
    g_close (lock, NULL);
    return done;
}

static TouPracticeCardState *
require_card (const TouPracticeCards *cards, const char *card_id, GError **error)
{
    TouPracticeCardState *card = tou_practice_cards_find_card (cards, card_id);

    if (card == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no practice card “%s”", card_id);
    return card;
}

static TouPracticeReaderState *
require_reader (const TouPracticeCards *cards, const char *name, GError **error)
{
    TouPracticeReaderState *reader = tou_practice_cards_find_reader (cards, name);

    if (reader == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no practice reader “%s”", name);
    return reader;
}

static gboolean
insert_card (TouPracticeCards *cards, gpointer data, GError **error)
{
    const ChangeData *wanted = data;
    TouPracticeReaderState *reader = require_reader (cards, wanted->reader, error);
    TouPracticeReaderState *before;

    if (reader == NULL || require_card (cards, wanted->card_id, error) == NULL)
        return FALSE;
    before = tou_practice_cards_find_reader_of (cards, wanted->card_id);
    if (before != NULL)
        g_clear_pointer (&before->card_id, g_free);
    g_free (reader->card_id);
    reader->card_id = g_strdup (wanted->card_id);
    reader->n_inserted++;
    return TRUE;
}

static gboolean
remove_card (TouPracticeCards *cards, gpointer data, GError **error)
{
    const ChangeData *wanted = data;
    TouPracticeReaderState *reader = require_reader (cards, wanted->reader, error);

    if (reader == NULL)
        return FALSE;
    g_clear_pointer (&reader->card_id, g_free);
    return TRUE;
}

static gboolean
take_one_try (TouPracticeCards *cards, gpointer data, GError **error)
{
    ChangeData *wanted = data;
    TouPracticeCardState *card = require_card (cards, wanted->card_id, error);

    if (card == NULL)
        return FALSE;
    if (card->pin_tries_left > 0)
        card->pin_tries_left--;
    wanted->tries_left = card->pin_tries_left;
    return TRUE;
}

static gboolean
give_all_tries (TouPracticeCards *cards, gpointer data, GError **error)
{
    const ChangeData *wanted = data;
    TouPracticeCardState *card = require_card (cards, wanted->card_id, error);

    if (card == NULL)
        return FALSE;
    card->pin_tries_left = card->pin_tries;
    return TRUE;
}

static gboolean
change_fault (TouPracticeCards *cards, gpointer data, GError **error)
{
    const ChangeData *wanted = data;
    TouPracticeCardState *card = require_card (cards, wanted->card_id, error);

    if (card == NULL)
        return FALSE;
    g_free (card->fault);
    card->fault = g_strdup (wanted->fault);
    return TRUE;
}

gboolean
tou_practice_cards_insert (const char *folder, const char *card_id, const char *reader, GError **error)
{
    ChangeData data = { .card_id = card_id, .reader = reader };

    return change_cards (folder, insert_card, &data, error);
}

gboolean
tou_practice_cards_remove (const char *folder, const char *reader, GError **error)
{
    ChangeData data = { .reader = reader };

    return change_cards (folder, remove_card, &data, error);
}

gboolean
tou_practice_cards_note_wrong_pin (const char *folder, const char *card_id, guint *out_left, GError **error)
{
    ChangeData data = { .card_id = card_id };

    if (!change_cards (folder, take_one_try, &data, error))
        return FALSE;
    if (out_left != NULL)
        *out_left = data.tries_left;
    return TRUE;
}

gboolean
tou_practice_cards_reset_pin_tries (const char *folder, const char *card_id, GError **error)
{
    ChangeData data = { .card_id = card_id };

    return change_cards (folder, give_all_tries, &data, error);
}

gboolean
tou_practice_cards_set_fault (const char *folder, const char *card_id, const char *fault, GError **error)
{
    static const char *const faults[] = { TOU_PRACTICE_CARD_FAULTS, NULL };
    ChangeData data = { .card_id = card_id, .fault = fault };

    if (fault == NULL || g_strv_contains (faults, fault))
        return change_cards (folder, change_fault, &data, error);
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no fault of a card: %s", fault);
    return FALSE;
}
