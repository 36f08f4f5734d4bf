/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-domain.h"
#include "tou-secret.h"
#include "tou-service-profile.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** TouServiceError: why a call to the registration service failed, named by meaning. */
#define TOU_SERVICE_ERROR (tou_service_error_quark ())
GQuark tou_service_error_quark (void);
typedef enum {
    TOU_SERVICE_ERROR_NAME_NOT_FOUND,   /* 00005: DNS */
    TOU_SERVICE_ERROR_UNREACHABLE,      /* 00005: connection refused, no route */
    TOU_SERVICE_ERROR_TIMED_OUT,        /* 00005 */
    TOU_SERVICE_ERROR_UNTRUSTED,        /* 19999: TLS certificate not trusted, wrong name, expired; final */
    TOU_SERVICE_ERROR_TLS,              /* 19999: no common protocol, broken handshake */
    TOU_SERVICE_ERROR_CONNECTION_LOST,  /* sent, but no answer came: it may have arrived */
    TOU_SERVICE_ERROR_BAD_ANSWER,       /* 10048: no JSON, members missing or of wrong type */
    TOU_SERVICE_ERROR_ANSWER_TOO_LARGE, /* 10048 */
    TOU_SERVICE_ERROR_PROBLEM,          /* the service refused: code, status and type in TouServiceProblem */
    TOU_SERVICE_ERROR_NOT_FOUND, /* 404 where the contract allows it: nothing registered, no such submission
                                  */
    TOU_SERVICE_ERROR_NOT_SIGNED_IN, /* 30004: a call that needs a session was made without one */
    TOU_SERVICE_ERROR_SESSION_LOST,  /* 30004: it may have been replaced unheard, and was given up */
    /* From here to MISSING: by the HTTP status alone; the answer is in no words of the contract, as no answer
     * to a HEAD can be, or is not the service's own. It may have arrived. */
    TOU_SERVICE_ERROR_SESSION_OVER,  /* 30003: 401 to a call with a token */
    TOU_SERVICE_ERROR_UNAVAILABLE,   /* 49999: 503, 429 */
    TOU_SERVICE_ERROR_GATEWAY,       /* 49999: 502, 504 */
    TOU_SERVICE_ERROR_SERVER_FAILED, /* 49999: any other 5xx */
    TOU_SERVICE_ERROR_FORBIDDEN,     /* 40003: 403, 401 to a call without a token */
    TOU_SERVICE_ERROR_REDIRECTED,    /* 10048: 3xx */
    TOU_SERVICE_ERROR_MISSING,       /* 00005: 404, 410 */
    TOU_SERVICE_ERROR_BAD_RECEIPT,   /* 19999: accepted, but the receipt does not check */
    TOU_SERVICE_ERROR_FAILED,        /* 19999 */
} TouServiceError;
#define TOU_N_SERVICE_ERRORS (TOU_SERVICE_ERROR_FAILED + 1)

/** tou_service_error_get_code: @error: in the TOU_SERVICE_ERROR domain (an extended domain).
 * Returns: (transfer none) (nullable): the manual's five digits out of a problem document, checked to be
 * digits. */
const char *tou_service_error_get_code (const GError *error);
/** tou_service_error_get_status: Returns: the HTTP status, 0 when there was no answer. */
guint tou_service_error_get_status (const GError *error);
/** tou_service_error_get_type_uri: Returns: (transfer none) (nullable): RFC 9457 "type". */
const char *tou_service_error_get_type_uri (const GError *error);
/** tou_service_error_get_detail: Returns: (transfer none) (nullable): what the service said, or the start of
 * the raw answer; for the details of the error window only. */
const char *tou_service_error_get_detail (const GError *error);
/** tou_service_error_set_problem: @code, @type_uri, @detail are copied; each may be %NULL. */
void tou_service_error_set_problem (GError *error, guint status, const char *code, const char *type_uri,
                                    const char *detail);

/** TouServiceInfo: what GET /v1/service says. */
typedef struct {
    char *name_ja;
    char *name_en;
    gint64 time_us;
    gboolean has_category[TOU_N_CATEGORIES];
    GStrv digest_algorithms;    /* "sha256" … */
    GStrv signature_algorithms; /* "rsa-pkcs1-v1_5" … */
    char *help_desk_name_ja;
    char *help_desk_name_en;
    char *help_desk_phone;
    char *help_desk_hours_ja;
    char *help_desk_hours_en;
    char *bidding_url;
    guint session_seconds;
    guint request_bytes;
} TouServiceInfo;

