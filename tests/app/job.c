/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-job"

#include "job.h"

#include "async-wait.h"
#include "tou-card-agent-client.h"
#include "tou-http-list-source.h"
#include "tou-http-service.h"
#include "tou-openssl-certificate-checker.h"
#include "tou-openssl-proof-checker.h"
#include "tou-paths.h"
#include "tou-practice-process.h"
#include "tou-sqlite-store.h"
#include "tou-wire-request.h"

#include <glib/gstdio.h>
#include <signal.h>

static void
start_practice (Job *self)
{
    g_autofree char *program = tou_paths_get_part (TOU_PART_PRACTICE_SERVICE);
    g_autofree char *folder = g_build_filename (self->folder, "practice", NULL);
    g_autofree char *path = NULL;
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    self->practice = TOU_PRACTICE_CONTROL (tou_practice_process_new (program, folder));
    tou_practice_control_start_async (self->practice, FALSE, NULL, async_wait_store, &result);
    async_wait (&result);
    path = tou_practice_control_start_finish (self->practice, result, &error);
    g_assert_no_error (error);
    self->profile = tou_service_profile_load (path, &error);
    g_assert_no_error (error);
}

static TouCardAccess *
make_cards (Job *self)
{
    g_autofree char *agent = tou_paths_get_part (TOU_PART_CARD_AGENT);
    g_autofree char *module = tou_paths_get_part (TOU_PART_PRACTICE_CARD);
    g_autofree char *folder = g_strconcat ("TOUROKU_PRACTICE_FOLDER=", self->folder, "/practice", NULL);
    const char *const environment[] = { folder, NULL };

    return TOU_CARD_ACCESS (tou_card_agent_client_new (agent, module, environment, self->proofs));
}

static gboolean
is_gone (gpointer pointer)
{
    return *(void **) pointer == NULL;
}

static TouCertificateChecker *
make_checker (Job *self)
{
    g_autofree char *cache = g_build_filename (self->folder, "lists", NULL);
    g_autoptr (TouHttpListSource) source = tou_http_list_source_new ();

    return TOU_CERTIFICATE_CHECKER (
        tou_openssl_certificate_checker_new (self->profile, TOU_LIST_SOURCE (source), cache));
}

/* Nothing may keep a flow alive but what it has just asked for, and that ends. */
static void
drop_flow (gpointer flow)
{
    gpointer alive = flow;

    g_object_add_weak_pointer (flow, &alive);
    g_object_unref (flow);
    async_wait_until (is_gone, &alive);
}

static void
drop (Job *self)
{
    if (self->cards != NULL)
        tou_card_access_release (self->cards);
    g_clear_pointer (&self->registration, drop_flow);
    g_clear_pointer (&self->session, drop_flow);
    g_clear_object (&self->cards);
    g_clear_object (&self->service);
    g_clear_object (&self->store);
    g_clear_object (&self->proofs);
    g_clear_object (&self->checker);
    g_clear_object (&self->clock);
}

void
job_use (Job *self)
{
    g_autofree char *records = g_build_filename (self->folder, "records.db", NULL);

    drop (self);
    self->clock = tou_clock_new ();
    self->service = TOU_REGISTRATION_SERVICE (tou_http_service_new (self->profile, self->clock, NULL));
    self->proofs = TOU_PROOF_CHECKER (
        tou_openssl_proof_checker_new (tou_wire_read_receipt, tou_wire_read_signed));
    self->store = TOU_RECORD_STORE (tou_sqlite_store_new (records));
    self->cards = make_cards (self);
    self->session = tou_session_flow_new (self->profile, self->service, self->clock);
    self->registration = tou_register_flow_new (self->session, self->cards, self->store, self->proofs);
    self->checker = make_checker (self);
    tou_unlock_step_set_checker (tou_request_flow_get_unlock_step (self->registration), self->checker);
}

void
job_use_crl_url (Job *self, const char *url)
{
    g_autofree char *from = g_build_filename (self->folder, "practice", "service.touroku", NULL);
    g_autofree char *to = g_build_filename (self->folder, "practice", "changed.touroku", NULL);
    g_autoptr (GKeyFile) file = g_key_file_new ();
    g_autoptr (GError) error = NULL;

    g_assert_true (g_key_file_load_from_file (file, from, G_KEY_FILE_KEEP_TRANSLATIONS, &error));
    g_key_file_set_string (file, "Trust", "CrlUrl", url);
    g_assert_true (g_key_file_save_to_file (file, to, &error));
    g_clear_pointer (&self->profile, tou_service_profile_unref);
    self->profile = tou_service_profile_load (to, &error);
    g_assert_no_error (error);
    job_use (self);
}

static gboolean
refuses_connections (gpointer uri)
{
    GUri *service = uri;
    g_autoptr (GSocketClient) client = g_socket_client_new ();
    g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (
        client, g_uri_get_host (service), (guint16) g_uri_get_port (service), NULL, NULL);

    return connection == NULL;
}

void
job_end_practice (Job *self)
{
    g_autoptr (GUri) service = g_uri_parse (tou_service_profile_get_base_url (self->profile),
                                            G_URI_FLAGS_NONE, NULL);

    g_clear_object (&self->practice);
    async_wait_until (refuses_connections, service);
}

void
job_init (Job *self, const char *folder)
{
    g_autoptr (GError) error = NULL;

    *self = (Job){ 0 };
    self->folder = folder != NULL ? g_strdup (folder) : g_dir_make_tmp ("touroku-job-XXXXXX", &error);
    g_assert_no_error (error);
    start_practice (self);
    job_use (self);
}

