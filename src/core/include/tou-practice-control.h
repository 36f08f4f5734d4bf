/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** TouPracticeError: why practice could not start or do something. */
#define TOU_PRACTICE_ERROR (tou_practice_error_quark ())
GQuark tou_practice_error_quark (void);
typedef enum {
    TOU_PRACTICE_ERROR_FOLDER_DAMAGED, /* may be made anew, with the user's word */
    TOU_PRACTICE_ERROR_FOLDER_UNWRITABLE,
    TOU_PRACTICE_ERROR_FOLDER_IN_USE, /* another Touroku practises with it */
    TOU_PRACTICE_ERROR_NO_SOFTHSM,
    TOU_PRACTICE_ERROR_FAILED,
} TouPracticeError;

/** TouPracticeCard: a practice card, wherever it is. */
typedef struct {
    char *id;     /* "tanaka-current" … */
    char *title;  /* for the panel, in the language of the locale */
    char *reader; /* (nullable): where it is, %NULL: in the drawer */
    char *holder;
    char *company;
    gint64 not_after_us;
} TouPracticeCard;

TouPracticeCard *tou_practice_card_new (void);
void tou_practice_card_free (TouPracticeCard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouPracticeCard, tou_practice_card_free)

/** The id of the profile that the practice service writes; what is registered with it is marked 練習. */
#define TOU_PRACTICE_PROFILE_ID "practice"

/** What a person is told for practising; the same everywhere. */
#define TOU_PRACTICE_USER_ID "bidder01"
#define TOU_PRACTICE_PASSWORD "Practice-01"
#define TOU_PRACTICE_PIN "123456"

/**
 * TouPracticeControl:
 *
 * The practice service and the practice readers, as the practice panel sees them. All errors are
 * TOU_PRACTICE_ERROR. Main thread; nothing here waits.
 *
 * Signals: "changed": a card was put in or taken out, by whomever. "ended": the service ended by itself.
 */
#define TOU_TYPE_PRACTICE_CONTROL (tou_practice_control_get_type ())
G_DECLARE_INTERFACE (TouPracticeControl, tou_practice_control, TOU, PRACTICE_CONTROL, GObject)

struct _TouPracticeControlInterface {
    GTypeInterface parent;

    void (*start_async) (TouPracticeControl *self, gboolean make_anew, GCancellable *c,
                         GAsyncReadyCallback cb, gpointer data);
    char *(*start_finish) (TouPracticeControl *self, GAsyncResult *result, GError **error);
    GStrv (*dup_readers) (TouPracticeControl *self);
    void (*list_cards_async) (TouPracticeControl *self, GCancellable *c, GAsyncReadyCallback cb,
                              gpointer data);
    GPtrArray *(*list_cards_finish) (TouPracticeControl *self, GAsyncResult *result, GError **error);
    void (*insert_async) (TouPracticeControl *self, const char *card_id, const char *reader, GCancellable *c,
                          GAsyncReadyCallback cb, gpointer data);
    void (*remove_async) (TouPracticeControl *self, const char *reader, GCancellable *c,
                          GAsyncReadyCallback cb, gpointer data);
    gboolean (*change_finish) (TouPracticeControl *self, GAsyncResult *result, GError **error);
};

/** tou_practice_control_start_async: makes the practice folder where there is none (a second or two) and
 * starts the service. @make_anew: throw away what is there; only with the user's word. */
void
tou_practice_control_start_async (TouPracticeControl *self, gboolean make_anew, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable): path of the service profile of the running service. */
char *tou_practice_control_start_finish (TouPracticeControl *self, GAsyncResult *result,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_control_dup_readers: Returns: (transfer full): the two readers' names. */
GStrv tou_practice_control_dup_readers (TouPracticeControl *self);

void tou_practice_control_list_cards_async (TouPracticeControl *self, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (element-type TouPracticeCard) */
GPtrArray *tou_practice_control_list_cards_finish (TouPracticeControl *self, GAsyncResult *result,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_control_insert_async: a card that is in a reader already is taken out of that one; a card
 * that is in @reader is put away. */
void tou_practice_control_insert_async (TouPracticeControl *self, const char *card_id, const char *reader,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer user_data);
void
tou_practice_control_remove_async (TouPracticeControl *self, const char *reader, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
gboolean tou_practice_control_change_finish (TouPracticeControl *self, GAsyncResult *result,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
