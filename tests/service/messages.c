/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "messages.h"

TouCompany *
message_make_company (void)
{
    TouCompany *company = tou_company_new ();

    tou_set_text (&company->vendor_number, "0012345");
    tou_set_text (&company->name, "株式会社\"練習\"建設\\𠮷");
    tou_set_text (&company->address, "東京都杉並区高井戸西3-5-24");
    tou_set_text (&company->phone, "03-0000-0001");
    return company;
}

TouContact *
message_make_contact (void)
{
    TouContact *contact = tou_contact_new ();

    tou_set_text (&contact->name, "営業部");
    tou_set_text (&contact->postal_code, "168-8505");
    tou_set_text (&contact->address, "東京都杉並区");
    tou_set_text (&contact->person, "山田　太郎");
    tou_set_text (&contact->phone, "03-0000-0002");
    tou_set_text (&contact->fax, "03-0000-0000");
    return contact;
}

TouRequest *
message_make_request (TouOperation operation)
{
    TouRequest *request = tou_request_new ();

    request->operation = operation;
    request->category = TOU_CATEGORY_GOODS;
    tou_set_text (&request->audience, MESSAGE_AUDIENCE);
    tou_set_text (&request->submission_id, MESSAGE_UUID);
    tou_set_text (&request->nonce, "nonce-1");
    request->time_us = MESSAGE_NOON_US;
    tou_set_text (&request->certificate_sha256, MESSAGE_SHA256);
    request->company = message_make_company ();
    if (operation == TOU_OPERATION_CARD_RENEWAL)
        request->authorization = g_bytes_new_static ("\x30\x03\x00\xff", 4);
    else
        request->contact = message_make_contact ();
    return request;
}

TouAuthorization *
message_make_authorization (void)
{
    TouAuthorization *authorization = tou_authorization_new ();

    tou_set_text (&authorization->audience, MESSAGE_AUDIENCE);
    authorization->category = TOU_CATEGORY_GOODS;
    tou_set_text (&authorization->nonce, "nonce-2");
    authorization->time_us = MESSAGE_NOON_US;
    tou_set_text (&authorization->company_number, "0012345");
    tou_set_text (&authorization->certificate_sha256, MESSAGE_SHA256);
    authorization->expires_us = MESSAGE_NOON_US + TOU_AUTHORIZATION_MAX_US;
    return authorization;
}

TouApplication *
message_make_application (TouReviewState state, const char *reason)
{
    TouApplication *application = tou_application_new ();

    tou_set_text (&application->submission_id, MESSAGE_UUID);
    tou_set_text (&application->reception_number, "R-1");
    application->operation = TOU_OPERATION_CONTACT_CHANGE;
    application->submitted_at_us = MESSAGE_NOON_US;
    application->state = state;
    tou_set_text (&application->reason, reason);
    return application;
}

TouServiceInfo *
message_make_service_info (void)
{
    TouServiceInfo *info = tou_service_info_new ();

    tou_set_text (&info->name_ja, "練習");
    tou_set_text (&info->name_en, "Practice");
    info->time_us = MESSAGE_NOON_US;
    info->has_category[TOU_CATEGORY_GOODS] = TRUE;
    info->digest_algorithms = g_strsplit ("sha256,sha384", ",", -1);
    info->signature_algorithms = g_strsplit ("rsa-pkcs1-v1_5", ",", -1);
    tou_set_text (&info->help_desk_name_ja, "ヘルプデスク");
    tou_set_text (&info->help_desk_phone, "03-0000-0009");
    tou_set_text (&info->help_desk_hours_ja, "9時から17時");
    tou_set_text (&info->bidding_url, "https://bidding.example/");
    info->session_seconds = 600;
    info->request_bytes = 65536;
    return info;
}

TouRegistration *
message_make_registration (void)
{
    TouRegistration *registration = tou_registration_new ();

    registration->company = message_make_company ();
    registration->registered_company = message_make_company ();
    tou_set_text (&registration->registered_company->address, "東京都三鷹市下連雀");
    registration->contact = message_make_contact ();
    tou_set_text (&registration->card_sha256, MESSAGE_SHA256);
    tou_set_text (&registration->card_serial, "1A2B");
    tou_set_text (&registration->card_issuer, "CN=練習CA");
    registration->card_not_after_us = MESSAGE_NOON_US;
    return registration;
}

TouReceipt *
message_make_receipt (void)
{
    TouReceipt *receipt = tou_receipt_new ();

    tou_set_text (&receipt->submission_id, MESSAGE_UUID);
    tou_set_text (&receipt->request_sha256, MESSAGE_SHA256);
    tou_set_text (&receipt->reception_number, "R-2026-000001");
    receipt->accepted_at_us = MESSAGE_NOON_US;
    receipt->cms = g_bytes_new_static ("\x30\x82", 2);
    return receipt;
}

TouSession *
message_make_session (void)
{
    TouSession *session = tou_session_new ();

    session->expires_at_us = MESSAGE_NOON_US;
    session->company = message_make_company ();
    session->has_registration = TRUE;
    return session;
}
