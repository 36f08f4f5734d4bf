/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-page.h"

G_BEGIN_DECLS

/** TOU_NO_OPERATION: of a page that serves no #TouOperation of its own. */
#define TOU_NO_OPERATION (-1)

/** TouPageRow: what the window knows of a page. */
typedef struct {
    TouPageId page;
    const char *id; /* for the timeline and the page area; never translated */
    GType (*get_type) (void);
    int operation;        /* (TouOperation): what the page serves, or TOU_NO_OPERATION */
    gboolean needs_flows; /* built with "flows"; else with "agency-choice" */
    gboolean can_go_back; /* has a way back, so the back button is shown */
    gboolean
        scrolls; /* from its first frame on; else from the second, unless the text is large: it takes time */
    const char *title; /* the manual's, an English source string to be passed through gettext */
} TouPageRow;

const TouPageRow *tou_page_table_get (TouPageId page);

/** tou_page_table_find: Returns: the page of the class @type that serves @operation; there must be one. */
TouPageId tou_page_table_find (TouOperation operation, GType type);

G_END_DECLS
