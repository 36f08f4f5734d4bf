/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-page.h"

G_BEGIN_DECLS

#define TOU_TYPE_CATEGORY_PAGE (tou_category_page_get_type ())
G_DECLARE_FINAL_TYPE (TouCategoryPage, tou_category_page, TOU, CATEGORY_PAGE, TouPage)

G_END_DECLS
