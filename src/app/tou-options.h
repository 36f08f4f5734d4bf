/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** TouOptions: how the window is called. Read here and not by GApplication: the application's id depends on
 * them. */
typedef struct {
    gboolean practice;
    gboolean version;
    gboolean is_service;   /* started by the session bus: no window until one is asked for */
    char *practice_folder; /* (nullable) file-name encoding */
} TouOptions;

void tou_options_clear (TouOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TouOptions, tou_options_clear)

/** tou_options_parse: @out_options: all zero. What is left in @argv are the files to be opened. On --help it
 * shows the help and ends the program. Errors: G_OPTION_ERROR, an option or a word that is not known. */
gboolean tou_options_parse (int *argc, char ***argv, TouOptions *out_options,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_options_print_help: what --help says, on standard output. */
void tou_options_print_help (void);

G_END_DECLS
