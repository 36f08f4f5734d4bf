/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-contact-form.h"
#include "tou-field.h"
#include "tou-proof-checker.h"
#include "tou-record-store.h"
#include "tou-session-flow.h"
#include "tou-unlock-step.h"

G_BEGIN_DECLS

/** TouRequestState: the steps on the way to a signed request (manual 2.2, 3, 4). */
typedef enum {
    TOU_REQUEST_STATE_IDLE,
    TOU_REQUEST_STATE_PREPARING, /* what is registered is being asked for; tou_request_flow_prepare_async() */
    TOU_REQUEST_STATE_CARD,      /* this and the next two: those of the unlock step */
    TOU_REQUEST_STATE_UNLOCKING,
    TOU_REQUEST_STATE_CERTIFICATE,
    TOU_REQUEST_STATE_EDITING,    /* the form */
    TOU_REQUEST_STATE_CONFIRMING, /* 登録内容確認, 変更内容確認 */
    TOU_REQUEST_STATE_ASKING,     /* 登録 was pressed: the service is asked for a nonce */
    TOU_REQUEST_STATE_SIGNING,    /* the card signs */
    TOU_REQUEST_STATE_SUBMITTING,
    TOU_REQUEST_STATE_UNCERTAIN, /* sent, the answer was lost; tou_request_flow_submit_async() asks and
                                    resends */
    TOU_REQUEST_STATE_COMPLETED,
} TouRequestState;

/**
 * TouRequestFlow:
 *
 * What every operation that ends in a signed request has in common: what is registered, card, PIN, form,
 * confirmation, signature, submission, receipt. A registration, a contact change and a card renewal are
 * classes of their own that say what is theirs. Main thread, no GTK.
 *
 * "notify::state" tells each change; signal "card-lost" that the unlocked card is gone (state back to CARD;
 * the form is kept); signal "card-refused" (GError) that the check of its certificate ended late and spoke
 * against it (the same); signal "contact-loaded" that the draft came; signal "draft-written" that one was
 * saved or could not be. Property "draft-delay" (milliseconds, 1000): from the first change that is not saved
 * to the saving.
 *
 * Errors of the _finish functions: TOU_CARD_ERROR, TOU_SERVICE_ERROR, TOU_STORE_ERROR, TOU_FLOW_ERROR,
 * TOU_PROFILE_ERROR (no authority for receipts), G_IO_ERROR_CANCELLED. After one, the contact is as it was
 * and the same step may be done again.
 */
#define TOU_TYPE_REQUEST_FLOW (tou_request_flow_get_type ())
G_DECLARE_DERIVABLE_TYPE (TouRequestFlow, tou_request_flow, TOU, REQUEST_FLOW, GObject)

struct _TouRequestFlowClass {
    GObjectClass parent_class;

    TouOperation operation;
    /** needs_registration: what is registered has to be known before a card is asked for. */
    gboolean needs_registration;

    /** begun: the work begins, for the user and category of the session. */
    void (*begun) (TouRequestFlow *self);
    /** ask_card: a card is needed, for the first time or after the last one was lost. Unless overridden:
     * tou_unlock_step_begin(). */
    void (*ask_card) (TouRequestFlow *self);
    /** use_card: the unlock step is UNLOCKED. Unless overridden: tou_request_flow_use_certificate(). */
    void (*use_card) (TouRequestFlow *self);
    /** confirm: whether what was typed can be signed. Unless overridden: every field holds to its rule. */
    gboolean (*confirm) (TouRequestFlow *self, TouField *out_field, GError **error);
    /** completed: the receipt is kept. Unless overridden: nothing. */
    void (*completed) (TouRequestFlow *self);
    /** may_submit: before a new request is signed: whether it still can be; where not, the state is CARD
     * afterwards. Unless overridden: it can. */
    gboolean (*may_submit) (TouRequestFlow *self, GError **error);
    /** submit_failed: a submission has ended with @error and the state went back. Unless overridden: nothing
     * more. */
    void (*submit_failed) (TouRequestFlow *self, const GError *error);
    /** fill_request: @request has operation, category, certificate, company and contact. Unless overridden:
     * nothing is added. */
    void (*fill_request) (TouRequestFlow *self, TouRequest *request);
    /** keeps_card: after COMPLETED: whether the card stays unlocked, because another request may follow with
     * it. Unless overridden: it does not. */
    gboolean (*keeps_card) (TouRequestFlow *self);
};

