/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** TouTextFields: which members of a struct are owned texts (char *), so that copying, comparing and freeing
 * them is written once. Private to core. */
typedef struct {
    const gsize *offsets;
    guint n_offsets;
} TouTextFields;

/** TOU_TEXT_FIELDS: an initializer from an array of offsetof() values. */
#define TOU_TEXT_FIELDS(array)                                                                               \
    {                                                                                                        \
        (array), G_N_ELEMENTS (array)                                                                        \
    }

/** tou_text_fields_copy: @to holds no texts yet. Either struct may be of any type that has these members. */
void tou_text_fields_copy (const TouTextFields *fields, gpointer to, gconstpointer from);
gboolean tou_text_fields_equal (const TouTextFields *fields, gconstpointer a, gconstpointer b);
void tou_text_fields_clear (const TouTextFields *fields, gpointer self);

G_END_DECLS
