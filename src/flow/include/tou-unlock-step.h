/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-access.h"
#include "tou-certificate-checker.h"
#include "tou-clock.h"

G_BEGIN_DECLS

/** TouUnlockState: how far the user is with one card. */
typedef enum {
    TOU_UNLOCK_STATE_IDLE,        /* no card is asked for, none is unlocked */
    TOU_UNLOCK_STATE_CARD,        /* choosing a card and entering the PIN; the inventory is watched */
    TOU_UNLOCK_STATE_UNLOCKING,   /* the PIN is with the card */
    TOU_UNLOCK_STATE_CERTIFICATE, /* more than one usable certificate: the user has to choose */
    TOU_UNLOCK_STATE_UNLOCKED,    /* the card can sign with the certificate in use */
} TouUnlockState;

/**
 * TouUnlockRule:
 * @certificate: fit to sign with or not
 * @user_data: as given to tou_unlock_step_set_rule()
 *
 * What one flow asks of a card beyond being fit: that it is the registered one, or that it is another one.
 * It is asked first, since a wrong card is wrong whether it has expired or not.
 * Returns: whether the card may be used, %FALSE with the error to show
 */
typedef gboolean (*TouUnlockRule) (const TouCardCertificate *certificate, gpointer user_data, GError **error);

/**
 * TouUnlockStep:
 *
 * The card part of every flow that signs: readers and cards, PIN, choice of the certificate, and the watch
 * over the unlocked card. A registration and a contact change use it once; a card renewal uses the same step
 * twice, one card after the other, in one reader or in two: after the first signature it takes a reference to
 * the certificate, sets another rule and begins again. What the flow keeps of a card is its certificate, by
 * reference. Main thread, no GTK.
 *
 * "notify::state" tells each change. Signals: "inventory-changed": a new list of readers and cards, or a new
 * reason why there is none; "card-lost": the unlocked card is gone. The state is CARD by then when the user
 * was choosing a certificate, and IDLE when the card was unlocked: the flow begins again as soon as it needs
 * a card, which it may not while an answer is awaited. "card-refused" (GError): the check of the certificate
 * in use ended later than the unlocking and spoke against it; the card was let go and the state is IDLE.
 * "checked": it ended well, or with a warning. "preferred-changed":
 * tou_unlock_step_get_preferred() is another one.
 */
#define TOU_TYPE_UNLOCK_STEP (tou_unlock_step_get_type ())
G_DECLARE_FINAL_TYPE (TouUnlockStep, tou_unlock_step, TOU, UNLOCK_STEP, GObject)

/** tou_unlock_step_new: both are referenced. @clock: validity is judged by it. */
TouUnlockStep *tou_unlock_step_new (TouCardAccess *cards, TouClock *clock);

TouUnlockState tou_unlock_step_get_state (TouUnlockStep *self);

/** tou_unlock_step_set_rule: @rule: (nullable) (scope notified): holds from now on, with @user_data, which
 * has to live as long as it does. %NULL, as at first: every fit certificate may be used. */
void tou_unlock_step_set_rule (TouUnlockStep *self, TouUnlockRule rule, gpointer user_data);

/** tou_unlock_step_set_checker: @checker: (nullable): checks the certificate that is taken into use, from the
 * next one on. Unlocking waits for it for a moment, so that a card that cannot be used is refused where the
 * PIN was entered; where the network is slow the work goes on, and tou_unlock_step_settle_async() waits for
 * the rest. */
void tou_unlock_step_set_checker (TouUnlockStep *self, TouCertificateChecker *checker);

/** tou_unlock_step_set_patience: for tests: how long unlocking waits for the check, in milliseconds; 2000
 * where nothing is set. */
void tou_unlock_step_set_patience (TouUnlockStep *self, guint ms);

/** tou_unlock_step_set_profiles: @profiles: (nullable): what is known of the cards of each authority. */
void tou_unlock_step_set_profiles (TouUnlockStep *self, TouCardProfiles *profiles);

/** tou_unlock_step_find_profile: that of the first of its certificates that has one, else that of the token.
 * Returns: (transfer none) (nullable) */
TouCardProfile *tou_unlock_step_find_profile (TouUnlockStep *self, const TouCardToken *token);

/** tou_unlock_step_set_preferred: @sha256: (nullable): of the certificate that was used last: where several
 * can be used it is the one to begin with. It is never taken without the user. */
void tou_unlock_step_set_preferred (TouUnlockStep *self, const char *sha256);
const char *tou_unlock_step_get_preferred (TouUnlockStep *self);