static GSubprocess *
spawn_service (Job *self, const char *const *faults)
{
    g_autofree char *program = tou_paths_get_part (TOU_PART_PRACTICE_SERVICE);
    g_autofree char *folder = g_build_filename (self->folder, "practice", NULL);
    g_autoptr (GPtrArray) argv = g_ptr_array_new ();
    g_autoptr (GError) error = NULL;
    GSubprocess *process;

    g_ptr_array_add (argv, program);
    g_ptr_array_add (argv, (char *) "--folder");
    g_ptr_array_add (argv, folder);
    for (guint i = 0; faults != NULL && faults[i] != NULL; i++) {
        g_ptr_array_add (argv, (char *) "--fault");
        g_ptr_array_add (argv, (char *) faults[i]);
    }
    g_ptr_array_add (argv, NULL);
    process = g_subprocess_newv ((const char *const *) argv->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
    g_assert_no_error (error);
    return process;
}

/* The program says its URL and its profile once it listens. Returns: (transfer full) */
static char *
read_profile_path (GSubprocess *process)
{
    g_autoptr (GDataInputStream) output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
    g_autofree char *url = g_data_input_stream_read_line (output, NULL, NULL, NULL);
    char *path = g_data_input_stream_read_line (output, NULL, NULL, NULL);

    g_assert_nonnull (path);
    return path;
}

static void
end_service (Job *self)
{
    if (self->service_process == NULL)
        return;
    g_subprocess_send_signal (self->service_process, SIGTERM);
    g_assert_true (g_subprocess_wait (self->service_process, NULL, NULL));
    g_clear_object (&self->service_process);
}

void
job_init_with_faults (Job *self, const char *folder, const char *const *faults)
{
    g_autofree char *path = NULL;
    g_autoptr (GError) error = NULL;

    *self = (Job){ 0 };
    self->folder = g_strdup (folder);
    self->service_process = spawn_service (self, faults);
    path = read_profile_path (self->service_process);
    self->profile = tou_service_profile_load (path, &error);
    g_assert_no_error (error);
    job_use (self);
}

void
job_clear (Job *self)
{
    drop (self);
    end_service (self);
    g_clear_object (&self->practice);
    g_clear_pointer (&self->profile, tou_service_profile_unref);
    g_free (self->folder);
}

void
job_connect (Job *self)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    tou_session_flow_connect_async (self->session, NULL, async_wait_store, &result);
    async_wait (&result);
    g_assert_true (tou_session_flow_connect_finish (self->session, result, &error));
    g_assert_no_error (error);
}

void
job_sign_in (Job *self)
{
    g_autoptr (TouSecret) password = tou_secret_new_from_text (TOU_PRACTICE_PASSWORD);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    tou_session_flow_sign_in_async (self->session, TOU_PRACTICE_USER_ID, password, NULL, async_wait_store,
                                    &result);
    async_wait (&result);
    g_assert_true (tou_session_flow_sign_in_finish (self->session, result, &error));
    g_assert_no_error (error);
}

static TouCardToken *
get_first_token (Job *self)
{
    TouCardInventory *inventory = tou_unlock_step_get_inventory (
        tou_request_flow_get_unlock_step (self->registration));

    return inventory != NULL && inventory->tokens->len > 0 ? inventory->tokens->pdata[0] : NULL;
}

static gboolean
sees_token (gpointer job)
{
    return get_first_token (job) != NULL;
}

TouCardToken *
job_wait_for_token (Job *self)
{
    if (tou_request_flow_get_state (self->registration) != TOU_REQUEST_STATE_CARD)
        tou_request_flow_begin (self->registration);
    async_wait_until (sees_token, self);
    return get_first_token (self);
}

gboolean
job_unlock (Job *self, const char *text, GError **error)
{
    g_autoptr (TouSecret) pin = tou_secret_new_from_text (text);
    g_autoptr (GAsyncResult) result = NULL;

    tou_unlock_step_unlock_async (tou_request_flow_get_unlock_step (self->registration),
                                  job_wait_for_token (self), pin, NULL, async_wait_store, &result);
    async_wait (&result);
    return tou_unlock_step_unlock_finish (tou_request_flow_get_unlock_step (self->registration), result,
                                          error);
}

void
job_fill (Job *self)
{
    g_autoptr (TouContact) contact = tou_contact_new ();
    g_autoptr (GError) error = NULL;
    TouField field;

    tou_set_text (&contact->name, "総務部");
    tou_set_text (&contact->postal_code, "111-1111");
    tou_set_text (&contact->address, "宮城県仙台市青葉区99-99");
    tou_set_text (&contact->person, "業者 一郎");
    tou_set_text (&contact->phone, "000-000-1000");
    tou_set_text (&contact->fax, TOU_FIELD_NO_FAX);
    tou_request_flow_set_contact (self->registration, contact);
    g_assert_true (tou_request_flow_confirm (self->registration, &field, &error));
    g_assert_no_error (error);
}

TouReceipt *
job_submit (Job *self, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_request_flow_submit_async (self->registration, NULL, async_wait_store, &result);
    async_wait (&result);
    return tou_request_flow_submit_finish (self->registration, result, error);
}

static void
finish_change (Job *self, GAsyncResult **result)
{
    g_autoptr (GError) error = NULL;

    async_wait (result);
    g_assert_true (tou_practice_control_change_finish (self->practice, *result, &error));
    g_assert_no_error (error);
}

void
job_insert (Job *self, const char *card, const char *reader)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_practice_control_insert_async (self->practice, card, reader, NULL, async_wait_store, &result);
    finish_change (self, &result);
}

void
job_remove (Job *self, const char *reader)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_practice_control_remove_async (self->practice, reader, NULL, async_wait_store, &result);
    finish_change (self, &result);
}
