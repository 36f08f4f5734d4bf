/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-standing-text.h"

#include "tou-time-text.h"

#include <glib/gi18n-lib.h>

/* Returns: (transfer full): the application that is waited for: its number, its time, its state */
static char *
name_waiting (const TouApplication *application)
{
    g_autofree char *moment = tou_time_text_moment (application->submitted_at_us);
    const char *number = application->reception_number;

    /* Translators: a reception number, a date and time, 受付 or 確認中 */
    return g_strdup_printf (_ ("reception number %s, %s, %s"), number != NULL ? number : "", moment,
                            _ (tou_review_state_get_label (application->state)));
}

char *
tou_standing_text_dup_hint (TouStanding standing, const TouApplication *application)
{
    g_autofree char *waiting = NULL;

    switch (standing) {
    case TOU_STANDING_WAITING:
        waiting = name_waiting (application);
        return g_strdup_printf (_ ("It has been applied for (%s). “Refresh” below shows the result."),
                                waiting);
    case TOU_STANDING_REGISTERED:
        return g_strdup (
            _ ("Your company's registration is approved. To change the contact use “Change”, for "
               "a new IC card “IC Card Renewal”."));
    case TOU_STANDING_NEW:
        return NULL;
    }
    return NULL;
}

const char *
tou_standing_text_get_question (TouStanding standing)
{
    switch (standing) {
    case TOU_STANDING_WAITING:
        return _ ("The registration has been applied for already. Apply once more? It would be another "
                  "application, with a review of its own.");
    case TOU_STANDING_REGISTERED:
        return _ ("Your company's registration is approved already. Apply for it once more?");
    case TOU_STANDING_NEW:
        return NULL;
    }
    return NULL;
}

char *
tou_standing_text_dup_renewal_question (const TouApplication *application)
{
    g_autofree char *waiting = NULL;

    if (application == NULL)
        return NULL;
    waiting = name_waiting (application);
    return g_strdup_printf (
        _ ("An IC card renewal has been applied for already (%s). Apply once more? It would "
           "be another application, with a review of its own."),
        waiting);
}

char *
tou_standing_text_dup_refusal (TouStanding standing, const TouApplication *application)
{
    g_autofree char *waiting = NULL;

    if (standing != TOU_STANDING_WAITING)
        return g_strdup (
            _ ("Nothing is registered for your company in this category yet. Please register first; if you "
               "have applied already, wait for the approval."));
    waiting = name_waiting (application);
    return g_strdup_printf (
        _ ("The registration waits for its review (%s). Once it is approved, it can be changed."), waiting);
}

char *
tou_standing_text_dup_elsewhere (TouRequestFlow *registration)
{
    TouSessionFlow *session = tou_request_flow_get_session_flow (registration);
    const TouSubmission *submission = tou_request_flow_get_submission (registration);

    if (submission == NULL || submission->receipt == NULL
        || submission->category == tou_session_flow_get_category (session))
        return NULL;
    /* Translators: the other procurement category, a reception number */
    return g_strdup_printf (_ ("The registration for “%s” has been applied for (reception number %s). It "
                               "stands in the history of that category and among the records."),
                            _ (tou_category_get_label (submission->category)),
                            submission->receipt->reception_number);
}
