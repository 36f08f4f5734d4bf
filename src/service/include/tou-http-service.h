/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-clock.h"
#include "tou-registration-service.h"
#include "tou-timeline.h"

G_BEGIN_DECLS

/**
 * TouHttpService:
 *
 * A #TouRegistrationService over HTTPS (docs/service-api.yaml). One thread owns one curl handle and with it
 * one connection, which is used again from call to call; calls are made one after the other, in the order in
 * which they were asked for. TLS 1.2 or newer, trusted as the profile says and in no other way; no redirects,
 * no cookies; the system's proxy settings hold, except for a service on this machine.
 *
 * Errors beyond those of the interface: a call that is cut off after it was sent is CONNECTION_LOST only
 * where that matters, for the two signed calls; other calls are UNREACHABLE then, and may simply be made
 * again. After BAD_ANSWER, ANSWER_TOO_LARGE, TIMED_OUT and FAILED a signed call may have arrived as well.
 *
 * curl sends a request once more by itself, whatever its method, when a connection that was used before is
 * closed before a byte of the answer: mostly it was dead, but the service may have acted on the first copy.
 * What keeps a signed call from applying twice is its Idempotency-Key alone (the answer then says that it is
 * a repeat). A sign-in has none: at worst a session stays behind that ends by itself, and a wrong password
 * counts twice.
 *
 * The session token and the password are in a #TouSecret, and the memory that curl takes is wiped when curl
 * gives it back. Main thread.
 */
#define TOU_TYPE_HTTP_SERVICE (tou_http_service_get_type ())
G_DECLARE_FINAL_TYPE (TouHttpService, tou_http_service, TOU, HTTP_SERVICE, GObject)

/** tou_http_service_new: @timeline: (nullable). Nothing is sent and curl is not started before the first
 * call. */
TouHttpService *tou_http_service_new (TouServiceProfile *profile, TouClock *clock,
                                      TouTimeline *timeline) G_GNUC_WARN_UNUSED_RESULT;

/** tou_http_service_set_timeouts: for tests: how long a call may take, in milliseconds, to connect and
 * altogether; 10000 and 30000 where nothing is set. Holds from the next call on. */
void tou_http_service_set_timeouts (TouHttpService *self, guint connect_ms, guint total_ms);

/** tou_http_service_get_n_connections: Returns: how many connections, each with a TLS handshake, were made so
 * far. */
guint tou_http_service_get_n_connections (TouHttpService *self);

G_END_DECLS
