/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-signed-file.h"

TouSignedFile *
tou_signed_file_new (void)
{
    return g_new0 (TouSignedFile, 1);
}

void
tou_signed_file_free (TouSignedFile *self)
{
    if (self == NULL)
        return;
    g_free (self->sha256);
    g_free (self->digest);
    g_free (self->signature);
    g_free (self->audience);
    g_free (self->submission_id);
    g_clear_pointer (&self->signer, tou_card_certificate_unref);
    g_clear_pointer (&self->request, tou_request_free);
    g_clear_pointer (&self->receipt, tou_receipt_free);
    g_free (self);
}
