/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-agency-list.h"

G_BEGIN_DECLS

/**
 * TouProfileOpening:
 *
 * Takes service profiles into a TouAgencyList, one after the other, wherever the files come from: the file
 * chooser, a drop, the command line, the session bus. What would replace something, or looks like something
 * that is there, is asked about first. Main thread.
 *
 * Signals: "asks" (TouServiceProfile *known, TouServiceProfile *opened): show both and answer with
 * tou_profile_opening_answer(). "done" (TouServiceProfile *profile, TouProfileKnown how): it is in the list;
 * KNOWN_ID: in place of another, KNOWN_SAME: it was there. "failed" (GError *error).
 */
#define TOU_TYPE_PROFILE_OPENING (tou_profile_opening_get_type ())
G_DECLARE_FINAL_TYPE (TouProfileOpening, tou_profile_opening, TOU, PROFILE_OPENING, GObject)

TouProfileOpening *tou_profile_opening_new (TouAgencyList *agencies);

void tou_profile_opening_add (TouProfileOpening *self, GFile *file);

/** tou_profile_opening_answer: after "asks". @is_taken: FALSE: nothing is changed. */
void tou_profile_opening_answer (TouProfileOpening *self, gboolean is_taken);

G_END_DECLS
