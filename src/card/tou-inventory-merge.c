/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card"

#include "tou-inventory-merge.h"

#include <string.h>

static TouReader *
find_reader (const TouCardInventory *self, const char *name)
{
    for (guint i = 0; i < self->readers->len; i++) {
        TouReader *reader = g_ptr_array_index (self->readers, i);

        if (g_str_equal (reader->name, name))
            return reader;
    }
    return NULL;
}

static void
add_reader (TouCardInventory *self, const TouReader *reader)
{
    TouReader *known = find_reader (self, reader->name);

    if (known == NULL)
        g_ptr_array_add (self->readers, tou_reader_new (reader->name, reader->state));
    else if (tou_reader_state_outweighs (reader->state, known->state))
        known->state = reader->state;
}

static gboolean
has_certificate (const TouCardToken *token, const char *sha256)
{
    for (guint i = 0; i < token->certificates->len; i++)
        if (g_str_equal (((TouCardCertificate *) token->certificates->pdata[i])->sha256, sha256))
            return TRUE;
    return FALSE;
}

/* One that shows nothing is not told from another. */
static gboolean
shows_the_same (const TouCardToken *token, const TouCardToken *known)
{
    if (!g_str_equal (token->reader, known->reader) || token->certificates->len == 0)
        return FALSE;
    for (guint i = 0; i < token->certificates->len; i++)
        if (!has_certificate (known, ((TouCardCertificate *) token->certificates->pdata[i])->sha256))
            return FALSE;
    return TRUE;
}

static gboolean
is_known (const TouCardInventory *self, guint n_tokens, const TouCardToken *token)
{
    for (guint i = 0; i < n_tokens; i++)
        if (shows_the_same (token, g_ptr_array_index (self->tokens, i)))
            return TRUE;
    return FALSE;
}

static TouCardToken *
copy_token (const TouCardToken *token, guint member)
{
    TouCardToken *copy = tou_card_token_new ();

    copy->id = g_strdup_printf ("%u/%s", member, token->id);
    copy->reader = g_strdup (token->reader);
    copy->label = g_strdup (token->label);
    copy->manufacturer = g_strdup (token->manufacturer);
    copy->model = g_strdup (token->model);
    copy->pin_state = token->pin_state;
    copy->has_keypad = token->has_keypad;
    copy->pin_min = token->pin_min;
    copy->pin_max = token->pin_max;
    copy->hides_certificates = token->hides_certificates;
    g_ptr_array_unref (copy->certificates);
    copy->certificates = g_ptr_array_ref (token->certificates);
    return copy;
}

void
tou_inventory_merge_add (TouCardInventory *self, const TouCardInventory *part, guint member)
{
    guint n_before = self->tokens->len;

    for (guint i = 0; i < part->readers->len; i++)
        add_reader (self, g_ptr_array_index (part->readers, i));
    /* Two tokens of one module are two, whatever they show. */
    for (guint i = 0; i < part->tokens->len; i++) {
        const TouCardToken *token = g_ptr_array_index (part->tokens, i);

        if (!is_known (self, n_before, token))
            g_ptr_array_add (self->tokens, copy_token (token, member));
    }
}

const char *
tou_inventory_merge_split_id (const char *id, guint *out_member)
{
    char *end;
    guint64 member = g_ascii_strtoull (id, &end, 10);

    if (end == id || *end != '/' || member > G_MAXUINT)
        return NULL;
    *out_member = (guint) member;
    return end + 1;
}

static void
describe_token (GString *text, const TouCardToken *token)
{
    g_string_append_printf (text, "%s\n%s\n%s\n%d\n", token->id, token->reader, token->label,
                            (int) token->pin_state);
    for (guint i = 0; i < token->certificates->len; i++)
        g_string_append_printf (text, "%s\n", ((TouCardCertificate *) token->certificates->pdata[i])->sha256);
}

char *
tou_inventory_merge_describe (const TouCardInventory *inventory)
{
    GString *text = g_string_new (NULL);

    for (guint i = 0; inventory != NULL && i < inventory->readers->len; i++) {
        const TouReader *reader = g_ptr_array_index (inventory->readers, i);

        g_string_append_printf (text, "%s\n%d\n", reader->name, (int) reader->state);
    }
    for (guint i = 0; inventory != NULL && i < inventory->tokens->len; i++)
        describe_token (text, g_ptr_array_index (inventory->tokens, i));
    return g_string_free (text, FALSE);
}
