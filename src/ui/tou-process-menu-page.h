/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-page.h"

G_BEGIN_DECLS

#define TOU_TYPE_PROCESS_MENU_PAGE (tou_process_menu_page_get_type ())
G_DECLARE_FINAL_TYPE (TouProcessMenuPage, tou_process_menu_page, TOU, PROCESS_MENU_PAGE, TouPage)

G_END_DECLS
