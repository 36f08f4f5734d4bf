/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fake-service.h"

#include "fake-cards.h"

#include <glib/gstdio.h>

#define SESSION_SECONDS 1800

struct _FakeService {
    GObject parent_instance;

    FakeScript *script;
    gint64 session_end_us;
    guint n_nonces;
    gboolean loses_answer;
    gboolean lost_one_arrives;
    gboolean spoils_receipts;
    GPtrArray *sent;
    GPtrArray *sent_ids;
    GHashTable *accepted; /* submission id → GBytes */
    TouRegistration *registration;
    GPtrArray *applications;
};

typedef struct {
    char *user_id;
    TouSecret *password;
    char *id;
    GBytes *cms;
    guint limit;
} Call;

static void fake_service_registration_init (TouRegistrationServiceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeService, fake_service, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TOU_TYPE_REGISTRATION_SERVICE,
                                                      fake_service_registration_init))

static void
free_call (Call *call)
{
    g_free (call->user_id);
    g_clear_pointer (&call->password, tou_secret_unref);
    g_free (call->id);
    g_clear_pointer (&call->cms, g_bytes_unref);
    g_free (call);
}

static GError *
make_refusal (TouServiceError meaning, guint status, const char *code, const char *type)
{
    GError *error = g_error_new (TOU_SERVICE_ERROR, (int) meaning, "Refused: %s", type);
    g_autofree char *uri = g_strconcat ("urn:touroku:problem:", type, NULL);

    tou_service_error_set_problem (error, status, code, uri, NULL);
    return error;
}

static GTask *
make_task (TouRegistrationService *service, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer user_data, Call **out_call)
{
    GTask *task = g_task_new (service, cancellable, callback, user_data);
    Call *call = g_new0 (Call, 1);

    g_task_set_task_data (task, call, (GDestroyNotify) free_call);
    if (out_call != NULL)
        *out_call = call;
    return task;
}

static void
answer (TouRegistrationService *service, const char *word, GTask *task, FakeAnswer function)
{
    fake_script_answer (FAKE_SERVICE (service)->script, word, task, function);
}

static void
answer_info (GTask *task)
{
    TouServiceInfo *info = tou_service_info_new ();

    info->name_ja = g_strdup ("練習機構");
    info->name_en = g_strdup ("Practice Service");
    info->time_us = FAKE_NOW_US;
    info->has_category[TOU_CATEGORY_CONSTRUCTION] = TRUE;
    info->has_category[TOU_CATEGORY_GOODS] = TRUE;
    info->session_seconds = SESSION_SECONDS;
    info->request_bytes = 65536;
    g_task_return_pointer (task, info, (GDestroyNotify) tou_service_info_free);
}

static void
fake_service_get_info_async (TouRegistrationService *service, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
    answer (service, "get-info", make_task (service, cancellable, callback, user_data, NULL), answer_info);
}

TouCompany *
fake_company_new (const char *user_id)
{
    TouCompany *company = tou_company_new ();

    company->vendor_number = g_strdup_printf ("number of %s", user_id);
    company->name = g_strdup ("株式会社練習商事");
    company->postal_code = g_strdup ("168-8505");
    company->address = g_strdup ("東京都杉並区高井戸西３－５－２４");
    company->representative_name = g_strdup ("練習　太郎");
    company->representative_title = g_strdup ("代表取締役");
    company->phone = g_strdup ("03-5344-1100");
    company->fax = g_strdup ("03-0000-0000");
    return company;
}

static void
answer_sign_in (GTask *task)
{
    FakeService *self = g_task_get_source_object (task);
    const Call *call = g_task_get_task_data (task);

    if (!tou_secret_equal_text (call->password, FAKE_PASSWORD)) {
        g_task_return_error (task, fake_problem_new (401, "30002", "sign-in"));
        return;
    }
    TouSession *session = tou_session_new ();
    self->session_end_us = FAKE_NOW_US + SESSION_SECONDS * G_USEC_PER_SEC;
    session->expires_at_us = self->session_end_us;
    session->company = fake_company_new (call->user_id);
    session->has_registration = self->registration != NULL;
    g_task_return_pointer (task, session, (GDestroyNotify) tou_session_free);
}

static void
fake_service_sign_in_async (TouRegistrationService *service, const char *user_id, TouSecret *password,
                            TouCategory category, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
    Call *call;
    GTask *task = make_task (service, cancellable, callback, user_data, &call);

    call->user_id = g_strdup (user_id);
    call->password = tou_secret_ref (password);
    answer (service, "sign-in", task, answer_sign_in);
}

