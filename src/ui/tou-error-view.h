/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-service-profile.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouErrorView:
 *
 * An error as the manual shows it (6.1): code and message, then our cause and remedy, whom to call, and the
 * raw facts under 詳細. Role "alert". On a page it has a close button and emits "closed"; in a dialog it has
 * not.
 */
#define TOU_TYPE_ERROR_VIEW (tou_error_view_get_type ())
G_DECLARE_FINAL_TYPE (TouErrorView, tou_error_view, TOU, ERROR_VIEW, GtkBox)

/** tou_error_view_new: with a close button. */
GtkWidget *tou_error_view_new (void);

/** tou_error_view_get_spoken: Returns: (transfer none) (nullable): headline, cause, remedy, help desk and
 * code of the error shown last, as a screen reader says them; the view says them itself when it is shown. */
const char *tou_error_view_get_spoken (TouErrorView *self);

/** tou_error_view_set_max_height: @height: in logical pixels; what is taller scrolls. At first there is no
 * limit. */
void tou_error_view_set_max_height (TouErrorView *self, int height);

/** tou_error_view_fit_dialog: limits the height so that @dialog, which holds it and takes the size that it
 * needs, fits on its screen with its buttons. To be called again when other things in it come or go, and when
 * this is shown: nothing is measured while it is hidden. */
void tou_error_view_fit_dialog (TouErrorView *self, GtkWindow *dialog);

/** tou_error_view_set_error: @profile: (nullable): whose help desk is named. */
void tou_error_view_set_error (TouErrorView *self, const GError *error, const TouServiceProfile *profile);

G_END_DECLS
