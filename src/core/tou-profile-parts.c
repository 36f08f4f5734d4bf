/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-profile-parts.h"

#include "tou-pem.h"
#include "tou-profile-file.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static const char *const groups[TOU_N_PROFILE_USES] = {
    [TOU_PROFILE_USE_TLS] = "TlsCertificates",
    [TOU_PROFILE_USE_CARD_ISSUERS] = "CardIssuerCertificates",
    [TOU_PROFILE_USE_RECEIPTS] = "ReceiptCertificates",
};

const char *
tou_profile_parts_get_group (TouProfileUse use)
{
    return groups[use];
}

typedef struct {
    GString *keys;
    GString *certificates[TOU_N_PROFILE_USES]; /* (nullable) each */
    GString *current;                          /* one of those */
    gboolean is_in_block;                      /* between BEGIN and END no line is a group */
} Splitting;

/* Returns: the text that the group belongs to */
static GString *
choose_part (Splitting *self, const char *line)
{
    for (guint use = 0; use < TOU_N_PROFILE_USES; use++) {
        gsize length = strlen (groups[use]);

        if (strncmp (line + 1, groups[use], length) != 0 || line[length + 1] != ']')
            continue;
        if (self->certificates[use] == NULL)
            self->certificates[use] = g_string_new (NULL);
        return self->certificates[use];
    }
    return self->keys;
}

static void
add_line (Splitting *self, const char *line, gsize length)
{
    gboolean is_group = *line == '[' && !self->is_in_block;

    if (is_group)
        self->current = choose_part (self, line);
    if (self->current != self->keys)
        self->is_in_block = g_str_has_prefix (line, "-----BEGIN ")
                            || (self->is_in_block && !g_str_has_prefix (line, "-----END "));
    if (!is_group || self->current == self->keys)
        g_string_append_len (self->current, line, (gssize) length);
}

static void
split (Splitting *self, const char *text)
{
    const char *line = g_str_has_prefix (text, BYTE_ORDER_MARK) ? text + strlen (BYTE_ORDER_MARK) : text;

    while (*line != '\0') {
        gsize length = strcspn (line, "\n");

        length += line[length] == '\n';
        add_line (self, line, length);
        line += length;
    }
}

static gboolean
read_certificates (const GString *text, TouProfileUse use, GBytes **out, GError **error)
{
    const char *fault;

    if (text == NULL)
        return TRUE;
    *out = tou_pem_read (text->str, text->len, &fault);
    if (*out == NULL)
        g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_INVALID, "[%s]: %s", groups[use], fault);
    return *out != NULL;
}

char *
tou_profile_parts_split (GBytes *text, GBytes **out_certificates, GError **error)
{
    gsize size;
    const char *data = g_bytes_get_data (text, &size);
    g_autofree char *copy = g_strndup (data, size);
    Splitting splitting = { .keys = g_string_new (NULL) };
    gboolean is_good = TRUE;

    splitting.current = splitting.keys;
    split (&splitting, copy != NULL ? copy : "");
    for (guint use = 0; use < TOU_N_PROFILE_USES; use++) {
        is_good = is_good
                  && read_certificates (splitting.certificates[use], use, &out_certificates[use], error);
        if (splitting.certificates[use] != NULL)
            g_string_free (splitting.certificates[use], TRUE);
    }
    if (is_good)
        return g_string_free (splitting.keys, FALSE);
    g_string_free (splitting.keys, TRUE);
    return NULL;
}

GBytes *
tou_profile_parts_join (GKeyFile *file, GBytes *const *certificates)
{
    gsize size;
    g_autofree char *keys = g_key_file_to_data (file, &size, NULL);
    GString *text = g_string_new_len (keys, (gssize) size);

    for (guint use = 0; use < TOU_N_PROFILE_USES; use++) {
        if (certificates[use] == NULL)
            continue;
        g_string_append_printf (text, "[%s]\n", groups[use]);
        g_string_append_len (text, g_bytes_get_data (certificates[use], NULL),
                             (gssize) g_bytes_get_size (certificates[use]));
    }
    return g_string_free_to_bytes (text);
}
