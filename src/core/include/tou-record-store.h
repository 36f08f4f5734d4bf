/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-domain.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** TouStoreError: why the store could not do its work. */
#define TOU_STORE_ERROR (tou_store_error_quark ())
GQuark tou_store_error_quark (void);
typedef enum {
    TOU_STORE_ERROR_OPEN,      /* the file cannot be opened or made */
    TOU_STORE_ERROR_DAMAGED,   /* it is no database, or a broken one */
    TOU_STORE_ERROR_NEWER,     /* written by a newer version of the program */
    TOU_STORE_ERROR_FULL,      /* no space left */
    TOU_STORE_ERROR_NOT_FOUND, /* no such submission or draft */
    TOU_STORE_ERROR_EXISTS,    /* a submission with this id but other bytes is there already */
    TOU_STORE_ERROR_FAILED,
} TouStoreError;

/** TouSubmissionState: what is known of a submission that was signed. */
typedef enum {
    TOU_SUBMISSION_STATE_SIGNED,   /* in the store, not known to have been sent */
    TOU_SUBMISSION_STATE_SENT,     /* sent, the answer unknown */
    TOU_SUBMISSION_STATE_ACCEPTED, /* receipt kept */
    TOU_SUBMISSION_STATE_REFUSED,  /* the service refused it; kept for the record, never sent again */
    TOU_SUBMISSION_STATE_GIVEN_UP, /* sent; the service did not have it, and the user waits for it no longer
                                    */
} TouSubmissionState;

/** TouSubmission: a signed request and what became of it. */
typedef struct {
    char *id; /* UUID */
    char *agency_id;
    char *user_id; /* (nullable): who was signed in; older versions did not keep it */
    TouOperation operation;
    TouCategory category;
    gint64 signed_at_us;
    GBytes *cms;     /* exactly what is sent */
    GBytes *content; /* the JSON inside, for showing and printing */
    char *certificate_sha256;
    TouSubmissionState state;
    char *refusal_code;  /* (nullable) five digits */
    TouReceipt *receipt; /* (nullable) */
    /* What became of it, as the service said last; in a list of records alone. UNKNOWN: it did not say. */
    TouReviewState review;
} TouSubmission;

TouSubmission *tou_submission_new (void);
TouSubmission *tou_submission_copy (const TouSubmission *self);
void tou_submission_free (TouSubmission *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouSubmission, tou_submission_free)

/** TouDraft: a form as typed, not yet submitted. One for each agency, category, operation and user. */
typedef struct {
    char *agency_id;
    char *user_id;
    TouCategory category;
    TouOperation operation;
    gint64 saved_at_us;
    TouContact *contact;
} TouDraft;

TouDraft *tou_draft_new (void);
TouDraft *tou_draft_copy (const TouDraft *self);
void tou_draft_free (TouDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouDraft, tou_draft_free)

/** TouKnownCard: the card that was used last. One for each agency and category. */
typedef struct {
    char *agency_id;
    TouCategory category;
    char *certificate_sha256; /* 64 lower-case hex digits */
    gint64 used_at_us;        /* since 1970 UTC */
} TouKnownCard;

TouKnownCard *tou_known_card_new (void);
TouKnownCard *tou_known_card_copy (const TouKnownCard *self);
void tou_known_card_free (TouKnownCard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouKnownCard, tou_known_card_free)

/**
 * TouRecordStore:
 *
 * What must not be lost, as flows see it. All errors are TOU_STORE_ERROR. Reads may be cancelled, writes are
 * not: a write that returned without error is on the disk. Main thread; nothing here waits.
 */
#define TOU_TYPE_RECORD_STORE (tou_record_store_get_type ())
G_DECLARE_INTERFACE (TouRecordStore, tou_record_store, TOU, RECORD_STORE, GObject)

struct _TouRecordStoreInterface {
    GTypeInterface parent;

    void (*put_submission_async) (TouRecordStore *self, const TouSubmission *submission,
                                  GAsyncReadyCallback cb, gpointer data);
    void (*set_state_async) (TouRecordStore *self, const char *submission_id, TouSubmissionState state,
                             const char *refusal_code, GAsyncReadyCallback cb, gpointer data);
    void (*put_receipt_async) (TouRecordStore *self, const TouReceipt *receipt, GAsyncReadyCallback cb,
                               gpointer data);
    void (*put_review_async) (TouRecordStore *self, const char *submission_id, TouReviewState review,
                              GAsyncReadyCallback cb, gpointer data);
    void (*list_records_async) (TouRecordStore *self, const TouSubmission *after, guint limit,
                                GCancellable *c, GAsyncReadyCallback cb, gpointer data);
    void (*list_unsettled_async) (TouRecordStore *self, GCancellable *c, GAsyncReadyCallback cb,
                                  gpointer data);
    void (*get_submission_async) (TouRecordStore *self, const char *submission_id, GCancellable *c,
                                  GAsyncReadyCallback cb, gpointer data);
    void (*put_draft_async) (TouRecordStore *self, const TouDraft *draft, GAsyncReadyCallback cb,
                             gpointer data);
    void (*get_draft_async) (TouRecordStore *self, const TouDraft *key, GCancellable *c,
                             GAsyncReadyCallback cb, gpointer data);
    void (*delete_draft_async) (TouRecordStore *self, const TouDraft *key, GAsyncReadyCallback cb,
                                gpointer data);
    void (*put_known_card_async) (TouRecordStore *self, const TouKnownCard *card, GAsyncReadyCallback cb,
                                  gpointer data);
    void (*get_known_card_async) (TouRecordStore *self, const TouKnownCard *key, GCancellable *c,
                                  GAsyncReadyCallback cb, gpointer data);
    void (*close_async) (TouRecordStore *self, GAsyncReadyCallback cb, gpointer data);
    gboolean (*write_finish) (TouRecordStore *self, GAsyncResult *result, GError **error);
    gpointer (*read_finish) (TouRecordStore *self, GAsyncResult *result, GError **error);
};

