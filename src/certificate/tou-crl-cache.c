/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-certificate"

#include "tou-crl-cache.h"

#include "tou-certificate.h"
#include "tou-openssl-certificate-checker.h"

#include <glib/gstdio.h>
#include <string.h>

static void
add_issuer (GChecksum *sum, X509 *certificate)
{
    guint8 *name = NULL;
    int size = i2d_X509_NAME (X509_get_issuer_name (certificate), &name);

    g_checksum_update (sum, name, MAX (size, 0));
    OPENSSL_free (name);
}

/* An authority may divide its certificates among several lists; the distribution points tell which. */
char *
tou_crl_cache_dup_path (const char *folder, X509 *certificate)
{
    g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
    g_auto (GStrv) urls = tou_x509_dup_crl_urls (certificate);
    g_autofree char *name = NULL;

    add_issuer (sum, certificate);
    for (guint i = 0; urls[i] != NULL; i++)
        g_checksum_update (sum, (const guchar *) urls[i], (gssize) strlen (urls[i]) + 1);
    name = g_strconcat (g_checksum_get_string (sum), ".crl", NULL);
    return g_build_filename (folder, name, NULL);
}

static gboolean
has_fitting_size (const char *path)
{
    GStatBuf info;

    return g_stat (path, &info) == 0 && info.st_size > 0 && info.st_size <= TOU_CRL_MAX_BYTES;
}

TouCrl *
tou_crl_cache_load (const char *path, TouIssuers *issuers)
{
    g_autoptr (GError) error = NULL;
    TouCrl *list = NULL;

    if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return NULL;
    if (has_fitting_size (path))
        list = tou_crl_load (path, issuers, &error);
    if (list == NULL) {
        g_debug ("a kept list is of no use: %s", error != NULL ? error->message : "its size");
        (void) g_unlink (path);
    }
    return list;
}

void
tou_crl_cache_save (const char *path, GBytes *data)
{
    g_autofree char *folder = g_path_get_dirname (path);
    g_autoptr (GError) error = NULL;
    gsize size;
    const char *bytes = g_bytes_get_data (data, &size);

    (void) g_mkdir_with_parents (folder, 0700);
    if (!g_file_set_contents_full (path, bytes, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
        g_debug ("the list is not kept: %s", error->message);
}
