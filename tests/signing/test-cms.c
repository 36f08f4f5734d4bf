/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "certificate-fixture.h"

#include "tou-cms-check.h"
#include "tou-cms-sign.h"
#include "tou-proof-checker.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <string.h>

#define TEXT "{\"format\":\"touroku-request\",\n\"name\":\"登録\"}\r\n"
#define SIGNER_FLAGS (CMS_BINARY | CMS_CADES | CMS_NOSMIMECAP)
#define N_MUTATIONS 2000

/* What an envelope can have wrong; all zero is the right one. */
typedef struct {
    guint final_flags;
    guint signer_flags;
    gboolean is_pss;
    gboolean has_two_signers;
    gboolean has_unsigned_attribute;
    gboolean is_sha1;
    gboolean lacks_cades;
    X509 *instead; /* certificate to put in, instead of the signer's */
} Shape;

static GBytes *
new_content (void)
{
    return g_bytes_new_static (TEXT, strlen (TEXT));
}

static GBytes *
to_der (CMS_ContentInfo *cms)
{
    guint8 *data = NULL;
    int size = i2d_CMS_ContentInfo (cms, &data);
    GBytes *der = g_bytes_new (data, MAX (size, 0));

    OPENSSL_free (data);
    return der;
}

static CMS_SignerInfo *
add_signer (CMS_ContentInfo *cms, X509 *certificate, EVP_PKEY *key, const Shape *shape)
{
    guint flags = SIGNER_FLAGS | shape->signer_flags | (shape->is_pss ? CMS_KEY_PARAM : 0);
    const EVP_MD *digest = shape->is_sha1 ? EVP_sha1 () : EVP_sha256 ();
    CMS_SignerInfo *signer;

    if (shape->lacks_cades)
        flags &= ~CMS_CADES;
    signer = CMS_add1_signer (cms, certificate, key, digest, flags);
    g_assert_nonnull (signer);
    if (shape->is_pss)
        EVP_PKEY_CTX_set_rsa_padding (CMS_SignerInfo_get0_pkey_ctx (signer), RSA_PKCS1_PSS_PADDING);
    return signer;
}

static GBytes *
build (X509 *certificate, EVP_PKEY *key, const Shape *shape)
{
    g_autoptr (BIO) input = BIO_new_mem_buf (TEXT, -1);
    guint flags = CMS_BINARY | shape->final_flags;
    g_autoptr (CMS_ContentInfo) cms = CMS_sign (NULL, NULL, NULL, NULL, CMS_PARTIAL | flags);
    CMS_SignerInfo *signer = add_signer (cms, certificate, key, shape);

    if (shape->has_two_signers)
        add_signer (cms, certificate, key, &(Shape){ .signer_flags = CMS_NOCERTS });
    if (shape->instead != NULL)
        g_assert_cmpint (CMS_add1_cert (cms, shape->instead), ==, 1);
    g_assert_cmpint (CMS_final (cms, input, NULL, flags), ==, 1);
    if (shape->has_unsigned_attribute)
        g_assert_cmpint (CMS_unsigned_add1_attr_by_NID (signer, NID_friendlyName, V_ASN1_UTF8STRING, "x", 1),
                         ==, 1);
    return to_der (cms);
}

static GBytes *
build_usual (const Shape *shape)
{
    g_autoptr (X509) certificate = fixture_issue (NULL);

    return build (certificate, fixture_get_key (), shape);
}

static void
assert_refused (GBytes *der, TouProofError code)
{
    g_autoptr (GError) error = NULL;

    g_assert_null (tou_cms_open (der, &error));
    g_assert_error (error, TOU_PROOF_ERROR, (int) code);
    g_assert_cmpuint (ERR_peek_error (), ==, 0);
}

