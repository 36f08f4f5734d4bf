/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-tokens.h"

#include "tou-practice-control.h"
#include "tou-practice-database.h"
#include "tou-softhsm.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <string.h>

#define LABEL_BYTES 32
#define MAX_SLOTS 64

/* What SoftHSM's module is called by, while tokens are made. */
typedef struct {
    CK_FUNCTION_LIST *calls;
    CK_SESSION_HANDLE session;
} Module;

TouPracticeToken *
tou_practice_token_new (const char *label, EVP_PKEY *key, GBytes *certificate)
{
    TouPracticeToken *self = g_new0 (TouPracticeToken, 1);

    EVP_PKEY_up_ref (key);
    self->label = g_strdup (label);
    self->key = key;
    self->certificate = g_bytes_ref (certificate);
    return self;
}

void
tou_practice_token_free (TouPracticeToken *self)
{
    g_free (self->label);
    EVP_PKEY_free (self->key);
    g_bytes_unref (self->certificate);
    g_free (self);
}

gboolean
tou_practice_tokens_write_configuration (const char *folder, const char *token_folder, GError **error)
{
    g_autofree char *path = g_build_filename (folder, "softhsm2.conf", NULL);
    g_autofree char *text = g_strdup_printf ("directories.tokendir = %s\n"
                                             "objectstore.backend = file\n"
                                             "log.level = ERROR\n"
                                             "slots.removable = true\n",
                                             token_folder);

    return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* Whether @result is good; else @error says which call failed and how. */
static gboolean
went_well (CK_RV result, const char *call, GError **error)
{
    if (result == CKR_OK)
        return TRUE;
    g_set_error (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FAILED, "SoftHSM: %s: 0x%lx", call, result);
    return FALSE;
}

static CK_FUNCTION_LIST *
load_module (GError **error)
{
    g_autoptr (GError) problem = NULL;
    CK_FUNCTION_LIST *calls = tou_softhsm_load (&problem);

    if (calls == NULL)
        g_set_error_literal (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_NO_SOFTHSM, problem->message);
    return calls;
}

static void
pad_label (const char *text, CK_UTF8CHAR label[LABEL_BYTES])
{
    memset (label, ' ', LABEL_BYTES);
    memcpy (label, text, MIN (strlen (text), LABEL_BYTES));
}

/* The slot of the token with @label, or with %NULL the slot whose token is still to be made. */
static gboolean
find_slot (CK_FUNCTION_LIST *calls, const CK_UTF8CHAR *label, CK_SLOT_ID *out_slot, GError **error)
{
    CK_SLOT_ID slots[MAX_SLOTS];
    CK_ULONG n_slots = MAX_SLOTS;

    /* SoftHSM finds a slot for the next token when it is asked without a buffer. */
    if (!went_well (calls->C_GetSlotList (CK_TRUE, NULL, &n_slots), "C_GetSlotList", error))
        return FALSE;
    n_slots = MAX_SLOTS;
    if (!went_well (calls->C_GetSlotList (CK_TRUE, slots, &n_slots), "C_GetSlotList", error))
        return FALSE;
    for (CK_ULONG i = 0; i < n_slots; i++) {
        CK_TOKEN_INFO info;

        if (calls->C_GetTokenInfo (slots[i], &info) != CKR_OK)
            continue;
        *out_slot = slots[i];
        if (label == NULL
                ? (info.flags & CKF_TOKEN_INITIALIZED) == 0
                : (info.flags & CKF_TOKEN_INITIALIZED) != 0 && memcmp (info.label, label, LABEL_BYTES) == 0)
            return TRUE;
    }
    return went_well (CKR_SLOT_ID_INVALID, "C_GetTokenInfo", error);
}

/* A security officer's PIN that nobody knows: practice cards are made anew, not unblocked. */
static gboolean
make_token (CK_FUNCTION_LIST *calls, const char *label, const char *pin, CK_SESSION_HANDLE *out_session,
            GError **error)
{
    g_autofree char *officer_pin = tou_practice_random_hex (16);
    CK_UTF8CHAR padded[LABEL_BYTES];
    CK_SLOT_ID slot;
    CK_UTF8CHAR *so = (CK_UTF8CHAR *) officer_pin;
    CK_UTF8CHAR *user = (CK_UTF8CHAR *) pin;
    CK_ULONG so_size = strlen (officer_pin);
    CK_ULONG user_size = strlen (pin);

    pad_label (label, padded);
    return find_slot (calls, NULL, &slot, error)
           && went_well (calls->C_InitToken (slot, so, so_size, padded), "C_InitToken", error)
           && find_slot (calls, padded, &slot, error)
           && went_well (
               calls->C_OpenSession (slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, out_session),
               "C_OpenSession", error)
           && went_well (calls->C_Login (*out_session, CKU_SO, so, so_size), "C_Login", error)
           && went_well (calls->C_InitPIN (*out_session, user, user_size), "C_InitPIN", error)
           && went_well (calls->C_Logout (*out_session), "C_Logout", error)
           && went_well (calls->C_Login (*out_session, CKU_USER, user, user_size), "C_Login", error);
}

static void
add_attribute (GArray *attributes, CK_ATTRIBUTE_TYPE type, gconstpointer value, gsize size)
{
    CK_ATTRIBUTE attribute = { .type = type, .pValue = (gpointer) value, .ulValueLen = size };

    g_array_append_val (attributes, attribute);
}

static gboolean
create_object (Module *module, GArray *attributes, GError **error)
{
    CK_OBJECT_HANDLE object;

    return went_well (module->calls->C_CreateObject (module->session,
                                                     (CK_ATTRIBUTE *) (gpointer) attributes->data,
                                                     attributes->len, &object),
                      "C_CreateObject", error);
}

static gboolean
put_certificate (Module *module, const char *label, GBytes *der, gconstpointer id, gsize id_size,
                 GError **error)
{
    static const CK_OBJECT_CLASS class = CKO_CERTIFICATE;
    static const CK_CERTIFICATE_TYPE type = CKC_X_509;
    static const CK_BBOOL yes = CK_TRUE;
    static const CK_BBOOL no = CK_FALSE;
    g_autoptr (X509) certificate = NULL;
    g_autoptr (GArray) attributes = g_array_new (FALSE, FALSE, sizeof (CK_ATTRIBUTE));
    gsize size;
    const guint8 *data = g_bytes_get_data (der, &size);
    const guint8 *cursor = data;
    unsigned char *encoded = NULL;
    int subject_size;
    gboolean done;

    certificate = d2i_X509 (NULL, &cursor, (long) size);
    subject_size = certificate != NULL ? i2d_X509_NAME (X509_get_subject_name (certificate), &encoded) : -1;
    if (subject_size < 0)
        return went_well (CKR_DATA_INVALID, "subject", error);
    add_attribute (attributes, CKA_CLASS, &class, sizeof class);
    add_attribute (attributes, CKA_CERTIFICATE_TYPE, &type, sizeof type);
    add_attribute (attributes, CKA_TOKEN, &yes, sizeof yes);
    add_attribute (attributes, CKA_PRIVATE, &no, sizeof no);
    add_attribute (attributes, CKA_LABEL, label, strlen (label));
    add_attribute (attributes, CKA_ID, id, id_size);
    add_attribute (attributes, CKA_SUBJECT, encoded, (gsize) subject_size);
    add_attribute (attributes, CKA_VALUE, data, size);
    done = create_object (module, attributes, error);
    OPENSSL_free (encoded);
    return done;
}

/* The numbers of an RSA private key, as PKCS#11 and OpenSSL call them. */
static const struct {
    CK_ATTRIBUTE_TYPE type;
    const char *name;
} rsa_parts[] = {
    { CKA_MODULUS, OSSL_PKEY_PARAM_RSA_N },
    { CKA_PUBLIC_EXPONENT, OSSL_PKEY_PARAM_RSA_E },
    { CKA_PRIVATE_EXPONENT, OSSL_PKEY_PARAM_RSA_D },
    { CKA_PRIME_1, OSSL_PKEY_PARAM_RSA_FACTOR1 },
    { CKA_PRIME_2, OSSL_PKEY_PARAM_RSA_FACTOR2 },
    { CKA_EXPONENT_1, OSSL_PKEY_PARAM_RSA_EXPONENT1 },
    { CKA_EXPONENT_2, OSSL_PKEY_PARAM_RSA_EXPONENT2 },
    { CKA_COEFFICIENT, OSSL_PKEY_PARAM_RSA_COEFFICIENT1 },
};

typedef struct {
    guint8 bytes[1024];
    gsize size;
} Number;

static gboolean
read_numbers (EVP_PKEY *key, Number numbers[G_N_ELEMENTS (rsa_parts)], GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS (rsa_parts); i++) {
        BIGNUM *number = NULL;

        if (!EVP_PKEY_get_bn_param (key, rsa_parts[i].name, &number)
            || BN_num_bytes (number) > (int) sizeof numbers[i].bytes) {
            BN_clear_free (number);
            return went_well (CKR_KEY_TYPE_INCONSISTENT, "private key", error);
        }
        numbers[i].size = (gsize) BN_bn2bin (number, numbers[i].bytes);
        BN_clear_free (number);
    }
    return TRUE;
}

