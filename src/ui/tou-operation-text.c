/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-operation-text.h"

#include <glib/gi18n-lib.h>

static const TouOperationText texts[] = {
    [TOU_OPERATION_REGISTRATION] = {
        .form_intro = N_ ("Here, as a new company, you register the vendor's data and the IC card. Items marked (*) are required."),
        .form_note = N_ ("The company data come from the qualification that was granted and cannot be changed here; have them changed by a change of the application for qualification. What stands on the IC card, only the certification authority can change."),
        .draft_failed = N_ ("What you type cannot be saved as a draft. Please do not close the program before the registration is complete."),
        .facts_name = N_ ("What will be registered"),
        .advice = N_ ("Please make sure that the company names under “Company” and “Department that uses the IC card” are your company's name, and that the company name and the holder on the IC card are right.\nIf everything is as it should be, press “Register”."),
        .submit_label = N_ ("_Register"),
        .card_away = N_ ("The IC card is not in use any more. Press “Register” and the PIN is asked for."),
        .stopped = N_ ("It was stopped. Nothing has been registered."),
        .uncertain = N_ ("The application was sent, but no receipt of it is kept here yet. It may have been received. Please find out; if it did not arrive, the same application is sent again. It is never registered twice."),
        .complete_title = N_ ("The application for registration has been received."),
        .complete_next = N_ ("The application is reviewed now. The result stands in the application history of the user registration menu. Once it is approved, the IC card can be used for bidding."),
    },
    [TOU_OPERATION_CONTACT_CHANGE] = {
        .form_intro = N_ ("Here the registered data are changed: overwrite what is to be changed. Items marked (*) are required."),
        .form_note = N_ ("The company data come from the newest qualification data; apart from the two numbers they cannot be changed here. What stands on the IC card, only the certification authority can change."),
        .draft_failed = N_ ("What you type cannot be saved as a draft. Please do not close the program before the change is complete."),
        .facts_name = N_ ("What will be changed"),
        .advice = N_ ("If everything is as it should be, press “Change”."),
        .submit_label = N_ ("_Change"),
        .card_away = N_ ("The IC card is not in use any more. Press “Change” and the PIN is asked for."),
        .stopped = N_ ("It was stopped. Nothing has been changed."),
        .uncertain = N_ ("The change was sent, but no receipt of it is kept here yet. It may have been received. Please find out; if it did not arrive, the same change is sent again. It never takes effect twice."),
        .complete_title = N_ ("The change has been received."),
        .complete_next = N_ ("There is no review: what you changed is in effect from now on."),
    },
    [TOU_OPERATION_CARD_RENEWAL] = {
        .facts_name = N_ ("The card in use now and the new card"),
        .advice = N_ ("Please make sure that the company name and the company name on the IC card of the new card are your company's name.\nIf everything is as it should be, press “Renew”."),
        .consequence = N_ ("The new IC card is reviewed next. When it is approved, the new card works, and at the same moment the IC card that you use now stops working."),
        .submit_label = N_ ("_Renew"),
        .card_away = N_ ("The new IC card is not in use any more. Press “Renew” and it is asked for again."),
        .stopped = N_ ("It was stopped. Nothing has been renewed."),
        .uncertain = N_ ("The application was sent, but no receipt of it is kept here yet. It may have been received. Please find out; if it did not arrive, the same application is sent again. It is never applied for twice."),
        .complete_title = N_ ("The application for the IC card renewal has been received."),
        .complete_next = N_ ("The new IC card is reviewed now. The result stands in the application history of the user registration menu. Until it is approved, please go on using the current card; from then on the new card works and the current one no longer does. If it is denied, the current card stays the registered one."),
    },
};

const TouOperationText *
tou_operation_text_get (TouOperation operation)
{
    g_return_val_if_fail ((guint) operation < G_N_ELEMENTS (texts), &texts[0]);
    return &texts[operation];
}
