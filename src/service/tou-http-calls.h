/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-http-call.h"
#include "tou-service-profile.h"

G_BEGIN_DECLS

/*
 * The calls of the contract (docs/service-api.yaml), one function each: method, path, body, and how the
 * answer is read. What belongs to the session, the token, is put in by whoever makes the call. Any thread.
 * Returns: (transfer full)
 */

TouHttpCall *tou_http_calls_get_info (TouServiceProfile *profile) G_GNUC_WARN_UNUSED_RESULT;

/** tou_http_calls_sign_in: Errors: TOU_SERVICE_ERROR_FAILED: user id and password together are too long. */
TouHttpCall *tou_http_calls_sign_in (TouServiceProfile *profile, const char *user_id, TouSecret *password,
                                     TouCategory category, GError **error) G_GNUC_WARN_UNUSED_RESULT;
TouHttpCall *
tou_http_calls_change_category (TouServiceProfile *profile, TouCategory category) G_GNUC_WARN_UNUSED_RESULT;
TouHttpCall *tou_http_calls_sign_out (TouServiceProfile *profile) G_GNUC_WARN_UNUSED_RESULT;
TouHttpCall *tou_http_calls_get_registration (TouServiceProfile *profile) G_GNUC_WARN_UNUSED_RESULT;
TouHttpCall *
tou_http_calls_list_applications (TouServiceProfile *profile, guint limit) G_GNUC_WARN_UNUSED_RESULT;
TouHttpCall *tou_http_calls_get_nonce (TouServiceProfile *profile) G_GNUC_WARN_UNUSED_RESULT;

/** tou_http_calls_submit: PUT for a contact change, POST for all else. */
TouHttpCall *tou_http_calls_submit (TouServiceProfile *profile, TouOperation operation,
                                    const char *submission_id, GBytes *cms) G_GNUC_WARN_UNUSED_RESULT;
TouHttpCall *tou_http_calls_get_submission (TouServiceProfile *profile,
                                            const char *submission_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
