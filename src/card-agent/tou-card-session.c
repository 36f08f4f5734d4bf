/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card-agent"

#include "tou-card-session.h"

#include "tou-card-objects.h"
#include "tou-ckr-table.h"
#include "tou-cms-sign.h"
#include "tou-openssl-types.h"
#include "tou-pcsc.h"
#include "tou-slot-view.h"

#include <dlfcn.h>
#include <libp11.h>
#include <malloc.h>
#include <openssl/err.h>
#include <openssl/ui.h>

#define MIN_RSA_BITS 2048
#define MIN_EC_BITS 256

struct _TouCardSession {
    TouCardModule *module; /* not ours */
    CK_SLOT_ID slot_id;
    PKCS11_CTX *context; /* over touroku-slot-view.so */
    TouSlotViewChooseKey choose_key;
    PKCS11_SLOT *slots; /* all of them: libp11 frees them together only */
    unsigned int n_slots;
    PKCS11_SLOT *slot;
    CK_SESSION_HANDLE login; /* what keeps the token logged in, for libp11's sessions too */
    gboolean is_logged_in;
    GPtrArray *certificates;
    X509 *signer; /* (nullable): of those, the one that signed last: OpenSSL takes longer to read it than to
                   * hash and wrap what is signed */
    char *signer_sha256; /* hexadecimal, of signer */
    UI_METHOD *ui_method;
    gboolean asks_each_time;
    TouSecret *pin; /* only where that is so */
    gboolean may_answer;
};

/* Stands in for OpenSSL's console prompt, which would ask on whatever terminal there is. Answers once in a
 * signature; a second question means that the first answer was wrong. */
static int
answer_pin (UI *ui, UI_STRING *question)
{
    TouCardSession *self = UI_get0_user_data (ui);
    enum UI_string_types type = UI_get_string_type (question);

    if (type != UIT_PROMPT && type != UIT_VERIFY)
        return 1;
    if (!self->may_answer || self->pin == NULL)
        return 0;
    self->may_answer = FALSE;
    return UI_set_result (ui, question, tou_secret_get_data (self->pin)) == 0;
}

static gboolean
set_view (TouCardSession *self, const char *path, const TouSlotFacts *facts, GError **error)
{
    void *handle = dlopen (path, RTLD_NOW | RTLD_LOCAL);
    TouSlotViewSet set = handle == NULL ? NULL : (TouSlotViewSet) dlsym (handle, TOU_SLOT_VIEW_SET);

    if (set != NULL)
        self->choose_key = (TouSlotViewChooseKey) dlsym (handle, TOU_SLOT_VIEW_CHOOSE_KEY);
    if (self->choose_key == NULL) {
        g_set_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_NO_MODULE, "the slot view: %s", dlerror ());
        return FALSE;
    }
    set (tou_card_module_get_functions (self->module), facts->slot, &facts->info, &facts->token);
    return TRUE;
}

static gboolean
load_context (TouCardSession *self, const char *view, const TouSlotFacts *facts, GError **error)
{
    if (!set_view (self, view, facts, error))
        return FALSE;
    ERR_clear_error ();
    self->ui_method = UI_create_method ("touroku");
    self->context = PKCS11_CTX_new ();
    if (self->ui_method == NULL || self->context == NULL) {
        tou_ckr_set_error_from_openssl (error, FALSE, TOU_CARD_ERROR_FAILED, "PKCS11_CTX_new");
        return FALSE;
    }
    UI_method_set_reader (self->ui_method, answer_pin);
    if (PKCS11_set_ui_method (self->context, self->ui_method, self) == 0
        && PKCS11_CTX_load (self->context, view) == 0)
        return TRUE;
    tou_ckr_set_error_from_openssl (error, FALSE, TOU_CARD_ERROR_NO_MODULE, "PKCS11_CTX_load");
    /* Unloading what did not load crashes libp11. */
    g_clear_pointer (&self->context, PKCS11_CTX_free);
    return FALSE;
}

