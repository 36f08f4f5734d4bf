/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-service-profile.h"

#include "tou-pem.h"
#include "tou-profile-file.h"
#include "tou-profile-parts.h"
#include "tou-profile-url.h"
#include "tou-shown-text.h"
#include "tou-text-fields.h"

#include <stddef.h>
#include <string.h>

#define SHA256_SIZE 32

struct _TouServiceProfile {
    char *id;
    char *name;
    char *base_url;
    char *audience;
    char *bidding_url;
    TouTlsTrust tls_trust;
    GStrv tls_pins;
    char *crl_url;
    GBytes *certificates[TOU_N_PROFILE_USES]; /* (nullable) each */
    char *help_desk_name;
    char *help_desk_phone;
    char *help_desk_hours;
    GBytes *file;
};

G_DEFINE_QUARK (TouProfileError, tou_profile_error)

static const gsize text_offsets[] = {
    offsetof (TouServiceProfile, id),
    offsetof (TouServiceProfile, name),
    offsetof (TouServiceProfile, base_url),
    offsetof (TouServiceProfile, audience),
    offsetof (TouServiceProfile, bidding_url),
    offsetof (TouServiceProfile, crl_url),
    offsetof (TouServiceProfile, help_desk_name),
    offsetof (TouServiceProfile, help_desk_phone),
    offsetof (TouServiceProfile, help_desk_hours),
};
static const TouTextFields texts = TOU_TEXT_FIELDS (text_offsets);

/** What kind of value a key has; each kind has one check. */
typedef enum {
    KIND_TEXT,
    KIND_ID,
    KIND_URL,      /* https */
    KIND_LIST_URL, /* http or https */
    KIND_BASE_URL, /* https, ends in "/" */
} Kind;

typedef struct {
    const char *group;
    const char *key;
    Kind kind;
    gboolean is_required;
    gsize offset;
} Key;

static const Key keys[] = {
    { "Service", "Id", KIND_ID, TRUE, offsetof (TouServiceProfile, id) },
    { "Service", "Name", KIND_TEXT, TRUE, offsetof (TouServiceProfile, name) },
    { "Service", "BaseUrl", KIND_BASE_URL, TRUE, offsetof (TouServiceProfile, base_url) },
    { "Service", "Audience", KIND_URL, FALSE, offsetof (TouServiceProfile, audience) },
    { "Service", "BiddingUrl", KIND_URL, FALSE, offsetof (TouServiceProfile, bidding_url) },
    { "Trust", "CrlUrl", KIND_LIST_URL, FALSE, offsetof (TouServiceProfile, crl_url) },
    { "HelpDesk", "Name", KIND_TEXT, FALSE, offsetof (TouServiceProfile, help_desk_name) },
    { "HelpDesk", "Telephone", KIND_TEXT, FALSE, offsetof (TouServiceProfile, help_desk_phone) },
    { "HelpDesk", "Hours", KIND_TEXT, FALSE, offsetof (TouServiceProfile, help_desk_hours) },
};

/* By the file itself or by a group in it; one of both. */
static const char *const file_keys[TOU_N_PROFILE_USES] = {
    [TOU_PROFILE_USE_TLS] = "TlsFile",
    [TOU_PROFILE_USE_CARD_ISSUERS] = "CardIssuersFile",
    [TOU_PROFILE_USE_RECEIPTS] = "ReceiptFile",
};

/* A profile comes by mail or from a web page: it must not point at files outside its own folder. */
static const char *
find_file_fault (const char *name)
{
    g_auto (GStrv) parts = g_strsplit (name, "/", -1);

    if (g_path_is_absolute (name))
        return "file names are relative to the profile's folder";
    if (g_strv_contains ((const char *const *) parts, ".."))
        return "it leads out of the profile's folder";
    return NULL;
}

static const char *
find_fault (Kind kind, const char *value)
{
    switch (kind) {
    case KIND_ID:
        return tou_profile_file_find_id_fault (value);
    case KIND_URL:
        return tou_profile_url_find_fault (TOU_PROFILE_URL_PAGE, value);
    case KIND_LIST_URL:
        return tou_profile_url_find_fault (TOU_PROFILE_URL_LIST, value);
    case KIND_BASE_URL:
        return tou_profile_url_find_fault (TOU_PROFILE_URL_BASE, value);
    case KIND_TEXT:
    default:
        return NULL;
    }
}