static void
answer_sign_out (GTask *task)
{
    FAKE_SERVICE (g_task_get_source_object (task))->session_end_us = 0;
    g_task_return_boolean (task, TRUE);
}

static void
answer_change_category (GTask *task)
{
    FakeService *self = g_task_get_source_object (task);
    TouSession *session = tou_session_new ();

    self->session_end_us = FAKE_NOW_US + SESSION_SECONDS * G_USEC_PER_SEC;
    session->expires_at_us = self->session_end_us;
    session->company = fake_company_new (FAKE_USER);
    g_task_return_pointer (task, session, (GDestroyNotify) tou_session_free);
}

static void
fake_service_change_category_async (TouRegistrationService *service, TouCategory category,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data)
{
    Call *call;

    answer (service, "change-category", make_task (service, cancellable, callback, user_data, &call),
            answer_change_category);
}

static void
fake_service_sign_out_async (TouRegistrationService *service, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
    answer (service, "sign-out", make_task (service, cancellable, callback, user_data, NULL),
            answer_sign_out);
}

static gboolean
fake_service_sign_out_finish (TouRegistrationService *service, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean (G_TASK (result), error);
}

static gint64
fake_service_get_session_end_us (TouRegistrationService *service)
{
    return FAKE_SERVICE (service)->session_end_us;
}

static TouRegistration *
copy_registration (const TouRegistration *registration)
{
    TouRegistration *copy = tou_registration_new ();

    copy->company = tou_company_copy (registration->company);
    copy->registered_company = tou_company_copy (registration->registered_company);
    copy->contact = tou_contact_copy (registration->contact);
    copy->card_sha256 = g_strdup (registration->card_sha256);
    copy->card_not_after_us = registration->card_not_after_us;
    return copy;
}

static void
answer_registration (GTask *task)
{
    FakeService *self = g_task_get_source_object (task);

    if (self->registration != NULL)
        g_task_return_pointer (task, copy_registration (self->registration),
                               (GDestroyNotify) tou_registration_free);
    else
        g_task_return_error (task,
                             make_refusal (TOU_SERVICE_ERROR_NOT_FOUND, 404, "30001", "not-registered-yet"));
}

static void
fake_service_get_registration_async (TouRegistrationService *service, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
    answer (service, "get-registration", make_task (service, cancellable, callback, user_data, NULL),
            answer_registration);
}

static TouApplication *
copy_application (const TouApplication *application)
{
    TouApplication *copy = tou_application_new ();

    *copy = *application;
    copy->submission_id = g_strdup (application->submission_id);
    copy->reception_number = g_strdup (application->reception_number);
    copy->reason = g_strdup (application->reason);
    return copy;
}

static void
answer_applications (GTask *task)
{
    FakeService *self = g_task_get_source_object (task);
    const Call *call = g_task_get_task_data (task);
    GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_application_free);

    for (guint i = 0; i < MIN (call->limit, self->applications->len); i++)
        g_ptr_array_add (found, copy_application (g_ptr_array_index (self->applications, i)));
    g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

static void
fake_service_list_applications_async (TouRegistrationService *service, guint limit, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data)
{
    Call *call;
    GTask *task = make_task (service, cancellable, callback, user_data, &call);

    call->limit = limit;
    answer (service, "list-applications", task, answer_applications);
}

static void
answer_nonce (GTask *task)
{
    FakeService *self = g_task_get_source_object (task);

    g_task_return_pointer (task, g_strdup_printf ("nonce-%u", ++self->n_nonces), g_free);
}

static void
fake_service_get_nonce_async (TouRegistrationService *service, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
    answer (service, "nonce", make_task (service, cancellable, callback, user_data, NULL), answer_nonce);
}

static GBytes *
fake_service_compose (TouRegistrationService *service, const TouRequest *request)
{
    char *text = g_strdup_printf (
        "%s %s %s %s %s %" G_GINT64_FORMAT " %s %s %s", tou_operation_get_id (request->operation),
        tou_category_get_id (request->category), request->audience, request->submission_id, request->nonce,
        request->time_us, request->certificate_sha256, request->company->vendor_number,
        request->contact != NULL ? request->contact->name : "authorized");

    return g_bytes_new_take (text, strlen (text));
}

static GBytes *
fake_service_compose_authorization (TouRegistrationService *service, const TouAuthorization *authorization)
{
    char *text = g_strdup_printf ("authorization %s %s %s %" G_GINT64_FORMAT " %s %s %" G_GINT64_FORMAT,
                                  tou_category_get_id (authorization->category), authorization->audience,
                                  authorization->nonce, authorization->time_us, authorization->company_number,
                                  authorization->certificate_sha256, authorization->expires_us);

    return g_bytes_new_take (text, strlen (text));
}