static gboolean
find_slot (TouCardSession *self, GError **error)
{
    if (PKCS11_enumerate_slots (self->context, &self->slots, &self->n_slots) != 0) {
        tou_ckr_set_error_from_openssl (error, FALSE, TOU_CARD_ERROR_DEVICE, "PKCS11_enumerate_slots");
        return FALSE;
    }
    for (unsigned int i = 0; i < self->n_slots; i++)
        if (PKCS11_get_slotid_from_slot (&self->slots[i]) == self->slot_id && self->slots[i].token != NULL)
            self->slot = &self->slots[i];
    if (self->slot == NULL)
        g_set_error_literal (error, TOU_CARD_ERROR, TOU_CARD_ERROR_CARD_REMOVED, "the token is gone");
    return self->slot != NULL;
}

/* Flags are asked for anew; and what a card answers once it is locked differs from card to
 * card, the flag does not. */
static gboolean
is_pin_locked (TouCardSession *self)
{
    CK_TOKEN_INFO info;

    return tou_card_module_get_functions (self->module)->C_GetTokenInfo (self->slot_id, &info) == CKR_OK
           && (info.flags & CKF_USER_PIN_LOCKED) != 0;
}

/* A module may write the PIN into memory that it gives back as it is (OpenSC: the log's text of each command,
 * log or no log). Only while a PIN is about: a module that uses what it gave back is left its luck. By this
 * value new memory begins with zeros. malloc does it where a thread keeps no cache (tou-agent-environment.c).
 */
static void
set_wipes_freed_memory (gboolean wipes)
{
    (void) mallopt (M_PERTURB, wipes ? 0xff : 0);
}

static CK_RV
call_login (TouCardSession *self, const TouSecret *pin)
{
    CK_FUNCTION_LIST *functions = tou_card_module_get_functions (self->module);
    CK_UTF8CHAR *text = pin == NULL ? NULL : (CK_UTF8CHAR *) tou_secret_get_data (pin);
    CK_ULONG size = pin == NULL ? 0 : tou_secret_get_size (pin);
    CK_RV rv;

    set_wipes_freed_memory (TRUE);
    rv = functions->C_Login (self->login, CKU_USER, text, size);
    set_wipes_freed_memory (FALSE);
    return rv == CKR_USER_ALREADY_LOGGED_IN ? CKR_OK : rv;
}

/* Another card may have come since @facts were read. A session that is open belongs to the card that is in
 * now. */
static gboolean
check_visit (const TouSlotFacts *facts, GError **error)
{
    g_autoptr (GPtrArray) readers = NULL;
    const TouPcscReader *reader;

    if (!facts->is_pcsc)
        return TRUE;
    readers = tou_pcsc_list_readers ();
    reader = tou_pcsc_find_reader (readers, facts->reader);
    if (reader != NULL && reader->n_events == facts->visit)
        return TRUE;
    g_set_error_literal (error, TOU_CARD_ERROR, TOU_CARD_ERROR_CARD_REMOVED, "the card was taken out");
    return FALSE;
}

/* Not through libp11: it would keep a copy of the PIN for as long as the slot lives, cut a vendor's code down
 * to one that looks like "wrong PIN", and wait for ever where no session can be had. A login counts for all
 * sessions with the token (PKCS#11 2.40, 5.6). */
static gboolean
log_in (TouCardSession *self, const TouSlotFacts *facts, const TouSecret *pin, GError **error)
{
    CK_FUNCTION_LIST *functions = tou_card_module_get_functions (self->module);
    CK_RV rv = functions->C_OpenSession (self->slot_id, CKF_SERIAL_SESSION, NULL, NULL, &self->login);

    if (rv != CKR_OK) {
        self->login = CK_INVALID_HANDLE;
        tou_ckr_set_error (error, rv, "C_OpenSession");
        return FALSE;
    }
    if (!check_visit (facts, error))
        return FALSE;
    rv = call_login (self, pin);
    self->is_logged_in = rv == CKR_OK;
    if (rv == CKR_OK)
        return TRUE;
    if (is_pin_locked (self))
        g_set_error_literal (error, TOU_CARD_ERROR, TOU_CARD_ERROR_PIN_LOCKED, "the PIN is locked");
    else
        tou_ckr_set_error (error, rv, "C_Login");
    return FALSE;
}

