/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-control.h"

G_BEGIN_DECLS

/** tou_practice_error_names_register: tells GDBus the names of TOU_PRACTICE_ERROR
 * (io.github.touroku.Practice1.Error.FolderDamaged and so on), for the service and its client alike: GDBus
 * then turns one into the other on both sides. May be called more than once; any thread. */
void tou_practice_error_names_register (void);

G_END_DECLS
