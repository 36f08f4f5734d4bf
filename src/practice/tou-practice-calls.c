/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-submissions.h"
#include "tou-practice-visit.h"
#include "tou-wire-answer.h"

#define DEFAULT_APPLICATIONS 3

const char *const tou_practice_digests[] = { "sha256", "sha384", "sha512", NULL };
const char *const tou_practice_signatures[] = { "rsa-pkcs1-v1_5", NULL };

static TouServiceInfo *
describe_service (gint64 now_us)
{
    TouServiceInfo *info = tou_service_info_new ();

    info->name_ja = g_strdup (TOU_PRACTICE_NAME_JA);
    info->name_en = g_strdup (TOU_PRACTICE_NAME_EN);
    info->time_us = now_us;
    for (guint i = 0; i < TOU_N_CATEGORIES; i++)
        info->has_category[i] = TRUE;
    info->digest_algorithms = g_strdupv ((char **) tou_practice_digests);
    info->signature_algorithms = g_strdupv ((char **) tou_practice_signatures);
    info->help_desk_name_ja = g_strdup (TOU_PRACTICE_HELP_DESK_JA);
    info->help_desk_name_en = g_strdup (TOU_PRACTICE_HELP_DESK_EN);
    info->help_desk_phone = g_strdup (TOU_PRACTICE_HELP_DESK_PHONE);
    info->help_desk_hours_ja = g_strdup (TOU_PRACTICE_HELP_DESK_HOURS_JA);
    info->help_desk_hours_en = g_strdup (TOU_PRACTICE_HELP_DESK_HOURS_EN);
    info->bidding_url = g_strdup (TOU_PRACTICE_BIDDING_URL);
    info->session_seconds = TOU_PRACTICE_SESSION_SECONDS;
    info->request_bytes = TOU_PRACTICE_REQUEST_BYTES;
    return info;
}

TouPracticeAnswer *
tou_practice_call_service_info (TouPracticeVisit *visit, GError **error)
{
    g_autoptr (TouServiceInfo) info = describe_service (visit->now_us);

    return tou_practice_answer_new_json (200, tou_wire_write_service_info (info, visit->service->audience));
}

static TouSession *
describe_session (TouPracticeVisit *visit, const char *vendor_number, TouCategory category, GError **error)
{
    g_autoptr (TouSession) session = tou_session_new ();
    g_autoptr (TouRegistration) registration = NULL;

    session->expires_at_us = visit->now_us + TOU_PRACTICE_SESSION_SECONDS * G_USEC_PER_SEC;
    session->company = tou_practice_accounts_load_company (visit->service->db, vendor_number, error);
    if (session->company == NULL
        || !tou_practice_registrations_find (visit->service->db, vendor_number, category, &registration,
                                             error))
        return NULL;
    session->has_registration = registration != NULL;
    return g_steal_pointer (&session);
}

static TouPracticeAnswer *
open_session (TouPracticeVisit *visit, const char *vendor_number, TouCategory category, GError **error)
{
    g_autoptr (TouSession) session = describe_session (visit, vendor_number, category, error);
    g_autofree char *token = NULL;
    TouPracticeAnswer *answer;

    if (session == NULL)
        return NULL;
    token = tou_practice_accounts_open_session (visit->service->db, vendor_number, category,
                                                session->expires_at_us, error);
    if (token == NULL)
        return NULL;
    answer = tou_practice_answer_new_json (201, tou_wire_write_session (session, token));
    tou_practice_answer_set_header (answer, "Cache-Control", "no-store");
    return answer;
}

TouPracticeAnswer *
tou_practice_call_sign_in (TouPracticeVisit *visit, GError **error)
{
    g_autofree char *user_id = NULL;
    g_autofree char *vendor_number = NULL;
    g_autoptr (TouSecret) password = NULL;
    g_autoptr (GError) problem = NULL;
    TouCategory category;

    if (!tou_practice_call_has_type (visit->call, "application/json"))
        return tou_practice_answer_new_problem ("media-type", NULL, NULL);
    if (visit->call->body_is_too_large)
        return tou_practice_answer_new_problem ("too-large", NULL, NULL);
    if (!tou_wire_read_sign_in (visit->call->body, &user_id, &password, &category, &problem))
        return tou_practice_answer_new_problem ("bad-request", problem->message, NULL);
    if (!tou_practice_accounts_check (visit->service->db, user_id, password, &vendor_number, error))
        return NULL;
    if (vendor_number == NULL)
        return tou_practice_answer_new_problem ("sign-in", NULL, NULL);
    return open_session (visit, vendor_number, category, error);
}

