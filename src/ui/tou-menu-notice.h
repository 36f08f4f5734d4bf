/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouMenuNotice:
 *
 * What the registration menu has to say to what was pressed: that an answer is awaited, or why it does not
 * simply go on, with the button that goes on all the same. Hidden while there is nothing
 * to say. Main thread.
 *
 * Signal: "go-on": that button was pressed.
 */
#define TOU_TYPE_MENU_NOTICE (tou_menu_notice_get_type ())
G_DECLARE_FINAL_TYPE (TouMenuNotice, tou_menu_notice, TOU, MENU_NOTICE, GtkBox)

/** tou_menu_notice_say: @text, @go_on (the button): translated. The keyboard goes to the button. */
void tou_menu_notice_say (TouMenuNotice *self, const char *text, const char *go_on);

/** tou_menu_notice_wait: says @text (translated) after a while: an answer that comes at once leaves no trace
 * on the page. */
void tou_menu_notice_wait (TouMenuNotice *self, const char *text);

/** tou_menu_notice_clear: nothing is said any more. */
void tou_menu_notice_clear (TouMenuNotice *self);

/** tou_menu_notice_has_said: whether there is something that tou_menu_notice_say() has said. */
gboolean tou_menu_notice_has_said (TouMenuNotice *self);

G_END_DECLS
