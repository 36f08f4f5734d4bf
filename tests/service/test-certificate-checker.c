/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-openssl-certificate-checker.h"

#include "async-wait.h"
#include "certificate-fixture.h"
#include "fault-server.h"
#include "tou-error-catalogue.h"
#include "tou-http-list-source.h"
#include "tou-proof-checker.h"

#include <glib/gstdio.h>
#include <string.h>

#define HOUR_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

typedef struct {
    char *folder;
    char *cache;
    FaultServer *server;
    TouClock *clock;
    TouHttpListSource *source;
    TouCertificateChecker *checker;
    GPtrArray *lists; /* (element-type GBytes): what the server lends */
    char *url;
} Fixture;

/* One call and what came of it. */
typedef struct {
    gboolean is_done;
    TouCertificateStatus *status;
    GError *error;
} Outcome;

static void
clear_outcome (Outcome *outcome)
{
    g_clear_pointer (&outcome->status, tou_certificate_status_free);
    g_clear_error (&outcome->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, clear_outcome)

static void
write_text (Fixture *f, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename (f->folder, name, NULL);

    g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* @trust: lines of [Trust] */
static void
use_profile (Fixture *f, const char *trust)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *text = g_strconcat ("[Service]\nId=x\nName=X\nBaseUrl=https://x.example/\n[Trust]\n",
                                         trust, NULL);
    g_autofree char *path = g_build_filename (f->folder, "x.touroku", NULL);
    g_autoptr (TouServiceProfile) profile = NULL;

    write_text (f, "x.touroku", text);
    profile = tou_service_profile_load (path, &error);
    g_assert_no_error (error);
    g_clear_object (&f->checker);
    f->checker = TOU_CERTIFICATE_CHECKER (
        tou_openssl_certificate_checker_new (profile, TOU_LIST_SOURCE (f->source), f->cache));
}

static void
set_up (Fixture *f, gconstpointer data)
{
    g_autofree char *pem = tou_practice_pem_from_certificate (
        tou_practice_ca_get_certificate (fixture_get_ca ()));

    f->folder = g_dir_make_tmp ("touroku-checker-XXXXXX", NULL);
    f->cache = g_build_filename (f->folder, "cache", NULL);
    f->server = fault_server_new (NULL, NULL, "127.0.0.1", NULL);
    f->clock = tou_clock_new_fixed (FIXTURE_NOW_US);
    f->source = tou_http_list_source_new ();
    f->lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
    f->url = g_strdup_printf ("http://127.0.0.1:%u/ca.crl", fault_server_get_port (f->server));
    write_text (f, "issuers.pem", pem);
    use_profile (f, "CardIssuersFile=issuers.pem\n");
}

static void
remove_all (const char *folder)
{
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        if (g_file_test (path, G_FILE_TEST_IS_DIR))
            remove_all (path);
        else
            g_unlink (path);
    }
    g_rmdir (folder);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
    g_clear_object (&f->checker);
    g_clear_object (&f->source);
    g_clear_object (&f->clock);
    fault_server_free (f->server);
    g_ptr_array_unref (f->lists);
    remove_all (f->folder);
    g_free (f->folder);
    g_free (f->cache);
    g_free (f->url);
}

/* Certificates */

static TouCardCertificate *
read_facts (X509 *certificate)
{
    g_autoptr (GBytes) der = tou_x509_to_der (certificate);
    g_autoptr (GError) error = NULL;
    TouCardCertificate *facts = tou_certificate_read (der, &error);

    g_assert_no_error (error);
    return facts;
}

static TouCardCertificate *
issue_card (TouPracticeCa *ca, const TouPracticeCardFacts *facts)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (X509) certificate = tou_practice_ca_issue_card (ca, facts, fixture_get_key (), &error);

    g_assert_no_error (error);
    return read_facts (certificate);
}

static TouCardCertificate *
make_card (Fixture *f)
{
    TouPracticeCardFacts facts = fixture_card_facts ();

    facts.crl_url = f->url;
    return issue_card (fixture_get_ca (), &facts);
}

/* Lists. @serial: (nullable) */