/* The token was for the former category, and ends with it. */
static TouPracticeAnswer *
replace_session (TouPracticeVisit *visit, TouCategory category, GError **error)
{
    g_autofree char *vendor_number = g_strdup (visit->session.vendor_number);

    if (!tou_practice_accounts_forget_session (visit->service->db, visit->session.token_sha256, error))
        return NULL;
    tou_practice_session_clear (&visit->session);
    return open_session (visit, vendor_number, category, error);
}

TouPracticeAnswer *
tou_practice_call_other_category (TouPracticeVisit *visit, GError **error)
{
    g_autoptr (GError) problem = NULL;
    TouCategory category;

    if (!tou_practice_call_has_type (visit->call, "application/json"))
        return tou_practice_answer_new_problem ("media-type", NULL, NULL);
    if (visit->call->body_is_too_large)
        return tou_practice_answer_new_problem ("too-large", NULL, NULL);
    if (!tou_wire_read_other_category (visit->call->body, &category, &problem))
        return tou_practice_answer_new_problem ("bad-request", problem->message, NULL);
    return replace_session (visit, category, error);
}

TouPracticeAnswer *
tou_practice_call_sign_out (TouPracticeVisit *visit, GError **error)
{
    if (!tou_practice_accounts_forget_session (visit->service->db, visit->session.token_sha256, error))
        return NULL;
    tou_practice_session_clear (&visit->session);
    return tou_practice_answer_new (204);
}

TouPracticeAnswer *
tou_practice_call_registration (TouPracticeVisit *visit, GError **error)
{
    const TouPracticeSession *session = &visit->session;
    g_autoptr (TouRegistration) registration = NULL;

    if (!tou_practice_registrations_find (visit->service->db, session->vendor_number, session->category,
                                          &registration, error))
        return NULL;
    if (registration == NULL)
        return tou_practice_answer_new_problem ("not-registered-yet", NULL, NULL);
    registration->company = tou_practice_accounts_load_company (visit->service->db, session->vendor_number,
                                                                error);
    if (registration->company == NULL)
        return NULL;
    return tou_practice_answer_new_json (200, tou_wire_write_registration (registration));
}

static gboolean
read_limit (const TouPracticeCall *call, guint *out_limit)
{
    guint64 limit = DEFAULT_APPLICATIONS;

    if (call->limit != NULL
        && !g_ascii_string_to_unsigned (call->limit, 10, 1, TOU_WIRE_MAX_APPLICATIONS, &limit, NULL))
        return FALSE;
    *out_limit = (guint) limit;
    return TRUE;
}

TouPracticeAnswer *
tou_practice_call_applications (TouPracticeVisit *visit, GError **error)
{
    const TouPracticeSession *session = &visit->session;
    g_autoptr (GPtrArray) applications = NULL;
    guint limit;

    if (!read_limit (visit->call, &limit))
        return tou_practice_answer_new_problem ("bad-request", "limit is 1 to 100", NULL);
    applications = tou_practice_submissions_list (visit->service->db, session->vendor_number,
                                                  session->category, limit, error);
    if (applications == NULL)
        return NULL;
    return tou_practice_answer_new_json (200, tou_wire_write_applications (applications));
}

TouPracticeAnswer *
tou_practice_call_submission (TouPracticeVisit *visit, GError **error)
{
    g_autoptr (TouPracticeSubmission) submission = NULL;
    g_autoptr (TouReceipt) receipt = NULL;

    if (!tou_wire_is_uuid (visit->id))
        return tou_practice_answer_new_problem ("bad-request", "no submission id", NULL);
    if (!tou_practice_submissions_find (visit->service->db, visit->id, &submission, error))
        return NULL;
    if (submission == NULL || g_strcmp0 (submission->vendor_number, visit->session.vendor_number) != 0)
        return tou_practice_answer_new_problem ("no-such-submission", NULL, NULL);
    receipt = tou_practice_submission_dup_receipt (submission);
    return tou_practice_answer_new_json (200, tou_wire_write_accepted (receipt));
}

TouPracticeAnswer *
tou_practice_call_nonce (TouPracticeVisit *visit, GError **error)
{
    g_autoptr (TouPracticeAnswer) answer = tou_practice_answer_new (204);

    tou_practice_answer_set_header (answer, "Cache-Control", "no-store");
    if (!tou_practice_visit_set_nonce (visit, answer, error))
        return NULL;
    return g_steal_pointer (&answer);
}

gboolean
tou_practice_visit_set_nonce (TouPracticeVisit *visit, TouPracticeAnswer *answer, GError **error)
{
    g_autofree char *nonce = tou_practice_accounts_issue_nonce (
        visit->service->db, visit->session.vendor_number, visit->now_us, error);

    if (nonce == NULL)
        return FALSE;
    tou_practice_answer_set_header (answer, "Replay-Nonce", nonce);
    return TRUE;
}