/* Returns FALSE when there is none left. */
static gboolean
keep_those_with_keys (TouCardSession *self, GPtrArray *keys, GError **error)
{
    gboolean had_any = self->certificates->len > 0;

    for (guint i = self->certificates->len; i-- > 0;) {
        const TouCardObject *certificate = g_ptr_array_index (self->certificates, i);
        if (tou_card_objects_find (keys, certificate->id) == NULL)
            g_ptr_array_remove_index (self->certificates, i);
    }
    if (self->certificates->len > 0)
        return TRUE;
    g_set_error_literal (error, TOU_CARD_ERROR,
                         had_any ? TOU_CARD_ERROR_NO_KEY : TOU_CARD_ERROR_NO_CERTIFICATE,
                         had_any ? "no certificate has a private key" : "no certificate on the token");
    return FALSE;
}

static gboolean
asks_at_each_signature (GPtrArray *keys)
{
    for (guint i = 0; i < keys->len; i++)
        if (((const TouCardObject *) g_ptr_array_index (keys, i))->always_authenticate)
            return TRUE;
    return FALSE;
}

static gboolean
load_objects (TouCardSession *self, TouSecret *pin, GError **error)
{
    CK_FUNCTION_LIST *functions = tou_card_module_get_functions (self->module);
    g_autoptr (GPtrArray) keys = NULL;

    self->certificates = tou_card_objects_load_certificates (functions, self->slot_id, error);
    if (self->certificates == NULL)
        return FALSE;
    keys = tou_card_objects_load_private_keys (functions, self->slot_id, error);
    if (keys == NULL || !keep_those_with_keys (self, keys, error))
        return FALSE;
    self->asks_each_time = asks_at_each_signature (keys);
    if (pin != NULL && self->asks_each_time)
        self->pin = tou_secret_ref (pin);
    return TRUE;
}

TouCardSession *
tou_card_session_open (TouCardModule *module, const char *slot_view, const TouSlotFacts *facts,
                       TouSecret *pin, GError **error)
{
    g_autoptr (TouCardSession) self = g_new0 (TouCardSession, 1);

    self->module = module;
    self->slot_id = facts->slot;
    if (!load_context (self, slot_view, facts, error) || !find_slot (self, error)
        || !log_in (self, facts, pin, error) || !load_objects (self, pin, error))
        return NULL;
    return g_steal_pointer (&self);
}

/* libp11 bears no other order. */
void
tou_card_session_free (TouCardSession *self)
{
    CK_FUNCTION_LIST *functions = tou_card_module_get_functions (self->module);

    if (self->is_logged_in)
        (void) functions->C_Logout (self->login);
    if (self->login != CK_INVALID_HANDLE)
        (void) functions->C_CloseSession (self->login);
    if (self->slots != NULL)
        PKCS11_release_all_slots (self->context, self->slots, self->n_slots);
    if (self->context != NULL) {
        PKCS11_CTX_unload (self->context);
        PKCS11_CTX_free (self->context);
    }
    g_clear_pointer (&self->ui_method, UI_destroy_method);
    g_clear_pointer (&self->pin, tou_secret_unref);
    g_clear_pointer (&self->certificates, g_ptr_array_unref);
    g_clear_pointer (&self->signer, X509_free);
    g_free (self->signer_sha256);
    ERR_clear_error ();
    g_free (self);
}

GPtrArray *
tou_card_session_get_certificates (const TouCardSession *self)
{
    return self->certificates;
}

gboolean
tou_card_session_asks_each_time (const TouCardSession *self)
{
    return self->asks_each_time;
}

static const TouCardObject *
find_certificate (const TouCardSession *self, const char *sha256, GError **error)
{
    for (guint i = 0; i < self->certificates->len; i++) {
        const TouCardObject *certificate = g_ptr_array_index (self->certificates, i);
        g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, certificate->der);
        if (g_str_equal (hash, sha256))
            return certificate;
    }
    g_set_error_literal (error, TOU_CARD_ERROR, TOU_CARD_ERROR_NO_CERTIFICATE,
                         "no such certificate on the unlocked card");
    return NULL;
}

/* Returns: (transfer none) (nullable): @certificate, whose hash is @sha256. */
static X509 *
parse_signer (TouCardSession *self, const TouCardObject *certificate, const char *sha256, GError **error)
{
    gsize size;
    const guint8 *data = g_bytes_get_data (certificate->der, &size);

    if (g_strcmp0 (self->signer_sha256, sha256) == 0)
        return self->signer;
    g_clear_pointer (&self->signer, X509_free);
    g_clear_pointer (&self->signer_sha256, g_free);
    self->signer = d2i_X509 (NULL, &data, (long) size);
    if (self->signer == NULL)
        tou_ckr_set_error_from_openssl (error, FALSE, TOU_CARD_ERROR_NO_CERTIFICATE, "d2i_X509");
    else
        self->signer_sha256 = g_strdup (sha256);
    return self->signer;
}