static GBytes *
make_list (TouPracticeCa *ca, const char *serial, gint64 from_us, gint64 to_us)
{
    const char *const serials[] = { serial, NULL };
    g_autoptr (GError) error = NULL;
    g_autoptr (X509_CRL) crl = tou_practice_ca_issue_crl (ca, serials, from_us, to_us, &error);
    guint8 *data = NULL;
    int size = i2d_X509_CRL (crl, &data);
    GBytes *der = g_bytes_new (data, (gsize) size);

    g_assert_no_error (error);
    OPENSSL_free (data);
    return der;
}

/* @list: (transfer full) */
static void
serve (Fixture *f, guint status, GBytes *list)
{
    gsize size;
    const char *body = g_bytes_get_data (list, &size);
    FaultPlan plan = { .status = status, .type = "application/pkix-crl", .body = body, .body_size = size };

    g_ptr_array_add (f->lists, list);
    fault_server_add (f->server, &plan);
}

static void
serve_good (Fixture *f, const char *serial)
{
    serve (f, 200, make_list (fixture_get_ca (), serial, FIXTURE_NOW_US - HOUR_US, FIXTURE_NOW_US + HOUR_US));
}

/* Checks */

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
    Outcome *outcome = data;

    outcome->status = tou_certificate_checker_check_finish (TOU_CERTIFICATE_CHECKER (source), result,
                                                            &outcome->error);
    outcome->is_done = TRUE;
}

static void
check (Fixture *f, TouCardCertificate *card, GCancellable *cancellable, Outcome *outcome)
{
    tou_certificate_checker_check_async (f->checker, card, f->clock, cancellable, on_checked, outcome);
    async_wait_flag (&outcome->is_done);
}

static void
assert_good (Fixture *f, TouCardCertificate *card)
{
    g_auto (Outcome) outcome = { 0 };

    check (f, card, NULL, &outcome);
    g_assert_no_error (outcome.error);
    g_assert_no_error (outcome.status->warning);
    g_assert_true (outcome.status->is_revocation_known);
}

static void
assert_warning (Fixture *f, TouCardCertificate *card, TouCertificateWarning warning)
{
    g_auto (Outcome) outcome = { 0 };

    check (f, card, NULL, &outcome);
    g_assert_no_error (outcome.error);
    g_assert_error (outcome.status->warning, TOU_CERTIFICATE_WARNING, (int) warning);
    g_assert_false (outcome.status->is_revocation_known);
}

static void
assert_refused (Fixture *f, TouCardCertificate *card, TouProofError code, const char *shown)
{
    g_auto (Outcome) outcome = { 0 };

    check (f, card, NULL, &outcome);
    g_assert_error (outcome.error, TOU_PROOF_ERROR, (int) code);
    g_assert_cmpstr (tou_error_catalogue_lookup (outcome.error)->code, ==, shown);
}

static char *
dup_kept_file (Fixture *f)
{
    g_autoptr (GDir) dir = g_dir_open (f->cache, 0, NULL);
    const char *name = dir != NULL ? g_dir_read_name (dir) : NULL;

    return name != NULL ? g_build_filename (f->cache, name, NULL) : NULL;
}

/* Would catch: a list that is fetched for every look, or kept beyond its nextUpdate. */
static void
test_kept_until_next_update (Fixture *f, gconstpointer data)
{
    g_autoptr (TouCardCertificate) card = make_card (f);

    serve_good (f, "0A");
    serve (f, 200,
           make_list (fixture_get_ca (), NULL, FIXTURE_NOW_US + HOUR_US, FIXTURE_NOW_US + 9 * HOUR_US));
    assert_good (f, card);
    assert_good (f, card);
    g_assert_cmpuint (fault_server_get_n_requests (f->server), ==, 1);
    g_assert_cmpstr (fault_server_get_request (f->server, 0)->line, ==, "GET /ca.crl");
    g_clear_object (&f->clock);
    f->clock = tou_clock_new_fixed (FIXTURE_NOW_US + 2 * HOUR_US);
    assert_good (f, card);
    assert_good (f, card);
    g_assert_cmpuint (fault_server_get_n_requests (f->server), ==, 2);
}

