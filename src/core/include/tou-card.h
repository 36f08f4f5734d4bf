/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-profile.h"

#include <glib.h>

G_BEGIN_DECLS

/** TouKeyUse: what a certificate's key usage allows (RFC 5280, 4.2.1.3); only what choosing needs. */
typedef enum {
    TOU_KEY_USE_NONE = 0,
    TOU_KEY_USE_DIGITAL_SIGNATURE = 1 << 0,
    TOU_KEY_USE_NON_REPUDIATION = 1 << 1,
    TOU_KEY_USE_ANY = 1 << 2, /* the extension is absent */
} TouKeyUse;

/**
 * TouCardCertificate: what is known of the certificate on a card; ICカード情報 of the confirmation page and
 * the shown half of ICカード利用部署情報. Immutable, reference-counted with g_atomic_rc_box; any thread.
 */
typedef struct {
    GBytes *der;
    char *sha256;         /* of the DER, 64 lower-case hex digits; what tells two cards apart */
    char *company;        /* ICカード企業名称 (nullable: not recorded) */
    char *company_number; /* organizationIdentifier or 法人番号 (nullable) */
    char *holder;         /* ICカード取得者氏名 (nullable) */
    char *address;        /* ICカード取得者住所 (nullable: not recorded) */
    char *serial;         /* 証明書シリアル番号, upper-case hex without leading zeros */
    char *issuer;         /* 証明書発行者: one line, most telling attributes */
    gint64 not_before_us; /* since 1970 UTC */
    gint64 not_after_us;  /* 証明書有効期限 */
    TouKeyUse key_use;
    gboolean is_ca;
    guint key_bits;
    TouCardProfile *profile; /* (nullable): of its issuer */
} TouCardCertificate;

TouCardCertificate *tou_card_certificate_new (void);
TouCardCertificate *tou_card_certificate_ref (TouCardCertificate *self);
void tou_card_certificate_unref (TouCardCertificate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouCardCertificate, tou_card_certificate_unref)

/** TouCertificateFitness: whether a certificate can sign for a bidder, and if not, why. */
typedef enum {
    TOU_CERTIFICATE_FIT,
    TOU_CERTIFICATE_IS_CA,
    TOU_CERTIFICATE_NOT_FOR_SIGNING, /* key usage has neither digitalSignature nor nonRepudiation */
    TOU_CERTIFICATE_NOT_YET_VALID,   /* 01007 */
    TOU_CERTIFICATE_EXPIRED,         /* 01006 */
    TOU_CERTIFICATE_KEY_TOO_SHORT,   /* 01004 */
} TouCertificateFitness;

/** tou_card_certificate_get_fitness: @now_us: by the service's clock. */
TouCertificateFitness tou_card_certificate_get_fitness (const TouCardCertificate *self, gint64 now_us);

/** TouPinState: what the token says of its PIN (CKF_USER_PIN_*); never a number. */
typedef enum {
    TOU_PIN_STATE_UNKNOWN,   /* the module gives no flags */
    TOU_PIN_STATE_OK,        /* none that the module tells of: OpenSC never has COUNT_LOW for PIV cards */
    TOU_PIN_STATE_COUNT_LOW, /* at least one wrong entry */
    TOU_PIN_STATE_FINAL_TRY, /* the next wrong entry locks the card */
    TOU_PIN_STATE_LOCKED,
} TouPinState;

/** TouReaderState: what is in a reader. */
typedef enum {
    TOU_READER_EMPTY,
    TOU_READER_CARD,         /* a token that the module knows */
    TOU_READER_UNRECOGNISED, /* a card that no module knows */
    TOU_READER_BUSY,         /* held by another program */
} TouReaderState;

/** tou_reader_state_outweighs: Returns: whether @state says more of a reader than @other does, where several
 * of its slots or several modules speak of it */
gboolean tou_reader_state_outweighs (TouReaderState state, TouReaderState other);

/** TouCardToken: one token in a reader; a card may have more than one. */
typedef struct {
    char *id;     /* the agent's name for it, for as long as it stays in; another one then has another */
    char *reader; /* shown to the user */
    char *label;
    char *manufacturer; /* (nullable): not said */
    char *model;        /* (nullable): not said */
    TouPinState pin_state;
    gboolean has_keypad; /* the PIN is typed on the reader (protected authentication path) */
    guint pin_min;       /* characters; 0: not said */
    guint pin_max;
    GPtrArray
        *certificates; /* (element-type TouCardCertificate): those readable now, CA certificates left out */
    gboolean hides_certificates; /* some may become readable only after the PIN */
} TouCardToken;

TouCardToken *tou_card_token_new (void);
TouCardToken *tou_card_token_ref (TouCardToken *self);
void tou_card_token_unref (TouCardToken *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouCardToken, tou_card_token_unref)

typedef struct {
    char *name;
    TouReaderState state;
} TouReader;

/** TouModuleState: what a card module did when it was last asked. */
typedef enum {
    TOU_MODULE_NOT_ASKED, /* not yet, or not again so soon */
    TOU_MODULE_WORKING,
    TOU_MODULE_MISSING,    /* there is no such file */
    TOU_MODULE_NOT_LOADED, /* no PKCS#11 module, not for this machine, or it did not start */
    TOU_MODULE_TIMED_OUT,  /* it did not answer; its process was ended */
    TOU_MODULE_DIED,       /* it crashed its process */
    TOU_MODULE_FAILED,     /* it answered with an error */
} TouModuleState;

/** TouModuleReport: one PKCS#11 module and its state. */
typedef struct {
    char *path;
    TouModuleState state;
    char *detail; /* (nullable): of a failure: for the log, English */
} TouModuleReport;

/** TouCardInventory: every reader and token at one moment. Immutable, reference-counted. */
typedef struct {
    GPtrArray *readers; /* (element-type TouReader) */
    GPtrArray *tokens;  /* (element-type TouCardToken) */
    GPtrArray *modules; /* (element-type TouModuleReport): those in use; may be empty */
} TouCardInventory;

TouReader *tou_reader_new (const char *name, TouReaderState state);
void tou_reader_free (TouReader *self);

/** tou_module_report_new: @detail: (nullable) */
TouModuleReport *tou_module_report_new (const char *path, TouModuleState state, const char *detail);
void tou_module_report_free (TouModuleReport *self);

TouCardInventory *tou_card_inventory_new (void);
TouCardInventory *tou_card_inventory_ref (TouCardInventory *self);
void tou_card_inventory_unref (TouCardInventory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouCardInventory, tou_card_inventory_unref)

/** tou_card_inventory_find_reader: Returns: (transfer none) (nullable): the first in that @state */
const TouReader *tou_card_inventory_find_reader (const TouCardInventory *self, TouReaderState state);

G_END_DECLS
