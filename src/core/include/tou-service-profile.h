/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** TouProfileError: what is wrong with a service profile file. */
#define TOU_PROFILE_ERROR (tou_profile_error_quark ())
GQuark tou_profile_error_quark (void);
typedef enum {
    TOU_PROFILE_ERROR_UNREADABLE, /* no such file, no permission */
    TOU_PROFILE_ERROR_NOT_A_PROFILE,
    TOU_PROFILE_ERROR_MISSING,   /* a required key is not there; the message names it */
    TOU_PROFILE_ERROR_INVALID,   /* a value is not of its kind; the message names the key */
    TOU_PROFILE_ERROR_TOO_LARGE, /* the profile or a file that it names: far more than there can be in one */
    TOU_PROFILE_ERROR_NOT_LOCAL, /* a URL without a path in the file system: the files beside it are out of
                                    reach */
    TOU_PROFILE_ERROR_NOT_KEPT,  /* the folder of the opened profiles cannot be read or written to */
    TOU_PROFILE_ERROR_LOCKED,    /* the administrator has fixed that agency's profile */
} TouProfileError;

/** What the key file of a profile, and what it and its certificates together may have at most, in bytes. */
#define TOU_PROFILE_MAX_BYTES (64 * 1024)
#define TOU_PROFILE_MAX_FILE_BYTES (1024 * 1024)
/** What a name or another text of it may have at most, in characters. */
#define TOU_PROFILE_MAX_TEXT 200

/** How the service's TLS certificate is trusted. */
typedef enum {
    TOU_TLS_TRUST_SYSTEM, /* the system's certificate authorities */
    TOU_TLS_TRUST_FILE,   /* only those that came with the profile */
} TouTlsTrust;

/** TouProfileUse: what certificates came with the profile for. */
typedef enum {
    TOU_PROFILE_USE_TLS,
    TOU_PROFILE_USE_CARD_ISSUERS, /* the authorities whose cards are accepted */
    TOU_PROFILE_USE_RECEIPTS,     /* the authority of the receipts' signer */
} TouProfileUse;
#define TOU_N_PROFILE_USES (TOU_PROFILE_USE_RECEIPTS + 1)

/**
 * TouServiceProfile: all that the client knows of one agency (*.touroku; docs/service-profile.md): a key file
 * with the certificates in it or beside it, all of which are in memory once it is loaded. Immutable,
 * reference-counted.
 *
 * It comes from outside. What is shown of it is one line each without control and bidirectional characters,
 * the service's URL is plain ASCII, and the audience of what a card signs has the origin of that URL.
 */
typedef struct _TouServiceProfile TouServiceProfile;

/** tou_service_profile_load: reads and checks a profile. Blocks for as long as the disk does.
 * Errors: TOU_PROFILE_ERROR. Returns: (transfer full) (nullable) */
TouServiceProfile *tou_service_profile_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
TouServiceProfile *tou_service_profile_ref (TouServiceProfile *self);
void tou_service_profile_unref (TouServiceProfile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouServiceProfile, tou_service_profile_unref)

/** Getters lend; texts with a translation come in the language of the locale. BiddingUrl and the help desk's
 * texts are %NULL where the profile has none. */
const char *tou_service_profile_get_id (const TouServiceProfile *self);
const char *tou_service_profile_get_name (const TouServiceProfile *self);
const char *tou_service_profile_get_base_url (const TouServiceProfile *self);
const char *tou_service_profile_get_audience (const TouServiceProfile *self);
const char *tou_service_profile_get_bidding_url (const TouServiceProfile *self);
TouTlsTrust tou_service_profile_get_tls_trust (const TouServiceProfile *self);
/** Returns: (nullable) (array zero-terminated=1): pins in curl's form "sha256//BASE64". */
const char *const *tou_service_profile_get_tls_pins (const TouServiceProfile *self);
/** Returns: (transfer none) (nullable): as PEM, from tou_pem_read(); for TOU_PROFILE_USE_TLS there are some
 * with TOU_TLS_TRUST_FILE. */
GBytes *tou_service_profile_get_certificates (const TouServiceProfile *self, TouProfileUse use);
/** Returns: (nullable): where the card issuers' revocation lists are fetched from, in place of the
 * distribution points that the cards name. */
const char *tou_service_profile_get_crl_url (const TouServiceProfile *self);
const char *tou_service_profile_get_help_desk_name (const TouServiceProfile *self);
const char *tou_service_profile_get_help_desk_phone (const TouServiceProfile *self);
const char *tou_service_profile_get_help_desk_hours (const TouServiceProfile *self);

/** tou_service_profile_get_file: Returns: (transfer none): the whole of it as one file, whatever form it was
 * loaded from. Two profiles are the same when these are. */
GBytes *tou_service_profile_get_file (const TouServiceProfile *self);

G_END_DECLS