static gboolean
put_key (Module *module, const TouPracticeToken *token, gconstpointer id, gsize id_size, GError **error)
{
    static const CK_OBJECT_CLASS class = CKO_PRIVATE_KEY;
    static const CK_KEY_TYPE type = CKK_RSA;
    static const CK_BBOOL yes = CK_TRUE;
    static const CK_BBOOL no = CK_FALSE;
    static const CK_ATTRIBUTE_TYPE allowed[] = { CKA_TOKEN, CKA_PRIVATE, CKA_SENSITIVE, CKA_SIGN };
    static const CK_ATTRIBUTE_TYPE forbidden[] = { CKA_EXTRACTABLE, CKA_DECRYPT, CKA_UNWRAP };
    g_autoptr (GArray) attributes = g_array_new (FALSE, FALSE, sizeof (CK_ATTRIBUTE));
    Number numbers[G_N_ELEMENTS (rsa_parts)];
    gboolean done;

    add_attribute (attributes, CKA_CLASS, &class, sizeof class);
    add_attribute (attributes, CKA_KEY_TYPE, &type, sizeof type);
    for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
        add_attribute (attributes, allowed[i], &yes, sizeof yes);
    for (guint i = 0; i < G_N_ELEMENTS (forbidden); i++)
        add_attribute (attributes, forbidden[i], &no, sizeof no);
    add_attribute (attributes, CKA_LABEL, token->label, strlen (token->label));
    add_attribute (attributes, CKA_ID, id, id_size);
    done = read_numbers (token->key, numbers, error);
    for (guint i = 0; done && i < G_N_ELEMENTS (rsa_parts); i++)
        add_attribute (attributes, rsa_parts[i].type, numbers[i].bytes, numbers[i].size);
    done = done && create_object (module, attributes, error);
    OPENSSL_cleanse (numbers, sizeof numbers);
    return done;
}

