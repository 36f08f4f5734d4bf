/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card"

#include "tou-module-search.h"

#include "tou-file.h"
#include "tou-module-folders.h"

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SUFFIX ".module"
/* By which p11-kit's configuration knows this program. */
#define PROGRAM "touroku"
/* More than any of them needs; a file that is larger is none. */
#define MAX_CONFIGURATION_BYTES (64 * 1024)

/* Modules of card software that is used in more than one country, as its makers name them. Those of a single
 * authority are named by its card profile. */
static const char *const well_known[] = { "opensc-pkcs11.so", "libeTPkcs11.so", "libIDPrimePKCS11.so", NULL };

/* They hold no person's card: trust lists, key rings, proxies of other modules, keys in files; and OpenSC
 * once more. */
static const char *const left_out[] = {
    "p11-kit-trust.so", "p11-kit-proxy.so",  "p11-kit-client.so",   "gnome-keyring-pkcs11.so",
    "libnssckbi.so",    "libsofthsm2.so",    "pkcs11-spy.so",       "onepin-opensc-pkcs11.so",
    "libsoftokn3.so",   "libtpm2_pkcs11.so", "libtpm2_pkcs11.so.1", NULL,
};

static const char *const library_folders[] = {
    TOU_MULTIARCH_FOLDER,
    TOU_MULTIARCH_FOLDER "/pkcs11",
    "/usr/lib64",
    "/usr/lib64/pkcs11",
    "/usr/lib",
    "/usr/lib/pkcs11",
    "/usr/local/lib",
    "/usr/local/lib/pkcs11",
    NULL,
};

TouModulePlaces *
tou_module_places_new_for_system (const char *const *names)
{
    TouModulePlaces *self = g_new0 (TouModulePlaces, 1);
    g_autoptr (GStrvBuilder) all_names = g_strv_builder_new ();
    g_autofree char *own = g_build_filename (g_get_user_config_dir (), "pkcs11", "modules", NULL);
    const char *configurations[] = { TOU_P11_KIT_PACKAGE_FOLDER, TOU_P11_KIT_SYSTEM_FOLDER, own, NULL };

    g_strv_builder_addv (all_names, (const char **) well_known);
    g_strv_builder_addv (all_names, (const char **) names);
    self->names = g_strv_builder_end (all_names);
    self->p11_kit_folders = g_strdupv ((char **) configurations);
    self->p11_kit_modules = g_strdup (TOU_P11_KIT_MODULE_FOLDER);
    self->folders = g_strdupv ((char **) library_folders);
    return self;
}

void
tou_module_places_free (TouModulePlaces *self)
{
    g_strfreev (self->p11_kit_folders);
    g_free (self->p11_kit_modules);
    g_strfreev (self->folders);
    g_strfreev (self->names);
    g_free (self);
}

char *
tou_module_search_resolve (const char *path)
{
    char *real = realpath (path, NULL);
    char *resolved = g_strdup (real != NULL ? real : path);

    free (real);
    return resolved;
}

TouModuleEntry *
tou_module_entry_new (const char *path, TouModuleSource source)
{
    TouModuleEntry *self = g_new0 (TouModuleEntry, 1);

    self->path = g_strdup (path);
    self->source = source;
    self->is_used = TRUE;
    return self;
}

void
tou_module_entry_free (TouModuleEntry *self)
{
    g_free (self->path);
    g_free (self);
}

TouModuleEntry *
tou_module_entries_find (GPtrArray *entries, const char *path)
{
    for (guint i = 0; i < entries->len; i++) {
        TouModuleEntry *entry = g_ptr_array_index (entries, i);

        if (g_str_equal (entry->path, path))
            return entry;
    }
    return NULL;
}

static gboolean
is_left_out (const char *path)
{
    g_autofree char *name = g_path_get_basename (path);

    return g_strv_contains (left_out, name);
}

/* By the name that was found and by that of the file it leads to. */
static void
add_entry (GPtrArray *entries, const char *path, TouModuleSource source)
{
    g_autofree char *resolved = tou_module_search_resolve (path);

    if (!is_left_out (path) && !is_left_out (resolved) && tou_module_entries_find (entries, resolved) == NULL)
        g_ptr_array_add (entries, tou_module_entry_new (resolved, source));
}

/* p11-kit's configuration: "name: value" lines, comments with #. Returns: (transfer full) */
static GHashTable *
parse_configuration (const char *text)
{
    GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

    for (char **line = lines; *line != NULL; line++) {
        char *colon = strchr (*line, ':');

        if (**line == '#' || colon == NULL)
            continue;
        *colon = '\0';
        g_hash_table_insert (values, g_strdup (g_strstrip (*line)), g_strdup (g_strstrip (colon + 1)));
    }
    return values;
}