static void
test_revoked (Fixture *f, gconstpointer data)
{
    g_autoptr (TouCardCertificate) card = make_card (f);

    serve_good (f, card->serial);
    assert_refused (f, card, TOU_PROOF_ERROR_REVOKED, "01014");
    assert_refused (f, card, TOU_PROOF_ERROR_REVOKED, "01014"); /* from the file */
    g_assert_cmpuint (fault_server_get_n_requests (f->server), ==, 1);
}

/* Would catch: a revoked card that passes because the authority's server is down and the kept list is old. */
static void
test_revoked_by_stale_list (Fixture *f, gconstpointer data)
{
    g_autoptr (TouCardCertificate) card = make_card (f);

    serve (
        f, 200,
        make_list (fixture_get_ca (), card->serial, FIXTURE_NOW_US - 2 * HOUR_US, FIXTURE_NOW_US - HOUR_US));
    assert_refused (f, card, TOU_PROOF_ERROR_REVOKED, "01014");
}

static void
test_stale (Fixture *f, gconstpointer data)
{
    g_autoptr (TouCardCertificate) card = make_card (f);
    g_autofree char *kept = NULL;

    serve (f, 200,
           make_list (fixture_get_ca (), NULL, FIXTURE_NOW_US - 2 * HOUR_US, FIXTURE_NOW_US - HOUR_US));
    assert_warning (f, card, TOU_CERTIFICATE_WARNING_LIST_STALE);
    kept = dup_kept_file (f);
    g_assert_null (kept);
}

static void
test_stale_and_unreachable (Fixture *f, gconstpointer data)
{
    g_autoptr (TouCardCertificate) card = make_card (f);

    serve_good (f, NULL);
    serve (f, 503, g_bytes_new_static ("", 0));
    assert_good (f, card);
    g_clear_object (&f->clock);
    f->clock = tou_clock_new_fixed (FIXTURE_NOW_US + 2 * HOUR_US);
    assert_warning (f, card, TOU_CERTIFICATE_WARNING_LIST_STALE);
}

/* Would catch: an empty list by anybody on the way, which un-revokes a card; and one that gets kept. */
static void
test_forged (Fixture *f, gconstpointer data)
{
    g_autoptr (TouCardCertificate) card = make_card (f);
    g_autoptr (TouPracticeCa) same_name = tou_practice_ca_new (NULL);
    g_autofree char *kept = NULL;

    serve (f, 200, make_list (same_name, NULL, FIXTURE_NOW_US - HOUR_US, FIXTURE_NOW_US + HOUR_US));
    assert_warning (f, card, TOU_CERTIFICATE_WARNING_LIST_UNUSABLE);
    kept = dup_kept_file (f);
    g_assert_null (kept);
}

static void
test_changed_on_the_way (Fixture *f, gconstpointer data)
{
    g_autoptr (TouCardCertificate) card = make_card (f);
    g_autoptr (GBytes) list = make_list (fixture_get_ca (), card->serial, FIXTURE_NOW_US - HOUR_US,
                                         FIXTURE_NOW_US + HOUR_US);
    gsize size;
    g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (list, &size), g_bytes_get_size (list));

    bytes[size - 1] ^= 1;
    serve (f, 200, g_bytes_new (bytes, size));
    assert_warning (f, card, TOU_CERTIFICATE_WARNING_LIST_UNUSABLE);
}

