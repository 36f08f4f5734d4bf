/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-record-flow.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Columns of the model; all are texts. */
enum {
    TOU_RECORD_COLUMN_ID, /* submission id */
    TOU_RECORD_COLUMN_MOMENT,
    TOU_RECORD_COLUMN_OPERATION,
    TOU_RECORD_COLUMN_CATEGORY,
    TOU_RECORD_COLUMN_NUMBER, /* reception number */
    TOU_RECORD_COLUMN_STATE,
    TOU_RECORD_COLUMN_AGENCY,
    TOU_N_RECORD_COLUMNS
};

/**
 * TouRecordList:
 *
 * The records as rows of a GtkListStore, filled page by page: the first page is there at once however many
 * follow, and no page holds up the window.
 *
 * Signals: "page" (): more rows are there, or it was found that there are none. "failed" (GError *error).
 */
#define TOU_TYPE_RECORD_LIST (tou_record_list_get_type ())
G_DECLARE_FINAL_TYPE (TouRecordList, tou_record_list, TOU, RECORD_LIST, GObject)

/** tou_record_list_new: @store: with the columns above. */
TouRecordList *tou_record_list_new (TouRecordFlow *flow, GtkListStore *store);

/** tou_record_list_load: empties the store and fills it anew; what is still under way is dropped. */
void tou_record_list_load (TouRecordList *self);

/** tou_record_list_stop: what is under way is dropped. */
void tou_record_list_stop (TouRecordList *self);

/** tou_record_list_is_complete: Returns: whether all records are there. */
gboolean tou_record_list_is_complete (TouRecordList *self);

G_END_DECLS