static gboolean
load_key (TouServiceProfile *self, GKeyFile *file, const Key *key, GError **error)
{
    char **field = &G_STRUCT_MEMBER (char *, self, key->offset);
    g_autofree char *text = NULL;
    const char *fault;

    if (!tou_profile_file_read_text (file, key->group, key->key, &text, error))
        return FALSE;
    if (text == NULL)
        return key->is_required ? tou_profile_file_fail_missing (error, key->group, key->key) : TRUE;
    fault = find_fault (key->kind, text);
    if (fault != NULL)
        return tou_profile_file_fail_value (error, key->group, key->key, fault);
    if (key->kind == KIND_TEXT && !tou_profile_file_check_texts (file, key->group, key->key, error))
        return FALSE;
    /* A name from right to left is isolated from what will stand beside it. */
    *field = key->kind == KIND_TEXT ? tou_shown_text_dup (text) : g_steal_pointer (&text);
    return TRUE;
}

static GBytes *
load_certificate_file (const char *folder, const char *key, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autoptr (GBytes) text = NULL;
    const char *fault = find_file_fault (name);
    GBytes *pem = NULL;

    if (fault == NULL) {
        text = tou_profile_file_read (path, TOU_PROFILE_MAX_FILE_BYTES, error);
        if (text == NULL)
            return NULL;
        pem = tou_pem_read (g_bytes_get_data (text, NULL), g_bytes_get_size (text), &fault);
    }
    if (pem == NULL)
        tou_profile_file_fail_value (error, "Trust", key, fault);
    return pem;
}

/* The key goes, so that what is kept of the file holds the certificates in itself. */
static gboolean
load_certificates (TouServiceProfile *self, GKeyFile *file, TouProfileUse use, const char *folder,
                   GError **error)
{
    const char *key = file_keys[use];
    g_autofree char *name = NULL;

    if (!tou_profile_file_read_text (file, "Trust", key, &name, error))
        return FALSE;
    if (name != NULL && self->certificates[use] != NULL)
        return tou_profile_file_fail_value (error, "Trust", key,
                                            "the certificates are in the profile itself");
    if (name != NULL)
        self->certificates[use] = load_certificate_file (folder, key, name, error);
    (void) g_key_file_remove_key (file, "Trust", key, NULL);
    return name == NULL || self->certificates[use] != NULL;
}

static gboolean
load_trust (TouServiceProfile *self, GKeyFile *file, GError **error)
{
    g_autofree char *word = g_key_file_get_string (file, "Trust", "Tls", NULL);
    gboolean has_own = self->certificates[TOU_PROFILE_USE_TLS] != NULL;

    if (word == NULL)
        self->tls_trust = has_own ? TOU_TLS_TRUST_FILE : TOU_TLS_TRUST_SYSTEM;
    else if (g_str_equal (word, "system"))
        self->tls_trust = TOU_TLS_TRUST_SYSTEM;
    else if (g_str_equal (word, "file"))
        self->tls_trust = TOU_TLS_TRUST_FILE;
    else
        return tou_profile_file_fail_value (error, "Trust", "Tls", "neither \"system\" nor \"file\"");
    if (self->tls_trust == TOU_TLS_TRUST_FILE && !has_own)
        return tou_profile_file_fail_missing (error, "Trust", "TlsFile");
    return TRUE;
}

static gboolean
is_pin (const char *base64)
{
    gsize size = 0;
    g_autofree guchar *bytes = g_base64_decode (base64, &size);
    g_autofree char *again = g_base64_encode (bytes, size);

    return size == SHA256_SIZE && g_str_equal (again, base64);
}

static gboolean
load_pins (TouServiceProfile *self, GKeyFile *file, GError **error)
{
    g_auto (GStrv) pins = g_key_file_get_string_list (file, "Trust", "TlsPins", NULL, NULL);
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

    if (pins == NULL || pins[0] == NULL)
        return TRUE;
    for (guint i = 0; pins[i] != NULL; i++) {
        g_autofree char *pin = g_strconcat ("sha256//", pins[i], NULL);
        if (!is_pin (pins[i]))
            return tou_profile_file_fail_value (error, "Trust", "TlsPins", "not the base64 of a SHA-256");
        g_strv_builder_add (builder, pin);
    }
    self->tls_pins = g_strv_builder_end (builder);
    return TRUE;
}

static gboolean
check_characters (GKeyFile *file, GError **error)
{
    g_autofree char *rule = g_key_file_get_string (file, "Form", "Characters", NULL);

    if (rule != NULL && !g_str_equal (rule, "jis-x-0208"))
        return tou_profile_file_fail_value (error, "Form", "Characters", "only \"jis-x-0208\" is known");
    return TRUE;
}

