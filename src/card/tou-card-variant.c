/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card"

#include "tou-card-variant.h"

#include "tou-shown-text.h"

GPtrArray *
tou_card_variant_read_certificates (GVariant *ders, TouProofChecker *proofs)
{
    GPtrArray *certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_card_certificate_unref);
    gsize n = g_variant_n_children (ders);
    guint n_unreadable = 0;

    for (gsize i = 0; i < n; i++) {
        g_autoptr (GVariant) child = g_variant_get_child_value (ders, i);
        g_autoptr (GBytes) der = g_variant_get_data_as_bytes (child);
        g_autoptr (TouCardCertificate) certificate = tou_proof_checker_read_certificate (proofs, der, NULL);
        if (certificate == NULL)
            n_unreadable++;
        else if (!certificate->is_ca)
            g_ptr_array_add (certificates, g_steal_pointer (&certificate));
    }
    if (n_unreadable > 0)
        g_debug ("%u of %" G_GSIZE_FORMAT " certificates on the card cannot be read", n_unreadable, n);
    return certificates;
}

static TouCardToken *
read_token (GVariant *variant, TouProofChecker *proofs)
{
    TouCardToken *token = tou_card_token_new ();
    g_autoptr (GVariant) ders = NULL;
    const char *label;
    guint32 pin_state, pin_min, pin_max;
    gboolean has_keypad, hides;

    g_variant_get (variant, "(ss&sssubuub@aay)", &token->id, &token->reader, &label, &token->manufacturer,
                   &token->model, &pin_state, &has_keypad, &pin_min, &pin_max, &hides, &ders);
    token->label = tou_shown_text_dup (label);
    token->pin_state = pin_state <= TOU_PIN_STATE_LOCKED ? (TouPinState) pin_state : TOU_PIN_STATE_UNKNOWN;
    token->has_keypad = has_keypad;
    token->pin_min = pin_min;
    token->pin_max = pin_max;
    token->hides_certificates = hides;
    g_clear_pointer (&token->certificates, g_ptr_array_unref);
    token->certificates = tou_card_variant_read_certificates (ders, proofs);
    return token;
}

static TouReader *
read_reader (GVariant *variant)
{
    const char *name;
    guint32 state;

    g_variant_get (variant, "(&su)", &name, &state);
    return tou_reader_new (name, state <= TOU_READER_BUSY ? (TouReaderState) state : TOU_READER_UNRECOGNISED);
}

TouCardInventory *
tou_card_variant_read_inventory (GVariant *readers, GVariant *tokens, TouProofChecker *proofs)
{
    TouCardInventory *inventory = tou_card_inventory_new ();

    for (gsize i = 0; i < g_variant_n_children (readers); i++) {
        g_autoptr (GVariant) child = g_variant_get_child_value (readers, i);
        g_ptr_array_add (inventory->readers, read_reader (child));
    }
    for (gsize i = 0; i < g_variant_n_children (tokens); i++) {
        g_autoptr (GVariant) child = g_variant_get_child_value (tokens, i);
        g_ptr_array_add (inventory->tokens, read_token (child, proofs));
    }
    return inventory;
}
