/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** TouPinRule: what a PIN is made of; how long it is the token says itself. */
typedef enum {
    TOU_PIN_RULE_UNKNOWN,
    TOU_PIN_RULE_DIGITS,
    TOU_PIN_RULE_LETTERS, /* letters, or letters and digits */
} TouPinRule;

/** TouCardFact: what of a certificate stands in another place with each authority. */
typedef enum {
    TOU_CARD_FACT_COMPANY,        /* ICカード企業名称 */
    TOU_CARD_FACT_COMPANY_NUMBER, /* 法人番号 */
    TOU_CARD_FACT_HOLDER,         /* ICカード取得者氏名 */
    TOU_CARD_FACT_ADDRESS,        /* ICカード取得者住所 */
} TouCardFact;
#define TOU_N_CARD_FACTS (TOU_CARD_FACT_ADDRESS + 1)

typedef enum {
    TOU_CARD_PLACE_ALTERNATIVE, /* a directoryName of the subject alternative name */
    TOU_CARD_PLACE_SUBJECT,
    TOU_CARD_PLACE_OTHER, /* an otherName of the subject alternative name, by its OID */
} TouCardPlaceKind;

/** TouCardPlace: one place of a fact. @attributes: short names of X.509 (O, CN, street) or OIDs in dots;
 * their texts make one text. */
typedef struct {
    TouCardPlaceKind kind;
    const char *const *attributes;
} TouCardPlace;

/**
 * TouCardProfile: what is known of the cards of one certification authority, from a key file (*.card;
 * docs/card-profile.md has the keys). What is not known is left out there and is %NULL here. Immutable,
 * reference-counted; any thread.
 */
typedef struct _TouCardProfile TouCardProfile;

/** tou_card_profile_load: Blocks for as long as the disk does. Errors: TOU_PROFILE_ERROR: UNREADABLE,
 * TOO_LARGE, NOT_A_PROFILE, MISSING, INVALID. Returns: (transfer full) (nullable) */
TouCardProfile *tou_card_profile_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
TouCardProfile *tou_card_profile_ref (TouCardProfile *self);
void tou_card_profile_unref (TouCardProfile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouCardProfile, tou_card_profile_unref)

/** Getters lend; texts with a translation come in the language of the locale. */
const char *tou_card_profile_get_id (const TouCardProfile *self);
const char *tou_card_profile_get_name (const TouCardProfile *self);
/** Returns: (nullable): whom to ask about the PIN, where that is not @self's name. */
const char *tou_card_profile_get_support_name (const TouCardProfile *self);
const char *tou_card_profile_get_telephone (const TouCardProfile *self); /* (nullable) */
/** Returns: %TOU_PIN_RULE_UNKNOWN for %NULL, too. */
TouPinRule tou_card_profile_get_pin_rule (const TouCardProfile *self);
/** Returns: (array zero-terminated=1): file names of PKCS#11 modules for these cards, without folders. */
const char *const *tou_card_profile_get_modules (const TouCardProfile *self);

/** tou_card_profile_get_places: @self: (nullable): %NULL, and a fact of which the profile says nothing: the
 * usual places. Returns: (array length=out_n_places): tried from the first on; none: no such card has it. */
const TouCardPlace *
tou_card_profile_get_places (const TouCardProfile *self, TouCardFact fact, guint *out_n_places);

/** tou_card_profile_is_of_issuer: @attributes: (array zero-terminated=1): of the issuer's distinguished name,
 * each "O=text". */
gboolean tou_card_profile_is_of_issuer (const TouCardProfile *self, const char *const *attributes);

/** tou_card_profile_is_of_token: each as CK_TOKEN_INFO has it, (nullable): not known. */
gboolean tou_card_profile_is_of_token (const TouCardProfile *self, const char *label,
                                       const char *manufacturer, const char *model);

/** TouCardProfiles: all of them. Immutable, reference-counted; any thread. */
typedef struct _TouCardProfiles TouCardProfiles;

/** tou_card_profiles_load: @folders: (array zero-terminated=1): the *.card files of each; one in a folder
 * wins over one with the same id in a later folder, and the first by file name within one. A folder that is
 * not there and a file that is damaged are passed over. Blocks for as long as the disk does. Returns:
 * (transfer full) */
TouCardProfiles *tou_card_profiles_load (const char *const *folders);
TouCardProfiles *tou_card_profiles_ref (TouCardProfiles *self);
void tou_card_profiles_unref (TouCardProfiles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouCardProfiles, tou_card_profiles_unref)

/** Returns: (transfer none) (nullable): the first that matches: those of the first folder first, in the order
 * of their file names. @self: (nullable) */
TouCardProfile *tou_card_profiles_find_issuer (TouCardProfiles *self, const char *const *attributes);
TouCardProfile *tou_card_profiles_find_token (TouCardProfiles *self, const char *label,
                                              const char *manufacturer, const char *model);

guint tou_card_profiles_get_n_profiles (TouCardProfiles *self);
/** Returns: (transfer none) */
TouCardProfile *tou_card_profiles_get_profile (TouCardProfiles *self, guint index);

G_END_DECLS
