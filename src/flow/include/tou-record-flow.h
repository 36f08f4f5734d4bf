/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-proof-checker.h"
#include "tou-record-store.h"

G_BEGIN_DECLS

/** TouRecord: all that a kept submission says, read from its signed bytes. */
typedef struct {
    TouSubmission *submission;
    TouSignedFile *request;
    TouSignedFile *authorization; /* (nullable): of a card renewal, by the current card */
} TouRecord;

void tou_record_free (TouRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouRecord, tou_record_free)

/**
 * TouRecordFlow:
 *
 * Looking at what was handed in, at any later time: no service, no sign-in, no card. The signed bytes are the
 * record; what is shown and printed is read from them, after their signature has been checked. It has no
 * state: calls may overlap. Main thread.
 */
#define TOU_TYPE_RECORD_FLOW (tou_record_flow_get_type ())
G_DECLARE_FINAL_TYPE (TouRecordFlow, tou_record_flow, TOU, RECORD_FLOW, GObject)

/** tou_record_flow_new: @agency_names: (element-type utf8 utf8): names for people by agency id; what is not
 * in it is shown by its id. */
TouRecordFlow *tou_record_flow_new (TouRecordStore *store, TouProofChecker *proofs, GHashTable *agency_names);

/** tou_record_flow_get_agency_name: Returns: (transfer none) */
const char *tou_record_flow_get_agency_name (TouRecordFlow *self, const char *agency_id);

/** tou_record_flow_list_async: as tou_record_store_list_records_async(). */
void tou_record_flow_list_async (TouRecordFlow *self, const TouSubmission *after, guint limit,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *tou_record_flow_list_finish (TouRecordFlow *self, GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_record_flow_open_async: reads one whole record. */
void tou_record_flow_open_async (TouRecordFlow *self, const char *submission_id, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
/** tou_record_flow_open_finish: Errors: TOU_STORE_ERROR; TOU_PROOF_ERROR: what is kept is damaged. Returns:
 * (transfer full) (nullable) */
TouRecord *tou_record_flow_open_finish (TouRecordFlow *self, GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
