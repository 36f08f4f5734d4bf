/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-command.h"

#include "tou-error-catalogue.h"

#include <glib/gi18n.h>

static void
print_entry (const TouErrorEntry *entry, guint number)
{
    if (number > 0)
        g_print ("\n(%u)", number);
    g_print ("\n%s: %s\n", _ ("Cause"), _ (entry->cause));
    g_print ("%s: %s\n", _ ("What to do"), _ (entry->remedy));
}

int
tou_explain_command (int argc, char **argv)
{
    const TouErrorEntry *entries;
    g_autoptr (GError) error = NULL;
    guint n;

    if (!tou_command_parse ("explain", NULL, &argc, &argv, &error))
        return tou_command_complain ("explain", error->message);
    if (argc != 2)
        return tou_command_complain ("explain", _ ("It takes one error code, such as 03002."));
    entries = tou_error_catalogue_list_code (argv[1], &n);
    if (entries == NULL) {
        g_printerr (_ ("There is no error code “%s”. Codes have five digits, such as 03002."), argv[1]);
        g_printerr ("\n");
        return 1;
    }
    g_print ("%s  %s\n", argv[1], _ (entries[0].message));
    for (guint i = 0; i < n; i++)
        print_entry (&entries[i], n > 1 ? i + 1 : 0);
    return 0;
}
