/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-registration-service.h"

/* One of every thing that goes over the wire, for the tests of the layer. All (transfer full). */

#define MESSAGE_UUID "0b54ad5e-4f27-4d7a-9e52-0c5a3f6f2a11"
#define MESSAGE_SHA256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define MESSAGE_AUDIENCE "https://practice.touroku.example/"
/* 2026-11-23T09:30:00Z */
#define MESSAGE_NOON_US (G_GINT64_CONSTANT (1795426200) * G_USEC_PER_SEC)

TouCompany *message_make_company (void);
TouContact *message_make_contact (void);
TouRequest *message_make_request (TouOperation operation);
TouAuthorization *message_make_authorization (void);
TouApplication *message_make_application (TouReviewState state, const char *reason);
TouServiceInfo *message_make_service_info (void);
TouRegistration *message_make_registration (void);
TouReceipt *message_make_receipt (void);
TouSession *message_make_session (void);
