/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-record-store.h"

G_BEGIN_DECLS

/**
 * TouDraftKeeper:
 *
 * Keeps a form as typed in the store: saved some time after the first change that is not saved, at once when
 * flushed or when the keeper goes. A store that fails never stops the work; tou_draft_keeper_get_error() says
 * so. Main thread.
 *
 * Signal: "written": a saving has ended, well or not.
 */
#define TOU_TYPE_DRAFT_KEEPER (tou_draft_keeper_get_type ())
G_DECLARE_FINAL_TYPE (TouDraftKeeper, tou_draft_keeper, TOU, DRAFT_KEEPER, GObject)

TouDraftKeeper *tou_draft_keeper_new (TouRecordStore *store, TouOperation operation);

/** tou_draft_keeper_set_delay: @delay_ms: how much of the typing may be lost: from the first change that is
 * not saved to the saving; 1000 unless set. */
void tou_draft_keeper_set_delay (TouDraftKeeper *self, guint delay_ms);

/** tou_draft_keeper_set_owner: whose form it is from now on. What waits is saved for the owner before. */
void tou_draft_keeper_set_owner (TouDraftKeeper *self, const char *agency_id, const char *user_id,
                                 TouCategory category);

/** tou_draft_keeper_note: @contact is what stands in the form now. */
void tou_draft_keeper_note (TouDraftKeeper *self, const TouContact *contact, gint64 now_us);

/** tou_draft_keeper_flush: saves what waits, now. */
void tou_draft_keeper_flush (TouDraftKeeper *self);

/** tou_draft_keeper_forget: the form has been submitted: nothing more is saved, the draft is deleted. */
void tou_draft_keeper_forget (TouDraftKeeper *self);

void tou_draft_keeper_load_async (TouDraftKeeper *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
/** tou_draft_keeper_load_finish: Errors: TOU_STORE_ERROR (NOT_FOUND: there is none), G_IO_ERROR_CANCELLED.
 * Returns: (transfer full) (nullable): the owner's draft, with its contact */
TouDraft *tou_draft_keeper_load_finish (TouDraftKeeper *self, GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_draft_keeper_get_error: Returns: (transfer none) (nullable): why the last saving failed. */
const GError *tou_draft_keeper_get_error (TouDraftKeeper *self);

/** tou_draft_keeper_get_saved_at_us: Returns: when the draft that is in the store was noted, in microseconds
 * since 1970 UTC; 0: the owner has none there, as far as is known. */
gint64 tou_draft_keeper_get_saved_at_us (TouDraftKeeper *self);

G_END_DECLS