TouServiceInfo *tou_service_info_new (void);
void tou_service_info_free (TouServiceInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouServiceInfo, tou_service_info_free)

/** TouSession: a session at the service; the token stays inside the client. */
typedef struct {
    gint64 expires_at_us; /* service clock; moves on with every answered call */
    TouCompany *company;
    gboolean has_registration; /* the company has an approved registration in this category */
} TouSession;

TouSession *tou_session_new (void);
void tou_session_free (TouSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouSession, tou_session_free)

/**
 * TouRegistrationService:
 *
 * The registration service as flows see it (docs/service-api.yaml). All errors are TOU_SERVICE_ERROR, or
 * G_IO_ERROR_CANCELLED. Main thread; nothing here waits. One service at a time, that of the profile it was
 * made for.
 */
#define TOU_TYPE_REGISTRATION_SERVICE (tou_registration_service_get_type ())
G_DECLARE_INTERFACE (TouRegistrationService, tou_registration_service, TOU, REGISTRATION_SERVICE, GObject)

struct _TouRegistrationServiceInterface {
    GTypeInterface parent;

    void (*get_info_async) (TouRegistrationService *self, GCancellable *c, GAsyncReadyCallback cb,
                            gpointer data);
    TouServiceInfo *(*get_info_finish) (TouRegistrationService *self, GAsyncResult *result, GError **error);
    void (*sign_in_async) (TouRegistrationService *self, const char *user_id, TouSecret *password,
                           TouCategory category, GCancellable *c, GAsyncReadyCallback cb, gpointer data);
    TouSession *(*sign_in_finish) (TouRegistrationService *self, GAsyncResult *result, GError **error);
    void (*change_category_async) (TouRegistrationService *self, TouCategory category, GCancellable *c,
                                   GAsyncReadyCallback cb, gpointer data);
    TouSession *(*change_category_finish) (TouRegistrationService *self, GAsyncResult *result,
                                           GError **error);
    void (*sign_out_async) (TouRegistrationService *self, GCancellable *c, GAsyncReadyCallback cb,
                            gpointer data);
    gboolean (*sign_out_finish) (TouRegistrationService *self, GAsyncResult *result, GError **error);
    gint64 (*get_session_end_us) (TouRegistrationService *self);
    void (*get_registration_async) (TouRegistrationService *self, GCancellable *c, GAsyncReadyCallback cb,
                                    gpointer data);
    TouRegistration *(*get_registration_finish) (TouRegistrationService *self, GAsyncResult *result,
                                                 GError **error);
    void (*list_applications_async) (TouRegistrationService *self, guint limit, GCancellable *c,
                                     GAsyncReadyCallback cb, gpointer data);
    GPtrArray *(*list_applications_finish) (TouRegistrationService *self, GAsyncResult *result,
                                            GError **error);
    void (*get_nonce_async) (TouRegistrationService *self, GCancellable *c, GAsyncReadyCallback cb,
                             gpointer data);
    char *(*get_nonce_finish) (TouRegistrationService *self, GAsyncResult *result, GError **error);
    GBytes *(*compose) (TouRegistrationService *self, const TouRequest *request);
    GBytes *(*compose_authorization) (TouRegistrationService *self, const TouAuthorization *authorization);
    void (*submit_async) (TouRegistrationService *self, TouOperation operation, const char *submission_id,
                          GBytes *cms, GCancellable *c, GAsyncReadyCallback cb, gpointer data);
    TouReceipt *(*submit_finish) (TouRegistrationService *self, GAsyncResult *result, GError **error);
    void (*get_submission_async) (TouRegistrationService *self, const char *submission_id, GCancellable *c,
                                  GAsyncReadyCallback cb, gpointer data);
    TouReceipt *(*get_submission_finish) (TouRegistrationService *self, GAsyncResult *result, GError **error);
};

