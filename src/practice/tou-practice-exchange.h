/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** TouPracticeCall: one HTTP request, whole. Lent for the time of answering. */
typedef struct {
    const char *method;
    const char *path;          /* decoded, without the query */
    const char *limit;         /* of the query (nullable) */
    const char *authorization; /* header fields (nullable) */
    const char *content_type;
    const char *idempotency_key;
    GBytes *body;
    gboolean body_is_too_large; /* over TOU_PRACTICE_REQUEST_BYTES; the rest was thrown away */
} TouPracticeCall;

/** The longest body that is taken: limits.request_bytes of GET /v1/service. */
#define TOU_PRACTICE_REQUEST_BYTES (64 * 1024)

/** TouPracticeAnswer: one HTTP answer. */
typedef struct {
    guint status;
    const char *content_type; /* static (nullable): without a body */
    GBytes *body;             /* (nullable) */
    GPtrArray *headers;       /* (element-type char*): name, value, name, value … */
} TouPracticeAnswer;

/** Both: Returns: (transfer full). */
TouPracticeAnswer *tou_practice_answer_new (guint status);
/** @json: (transfer full) */
TouPracticeAnswer *tou_practice_answer_new_json (guint status, GBytes *json);

/** tou_practice_answer_new_problem: @name: a kind of tou-wire-problem.h; @detail, @field: (nullable).
 * Returns: (transfer full): with WWW-Authenticate where the status asks for it (RFC 9110, 11.6.1) */
TouPracticeAnswer *tou_practice_answer_new_problem (const char *name, const char *detail, const char *field);

/** tou_practice_answer_free: wipes the body, which may hold a session token. */
void tou_practice_answer_free (TouPracticeAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouPracticeAnswer, tou_practice_answer_free)

void tou_practice_answer_set_header (TouPracticeAnswer *self, const char *name, const char *value);

/** tou_practice_answer_get_header: Returns: (transfer none) (nullable) */
const char *tou_practice_answer_get_header (const TouPracticeAnswer *self, const char *name);

/** tou_practice_call_has_type: whether the body is of @media_type; parameters do not count. */
gboolean tou_practice_call_has_type (const TouPracticeCall *self, const char *media_type);

/** tou_practice_call_get_token: Returns: (transfer none) (nullable): of "Authorization: Bearer" (RFC 6750) */
const char *tou_practice_call_get_token (const TouPracticeCall *self);

G_END_DECLS
