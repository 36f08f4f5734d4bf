/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-card"

#include "tou-module-search.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Folders that stand for p11-kit's and for those of libraries. */
typedef struct {
    char *folder;
    TouModulePlaces places;
} Places;

static char *
build (Places *places, const char *folder, const char *name)
{
    return g_build_filename (places->folder, folder, name, NULL);
}

static void
make_folder (Places *places, const char *name)
{
    g_autofree char *path = g_build_filename (places->folder, name, NULL);

    g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

static void
write_file (Places *places, const char *folder, const char *name, const char *text)
{
    g_autofree char *path = build (places, folder, name);

    g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up (Places *places, gconstpointer data)
{
    static const char *const folders[] = { "package", "user", "pkcs11", "lib", "lib2" };
    const char *names[] = { "known.so", "libsofthsm2.so", NULL };
    g_autofree char *made = g_dir_make_tmp ("touroku-XXXXXX", NULL);

    places->folder = tou_module_search_resolve (made);
    for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
        make_folder (places, folders[i]);
    places->places.p11_kit_folders = g_new0 (char *, 4);
    places->places.p11_kit_folders[0] = g_build_filename (places->folder, "package", NULL);
    places->places.p11_kit_folders[1] = g_build_filename (places->folder, "nonexistent", NULL);
    places->places.p11_kit_folders[2] = g_build_filename (places->folder, "user", NULL);
    places->places.p11_kit_modules = g_build_filename (places->folder, "pkcs11", NULL);
    places->places.folders = g_new0 (char *, 3);
    places->places.folders[0] = g_build_filename (places->folder, "lib", NULL);
    places->places.folders[1] = g_build_filename (places->folder, "lib2", NULL);
    places->places.names = g_strdupv ((char **) names);
}

static void
tear_down (Places *places, gconstpointer data)
{
    const char *argv[] = { "rm", "-rf", places->folder, NULL };

    g_assert_true (
        g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
    g_strfreev (places->places.p11_kit_folders);
    g_free (places->places.p11_kit_modules);
    g_strfreev (places->places.folders);
    g_strfreev (places->places.names);
    g_free (places->folder);
}

/* @...: pairs of folder and name, as the entries have to be, %NULL at the end */
static void
assert_found (Places *places, ...)
{
    g_autoptr (GPtrArray) entries = tou_module_search_run (&places->places);
    va_list list;
    const char *folder;
    guint n = 0;

    va_start (list, places);
    while ((folder = va_arg (list, const char *)) != NULL) {
        const char *name = va_arg (list, const char *);
        g_autofree char *path = g_path_is_absolute (folder) ? g_build_filename (folder, name, NULL)
                                                            : build (places, folder, name);

        g_assert_cmpuint (n, <, entries->len);
        g_assert_cmpstr (((TouModuleEntry *) entries->pdata[n++])->path, ==, path);
    }
    va_end (list);
    g_assert_cmpuint (entries->len, ==, n);
}

/* Bugs: p11-kit's names without a folder are not found, comments are taken for values, a broken file hides
 * the others; the search waits for ever on what is no file. */
static void
test_configured (Places *places, gconstpointer data)
{
    g_autofree char *pipe_path = build (places, "package", "f.module");

    write_file (places, "package", "a.module", "# module: no.so\nmodule: a.so\npriority: 5\n");
    write_file (places, "package", "b.module", "  module :  /usr/nonexistent/b.so  \n");
    write_file (places, "package", "c.module", "\xff\xfe nothing");
    write_file (places, "package", "d.module", "priority: 1\nmodule:\n");
    write_file (places, "package", "e.conf", "module: e.so\n");
    g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
    assert_found (places, "pkcs11", "a.so", "/usr/nonexistent", "b.so", NULL);
}

/* Bugs: what the user has configured otherwise is taken from the package; a module that is kept from this
 * program is loaded. */
static void
test_overridden (Places *places, gconstpointer data)
{
    write_file (places, "package", "a.module", "module: package.so\n");
    write_file (places, "user", "a.module", "module: user.so\n");
    write_file (places, "package", "b.module", "module: b.so\ndisable-in: firefox, touroku\n");
    write_file (places, "package", "c.module", "module: c.so\nenable-in: firefox\n");
    write_file (places, "package", "d.module", "module: d.so\nenable-in: touroku\n");
    write_file (places, "package", "e.module", "module: e.so\ndisable-in: firefox\n");
    assert_found (places, "pkcs11", "user.so", "pkcs11", "d.so", "pkcs11", "e.so", NULL);
}

/* Bugs: one module is there twice, by its links; one that holds no cards is shown. */
static void
test_once (Places *places, gconstpointer data)
{
    g_autofree char *target = build (places, "lib", "known.so");
    g_autofree char *link_path = build (places, "pkcs11", "link.so");
    g_autofree char *soft_link = build (places, "pkcs11", "soft.so");
    g_autofree char *soft = build (places, "lib", "libsofthsm2.so");
    g_autofree char *other = build (places, "lib2", "known.so");

    write_file (places, "lib", "known.so", "");
    write_file (places, "lib", "libsofthsm2.so", "");
    g_assert_cmpint (symlink (target, link_path), ==, 0);
    g_assert_cmpint (symlink (target, other), ==, 0);
    g_assert_cmpint (symlink (soft, soft_link), ==, 0);
    write_file (places, "package", "a.module", "module: link.so\n");
    write_file (places, "package", "b.module", "module: soft.so\n");
    write_file (places, "package", "p11-kit-trust.module", "module: p11-kit-trust.so\n");
    assert_found (places, "lib", "known.so", NULL);
}

static int
check (const char *path)
{
    g_autoptr (GError) error = NULL;

    if (tou_module_search_check_file (path, &error))
        return -1;
    g_assert_cmpuint (error->domain, ==, TOU_MODULE_ERROR);
    return error->code;
}

static void
write_header (Places *places, unsigned char elf_class, guint16 type)
{
    g_autofree char *path = build (places, "lib", "header.so");
    guint8 header[20] = { 0x7f, 'E', 'L', 'F', elf_class, 1, 1 };

    header[16] = (guint8) type;
    header[18] = 3;
    g_assert_true (g_file_set_contents (path, (const char *) header, sizeof header, NULL));
}

/* Bugs: a file that no program could load is taken, one that could is not. */
static void
test_files (Places *places, gconstpointer data)
{
    g_autofree char *header = build (places, "lib", "header.so");
    g_autofree char *text = build (places, "lib", "text.so");
    g_autofree char *none = build (places, "lib", "none.so");

    write_file (places, "lib", "text.so", "text");
    g_assert_cmpint (check (none), ==, TOU_MODULE_ERROR_NOT_READABLE);
    g_assert_cmpint (check (places->folder), ==, TOU_MODULE_ERROR_NOT_READABLE);
    g_assert_cmpint (check (text), ==, TOU_MODULE_ERROR_NO_LIBRARY);
    write_header (places, 1, 3);
    g_assert_cmpint (check (header), ==, TOU_MODULE_ERROR_OTHER_MACHINE);
    write_header (places, 2, 2);
    g_assert_cmpint (check (header), ==, TOU_MODULE_ERROR_NO_LIBRARY);
    g_assert_cmpint (check (g_getenv ("TEST_CARD_MODULE")), ==, -1);
}

/* Bugs: what a profile names is not looked for. */
static void
test_system_places (void)
{
    const char *names[] = { "authority.so", NULL };
    g_autoptr (TouModulePlaces) places = tou_module_places_new_for_system (names);

    g_assert_true (g_strv_contains ((const char *const *) places->names, "authority.so"));
    g_assert_true (g_strv_contains ((const char *const *) places->names, "opensc-pkcs11.so"));
    g_assert_true (g_path_is_absolute (places->p11_kit_modules));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add ("/module-search/configured", Places, NULL, set_up, test_configured, tear_down);
    g_test_add ("/module-search/overridden", Places, NULL, set_up, test_overridden, tear_down);
    g_test_add ("/module-search/once", Places, NULL, set_up, test_once, tear_down);
    g_test_add ("/module-search/files", Places, NULL, set_up, test_files, tear_down);
    g_test_add_func ("/module-search/system-places", test_system_places);
    return g_test_run ();
}
