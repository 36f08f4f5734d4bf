/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-field.h"
#include "tou-proof-checker.h"
#include "tou-record-store.h"
#include "tou-session-flow.h"
#include "tou-unlock-step.h"

G_BEGIN_DECLS

/** TouRegisterState: the steps of 利用者登録 (manual 2.2). */
typedef enum {
    TOU_REGISTER_STATE_IDLE,
    TOU_REGISTER_STATE_CARD, /* this and the next two: those of the unlock step */
    TOU_REGISTER_STATE_UNLOCKING,
    TOU_REGISTER_STATE_CERTIFICATE,
    TOU_REGISTER_STATE_EDITING,    /* the form */
    TOU_REGISTER_STATE_CONFIRMING, /* 登録内容確認 */
    TOU_REGISTER_STATE_SIGNING,
    TOU_REGISTER_STATE_SUBMITTING,
    TOU_REGISTER_STATE_UNCERTAIN, /* sent, the answer was lost; tou_register_flow_submit_async() asks and
                                     resends */
    TOU_REGISTER_STATE_COMPLETED,
} TouRegisterState;

/**
 * TouRegisterFlow:
 *
 * A new registration: card, PIN, form, confirmation, signature, submission, receipt. Main thread, no GTK.
 * "notify::state" tells each change; signal "card-lost" that the unlocked card is gone (state back to CARD;
 * the form is kept); signal "card-refused" (GError) that the check of its certificate ended late and spoke
 * against it (the same); signal "contact-loaded" that the draft came. Property "draft-delay" (milliseconds,
 * 1000): from the last change to the saving.
 *
 * Errors of the _finish functions: TOU_CARD_ERROR, TOU_SERVICE_ERROR, TOU_STORE_ERROR, TOU_FLOW_ERROR,
 * TOU_PROFILE_ERROR (no authority for receipts), G_IO_ERROR_CANCELLED. After one, the contact is as it was
 * and the same step may be done again.
 */
#define TOU_TYPE_REGISTER_FLOW (tou_register_flow_get_type ())
G_DECLARE_FINAL_TYPE (TouRegisterFlow, tou_register_flow, TOU, REGISTER_FLOW, GObject)

TouRegisterFlow *tou_register_flow_new (TouSessionFlow *session, TouCardAccess *cards, TouRecordStore *store,
                                        TouProofChecker *proofs);

TouRegisterState tou_register_flow_get_state (TouRegisterFlow *self);
TouSessionFlow *tou_register_flow_get_session_flow (TouRegisterFlow *self);

/** tou_register_flow_get_unlock_step: Returns: (transfer none): the card part. The flow begins and leaves
 * it; a screen shows its inventory, unlocks and chooses the certificate. When it is UNLOCKED the state is
 * EDITING. */
TouUnlockStep *tou_register_flow_get_unlock_step (TouRegisterFlow *self);

/** tou_register_flow_begin: from IDLE or COMPLETED to CARD; also from EDITING or CONFIRMING, to use another
 * card. The contact typed so far stays, unless
 * another user signed in. From UNCERTAIN it stays there: what was sent has to be settled first. Not while a
 * submission is under way. */
void tou_register_flow_begin (TouRegisterFlow *self);

/** tou_register_flow_leave: gives up what is under way and lets the card go; the contact typed so far stays.
 * The state becomes IDLE; from SUBMITTING and UNCERTAIN it becomes (or stays) UNCERTAIN if something may have
 * been sent. */
void tou_register_flow_leave (TouRegisterFlow *self);

/** tou_register_flow_get_certificate: Returns: (transfer none) (nullable): the one in use; from
 * EDITING on, until the next card is asked for. */
TouCardCertificate *tou_register_flow_get_certificate (TouRegisterFlow *self);

/** tou_register_flow_get_company: Returns: (transfer none): 企業情報 of the session. */
const TouCompany *tou_register_flow_get_company (TouRegisterFlow *self);

/** tou_register_flow_get_contact: Returns: (transfer none): what was typed so far; from the draft at first.
 */
const TouContact *tou_register_flow_get_contact (TouRegisterFlow *self);
/** tou_register_flow_set_contact: keeps what is typed, right or not, and saves it as a draft after a moment.
 * Up to EDITING; what stands on the confirmation page is what is signed. */
void tou_register_flow_set_contact (TouRegisterFlow *self, const TouContact *contact);
/** tou_register_flow_get_draft_error: Returns: (transfer none) (nullable): why the last draft could not be
 * saved. The work goes on without. */
const GError *tou_register_flow_get_draft_error (TouRegisterFlow *self);

/** tou_register_flow_confirm: 入力内容確認: from EDITING to CONFIRMING when every field holds to its rule.
 * Errors: TOU_FLOW_ERROR_FORM; @out_field: the first that does not. */
gboolean tou_register_flow_confirm (TouRegisterFlow *self, TouField *out_field,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** tou_register_flow_edit_again: 戻る: from CONFIRMING (or after a failure) to EDITING. */
void tou_register_flow_edit_again (TouRegisterFlow *self);

/**
 * tou_register_flow_submit_async:
 *
 * 登録: the check of the certificate has ended, nonce, signature by the card, our own check of it, into the
 * store, out to the service, receipt checked and kept. From UNCERTAIN it asks what became of the submission
 * and sends the identical bytes again if it never arrived. TOU_CARD_ERROR_NOT_UNLOCKED and the errors of a
 * lost card lead back to CARD.
 */
void tou_register_flow_submit_async (TouRegisterFlow *self, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable): the receipt */
TouReceipt *tou_register_flow_submit_finish (TouRegisterFlow *self, GAsyncResult *result,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_register_flow_get_submission: Returns: (transfer none) (nullable): the newest submission, with its
 * receipt. */
const TouSubmission *tou_register_flow_get_submission (TouRegisterFlow *self);

G_END_DECLS
