/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card.h"
#include "tou-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** TouCardError: why a card step failed, named by meaning. Each has one row in the error catalogue. */
#define TOU_CARD_ERROR (tou_card_error_quark ())
GQuark tou_card_error_quark (void);
typedef enum {
    TOU_CARD_ERROR_NO_MODULE,        /* 10002: no card module could be loaded or started */
    TOU_CARD_ERROR_NO_READER,        /* 03001 */
    TOU_CARD_ERROR_NO_CARD,          /* 03001: readers, but no card */
    TOU_CARD_ERROR_UNKNOWN_CARD,     /* 03001: a card that no module knows */
    TOU_CARD_ERROR_READER_BUSY,      /* 03001: another program holds the card */
    TOU_CARD_ERROR_CARD_REMOVED,     /* 03001: the card went away during the step */
    TOU_CARD_ERROR_DEVICE,           /* 03001: the reader or card failed otherwise */
    TOU_CARD_ERROR_TIMED_OUT,        /* 03001: the module did not answer; its process was ended */
    TOU_CARD_ERROR_AGENT_DIED,       /* 03001: the module crashed its process */
    TOU_CARD_ERROR_PIN_EMPTY,        /* 10025 */
    TOU_CARD_ERROR_PIN_LENGTH,       /* 03002: outside the token's limits; not sent to the card */
    TOU_CARD_ERROR_PIN_INVALID,      /* 03002: characters the card does not take; not sent to the card */
    TOU_CARD_ERROR_PIN_WRONG,        /* 03002: CKR_PIN_INCORRECT and nothing else */
    TOU_CARD_ERROR_PIN_LOCKED,       /* 03002 */
    TOU_CARD_ERROR_OTHER_CARD,       /* 03002: not the card that was unlocked before */
    TOU_CARD_ERROR_NOT_UNLOCKED,     /* 30005: the session with the card is over; enter the PIN again */
    TOU_CARD_ERROR_NO_CERTIFICATE,   /* 03001: no certificate on the card */
    TOU_CARD_ERROR_NO_KEY,           /* 01003: no private key for the certificate, or a broken one */
    TOU_CARD_ERROR_KEY_UNSUITABLE,   /* 01004: not RSA or EC, or too short */
    TOU_CARD_ERROR_ALGORITHM,        /* 01001: the module refuses the signature mechanism */
    TOU_CARD_ERROR_ALGORITHM_MODULE, /* 01002: the module does not have it at all */
    TOU_CARD_ERROR_BAD_SIGNATURE,    /* 19999: the card signed, but wrongly; nothing was sent */
    TOU_CARD_ERROR_BUSY,             /* 10048: another step is still running */
    TOU_CARD_ERROR_FAILED,           /* 19999 */
} TouCardError;
#define TOU_N_CARD_ERRORS (TOU_CARD_ERROR_FAILED + 1)

/**
 * TouCardAccess:
 *
 * The card side as flows see it. One step at a time: a second one fails with TOU_CARD_ERROR_BUSY, unless the
 * one before was cancelled or its card released; then it waits until that has ended. All errors
 * are TOU_CARD_ERROR, or G_IO_ERROR_CANCELLED. Main thread; nothing here waits. After any error, time-out or
 * cancel the process behind it is replaced by a new one: the next call just works, but the card has to be
 * unlocked again.
 *
 * Signals: "changed": readers or cards came or went; call tou_card_access_list_async() for the new state.
 * "lost": the unlocked card was taken out or its process ended; whatever was unlocked is not any more.
 */
#define TOU_TYPE_CARD_ACCESS (tou_card_access_get_type ())
G_DECLARE_INTERFACE (TouCardAccess, tou_card_access, TOU, CARD_ACCESS, GObject)

struct _TouCardAccessInterface {
    GTypeInterface parent;

    void (*list_async) (TouCardAccess *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
    TouCardInventory *(*list_finish) (TouCardAccess *self, GAsyncResult *result, GError **error);
    void (*unlock_async) (TouCardAccess *self, TouCardToken *token, TouSecret *pin, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
    GPtrArray *(*unlock_finish) (TouCardAccess *self, GAsyncResult *result, GError **error);
    void (*sign_async) (TouCardAccess *self, GBytes *content, const char *certificate_sha256,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
    GBytes *(*sign_finish) (TouCardAccess *self, GAsyncResult *result, GError **error);
    gboolean (*asks_each_time) (TouCardAccess *self);  /* (nullable): it does not */
    guint (*get_keypad_seconds) (TouCardAccess *self); /* (nullable): not known */
    void (*release) (TouCardAccess *self);
};

/** tou_card_access_list_async: looks at all readers and cards without a PIN. Starts the watch for "changed".
 */
void tou_card_access_list_async (TouCardAccess *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);

/** tou_card_access_list_finish: Errors: NO_MODULE; no reader or no card is no error here but an inventory
 * without. Returns: (transfer full) (nullable) */
TouCardInventory *tou_card_access_list_finish (TouCardAccess *self, GAsyncResult *result,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * tou_card_access_unlock_async:
 * @token: from the newest inventory
 * @pin: (nullable): %NULL for a reader with its own keypad; not kept longer than the call
 *
 * Logs in. The PIN is checked for emptiness and against the token's limits before it goes to the card, and
 * goes there at most once.
 */
void
tou_card_access_unlock_async (TouCardAccess *self, TouCardToken *token, TouSecret *pin,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/** tou_card_access_unlock_finish: Returns: (transfer full) (nullable) (element-type TouCardCertificate): the
 * certificates with a private key beside them, CA certificates left out, fit or not; never empty */
GPtrArray *tou_card_access_unlock_finish (TouCardAccess *self, GAsyncResult *result,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * tou_card_access_sign_async:
 * @content: the bytes to sign, which become the encapsulated content
 * @certificate_sha256: one of those that the unlock returned
 *
 * Signs with the unlocked card: a DER CMS SignedData as docs/signed-request.md describes it.
 */
void tou_card_access_sign_async (TouCardAccess *self, GBytes *content, const char *certificate_sha256,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/** tou_card_access_sign_finish: Returns: (transfer full) (nullable): the CMS; not yet checked by this side.
 */
GBytes *tou_card_access_sign_finish (TouCardAccess *self, GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_card_access_asks_each_time: Returns: whether the unlocked card wants its PIN again at each signature
 * (CKA_ALWAYS_AUTHENTICATE). Where the PIN is entered on the reader the user has to be told so. */
gboolean tou_card_access_asks_each_time (TouCardAccess *self);

/** tou_card_access_get_keypad_seconds: Returns: how long an unlock waits for the PIN on a reader's own
 * keypad, in seconds from its beginning; 0: not known. */
guint tou_card_access_get_keypad_seconds (TouCardAccess *self);

/** tou_card_access_release: the card is not needed any more: log out, end the process, reset the card. Also
 * ends the watch for "changed". Safe to call at any time. */
void tou_card_access_release (TouCardAccess *self);

G_END_DECLS
