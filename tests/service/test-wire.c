/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "messages.h"
#include "tou-wire-answer.h"
#include "tou-wire-problem.h"
#include "tou-wire-request.h"

#include <string.h>

static GBytes *
text_bytes (const char *text)
{
    return g_bytes_new (text, strlen (text));
}

/* The header promises that the text names the member. */
static void
assert_names (const GError *error, const char *member)
{
    const char *text = error->message;

    g_assert_nonnull (strstr (text, member));
}

static char *
bytes_text (GBytes *bytes)
{
    return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* Would catch a member renamed, reordered or written without a value: the bytes are a contract. */
static void
test_request_bytes (void)
{
    g_autoptr (TouRequest) request = message_make_request (TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) json = tou_wire_write_request (request);
    g_autofree char *text = bytes_text (json);

    g_assert_cmpstr (
        text, ==,
        "{\"format\":\"touroku-request\",\"version\":1,\"operation\":\"registration\",\"audience\":"
        "\"" MESSAGE_AUDIENCE "\",\"category\":\"goods\",\"submission_id\":\"" MESSAGE_UUID
        "\",\"nonce\":\"nonce-1\",\"time\":\"2026-11-23T09:30:00Z\",\"certificate_sha256\":\"" MESSAGE_SHA256
        "\",\"content\":{\"company\":{\"vendor_number\":\"0012345\",\"name\":"
        "\"株式会社\\\"練習\\\"建設\\\\𠮷\","
        "\"address\":\"東京都杉並区高井戸西3-5-24\",\"phone\":\"03-0000-0001\"},"
        "\"contact\":{\"name\":\"営業部\",\"postal_code\":\"168-8505\",\"address\":\"東京都杉並区\","
        "\"person\":\"山田　太郎\",\"phone\":\"03-0000-0002\",\"fax\":\"03-0000-0000\"}}}");
}

/* Would catch a member lost on the way, for each operation. */
static void
test_request_round_trip (gconstpointer data)
{
    TouOperation operation = (TouOperation) GPOINTER_TO_INT (data);
    g_autoptr (TouRequest) request = message_make_request (operation);
    g_autoptr (GBytes) json = tou_wire_write_request (request);
    g_autoptr (GError) error = NULL;
    g_autoptr (TouRequest) again = tou_wire_read_request (json, &error);
    g_autoptr (GBytes) json_again = NULL;

    g_assert_no_error (error);
    json_again = tou_wire_write_request (again);
    g_assert_cmpmem (g_bytes_get_data (json, NULL), g_bytes_get_size (json),
                     g_bytes_get_data (json_again, NULL), g_bytes_get_size (json_again));
    g_assert_cmpint (again->operation, ==, operation);
    g_assert_cmpint (again->time_us, ==, MESSAGE_NOON_US);
    g_assert_cmpstr (again->company->name, ==, request->company->name);
    g_assert_null (again->company->fax);
    g_assert_true ((again->contact == NULL) == (operation == TOU_OPERATION_CARD_RENEWAL));
    g_assert_true ((again->authorization == NULL) == (operation != TOU_OPERATION_CARD_RENEWAL));
}

/* Would catch a member renamed, reordered or lost: what the current card signs is a contract, too. */
static void
test_authorization_bytes (void)
{
    g_autoptr (TouAuthorization) authorization = message_make_authorization ();
    g_autoptr (GBytes) json = tou_wire_write_authorization (authorization);
    g_autofree char *text = bytes_text (json);
    g_autoptr (GError) error = NULL;
    g_autoptr (TouAuthorization) again = tou_wire_read_authorization (json, &error);
    g_autoptr (GBytes) json_again = NULL;

    g_assert_cmpstr (text, ==,
                     "{\"format\":\"touroku-authorization\",\"version\":1,\"audience\":\"" MESSAGE_AUDIENCE
                     "\",\"category\":\"goods\",\"nonce\":\"nonce-2\",\"time\":\"2026-11-23T09:30:00Z\","
                     "\"company_number\":\"0012345\",\"certificate_sha256\":\"" MESSAGE_SHA256
                     "\",\"expires\":\"2026-11-23T09:45:00Z\"}");
    g_assert_no_error (error);
    json_again = tou_wire_write_authorization (again);
    g_assert_true (g_bytes_equal (json, json_again));
}

/* A good authorization in which one piece is replaced by another. */
static const struct {
    const char *find, *put;
    TouWireError code;
    const char *member;
} bad_authorizations[] = {
    { "touroku-authorization", "touroku-request", TOU_WIRE_ERROR_INVALID, "\"format\"" },
    { "\"nonce-2\"", "\"\"", TOU_WIRE_ERROR_MISSING, "\"nonce\"" },
    { "\"company_number\"", "\"company\"", TOU_WIRE_ERROR_MISSING, "\"company_number\"" },
    { "e3b0c442", "E3B0C442", TOU_WIRE_ERROR_INVALID, "\"certificate_sha256\"" },
    { "\"goods\"", "\"other\"", TOU_WIRE_ERROR_INVALID, "\"category\"" },
    { "\"expires\"", "\"expire\"", TOU_WIRE_ERROR_MISSING, "\"expires\"" },
};

static void
test_bad_authorizations (void)
{
    g_autoptr (TouAuthorization) authorization = message_make_authorization ();
    g_autoptr (GBytes) json = tou_wire_write_authorization (authorization);
    g_autofree char *good = bytes_text (json);

    for (guint i = 0; i < G_N_ELEMENTS (bad_authorizations); i++) {
        g_autoptr (GString) text = g_string_new (good);
        g_autoptr (GBytes) bad = NULL;
        g_autoptr (GError) error = NULL;

        g_assert_cmpuint (g_string_replace (text, bad_authorizations[i].find, bad_authorizations[i].put, 1),
                          ==, 1);
        bad = g_bytes_new (text->str, text->len);
        g_assert_null (tou_wire_read_authorization (bad, &error));
        g_assert_error (error, TOU_WIRE_ERROR, (gint) bad_authorizations[i].code);
        assert_names (error, bad_authorizations[i].member);
    }
}

static void
test_receipt_round_trip (void)
{
    g_autoptr (TouReceipt) receipt = message_make_receipt ();
    g_autoptr (TouReceipt) content = NULL, accepted = NULL;
    g_autoptr (GBytes) json = NULL, answer = NULL;
    g_autoptr (GError) error = NULL;

    json = tou_wire_write_receipt (receipt, MESSAGE_AUDIENCE, TOU_OPERATION_CARD_RENEWAL, TOU_CATEGORY_GOODS);
    content = tou_wire_read_receipt (json, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (content->request_sha256, ==, MESSAGE_SHA256);
    g_assert_cmpint (content->accepted_at_us, ==, MESSAGE_NOON_US);
    answer = tou_wire_write_accepted (receipt);
    accepted = tou_wire_read_accepted (answer, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (accepted->reception_number, ==, "R-2026-000001");
    g_assert_true (g_bytes_equal (accepted->cms, receipt->cms));
}

static void
test_service_info_round_trip (void)
{
    g_autoptr (TouServiceInfo) info = message_make_service_info ();
    g_autoptr (TouServiceInfo) again = NULL;
    g_autofree char *audience = NULL;
    g_autoptr (GBytes) json = NULL;
    g_autoptr (GError) error = NULL;

    json = tou_wire_write_service_info (info, MESSAGE_AUDIENCE);
    again = tou_wire_read_service_info (json, &audience, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (audience, ==, MESSAGE_AUDIENCE);
    g_assert_cmpstr (again->name_en, ==, "Practice");
    g_assert_cmpstr (again->help_desk_name_en, ==, "ヘルプデスク");
    g_assert_false (again->has_category[TOU_CATEGORY_CONSTRUCTION]);
    g_assert_true (again->has_category[TOU_CATEGORY_GOODS]);
    g_assert_cmpstr (again->digest_algorithms[1], ==, "sha384");
    g_assert_cmpuint (again->session_seconds, ==, 600);
    g_assert_cmpuint (again->request_bytes, ==, 65536);
}

/* Would catch a password whose quotes or letters break the JSON. */
static void
test_sign_in_round_trip (void)
{
    static const char password_text[] = "p\"a\\s/s{}\xe3\x81\x82";
    g_autoptr (TouSecret) password = tou_secret_new_from_text (password_text);
    g_autoptr (GError) error = NULL;
    g_autoptr (TouSecret) json = tou_wire_write_sign_in ("bidder1", password, TOU_CATEGORY_GOODS, &error);
    g_autoptr (GBytes) bytes = text_bytes (tou_secret_get_data (json));
    g_autoptr (TouSecret) again = NULL;
    g_autofree char *user_id = NULL;
    TouCategory category;

    g_assert_no_error (error);
    g_assert_true (tou_wire_read_sign_in (bytes, &user_id, &again, &category, &error));
    g_assert_no_error (error);
    g_assert_cmpstr (user_id, ==, "bidder1");
    g_assert_true (tou_secret_equal_text (again, password_text));
    g_assert_cmpint (category, ==, TOU_CATEGORY_GOODS);
}

static void
test_sign_in_too_long (void)
{
    g_autofree char *long_text = g_strnfill (900, '"');
    g_autoptr (TouSecret) password = tou_secret_new_from_text (long_text);
    g_autoptr (GError) error = NULL;

    g_assert_null (tou_wire_write_sign_in ("bidder1", password, TOU_CATEGORY_GOODS, &error));
    g_assert_error (error, TOU_WIRE_ERROR, TOU_WIRE_ERROR_INVALID);
}

static void
test_session_round_trip (void)
{
    g_autoptr (TouSession) session = message_make_session ();
    g_autoptr (TouSession) again = NULL;
    g_autoptr (TouSecret) token = NULL;
    g_autoptr (GBytes) json = NULL;
    g_autoptr (GError) error = NULL;

    json = tou_wire_write_session (session, "dG9rZW4_-.~+/==");
    again = tou_wire_read_session (json, &token, &error);
    g_assert_no_error (error);
    g_assert_true (tou_secret_equal_text (token, "dG9rZW4_-.~+/=="));
    g_assert_cmpint (again->expires_at_us, ==, MESSAGE_NOON_US);
    g_assert_cmpstr (again->company->vendor_number, ==, "0012345");
    g_assert_true (again->has_registration);
}

static void
test_registration_round_trip (void)
{
    g_autoptr (TouRegistration) registration = message_make_registration ();
    g_autoptr (TouRegistration) again = NULL;
    g_autoptr (GBytes) json = NULL;
    g_autoptr (GError) error = NULL;

    json = tou_wire_write_registration (registration);
    again = tou_wire_read_registration (json, &error);
    g_assert_no_error (error);
    g_assert_true (tou_contact_equal (again->contact, registration->contact));
    g_assert_cmpstr (again->card_serial, ==, "1A2B");
    g_assert_cmpstr (again->registered_company->address, ==, registration->registered_company->address);
    g_assert_cmpint (again->card_not_after_us, ==, MESSAGE_NOON_US);
}

static void
test_applications_round_trip (void)
{
    g_autoptr (GPtrArray) applications = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_application_free);
    g_autoptr (GPtrArray) again = NULL;
    g_autoptr (GBytes) json = NULL;
    g_autoptr (GError) error = NULL;
    TouApplication *first;

    g_ptr_array_add (applications,
                     message_make_application (TOU_REVIEW_STATE_DENIED, "企業名称が\n違います。"));
    g_ptr_array_add (applications, message_make_application (TOU_REVIEW_STATE_UNDER_REVIEW, NULL));
    json = tou_wire_write_applications (applications);
    again = tou_wire_read_applications (json, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (again->len, ==, 2);
    first = g_ptr_array_index (again, 0);
    g_assert_cmpint (first->state, ==, TOU_REVIEW_STATE_DENIED);
    g_assert_cmpstr (first->reason, ==, "企業名称が\n違います。");
    g_assert_cmpint (first->operation, ==, TOU_OPERATION_CONTACT_CHANGE);
    g_assert_null (((TouApplication *) g_ptr_array_index (again, 1))->reason);
}

/* A newer service's word must not hide the whole history. */
static void
test_unknown_state (void)
{
    g_autoptr (GBytes) json = text_bytes (
        "{\"applications\":[{\"submission_id\":\"" MESSAGE_UUID "\",\"reception_number\":\"1\",\"operation\":"
        "\"registration\",\"submitted_at\":\"2026-11-23T09:30:00Z\",\"state\":\"on-hold\",\"x\":[1.5e3]}]}");
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) applications = tou_wire_read_applications (json, &error);

    g_assert_no_error (error);
    g_assert_cmpint (((TouApplication *) g_ptr_array_index (applications, 0))->state, ==,
                     TOU_REVIEW_STATE_UNKNOWN);
}

static void
test_problem_round_trip (void)
{
    g_autoptr (TouWireProblem) problem = tou_wire_problem_new ("bad-field", "too long");
    g_autoptr (TouWireProblem) again = NULL;
    g_autoptr (GBytes) json = NULL;
    g_autoptr (GError) error = NULL;

    tou_set_text (&problem->field, "contact.name");
    json = tou_wire_write_problem (problem);
    again = tou_wire_read_problem (json, &error);
    g_assert_no_error (error);
    g_assert_true (tou_wire_problem_is (again, "bad-field"));
    g_assert_false (tou_wire_problem_is (again, "bad"));
    g_assert_cmpuint (again->status, ==, 422);
    g_assert_cmpstr (again->code, ==, "40003");
    g_assert_cmpstr (again->field, ==, "contact.name");
    g_assert_cmpstr (again->detail, ==, "too long");
}

/* RFC 9457 section 3.1: members of another type are ignored, and none is required. */
static void
test_problem_of_others (void)
{
    g_autoptr (GBytes) json = text_bytes (
        "{\"type\":7,\"status\":\"400\",\"code\":\"4000\",\"title\":\"Bad\",\"detail\":null}");
    g_autoptr (GError) error = NULL;
    g_autoptr (TouWireProblem) problem = tou_wire_read_problem (json, &error);

    g_assert_no_error (error);
    g_assert_null (problem->type_uri);
    g_assert_null (problem->code);
    g_assert_null (problem->detail);
    g_assert_cmpuint (problem->status, ==, 0);
    g_assert_cmpstr (problem->title, ==, "Bad");
}

static void
test_problem_kinds (void)
{
    guint n;
    const TouWireProblemKind *kinds = tou_wire_problem_get_kinds (&n);

    for (guint i = 0; i < n; i++) {
        g_assert_true (tou_wire_is_code (kinds[i].code));
        g_assert_cmpuint (kinds[i].status, >=, 400);
        for (guint j = 0; j < i; j++)
            g_assert_cmpstr (kinds[i].name, !=, kinds[j].name);
    }
}

typedef struct {
    const char *name;
    const char *text;
    TouWireError code;
    const char *member; /* that the text of the error must name (nullable) */
} BadText;

#define ACCEPTED_START "{\"submission_id\":\"" MESSAGE_UUID "\",\"reception_number\":\"1\","
#define ACCEPTED_TIME "\"accepted_at\":\"2026-11-23T09:30:00Z\","

static const BadText bad_accepted[] = {
    { "empty", "", TOU_WIRE_ERROR_MALFORMED },
    { "html", "<html></html>", TOU_WIRE_ERROR_MALFORMED },
    { "array", "[]", TOU_WIRE_ERROR_MALFORMED },
    { "string", "\"{}\"", TOU_WIRE_ERROR_MALFORMED },
    { "byte-order-mark", "\xef\xbb\xbf{}", TOU_WIRE_ERROR_MALFORMED },
    { "not-utf-8", "{\"a\":\"\xff\"}", TOU_WIRE_ERROR_MALFORMED },
    { "unfinished", "{\"a\":1", TOU_WIRE_ERROR_MALFORMED },
    { "unfinished-string", "{\"a", TOU_WIRE_ERROR_MALFORMED },
    { "trailing-comma", "{\"a\":1,}", TOU_WIRE_ERROR_MALFORMED },
    { "trailing-text", "{} {}", TOU_WIRE_ERROR_MALFORMED },
    { "comment", "{/* c */}", TOU_WIRE_ERROR_MALFORMED },
    { "assignment", "var a = {}", TOU_WIRE_ERROR_MALFORMED },
    { "single-quotes", "{'a':1}", TOU_WIRE_ERROR_MALFORMED },
    { "leading-zero", "{\"a\":01}", TOU_WIRE_ERROR_MALFORMED },
    { "plus", "{\"a\":+1}", TOU_WIRE_ERROR_MALFORMED },
    { "hex-number", "{\"a\":0x10}", TOU_WIRE_ERROR_MALFORMED },
    { "bare-fraction", "{\"a\":1.}", TOU_WIRE_ERROR_MALFORMED },
    { "huge-number", "{\"a\":18446744073709551616}", TOU_WIRE_ERROR_MALFORMED },
    { "word", "{\"a\":True}", TOU_WIRE_ERROR_MALFORMED },
    { "nul-escape", "{\"a\":\"\\u0000\"}", TOU_WIRE_ERROR_MALFORMED },
    { "half-surrogate", "{\"a\":\"\\ud840\"}", TOU_WIRE_ERROR_MALFORMED },
    { "low-surrogate", "{\"a\":\"\\udc00\"}", TOU_WIRE_ERROR_MALFORMED },
    { "bad-escape", "{\"a\":\"\\x\"}", TOU_WIRE_ERROR_MALFORMED },
    { "control-character", "{\"a\":\"\n\"}", TOU_WIRE_ERROR_MALFORMED },
    { "member-twice", "{\"a\":1,\"a\":1}", TOU_WIRE_ERROR_MALFORMED },
    { "member-twice-escaped", "{\"a\":1,\"\\u0061\":1}", TOU_WIRE_ERROR_MALFORMED },
    { "member-twice-inside", "{\"a\":[{\"b\":1,\"b\":1}]}", TOU_WIRE_ERROR_MALFORMED },
    { "too-deep", "{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}", TOU_WIRE_ERROR_MALFORMED },
    { "missing-all", "{}", TOU_WIRE_ERROR_MISSING, "submission_id" },
    { "id-null", "{\"submission_id\":null}", TOU_WIRE_ERROR_MISSING, "submission_id" },
    { "id-empty", "{\"submission_id\":\"\"}", TOU_WIRE_ERROR_MISSING, "submission_id" },
    { "id-number", "{\"submission_id\":1}", TOU_WIRE_ERROR_INVALID, "submission_id" },
    { "id-upper-case", "{\"submission_id\":\"0B54AD5E-4F27-4D7A-9E52-0C5A3F6F2A11\"}", TOU_WIRE_ERROR_INVALID,
      "submission_id" },
    { "time-missing", ACCEPTED_START "\"receipt\":\"MIIB\"}", TOU_WIRE_ERROR_MISSING, "accepted_at" },
    { "time-zone", ACCEPTED_START "\"accepted_at\":\"2026-11-23T18:30:00+09:00\"}", TOU_WIRE_ERROR_INVALID,
      "accepted_at" },
    { "receipt-missing", ACCEPTED_START ACCEPTED_TIME "\"x\":1}", TOU_WIRE_ERROR_MISSING, "receipt" },
    { "receipt-not-base64", ACCEPTED_START ACCEPTED_TIME "\"receipt\":\"MI B\"}", TOU_WIRE_ERROR_INVALID,
      "receipt" },
    { "receipt-unpadded", ACCEPTED_START ACCEPTED_TIME "\"receipt\":\"MII\"}", TOU_WIRE_ERROR_INVALID,
      "receipt" },
};

static void
test_bad_accepted (gconstpointer data)
{
    const BadText *bad = data;
    g_autoptr (GBytes) json = text_bytes (bad->text);
    g_autoptr (GError) error = NULL;

    g_assert_null (tou_wire_read_accepted (json, &error));
    g_assert_error (error, TOU_WIRE_ERROR, (gint) bad->code);
    if (bad->member != NULL)
        assert_names (error, bad->member);
}

/* A good registration request in which one piece is replaced by another. */
static const struct {
    const char *name, *find, *put;
    TouWireError code;
    const char *member;
} bad_requests[] = {
    { "format", "touroku-request", "touroku-receipt", TOU_WIRE_ERROR_INVALID, "\"format\"" },
    { "version", "\"version\":1", "\"version\":2", TOU_WIRE_ERROR_INVALID, "\"version\"" },
    { "version-text", "\"version\":1", "\"version\":\"1\"", TOU_WIRE_ERROR_INVALID, "\"version\"" },
    { "operation", "\"registration\"", "\"cancel\"", TOU_WIRE_ERROR_INVALID, "\"operation\"" },
    { "category", "\"goods\"", "\"other\"", TOU_WIRE_ERROR_INVALID, "\"category\"" },
    { "audience", "\"audience\"", "\"audienc\"", TOU_WIRE_ERROR_MISSING, "\"audience\"" },
    { "nonce", "\"nonce-1\"", "\"\"", TOU_WIRE_ERROR_MISSING, "\"nonce\"" },
    { "hash", "e3b0c442", "E3B0C442", TOU_WIRE_ERROR_INVALID, "\"certificate_sha256\"" },
    { "time", "T09:30", "T24:30", TOU_WIRE_ERROR_INVALID, "\"time\"" },
    { "content", "\"content\":{", "\"content\":[],\"c\":{", TOU_WIRE_ERROR_INVALID, "\"content\"" },
    { "contact", "\"contact\"", "\"kontact\"", TOU_WIRE_ERROR_MISSING, "\"content.contact\"" },
    { "vendor", "\"0012345\"", "12345", TOU_WIRE_ERROR_INVALID, "\"content.company.vendor_number\"" },
    { "renewal-without-proof", "\"registration\"", "\"card-renewal\"", TOU_WIRE_ERROR_MISSING,
      "\"content.authorization\"" },
};

static void
test_bad_requests (void)
{
    g_autoptr (TouRequest) request = message_make_request (TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) json = tou_wire_write_request (request);
    g_autofree char *good = bytes_text (json);

    for (guint i = 0; i < G_N_ELEMENTS (bad_requests); i++) {
        g_autoptr (GString) text = g_string_new (good);
        g_autoptr (GBytes) bad = NULL;
        g_autoptr (GError) error = NULL;

        g_test_message ("%s", bad_requests[i].name);
        g_assert_cmpuint (g_string_replace (text, bad_requests[i].find, bad_requests[i].put, 1), ==, 1);
        bad = g_bytes_new (text->str, text->len);
        g_assert_null (tou_wire_read_request (bad, &error));
        g_assert_error (error, TOU_WIRE_ERROR, (gint) bad_requests[i].code);
        assert_names (error, bad_requests[i].member);
    }
}

/* A missing contact text is the field rules' to refuse, so that the person hears which field it was. */
static void
test_contact_text_missing (void)
{
    g_autoptr (TouRequest) request = message_make_request (TOU_OPERATION_CONTACT_CHANGE);
    g_autoptr (TouRequest) again = NULL;
    g_autoptr (GBytes) json = NULL;
    g_autoptr (GError) error = NULL;

    tou_set_text (&request->contact->person, NULL);
    json = tou_wire_write_request (request);
    again = tou_wire_read_request (json, &error);
    g_assert_no_error (error);
    g_assert_null (again->contact->person);
}

static void
test_too_large (void)
{
    g_autofree char *filler = g_strnfill (TOU_WIRE_MAX_BYTES, ' ');
    g_autofree char *text = g_strconcat ("{}", filler, NULL);
    g_autoptr (GBytes) json = text_bytes (text);
    g_autoptr (GError) error = NULL;

    g_assert_null (tou_wire_read_problem (json, &error));
    g_assert_error (error, TOU_WIRE_ERROR, TOU_WIRE_ERROR_MALFORMED);
}

/* Would let a service put a header line of its own into the next request. */
static void
test_bad_tokens (void)
{
    static const char *const tokens[] = { "\"a\\r\\nX: y\"", "\"a b\"", "\"\"", "17", "null" };

    for (guint i = 0; i < G_N_ELEMENTS (tokens); i++) {
        g_autofree char *text = g_strdup_printf (
            "{\"token\":%s,\"expires_at\":\"2026-11-23T09:30:00Z\",\"company\":{"
            "\"vendor_number\":\"1\",\"name\":\"n\"},\"has_registration\":false}",
            tokens[i]);
        g_autoptr (GBytes) json = text_bytes (text);
        g_autoptr (TouSecret) token = NULL;
        g_autoptr (GError) error = NULL;

        g_assert_null (tou_wire_read_session (json, &token, &error));
        g_assert_null (token);
        assert_names (error, "\"token\"");
    }
}

static void
test_times (void)
{
    static const char *const bad[] = {
        "",  "2026-11-23",           "2026-11-23T09:30:00",   "2026-11-23 09:30:00Z",  "2026-02-30T00:00:00Z",
        "x", "2026-11-23T09:30:60Z", "2026-11-23T09:30:00.Z", "2026-11-23T09:30:00Zz", "2026-11-23T09:30:00z"
    };
    g_autofree char *text = tou_wire_format_time (MESSAGE_NOON_US + 999999);
    g_autofree char *before = tou_wire_format_time (-1);
    gint64 time_us;

    g_assert_cmpstr (text, ==, "2026-11-23T09:30:00Z");
    g_assert_cmpstr (before, ==, "1969-12-31T23:59:59Z");
    g_assert_true (tou_wire_parse_time ("2026-11-23T09:30:00.25Z", &time_us));
    g_assert_cmpint (time_us, ==, MESSAGE_NOON_US + 250000);
    for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
        g_assert_false (tou_wire_parse_time (bad[i], &time_us));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/wire/request/bytes", test_request_bytes);
    g_test_add_data_func ("/wire/request/registration", GINT_TO_POINTER (TOU_OPERATION_REGISTRATION),
                          test_request_round_trip);
    g_test_add_data_func ("/wire/request/card-renewal", GINT_TO_POINTER (TOU_OPERATION_CARD_RENEWAL),
                          test_request_round_trip);
    g_test_add_data_func ("/wire/request/contact-change", GINT_TO_POINTER (TOU_OPERATION_CONTACT_CHANGE),
                          test_request_round_trip);
    g_test_add_func ("/wire/request/bad", test_bad_requests);
    g_test_add_func ("/wire/request/contact-text-missing", test_contact_text_missing);
    g_test_add_func ("/wire/authorization/bytes", test_authorization_bytes);
    g_test_add_func ("/wire/authorization/bad", test_bad_authorizations);
    g_test_add_func ("/wire/receipt", test_receipt_round_trip);
    g_test_add_func ("/wire/service-info", test_service_info_round_trip);
    g_test_add_func ("/wire/sign-in", test_sign_in_round_trip);
    g_test_add_func ("/wire/sign-in-too-long", test_sign_in_too_long);
    g_test_add_func ("/wire/session", test_session_round_trip);
    g_test_add_func ("/wire/session-bad-token", test_bad_tokens);
    g_test_add_func ("/wire/registration", test_registration_round_trip);
    g_test_add_func ("/wire/applications", test_applications_round_trip);
    g_test_add_func ("/wire/applications-unknown-state", test_unknown_state);
    g_test_add_func ("/wire/problem", test_problem_round_trip);
    g_test_add_func ("/wire/problem-of-others", test_problem_of_others);
    g_test_add_func ("/wire/problem-kinds", test_problem_kinds);
    for (guint i = 0; i < G_N_ELEMENTS (bad_accepted); i++) {
        g_autofree char *path = g_strdup_printf ("/wire/bad/%s", bad_accepted[i].name);
        g_test_add_data_func (path, &bad_accepted[i], test_bad_accepted);
    }
    g_test_add_func ("/wire/too-large", test_too_large);
    g_test_add_func ("/wire/times", test_times);
    return g_test_run ();
}
