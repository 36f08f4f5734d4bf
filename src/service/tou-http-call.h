/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-registration-service.h"

G_BEGIN_DECLS

typedef struct _TouHttpCall TouHttpCall;

/** TouHttpRead: makes the result out of the answer of a call that the service granted, on the worker's
 * thread. Errors: TOU_WIRE_ERROR, TOU_SERVICE_ERROR. Returns: (transfer full) (nullable): what free_result
 * frees */
typedef gpointer (*TouHttpRead) (TouHttpCall *call, GError **error);

/**
 * TouHttpCall:
 *
 * One call: what is asked, and what came back. Filled by the main thread, then the worker's alone until its
 * task returns, then the main thread's again.
 */
struct _TouHttpCall {
    const char *name;   /* for the timeline; static */
    const char *method; /* static */
    char *url;
    const char *content_type; /* of the body; static; NULL without a body */
    GBytes *body;
    TouSecret *secret_body;    /* in place of body */
    gboolean answer_is_secret; /* it brings a token: nothing of it may be shown */
    TouSecret *token;          /* NULL: the call needs no session */
    gboolean opens_session;    /* a second copy would leave one open, or count a wrong password twice */
    gboolean replaces_session; /* unless the service refuses, the session of token is over */
    gboolean is_signed;        /* it matters that it may have arrived though no answer came; sent once */
    char *submission_id;       /* signed calls: Idempotency-Key, and what the answer must say (nullable) */
    const char *absent_type;   /* problem type that means NOT_FOUND; static (nullable) */
    guint connect_ms;
    guint total_ms;
    TouHttpRead read;
    GDestroyNotify free_result;
    char *audience; /* what the service info must say (nullable) */

    gboolean was_sent; /* the service may have got it, or a part of it */
    guint status;      /* 0: no answer */
    char *answer_type;
    GBytes *answer;
    char *nonce;           /* Replay-Nonce (nullable) */
    gint64 session_end_us; /* Session-Expires; 0: not said */
    gint64 date_us;        /* Date, in whole seconds; 0: not said */
    gint64 said_time_us;   /* the service's time in the body; 0: not said */
    gboolean is_replayed;
    gint64 duration_us;
    TouSecret *new_token; /* sign-in */
    gpointer result;
};

/** tou_http_call_new: @path: under the profile's base URL. */
TouHttpCall *tou_http_call_new (const char *name, const char *method, const char *base_url,
                                const char *path) G_GNUC_WARN_UNUSED_RESULT;
void tou_http_call_free (TouHttpCall *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouHttpCall, tou_http_call_free)

G_END_DECLS
