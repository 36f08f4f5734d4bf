/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * The state of the practice readers and cards: `cards.ini` in the practice folder, shared between the
 * practice service (which puts cards in and takes them out) and the practice card module (which counts PIN
 * tries). Every change is made under a lock and replaces the file as a whole, so that a reader of it sees the
 * state before or after, never between. The calls read and write a small local file; any thread.
 *
 * Key file: [Reader N] Name, Card (id, empty: none), Inserted (count); [Card ID] TokenLabel, Title,
 * Title[ja], Holder, Company, NotAfter (RFC 3339), PinTries, PinTriesLeft, Fault (left out: none).
 *
 * Errors: #GFileError or #GKeyFileError when the file cannot be read, written or understood;
 * G_IO_ERROR_NOT_FOUND for a card or reader that is not in it.
 */

/** The file, in the practice folder. */
#define TOU_PRACTICE_CARDS_FILE "cards.ini"

/** The most wrong PINs in a row that a practice card takes. */
#define TOU_PRACTICE_CARD_PIN_TRIES 3
/** What a practice card says of its PIN's length, in characters; as the accepted cards' modules do. */
#define TOU_PRACTICE_CARD_PIN_MIN 4
#define TOU_PRACTICE_CARD_PIN_MAX 16

/** TOU_PRACTICE_CARD_FAULTS: what a practice card can do wrong, so that each error of the card's side can be
 * met: refuse the kind of signature ("algorithm"), not know any ("no-algorithm"), have lost its key
 * ("no-key"), have one of a wrong length ("key-size"), report a fault at the login ("device") or sign wrongly
 * ("wrong-signature"). */
#define TOU_PRACTICE_CARD_FAULTS                                                                             \
    "algorithm", "no-algorithm", "no-key", "key-size", "device", "wrong-signature"

/** TouPracticeCardState: one practice card. */
typedef struct {
    char *id;          /* "sakuragawa" … */
    char *token_label; /* label of its token in SoftHSM, at most 32 bytes */
    char *title_en;
    char *title_ja;
    char *holder;
    char *company;
    gint64 not_after_us; /* since 1970 UTC */
    guint pin_tries;     /* when none was wrong */
    guint pin_tries_left;
    char *fault; /* (nullable): what the card does wrong on demand: a name of TOU_PRACTICE_CARD_FAULTS */
} TouPracticeCardState;

TouPracticeCardState *tou_practice_card_state_new (void);
void tou_practice_card_state_free (TouPracticeCardState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouPracticeCardState, tou_practice_card_state_free)

/** TouPracticeReaderState: one practice reader. */
typedef struct {
    char *name;       /* ASCII, fits a slot description (64 bytes) */
    char *card_id;    /* (nullable): %NULL: empty */
    guint n_inserted; /* how often a card was put in: tells a quick swap of the same card */
} TouPracticeReaderState;

TouPracticeReaderState *tou_practice_reader_state_new (const char *name, const char *card_id);
void tou_practice_reader_state_free (TouPracticeReaderState *self);

/** TouPracticeCards: readers and cards at one moment, in the order of the file. */
typedef struct {
    GPtrArray *readers; /* (element-type TouPracticeReaderState) */
    GPtrArray *cards;   /* (element-type TouPracticeCardState) */
} TouPracticeCards;

TouPracticeCards *tou_practice_cards_new (void);
void tou_practice_cards_free (TouPracticeCards *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouPracticeCards, tou_practice_cards_free)

/** tou_practice_cards_load: @folder: the practice folder. Returns: (transfer full) (nullable) */
TouPracticeCards *tou_practice_cards_load (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_cards_save: writes the whole state anew; for making a practice folder. */
gboolean tou_practice_cards_save (const TouPracticeCards *self, const char *folder,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_cards_dup_path: Returns: (transfer full): the file, for watching it. It is replaced at every
 * change, so its inode and time tell whether it changed. */
char *tou_practice_cards_dup_path (const char *folder);

/** tou_practice_cards_find_card: Returns: (transfer none) (nullable) */
TouPracticeCardState *tou_practice_cards_find_card (const TouPracticeCards *self, const char *card_id);

/** tou_practice_cards_find_reader: Returns: (transfer none) (nullable) */
TouPracticeReaderState *tou_practice_cards_find_reader (const TouPracticeCards *self, const char *name);

/** tou_practice_cards_find_reader_of: Returns: (transfer none) (nullable): where the card is, %NULL: in the
 * drawer. */
TouPracticeReaderState *tou_practice_cards_find_reader_of (const TouPracticeCards *self, const char *card_id);

/** tou_practice_cards_insert: a card that is in another reader is taken out of that one; a card that is in
 * @reader is put away. */
gboolean tou_practice_cards_insert (const char *folder, const char *card_id, const char *reader,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_cards_remove: takes out what is in @reader; an empty reader stays empty. */
gboolean
tou_practice_cards_remove (const char *folder, const char *reader, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_cards_note_wrong_pin: counts one wrong PIN. @out_left: (optional): tries left, 0: locked. */
gboolean tou_practice_cards_note_wrong_pin (const char *folder, const char *card_id, guint *out_left,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_cards_reset_pin_tries: the PIN was right, or the card is unlocked for the next exercise. */
gboolean tou_practice_cards_reset_pin_tries (const char *folder, const char *card_id,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_cards_set_fault: @fault: one of TOU_PRACTICE_CARD_FAULTS; %NULL: the card is good again.
 * Errors: also G_IO_ERROR_INVALID_ARGUMENT. */
gboolean tou_practice_cards_set_fault (const char *folder, const char *card_id, const char *fault,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
