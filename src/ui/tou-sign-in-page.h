/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-page.h"

G_BEGIN_DECLS

#define TOU_TYPE_SIGN_IN_PAGE (tou_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (TouSignInPage, tou_sign_in_page, TOU, SIGN_IN_PAGE, TouPage)

G_END_DECLS
