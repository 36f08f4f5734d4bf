/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-control.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TouPracticeReviews: the agency's people in practice: the applications that wait, newest first, with what
 * can be decided about the selected one, and newer qualification data.
 *
 * Signals: "error" (GError *error): that did not work. "done" (char *text): it did, in words for people.
 * "waiting" (guint n): so many applications wait now. */
#define TOU_TYPE_PRACTICE_REVIEWS (tou_practice_reviews_get_type ())
G_DECLARE_FINAL_TYPE (TouPracticeReviews, tou_practice_reviews, TOU, PRACTICE_REVIEWS, GtkBox)

/** tou_practice_reviews_set_control: to be called once; asks for the list, and again whenever it changes. */
void tou_practice_reviews_set_control (TouPracticeReviews *self, TouPracticeControl *control);

G_END_DECLS
