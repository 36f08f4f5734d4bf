/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-card.h"

#include "tou-text-fields.h"

#include <stddef.h>

/* What the services take at least; curve keys are told by their usual sizes (FIPS 186-4). */
#define MIN_RSA_BITS 2048

static const gsize certificate_offsets[] = {
    offsetof (TouCardCertificate, sha256),         offsetof (TouCardCertificate, company),
    offsetof (TouCardCertificate, company_number), offsetof (TouCardCertificate, holder),
    offsetof (TouCardCertificate, address),        offsetof (TouCardCertificate, serial),
    offsetof (TouCardCertificate, issuer),
};
static const TouTextFields certificate_texts = TOU_TEXT_FIELDS (certificate_offsets);

static void
clear_certificate (gpointer data)
{
    TouCardCertificate *self = data;

    tou_text_fields_clear (&certificate_texts, self);
    g_clear_pointer (&self->der, g_bytes_unref);
    g_clear_pointer (&self->profile, tou_card_profile_unref);
}

TouCardCertificate *
tou_card_certificate_new (void)
{
    return g_atomic_rc_box_new0 (TouCardCertificate);
}

TouCardCertificate *
tou_card_certificate_ref (TouCardCertificate *self)
{
    return g_atomic_rc_box_acquire (self);
}

void
tou_card_certificate_unref (TouCardCertificate *self)
{
    g_atomic_rc_box_release_full (self, clear_certificate);
}

static gboolean
key_is_long_enough (guint bits)
{
    return bits >= MIN_RSA_BITS || bits == 256 || bits == 384 || bits == 521;
}

TouCertificateFitness
tou_card_certificate_get_fitness (const TouCardCertificate *self, gint64 now_us)
{
    const TouKeyUse signing = TOU_KEY_USE_DIGITAL_SIGNATURE | TOU_KEY_USE_NON_REPUDIATION | TOU_KEY_USE_ANY;

    if (self->is_ca)
        return TOU_CERTIFICATE_IS_CA;
    if ((self->key_use & signing) == 0)
        return TOU_CERTIFICATE_NOT_FOR_SIGNING;
    if (now_us < self->not_before_us)
        return TOU_CERTIFICATE_NOT_YET_VALID;
    if (now_us > self->not_after_us)
        return TOU_CERTIFICATE_EXPIRED;
    if (!key_is_long_enough (self->key_bits))
        return TOU_CERTIFICATE_KEY_TOO_SHORT;
    return TOU_CERTIFICATE_FIT;
}

static const gsize token_offsets[] = {
    offsetof (TouCardToken, id),           offsetof (TouCardToken, reader), offsetof (TouCardToken, label),
    offsetof (TouCardToken, manufacturer), offsetof (TouCardToken, model),
};
static const TouTextFields token_texts = TOU_TEXT_FIELDS (token_offsets);

static void
clear_token (gpointer data)
{
    TouCardToken *self = data;

    tou_text_fields_clear (&token_texts, self);
    g_clear_pointer (&self->certificates, g_ptr_array_unref);
}

TouCardToken *
tou_card_token_new (void)
{
    TouCardToken *self = g_atomic_rc_box_new0 (TouCardToken);

    self->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_card_certificate_unref);
    return self;
}

TouCardToken *
tou_card_token_ref (TouCardToken *self)
{
    return g_atomic_rc_box_acquire (self);
}

void
tou_card_token_unref (TouCardToken *self)
{
    g_atomic_rc_box_release_full (self, clear_token);
}

TouReader *
tou_reader_new (const char *name, TouReaderState state)
{
    TouReader *self = g_new0 (TouReader, 1);

    self->name = g_strdup (name);
    self->state = state;
    return self;
}

void
tou_reader_free (TouReader *self)
{
    if (self == NULL)
        return;
    g_free (self->name);
    g_free (self);
}

gboolean
tou_reader_state_outweighs (TouReaderState state, TouReaderState other)
{
    static const guint8 weights[] = {
        [TOU_READER_EMPTY] = 0, [TOU_READER_UNRECOGNISED] = 1, [TOU_READER_BUSY] = 2, [TOU_READER_CARD] = 3
    };

    return weights[state] > weights[other];
}

TouModuleReport *
tou_module_report_new (const char *path, TouModuleState state, const char *detail)
{
    TouModuleReport *self = g_new0 (TouModuleReport, 1);

    self->path = g_strdup (path);
    self->state = state;
    self->detail = g_strdup (detail);
    return self;
}

void
tou_module_report_free (TouModuleReport *self)
{
    g_free (self->path);
    g_free (self->detail);
    g_free (self);
}

static void
clear_inventory (gpointer data)
{
    TouCardInventory *self = data;

    g_clear_pointer (&self->readers, g_ptr_array_unref);
    g_clear_pointer (&self->tokens, g_ptr_array_unref);
    g_clear_pointer (&self->modules, g_ptr_array_unref);
}

TouCardInventory *
tou_card_inventory_new (void)
{
    TouCardInventory *self = g_atomic_rc_box_new0 (TouCardInventory);

    self->readers = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_reader_free);
    self->tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_card_token_unref);
    self->modules = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_module_report_free);
    return self;
}

const TouReader *
tou_card_inventory_find_reader (const TouCardInventory *self, TouReaderState state)
{
    for (guint i = 0; i < self->readers->len; i++) {
        const TouReader *reader = g_ptr_array_index (self->readers, i);

        if (reader->state == state)
            return reader;
    }
    return NULL;
}

TouCardInventory *
tou_card_inventory_ref (TouCardInventory *self)
{
    return g_atomic_rc_box_acquire (self);
}

void
tou_card_inventory_unref (TouCardInventory *self)
{
    g_atomic_rc_box_release_full (self, clear_inventory);
}
