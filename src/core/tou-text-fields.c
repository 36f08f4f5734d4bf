/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-text-fields.h"

#define TEXT_AT(self, offset) G_STRUCT_MEMBER (char *, (self), (offset))

void
tou_text_fields_copy (const TouTextFields *fields, gpointer to, gconstpointer from)
{
    for (guint i = 0; i < fields->n_offsets; i++)
        TEXT_AT (to, fields->offsets[i]) = g_strdup (TEXT_AT (from, fields->offsets[i]));
}

gboolean
tou_text_fields_equal (const TouTextFields *fields, gconstpointer a, gconstpointer b)
{
    for (guint i = 0; i < fields->n_offsets; i++) {
        if (g_strcmp0 (TEXT_AT (a, fields->offsets[i]), TEXT_AT (b, fields->offsets[i])) != 0)
            return FALSE;
    }
    return TRUE;
}

void
tou_text_fields_clear (const TouTextFields *fields, gpointer self)
{
    for (guint i = 0; i < fields->n_offsets; i++)
        g_clear_pointer (&TEXT_AT (self, fields->offsets[i]), g_free);
}
