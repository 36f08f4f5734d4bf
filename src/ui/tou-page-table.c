/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-page-table.h"

#include "tou-category-page.h"
#include "tou-complete-page.h"
#include "tou-confirm-page.h"
#include "tou-form-page.h"
#include "tou-menu-page.h"
#include "tou-process-menu-page.h"
#include "tou-sign-in-page.h"

#include <glib/gi18n-lib.h>

#define NONE TOU_NO_OPERATION
#define REGISTRATION TOU_OPERATION_REGISTRATION
#define CHANGE TOU_OPERATION_CONTACT_CHANGE
#define RENEWAL TOU_OPERATION_CARD_RENEWAL

/* clang-format off */
static const TouPageRow rows[TOU_N_PAGES] = {
    { TOU_PAGE_CATEGORY,     "category",     tou_category_page_get_type,     NONE,         FALSE, FALSE, FALSE, N_("Choice of agency and category") },
    { TOU_PAGE_PROCESS_MENU, "process-menu", tou_process_menu_page_get_type, NONE,         TRUE,  TRUE,  TRUE,  N_("Process menu") },
    { TOU_PAGE_SIGN_IN,      "sign-in",      tou_sign_in_page_get_type,      NONE,         TRUE,  TRUE,  TRUE,  N_("ID and password authentication") },
    { TOU_PAGE_MENU,         "menu",         tou_menu_page_get_type,         NONE,         TRUE,  FALSE, TRUE,  N_("User registration menu") },
    { TOU_PAGE_FORM,         "form",         tou_form_page_get_type,         REGISTRATION, TRUE,  TRUE,  TRUE,  N_("User registration") },
    { TOU_PAGE_CONFIRM,      "confirm",      tou_confirm_page_get_type,      REGISTRATION, TRUE,  TRUE,  TRUE,  N_("Confirmation of the registration") },
    { TOU_PAGE_COMPLETE,     "complete",     tou_complete_page_get_type,     REGISTRATION, TRUE,  FALSE, TRUE,  N_("Processing complete") },
    { TOU_PAGE_CHANGE_FORM,     "change-form",     tou_form_page_get_type,     CHANGE, TRUE, TRUE,  TRUE, N_("Change of the user") },
    { TOU_PAGE_CHANGE_CONFIRM,  "change-confirm",  tou_confirm_page_get_type,  CHANGE, TRUE, TRUE,  TRUE, N_("Confirmation of the change") },
    { TOU_PAGE_CHANGE_COMPLETE, "change-complete", tou_complete_page_get_type, CHANGE, TRUE, FALSE, TRUE, N_("Processing complete") },
    { TOU_PAGE_RENEWAL_CONFIRM,  "renewal-confirm",  tou_confirm_page_get_type,  RENEWAL, TRUE, TRUE,  TRUE, N_("Confirmation of the certificate renewal") },
    { TOU_PAGE_RENEWAL_COMPLETE, "renewal-complete", tou_complete_page_get_type, RENEWAL, TRUE, FALSE, TRUE, N_("Processing complete") },
};
/* clang-format on */

const TouPageRow *
tou_page_table_get (TouPageId page)
{
    g_return_val_if_fail ((guint) page < TOU_N_PAGES, &rows[0]);
    return &rows[page];
}

TouPageId
tou_page_table_find (TouOperation operation, GType type)
{
    for (guint i = 0; i < TOU_N_PAGES; i++)
        if (rows[i].operation == (int) operation && rows[i].get_type () == type)
            return rows[i].page;
    g_return_val_if_reached (TOU_PAGE_MENU);
}
