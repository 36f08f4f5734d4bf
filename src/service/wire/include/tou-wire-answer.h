/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-registration-service.h"
#include "tou-wire.h"

G_BEGIN_DECLS

/* What is sent and answered unsigned: docs/service-api.yaml, components/schemas. Every _read_ fails with
 * TOU_WIRE_ERROR and then returns %NULL or %FALSE; every _write_ returns (transfer full). */

/** ServiceInfo, the answer of GET /v1/service. @audience: the URL by which the service names itself. */
GBytes *
tou_wire_write_service_info (const TouServiceInfo *info, const char *audience) G_GNUC_WARN_UNUSED_RESULT;
/** Categories that this version does not know are left out. @out_audience: (out) (transfer full) (optional)
 */
TouServiceInfo *
tou_wire_read_service_info (GBytes *json, char **out_audience, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** SignIn, the body of POST /v1/sessions. The password goes from one secret to the other and through nothing
 * else. Errors: INVALID: together over TOU_SECRET_MAX bytes. Returns: (transfer full) (nullable): the JSON */
TouSecret *tou_wire_write_sign_in (const char *user_id, const TouSecret *password, TouCategory category,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** The caller still has to wipe @json. Out parameters are (transfer full). */
gboolean tou_wire_read_sign_in (GBytes *json, char **out_user_id, TouSecret **out_password,
                                TouCategory *out_category, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** OtherCategory, the body of POST /v1/sessions/current/category. */
GBytes *tou_wire_write_other_category (TouCategory category) G_GNUC_WARN_UNUSED_RESULT;
gboolean tou_wire_read_other_category (GBytes *json, TouCategory *out_category,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Session, the answer of POST /v1/sessions and of POST /v1/sessions/current/category. The caller has to wipe
 * the bytes. */
GBytes *tou_wire_write_session (const TouSession *session, const char *token) G_GNUC_WARN_UNUSED_RESULT;
/** The token (at most TOU_SECRET_MAX bytes of letters, digits and "-._~+/=", RFC 6750 section 2.1) goes into
 * a secret and through nothing else; the caller still has to wipe @json. @out_token: (out) (transfer full) */
TouSession *
tou_wire_read_session (GBytes *json, TouSecret **out_token, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Registration, the answer of GET /v1/registration. */
GBytes *tou_wire_write_registration (const TouRegistration *registration) G_GNUC_WARN_UNUSED_RESULT;
TouRegistration *tou_wire_read_registration (GBytes *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Applications, the answer of GET /v1/applications. @applications: (element-type TouApplication), newest
 * first */
GBytes *tou_wire_write_applications (const GPtrArray *applications) G_GNUC_WARN_UNUSED_RESULT;
/** A state that this version does not know is TOU_REVIEW_STATE_UNKNOWN. */
GPtrArray *tou_wire_read_applications (GBytes *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Accepted, the answer to a signed call and of GET /v1/submissions/{id}. Needs submission_id,
 * reception_number, accepted_at_us and cms; request_sha256 and was_repeat are not in it. */
GBytes *tou_wire_write_accepted (const TouReceipt *receipt) G_GNUC_WARN_UNUSED_RESULT;
TouReceipt *tou_wire_read_accepted (GBytes *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