TouRequestState tou_request_flow_get_state (TouRequestFlow *self);
/** tou_request_flow_is_submitting: whether tou_request_flow_submit_async() is under way, from its first check
 * to the kept receipt. */
gboolean tou_request_flow_is_submitting (TouRequestFlow *self);
TouOperation tou_request_flow_get_operation (TouRequestFlow *self);
TouSessionFlow *tou_request_flow_get_session_flow (TouRequestFlow *self);

/** tou_request_flow_get_unlock_step: Returns: (transfer none): the card part. The flow begins and leaves
 * it; a screen shows its inventory, unlocks and chooses the certificate. When it is UNLOCKED the state is
 * EDITING (a card renewal: see there). */
TouUnlockStep *tou_request_flow_get_unlock_step (TouRequestFlow *self);

/** tou_request_flow_prepare_async: asks what is registered, if the operation needs it. Lets go a card that is
 * in use; the contact typed so far stays. From UNCERTAIN it does nothing: what was sent has to be settled
 * first. Not while a submission is under way. Errors besides transport: TOU_FLOW_ERROR_NOT_REGISTERED. The
 * state is IDLE afterwards. */
void tou_request_flow_prepare_async (TouRequestFlow *self, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
gboolean tou_request_flow_prepare_finish (TouRequestFlow *self, GAsyncResult *result,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_request_flow_get_registration: Returns: (transfer none) (nullable): what was registered when the flow
 * was last prepared; %NULL when the operation does not ask for it. */
const TouRegistration *tou_request_flow_get_registration (TouRequestFlow *self);

/** tou_request_flow_begin: from IDLE or COMPLETED to CARD; also from EDITING or CONFIRMING, to use another
 * card. The contact typed so far stays, unless another user signed in. From UNCERTAIN it stays there: what
 * was sent has to be settled first. Not while a submission is under way, nor before what is registered is
 * known where the operation needs it. */
void tou_request_flow_begin (TouRequestFlow *self);

/** tou_request_flow_leave: gives up what is under way and lets the card go; the contact typed so far stays.
 * The state becomes IDLE; from SUBMITTING and UNCERTAIN it becomes (or stays) UNCERTAIN if something may have
 * been sent. */
void tou_request_flow_leave (TouRequestFlow *self);

/** tou_request_flow_get_certificate: Returns: (transfer none) (nullable): the one in use; from EDITING on,
 * until the next card is asked for. */
TouCardCertificate *tou_request_flow_get_certificate (TouRequestFlow *self);

/** tou_request_flow_get_former_certificate: Returns: (transfer none) (nullable): where another card was put
 * in since, the one that was in use when the form was filled (without a form: when the confirmation was first
 * reached); %NULL: it is the same one. After tou_request_flow_edit_again() the one in use is not another any
 * more. */
TouCardCertificate *tou_request_flow_get_former_certificate (TouRequestFlow *self);

/** tou_request_flow_get_company: Returns: (transfer none): 企業情報 as it will be signed: of the session, or
 * with what is registered, from the newest qualification data. */
const TouCompany *tou_request_flow_get_company (TouRequestFlow *self);

/** tou_request_flow_get_contact: Returns: (transfer none): what was typed so far; from the draft at first. */
const TouContact *tou_request_flow_get_contact (TouRequestFlow *self);
/** tou_request_flow_set_contact: keeps what is typed, right or not, and saves it as a draft after a moment.
 * Up to EDITING; what stands on the confirmation page is what is signed. */
void tou_request_flow_set_contact (TouRequestFlow *self, const TouContact *contact);
/** tou_request_flow_flush_draft: saves what waits to be saved, now: when a field is left, or the page. */
void tou_request_flow_flush_draft (TouRequestFlow *self);
/** tou_request_flow_get_draft_error: Returns: (transfer none) (nullable): why the last draft could not be
 * saved. The work goes on without. */
const GError *tou_request_flow_get_draft_error (TouRequestFlow *self);

/** tou_request_flow_recall_draft: before the work begins: the contact is that of whoever is signed in, and
 * their draft is loaded ("contact-loaded"); what another user submitted is forgotten. Does nothing while
 * something is under way or has to be settled. */
void tou_request_flow_recall_draft (TouRequestFlow *self);
/** tou_request_flow_get_draft_time_us: Returns: when the draft that is in the store was typed, in
 * microseconds since 1970 UTC; 0: there is none, or it was not loaded yet. */
gint64 tou_request_flow_get_draft_time_us (TouRequestFlow *self);

/** tou_request_flow_confirm: 入力内容確認: from EDITING to CONFIRMING when every field holds to its rule.
 * Errors: TOU_FLOW_ERROR_FORM; @out_field: the first that does not; those of the operation. */
gboolean tou_request_flow_confirm (TouRequestFlow *self, TouField *out_field,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** tou_request_flow_edit_again: 戻る: from CONFIRMING (or after a failure) to EDITING. */
void tou_request_flow_edit_again (TouRequestFlow *self);

/**
 * tou_request_flow_submit_async:
 *
 * 登録, 変更, 更新: the check of the certificate has ended, nonce, signature by the card, our own check of
 * it, into the store, out to the service, receipt checked and kept. From UNCERTAIN it asks what became of the
 * submission and sends the identical bytes again if it never arrived. TOU_CARD_ERROR_NOT_UNLOCKED and the
 * errors of a lost card lead back to CARD.
 */
void tou_request_flow_submit_async (TouRequestFlow *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable): the receipt */
TouReceipt *tou_request_flow_submit_finish (TouRequestFlow *self, GAsyncResult *result,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_request_flow_holds: whether the flow itself has still to settle what was sent as @submission_id. */
gboolean tou_request_flow_holds (TouRequestFlow *self, const char *submission_id);

/** tou_request_flow_forget_submitted: what was sent at @signed_at_us by @user_id for @category was received:
 * a draft from before, which is what was sent, stands in the form no more ("contact-loaded"). */
void tou_request_flow_forget_submitted (TouRequestFlow *self, const char *user_id, TouCategory category,
                                        gint64 signed_at_us);

/** tou_request_flow_may_give_up: in UNCERTAIN, after TOU_FLOW_ERROR_NOT_RECEIVED: whether the user may go
 * back and apply anew. */
gboolean tou_request_flow_may_give_up (TouRequestFlow *self);
/** tou_request_flow_give_up_async: what was sent is waited for no longer, and its record says so: from
 * UNCERTAIN to CONFIRMING, or to CARD. Errors: TOU_STORE_ERROR, TOU_FLOW_ERROR. */
void tou_request_flow_give_up_async (TouRequestFlow *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean tou_request_flow_give_up_finish (TouRequestFlow *self, GAsyncResult *result,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_request_flow_get_submission: Returns: (transfer none) (nullable): the newest submission, with its
 * receipt. */
const TouSubmission *tou_request_flow_get_submission (TouRequestFlow *self);

/** For the operations. */

/** tou_request_flow_set_up: once, right after the making; all are referenced. @has_form: a contact is typed;
 * without, the card leads to CONFIRMING at once. */
void tou_request_flow_set_up (TouRequestFlow *self, TouSessionFlow *session, TouCardAccess *cards,
                              TouRecordStore *store, TouProofChecker *proofs, gboolean has_form);

/** tou_request_flow_get_cards: Returns: (transfer none) */
TouCardAccess *tou_request_flow_get_cards (TouRequestFlow *self);

/** tou_request_flow_get_proofs: Returns: (transfer none) */
TouProofChecker *tou_request_flow_get_proofs (TouRequestFlow *self);

/** tou_request_flow_get_form: Returns: (transfer none) (nullable) */
TouContactForm *tou_request_flow_get_form (TouRequestFlow *self);

/** tou_request_flow_use_certificate: the unlock step's certificate signs the request; to EDITING, or to
 * CONFIRMING without a form. */
void tou_request_flow_use_certificate (TouRequestFlow *self);

/** tou_request_flow_begin_again: from COMPLETED with the card still unlocked: another request with the same
 * card and contact, for the user and category of the session; to EDITING, or to CONFIRMING without a form. */
void tou_request_flow_begin_again (TouRequestFlow *self);

/** tou_request_flow_set_numbers: 代表電話番号 and 代表FAX番号 of the company, as typed. */
void tou_request_flow_set_numbers (TouRequestFlow *self, const char *phone, const char *fax);

G_END_DECLS
