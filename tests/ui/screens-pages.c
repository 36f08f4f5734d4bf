/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "screens.h"
#include "tou-practice-panel.h"
#include "tou-practice-control.h"

static void
show_no_agency (UiBench *self)
{
}

static void
show_category (UiBench *self)
{
    ui_bench_go (self, TOU_PAGE_CATEGORY);
}

static void
show_agencies (UiBench *self)
{
    const char *names[] = { "日本年金機構", "練習調達機関", "○○県", NULL };
    g_autoptr (GPtrArray) profiles = g_ptr_array_new ();

    tou_window_set_agencies (self->window, names, profiles);
}

static void
show_waiting (UiBench *self)
{
    const char *names[] = { "練習調達機関", NULL };

    tou_window_set_agencies (self->window, names, NULL);
    ui_press (self, "register_button");
}

static void
show_process_menu (UiBench *self)
{
    ui_bench_go (self, TOU_PAGE_PROCESS_MENU);
}

static void
show_connecting (UiBench *self)
{
    fake_script_hold (self->fakes->script, "get-info");
    show_process_menu (self);
}

static void
show_unreachable (UiBench *self)
{
    fake_script_fail (self->fakes->script, "get-info",
                      g_error_new_literal (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_UNREACHABLE,
                                           "Failed to connect to localhost port 1 after 0 ms"));
    show_process_menu (self);
}

static void
show_sign_in (UiBench *self)
{
    ui_bench_go (self, TOU_PAGE_SIGN_IN);
}

static void
show_sign_in_faults (UiBench *self)
{
    show_sign_in (self);
    ui_type (self, "user_id_entry", "bidder＿01");
    ui_press (self, "sign_in_button");
}

static void
show_sign_in_refused (UiBench *self)
{
    fake_script_fail (self->fakes->script, "sign-in", fake_problem_new (401, "30002", "unknown-user"));
    ui_bench_go (self, TOU_PAGE_MENU);
}

static void
show_menu_empty (UiBench *self)
{
    ui_bench_go (self, TOU_PAGE_MENU);
}

static void
add_application (UiBench *self, gint64 days_ago, TouReviewState state, const char *reason)
{
    TouApplication *application = tou_application_new ();

    application->operation = days_ago == 0 ? TOU_OPERATION_REGISTRATION : TOU_OPERATION_CARD_RENEWAL;
    application->submitted_at_us = tou_clock_now_us (self->fakes->clock) - days_ago * G_TIME_SPAN_DAY;
    application->state = state;
    application->reason = g_strdup (reason);
    fake_service_add_application (self->fakes->service, application);
}

static void
show_menu (UiBench *self)
{
    add_application (self, 0, TOU_REVIEW_STATE_UNDER_REVIEW, NULL);
    add_application (
        self, 40, TOU_REVIEW_STATE_DENIED,
        "ICカード企業名称が資格審査情報の企業名称と一致しません。ICカード購入元にご確認ください。");
    add_application (self, 400, TOU_REVIEW_STATE_APPROVED, NULL);
    show_menu_empty (self);
}

static void
show_card_error (UiBench *self)
{
    g_autoptr (GError) error = g_error_new_literal (TOU_CARD_ERROR, TOU_CARD_ERROR_PIN_WRONG,
                                                    "CKR_PIN_INCORRECT");

    show_menu (self);
    tou_window_show_error (self->window, error);
}

static void
show_panel (UiBench *self)
{
    screens_practise (self);
    show_category (self);
    ui_press (self, "practice_panel_button");
}

static void
show_reviews_empty (UiBench *self)
{
    show_panel (self);
    gtk_button_clicked (
        GTK_BUTTON (ui_find (ui_find_toplevel (TOU_TYPE_PRACTICE_PANEL), "reviews_tab_button")));
}

static void
show_reviews (UiBench *self)
{
    fake_practice_apply (screens_practise (self), "20261124-000001", TOU_OPERATION_REGISTRATION);
    fake_practice_apply (screens_practise (self), "20261124-000002", TOU_OPERATION_REGISTRATION);
    fake_practice_apply (screens_practise (self), "20261124-000003", TOU_OPERATION_CARD_RENEWAL);
    fake_practice_decide (screens_practise (self), "20261124-000002", TOU_REVIEW_STATE_UNDER_REVIEW);
    show_reviews_empty (self);
}

static const Screen screens[] = {
    { "no-agency", show_no_agency },
    { "category", show_category },
    { "agencies", show_agencies },
    { "waiting", show_waiting },
    { "process-menu", show_process_menu },
    { "connecting", show_connecting },
    { "unreachable", show_unreachable },
    { "sign-in", show_sign_in },
    { "sign-in-faults", show_sign_in_faults },
    { "sign-in-refused", show_sign_in_refused },
    { "menu", show_menu },
    { "menu-empty", show_menu_empty },
    { "card-error", show_card_error },
    { "panel", show_panel },
    { "reviews", show_reviews },
    { "reviews-empty", show_reviews_empty },
};

const Screen *
screens_pages_get (guint *out_n)
{
    *out_n = G_N_ELEMENTS (screens);
    return screens;
}
