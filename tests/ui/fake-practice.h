/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-control.h"

G_BEGIN_DECLS

/** FakePractice: two readers and three cards in memory, the first card in the first reader; applications as
 * they are made and decided. */
#define FAKE_TYPE_PRACTICE (fake_practice_get_type ())
G_DECLARE_FINAL_TYPE (FakePractice, fake_practice, FAKE, PRACTICE, GObject)

FakePractice *fake_practice_new (void);

/** fake_practice_apply: an application comes, the newest of all; @number: its reception number. */
void fake_practice_apply (FakePractice *self, const char *number, TouOperation operation);

TouReviewState fake_practice_get_state (FakePractice *self, const char *number);
const char *fake_practice_get_reason (FakePractice *self, const char *number);

/** fake_practice_decide: somebody else decides; nobody is told. */
void fake_practice_decide (FakePractice *self, const char *number, TouReviewState state);

guint fake_practice_get_review_after (FakePractice *self);
guint fake_practice_count_renewals (FakePractice *self);

G_END_DECLS