/** tou_registration_service_get_info_async: GET /v1/service; needs no session. */
void tou_registration_service_get_info_async (TouRegistrationService *self, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer user_data);
TouServiceInfo *tou_registration_service_get_info_finish (TouRegistrationService *self, GAsyncResult *result,
                                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_registration_service_sign_in_async: POST /v1/sessions. @password is not kept longer than the call.
 * Replaces a session that is open. Errors besides transport: PROBLEM with code 30002 for a wrong ID or
 * password. */
void
tou_registration_service_sign_in_async (TouRegistrationService *self, const char *user_id,
                                        TouSecret *password, TouCategory category, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
TouSession *tou_registration_service_sign_in_finish (TouRegistrationService *self, GAsyncResult *result,
                                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_registration_service_change_category_async: POST /v1/sessions/current/category: the same user's
 * session for @category takes the place of the open one, without the password. After a refusal but 30003 and
 * 30004, and where nothing was sent, the open one is what it was. Errors: SESSION_LOST when it was sent and
 * no answer tells what the service did, also when it was cancelled then: no session is open. */
void tou_registration_service_change_category_async (TouRegistrationService *self, TouCategory category,
                                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                                     gpointer user_data);
TouSession *
tou_registration_service_change_category_finish (TouRegistrationService *self, GAsyncResult *result,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_registration_service_sign_out_async: DELETE /v1/sessions/current; the token is wiped whatever the
 * answer. */
void tou_registration_service_sign_out_async (TouRegistrationService *self, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer user_data);
gboolean tou_registration_service_sign_out_finish (TouRegistrationService *self, GAsyncResult *result,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_registration_service_get_session_end_us: Returns: when the session ends by the service's clock if
 * nothing more is asked of it; 0 without a session. */
gint64 tou_registration_service_get_session_end_us (TouRegistrationService *self);

/** tou_registration_service_get_registration_async: GET /v1/registration. Errors: NOT_FOUND: nothing
 * registered. */
void tou_registration_service_get_registration_async (TouRegistrationService *self, GCancellable *cancellable,
                                                      GAsyncReadyCallback callback, gpointer user_data);
TouRegistration *
tou_registration_service_get_registration_finish (TouRegistrationService *self, GAsyncResult *result,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_registration_service_list_applications_async: GET /v1/applications, newest first, at most @limit. */
void tou_registration_service_list_applications_async (TouRegistrationService *self, guint limit,
                                                       GCancellable *cancellable,
                                                       GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (element-type TouApplication) */
GPtrArray *
tou_registration_service_list_applications_finish (TouRegistrationService *self, GAsyncResult *result,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_registration_service_get_nonce_async: a nonce that no request has used: the one kept from the last
 * answer, or HEAD /v1/nonce. Each is handed out once. */
void tou_registration_service_get_nonce_async (TouRegistrationService *self, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
char *tou_registration_service_get_nonce_finish (TouRegistrationService *self, GAsyncResult *result,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_registration_service_compose: Returns: (transfer full): @request as the JSON that is to be signed
 * (docs/signed-request.md). No I/O. */
GBytes *tou_registration_service_compose (TouRegistrationService *self,
                                          const TouRequest *request) G_GNUC_WARN_UNUSED_RESULT;

/** tou_registration_service_compose_authorization: Returns: (transfer full): @authorization as the JSON that
 * the current card is to sign; the CMS over it becomes TouRequest.authorization of the renewal. No I/O. */
GBytes *tou_registration_service_compose_authorization (TouRegistrationService *self,
                                                        const TouAuthorization *authorization);

/** tou_registration_service_submit_async: sends @cms as it is: POST /v1/applications, or PUT
 * /v1/registration/contact for a contact change, with @submission_id as Idempotency-Key. The same
 * @submission_id with the same bytes may be sent again. Errors: CONNECTION_LOST when it may have arrived. The
 * receipt's own signature is not checked here. */
void tou_registration_service_submit_async (TouRegistrationService *self, TouOperation operation,
                                            const char *submission_id, GBytes *cms, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
TouReceipt *tou_registration_service_submit_finish (TouRegistrationService *self, GAsyncResult *result,
                                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_registration_service_get_submission_async: GET /v1/submissions/{id}. Errors: NOT_FOUND: it never
 * arrived. */
void tou_registration_service_get_submission_async (TouRegistrationService *self, const char *submission_id,
                                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                                    gpointer user_data);
TouReceipt *
tou_registration_service_get_submission_finish (TouRegistrationService *self, GAsyncResult *result,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
