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
} TouProfileError;

/** What a profile, and each file that it names, may have at most, in bytes. */
#define TOU_PROFILE_MAX_BYTES (64 * 1024)
#define TOU_PROFILE_MAX_FILE_BYTES (1024 * 1024)

/** How the service's TLS certificate is trusted. */
typedef enum {
    TOU_TLS_TRUST_SYSTEM, /* the system's certificate authorities */
    TOU_TLS_TRUST_FILE,   /* only those in a PEM file that came with the profile */
} TouTlsTrust;

/**
 * TouServiceProfile: all that the client knows of one agency, from a key file (*.touroku;
 * docs/service-profile.md). Immutable, reference-counted.
 *
 * [Service] Id, Name, Name[ja], BaseUrl (https, ends in "/"), Audience (default: BaseUrl), BiddingUrl
 * [Trust] Tls=system|file, TlsFile, TlsPins (list of sha256 of SPKI, base64), CardIssuersFile, CrlUrl (http
 * or https), ReceiptFile [Form] Characters=jis-x-0208 [HelpDesk] Name, Name[ja], Telephone, Hours, Hours[ja]
 * File names are relative to the profile's folder, lie in it, and the files are there.
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
/** Returns: (nullable): absolute path of the PEM file, for TOU_TLS_TRUST_FILE. */
const char *tou_service_profile_get_tls_file (const TouServiceProfile *self);
/** Returns: (nullable) (array zero-terminated=1): pins in curl's form "sha256//BASE64". */
const char *const *tou_service_profile_get_tls_pins (const TouServiceProfile *self);
/** Returns: (nullable): absolute path of a PEM file with the accepted card issuers. */
const char *tou_service_profile_get_card_issuers_file (const TouServiceProfile *self);
/** Returns: (nullable): where the card issuers' revocation lists are fetched from, in place of the
 * distribution points that the cards name. */
const char *tou_service_profile_get_crl_url (const TouServiceProfile *self);
/** Returns: (nullable): absolute path of a PEM file with the authority of the receipt's signer. */
const char *tou_service_profile_get_receipt_file (const TouServiceProfile *self);
const char *tou_service_profile_get_help_desk_name (const TouServiceProfile *self);
const char *tou_service_profile_get_help_desk_phone (const TouServiceProfile *self);
const char *tou_service_profile_get_help_desk_hours (const TouServiceProfile *self);

G_END_DECLS
