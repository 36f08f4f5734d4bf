/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** practice_fixture_make_place: Returns: (transfer full): a temporary folder to put practice folders into. */
char *practice_fixture_make_place (void);

/** practice_fixture_get_master: Returns: a practice folder made once in this program, to be copied and not
 * changed. */
const char *practice_fixture_get_master (void);

/** practice_fixture_copy_master: Returns: (transfer full): path of a copy of the master in @place. */
char *practice_fixture_copy_master (const char *place);

/** practice_fixture_remove: with all that is in it; %NULL does nothing. */
void practice_fixture_remove (const char *path);

/** practice_fixture_end: removes the master; Returns: @status, for the end of main(). */
int practice_fixture_end (int status);

G_END_DECLS