static gboolean
fill_token (Module *module, const TouPracticeToken *token, GBytes *authority, GError **error)
{
    static const guint8 card_id[] = { 1 };
    static const guint8 authority_id[] = { 2 };

    return put_key (module, token, card_id, sizeof card_id, error)
           && put_certificate (module, token->label, token->certificate, card_id, sizeof card_id, error)
           && put_certificate (module, "CA", authority, authority_id, sizeof authority_id, error);
}

static gboolean
create_all (CK_FUNCTION_LIST *calls, GPtrArray *tokens, GBytes *authority, const char *pin, GError **error)
{
    for (guint i = 0; i < tokens->len; i++) {
        const TouPracticeToken *token = g_ptr_array_index (tokens, i);
        Module module = { .calls = calls };

        if (!make_token (calls, token->label, pin, &module.session, error)
            || !fill_token (&module, token, authority, error)
            || !went_well (calls->C_CloseSession (module.session), "C_CloseSession", error))
            return FALSE;
    }
    return TRUE;
}

gboolean
tou_practice_tokens_create (const char *folder, GPtrArray *tokens, GBytes *authority, const char *pin,
                            GError **error)
{
    g_autofree char *configuration = g_build_filename (folder, "softhsm2.conf", NULL);
    CK_FUNCTION_LIST *calls;
    gboolean done;

    g_setenv ("SOFTHSM2_CONF", configuration, TRUE);
    calls = load_module (error);
    if (calls == NULL || !went_well (calls->C_Initialize (NULL), "C_Initialize", error))
        return FALSE;
    done = create_all (calls, tokens, authority, pin, error);
    calls->C_Finalize (NULL);
    return done;
}

gboolean
tou_practice_tokens_can_be_used (GError **error)
{
    return load_module (error) != NULL;
}