static void
assert_opens (GBytes *der, X509 *certificate, const char *signature)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) content = new_content ();
    g_autoptr (TouCms) cms = tou_cms_open (der, &error);
    g_autofree char *sha256 = tou_x509_dup_sha256 (certificate);
    const char *read_digest = NULL;
    const char *read_signature = NULL;

    g_assert_no_error (error);
    g_assert_true (g_bytes_equal (cms->content, content));
    g_assert_cmpint (X509_cmp (cms->signer, certificate), ==, 0);
    g_assert_cmpstr (cms->signer_sha256, ==, sha256);
    g_assert_cmpstr (cms->digest, ==, "sha256");
    g_assert_cmpstr (cms->signature, ==, signature);
    g_assert_cmpint (ABS (cms->signed_at_us - g_get_real_time ()), <, 60 * G_USEC_PER_SEC);
    g_assert_true (tou_cms_read_algorithms (der, &read_digest, &read_signature, &error));
    g_assert_cmpstr (read_signature, ==, signature);
    g_assert_cmpuint (ERR_peek_error (), ==, 0);
}

static GBytes *
sign (X509 *certificate, EVP_PKEY *key)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) content = new_content ();
    GBytes *der = tou_cms_sign (content, certificate, key, &error);

    g_assert_no_error (error);
    return der;
}

static void
test_rsa (void)
{
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (GBytes) der = sign (certificate, fixture_get_key ());

    assert_opens (der, certificate, "rsa-pkcs1-v1_5");
}

static void
test_pss (void)
{
    Shape shape = { .is_pss = TRUE };
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (GBytes) der = build (certificate, fixture_get_key (), &shape);

    assert_opens (der, certificate, "rsa-pss");
}

static void
test_p256 (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (EVP_PKEY) key = tou_practice_key_new_p256 (&error);
    TouPracticeCardFacts facts = fixture_card_facts ();
    g_autoptr (X509) certificate = tou_practice_ca_issue_card (fixture_get_ca (), &facts, key, &error);
    g_autoptr (GBytes) der = NULL;

    g_assert_no_error (error);
    der = sign (certificate, key);
    assert_opens (der, certificate, "ecdsa");
}

/* A key that is not the certificate's: the caller finds OpenSSL's reason, as it would a card's code. */
static void
test_sign_fails (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (EVP_PKEY) other = tou_practice_key_new_rsa (2048, &error);
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (GBytes) content = new_content ();

    g_assert_no_error (error);
    ERR_raise (ERR_LIB_USER, 1);
    g_assert_null (tou_cms_sign (content, certificate, other, &error));
    g_assert_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_FAILED);
    g_assert_cmpuint (ERR_peek_error (), !=, 0);
    g_assert_cmpint (ERR_GET_LIB (ERR_peek_error ()), !=, ERR_LIB_USER);
    ERR_clear_error ();
}

