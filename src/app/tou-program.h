/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TouProgram:
 *
 * The program: one window, and the objects behind it. A GApplication and not a GtkApplication: what that adds
 * (a menu bar on the bus; tou-session-hold.h has what it would do for a session) is a seventh of the time to
 * the first frame. Here alone concrete objects are made and joined. It opens service profiles (*.touroku)
 * that it is given. A program in practice is another application than one at work, so that both may run at
 * once.
 */
#define TOU_TYPE_PROGRAM (tou_program_get_type ())
G_DECLARE_FINAL_TYPE (TouProgram, tou_program, TOU, PROGRAM, GApplication)

/** tou_program_get_id: Returns: (transfer none): the application's id, at work or in practice: its name on
 * the session bus and the name of its desktop file. What is to know the window by that file, an X11 class and
 * a Wayland app_id, has to be the same. */
const char *tou_program_get_id (gboolean is_practice);

/** tou_program_new: @practice_folder: (nullable): in practice, with this folder; %NULL: at work.
 * File-name encoding. @is_service: started by the session bus: no window until one is asked for. */
TouProgram *tou_program_new (const char *practice_folder, gboolean is_service);

G_END_DECLS
