/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-registration-service.h"

#include "tou-text-fields.h"

#include <stddef.h>
#include <string.h>

/** What an error of this domain carries besides domain, code and message. */
typedef struct {
    guint status;
    char *code;
    char *type_uri;
    char *detail;
} TouServiceErrorPrivate;

static const gsize problem_offsets[] = {
    offsetof (TouServiceErrorPrivate, code),
    offsetof (TouServiceErrorPrivate, type_uri),
    offsetof (TouServiceErrorPrivate, detail),
};
static const TouTextFields problem_texts = TOU_TEXT_FIELDS (problem_offsets);

static void
tou_service_error_private_init (TouServiceErrorPrivate *self)
{
    memset (self, 0, sizeof *self);
}

static void
tou_service_error_private_copy (const TouServiceErrorPrivate *from, TouServiceErrorPrivate *to)
{
    to->status = from->status;
    tou_text_fields_copy (&problem_texts, to, from);
}

static void
tou_service_error_private_clear (TouServiceErrorPrivate *self)
{
    tou_text_fields_clear (&problem_texts, self);
}

/* GLib's macro finds the private part by a byte pointer; g_error_domain_register() has aligned it. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wcast-align"
G_DEFINE_EXTENDED_ERROR (TouServiceError, tou_service_error)
#pragma GCC diagnostic pop

G_DEFINE_INTERFACE (TouRegistrationService, tou_registration_service, G_TYPE_OBJECT)

static void
tou_registration_service_default_init (TouRegistrationServiceInterface *iface)
{
    (void) iface;
}

static const TouServiceErrorPrivate *
get_problem (const GError *error)
{
    static const TouServiceErrorPrivate none;

    return error->domain == TOU_SERVICE_ERROR ? tou_service_error_get_private (error) : &none;
}

static gboolean
is_five_digits (const char *text)
{
    return text != NULL && strlen (text) == 5 && strspn (text, "0123456789") == 5;
}

const char *
tou_service_error_get_code (const GError *error)
{
    return get_problem (error)->code;
}

guint
tou_service_error_get_status (const GError *error)
{
    return get_problem (error)->status;
}

const char *
tou_service_error_get_type_uri (const GError *error)
{
    return get_problem (error)->type_uri;
}

const char *
tou_service_error_get_detail (const GError *error)
{
    return get_problem (error)->detail;
}

void
tou_service_error_set_problem (GError *error, guint status, const char *code, const char *type_uri,
                               const char *detail)
{
    g_return_if_fail (error->domain == TOU_SERVICE_ERROR);

    TouServiceErrorPrivate *problem = tou_service_error_get_private (error);
    problem->status = status;
    tou_set_text (&problem->code, is_five_digits (code) ? code : NULL);
    tou_set_text (&problem->type_uri, type_uri);
    tou_set_text (&problem->detail, detail);
}

static const gsize info_offsets[] = {
    offsetof (TouServiceInfo, name_ja),
    offsetof (TouServiceInfo, name_en),
    offsetof (TouServiceInfo, help_desk_name_ja),
    offsetof (TouServiceInfo, help_desk_name_en),
    offsetof (TouServiceInfo, help_desk_phone),
    offsetof (TouServiceInfo, help_desk_hours_ja),
    offsetof (TouServiceInfo, help_desk_hours_en),
    offsetof (TouServiceInfo, bidding_url),
};
static const TouTextFields info_texts = TOU_TEXT_FIELDS (info_offsets);

TouServiceInfo *
tou_service_info_new (void)
{
    return g_new0 (TouServiceInfo, 1);
}

void
tou_service_info_free (TouServiceInfo *self)
{
    if (self == NULL)
        return;
    tou_text_fields_clear (&info_texts, self);
    g_strfreev (self->digest_algorithms);
    g_strfreev (self->signature_algorithms);
    g_free (self);
}

TouSession *
tou_session_new (void)
{
    return g_new0 (TouSession, 1);
}

void
tou_session_free (TouSession *self)
{
    if (self == NULL)
        return;
    tou_company_free (self->company);
    g_free (self);
}

void
tou_registration_service_get_info_async (TouRegistrationService *self, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_REGISTRATION_SERVICE_GET_IFACE (self)->get_info_async (self, cancellable, callback, user_data);
}

TouServiceInfo *
tou_registration_service_get_info_finish (TouRegistrationService *self, GAsyncResult *result, GError **error)
{
    return TOU_REGISTRATION_SERVICE_GET_IFACE (self)->get_info_finish (self, result, error);
}

void
tou_registration_service_sign_in_async (TouRegistrationService *self, const char *user_id,
                                        TouSecret *password, TouCategory category, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_REGISTRATION_SERVICE_GET_IFACE (self)->sign_in_async (self, user_id, password, category, cancellable,
                                                              callback, user_data);
}

TouSession *
tou_registration_service_sign_in_finish (TouRegistrationService *self, GAsyncResult *result, GError **error)
{
    return TOU_REGISTRATION_SERVICE_GET_IFACE (self)->sign_in_finish (self, result, error);
}

void
tou_registration_service_change_category_async (TouRegistrationService *self, TouCategory category,
                                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                                gpointer user_data)
{
    TOU_REGISTRATION_SERVICE_GET_IFACE (self)->change_category_async (self, category, cancellable, callback,
                                                                      user_data);
}

TouSession *
tou_registration_service_change_category_finish (TouRegistrationService *self, GAsyncResult *result,
                                                 GError **error)
{
    return TOU_REGISTRATION_SERVICE_GET_IFACE (self)->change_category_finish (self, result, error);
}

void
tou_registration_service_sign_out_async (TouRegistrationService *self, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_REGISTRATION_SERVICE_GET_IFACE (self)->sign_out_async (self, cancellable, callback, user_data);
}

gboolean
tou_registration_service_sign_out_finish (TouRegistrationService *self, GAsyncResult *result, GError **error)
{
    return TOU_REGISTRATION_SERVICE_GET_IFACE (self)->sign_out_finish (self, result, error);
}

gint64
tou_registration_service_get_session_end_us (TouRegistrationService *self)
{
    return TOU_REGISTRATION_SERVICE_GET_IFACE (self)->get_session_end_us (self);
}

void
tou_registration_service_get_registration_async (TouRegistrationService *self, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_REGISTRATION_SERVICE_GET_IFACE (self)->get_registration_async (self, cancellable, callback,
                                                                       user_data);
}

TouRegistration *
tou_registration_service_get_registration_finish (TouRegistrationService *self, GAsyncResult *result,
                                                  GError **error)
{
    return TOU_REGISTRATION_SERVICE_GET_IFACE (self)->get_registration_finish (self, result, error);
}

void
tou_registration_service_list_applications_async (TouRegistrationService *self, guint limit,
                                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                                  gpointer user_data)
{
    TOU_REGISTRATION_SERVICE_GET_IFACE (self)->list_applications_async (self, limit, cancellable, callback,
                                                                        user_data);
}

GPtrArray *
tou_registration_service_list_applications_finish (TouRegistrationService *self, GAsyncResult *result,
                                                   GError **error)
{
    return TOU_REGISTRATION_SERVICE_GET_IFACE (self)->list_applications_finish (self, result, error);
}

void
tou_registration_service_get_nonce_async (TouRegistrationService *self, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_REGISTRATION_SERVICE_GET_IFACE (self)->get_nonce_async (self, cancellable, callback, user_data);
}

char *
tou_registration_service_get_nonce_finish (TouRegistrationService *self, GAsyncResult *result, GError **error)
{
    return TOU_REGISTRATION_SERVICE_GET_IFACE (self)->get_nonce_finish (self, result, error);
}

GBytes *
tou_registration_service_compose (TouRegistrationService *self, const TouRequest *request)
{
    return TOU_REGISTRATION_SERVICE_GET_IFACE (self)->compose (self, request);
}

GBytes *
tou_registration_service_compose_authorization (TouRegistrationService *self,
                                                const TouAuthorization *authorization)
{
    return TOU_REGISTRATION_SERVICE_GET_IFACE (self)->compose_authorization (self, authorization);
}

void
tou_registration_service_submit_async (TouRegistrationService *self, TouOperation operation,
                                       const char *submission_id, GBytes *cms, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_REGISTRATION_SERVICE_GET_IFACE (self)->submit_async (self, operation, submission_id, cms, cancellable,
                                                             callback, user_data);
}

TouReceipt *
tou_registration_service_submit_finish (TouRegistrationService *self, GAsyncResult *result, GError **error)
{
    return TOU_REGISTRATION_SERVICE_GET_IFACE (self)->submit_finish (self, result, error);
}

void
tou_registration_service_get_submission_async (TouRegistrationService *self, const char *submission_id,
                                               GCancellable *cancellable, GAsyncReadyCallback callback,
                                               gpointer user_data)
{
    TOU_REGISTRATION_SERVICE_GET_IFACE (self)->get_submission_async (self, submission_id, cancellable,
                                                                     callback, user_data);
}

TouReceipt *
tou_registration_service_get_submission_finish (TouRegistrationService *self, GAsyncResult *result,
                                                GError **error)
{
    return TOU_REGISTRATION_SERVICE_GET_IFACE (self)->get_submission_finish (self, result, error);
}
