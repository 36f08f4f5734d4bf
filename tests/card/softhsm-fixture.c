/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-card"

#include "softhsm-fixture.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <openssl/pem.h>

#define YEAR_2020_US (G_GINT64_CONSTANT (1577836800) * G_USEC_PER_SEC)
#define YEAR_2040_US (G_GINT64_CONSTANT (2208988800) * G_USEC_PER_SEC)

static const char *
find_module (void)
{
    static const char *const places[]
        = { "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so",
            "/usr/lib64/pkcs11/libsofthsm2.so", "/usr/lib/pkcs11/libsofthsm2.so" };

    if (g_getenv ("TOUROKU_SOFTHSM") != NULL)
        return g_getenv ("TOUROKU_SOFTHSM");
    for (guint i = 0; i < G_N_ELEMENTS (places); i++)
        if (g_file_test (places[i], G_FILE_TEST_EXISTS))
            return places[i];
    return NULL;
}

static const char *
find_what_is_missing (void)
{
    static const char *const tools[] = { "softhsm2-util", "pkcs11-tool" };

    for (guint i = 0; i < G_N_ELEMENTS (tools); i++) {
        g_autofree char *path = g_find_program_in_path (tools[i]);
        if (path == NULL)
            return tools[i];
    }
    return find_module () == NULL ? "libsofthsm2.so" : NULL;
}

static void
write_configuration (SoftHsmFixture *self)
{
    g_autofree char *tokens = g_build_filename (self->folder, "tokens", NULL);
    g_autofree char *text = g_strdup_printf (
        "directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n"
        "slots.removable = true\n",
        tokens);

    g_assert_no_errno (g_mkdir (tokens, 0700));
    self->configuration = g_build_filename (self->folder, "softhsm2.conf", NULL);
    g_assert_true (g_file_set_contents (self->configuration, text, -1, NULL));
}

SoftHsmFixture *
soft_hsm_fixture_new (void)
{
    const char *missing = find_what_is_missing ();
    GError *error = NULL;
    SoftHsmFixture *self;

    if (missing != NULL) {
        g_printerr ("no %s here\n", missing);
        return NULL;
    }
    self = g_new0 (SoftHsmFixture, 1);
    self->folder = g_dir_make_tmp ("touroku-test-card-XXXXXX", &error);
    g_assert_no_error (error);
    self->module = find_module ();
    write_configuration (self);
    self->ca = tou_practice_ca_new (&error);
    g_assert_no_error (error);
    g_assert_true (tou_practice_ca_save (self->ca, self->folder, &error));
    self->ca_file = g_build_filename (self->folder, "ca.pem", NULL);
    return self;
}

static void
remove_tree (const char *path)
{
    g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
        g_autofree char *child = g_build_filename (path, name, NULL);
        remove_tree (child);
    }
    (void) g_remove (path);
}

void
soft_hsm_fixture_free (SoftHsmFixture *self)
{
    remove_tree (self->folder);
    tou_practice_ca_free (self->ca);
    g_free (self->ca_file);
    g_free (self->configuration);
    g_free (self->folder);
    g_free (self);
}

static void
run (SoftHsmFixture *self, const char *const *argv)
{
    g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "SOFTHSM2_CONF", self->configuration,
                                                   TRUE);
    g_autofree char *errors = NULL;
    g_autofree char *output = NULL;
    GError *error = NULL;
    int status = -1;

    g_spawn_sync (NULL, (char **) argv, environment, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &errors,
                  &status, &error);
    g_assert_no_error (error);
    if (status != 0)
        g_error ("%s: %s%s", argv[0], output, errors);
}

void
soft_hsm_fixture_add_token (SoftHsmFixture *self, const char *label, const char *pin)
{
    const char *argv[] = { "softhsm2-util", "--init-token", "--free",   "--label",    label, "--pin", pin,
                           "--so-pin",      "12345678",     "--module", self->module, NULL };

    run (self, argv);
}

static void
add_object (SoftHsmFixture *self, const char *label, const char *pin, const char *id, const char *type,
            const char *file, const char *option)
{
    const char *argv[]
        = { "pkcs11-tool", "--module", self->module, "--token-label", label, "--login",        "--pin",
            pin,           "--id",     id,           "--type",        type,  "--write-object", file,
            option,        NULL };

    run (self, argv);
}

