/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-clock.h"
#include "tou-registration-service.h"
#include "tou-service-profile.h"

G_BEGIN_DECLS

/** TouSessionState: where the work with one agency stands. */
typedef enum {
    TOU_SESSION_STATE_IDLE,       /* nothing known of the service yet */
    TOU_SESSION_STATE_CONNECTING, /* asking for its time */
    TOU_SESSION_STATE_CONNECTED,  /* its date and time are known: the process menu takes input */
    TOU_SESSION_STATE_SIGNING_IN,
    TOU_SESSION_STATE_SIGNED_IN,
    TOU_SESSION_STATE_SIGNING_OUT,
} TouSessionState;

/**
 * TouSessionFlow:
 *
 * The use case that frames all others: choose the category, learn the service's time, sign in, sign out
 * (manual 2.1). Main thread, no GTK. "notify::state" tells each change. Errors of the _finish functions:
 * TOU_SERVICE_ERROR, TOU_FLOW_ERROR, G_IO_ERROR_CANCELLED; after one the state is what it was before the
 * call.
 */
#define TOU_TYPE_SESSION_FLOW (tou_session_flow_get_type ())
G_DECLARE_FINAL_TYPE (TouSessionFlow, tou_session_flow, TOU, SESSION_FLOW, GObject)

/** tou_session_flow_new: all are referenced. @clock is set from the service's answers. */
TouSessionFlow *
tou_session_flow_new (TouServiceProfile *profile, TouRegistrationService *service, TouClock *clock);

TouSessionState tou_session_flow_get_state (TouSessionFlow *self);
TouServiceProfile *tou_session_flow_get_profile (TouSessionFlow *self);
TouClock *tou_session_flow_get_clock (TouSessionFlow *self);
TouRegistrationService *tou_session_flow_get_service (TouSessionFlow *self);

/** tou_session_flow_set_category: the category to sign in for; an open session for another one is given up.
 */
void tou_session_flow_set_category (TouSessionFlow *self, TouCategory category);
TouCategory tou_session_flow_get_category (TouSessionFlow *self);

/** tou_session_flow_get_info: Returns: (transfer none) (nullable): what the service said of itself. */
const TouServiceInfo *tou_session_flow_get_info (TouSessionFlow *self);
/** tou_session_flow_get_session: Returns: (transfer none) (nullable): the open session. */
const TouSession *tou_session_flow_get_session (TouSessionFlow *self);
/** tou_session_flow_get_user_id: Returns: (transfer none) (nullable): who signed in last; kept for the next
 * time. */
const char *tou_session_flow_get_user_id (TouSessionFlow *self);

/** tou_session_flow_get_seconds_left: Returns: seconds until the session ends, 0 when it is over or none is
 * open. */
guint tou_session_flow_get_seconds_left (TouSessionFlow *self);

/** tou_session_flow_is_session_over: Returns: whether @error, of any flow, says that the session is over
 * (30003, 30004). The work goes on where it stands once the same user has signed in again. */
gboolean tou_session_flow_is_session_over (const GError *error);

void tou_session_flow_connect_async (TouSessionFlow *self, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
gboolean tou_session_flow_connect_finish (TouSessionFlow *self, GAsyncResult *result,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_session_flow_sign_in_async: @user_id and @password must hold to their field rules
 * (TOU_FLOW_ERROR_FORM). */
void
tou_session_flow_sign_in_async (TouSessionFlow *self, const char *user_id, TouSecret *password,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean tou_session_flow_sign_in_finish (TouSessionFlow *self, GAsyncResult *result,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_session_flow_change_category_async: from SIGNED_IN: the same user goes on with @category, without
 * signing in again; SIGNING_IN meanwhile. After an error the session is for the category before, or over
 * (30003, 30004). */
void
tou_session_flow_change_category_async (TouSessionFlow *self, TouCategory category, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
gboolean tou_session_flow_change_category_finish (TouSessionFlow *self, GAsyncResult *result,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_session_flow_sign_out_async: whatever the service answers, the session is over afterwards. */
void tou_session_flow_sign_out_async (TouSessionFlow *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean tou_session_flow_sign_out_finish (TouSessionFlow *self, GAsyncResult *result,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_session_flow_get_registration_async: what the service holds of the company in this category. */
void tou_session_flow_get_registration_async (TouSessionFlow *self, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer user_data);
/** tou_session_flow_get_registration_finish: Errors: also TOU_SERVICE_ERROR_NOT_FOUND: nothing is registered.
 * Returns: (transfer full) (nullable) */
TouRegistration *tou_session_flow_get_registration_finish (TouSessionFlow *self, GAsyncResult *result,
                                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