/** tou_record_store_put_submission_async: keeps a signed request before its first byte is sent. Errors:
 * EXISTS. */
void tou_record_store_put_submission_async (TouRecordStore *self, const TouSubmission *submission,
                                            GAsyncReadyCallback callback, gpointer user_data);
/** tou_record_store_set_state_async: @refusal_code: (nullable), for REFUSED. ACCEPTED is set by put_receipt.
 */
void
tou_record_store_set_state_async (TouRecordStore *self, const char *submission_id, TouSubmissionState state,
                                  const char *refusal_code, GAsyncReadyCallback callback, gpointer user_data);
/** tou_record_store_put_receipt_async: keeps the receipt; the submission is ACCEPTED from then on. */
void tou_record_store_put_receipt_async (TouRecordStore *self, const TouReceipt *receipt,
                                         GAsyncReadyCallback callback, gpointer user_data);
/** tou_record_store_put_review_async: keeps what became of a submission in place of what was known before.
 * One that is not kept here (sent from another computer) is passed over. @review: not UNKNOWN. */
void
tou_record_store_put_review_async (TouRecordStore *self, const char *submission_id, TouReviewState review,
                                   GAsyncReadyCallback callback, gpointer user_data);
void tou_record_store_put_draft_async (TouRecordStore *self, const TouDraft *draft,
                                       GAsyncReadyCallback callback, gpointer user_data);
/** tou_record_store_delete_draft_async: @key: only agency, user, category and operation count. No error if
 * none. */
void tou_record_store_delete_draft_async (TouRecordStore *self, const TouDraft *key,
                                          GAsyncReadyCallback callback, gpointer user_data);
/** tou_record_store_put_known_card_async: in place of the one before. */
void tou_record_store_put_known_card_async (TouRecordStore *self, const TouKnownCard *card,
                                            GAsyncReadyCallback callback, gpointer user_data);
/** tou_record_store_close_async: the last of the writes: what was asked for before is done, then the file is
 * let go of, so that nothing waits when the last reference goes. A call that comes later opens it again. */
void tou_record_store_close_async (TouRecordStore *self, GAsyncReadyCallback callback, gpointer user_data);
/** tou_record_store_write_finish: ends any of the writes above. */
gboolean tou_record_store_write_finish (TouRecordStore *self, GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * tou_record_store_list_records_async:
 * @after: (nullable): the last of the page before; only signed_at_us and id count
 *
 * A page of all that was ever sent, at any agency, newest first. Without what is large: cms, content and
 * certificate_sha256 are %NULL, and of a receipt there are submission_id, reception_number and accepted_at_us
 * alone. Every page costs the same, however many there are.
 */
void tou_record_store_list_records_async (TouRecordStore *self, const TouSubmission *after, guint limit,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer user_data);
/** Returns: (transfer full) (element-type TouSubmission): fewer than the limit at the end */
GPtrArray *tou_record_store_list_records_finish (TouRecordStore *self, GAsyncResult *result,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** tou_record_store_list_unsettled_async: what is SENT or GIVEN_UP, at any agency, oldest first; of each id,
 * agency_id, user_id, operation, category, signed_at_us and state alone. Costs the same however many records
 * there are. */
void tou_record_store_list_unsettled_async (TouRecordStore *self, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (element-type TouSubmission) */
GPtrArray *tou_record_store_list_unsettled_finish (TouRecordStore *self, GAsyncResult *result,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
void tou_record_store_get_submission_async (TouRecordStore *self, const char *submission_id,
                                            GCancellable *cancellable, GAsyncReadyCallback callback,
                                            gpointer user_data);
/** Errors: NOT_FOUND. Returns: (transfer full) */
TouSubmission *tou_record_store_get_submission_finish (TouRecordStore *self, GAsyncResult *result,
                                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void tou_record_store_get_draft_async (TouRecordStore *self, const TouDraft *key, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
/** Errors: NOT_FOUND. Returns: (transfer full) */
TouDraft *tou_record_store_get_draft_finish (TouRecordStore *self, GAsyncResult *result,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** tou_record_store_get_known_card_async: @key: only agency and category count. */
void tou_record_store_get_known_card_async (TouRecordStore *self, const TouKnownCard *key,
                                            GCancellable *cancellable, GAsyncReadyCallback callback,
                                            gpointer user_data);
/** Errors: NOT_FOUND. Returns: (transfer full) */
TouKnownCard *tou_record_store_get_known_card_finish (TouRecordStore *self, GAsyncResult *result,
                                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
