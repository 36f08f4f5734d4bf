/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-certificate-checker.h"

G_BEGIN_DECLS

/**
 * TouCardCheck:
 *
 * The check of one card's certificate, running beside the user's work. Whoever must not go on before it has
 * ended waits for it. Signal "ended": it ended, after all who waited have been told. Main thread.
 */
#define TOU_TYPE_CARD_CHECK (tou_card_check_get_type ())
G_DECLARE_FINAL_TYPE (TouCardCheck, tou_card_check, TOU, CARD_CHECK, GObject)

/** tou_card_check_new: @checker: (nullable): without one every check ends well at once, nothing known. */
TouCardCheck *tou_card_check_new (TouCertificateChecker *checker, TouClock *clock);

/** tou_card_check_start: gives up the check before; all who wait for that one are cancelled. */
void tou_card_check_start (TouCardCheck *self, TouCardCertificate *certificate);

/** tou_card_check_stop: the same, and starts none. */
void tou_card_check_stop (TouCardCheck *self);

gboolean tou_card_check_is_running (TouCardCheck *self);

/** tou_card_check_get_status: Returns: (transfer none) (nullable): what it found; %NULL before it ended, and
 * when it refused. */
const TouCertificateStatus *tou_card_check_get_status (TouCardCheck *self);

/** tou_card_check_get_refusal: Returns: (transfer none) (nullable): why the certificate cannot be used. */
const GError *tou_card_check_get_refusal (TouCardCheck *self);

/** tou_card_check_wait_async: until it has ended, and at most @at_most_ms (0: however long). Ends at once
 * when nothing is running. */
void tou_card_check_wait_async (TouCardCheck *self, guint at_most_ms, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
/** tou_card_check_wait_finish: Returns: %TRUE: nothing speaks against the certificate so far; %FALSE: @error
 * is the refusal, or G_IO_ERROR_CANCELLED */
gboolean tou_card_check_wait_finish (TouCardCheck *self, GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
