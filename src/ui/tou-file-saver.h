/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TouFileMaker: what is to be saved, asked for once a place is chosen. Returns: (transfer full) (nullable)
 */
typedef GBytes *(*TouFileMaker) (gpointer user_data, GError **error);

/** TouFileSaved: @status: one translated sentence for the screen: where it was saved, or why not. Not called
 * when the user gives up. */
typedef void (*TouFileSaved) (const char *status, gpointer user_data);

/** tou_file_saver_run: asks where to save and saves there, without waiting. @title: of the dialog; @name:
 * proposed file name; characters that no file name may have are replaced. The folder is the user's documents
 * (or home), then the one that was last chosen. @maker must work until @destroy (of
 * @user_data, nullable) is called. A file with that name is replaced only with the user's word; whether there
 * was one or not, the new one is there whole or not at all (tou_file_save()). Main thread. */
void tou_file_saver_run (GtkWindow *parent, const char *title, const char *name, TouFileMaker maker,
                         TouFileSaved saved, gpointer user_data, GDestroyNotify destroy);

G_END_DECLS