static char *
save_der (SoftHsmFixture *self, const char *name, guchar *der, int size)
{
    char *path = g_build_filename (self->folder, name, NULL);

    g_assert_cmpint (size, >, 0);
    g_assert_true (g_file_set_contents (path, (const char *) der, size, NULL));
    OPENSSL_free (der);
    return path;
}

/* Returns the SHA-256. */
static char *
add_x509 (SoftHsmFixture *self, const char *label, const char *pin, const char *id, X509 *x509)
{
    guchar *der = NULL;
    int size = i2d_X509 (x509, &der);
    char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der, (gsize) size);
    g_autofree char *path = save_der (self, "certificate.der", der, size);

    add_object (self, label, pin, id, "cert", path, NULL);
    return hash;
}

static void
add_key (SoftHsmFixture *self, const char *label, const char *pin, const char *id, EVP_PKEY *key,
         gboolean asking)
{
    guchar *der = NULL;
    int size = i2d_PrivateKey (key, &der);
    g_autofree char *path = save_der (self, "key.der", der, size);

    add_object (self, label, pin, id, "privkey", path, asking ? "--always-auth" : NULL);
    (void) g_unlink (path);
    /* libp11 finds the point of a curve only here. */
    if (EVP_PKEY_get_base_id (key) == EVP_PKEY_EC) {
        guchar *public_der = NULL;
        int public_size = i2d_PUBKEY (key, &public_der);
        g_autofree char *public_path = save_der (self, "public.der", public_der, public_size);
        add_object (self, label, pin, id, "pubkey", public_path, NULL);
    }
}

char *
soft_hsm_fixture_add_certificate (SoftHsmFixture *self, const char *label, const char *pin, const char *id,
                                  const char *holder, SoftHsmKey key)
{
    const TouPracticeCardFacts facts = {
        .company = "年金建設株式会社",
        .holder = holder,
        .company_roman = "Nenkin Kensetsu",
        .holder_roman = "Taro Nenkin",
        .not_before_us = YEAR_2020_US,
        .not_after_us = YEAR_2040_US,
        .key_use = TOU_PRACTICE_KEY_USE_SIGNING,
    };
    g_autoptr (EVP_PKEY) pair = key == SOFT_HSM_KEY_EC ? EVP_EC_gen ("P-256") : EVP_RSA_gen (2048);
    GError *error = NULL;
    g_autoptr (X509) x509 = tou_practice_ca_issue_card (self->ca, &facts, pair, &error);

    g_assert_no_error (error);
    if (key != SOFT_HSM_KEY_NONE)
        add_key (self, label, pin, id, pair, key == SOFT_HSM_KEY_RSA_ASKING);
    return add_x509 (self, label, pin, id, x509);
}

/* softhsm2-util imports what pkcs11-tool cannot. */
void
soft_hsm_fixture_add_stray_key (SoftHsmFixture *self, const char *label, const char *pin, const char *id,
                                const char *algorithm)
{
    g_autofree char *parameters = g_build_filename (self->folder, "stray-parameters.pem", NULL);
    g_autofree char *path = g_build_filename (self->folder, "stray.pem", NULL);
    const char *make_parameters[]
        = { "openssl",  "genpkey", "-genparam", "-algorithm", "DSA", "-pkeyopt", "dsa_paramgen_bits:1024",
            "-outform", "PEM",     "-out",      parameters,   NULL };
    const char *make_dsa[] = { "openssl", "genpkey", "-paramfile", parameters, "-out", path, NULL };
    const char *make_other[] = { "openssl", "genpkey", "-algorithm", algorithm, "-out", path, NULL };
    const char *import[] = { "softhsm2-util", "--module", self->module, "--import", path,
                             "--token",       label,      "--pin",      pin,        "--label",
                             algorithm,       "--id",     id,           "--force",  NULL };
    gboolean is_dsa = g_str_equal (algorithm, "DSA");

    if (is_dsa)
        run (self, make_parameters);
    run (self, is_dsa ? make_dsa : make_other);
    run (self, import);
    (void) g_unlink (path);
}

void
soft_hsm_fixture_add_ca_certificate (SoftHsmFixture *self, const char *label, const char *pin, const char *id)
{
    g_autofree char *hash = add_x509 (self, label, pin, id, tou_practice_ca_get_certificate (self->ca));

    g_assert_nonnull (hash);
}
