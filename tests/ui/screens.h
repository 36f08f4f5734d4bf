/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-practice.h"
#include "ui-tools.h"

G_BEGIN_DECLS

/* Every page and dialog of the program, over the fakes, in the states in which it looks different. A new one
 * is a new row here, and so is looked at by all that walk through them. */

/** Screen: one of them. @show: (not nullable): brings it on screen in a new bench */
typedef struct {
    const char *name;
    void (*show) (UiBench *self);
} Screen;

/** screens_pages_get, screens_form_get, screens_windows_get: the parts of the table. @out_n: (out) */
const Screen *screens_pages_get (guint *out_n);
const Screen *screens_form_get (guint *out_n);
const Screen *screens_windows_get (guint *out_n);

/** screens_bench_new: as ui_bench_new(), for one of them. */
UiBench *screens_bench_new (void);

/** ScreenCheck: @screen is shown in @bench. */
typedef void (*ScreenCheck) (UiBench *bench, const Screen *screen, gpointer data);

/** screens_for_each: @check with each of them in a bench of its own, in practice, since that takes most room.
 */
void screens_for_each (ScreenCheck check, gpointer data);

/** screens_find: Returns: (nullable): the one of that name */
const Screen *screens_find (const char *name);

/** screens_practise: from now on it is for practice. Returns: (transfer none): the readers and cards, one for
 * all benches of the process */
FakePractice *screens_practise (UiBench *bench);

/** screens_for_each_window: @check with each window that is on screen. */
void screens_for_each_window (GFunc check, gpointer data);

G_END_DECLS
