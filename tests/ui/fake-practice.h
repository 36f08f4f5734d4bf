/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-control.h"

G_BEGIN_DECLS

/** FakePractice: two readers and three cards in memory, the first card in the first reader. */
#define FAKE_TYPE_PRACTICE (fake_practice_get_type ())
G_DECLARE_FINAL_TYPE (FakePractice, fake_practice, FAKE, PRACTICE, GObject)

FakePractice *fake_practice_new (void);

G_END_DECLS