/* Returns: (transfer full) (nullable) */
static GHashTable *
load_configuration (const char *path)
{
    g_autoptr (GBytes) bytes = tou_file_load (path, MAX_CONFIGURATION_BYTES, NULL);
    gsize size = 0;
    const char *data = bytes == NULL ? NULL : g_bytes_get_data (bytes, &size);
    g_autofree char *text = g_strndup (data, size);

    return data != NULL && g_utf8_validate (data, (gssize) size, NULL) ? parse_configuration (text) : NULL;
}

static gboolean
names_program (const char *list)
{
    g_auto (GStrv) names = g_strsplit_set (list, ", \t", -1);

    return g_strv_contains ((const char *const *) names, PROGRAM);
}

static gboolean
is_allowed (GHashTable *configuration)
{
    const char *enable = g_hash_table_lookup (configuration, "enable-in");
    const char *disable = g_hash_table_lookup (configuration, "disable-in");

    if (enable != NULL)
        return names_program (enable);
    return disable == NULL || !names_program (disable);
}

/* By the name of the configuration file: that of a later folder stands for one of the same name before. */
static void
read_configurations (const char *folder, GHashTable *by_name)
{
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
        g_autofree char *path = g_build_filename (folder, name, NULL);
        GHashTable *configuration = g_str_has_suffix (name, SUFFIX) ? load_configuration (path) : NULL;

        if (configuration != NULL)
            g_hash_table_insert (by_name, g_strdup (name), configuration);
    }
}

static void
add_configured (GPtrArray *entries, const TouModulePlaces *places)
{
    g_autoptr (GHashTable) by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                            (GDestroyNotify) g_hash_table_unref);
    g_autoptr (GList) names = NULL;

    for (char **folder = places->p11_kit_folders; *folder != NULL; folder++)
        read_configurations (*folder, by_name);
    names = g_list_sort (g_hash_table_get_keys (by_name), (GCompareFunc) strcmp);
    for (GList *name = names; name != NULL; name = name->next) {
        GHashTable *configuration = g_hash_table_lookup (by_name, name->data);
        const char *module = g_hash_table_lookup (configuration, "module");
        g_autofree char *path = NULL;

        if (module == NULL || *module == '\0' || !is_allowed (configuration))
            continue;
        path = g_path_is_absolute (module) ? g_strdup (module)
                                           : g_build_filename (places->p11_kit_modules, module, NULL);
        add_entry (entries, path, TOU_MODULE_SOURCE_P11_KIT);
    }
}

static void
add_found (GPtrArray *entries, const TouModulePlaces *places)
{
    for (char **folder = places->folders; *folder != NULL; folder++)
        for (char **name = places->names; *name != NULL; name++) {
            g_autofree char *path = g_build_filename (*folder, *name, NULL);

            if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
                add_entry (entries, path, TOU_MODULE_SOURCE_PLACE);
        }
}

GPtrArray *
tou_module_search_run (const TouModulePlaces *places)
{
    GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_module_entry_free);

    add_configured (entries, places);
    add_found (entries, places);
    return entries;
}

/* What all kinds of ELF files begin with, as far as it is the same for 32 and 64 bit. */
typedef struct {
    unsigned char ident[EI_NIDENT];
    Elf32_Half type;
    Elf32_Half machine;
} ElfBeginning;

static gboolean
read_beginning (const char *path, ElfBeginning *out_beginning)
{
    FILE *file = g_file_test (path, G_FILE_TEST_IS_REGULAR) ? fopen (path, "rbe") : NULL;
    gsize n;

    memset (out_beginning, 0, sizeof *out_beginning);
    if (file == NULL)
        return FALSE;
    n = fread (out_beginning, 1, sizeof *out_beginning, file);
    (void) fclose (file);
    return n > 0;
}

gboolean
tou_module_search_check_file (const char *path, GError **error)
{
    ElfBeginning own;
    ElfBeginning file;

    if (!read_beginning ("/proc/self/exe", &own) || !read_beginning (path, &file)) {
        g_set_error (error, TOU_MODULE_ERROR, TOU_MODULE_ERROR_NOT_READABLE, "%s cannot be read", path);
        return FALSE;
    }
    if (memcmp (file.ident, ELFMAG, SELFMAG) != 0 || file.type != ET_DYN) {
        g_set_error (error, TOU_MODULE_ERROR, TOU_MODULE_ERROR_NO_LIBRARY, "%s is no shared library", path);
        return FALSE;
    }
    if (file.ident[EI_CLASS] != own.ident[EI_CLASS] || file.machine != own.machine) {
        g_set_error (error, TOU_MODULE_ERROR, TOU_MODULE_ERROR_OTHER_MACHINE, "%s is for another machine",
                     path);
        return FALSE;
    }
    return TRUE;
}
