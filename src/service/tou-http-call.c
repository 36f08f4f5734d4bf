/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-service"

#include "tou-http-call.h"

TouHttpCall *
tou_http_call_new (const char *name, const char *method, const char *base_url, const char *path)
{
    TouHttpCall *self = g_new0 (TouHttpCall, 1);

    self->name = name;
    self->method = method;
    self->url = g_strconcat (base_url, path, NULL);
    return self;
}

void
tou_http_call_free (TouHttpCall *self)
{
    g_free (self->url);
    g_clear_pointer (&self->body, g_bytes_unref);
    g_clear_pointer (&self->secret_body, tou_secret_unref);
    g_clear_pointer (&self->token, tou_secret_unref);
    g_free (self->submission_id);
    g_free (self->audience);
    g_free (self->answer_type);
    g_clear_pointer (&self->answer, g_bytes_unref);
    g_free (self->nonce);
    g_clear_pointer (&self->new_token, tou_secret_unref);
    if (self->result != NULL)
        self->free_result (self->result);
    g_free (self);
}