/** tou_unlock_step_set_chosen: @sha256: (nullable): of the certificate that the user has chosen before the
 * PIN, for the next unlock: where it may be used it is taken, and the user not asked again. */
void tou_unlock_step_set_chosen (TouUnlockStep *self, const char *sha256);

/** tou_unlock_step_judge: whether @certificate holds to the rule and is fit by the service's clock. Errors:
 * those of the rule and of tou_certificate_find_fault(). */
gboolean tou_unlock_step_judge (TouUnlockStep *self, const TouCardCertificate *certificate,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_unlock_step_judge_token: what can be said of @token without its PIN: %FALSE with the error of
 * tou_unlock_step_judge() for its first certificate when none of them may be used; %TRUE when one may, or
 * when it does not show them all. */
gboolean tou_unlock_step_judge_token (TouUnlockStep *self, const TouCardToken *token,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_unlock_step_find_candidate: Returns: (transfer none) (nullable): the certificate that @token would be
 * used for: the first that may be used, else the first that it shows */
TouCardCertificate *tou_unlock_step_find_candidate (TouUnlockStep *self, const TouCardToken *token);

/** tou_unlock_step_begin: to CARD, from any state: gives up what is under way, lets the card go, looks at the
 * readers; "inventory-changed" follows. */
void tou_unlock_step_begin (TouUnlockStep *self);

/** tou_unlock_step_leave: to IDLE, from any state: gives up what is under way and lets the card go. */
void tou_unlock_step_leave (TouUnlockStep *self);

/** tou_unlock_step_get_inventory: Returns: (transfer none) (nullable): the newest, %NULL before the first. */
TouCardInventory *tou_unlock_step_get_inventory (TouUnlockStep *self);
/** tou_unlock_step_get_inventory_error: Returns: (transfer none) (nullable): why there is none. */
const GError *tou_unlock_step_get_inventory_error (TouUnlockStep *self);

/**
 * tou_unlock_step_unlock_async:
 * @token: from the inventory
 * @pin: (nullable): %NULL for a reader with its own keypad
 *
 * From CARD. Afterwards the state is UNLOCKED when exactly one certificate may be used, CERTIFICATE when
 * there are several, CARD after an error. None: the error of tou_unlock_step_judge() for the first; or that
 * of the check. Where that can be seen without the PIN, the PIN is not sent: it is likely to be another
 * card's.
 *
 * Errors: TOU_CARD_ERROR, TOU_PROOF_ERROR, those of the rule, TOU_FLOW_ERROR_WRONG_STATE,
 * G_IO_ERROR_CANCELLED.
 */
void
tou_unlock_step_unlock_async (TouUnlockStep *self, TouCardToken *token, TouSecret *pin,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean tou_unlock_step_unlock_finish (TouUnlockStep *self, GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_unlock_step_get_keypad_seconds: as tou_card_access_get_keypad_seconds(). */
guint tou_unlock_step_get_keypad_seconds (TouUnlockStep *self);

/** tou_unlock_step_asks_on_keypad: Returns: whether the unlocked card wants its PIN again at each signature,
 * and on the reader's own keypad: the user has to be told so while it signs. */
gboolean tou_unlock_step_asks_on_keypad (TouUnlockStep *self);

/** tou_unlock_step_get_certificates: Returns: (transfer none) (nullable) (element-type TouCardCertificate):
 * all that the unlocked card has, usable or not. */
GPtrArray *tou_unlock_step_get_certificates (TouUnlockStep *self);
/** tou_unlock_step_choose_certificate: from CERTIFICATE to UNLOCKED. @certificate: one that may be used. */
void tou_unlock_step_choose_certificate (TouUnlockStep *self, TouCardCertificate *certificate);
/** tou_unlock_step_get_certificate: Returns: (transfer none) (nullable): the one in use, at UNLOCKED. */
TouCardCertificate *tou_unlock_step_get_certificate (TouUnlockStep *self);

/** tou_unlock_step_is_checking: Returns: whether the check of the certificate in use is under way. */
gboolean tou_unlock_step_is_checking (TouUnlockStep *self);
/** tou_unlock_step_get_check: Returns: (transfer none) (nullable): what it found, at UNLOCKED. */
const TouCertificateStatus *tou_unlock_step_get_check (TouUnlockStep *self);

/** tou_unlock_step_settle_async: before a signature: waits until the check of the certificate in use has
 * ended, and looks at its validity once more. An error leaves the step as "card-refused" would; the signal is
 * not emitted. Errors: those of tou_certificate_checker_check_finish(). */
void tou_unlock_step_settle_async (TouUnlockStep *self, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
gboolean tou_unlock_step_settle_finish (TouUnlockStep *self, GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
