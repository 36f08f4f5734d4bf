/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-exchange.h"

G_BEGIN_DECLS

/** TouPracticeFaults: what the practice service does wrong on demand, so that a client can be shown to bear
 * it. Each fault has a number of times for which it is good. */
typedef struct _TouPracticeFaults TouPracticeFaults;

typedef enum {
    TOU_PRACTICE_FAULT_DROP_ANSWER,     /* does what is asked, then closes the connection without an answer */
    TOU_PRACTICE_FAULT_SLOW,            /* answers after the value's milliseconds */
    TOU_PRACTICE_FAULT_NOT_JSON,        /* does what is asked, answers with a page of HTML */
    TOU_PRACTICE_FAULT_TOO_LARGE,       /* does what is asked, answers with megabytes */
    TOU_PRACTICE_FAULT_STATUS_500,      /* does nothing but say so */
    TOU_PRACTICE_FAULT_UNKNOWN_CODE,    /* refuses with the value as the problem's code */
    TOU_PRACTICE_FAULT_MISSING_FIELDS,  /* does what is asked, answers with an empty JSON object */
    TOU_PRACTICE_FAULT_UNKNOWN_STATE,   /* tells of applications that are in a state nobody knows */
    TOU_PRACTICE_FAULT_SESSION_EXPIRED, /* the session ends before the call is looked at */
    TOU_PRACTICE_FAULT_WITHOUT, /* does what is asked, answers without the member that the value names */
} TouPracticeFault;

TouPracticeFaults *tou_practice_faults_new (void);
void tou_practice_faults_free (TouPracticeFaults *self);

/** tou_practice_faults_add: @text: NAME[=VALUE][@PATH][*TIMES]: "drop-answer", "slow=500", "not-json",
 * "too-large", "status-500", "unknown-code=40123", "missing-fields", "without=state", "unknown-state",
 * "session-expired"; for
 * calls whose path begins with PATH (default: all); once, or TIMES (at most 1000). Errors:
 * G_OPTION_ERROR_BAD_VALUE. */
gboolean
tou_practice_faults_add (TouPracticeFaults *self, const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_faults_take: whether @fault is due for a call to @path; that takes one of its times.
 * @out_value: (optional). */
gboolean tou_practice_faults_take (TouPracticeFaults *self, TouPracticeFault fault, const char *path,
                                   guint *out_value);

/** tou_practice_faults_refuse: the answer of a fault that does not look at the call. Returns: (transfer full)
 * (nullable): %NULL when none is due */
TouPracticeAnswer *tou_practice_faults_refuse (TouPracticeFaults *self, const char *path);

/** tou_practice_faults_spoil: @answer: changed in place when a fault for it is due. */
void tou_practice_faults_spoil (TouPracticeFaults *self, const char *path, TouPracticeAnswer *answer);

G_END_DECLS
