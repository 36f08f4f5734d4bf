/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-sqlite-store.h"

G_BEGIN_DECLS

/** StoreBench: a store in a folder of its own. */
typedef struct {
    char *folder;
    char *path;
    TouRecordStore *store;
} StoreBench;

StoreBench *store_bench_new (void);
/** store_bench_reopen: closes the store, which must have no other owner, and opens it anew. */
void store_bench_reopen (StoreBench *self);
/** store_bench_close: closes it for good. */
void store_bench_close (StoreBench *self);
void store_bench_free (StoreBench *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreBench, store_bench_free)

/** The calls, waited for. */
gboolean store_put (StoreBench *self, const TouSubmission *submission, GError **error);
gboolean store_set_state (StoreBench *self, const char *id, TouSubmissionState state, const char *code,
                          GError **error);
gboolean store_put_receipt (StoreBench *self, const TouReceipt *receipt, GError **error);
gboolean store_put_draft (StoreBench *self, const TouDraft *draft, GError **error);
gboolean store_delete_draft (StoreBench *self, const TouDraft *key, GError **error);
gboolean
store_put_review (StoreBench *self, const char *submission_id, TouReviewState review, GError **error);
gboolean store_put_known_card (StoreBench *self, const TouKnownCard *card, GError **error);
TouKnownCard *store_get_known_card (StoreBench *self, const TouKnownCard *key, GError **error);
TouSubmission *store_get (StoreBench *self, const char *id, GError **error);
GPtrArray *store_list_records (StoreBench *self, const TouSubmission *after, guint limit, GError **error);
GPtrArray *store_list_unsettled (StoreBench *self, GError **error);
TouDraft *store_get_draft (StoreBench *self, const TouDraft *key, GError **error);

/** make_submission: signed @minute minutes after some moment; @bytes: what stands for the CMS. */
TouSubmission *make_submission (const char *id, gint64 minute, const char *bytes);
TouReceipt *make_receipt (const char *id);
TouDraft *make_draft (const char *user_id, TouCategory category, const char *name);

G_END_DECLS