/* Two accepted authorities: the list of the one says nothing of the other's cards. */
static void
test_other_issuer (Fixture *f, gconstpointer data)
{
    g_autoptr (TouCardCertificate) card = make_card (f);
    g_autoptr (X509_CRL) crl = NULL;
    g_autoptr (EVP_PKEY) key = tou_practice_key_new_p256 (NULL);
    g_autoptr (X509) other = X509_new ();
    g_autofree char *first = tou_practice_pem_from_certificate (
        tou_practice_ca_get_certificate (fixture_get_ca ()));
    g_autofree char *second = NULL;
    g_autofree char *both = NULL;
    const char *const none[] = { NULL };
    guint8 *der = NULL;
    int size;

    X509_NAME_add_entry_by_txt (X509_get_subject_name (other), "CN", MBSTRING_ASC, (const guint8 *) "Other",
                                -1, -1, 0);
    X509_set_issuer_name (other, X509_get_subject_name (other));
    X509_set_pubkey (other, key);
    ASN1_TIME_set (X509_getm_notBefore (other), FIXTURE_NOW_US / G_USEC_PER_SEC - 3600);
    ASN1_TIME_set (X509_getm_notAfter (other), FIXTURE_NOW_US / G_USEC_PER_SEC + 3600);
    g_assert_cmpint (X509_sign (other, key, EVP_sha256 ()), >, 0);
    second = tou_practice_pem_from_certificate (other);
    both = g_strconcat (first, second, NULL);
    write_text (f, "issuers.pem", both);
    use_profile (f, "CardIssuersFile=issuers.pem\n");
    crl = tou_practice_ca_issue_crl (fixture_get_ca (), none, FIXTURE_NOW_US - HOUR_US,
                                     FIXTURE_NOW_US + HOUR_US, NULL);
    X509_CRL_set_issuer_name (crl, X509_get_subject_name (other));
    g_assert_cmpint (X509_CRL_sign (crl, key, EVP_sha256 ()), >, 0);
    size = i2d_X509_CRL (crl, &der);
    serve (f, 200, g_bytes_new (der, (gsize) size));
    OPENSSL_free (der);
    assert_warning (f, card, TOU_CERTIFICATE_WARNING_LIST_UNUSABLE);
}

static void
test_no_list_at_all (Fixture *f, gconstpointer data)
{
    g_autoptr (TouCardCertificate) card = make_card (f);

    serve (f, 200, g_bytes_new_static ("<title>Log in to the network</title>", 36));
    assert_warning (f, card, TOU_CERTIFICATE_WARNING_LIST_UNUSABLE);
}

static void
test_too_large (Fixture *f, gconstpointer data)
{
    g_autoptr (TouCardCertificate) card = make_card (f);
    gsize size = TOU_CRL_MAX_BYTES + 1;

    serve (f, 200, g_bytes_new_take (g_malloc0 (size), size));
    assert_warning (f, card, TOU_CERTIFICATE_WARNING_LIST_TOO_LARGE);
}

static void
test_unreachable (Fixture *f, gconstpointer data)
{
    const FaultPlan drop = { .action = FAULT_DROP };
    g_autoptr (TouCardCertificate) card = make_card (f);
    TouPracticeCardFacts facts = fixture_card_facts ();
    g_autoptr (TouCardCertificate) nowhere = NULL;

    serve (f, 404, g_bytes_new_static ("gone", 4));
    fault_server_add (f->server, &drop);
    assert_warning (f, card, TOU_CERTIFICATE_WARNING_LIST_UNREACHABLE);
    assert_warning (f, card, TOU_CERTIFICATE_WARNING_LIST_UNREACHABLE);
    facts.crl_url = "http://127.0.0.1:1/ca.crl";
    nowhere = issue_card (fixture_get_ca (), &facts);
    assert_warning (f, nowhere, TOU_CERTIFICATE_WARNING_LIST_UNREACHABLE);
}

static void
test_slow (Fixture *f, gconstpointer data)
{
    const FaultPlan stall = { .action = FAULT_STALL };
    g_autoptr (TouCardCertificate) card = make_card (f);

    fault_server_add (f->server, &stall);
    tou_http_list_source_set_timeouts (f->source, 200, 200);
    assert_warning (f, card, TOU_CERTIFICATE_WARNING_LIST_UNREACHABLE);
}

