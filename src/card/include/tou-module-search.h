/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-modules.h"

G_BEGIN_DECLS

/* Finds PKCS#11 modules on this computer without loading them. What searches, checks or resolves reads disks;
 * any thread. */

/** TouModulePlaces: where to look. Arrays are zero-terminated. */
typedef struct {
    GStrv p11_kit_folders; /* of p11-kit's configuration files (pkcs11.conf(5)); a later one counts more */
    char *p11_kit_modules; /* where it looks for a module that is named without a folder */
    GStrv folders;         /* of libraries */
    GStrv names;           /* file names of modules to look for there */
} TouModulePlaces;

/** tou_module_places_new_for_system: where Debian and p11-kit keep modules; the folder of the user's own
 * configuration last. @names: (array zero-terminated=1): besides the well-known ones */
TouModulePlaces *tou_module_places_new_for_system (const char *const *names);
void tou_module_places_free (TouModulePlaces *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouModulePlaces, tou_module_places_free)

/**
 * tou_module_search_run:
 *
 * Configured modules first, then those found in folders; each file once, however many links lead to it. Left
 * out is what holds no cards of persons (trust lists, key rings, proxies, keys in files) and what p11-kit's
 * configuration keeps from a program of this name. Broken configuration files are passed over.
 *
 * Returns: (transfer full) (element-type TouModuleEntry): in use, not asked
 */
GPtrArray *tou_module_search_run (const TouModulePlaces *places);

/** tou_module_search_resolve: Returns: (transfer full): the file that links lead to, so that one file has one
 * name; @path itself where there is none */
char *tou_module_search_resolve (const char *path);

/** tou_module_entry_new: in use, not asked */
TouModuleEntry *tou_module_entry_new (const char *path, TouModuleSource source);
void tou_module_entry_free (TouModuleEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouModuleEntry, tou_module_entry_free)

/** tou_module_entries_find: @entries: (element-type TouModuleEntry). Returns: (transfer none) (nullable) */
TouModuleEntry *tou_module_entries_find (GPtrArray *entries, const char *path);

/** tou_module_search_check_file: whether the file could be a module of this program: a shared library for
 * the same machine, by its ELF header. Errors: TOU_MODULE_ERROR, but not KNOWN */
gboolean tou_module_search_check_file (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
