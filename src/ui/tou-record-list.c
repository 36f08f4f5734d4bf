/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-record-list.h"

#include "tou-time-text.h"

#include <glib/gi18n-lib.h>

/* A screen shows about 20 rows: they are there at once, and all others in pages of which each takes the main
 * thread some ten milliseconds. */
#define FIRST_PAGE_SIZE 40
#define PAGE_SIZE 400

struct _TouRecordList {
    GObject parent_instance;
    TouRecordFlow *flow;
    GtkListStore *store;
    GCancellable *cancellable;
    guint page_size; /* of the page that was asked for */
    gboolean is_complete;
};

enum { SIGNAL_PAGE, SIGNAL_FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouRecordList, tou_record_list, G_TYPE_OBJECT)

static char *
describe_state (const TouSubmission *record)
{
    switch (record->state) {
    case TOU_SUBMISSION_STATE_ACCEPTED:
        if (record->review != TOU_REVIEW_STATE_UNKNOWN)
            return g_strdup (_ (tou_review_state_get_label (record->review)));
        return g_strdup (_ ("Received by the service"));
    case TOU_SUBMISSION_STATE_REFUSED:
        return g_strdup_printf (_ ("Refused (%s)"),
                                record->refusal_code != NULL ? record->refusal_code : "-----");
    case TOU_SUBMISSION_STATE_SENT:
        return g_strdup (_ ("Sent; the result is not known"));
    case TOU_SUBMISSION_STATE_GIVEN_UP:
        return g_strdup (_ ("Not received; given up"));
    case TOU_SUBMISSION_STATE_SIGNED:
    default:
        return g_strdup (_ ("Not sent"));
    }
}

static void
add_row (TouRecordList *self, const TouSubmission *record)
{
    const TouReceipt *receipt = record->receipt;
    g_autofree char *moment = tou_time_text_moment (receipt != NULL ? receipt->accepted_at_us
                                                                    : record->signed_at_us);
    g_autofree char *state = describe_state (record);
    const char *operation = tou_operation_get_label (record->operation);
    const char *category = tou_category_get_label (record->category);

    gtk_list_store_insert_with_values (
        self->store, NULL, -1, TOU_RECORD_COLUMN_ID, record->id, TOU_RECORD_COLUMN_MOMENT, moment,
        TOU_RECORD_COLUMN_OPERATION, _ (operation), TOU_RECORD_COLUMN_CATEGORY, _ (category),
        TOU_RECORD_COLUMN_NUMBER, receipt != NULL ? receipt->reception_number : "", TOU_RECORD_COLUMN_STATE,
        state, TOU_RECORD_COLUMN_AGENCY, tou_record_flow_get_agency_name (self->flow, record->agency_id), -1);
}

static void on_listed (GObject *source, GAsyncResult *result, gpointer data);

static void
ask (TouRecordList *self, const TouSubmission *after)
{
    self->page_size = after == NULL ? FIRST_PAGE_SIZE : PAGE_SIZE;
    tou_record_flow_list_async (self->flow, after, self->page_size, self->cancellable, on_listed,
                                g_object_ref (self));
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouRecordList) self = data;
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) records = tou_record_flow_list_finish (TOU_RECORD_FLOW (source), result, &error);

    if (g_task_get_cancellable (G_TASK (result)) != self->cancellable
        || g_cancellable_is_cancelled (self->cancellable))
        return;
    if (records == NULL) {
        g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
        return;
    }
    for (guint i = 0; i < records->len; i++)
        add_row (self, records->pdata[i]);
    self->is_complete = records->len < self->page_size;
    if (!self->is_complete)
        ask (self, records->pdata[records->len - 1]);
    g_signal_emit (self, signals[SIGNAL_PAGE], 0);
}

static void
dispose (GObject *object)
{
    TouRecordList *self = TOU_RECORD_LIST (object);

    tou_record_list_stop (self);
    g_clear_object (&self->flow);
    g_clear_object (&self->store);
    G_OBJECT_CLASS (tou_record_list_parent_class)->dispose (object);
}

static void
tou_record_list_class_init (TouRecordListClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
    signals[SIGNAL_PAGE] = g_signal_new ("page", TOU_TYPE_RECORD_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
    signals[SIGNAL_FAILED] = g_signal_new ("failed", TOU_TYPE_RECORD_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
tou_record_list_init (TouRecordList *self)
{
}

TouRecordList *
tou_record_list_new (TouRecordFlow *flow, GtkListStore *store)
{
    TouRecordList *self = g_object_new (TOU_TYPE_RECORD_LIST, NULL);

    self->flow = g_object_ref (flow);
    self->store = g_object_ref (store);
    return self;
}

void
tou_record_list_stop (TouRecordList *self)
{
    g_cancellable_cancel (self->cancellable);
    g_clear_object (&self->cancellable);
}

void
tou_record_list_load (TouRecordList *self)
{
    tou_record_list_stop (self);
    self->cancellable = g_cancellable_new ();
    self->is_complete = FALSE;
    gtk_list_store_clear (self->store);
    ask (self, NULL);
}

gboolean
tou_record_list_is_complete (TouRecordList *self)
{
    return self->is_complete;
}
