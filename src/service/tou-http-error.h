/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-http-call.h"

#include <curl/curl.h>

G_BEGIN_DECLS

/** tou_http_error_name: @code: not CURLE_OK. Returns: what it means, without looking at what was sent. */
TouServiceError tou_http_error_name (CURLcode code);

/** tou_http_error_from_curl: what the failed transfer of @call means. @text: what curl said, for support.
 * Never returns %NULL, nor is @code CURLE_OK. */
GError *
tou_http_error_from_curl (CURLcode code, const TouHttpCall *call, const char *text) G_GNUC_WARN_UNUSED_RESULT;

/** tou_http_error_read_answer: judges the answer of @call and reads it into its result. Errors:
 * TOU_SERVICE_ERROR. */
gboolean tou_http_error_read_answer (TouHttpCall *call, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_http_error_is_of_service: Returns: whether the service itself gave the answer that @error is about: in
 * words of the contract, or a 401 to a call with a token; any other may be from something on the way */
gboolean tou_http_error_is_of_service (const GError *error);

G_END_DECLS
