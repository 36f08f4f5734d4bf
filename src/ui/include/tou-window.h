/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-modules.h"
#include "tou-page.h"

#include "tou-practice-control.h"
#include "tou-flows.h"
#include "tou-record-flow.h"
#include "tou-service-profile.h"
#include "tou-timeline.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouWindow:
 *
 * The main window: header bar, practice mark, errors, the page area (tou-page-stack.h), and what the program
 * is asked for beside the pages. It holds the flows for them.
 *
 * Signals: "agency-wanted": the user goes on from the first page or opens the practice panel; whatever has to
 * be loaded or started for working starts now and not before. May come again. "profile-chosen"
 * (TouServiceProfile *profile): the user chose an agency; the program answers with tou_window_set_flows().
 * "profile-opened" (GFile *file): the user opened a service profile, or dropped one on the window; the
 * program answers with tou_window_set_agencies() and tou_window_show_agency(), or with an error, or asks
 * first: tou_window_ask_profile(), which is answered by "profile-answered" (gboolean is_taken).
 * "preferences-wanted": the user asks for the preferences; the program answers with
 * tou_window_show_preferences().
 * "records-wanted": the user asks for the kept records; the program answers with tou_window_show_records().
 * "practice-requested": from the first start without an agency, or from the menu at any time; a window of its
 * own takes the place of this one. "practice-renewal-requested": the user allowed a damaged practice folder
 * to be made anew.
 */
#define TOU_TYPE_WINDOW (tou_window_get_type ())
G_DECLARE_FINAL_TYPE (TouWindow, tou_window, TOU, WINDOW, GtkWindow)

/** tou_window_new: @application: (nullable): gets the action that opens the practice panel. */
TouWindow *tou_window_new (GApplication *application, TouTimeline *timeline);

/** tou_window_set_practice: shows 練習 on every screen and, once @control (nullable) is known, the panel.
 * Adds the action "app.practice-panel" (F9), which works in dialogs too. */
void tou_window_set_practice (TouWindow *self, TouPracticeControl *control);

/** tou_window_say_practice_ended: the practice service ended by itself. @starts_again: it is being started
 * again; else the user is told how to do it (F9, which is "agency-wanted"). tou_window_set_practice() follows
 * once it is there. */
void tou_window_say_practice_ended (TouWindow *self, gboolean starts_again);

/** tou_window_set_agencies: @names, @profiles: what can be chosen; empty: how to get one is said, and before
 * the first call neither. The practice agency is shown by name at once and chosen when its profile is there
 * (profiles may be shorter than names). */
void tou_window_set_agencies (TouWindow *self, const char *const *names, GPtrArray *profiles);

/** tou_window_show_agency: says on the first page what has become of the agencies (@note, nullable), and
 * chooses the one at @index, or leaves the choice as it is (-1). Work that is under way is not touched. */
void tou_window_show_agency (TouWindow *self, int index, const char *note);

/** tou_window_ask_profile: shows @known, which is in the list, beside @opened, and asks whether to take it.
 */
void
tou_window_ask_profile (TouWindow *self, const TouServiceProfile *known, const TouServiceProfile *opened);

/** tou_window_set_flows: the chosen agency is ready to be worked with; pages that wait for it go on. */
void tou_window_set_flows (TouWindow *self, TouFlows *flows);

/** tou_window_show_preferences: opens the preferences. @modules: (nullable): %NULL in practice, where nothing
 * can be chosen */
void tou_window_show_preferences (TouWindow *self, TouCardModules *modules);

/** tou_window_show_records: opens the list of kept records; needs no agency and no flows. */
void tou_window_show_records (TouWindow *self, TouRecordFlow *records);

/** tou_window_show_error: shows an error that belongs to no page (no practice service, a bad profile file).
 */
void tou_window_show_error (TouWindow *self, const GError *error);

G_END_DECLS
