/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** TouPracticePlace: what stands where a practice folder is wanted. */
typedef enum {
    TOU_PRACTICE_PLACE_FREE,    /* nothing, or an empty folder: one that someone made for us */
    TOU_PRACTICE_PLACE_OURS,    /* a practice folder, whole or damaged, or a link to one */
    TOU_PRACTICE_PLACE_FOREIGN, /* anything else, which is not ours to change */
} TouPracticePlace;

/** tou_practice_check_place: a practice folder is known by its marker; without it, by several of its own
 * files. Errors: #GIOErrorEnum, when it cannot be looked at. */
gboolean tou_practice_check_place (const char *path, TouPracticePlace *out_place,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_check_whole: whether all that belongs into the practice folder @path is there and can be
 * read. Errors: TOU_PRACTICE_ERROR; FOLDER_DAMAGED only where something is missing, or was read and is wrong.
 */
gboolean tou_practice_check_whole (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