/* What a card signs for this service must be worth nothing at another one. */
static gboolean
load_audience (TouServiceProfile *self, GError **error)
{
    if (self->audience == NULL)
        self->audience = g_strdup (self->base_url);
    return tou_profile_url_is_same_origin (self->audience, self->base_url)
           || tou_profile_file_fail_value (error, "Service", "Audience",
                                           "it is at another host or port than BaseUrl");
}

static gboolean
load_all (TouServiceProfile *self, GKeyFile *file, const char *folder, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
        if (!load_key (self, file, &keys[i], error))
            return FALSE;
    }
    for (guint use = 0; use < TOU_N_PROFILE_USES; use++)
        if (!load_certificates (self, file, use, folder, error))
            return FALSE;
    return load_audience (self, error) && load_trust (self, file, error) && load_pins (self, file, error)
           && check_characters (file, error);
}

static void
clear_profile (gpointer data)
{
    TouServiceProfile *self = data;

    tou_text_fields_clear (&texts, self);
    g_clear_pointer (&self->tls_pins, g_strfreev);
    for (guint use = 0; use < TOU_N_PROFILE_USES; use++)
        g_clear_pointer (&self->certificates[use], g_bytes_unref);
    g_clear_pointer (&self->file, g_bytes_unref);
}

static GKeyFile *
open_parts (TouServiceProfile *self, const char *path, GError **error)
{
    g_autoptr (GBytes) bytes = tou_profile_file_read (path, TOU_PROFILE_MAX_FILE_BYTES, error);
    g_autofree char *keys_text = NULL;

    if (bytes != NULL)
        keys_text = tou_profile_parts_split (bytes, self->certificates, error);
    return keys_text != NULL ? tou_profile_file_parse (keys_text, path, "Service", error) : NULL;
}

/* Files beside the profile count as part of it. */
static gboolean
keep_file (TouServiceProfile *self, GKeyFile *file, const char *path, GError **error)
{
    g_autofree char *name = g_filename_display_name (path);

    self->file = tou_profile_parts_join (file, self->certificates);
    if (g_bytes_get_size (self->file) <= TOU_PROFILE_MAX_FILE_BYTES)
        return TRUE;
    g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_TOO_LARGE,
                 "\"%s\" and its certificates have more than %d bytes", name, TOU_PROFILE_MAX_FILE_BYTES);
    return FALSE;
}

TouServiceProfile *
tou_service_profile_load (const char *path, GError **error)
{
    g_autoptr (TouServiceProfile) self = g_atomic_rc_box_new0 (TouServiceProfile);
    g_autoptr (GKeyFile) file = open_parts (self, path, error);
    g_autofree char *absolute = g_canonicalize_filename (path, NULL);
    g_autofree char *folder = g_path_get_dirname (absolute);

    if (file == NULL || !load_all (self, file, folder, error) || !keep_file (self, file, path, error))
        return NULL;
    return g_steal_pointer (&self);
}

TouServiceProfile *
tou_service_profile_ref (TouServiceProfile *self)
{
    return g_atomic_rc_box_acquire (self);
}

void
tou_service_profile_unref (TouServiceProfile *self)
{
    g_atomic_rc_box_release_full (self, clear_profile);
}

const char *
tou_service_profile_get_id (const TouServiceProfile *self)
{
    return self->id;
}

const char *
tou_service_profile_get_name (const TouServiceProfile *self)
{
    return self->name;
}

const char *
tou_service_profile_get_base_url (const TouServiceProfile *self)
{
    return self->base_url;
}

const char *
tou_service_profile_get_audience (const TouServiceProfile *self)
{
    return self->audience;
}

const char *
tou_service_profile_get_bidding_url (const TouServiceProfile *self)
{
    return self->bidding_url;
}

TouTlsTrust
tou_service_profile_get_tls_trust (const TouServiceProfile *self)
{
    return self->tls_trust;
}

const char *const *
tou_service_profile_get_tls_pins (const TouServiceProfile *self)
{
    return (const char *const *) self->tls_pins;
}

GBytes *
tou_service_profile_get_certificates (const TouServiceProfile *self, TouProfileUse use)
{
    return self->certificates[use];
}

const char *
tou_service_profile_get_crl_url (const TouServiceProfile *self)
{
    return self->crl_url;
}

const char *
tou_service_profile_get_help_desk_name (const TouServiceProfile *self)
{
    return self->help_desk_name;
}

const char *
tou_service_profile_get_help_desk_phone (const TouServiceProfile *self)
{
    return self->help_desk_phone;
}

const char *
tou_service_profile_get_help_desk_hours (const TouServiceProfile *self)
{
    return self->help_desk_hours;
}

GBytes *
tou_service_profile_get_file (const TouServiceProfile *self)
{
    return self->file;
}