static void
test_empty_content (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
    g_autoptr (GBytes) der = tou_cms_sign (nothing, certificate, fixture_get_key (), &error);
    g_autoptr (TouCms) cms = NULL;

    g_assert_no_error (error);
    cms = tou_cms_open (der, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (g_bytes_get_size (cms->content), ==, 0);
}

/* Changes one byte after the first place where @needle is. */
static GBytes *
change_at (GBytes *der, const void *needle, gsize size, gsize offset)
{
    guint8 *copy = g_memdup2 (g_bytes_get_data (der, NULL), g_bytes_get_size (der));
    guint8 *place = memmem (copy, g_bytes_get_size (der), needle, size);

    g_assert_nonnull (place);
    place[offset] ^= 1;
    return g_bytes_new_take (copy, g_bytes_get_size (der));
}

static void
test_changed_content (void)
{
    g_autoptr (GBytes) der = build_usual (&(Shape){ 0 });
    g_autoptr (GBytes) changed = change_at (der, "touroku-request", 15, 0);

    assert_refused (changed, TOU_PROOF_ERROR_CONTENT);
}

static void
test_changed_signature (void)
{
    g_autoptr (GBytes) der = build_usual (&(Shape){ 0 });
    guint8 *copy = g_memdup2 (g_bytes_get_data (der, NULL), g_bytes_get_size (der));
    g_autoptr (GBytes) changed = g_bytes_new_take (copy, g_bytes_get_size (der));

    /* The signature is the last thing in the envelope. */
    copy[g_bytes_get_size (der) - 1] ^= 1;
    assert_refused (changed, TOU_PROOF_ERROR_SIGNATURE);
}

static void
test_changed_digest (void)
{
    static const guint8 attribute[] = { 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04 };
    g_autoptr (GBytes) der = build_usual (&(Shape){ 0 });
    g_autoptr (GBytes) changed = change_at (der, attribute, sizeof attribute, sizeof attribute + 10);

    assert_refused (changed, TOU_PROOF_ERROR_SIGNATURE);
}

static void
test_forms (void)
{
    static const Shape shapes[] = {
        { .has_two_signers = TRUE },
        { .final_flags = CMS_DETACHED },
        { .has_unsigned_attribute = TRUE },
        { .is_sha1 = TRUE },
        { .lacks_cades = TRUE },
        { .signer_flags = CMS_NOATTR },
        { .signer_flags = CMS_NOCERTS },
        { .signer_flags = CMS_USE_KEYID },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++) {
        g_autoptr (GBytes) der = build_usual (&shapes[i]);

        g_test_message ("shape %" G_GSIZE_FORMAT, i);
        assert_refused (der, TOU_PROOF_ERROR_MALFORMED);
    }
}

/* Same authority, number and key, other words in it: the signature holds and the attribute does not. */
static void
test_other_certificate (void)
{
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (X509) other = X509_dup (certificate);
    Shape shape = { .signer_flags = CMS_NOCERTS, .instead = other };
    g_autoptr (GBytes) der = NULL;

    X509_gmtime_adj (X509_getm_notAfter (other), 60);
    fixture_resign (other);
    der = build (certificate, fixture_get_key (), &shape);
    assert_refused (der, TOU_PROOF_ERROR_CERTIFICATE);
}

static void
test_other_key (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (EVP_PKEY) key = tou_practice_key_new_rsa (2048, &error);
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (X509) other = X509_dup (certificate);
    Shape shape = { .signer_flags = CMS_NOCERTS, .instead = other };
    g_autoptr (GBytes) der = NULL;

    g_assert_no_error (error);
    X509_set_pubkey (other, key);
    fixture_resign (other);
    der = build (certificate, fixture_get_key (), &shape);
    assert_refused (der, TOU_PROOF_ERROR_SIGNATURE);
}

static void
test_trailing_bytes (void)
{
    g_autoptr (GBytes) der = build_usual (&(Shape){ 0 });
    g_autoptr (GByteArray) longer = g_byte_array_new ();
    g_autoptr (GBytes) bytes = NULL;

    g_byte_array_append (longer, g_bytes_get_data (der, NULL), g_bytes_get_size (der));
    g_byte_array_append (longer, (const guint8 *) "", 1);
    bytes = g_bytes_new (longer->data, longer->len);
    assert_refused (bytes, TOU_PROOF_ERROR_MALFORMED);
}

/* The same envelope with an indefinite length outside: other bytes for the same request. */
static void
test_ber (void)
{
    g_autoptr (GBytes) der = build_usual (&(Shape){ 0 });
    g_autoptr (GByteArray) ber = g_byte_array_new ();
    g_autoptr (GBytes) bytes = NULL;
    static const guint8 start[] = { 0x30, 0x80 };
    static const guint8 end[] = { 0, 0 };
    const guint8 *data = g_bytes_get_data (der, NULL);

    g_assert_cmphex (data[1], ==, 0x82);
    g_byte_array_append (ber, start, sizeof start);
    g_byte_array_append (ber, data + 4, g_bytes_get_size (der) - 4);
    g_byte_array_append (ber, end, sizeof end);
    bytes = g_bytes_new (ber->data, ber->len);
    assert_refused (bytes, TOU_PROOF_ERROR_MALFORMED);
}

static void
test_truncated (void)
{
    g_autoptr (GBytes) der = build_usual (&(Shape){ 0 });

    for (gsize length = 0; length < g_bytes_get_size (der); length += 3) {
        g_autoptr (GBytes) part = g_bytes_new_from_bytes (der, 0, length);

        assert_refused (part, TOU_PROOF_ERROR_MALFORMED);
    }
}

/* No change of a byte may leave an envelope that opens, unless it says and is the same. */
static void
test_mutations (void)
{
    g_autoptr (GBytes) der = build_usual (&(Shape){ 0 });
    g_autoptr (GBytes) content = new_content ();
    gsize size = g_bytes_get_size (der);

    for (int i = 0; i < N_MUTATIONS; i++) {
        guint8 *copy = g_memdup2 (g_bytes_get_data (der, NULL), size);
        g_autoptr (GBytes) mutated = g_bytes_new_take (copy, size);
        g_autoptr (GError) error = NULL;
        g_autoptr (TouCms) cms = NULL;

        copy[g_test_rand_int_range (0, size)] = g_test_rand_int_range (0, 256);
        cms = tou_cms_open (mutated, &error);
        g_assert_true ((cms == NULL) == (error != NULL));
        if (cms != NULL)
            g_assert_true (g_bytes_equal (cms->content, content));
    }
}

static char *
write_file (const char *folder, const char *name, GBytes *bytes)
{
    g_autoptr (GError) error = NULL;
    char *path = g_build_filename (folder, name, NULL);

    g_assert_true (
        g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error));
    return path;
}