static TouReceipt *
make_receipt (FakeService *self, const char *id, GBytes *cms)
{
    TouReceipt *receipt = tou_receipt_new ();
    g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, cms);
    char *text = g_strdup_printf ("receipt|%s|%s|R-0001", self->spoils_receipts ? "other" : hash, id);

    receipt->submission_id = g_strdup (id);
    receipt->reception_number = g_strdup ("R-0001");
    receipt->accepted_at_us = FAKE_NOW_US;
    receipt->cms = g_bytes_new_take (text, strlen (text));
    return receipt;
}

static void
return_receipt (GTask *task, TouReceipt *receipt)
{
    g_task_return_pointer (task, receipt, (GDestroyNotify) tou_receipt_free);
}

static void
accept (FakeService *self, const Call *call)
{
    fake_service_accept (self, call->id, call->cms);
}

static void
answer_submit (GTask *task)
{
    FakeService *self = g_task_get_source_object (task);
    const Call *call = g_task_get_task_data (task);
    gboolean was_repeat = g_hash_table_contains (self->accepted, call->id);

    if (self->loses_answer) {
        self->loses_answer = FALSE;
        if (self->lost_one_arrives)
            accept (self, call);
        g_task_return_new_error (task, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST, "Lost");
        return;
    }
    accept (self, call);
    TouReceipt *receipt = make_receipt (self, call->id, call->cms);
    receipt->was_repeat = was_repeat;
    return_receipt (task, receipt);
}

static void
fake_service_submit_async (TouRegistrationService *service, TouOperation operation, const char *submission_id,
                           GBytes *cms, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
    FakeService *self = FAKE_SERVICE (service);
    Call *call;
    GTask *task = make_task (service, cancellable, callback, user_data, &call);

    call->id = g_strdup (submission_id);
    call->cms = g_bytes_ref (cms);
    g_ptr_array_add (self->sent, g_bytes_ref (cms));
    g_ptr_array_add (self->sent_ids, g_strdup (submission_id));
    answer (service, "submit", task, answer_submit);
}

static void
answer_submission (GTask *task)
{
    FakeService *self = g_task_get_source_object (task);
    const Call *call = g_task_get_task_data (task);
    GBytes *cms = g_hash_table_lookup (self->accepted, call->id);

    if (cms != NULL)
        return_receipt (task, make_receipt (self, call->id, cms));
    else
        g_task_return_error (task,
                             make_refusal (TOU_SERVICE_ERROR_NOT_FOUND, 404, "40003", "no-such-submission"));
}

static void
fake_service_get_submission_async (TouRegistrationService *service, const char *submission_id,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
    Call *call;
    GTask *task = make_task (service, cancellable, callback, user_data, &call);

    call->id = g_strdup (submission_id);
    answer (service, "get-submission", task, answer_submission);
}

static gpointer
finish_pointer (GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer (G_TASK (result), error);
}

#define DEFINE_FINISH(Type, name)                                                                            \
    static Type *fake_service_##name##_finish (TouRegistrationService *service, GAsyncResult *result,        \
                                               GError **error)                                               \
    {                                                                                                        \
        return finish_pointer (result, error);                                                               \
    }

DEFINE_FINISH (TouServiceInfo, get_info)
DEFINE_FINISH (TouSession, sign_in)
DEFINE_FINISH (TouSession, change_category)
DEFINE_FINISH (TouRegistration, get_registration)
DEFINE_FINISH (GPtrArray, list_applications)
DEFINE_FINISH (char, get_nonce)
DEFINE_FINISH (TouReceipt, submit)
DEFINE_FINISH (TouReceipt, get_submission)

static void
fake_service_finalize (GObject *object)
{
    FakeService *self = FAKE_SERVICE (object);

    g_clear_object (&self->script);
    g_ptr_array_unref (self->sent);
    g_ptr_array_unref (self->sent_ids);
    g_hash_table_unref (self->accepted);
    g_clear_pointer (&self->registration, tou_registration_free);
    g_ptr_array_unref (self->applications);
    G_OBJECT_CLASS (fake_service_parent_class)->finalize (object);
}

