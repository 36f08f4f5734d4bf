/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-page.h"

G_BEGIN_DECLS

#define TOU_TYPE_CONFIRM_PAGE (tou_confirm_page_get_type ())
G_DECLARE_FINAL_TYPE (TouConfirmPage, tou_confirm_page, TOU, CONFIRM_PAGE, TouPage)

G_END_DECLS
