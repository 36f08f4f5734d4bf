/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-card-access.h"
#include "tou-card-modules.h"
#include "tou-certificate-checker.h"
#include "tou-error-catalogue.h"
#include "tou-flow-error.h"
#include "tou-renewal-error.h"
#include "tou-installation-error.h"
#include "tou-practice-control.h"
#include "tou-proof-checker.h"
#include "tou-record-store.h"
#include "tou-registration-service.h"
#include "tou-service-profile.h"

#include <gio/gio.h>
#include <string.h>

static const char *const codes[] = {
    "00005", "01001", "01002", "01003", "01004", "01006", "01007", "01014", "03001", "03002",
    "10002", "10025", "10048", "19999", "20001", "30001", "30002", "30003", "30004", "30005",
    "30006", "30007", "30008", "40001", "40002", "40003", "40004", "49999",
};

static const TouErrorEntry *
look_up (GQuark domain, int value)
{
    g_autoptr (GError) error = g_error_new_literal (domain, value, "test");

    return tou_error_catalogue_lookup (error);
}

static const TouErrorEntry *
look_up_problem (const char *code, const char *type)
{
    g_autoptr (GError) error = g_error_new_literal (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_PROBLEM, "test");

    tou_service_error_set_problem (error, 400, code, type, NULL);
    return tou_error_catalogue_lookup (error);
}

static void
test_every_code (void)
{
    for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
        const TouErrorEntry *entry = tou_error_catalogue_lookup_code (codes[i]);

        g_assert_nonnull (entry);
        g_assert_cmpstr (entry->code, ==, codes[i]);
        g_assert_true (look_up_problem (codes[i], NULL) == entry);
        g_assert_cmpint (entry->form, ==, codes[i][0] < '2' ? TOU_ERROR_FORM_DIALOG : TOU_ERROR_FORM_PAGE);
    }
    g_assert_null (tou_error_catalogue_lookup_code ("12345"));
}

/* Would catch: a cause without a text, out of order, of an unlisted code, or one whose name a test or the
 * timeline could not tell from another. */
static void
test_every_entry (void)
{
    g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
    guint n = 0;
    const TouErrorEntry *entries = tou_error_catalogue_get_all (&n);

    g_assert_cmpuint (n, >, G_N_ELEMENTS (codes));
    for (guint i = 0; i < n; i++) {
        g_assert_true (i == 0 || strcmp (entries[i - 1].code, entries[i].code) <= 0);
        g_assert_true (g_hash_table_add (names, (gpointer) entries[i].name));
        g_assert_cmpstr (entries[i].message, ==, tou_error_catalogue_lookup_code (entries[i].code)->message);
        g_assert_cmpuint (strlen (entries[i].cause), >, 0);
        g_assert_cmpuint (strlen (entries[i].remedy), >, 0);
    }
}

typedef struct {
    GQuark (*quark) (void);
    int n_values;
} Domain;

static GQuark
get_flow_quark (void)
{
    return g_quark_from_static_string ("tou-flow-error-quark");
}

static GQuark
get_renewal_quark (void)
{
    return g_quark_from_static_string ("TouRenewalError");
}

/* Would catch: an error value that was added, or renumbered, without its explanation. */
static void
test_every_error (void)
{
    const Domain domains[] = {
        { tou_card_error_quark, TOU_N_CARD_ERRORS },
        { tou_service_error_quark, TOU_N_SERVICE_ERRORS },
        { tou_store_error_quark, TOU_STORE_ERROR_FAILED + 1 },
        { tou_proof_error_quark, TOU_PROOF_ERROR_FAILED + 1 },
        { tou_certificate_warning_quark, TOU_N_CERTIFICATE_WARNINGS },
        { tou_profile_error_quark, TOU_PROFILE_ERROR_NOT_KEPT + 1 },
        { tou_practice_error_quark, TOU_PRACTICE_ERROR_FAILED + 1 },
        { tou_installation_error_quark, TOU_N_INSTALLATION_ERRORS },
        { tou_module_error_quark, TOU_MODULE_ERROR_LOCKED + 1 },
        { get_flow_quark, TOU_N_FLOW_ERRORS },
        { get_renewal_quark, TOU_N_RENEWAL_ERRORS },
    };
    g_autoptr (GHashTable) seen = g_hash_table_new (g_direct_hash, g_direct_equal);

    for (guint i = 0; i < G_N_ELEMENTS (domains); i++) {
        for (int value = 0; value < domains[i].n_values; value++) {
            const TouErrorEntry *entry = look_up (domains[i].quark (), value);

            g_assert_cmpstr (entry->name, !=, "unexpected");
            g_assert_true (g_hash_table_add (seen, (gpointer) entry));
        }
    }
}

