/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-bench.h"
#include "tou-window.h"

G_BEGIN_DECLS

/** ui_test_init: GTK and g_test, without the accessibility bus: its daemon writes into the test's output. */
void ui_test_init (int *argc, char ***argv);

/** UiBench: the window with the flows over the fakes; the window answers its own choice of an agency with
 * them. */
typedef struct {
    FakeBench *fakes;
    TouFlows *flows;
    TouTimeline *timeline;
    TouWindow *window;
} UiBench;

/** ui_bench_new: a window on screen, without an agency. */
UiBench *ui_bench_new (void);

/** ui_bench_free: fails when anything still holds the window or the flows. */
void ui_bench_free (UiBench *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiBench, ui_bench_free)

/** ui_bench_add_agency: the fakes' agency is there, with its profile. */
void ui_bench_add_agency (UiBench *self);

/** ui_bench_go: presses what leads to @page (up to the registration menu), and everything must succeed. */
void ui_bench_go (UiBench *self, TouPageId page);

/** ui_find: Returns: (transfer none) (nullable): the widget with builder id @id anywhere in @root. */
GtkWidget *ui_find (GtkWidget *root, const char *id);

/** ui_get: the same inside the page on screen and around it; there must be one, and one can see it. */
GtkWidget *ui_get (UiBench *self, const char *id);

/** ui_is_shown: whether there is such a widget on screen. */
gboolean ui_is_shown (UiBench *self, const char *id);

/** ui_press: a button that a person could press. */
void ui_press (UiBench *self, const char *id);

/** ui_press_key: a key that the window with the focus would get. */
void ui_press_key (UiBench *self, guint key, GdkModifierType modifiers);

/** ui_press_key_in: a key that the toplevel @window would get. */
void ui_press_key_in (GtkWidget *window, guint key, GdkModifierType modifiers);

/** ui_wait_for_frame: until everything in the toplevel @window has been laid out and drawn, at the size that
 * the X server has given it. gtk_test_widget_wait_for_draw() ends before a size that was asked for has come.
 */
void ui_wait_for_frame (GtkWidget *window);

/** ui_find_toplevel: Returns: (transfer none) (nullable): a window of that type. */
GtkWidget *ui_find_toplevel (GType type);

void ui_type (UiBench *self, const char *id, const char *text);
const char *ui_read (UiBench *self, const char *id);

G_END_DECLS
