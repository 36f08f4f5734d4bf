/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-page.h"

G_BEGIN_DECLS

/** TouPageRow: what the window knows of a page. */
typedef struct {
    TouPageId page;
    const char *id; /* for the timeline and the page area; never translated */
    GType (*get_type) (void);
    gboolean needs_flows; /* built with "flows"; else with "agency-choice" */
    gboolean can_go_back; /* has a way back, so the back button is shown */
    gboolean scrolls;  /* may be taller than the window; the first page is not, and scroll bars take time */
    const char *title; /* the manual's, an English source string to be passed through gettext */
} TouPageRow;

const TouPageRow *tou_page_table_get (TouPageId page);

G_END_DECLS
