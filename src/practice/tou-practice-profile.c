/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-profile.h"

#include "tou-practice-folder.h"
#include "tou-practice-list.h"
#include "tou-practice-service.h"

/* The file is made here and read by the client alone: no template to install or to find. */
static const struct {
    const char *group;
    const char *key;
    const char *value;
} lines[] = {
    { "Service", "Id", "practice" },
    { "Service", "Name", TOU_PRACTICE_NAME_EN },
    { "Service", "Name[ja]", TOU_PRACTICE_NAME_JA },
    { "Service", "BiddingUrl", TOU_PRACTICE_BIDDING_URL },
    { "Trust", "Tls", "file" },
    { "Trust", "TlsFile", TOU_PRACTICE_FILE_AUTHORITY },
    { "Trust", "CardIssuersFile", TOU_PRACTICE_FILE_AUTHORITY },
    /* Not the authority: it issues cards, too, and a card must not make receipts. */
    { "Trust", "ReceiptFile", TOU_PRACTICE_FILE_RECEIPT_CERTIFICATE },
    { "Form", "Characters", "jis-x-0208" },
    { "HelpDesk", "Name", TOU_PRACTICE_HELP_DESK_EN },
    { "HelpDesk", "Name[ja]", TOU_PRACTICE_HELP_DESK_JA },
    { "HelpDesk", "Telephone", TOU_PRACTICE_HELP_DESK_PHONE },
    { "HelpDesk", "Hours", TOU_PRACTICE_HELP_DESK_HOURS_EN },
    { "HelpDesk", "Hours[ja]", TOU_PRACTICE_HELP_DESK_HOURS_JA },
};

char *
tou_practice_profile_write (const char *folder, guint16 port, guint16 list_port, GError **error)
{
    g_autofree char *path = tou_practice_folder_dup_file (folder, TOU_PRACTICE_FILE_PROFILE);
    g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/", port);
    g_autofree char *list_url = g_strdup_printf ("http://127.0.0.1:%u" TOU_PRACTICE_LIST_PATH, list_port);
    g_autofree char *text = NULL;
    g_autoptr (GKeyFile) file = g_key_file_new ();
    gsize size;

    for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
        g_key_file_set_string (file, lines[i].group, lines[i].key, lines[i].value);
    g_key_file_set_string (file, "Service", "BaseUrl", url);
    g_key_file_set_string (file, "Trust", "CrlUrl", list_url);
    text = g_key_file_to_data (file, &size, NULL);
    if (!g_file_set_contents_full (path, text, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
        return NULL;
    return g_steal_pointer (&path);
}

static guint16
read_port (GKeyFile *file, const char *group, const char *key)
{
    g_autofree char *url = g_key_file_get_string (file, group, key, NULL);
    int port = -1;

    if (url == NULL || !g_uri_split_network (url, G_URI_FLAGS_NONE, NULL, NULL, &port, NULL))
        return 0;
    return port > 0 && port <= G_MAXUINT16 ? (guint16) port : 0;
}

void
tou_practice_profile_read_ports (const char *folder, guint16 *out_port, guint16 *out_list_port)
{
    g_autofree char *path = tou_practice_folder_dup_file (folder, TOU_PRACTICE_FILE_PROFILE);
    g_autoptr (GKeyFile) file = g_key_file_new ();

    (void) g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
    *out_port = read_port (file, "Service", "BaseUrl");
    *out_list_port = read_port (file, "Trust", "CrlUrl");
}
