/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-agency-choice.h"
#include "tou-page.h"

G_BEGIN_DECLS

/**
 * TouPageStack: the pages of the window, one of them on screen. A page is built when it is first shown, or a
 * little earlier where another page said that it comes next ("soon"). Pages go from one to the other by
 * themselves ("go").
 *
 * Signals: "opened" (TouPageId page): that page is on screen from now on; it comes before the page hears of
 * it and may go on to another. "error" (GError *error, nullable): that of a page (#TouPage), which may have
 * gone on to another page just before.
 */
#define TOU_TYPE_PAGE_STACK (tou_page_stack_get_type ())
G_DECLARE_FINAL_TYPE (TouPageStack, tou_page_stack, TOU, PAGE_STACK, GtkStack)

/** tou_page_stack_set_choice: before the first page is shown. */
void tou_page_stack_set_choice (TouPageStack *self, TouAgencyChoice *choice);

/** tou_page_stack_set_flows: the pages of other flows go, and the first page is shown where one of them was
 * on screen. */
void tou_page_stack_set_flows (TouPageStack *self, TouFlows *flows);

/** tou_page_stack_show: @page: one that needs no flows as long as there are none. */
void tou_page_stack_show (TouPageStack *self, TouPageId page);

/** tou_page_stack_leave: no page is on screen any more: what it does is stopped, and its secrets are wiped.
 */
void tou_page_stack_leave (TouPageStack *self);

/** tou_page_stack_go_back: tou_page_go_back() of the page on screen. */
gboolean tou_page_stack_go_back (TouPageStack *self);

G_END_DECLS
