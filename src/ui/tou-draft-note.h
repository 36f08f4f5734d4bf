/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-request-flow.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouDraftNote:
 *
 * One quiet line: that what is typed is kept, and since when; hidden where nothing is. Whoever leaves a form
 * is not asked, and sees that nothing is lost. Follows the flow. Main thread.
 */
#define TOU_TYPE_DRAFT_NOTE (tou_draft_note_get_type ())
G_DECLARE_FINAL_TYPE (TouDraftNote, tou_draft_note, TOU, DRAFT_NOTE, GtkLabel)

/** tou_draft_note_follow: once, before it is shown. @flow: referenced; @is_on_form: it stands on the form,
 * and not where the form is opened. */
void tou_draft_note_follow (TouDraftNote *self, TouRequestFlow *flow, gboolean is_on_form);

/** tou_draft_note_begin: the page was opened: what is kept is from before. */
void tou_draft_note_begin (TouDraftNote *self);

G_END_DECLS
