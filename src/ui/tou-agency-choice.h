/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-domain.h"
#include "tou-service-profile.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TouAgencyChoice:
 *
 * The agencies that there are, which of them and which category is chosen: what the first page edits and the
 * window carries out.
 *
 * Signals: "changed": the agencies, the note, or whether the choice waits. "chosen" (TouServiceProfile
 * *profile): work with it. "practice-requested": the user wants to practise.
 */
#define TOU_TYPE_AGENCY_CHOICE (tou_agency_choice_get_type ())
G_DECLARE_FINAL_TYPE (TouAgencyChoice, tou_agency_choice, TOU, AGENCY_CHOICE, GObject)

TouAgencyChoice *tou_agency_choice_new (void);

/** tou_agency_choice_set: see tou_window_set_agencies(). When the choice waits for a profile that is there
 * now, "chosen" follows. */
void tou_agency_choice_set (TouAgencyChoice *self, const char *const *names, GPtrArray *profiles);

/** tou_agency_choice_is_known: whether tou_agency_choice_set() has been called: until then nobody can say
 * that there is no agency. */
gboolean tou_agency_choice_is_known (TouAgencyChoice *self);

/** tou_agency_choice_set_note: @note: (nullable): what has just become of the agencies, for the user; stands
 * until the user goes on. */
void tou_agency_choice_set_note (TouAgencyChoice *self, const char *note);
const char *tou_agency_choice_get_note (TouAgencyChoice *self);

/** tou_agency_choice_get_names: Returns: (transfer none) (array zero-terminated=1) */
const char *const *tou_agency_choice_get_names (TouAgencyChoice *self);

void tou_agency_choice_select (TouAgencyChoice *self, guint index);
guint tou_agency_choice_get_selected (TouAgencyChoice *self);
/** tou_agency_choice_get_profile: Returns: (transfer none) (nullable): of the selected agency, %NULL while it
 * is not there yet. */
TouServiceProfile *tou_agency_choice_get_profile (TouAgencyChoice *self);

void tou_agency_choice_set_category (TouAgencyChoice *self, TouCategory category);
TouCategory tou_agency_choice_get_category (TouAgencyChoice *self);

/** tou_agency_choice_use: the user goes on with what is selected; waits when its profile is not there yet. */
void tou_agency_choice_use (TouAgencyChoice *self);
/** tou_agency_choice_is_waiting: from tou_agency_choice_use() to tou_agency_choice_settle(). */
gboolean tou_agency_choice_is_waiting (TouAgencyChoice *self);
/** tou_agency_choice_settle: it came to something, or failed. */
void tou_agency_choice_settle (TouAgencyChoice *self);

void tou_agency_choice_request_practice (TouAgencyChoice *self);

G_END_DECLS
