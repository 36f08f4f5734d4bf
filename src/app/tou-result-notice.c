/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-result-notice.h"

#include <glib/gi18n.h>

static const char *
get_advice (TouReviewState state)
{
    if (state == TOU_REVIEW_STATE_APPROVED)
        return _ ("The IC card can now be used for bidding.");
    if (state == TOU_REVIEW_STATE_DENIED)
        return _ ("The reason is in the application history of the user registration menu.");
    return _ ("See the application history of the user registration menu.");
}

static char *
describe (const TouApplication *changed)
{
    const char *operation = _ (tou_operation_get_label (changed->operation));
    const char *advice = get_advice (changed->state);

    if (changed->reception_number == NULL)
        return g_strdup_printf ("%s\n%s", operation, advice);
    /* Translators: what was applied for, its reception number, what follows from the result */
    return g_strdup_printf (_ ("%s, reception number %s\n%s"), operation, changed->reception_number, advice);
}

void
tou_result_notice_send (GApplication *application, const TouApplication *changed)
{
    /* Translators: %s is the result of a review, such as "Approved" */
    g_autofree char *title = g_strdup_printf (_ ("Result of review: %s"),
                                              _ (tou_review_state_get_label (changed->state)));
    g_autofree char *body = describe (changed);
    g_autofree char *id = g_strconcat ("result-", changed->submission_id, NULL);
    g_autoptr (GNotification) notification = g_notification_new (title);

    g_notification_set_body (notification, body);
    if (changed->state == TOU_REVIEW_STATE_DENIED)
        g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
    g_application_send_notification (application, id, notification);
}
