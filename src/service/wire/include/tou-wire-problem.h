/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-wire.h"

G_BEGIN_DECLS

/** What every "type" of ours begins with. */
#define TOU_WIRE_PROBLEM_PREFIX "urn:touroku:problem:"

/** TouWireProblem: a problem document (RFC 9457), media type application/problem+json. Texts may be %NULL. */
typedef struct {
    char *type_uri;
    char *title;
    guint status;
    char *detail;
    char *code;  /* the manual's five digits */
    char *field; /* bad-field: the member, such as "contact.postal_code" */
} TouWireProblem;

/** TouWireProblemKind: one line of the table in docs/signed-request.md section 4, and the problems of other
 * calls. */
typedef struct {
    const char *name; /* the "type" without TOU_WIRE_PROBLEM_PREFIX */
    guint status;
    const char *code;
    const char *title; /* English, for people who read traces */
} TouWireProblemKind;

/** tou_wire_problem_get_kinds: Returns: (transfer none) (array length=out_n) */
const TouWireProblemKind *tou_wire_problem_get_kinds (guint *out_n);

/** tou_wire_problem_new: @name: one of the kinds, anything else is a programming error; @detail: (nullable):
 * a sentence for support staff. Returns: (transfer full) */
TouWireProblem *tou_wire_problem_new (const char *name, const char *detail) G_GNUC_WARN_UNUSED_RESULT;
void tou_wire_problem_free (TouWireProblem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouWireProblem, tou_wire_problem_free)

/** tou_wire_problem_is: Returns: whether the problem is of the kind @name. */
gboolean tou_wire_problem_is (const TouWireProblem *self, const char *name) G_GNUC_WARN_UNUSED_RESULT;

/** tou_wire_write_problem: Returns: (transfer full) */
GBytes *tou_wire_write_problem (const TouWireProblem *problem) G_GNUC_WARN_UNUSED_RESULT;

/** tou_wire_read_problem: RFC 9457 requires no member, and neither does this: what is missing or of another
 * type is left %NULL, as section 3.1 asks; a code that is not five digits too. Errors: MALFORMED. Returns:
 * (transfer full) (nullable) */
TouWireProblem *tou_wire_read_problem (GBytes *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