/* libp11 signs with no other. */
static gboolean
check_key (const X509 *x509, GError **error)
{
    const EVP_PKEY *key = X509_get0_pubkey (x509);
    int type = key == NULL ? EVP_PKEY_NONE : EVP_PKEY_get_base_id (key);
    int bits = key == NULL ? 0 : EVP_PKEY_get_bits (key);

    if ((type == EVP_PKEY_RSA && bits >= MIN_RSA_BITS) || (type == EVP_PKEY_EC && bits >= MIN_EC_BITS))
        return TRUE;
    g_set_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_KEY_UNSUITABLE, "key type %d with %d bits", type,
                 bits);
    return FALSE;
}

static CK_KEY_TYPE
get_key_type (const X509 *x509)
{
    return EVP_PKEY_get_base_id (X509_get0_pubkey (x509)) == EVP_PKEY_EC ? CKK_EC : CKK_RSA;
}

/* Ids are the card's word; that the key and the certificate belong together is looked at besides. */
static EVP_PKEY *
find_key (TouCardSession *self, GBytes *id, X509 *x509, GError **error)
{
    PKCS11_KEY *keys = NULL;
    unsigned int n = 0;
    gsize id_size;
    const void *id_data = g_bytes_get_data (id, &id_size);

    self->choose_key (id_data, id_size, get_key_type (x509));
    if (PKCS11_enumerate_keys (self->slot->token, &keys, &n) != 0) {
        tou_ckr_set_error_from_openssl (error, FALSE, TOU_CARD_ERROR_NO_KEY, "PKCS11_enumerate_keys");
        return NULL;
    }
    for (unsigned int i = 0; i < n; i++) {
        g_autoptr (EVP_PKEY) key = NULL;
        if (keys[i].id == NULL || keys[i].id_len != id_size || memcmp (keys[i].id, id_data, id_size) != 0)
            continue;
        key = PKCS11_get_private_key (&keys[i]);
        if (key != NULL && X509_check_private_key (x509, key) == 1)
            return g_steal_pointer (&key);
    }
    tou_ckr_set_error_from_openssl (error, FALSE, TOU_CARD_ERROR_NO_KEY,
                                    "no private key fits the certificate");
    return NULL;
}

/* libp11 would wait for ever where no session can be had. */
static gboolean
check_sessions (TouCardSession *self, GError **error)
{
    CK_FUNCTION_LIST *functions = tou_card_module_get_functions (self->module);
    CK_SESSION_HANDLE session;
    CK_RV rv = functions->C_OpenSession (self->slot_id, CKF_SERIAL_SESSION, NULL, NULL, &session);

    if (rv == CKR_OK)
        (void) functions->C_CloseSession (session);
    else
        tou_ckr_set_error (error, rv, "C_OpenSession");
    return rv == CKR_OK;
}

GBytes *
tou_card_session_sign (TouCardSession *self, GBytes *content, const char *certificate_sha256, GError **error)
{
    const TouCardObject *certificate = find_certificate (self, certificate_sha256, error);
    X509 *signer;
    g_autoptr (EVP_PKEY) key = NULL;
    g_autoptr (GError) signing_error = NULL;
    gboolean was_pin_asked;
    GBytes *cms;

    ERR_clear_error ();
    if (certificate == NULL || !check_sessions (self, error)
        || (signer = parse_signer (self, certificate, certificate_sha256, error)) == NULL
        || !check_key (signer, error) || (key = find_key (self, certificate->id, signer, error)) == NULL)
        return NULL;
    self->may_answer = TRUE;
    set_wipes_freed_memory (self->pin != NULL);
    cms = tou_cms_sign (content, signer, key, &signing_error);
    set_wipes_freed_memory (FALSE);
    was_pin_asked = !self->may_answer;
    self->may_answer = FALSE;
    if (cms == NULL)
        tou_ckr_set_error_from_openssl (error, was_pin_asked, TOU_CARD_ERROR_FAILED, signing_error->message);
    return cms;
}