static void
fake_service_registration_init (TouRegistrationServiceInterface *iface)
{
    iface->get_info_async = fake_service_get_info_async;
    iface->get_info_finish = fake_service_get_info_finish;
    iface->sign_in_async = fake_service_sign_in_async;
    iface->sign_in_finish = fake_service_sign_in_finish;
    iface->change_category_async = fake_service_change_category_async;
    iface->change_category_finish = fake_service_change_category_finish;
    iface->sign_out_async = fake_service_sign_out_async;
    iface->sign_out_finish = fake_service_sign_out_finish;
    iface->get_session_end_us = fake_service_get_session_end_us;
    iface->get_registration_async = fake_service_get_registration_async;
    iface->get_registration_finish = fake_service_get_registration_finish;
    iface->list_applications_async = fake_service_list_applications_async;
    iface->list_applications_finish = fake_service_list_applications_finish;
    iface->get_nonce_async = fake_service_get_nonce_async;
    iface->get_nonce_finish = fake_service_get_nonce_finish;
    iface->compose = fake_service_compose;
    iface->compose_authorization = fake_service_compose_authorization;
    iface->submit_async = fake_service_submit_async;
    iface->submit_finish = fake_service_submit_finish;
    iface->get_submission_async = fake_service_get_submission_async;
    iface->get_submission_finish = fake_service_get_submission_finish;
}

static void
fake_service_class_init (FakeServiceClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = fake_service_finalize;
}

static void
fake_service_init (FakeService *self)
{
    self->sent = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
    self->sent_ids = g_ptr_array_new_with_free_func (g_free);
    self->accepted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
    self->applications = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_application_free);
}

FakeService *
fake_service_new (FakeScript *script)
{
    FakeService *self = g_object_new (FAKE_TYPE_SERVICE, NULL);

    self->script = g_object_ref (script);
    return self;
}

void
fake_service_lose_answer (FakeService *self, gboolean arrives)
{
    self->loses_answer = TRUE;
    self->lost_one_arrives = arrives;
}

void
fake_service_set_spoils_receipts (FakeService *self, gboolean spoils)
{
    self->spoils_receipts = spoils;
}

GPtrArray *
fake_service_get_sent (FakeService *self)
{
    return self->sent;
}

GPtrArray *
fake_service_get_sent_ids (FakeService *self)
{
    return self->sent_ids;
}

void
fake_service_accept (FakeService *self, const char *id, GBytes *cms)
{
    g_hash_table_insert (self->accepted, g_strdup (id), g_bytes_ref (cms));
}

guint
fake_service_count_accepted (FakeService *self)
{
    return g_hash_table_size (self->accepted);
}

void
fake_service_set_registration (FakeService *self, TouRegistration *registration)
{
    g_clear_pointer (&self->registration, tou_registration_free);
    self->registration = registration;
}

void
fake_service_add_application (FakeService *self, TouApplication *application)
{
    g_ptr_array_insert (self->applications, 0, application);
}

void
fake_service_set_state (FakeService *self, const char *submission_id, TouReviewState state)
{
    for (guint i = 0; i < self->applications->len; i++) {
        TouApplication *application = self->applications->pdata[i];
        if (g_strcmp0 (application->submission_id, submission_id) == 0)
            application->state = state;
    }
}

GError *
fake_problem_new (guint status, const char *code, const char *type)
{
    return make_refusal (TOU_SERVICE_ERROR_PROBLEM, status, code, type);
}

GError *
fake_session_over_new (const char *call)
{
    GError *error;

    if (!g_str_equal (call, "nonce"))
        return fake_problem_new (401, "30003", "session-expired");
    error = g_error_new_literal (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_SESSION_OVER, "401 without a body");
    tou_service_error_set_problem (error, 401, NULL, NULL, NULL);
    return error;
}

TouServiceProfile *
fake_profile_new (gboolean has_receipt_file)
{
    g_autofree char *folder = g_dir_make_tmp ("touroku-test-XXXXXX", NULL);
    g_autofree char *path = g_build_filename (folder, "service.touroku", NULL);
    g_autofree char *receipts = g_build_filename (folder, "receipts.pem", NULL);
    g_autofree char *text = g_strconcat (
        "[Service]\nId=practice\nName=Practice\nBaseUrl=https://practice.touroku.example/api/\n"
        "Audience=https://practice.touroku.example/\n[Trust]\nTls=system\n",
        has_receipt_file ? "ReceiptFile=receipts.pem\n" : "", NULL);
    g_autoptr (GError) error = NULL;

    g_file_set_contents (path, text, -1, &error);
    g_assert_no_error (error);
    g_file_set_contents (receipts, "-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n", -1,
                         &error);
    g_assert_no_error (error);
    TouServiceProfile *profile = tou_service_profile_load (path, &error);
    g_assert_no_error (error);
    g_unlink (receipts);
    g_unlink (path);
    g_rmdir (folder);
    return profile;
}
