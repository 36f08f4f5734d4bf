/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-service-profile.h"

#include "tou-profile-file.h"
#include "tou-text-fields.h"

#include <glib/gstdio.h>
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
    char *tls_file;
    GStrv tls_pins;
    char *card_issuers_file;
    char *crl_url;
    char *receipt_file;
    char *help_desk_name;
    char *help_desk_phone;
    char *help_desk_hours;
};

G_DEFINE_QUARK (TouProfileError, tou_profile_error)

static const gsize text_offsets[] = {
    offsetof (TouServiceProfile, id),
    offsetof (TouServiceProfile, name),
    offsetof (TouServiceProfile, base_url),
    offsetof (TouServiceProfile, audience),
    offsetof (TouServiceProfile, bidding_url),
    offsetof (TouServiceProfile, tls_file),
    offsetof (TouServiceProfile, card_issuers_file),
    offsetof (TouServiceProfile, crl_url),
    offsetof (TouServiceProfile, receipt_file),
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
    KIND_FILE,
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
    { "Trust", "TlsFile", KIND_FILE, FALSE, offsetof (TouServiceProfile, tls_file) },
    { "Trust", "CardIssuersFile", KIND_FILE, FALSE, offsetof (TouServiceProfile, card_issuers_file) },
    { "Trust", "CrlUrl", KIND_LIST_URL, FALSE, offsetof (TouServiceProfile, crl_url) },
    { "Trust", "ReceiptFile", KIND_FILE, FALSE, offsetof (TouServiceProfile, receipt_file) },
    { "HelpDesk", "Name", KIND_TEXT, FALSE, offsetof (TouServiceProfile, help_desk_name) },
    { "HelpDesk", "Telephone", KIND_TEXT, FALSE, offsetof (TouServiceProfile, help_desk_phone) },
    { "HelpDesk", "Hours", KIND_TEXT, FALSE, offsetof (TouServiceProfile, help_desk_hours) },
};

static const char *
find_scheme_fault (GUri *uri, gboolean may_be_plain)
{
    const char *scheme = g_uri_get_scheme (uri);

    if (g_str_equal (scheme, "https") || (may_be_plain && g_str_equal (scheme, "http")))
        return NULL;
    return may_be_plain ? "it begins neither with http:// nor with https://"
                        : "it does not begin with https://";
}

static const char *
find_url_fault (const char *text, gboolean may_be_plain)
{
    g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
    const char *fault;

    if (uri == NULL)
        return "it is not a URL";
    fault = find_scheme_fault (uri, may_be_plain);
    if (fault != NULL)
        return fault;
    if (g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0')
        return "it names no host";
    if (g_uri_get_userinfo (uri) != NULL || g_uri_get_fragment (uri) != NULL)
        return "it has a user name or a fragment";
    return NULL;
}

static const char *
find_base_url_fault (const char *text)
{
    const char *fault = find_url_fault (text, FALSE);

    if (fault != NULL)
        return fault;
    if (strchr (text, '?') != NULL)
        return "it has a query";
    if (!g_str_has_suffix (text, "/"))
        return "it does not end in \"/\"";
    return NULL;
}

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
        return find_url_fault (value, FALSE);
    case KIND_LIST_URL:
        return find_url_fault (value, TRUE);
    case KIND_BASE_URL:
        return find_base_url_fault (value);
    case KIND_FILE:
        return find_file_fault (value);
    case KIND_TEXT:
    default:
        return NULL;
    }
}

static gboolean
resolve_file (const char *folder, char **name, GError **error)
{
    g_autofree char *path = g_build_filename (folder, *name, NULL);
    GStatBuf facts;

    if (g_stat (path, &facts) != 0 || !S_ISREG (facts.st_mode)) {
        g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_UNREADABLE,
                     "the profile names \"%s\", which is not there", *name);
        return FALSE;
    }
    if (facts.st_size > TOU_PROFILE_MAX_FILE_BYTES) {
        g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_TOO_LARGE,
                     "\"%s\", which the profile names, has more than %d bytes", *name,
                     TOU_PROFILE_MAX_FILE_BYTES);
        return FALSE;
    }
    g_free (*name);
    *name = g_steal_pointer (&path);
    return TRUE;
}

static gboolean
load_key (TouServiceProfile *self, GKeyFile *file, const Key *key, const char *folder, GError **error)
{
    char **field = &G_STRUCT_MEMBER (char *, self, key->offset);
    const char *fault;

    if (!tou_profile_file_read_text (file, key->group, key->key, field, error))
        return FALSE;
    if (*field == NULL)
        return key->is_required ? tou_profile_file_fail_missing (error, key->group, key->key) : TRUE;
    fault = find_fault (key->kind, *field);
    if (fault != NULL)
        return tou_profile_file_fail_value (error, key->group, key->key, fault);
    return key->kind == KIND_FILE ? resolve_file (folder, field, error) : TRUE;
}

static gboolean
load_trust (TouServiceProfile *self, GKeyFile *file, GError **error)
{
    g_autofree char *word = g_key_file_get_string (file, "Trust", "Tls", NULL);

    if (word == NULL || g_str_equal (word, "system"))
        self->tls_trust = TOU_TLS_TRUST_SYSTEM;
    else if (g_str_equal (word, "file"))
        self->tls_trust = TOU_TLS_TRUST_FILE;
    else
        return tou_profile_file_fail_value (error, "Trust", "Tls", "neither \"system\" nor \"file\"");
    if (self->tls_trust == TOU_TLS_TRUST_FILE && self->tls_file == NULL)
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

static gboolean
load_all (TouServiceProfile *self, GKeyFile *file, const char *folder, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
        if (!load_key (self, file, &keys[i], folder, error))
            return FALSE;
    }
    if (self->audience == NULL)
        self->audience = g_strdup (self->base_url);
    return load_trust (self, file, error) && load_pins (self, file, error) && check_characters (file, error);
}

static void
clear_profile (gpointer data)
{
    TouServiceProfile *self = data;

    tou_text_fields_clear (&texts, self);
    g_clear_pointer (&self->tls_pins, g_strfreev);
}

TouServiceProfile *
tou_service_profile_load (const char *path, GError **error)
{
    g_autoptr (GKeyFile) file = tou_profile_file_open (path, "Service", error);

    if (file == NULL)
        return NULL;

    g_autoptr (TouServiceProfile) self = g_atomic_rc_box_new0 (TouServiceProfile);
    g_autofree char *absolute = g_canonicalize_filename (path, NULL);
    g_autofree char *folder = g_path_get_dirname (absolute);
    if (!load_all (self, file, folder, error))
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

const char *
tou_service_profile_get_tls_file (const TouServiceProfile *self)
{
    return self->tls_file;
}

const char *const *
tou_service_profile_get_tls_pins (const TouServiceProfile *self)
{
    return (const char *const *) self->tls_pins;
}

const char *
tou_service_profile_get_card_issuers_file (const TouServiceProfile *self)
{
    return self->card_issuers_file;
}

const char *
tou_service_profile_get_crl_url (const TouServiceProfile *self)
{
    return self->crl_url;
}

const char *
tou_service_profile_get_receipt_file (const TouServiceProfile *self)
{
    return self->receipt_file;
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
