/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "job-calls.h"

#include "async-wait.h"

TouCardInventory *
job_list_cards (TouCardAccess *cards, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_card_access_list_async (cards, NULL, async_wait_store, &result);
    async_wait (&result);
    return tou_card_access_list_finish (cards, result, error);
}

GPtrArray *
job_unlock_token (Job *self, TouCardToken *token, GError **error)
{
    g_autoptr (TouSecret) pin = tou_secret_new_from_text (TOU_PRACTICE_PIN);
    g_autoptr (GAsyncResult) result = NULL;

    tou_card_access_unlock_async (self->cards, token, pin, NULL, async_wait_store, &result);
    async_wait (&result);
    return tou_card_access_unlock_finish (self->cards, result, error);
}

GBytes *
job_sign (Job *self, GBytes *content, const char *sha256)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    GBytes *cms;

    tou_card_access_sign_async (self->cards, content, sha256, NULL, async_wait_store, &result);
    async_wait (&result);
    cms = tou_card_access_sign_finish (self->cards, result, &error);
    g_assert_no_error (error);
    return cms;
}

char *
job_get_nonce (Job *self)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    char *nonce;

    tou_registration_service_get_nonce_async (self->service, NULL, async_wait_store, &result);
    async_wait (&result);
    nonce = tou_registration_service_get_nonce_finish (self->service, result, &error);
    g_assert_no_error (error);
    return nonce;
}

TouReceipt *
job_hand_in (Job *self, const char *submission_id, GBytes *cms, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_submit_async (self->service, TOU_OPERATION_REGISTRATION, submission_id, cms,
                                           NULL, async_wait_store, &result);
    async_wait (&result);
    return tou_registration_service_submit_finish (self->service, result, error);
}

GPtrArray *
job_list_applications (Job *self, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_list_applications_async (self->service, 3, NULL, async_wait_store, &result);
    async_wait (&result);
    return tou_registration_service_list_applications_finish (self->service, result, error);
}
