/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-page.h"

G_BEGIN_DECLS

#define TOU_TYPE_COMPLETE_PAGE (tou_complete_page_get_type ())
G_DECLARE_FINAL_TYPE (TouCompletePage, tou_complete_page, TOU, COMPLETE_PAGE, TouPage)

G_END_DECLS
