/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-script.h"
#include "tou-registration-service.h"

G_BEGIN_DECLS

#define FAKE_USER "user1"
#define FAKE_PASSWORD "pass-word1"

/**
 * FakeService: a registration service in memory; it lives at FAKE_NOW_US. A composed request is one line of
 * words, a receipt the text "receipt|" hash "|" submission id "|" reception number.
 */
#define FAKE_TYPE_SERVICE (fake_service_get_type ())
G_DECLARE_FINAL_TYPE (FakeService, fake_service, FAKE, SERVICE, GObject)

FakeService *fake_service_new (FakeScript *script);

/** fake_service_lose_answer: the next submission's answer is lost; @arrives: after it was accepted. */
void fake_service_lose_answer (FakeService *self, gboolean arrives);

/** fake_service_set_spoils_receipts: whether receipts are for something else from now on. */
void fake_service_set_spoils_receipts (FakeService *self, gboolean spoils);

/** fake_service_get_sent: Returns: (transfer none) (element-type GBytes): all bytes submitted, in order. */
GPtrArray *fake_service_get_sent (FakeService *self);
/** fake_service_get_sent_ids: Returns: (transfer none) (element-type utf8): beside them. */
GPtrArray *fake_service_get_sent_ids (FakeService *self);
/** fake_service_accept: it has the application @id with the bytes @cms, sent at another time. */
void fake_service_accept (FakeService *self, const char *id, GBytes *cms);
/** fake_service_count_accepted: Returns: how many applications it has. */
guint fake_service_count_accepted (FakeService *self);

/** fake_service_set_registration: @registration: (transfer full) (nullable): what it holds of the company. */
void fake_service_set_registration (FakeService *self, TouRegistration *registration);
/** fake_service_add_application: @application: (transfer full): one line of the history. */
void fake_service_add_application (FakeService *self, TouApplication *application);

/** fake_service_set_state: what became of the application with @submission_id. */
void fake_service_set_state (FakeService *self, const char *submission_id, TouReviewState state);

/** fake_company_new: Returns: (transfer full): the company of that user. */
TouCompany *fake_company_new (const char *user_id);

/** fake_problem_new: Returns: (transfer full): the service's refusal. @type: the last word of the problem's
 * type. */
GError *fake_problem_new (guint status, const char *code, const char *type);

/** fake_session_over_new: Returns: (transfer full): what becomes of a call in a session that has ended; an
 * answer to HEAD has no body that could hold a code. @call: a word of the script. What the real service and
 * client make of it is compared in tests/app/test-fakes.c. */
GError *fake_session_over_new (const char *call);

/** fake_profile_new: Returns: (transfer full): a profile of the fake service. */
TouServiceProfile *fake_profile_new (gboolean has_receipt_file);

G_END_DECLS
