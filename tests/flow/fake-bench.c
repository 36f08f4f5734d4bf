/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fake-bench.h"

#include "tou-contact-change-flow.h"

void
fake_bench_make_outbox (FakeBench *self)
{
    self->outbox = tou_outbox_flow_new (self->session, TOU_RECORD_STORE (self->store),
                                        TOU_PROOF_CHECKER (self->proofs));
    tou_outbox_flow_follow (self->outbox, self->flow);
    tou_outbox_flow_follow (self->outbox, self->change);
    tou_outbox_flow_follow (self->outbox, self->renewal);
    tou_outbox_flow_follow_review (self->outbox, self->review);
}

FakeBench *
fake_bench_new (void)
{
    FakeBench *self = g_new0 (FakeBench, 1);
    g_autoptr (TouServiceProfile) profile = fake_profile_new (TRUE);

    self->script = fake_script_new ();
    self->cards = fake_cards_new (self->script);
    self->service = fake_service_new (self->script);
    self->store = fake_store_new (self->script);
    self->proofs = fake_proofs_new (self->script);
    self->clock = tou_clock_new_fixed (FAKE_NOW_US);
    self->session = tou_session_flow_new (profile, TOU_REGISTRATION_SERVICE (self->service), self->clock);
    self->flow = tou_register_flow_new (self->session, TOU_CARD_ACCESS (self->cards),
                                        TOU_RECORD_STORE (self->store), TOU_PROOF_CHECKER (self->proofs));
    self->change = tou_contact_change_flow_new (self->session, TOU_CARD_ACCESS (self->cards),
                                                TOU_RECORD_STORE (self->store),
                                                TOU_PROOF_CHECKER (self->proofs));
    self->renewal = tou_card_renewal_flow_new (self->session, TOU_CARD_ACCESS (self->cards),
                                               TOU_RECORD_STORE (self->store),
                                               TOU_PROOF_CHECKER (self->proofs));
    self->review = tou_review_flow_new (self->session, TOU_RECORD_STORE (self->store), FAKE_INTERVAL_MS);
    fake_bench_make_outbox (self);
    return self;
}

void
fake_bench_free (FakeBench *self)
{
    fake_turn_main_loop ();
    g_assert_finalize_object (self->outbox);
    g_assert_finalize_object (self->review);
    g_assert_finalize_object (self->change);
    g_assert_finalize_object (self->renewal);
    g_assert_finalize_object (self->flow);
    fake_turn_main_loop ();
    g_assert_finalize_object (self->session);
    g_assert_finalize_object (self->cards);
    g_assert_finalize_object (self->service);
    g_assert_finalize_object (self->store);
    g_assert_finalize_object (self->proofs);
    g_assert_finalize_object (self->clock);
    g_assert_finalize_object (self->script);
    g_free (self);
}

void
fake_bench_sign_in (FakeBench *self)
{
    g_autoptr (TouSecret) password = tou_secret_new_from_text (FAKE_PASSWORD);
    g_autoptr (GError) error = NULL;
    g_auto (FakeResult) connected = { NULL };
    g_auto (FakeResult) signed_in = { NULL };

    tou_session_flow_connect_async (self->session, NULL, fake_result_take, &connected);
    g_assert_true (tou_session_flow_connect_finish (self->session, fake_result_wait (&connected), &error));
    g_assert_no_error (error);
    tou_session_flow_sign_in_async (self->session, FAKE_USER, password, NULL, fake_result_take, &signed_in);
    g_assert_true (tou_session_flow_sign_in_finish (self->session, fake_result_wait (&signed_in), &error));
    g_assert_no_error (error);
}

static void
begin (FakeBench *self)
{
    if (tou_request_flow_get_state (self->flow) != TOU_REQUEST_STATE_CARD)
        tou_request_flow_begin (self->flow);
    fake_turn_main_loop ();
}

gboolean
fake_bench_unlock (FakeBench *self, const char *pin, GError **error)
{
    g_autoptr (TouSecret) secret = tou_secret_new_from_text (pin);
    g_auto (FakeResult) done = { NULL };

    begin (self);
    TouCardInventory *inventory = tou_unlock_step_get_inventory (
        tou_request_flow_get_unlock_step (self->flow));
    g_assert_nonnull (inventory);
    tou_unlock_step_unlock_async (tou_request_flow_get_unlock_step (self->flow),
                                  g_ptr_array_index (inventory->tokens, 0), secret, NULL, fake_result_take,
                                  &done);
    return tou_unlock_step_unlock_finish (tou_request_flow_get_unlock_step (self->flow),
                                          fake_result_wait (&done), error);
}

void
fake_bench_go_to_confirming (FakeBench *self)
{
    g_autoptr (TouContact) contact = fake_contact_new ();
    g_autoptr (GError) error = NULL;

    if (tou_session_flow_get_state (self->session) != TOU_SESSION_STATE_SIGNED_IN)
        fake_bench_sign_in (self);
    g_assert_true (fake_bench_unlock (self, FAKE_PIN, &error));
    g_assert_no_error (error);
    tou_request_flow_set_contact (self->flow, contact);
    g_assert_true (tou_request_flow_confirm (self->flow, NULL, &error));
    g_assert_no_error (error);
    fake_turn_main_loop ();
    fake_script_clear_log (self->script);
}

TouReceipt *
fake_bench_submit (FakeBench *self, GError **error)
{
    g_auto (FakeResult) done = { NULL };

    tou_request_flow_submit_async (self->flow, NULL, fake_result_take, &done);
    return tou_request_flow_submit_finish (self->flow, fake_result_wait (&done), error);
}

TouRegistration *
fake_bench_register (FakeBench *self)
{
    TouRegistration *registration = tou_registration_new ();
    g_autoptr (TouCardCertificate) certificate = fake_certificate_new ('a');

    registration->company = fake_company_new (FAKE_USER);
    registration->registered_company = fake_company_new (FAKE_USER);
    registration->contact = fake_contact_new ();
    registration->card_sha256 = g_strdup (certificate->sha256);
    registration->card_not_after_us = certificate->not_after_us;
    fake_service_set_registration (self->service, registration);
    return registration;
}

TouContact *
fake_contact_new (void)
{
    TouContact *contact = tou_contact_new ();

    contact->name = g_strdup ("総務部調達課");
    contact->postal_code = g_strdup ("168-8505");
    contact->address = g_strdup ("東京都杉並区高井戸西３－５－２４");
    contact->person = g_strdup ("練習　花子");
    contact->phone = g_strdup ("03-5344-1100");
    contact->fax = g_strdup ("03-0000-0000");
    return contact;
}
