/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-outbox-text.h"

#include "tou-error-catalogue.h"
#include "tou-time-text.h"

#include <glib/gi18n-lib.h>

/* Returns: (transfer full) */
static char *
name_item (const TouOutboxItem *item)
{
    g_autofree char *moment = tou_time_text_moment (item->submission->signed_at_us);

    /* Translators: an operation (利用者登録, …), a procurement category, a date and time */
    return g_strdup_printf (_ ("%s, %s, %s"), _ (tou_operation_get_label (item->submission->operation)),
                            _ (tou_category_get_label (item->submission->category)), moment);
}

/* Returns: (transfer full) */
static char *
describe_absence (TouOutboxFlow *outbox, const TouOutboxItem *item, const char *name)
{
    if (item->is_refused)
        return g_strdup_printf (
            _ ("The service does not have what was sent before (%s), and refused it when it "
               "was sent again. Please give it up and apply anew."),
            name);
    if (tou_outbox_flow_can_send_again (outbox, item))
        return g_strdup_printf (
            _ ("The service does not have what was sent before (%s). Please send the same "
               "thing again, or give it up."),
            name);
    return g_strdup_printf (_ ("The service does not have what was sent before (%s). To send the same thing "
                               "again, please log in for that category; or give it up."),
                            name);
}

/* Returns: (transfer full): of what is not settled */
static char *
describe_open (TouOutboxFlow *outbox, const TouOutboxItem *item, const char *name)
{
    if (item->fate == TOU_OUTBOX_FATE_ABSENT)
        return describe_absence (outbox, item, name);
    return g_strdup_printf (_ ("It is not known what became of what was sent before (%s). It may have been "
                               "received. Please ask again before you apply anew."),
                            name);
}

char *
tou_outbox_text_dup_fate (TouOutboxFlow *outbox, const TouOutboxItem *item)
{
    const GError *error = tou_outbox_flow_get_error (outbox);
    g_autofree char *name = name_item (item);
    g_autofree char *text = NULL;

    if (item->fate == TOU_OUTBOX_FATE_RECEIVED)
        return g_strdup_printf (_ ("What was sent before has been received: %s. Reception number: %s. The "
                                   "record has its receipt now."),
                                name, item->submission->receipt->reception_number);
    if (tou_outbox_flow_is_busy (outbox))
        return g_strdup_printf (_ ("Asking what became of what was sent before (%s)…"), name);
    text = describe_open (outbox, item, name);
    if (error == NULL)
        return g_steal_pointer (&text);
    /* Translators: a sentence, and five digits */
    return g_strdup_printf (_ ("%s (Error code %s)"), text, tou_error_catalogue_lookup (error)->code);
}

/* Returns: (transfer full): whose, in quotation marks */
static char *
name_user (const TouOutboxItem *item)
{
    const char *user_id = item->submission->user_id;

    return user_id != NULL ? g_strdup_printf (_ ("the user “%s”"), user_id)
                           : g_strdup (_ ("the user who sent it"));
}

char *
tou_outbox_text_dup_waiting (TouOutboxFlow *outbox, const char *agency_id)
{
    const TouOutboxItem *item = tou_outbox_flow_find_waiting (outbox);
    g_autofree char *name = NULL;
    g_autofree char *user = NULL;

    if (item == NULL)
        return NULL;
    name = name_item (item);
    user = name_user (item);
    if (g_strcmp0 (item->submission->agency_id, agency_id) == 0)
        /* Translators: an operation with its category and time, and a user */
        return g_strdup_printf (_ ("It is not known what became of something that was sent before (%s). As "
                                   "soon as %s logs in, Touroku asks the service."),
                                name, user);
    /* Translators: as before, an agency's id, and a user */
    return g_strdup_printf (_ ("It is not known what became of something that was sent to another agency "
                               "before (%s, %s). As soon as %s logs in there, Touroku asks its service."),
                            name, item->submission->agency_id, user);
}

char *
tou_outbox_text_dup_question (TouOutboxFlow *outbox, TouOperation operation)
{
    const TouOutboxItem *item = tou_outbox_flow_find_operation (outbox, operation);
    g_autofree char *name = NULL;

    if (item == NULL)
        return NULL;
    name = name_item (item);
    return g_strdup_printf (
        _ ("Something is still open that was sent before (%s). Go on all the same? If that "
           "one is received after all, there are two."),
        name);
}
