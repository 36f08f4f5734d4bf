/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-control.h"

G_BEGIN_DECLS

/**
 * TouPracticeProcess:
 *
 * TouPracticeControl over a practice service of its own: starts the program, speaks with it over a
 * socketpair, and ends it when the last reference goes. After "ended" the next start starts a new one.
 */
#define TOU_TYPE_PRACTICE_PROCESS (tou_practice_process_get_type ())
G_DECLARE_FINAL_TYPE (TouPracticeProcess, tou_practice_process, TOU, PRACTICE_PROCESS, GObject)

/** tou_practice_process_new: @program: absolute path of touroku-practice-service; @folder: absolute path of
 * the practice folder, made at the first start. Both in file-name encoding. Starts nothing yet. */
TouPracticeProcess *tou_practice_process_new (const char *program, const char *folder);

/** tou_practice_process_get_pid: Returns: the service's process id, 0 while there is none; for tests. */
GPid tou_practice_process_get_pid (TouPracticeProcess *self);

G_END_DECLS