/* docs/signed-request.md promises exactly this command. */
static gboolean
run_openssl (const char *cms, const char *authority, const char *output)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "openssl",
                                                        "cms", "-verify", "-cades", "-binary", "-inform",
                                                        "DER", "-in", cms, "-CAfile", authority, "-purpose",
                                                        "any", "-attime", "1795392000", "-out", output, NULL);

    g_assert_no_error (error);
    return g_subprocess_wait_check (process, NULL, NULL);
}

static void
test_openssl_command (void)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *program = g_find_program_in_path ("openssl");
    g_autofree char *folder = NULL;
    g_autofree char *authority = NULL;
    g_autofree char *good = NULL;
    g_autofree char *bad = NULL;
    g_autofree char *output = NULL;
    g_autofree char *text = NULL;
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (GBytes) der = sign (certificate, fixture_get_key ());
    g_autoptr (GBytes) changed = change_at (der, "touroku-request", 15, 0);

    if (program == NULL) {
        g_test_skip ("no openssl command here");
        return;
    }
    folder = g_dir_make_tmp ("touroku-cms-XXXXXX", &error);
    g_assert_no_error (error);
    authority = g_build_filename (folder, "ca.pem", NULL);
    output = g_build_filename (folder, "content", NULL);
    g_assert_true (tou_practice_pem_save_certificate (tou_practice_ca_get_certificate (fixture_get_ca ()),
                                                      authority, &error));
    good = write_file (folder, "good.p7m", der);
    bad = write_file (folder, "bad.p7m", changed);
    g_assert_true (run_openssl (good, authority, output));
    g_assert_true (g_file_get_contents (output, &text, NULL, &error));
    g_assert_cmpstr (text, ==, TEXT);
    g_assert_false (run_openssl (bad, authority, output));
    g_assert_cmpint (g_remove (good) | g_remove (bad) | g_remove (authority), ==, 0);
    (void) g_remove (output);
    g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
    int result;

    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/cms/rsa", test_rsa);
    g_test_add_func ("/cms/pss", test_pss);
    g_test_add_func ("/cms/p256", test_p256);
    g_test_add_func ("/cms/sign-fails", test_sign_fails);
    g_test_add_func ("/cms/empty-content", test_empty_content);
    g_test_add_func ("/cms/changed-content", test_changed_content);
    g_test_add_func ("/cms/changed-signature", test_changed_signature);
    g_test_add_func ("/cms/changed-digest", test_changed_digest);
    g_test_add_func ("/cms/forms", test_forms);
    g_test_add_func ("/cms/other-certificate", test_other_certificate);
    g_test_add_func ("/cms/other-key", test_other_key);
    g_test_add_func ("/cms/trailing-bytes", test_trailing_bytes);
    g_test_add_func ("/cms/ber", test_ber);
    g_test_add_func ("/cms/truncated", test_truncated);
    g_test_add_func ("/cms/mutations", test_mutations);
    g_test_add_func ("/cms/openssl-command", test_openssl_command);
    result = g_test_run ();
    fixture_tear_down ();
    return result;
}
