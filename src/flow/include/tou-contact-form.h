/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-field.h"
#include "tou-record-store.h"
#include "tou-session-flow.h"

G_BEGIN_DECLS

/**
 * TouContactForm:
 *
 * The contact as it is being typed, for a registration and for a contact change: whose it is, its draft in
 * the store, its rules. It stays through everything else that a flow does, and is lost only to another user,
 * who gets their own draft or an empty form. What is typed for a registration serves both categories; a
 * contact change is one of what is registered in its category, and has the company's numbers too. Main
 * thread.
 *
 * Signals: "loaded": the draft came; "draft-written": a draft was saved, or could not be.
 */
#define TOU_TYPE_CONTACT_FORM (tou_contact_form_get_type ())
G_DECLARE_FINAL_TYPE (TouContactForm, tou_contact_form, TOU, CONTACT_FORM, GObject)

/** tou_contact_form_new: @operation: drafts of each are kept apart. */
TouContactForm *tou_contact_form_new (TouSessionFlow *session, TouRecordStore *store, TouOperation operation);

/** tou_contact_form_set_draft_delay: @delay_ms: from the last change to the saving; 1000 unless set. */
void tou_contact_form_set_draft_delay (TouContactForm *self, guint delay_ms);

/** tou_contact_form_take_owner: the form is of the user and category of the session from now on; the draft is
 * loaded when nothing is typed. Returns: whether it was another user's and has been emptied */
gboolean tou_contact_form_take_owner (TouContactForm *self);

/** tou_contact_form_is_of_other: whether the one who is signed in is not the one whose form it is; in a
 * contact change also: for the other category. */
gboolean tou_contact_form_is_of_other (TouContactForm *self);

/** tou_contact_form_get_contact: Returns: (transfer none): what was typed so far. */
const TouContact *tou_contact_form_get_contact (TouContactForm *self);

/** tou_contact_form_set_contact: keeps what is typed, right or not, and saves it as a draft after a moment.
 */
void tou_contact_form_set_contact (TouContactForm *self, const TouContact *contact);

/** tou_contact_form_prefill: what stands in the form while nothing is typed and there is no draft, such as
 * the registered contact. It is no draft itself. */
void tou_contact_form_prefill (TouContactForm *self, const TouContact *contact);

/** tou_contact_form_settle: what was typed is registered now: a prefill or a draft may take its place. */
void tou_contact_form_settle (TouContactForm *self);

/** tou_contact_form_check: whether every field holds to its rule. Errors: TOU_FLOW_ERROR_FORM; @out_field:
 * (optional): the first that does not. */
gboolean
tou_contact_form_check (TouContactForm *self, TouField *out_field, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_contact_form_flush: saves what waits, now. */
void tou_contact_form_flush (TouContactForm *self);

/** tou_contact_form_leave: saves what waits, and no draft is waited for any more. */
void tou_contact_form_leave (TouContactForm *self);

/** tou_contact_form_forget_draft: it has been submitted. What is typed stays, for the second category. */
void tou_contact_form_forget_draft (TouContactForm *self);

/** tou_contact_form_forget_submitted: what was sent at @signed_at_us was received. Where the form is that of
 * @user_id and @category and what it holds was saved before, it is what was sent: it is emptied ("loaded"),
 * and the draft deleted. */
void tou_contact_form_forget_submitted (TouContactForm *self, const char *user_id, TouCategory category,
                                        gint64 signed_at_us);

/** tou_contact_form_get_draft_error: Returns: (transfer none) (nullable): why the last draft could not be
 * saved. */
const GError *tou_contact_form_get_draft_error (TouContactForm *self);

/** tou_contact_form_get_draft_time_us: Returns: when the draft that is in the store was typed, in
 * microseconds since 1970 UTC; 0: there is none, or it was not loaded yet. */
gint64 tou_contact_form_get_draft_time_us (TouContactForm *self);

G_END_DECLS
