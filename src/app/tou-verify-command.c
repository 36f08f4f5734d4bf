/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-command.h"

#include "tou-agency-list.h"
#include "tou-backend.h"
#include "tou-file.h"
#include "tou-paths.h"
#include "tou-settings.h"
#include "tou-verify-report.h"
#include "tou-verify-text.h"

#include <glib/gi18n.h>

/* Larger than any request that a service takes. */
#define MAX_BYTES (16 * 1024 * 1024)

typedef struct {
    char *profile_path; /* (nullable): --profile */
    GStrv paths;
    TouProofChecker *proofs;
    TouServiceProfile *profile;  /* (nullable): --profile */
    TouServiceProfile *practice; /* (nullable) */
    TouAgencyList *agencies;
    GPtrArray *requests; /* (element-type TouSignedFile): those among the files */
} Verify;

static void
clear (Verify *self)
{
    g_free (self->profile_path);
    g_strfreev (self->paths);
    g_clear_object (&self->proofs);
    g_clear_pointer (&self->profile, tou_service_profile_unref);
    g_clear_pointer (&self->practice, tou_service_profile_unref);
    g_clear_object (&self->agencies);
    g_clear_pointer (&self->requests, g_ptr_array_unref);
}

/* What is wrong with a file may quote from it. */
static void
complain (const GError *error)
{
    g_autofree char *line = tou_verify_text_dup (error->message);

    g_printerr ("%s\n", line);
}

static gboolean
read_arguments (Verify *self, int argc, char **argv, GError **error)
{
    const GOptionEntry entries[]
        = { { "profile", 0, 0, G_OPTION_ARG_FILENAME, &self->profile_path,
              N_ ("The service profile that says whom to trust"), N_ ("FILE") },
            { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->paths, NULL, NULL },
            { NULL } };

    return tou_command_parse ("verify", entries, &argc, &argv, error);
}

/* The agencies that this user has opened, those of all users, and practice. */
static void
load_known (Verify *self)
{
    g_autofree char *data = tou_paths_get_data_folder ();
    g_autofree char *folder = g_build_filename (data, "agencies", NULL);
    g_autofree char *practice = g_build_filename (data, "practice", "service.touroku", NULL);
    g_auto (GStrv) shared = tou_paths_dup_shared_agencies ();
    g_autoptr (GError) fault = NULL;

    self->agencies = tou_agency_list_new (folder);
    tou_agency_list_share (self->agencies, (const char *const *) shared, tou_settings_dup_locked_agencies);
    if (!tou_agency_list_load (self->agencies, &fault))
        complain (fault);
    self->practice = tou_service_profile_load (practice, NULL);
}

static gboolean
prepare (Verify *self, GError **error)
{
    g_autofree char *path = tou_paths_get_part (TOU_PART_BACKEND);
    const TouBackend *backend = tou_backend_load (path, error);
    g_autoptr (TouCardProfiles) profiles = tou_paths_load_card_profiles ();

    if (backend == NULL)
        return FALSE;
    self->proofs = backend->new_proofs (profiles);
    self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_signed_file_free);
    if (self->profile_path == NULL)
        load_known (self);
    else
        self->profile = tou_service_profile_load (self->profile_path, error);
    return self->profile_path == NULL || self->profile != NULL;
}

static TouServiceProfile *
find_profile (Verify *self, const char *audience)
{
    GPtrArray *profiles = self->agencies != NULL ? tou_agency_list_get_profiles (self->agencies) : NULL;

    for (guint i = 0; profiles != NULL && i < profiles->len; i++)
        if (g_str_equal (tou_service_profile_get_audience (profiles->pdata[i]), audience))
            return profiles->pdata[i];
    if (self->practice != NULL && g_str_equal (tou_service_profile_get_audience (self->practice), audience))
        return self->practice;
    return self->profile;
}

/* A receipt may come before its application, so these are looked for first; faults are said later. */
static void
collect_requests (Verify *self)
{
    for (guint i = 0; self->paths[i] != NULL; i++) {
        g_autoptr (GBytes) cms = tou_file_load (self->paths[i], MAX_BYTES, NULL);
        g_autoptr (TouSignedFile) file = NULL;

        if (cms != NULL)
            file = tou_proof_checker_open_signed (self->proofs, cms, NULL);
        if (file != NULL && file->kind == TOU_SIGNED_FILE_REQUEST)
            g_ptr_array_add (self->requests, g_steal_pointer (&file));
    }
}

static TouVerdict
verify_file (Verify *self, const char *path)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) cms = tou_file_load (path, MAX_BYTES, &error);
    g_autoptr (TouSignedFile) file = NULL;

    tou_verify_text_print_file (path);
    if (cms == NULL) {
        tou_verify_text_print (_ ("Result"), error->message);
        return TOU_VERDICT_BAD;
    }
    file = tou_proof_checker_open_signed (self->proofs, cms, &error);
    if (file == NULL) {
        tou_verify_text_print (_ ("Result"), tou_verify_report_name_fault (cms, error));
        tou_verify_text_print (_ ("Details"), error->message);
        return TOU_VERDICT_BAD;
    }
    return tou_verify_report_print (self->proofs, file, cms, find_profile (self, file->audience),
                                    self->requests);
}

static TouVerdict
verify_all (Verify *self)
{
    TouVerdict worst = TOU_VERDICT_GOOD;

    collect_requests (self);
    for (guint i = 0; self->paths[i] != NULL; i++) {
        TouVerdict verdict = verify_file (self, self->paths[i]);

        worst = MAX (worst, verdict);
    }
    return worst;
}

static int
run (Verify *self, int argc, char **argv)
{
    static const int statuses[] = { 0, 3, 1 };
    g_autoptr (GError) error = NULL;

    if (!read_arguments (self, argc, argv, &error))
        return tou_command_complain ("verify", error->message);
    if (self->paths == NULL)
        return tou_command_complain ("verify", _ ("It takes the files to look at."));
    if (!prepare (self, &error)) {
        complain (error);
        return 2;
    }
    return statuses[verify_all (self)];
}

int
tou_verify_command (int argc, char **argv)
{
    Verify verify = { 0 };
    int status = run (&verify, argc, argv);

    clear (&verify);
    return status;
}