typedef struct {
    GQuark (*quark) (void);
    int value;
    const char *code;
    const char *name;
} Expected;

static void
test_codes_of_errors (void)
{
    const Expected expected[] = {
        { tou_card_error_quark, TOU_CARD_ERROR_NO_MODULE, "10002", "module-missing" },
        { tou_card_error_quark, TOU_CARD_ERROR_NO_READER, "03001", "no-reader" },
        { tou_card_error_quark, TOU_CARD_ERROR_TIMED_OUT, "03001", "card-timed-out" },
        { tou_card_error_quark, TOU_CARD_ERROR_PIN_EMPTY, "10025", "pin-empty" },
        { tou_card_error_quark, TOU_CARD_ERROR_PIN_WRONG, "03002", "pin-wrong" },
        { tou_card_error_quark, TOU_CARD_ERROR_PIN_LOCKED, "03002", "pin-locked" },
        { tou_card_error_quark, TOU_CARD_ERROR_OTHER_CARD, "03002", "other-card" },
        { tou_card_error_quark, TOU_CARD_ERROR_NOT_UNLOCKED, "30005", "card-not-unlocked" },
        { tou_card_error_quark, TOU_CARD_ERROR_NO_KEY, "01003", "card-no-key" },
        { tou_card_error_quark, TOU_CARD_ERROR_KEY_UNSUITABLE, "01004", "key-unsuitable" },
        { tou_card_error_quark, TOU_CARD_ERROR_ALGORITHM, "01001", "algorithm-refused" },
        { tou_card_error_quark, TOU_CARD_ERROR_ALGORITHM_MODULE, "01002", "algorithm-missing" },
        { tou_card_error_quark, TOU_CARD_ERROR_BUSY, "10048", "card-busy" },
        { tou_service_error_quark, TOU_SERVICE_ERROR_UNTRUSTED, "19999", "untrusted" },
        { tou_service_error_quark, TOU_SERVICE_ERROR_UNREACHABLE, "00005", "unreachable" },
        { tou_service_error_quark, TOU_SERVICE_ERROR_BAD_ANSWER, "10048", "bad-answer" },
        { tou_service_error_quark, TOU_SERVICE_ERROR_NOT_SIGNED_IN, "30004", "not-signed-in" },
        { tou_service_error_quark, TOU_SERVICE_ERROR_SESSION_LOST, "30004", "session-lost" },
        { tou_service_error_quark, TOU_SERVICE_ERROR_SESSION_OVER, "30003", "session-over" },
        { tou_service_error_quark, TOU_SERVICE_ERROR_UNAVAILABLE, "49999", "service-closed" },
        { tou_service_error_quark, TOU_SERVICE_ERROR_GATEWAY, "49999", "service-behind-gateway" },
        { tou_service_error_quark, TOU_SERVICE_ERROR_SERVER_FAILED, "49999", "service-broken" },
        { tou_service_error_quark, TOU_SERVICE_ERROR_FORBIDDEN, "40003", "access-refused" },
        { tou_service_error_quark, TOU_SERVICE_ERROR_REDIRECTED, "10048", "redirected" },
        { tou_service_error_quark, TOU_SERVICE_ERROR_MISSING, "00005", "address-not-found" },
        { tou_service_error_quark, TOU_SERVICE_ERROR_PROBLEM, "49999", "problem-without-code" },
        { tou_proof_error_quark, TOU_PROOF_ERROR_EXPIRED, "01006", "certificate-expired" },
        { tou_proof_error_quark, TOU_PROOF_ERROR_NOT_YET_VALID, "01007", "certificate-not-yet-valid" },
        { tou_proof_error_quark, TOU_PROOF_ERROR_REVOKED, "01014", "certificate-revoked" },
        { tou_practice_error_quark, TOU_PRACTICE_ERROR_FOLDER_DAMAGED, "19999", "practice-damaged" },
        { tou_practice_error_quark, TOU_PRACTICE_ERROR_FOLDER_FOREIGN, "10048", "practice-foreign" },
        { get_flow_quark, TOU_FLOW_ERROR_WRONG_STATE, "10048", "wrong-state" },
        { get_flow_quark, TOU_FLOW_ERROR_FORM, "10048", "form-fault" },
        { get_flow_quark, TOU_FLOW_ERROR_NOT_REGISTERED, "30001", "registration-missing" },
        { get_flow_quark, TOU_FLOW_ERROR_OTHER_CARD, "30001", "another-card-registered" },
        { get_flow_quark, TOU_FLOW_ERROR_UNCHANGED, "10048", "nothing-changed" },
        { get_flow_quark, TOU_FLOW_ERROR_RECEIPT_NOT_KEPT, "19999", "receipt-not-kept" },
        { get_flow_quark, TOU_FLOW_ERROR_NOT_RECEIVED, "19999", "not-received" },
        { get_renewal_quark, TOU_RENEWAL_ERROR_NOT_CURRENT, "30001", "not-the-current-card" },
        { get_renewal_quark, TOU_RENEWAL_ERROR_CURRENT_EXPIRED, "01006", "current-card-expired" },
        { get_renewal_quark, TOU_RENEWAL_ERROR_SAME_CARD, "30005", "still-the-current-card" },
        { get_renewal_quark, TOU_RENEWAL_ERROR_OTHER_COMPANY, "30005", "new-card-of-another-company" },
        { get_renewal_quark, TOU_RENEWAL_ERROR_CONSENT_OVER, "30005", "consent-over" },
        { g_io_error_quark, G_IO_ERROR_FAILED, "19999", "unexpected" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
        const TouErrorEntry *entry = look_up (expected[i].quark (), expected[i].value);

        g_assert_cmpstr (entry->code, ==, expected[i].code);
        g_assert_cmpstr (entry->name, ==, expected[i].name);
    }
}

/* Would catch: an unknown code that gets the wrong advice, a type that overrules the code it came with. */
static void
test_problems (void)
{
    const char *const prefix = "urn:touroku:problem:";
    g_autofree char *unavailable = g_strconcat (prefix, "unavailable", NULL);

    g_assert_cmpstr (look_up_problem ("41234", NULL)->name, ==, "unknown-service-code");
    g_assert_cmpstr (look_up_problem ("30099", NULL)->name, ==, "unknown-code");
    g_assert_cmpstr (look_up_problem ("40001", unavailable)->name, ==, "service-unavailable");
    g_assert_cmpstr (look_up_problem ("40004", "https://agency.example/problems/time")->name, ==, "time-off");
    g_assert_cmpstr (look_up_problem ("40002", unavailable)->name, ==, "service-login-exception");
    g_assert_cmpstr (look_up_problem ("40003", "about:blank")->name, ==, "service-error");
    g_assert_cmpstr (look_up_problem ("41234", "https://x.example/*")->name, ==, "unknown-service-code");
}

/* Would catch: a search that shows one of several causes, takes a word for a code, or drops the range. */
static void
test_list_code (void)
{
    guint n;
    const TouErrorEntry *entries = tou_error_catalogue_list_code ("03002", &n);

    g_assert_cmpuint (n, ==, 6);
    g_assert_cmpstr (entries[0].name, ==, "card-login");
    for (guint i = 0; i < n; i++)
        g_assert_cmpstr (entries[i].code, ==, "03002");
    g_assert_cmpstr (tou_error_catalogue_list_code ("41234", &n)->name, ==, "unknown-service-code");
    g_assert_cmpuint (n, ==, 1);
    g_assert_null (tou_error_catalogue_list_code ("40000", &n));
    g_assert_null (tou_error_catalogue_list_code ("4123x", &n));
    g_assert_null (tou_error_catalogue_list_code ("", &n));
    g_assert_cmpuint (n, ==, 0);
}

static void
test_unfit (void)
{
    const Expected expected[] = {
        { NULL, TOU_CERTIFICATE_EXPIRED, "01006", "certificate-expired" },
        { NULL, TOU_CERTIFICATE_NOT_YET_VALID, "01007", "certificate-not-yet-valid" },
        { NULL, TOU_CERTIFICATE_KEY_TOO_SHORT, "01004", "key-unsuitable" },
        { NULL, TOU_CERTIFICATE_NOT_FOR_SIGNING, "01004", "certificate-key-usage" },
        { NULL, TOU_CERTIFICATE_IS_CA, "01004", "certificate-key-usage" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
        g_autoptr (GError) error = tou_proof_error_new_unfit ((TouCertificateFitness) expected[i].value);

        g_assert_cmpstr (tou_error_catalogue_lookup (error)->code, ==, expected[i].code);
        g_assert_cmpstr (tou_error_catalogue_lookup (error)->name, ==, expected[i].name);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/error-catalogue/every-code", test_every_code);
    g_test_add_func ("/error-catalogue/every-entry", test_every_entry);
    g_test_add_func ("/error-catalogue/every-error", test_every_error);
    g_test_add_func ("/error-catalogue/codes-of-errors", test_codes_of_errors);
    g_test_add_func ("/error-catalogue/problems", test_problems);
    g_test_add_func ("/error-catalogue/list-code", test_list_code);
    g_test_add_func ("/error-catalogue/unfit", test_unfit);
    return g_test_run ();
}