/* Cancelled by the server's thread when it has the request: the wait ends then, not after the time-out. */
static void
test_cancel (Fixture *f, gconstpointer data)
{
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    const FaultPlan stall = { .action = FAULT_STALL, .cancellable = cancellable };
    g_autoptr (TouCardCertificate) card = make_card (f);
    g_auto (Outcome) outcome = { 0 };

    fault_server_add (f->server, &stall);
    check (f, card, cancellable, &outcome);
    g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Would catch: a redirect from the web to this machine's files. */
static void
test_redirect (Fixture *f, gconstpointer data)
{
    const FaultPlan away = { .status = 302, .headers = { "Location", "file:///etc/passwd" } };
    g_autofree char *again_url = g_strconcat (f->url, "2", NULL);
    const FaultPlan again = { .status = 302, .headers = { "Location", again_url } };
    g_autoptr (TouCardCertificate) card = make_card (f);

    fault_server_add (f->server, &away);
    fault_server_add (f->server, &again);
    serve_good (f, NULL);
    assert_warning (f, card, TOU_CERTIFICATE_WARNING_LIST_UNREACHABLE);
    assert_good (f, card);
}

/* Would catch: a damaged file that stays in the way, or that is believed. */
static void
test_damaged_file (Fixture *f, gconstpointer data)
{
    g_autoptr (TouCardCertificate) card = make_card (f);
    g_autofree char *kept = NULL;
    g_autofree char *bytes = NULL;
    gsize size;

    serve_good (f, "0A");
    assert_good (f, card);
    kept = dup_kept_file (f);
    g_assert_true (g_file_get_contents (kept, &bytes, &size, NULL));
    for (guint i = 0; i < 3; i++) {
        gsize length = i == 0 ? 0 : i == 1 ? size / 2 : size;

        bytes[size - 1] ^= 1;
        g_assert_true (g_file_set_contents (kept, bytes, (gssize) length, NULL));
        assert_good (f, card);
        g_assert_cmpuint (fault_server_get_n_requests (f->server), ==, i + 2);
    }
    assert_good (f, card);
    g_assert_cmpuint (fault_server_get_n_requests (f->server), ==, 4);
}

static void
test_no_cache_folder (Fixture *f, gconstpointer data)
{
    g_autoptr (TouCardCertificate) card = make_card (f);

    g_assert_true (g_file_set_contents (f->cache, "in the way", -1, NULL));
    serve_good (f, NULL);
    assert_good (f, card);
    assert_good (f, card);
    g_assert_cmpuint (fault_server_get_n_requests (f->server), ==, 2);
    g_unlink (f->cache);
}

static void
test_no_list (Fixture *f, gconstpointer data)
{
    TouPracticeCardFacts facts = fixture_card_facts ();
    g_autoptr (TouCardCertificate) none = NULL;
    g_autoptr (TouCardCertificate) ldap = NULL;

    facts.crl_url = NULL;
    none = issue_card (fixture_get_ca (), &facts);
    assert_warning (f, none, TOU_CERTIFICATE_WARNING_NO_LIST);
    facts.crl_url = "ldap://127.0.0.1/cn=ca?certificateRevocationList";
    ldap = issue_card (fixture_get_ca (), &facts);
    assert_warning (f, ldap, TOU_CERTIFICATE_WARNING_NO_LIST);
}

/* The address of the profile stands for those in the cards, LDAP ones among them. */
static void
test_profile_url (Fixture *f, gconstpointer data)
{
    TouPracticeCardFacts facts = fixture_card_facts ();
    g_autofree char *trust = g_strdup_printf ("CardIssuersFile=issuers.pem\nCrlUrl=%s\n", f->url);
    g_autoptr (TouCardCertificate) card = NULL;

    facts.crl_url = "ldap://127.0.0.1/cn=ca?certificateRevocationList";
    card = issue_card (fixture_get_ca (), &facts);
    use_profile (f, trust);
    serve_good (f, card->serial);
    assert_refused (f, card, TOU_PROOF_ERROR_REVOKED, "01014");
}

static void
test_path (Fixture *f, gconstpointer data)
{
    g_autoptr (TouPracticeCa) stranger = tou_practice_ca_new (NULL);
    TouPracticeCardFacts facts = fixture_card_facts ();
    g_autoptr (TouCardCertificate) card = NULL;
    g_auto (Outcome) outcome = { 0 };
    g_auto (Outcome) left_to_service = { 0 };

    facts.crl_url = f->url;
    card = issue_card (stranger, &facts);
    assert_refused (f, card, TOU_PROOF_ERROR_CHAIN, "19999");
    g_assert_cmpuint (fault_server_get_n_requests (f->server), ==, 0);
    /* As a profile takes it, and yet no certificate: SEQUENCE { INTEGER 1 }. */
    write_text (f, "issuers.pem", "-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n");
    use_profile (f, "CardIssuersFile=issuers.pem\n");
    check (f, card, NULL, &outcome);
    g_assert_error (outcome.error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_UNREADABLE);
    use_profile (f, "");
    check (f, card, NULL, &left_to_service);
    g_assert_no_error (left_to_service.error);
    g_assert_no_error (left_to_service.status->warning);
}

static void
test_certificate_itself (Fixture *f, gconstpointer data)
{
    TouPracticeCardFacts facts = fixture_card_facts ();
    g_autoptr (TouCardCertificate) expired = NULL;
    g_autoptr (TouCardCertificate) early = NULL;
    g_autoptr (TouCardCertificate) unfit = NULL;

    facts.not_after_us = FIXTURE_NOW_US - HOUR_US;
    expired = issue_card (fixture_get_ca (), &facts);
    assert_refused (f, expired, TOU_PROOF_ERROR_EXPIRED, "01006");
    facts.not_before_us = FIXTURE_NOW_US + HOUR_US;
    facts.not_after_us = FIXTURE_NOW_US + 2 * HOUR_US;
    early = issue_card (fixture_get_ca (), &facts);
    assert_refused (f, early, TOU_PROOF_ERROR_NOT_YET_VALID, "01007");
    facts = fixture_card_facts ();
    facts.key_use = TOU_PRACTICE_KEY_USE_ENCRYPTION;
    unfit = issue_card (fixture_get_ca (), &facts);
    assert_refused (f, unfit, TOU_PROOF_ERROR_KEY_USAGE, "01004");
    g_assert_cmpuint (fault_server_get_n_requests (f->server), ==, 0);
}

static TouCardCertificate *
make_card_around (Fixture *f, gint64 from_us, gint64 to_us)
{
    TouPracticeCardFacts facts = fixture_card_facts ();

    facts.not_before_us = from_us;
    facts.not_after_us = to_us;
    facts.crl_url = NULL;
    return issue_card (fixture_get_ca (), &facts);
}

/* The PC's clock says another thing than the service's: would catch a card that is judged by the PC's, and an
 * explanation that contradicts the clock on the person's screen. */
static void
test_pc_clock (Fixture *f, gconstpointer data)
{
    gint64 pc_us = g_get_real_time ();
    g_autoptr (TouCardCertificate) ended = make_card_around (f, pc_us - 48 * HOUR_US, pc_us + HOUR_US);
    g_autoptr (TouCardCertificate) early = make_card_around (f, pc_us - HOUR_US, pc_us + 48 * HOUR_US);

    g_clear_object (&f->clock);
    f->clock = tou_clock_new ();
    tou_clock_set_service_time (f->clock, pc_us + 2 * HOUR_US);
    assert_refused (f, ended, TOU_PROOF_ERROR_EXPIRED_BY_SERVICE, "01006");
    tou_clock_set_service_time (f->clock, pc_us - 2 * HOUR_US);
    assert_refused (f, early, TOU_PROOF_ERROR_NOT_YET_VALID_BY_SERVICE, "01007");
    tou_clock_set_service_time (f->clock, g_get_real_time ());
    assert_warning (f, ended, TOU_CERTIFICATE_WARNING_NO_LIST);
}

#define ADD(name, function)                                                                                  \
    g_test_add ("/certificate-checker/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
    int result;

    g_test_init (&argc, &argv, NULL);
    ADD ("kept-until-next-update", test_kept_until_next_update);
    ADD ("revoked", test_revoked);
    ADD ("revoked-by-stale-list", test_revoked_by_stale_list);
    ADD ("stale", test_stale);
    ADD ("stale-and-unreachable", test_stale_and_unreachable);
    ADD ("forged", test_forged);
    ADD ("changed-on-the-way", test_changed_on_the_way);
    ADD ("other-issuer", test_other_issuer);
    ADD ("no-list-at-all", test_no_list_at_all);
    ADD ("too-large", test_too_large);
    ADD ("unreachable", test_unreachable);
    ADD ("slow", test_slow);
    ADD ("cancel", test_cancel);
    ADD ("redirect", test_redirect);
    ADD ("damaged-file", test_damaged_file);
    ADD ("no-cache-folder", test_no_cache_folder);
    ADD ("no-list", test_no_list);
    ADD ("profile-url", test_profile_url);
    ADD ("path", test_path);
    ADD ("certificate-itself", test_certificate_itself);
    ADD ("pc-clock", test_pc_clock);
    result = g_test_run ();
    fixture_tear_down ();
    return result;
}
