/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-list.h"

#include "tou-practice-ca.h"
#include "tou-practice-control.h"
#include "tou-practice-folder.h"
#include "tou-practice-pem.h"

#define DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
/* As long as the random serials of the practice authority. */
#define SERIAL_BYTES 16

static void
add_serials_of (GPtrArray *serials, X509_CRL *list)
{
    STACK_OF (X509_REVOKED) *entries = X509_CRL_get_REVOKED (list);

    for (int i = 0; i < sk_X509_REVOKED_num (entries); i++) {
        g_autoptr (BIGNUM) number = ASN1_INTEGER_to_BN (
            X509_REVOKED_get0_serialNumber (sk_X509_REVOKED_value (entries, i)), NULL);
        char *hex = BN_bn2hex (number);

        g_ptr_array_add (serials, g_strdup (hex));
        OPENSSL_free (hex);
    }
}

static void
add_made_up_serials (GPtrArray *serials, guint n)
{
    for (guint i = 0; i < n; i++) {
        GString *hex = g_string_new ("3"); /* not negative; the rest is random, and so no practice card's */

        for (guint k = 1; k < SERIAL_BYTES * 2; k++)
            g_string_append_c (hex, "0123456789ABCDEF"[g_random_int_range (0, 16)]);
        g_ptr_array_add (serials, g_string_free (hex, FALSE));
    }
}

/* Returns: (transfer full) (nullable) */
static X509_CRL *
make_longer (X509_CRL *list, const char *folder, guint n_more, gint64 now_us, GError **error)
{
    g_autofree char *place = tou_practice_folder_dup_file (folder, TOU_PRACTICE_FILE_CA);
    g_autoptr (TouPracticeCa) ca = tou_practice_ca_load (place, error);
    g_autoptr (GPtrArray) serials = g_ptr_array_new_with_free_func (g_free);

    if (ca == NULL)
        return NULL;
    add_serials_of (serials, list);
    add_made_up_serials (serials, n_more);
    g_ptr_array_add (serials, NULL);
    return tou_practice_ca_issue_crl (ca, (const char *const *) serials->pdata, now_us - DAY_US,
                                      now_us + DAY_US, error);
}

static GBytes *
encode (X509_CRL *list)
{
    guint8 *data = NULL;
    int size = i2d_X509_CRL (list, &data);
    GBytes *der = g_bytes_new (data, (gsize) MAX (size, 0));

    OPENSSL_free (data);
    return der;
}

GBytes *
tou_practice_list_load (const char *folder, guint n_more, gint64 now_us, GError **error)
{
    g_autofree char *path = tou_practice_folder_dup_file (folder, TOU_PRACTICE_FILE_CRL);
    g_autoptr (GError) problem = NULL;
    g_autoptr (X509_CRL) list = tou_practice_pem_load_crl (path, &problem);
    g_autoptr (X509_CRL) longer = NULL;

    if (list != NULL && n_more > 0)
        longer = make_longer (list, folder, n_more, now_us, &problem);
    if (problem == NULL)
        return encode (longer != NULL ? longer : list);
    g_set_error_literal (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FOLDER_DAMAGED, problem->message);
    return NULL;
}
