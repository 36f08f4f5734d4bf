/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-page.h"

G_BEGIN_DECLS

#define TOU_TYPE_FORM_PAGE (tou_form_page_get_type ())
G_DECLARE_FINAL_TYPE (TouFormPage, tou_form_page, TOU, FORM_PAGE, TouPage)

G_END_DECLS
