/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TouTimeline:
 *
 * What happened, for support: a ring of the last events. It is redacted by construction: an event is one of
 * the listed kinds with a number and one word out of the program's own text (a page id, an error name). No
 * text that a person typed, a card holds or a service sent can enter it. May be used from any thread.
 */
#define TOU_TYPE_TIMELINE (tou_timeline_get_type ())
G_DECLARE_FINAL_TYPE (TouTimeline, tou_timeline, TOU, TIMELINE, GObject)

/** The kinds of events that enter the timeline; what @word and @number mean is said with each. */
typedef enum {
    TOU_EVENT_PROGRAM_STARTED, /* word: version; number: 1 in practice, else 0 */
    TOU_EVENT_PAGE_SHOWN,      /* word: page id */
    TOU_EVENT_FLOW_STATE,      /* word: state name */
    TOU_EVENT_SERVICE_CALL,    /* word: call name; number: HTTP status, 0 without an answer */
    TOU_EVENT_CARD_CALL,       /* word: call name; number: 0 or the TouCardError + 1 */
    TOU_EVENT_ERROR_SHOWN,     /* word: five-digit code */
    TOU_EVENT_AGENT_ENDED,     /* number: wait status */
} TouEventKind;

typedef struct {
    gint64 at_us; /* g_get_real_time() */
    TouEventKind kind;
    const char *word; /* static text of the program */
    gint64 number;
    gint64 duration_us; /* 0: at one moment */
} TouEvent;

TouTimeline *tou_timeline_new (guint capacity);

/** tou_timeline_add: @word: a string literal or other text that lives as long as the program (nullable). */
void
tou_timeline_add (TouTimeline *self, TouEventKind kind, const char *word, gint64 number, gint64 duration_us);

/** tou_timeline_dup_events: Returns: (transfer full) (element-type TouEvent): a copy, oldest first. */
GArray *tou_timeline_dup_events (TouTimeline *self);

G_END_DECLS
