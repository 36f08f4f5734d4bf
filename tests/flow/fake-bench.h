/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-cards.h"
#include "fake-proofs.h"
#include "fake-service.h"
#include "fake-store.h"
#include "tou-card-renewal-flow.h"
#include "tou-outbox-flow.h"
#include "tou-register-flow.h"
#include "tou-review-flow.h"
#include "tou-session-flow.h"

G_BEGIN_DECLS

#define FAKE_INTERVAL_MS 1

/** FakeBench: all fakes of one test with one script, and the flows on top of them. */
typedef struct {
    FakeScript *script;
    FakeCards *cards;
    FakeService *service;
    FakeStore *store;
    FakeProofs *proofs;
    TouClock *clock; /* stands at FAKE_NOW_US */
    TouSessionFlow *session;
    TouRequestFlow *flow;    /* the registration */
    TouRequestFlow *change;  /* the contact change */
    TouRequestFlow *renewal; /* the card renewal */
    TouReviewFlow *review;   /* asks again after FAKE_INTERVAL_MS */
    TouOutboxFlow *outbox;
} FakeBench;

FakeBench *fake_bench_new (void);

/** fake_bench_make_outbox: a new one, in place of one that is gone. */
void fake_bench_make_outbox (FakeBench *self);

/** fake_bench_free: ends the main loop's work and fails when anything but the bench still holds a part of it.
 */
void fake_bench_free (FakeBench *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeBench, fake_bench_free)

/** fake_bench_sign_in: connects and signs in; must succeed. */
void fake_bench_sign_in (FakeBench *self);

/** fake_bench_unlock: begins and unlocks the first card with @pin. */
gboolean fake_bench_unlock (FakeBench *self, const char *pin, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** fake_bench_go_to_confirming: signs in, unlocks, fills the form, confirms; the log is empty afterwards. */
void fake_bench_go_to_confirming (FakeBench *self);

/** fake_bench_submit: Returns: (transfer full) (nullable) */
TouReceipt *fake_bench_submit (FakeBench *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** fake_bench_register: the fake card's holder is registered with fake_contact_new(). Returns: (transfer
 * none): what the service holds; to be changed before it is asked for. */
TouRegistration *fake_bench_register (FakeBench *self);

/** fake_contact_new: one that holds to all rules. */
TouContact *fake_contact_new (void);

G_END_DECLS
