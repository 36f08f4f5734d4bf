/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-card-text.h"

#include "tou-card-access.h"
#include "tou-proof-checker.h"
#include "tou-renewal-error.h"
#include "tou-shown-text.h"
#include "tou-time-text.h"

#include <glib/gi18n-lib.h>

/* More than that is the limit of a module, not of a card: it tells nobody how long the PIN is. */
#define MAX_TELLING_PIN 64

/* Returns: (transfer full) (nullable): the name of the first in that @state */
static char *
dup_reader (const TouCardInventory *inventory, TouReaderState state)
{
    const TouReader *reader = tou_card_inventory_find_reader (inventory, state);

    return reader != NULL ? tou_shown_text_dup (reader->name) : NULL;
}

static void
append_line (GString *text, const char *line)
{
    if (line == NULL || *line == '\0')
        return;
    if (text->len > 0)
        g_string_append_c (text, '\n');
    g_string_append (text, line);
}

/* Returns: (transfer full): why there is no card, as the readers have it */
static char *
describe_readers (const TouCardInventory *inventory)
{
    g_autofree char *busy = dup_reader (inventory, TOU_READER_BUSY);
    g_autofree char *unrecognised = dup_reader (inventory, TOU_READER_UNRECOGNISED);
    g_autofree char *with_card = dup_reader (inventory, TOU_READER_CARD);

    if (inventory->readers->len == 0)
        return g_strdup (_ ("No card reader is connected. Please connect it; it appears here at once."));
    if (busy != NULL)
        return g_strdup_printf (_ ("Another program is using the card in “%s”. Please close that program."),
                                busy);
    if (unrecognised != NULL)
        return g_strdup_printf (_ ("The card in “%s” is not recognised. Please check which way round it is, "
                                   "and that the software "
                                   "of its certification authority is installed."),
                                unrecognised);
    if (with_card != NULL)
        return g_strdup_printf (_ ("The card in “%s” is being read…"), with_card);
    return g_strdup (
        _ ("No IC card is inserted. Please insert it into the reader; it appears here at once."));
}

static gboolean
has_failed (const TouModuleReport *module)
{
    return module->state != TOU_MODULE_WORKING && module->state != TOU_MODULE_NOT_ASKED;
}

char *
tou_card_text_inventory (const TouCardInventory *inventory)
{
    g_autofree char *readers = describe_readers (inventory);
    GString *text = g_string_new (readers);

    for (guint i = 0; i < inventory->modules->len; i++) {
        const TouModuleReport *module = g_ptr_array_index (inventory->modules, i);
        g_autofree char *name = g_path_get_basename (module->path);
        g_autofree char *shown = tou_shown_text_dup (name);
        g_autofree char *line = g_strdup_printf (
            _ ("The card software “%s” does not work. What it did is told under Preferences."), shown);

        if (has_failed (module))
            append_line (text, line);
    }
    return g_string_free (text, FALSE);
}

static void
append_expiry (GString *text, const TouCardCertificate *certificate)
{
    g_autofree char *date = tou_time_text_date (certificate->not_after_us);
    g_autofree char *line = g_strdup_printf (_ ("Valid until %s"), date);

    append_line (text, line);
}

const char *
tou_card_text_title (const TouCardToken *token, const TouCardCertificate *certificate)
{
    if (certificate != NULL && certificate->holder != NULL)
        return certificate->holder;
    return certificate != NULL && certificate->company != NULL ? certificate->company : token->label;
}

/* The name by which people know the authority, where there is one. */
static void
append_issuer (GString *text, const TouCardCertificate *certificate)
{
    const char *issuer = certificate->profile != NULL ? tou_card_profile_get_name (certificate->profile)
                                                      : certificate->issuer;
    g_autofree char *line = issuer != NULL && *issuer != '\0' ? g_strdup_printf (_ ("Issuer: %s"), issuer)
                                                              : NULL;

    append_line (text, line);
}

char *
tou_card_text_candidate (const TouCardToken *token, const TouCardCertificate *certificate,
                         const TouCardProfile *profile, gboolean has_namesake)
{
    GString *text = g_string_new (NULL);
    g_autofree char *name = tou_shown_text_dup (token->reader);
    g_autofree char *reader = g_strdup_printf (_ ("Reader: %s"), name);
    g_autofree char *label = g_strdup_printf (_ ("Name of the card: %s"), token->label);

    if (certificate != NULL && certificate->holder != NULL)
        append_line (text, certificate->company);
    /* What a card without a certificate to show calls itself is seldom what people call it. */
    if (certificate == NULL && profile != NULL)
        append_line (text, tou_card_profile_get_name (profile));
    if (certificate != NULL) {
        append_issuer (text, certificate);
        append_expiry (text, certificate);
    } else if (token->hides_certificates) {
        append_line (text, _ ("The card shows its holder only after the PIN."));
    }
    append_line (text, reader);
    if (has_namesake && tou_card_text_title (token, certificate) != token->label)
        append_line (text, label);
    return g_string_free (text, FALSE);
}

char *
tou_card_text_certificate (const TouCardCertificate *certificate)
{
    GString *text = g_string_new (certificate->company);

    append_issuer (text, certificate);
    append_expiry (text, certificate);
    return g_string_free (text, FALSE);
}

const char *
tou_card_text_fitness (TouCertificateFitness fitness)
{
    switch (fitness) {
    case TOU_CERTIFICATE_IS_CA:
        return _ ("It belongs to an authority, not to a person.");
    case TOU_CERTIFICATE_NOT_FOR_SIGNING:
        return _ ("It is not meant for signing.");
    case TOU_CERTIFICATE_NOT_YET_VALID:
        return _ ("It is not valid yet.");
    case TOU_CERTIFICATE_EXPIRED:
        return _ ("It has expired.");
    case TOU_CERTIFICATE_KEY_TOO_SHORT:
        return _ ("Its key is too short to be accepted.");
    case TOU_CERTIFICATE_FIT:
    default:
        return NULL;
    }
}

static const char *
get_renewal_fault (int code)
{
    switch ((TouRenewalError) code) {
    case TOU_RENEWAL_ERROR_NOT_CURRENT:
        return _ ("It is not the card that is registered now.");
    case TOU_RENEWAL_ERROR_SAME_CARD:
        return _ ("It is the current card.");
    case TOU_RENEWAL_ERROR_OTHER_COMPANY:
        return _ ("It belongs to another company.");
    case TOU_RENEWAL_ERROR_CURRENT_EXPIRED:
        return tou_card_text_fitness (TOU_CERTIFICATE_EXPIRED);
    case TOU_RENEWAL_ERROR_CONSENT_OVER:
    default:
        return NULL;
    }
}

static const char *
get_proof_fault (int code)
{
    switch ((TouProofError) code) {
    case TOU_PROOF_ERROR_EXPIRED:
    case TOU_PROOF_ERROR_EXPIRED_BY_SERVICE:
        return tou_card_text_fitness (TOU_CERTIFICATE_EXPIRED);
    case TOU_PROOF_ERROR_NOT_YET_VALID:
    case TOU_PROOF_ERROR_NOT_YET_VALID_BY_SERVICE:
        return tou_card_text_fitness (TOU_CERTIFICATE_NOT_YET_VALID);
    case TOU_PROOF_ERROR_KEY_USAGE:
        return tou_card_text_fitness (TOU_CERTIFICATE_NOT_FOR_SIGNING);
    case TOU_PROOF_ERROR_MALFORMED:
    case TOU_PROOF_ERROR_SIGNATURE:
    case TOU_PROOF_ERROR_CONTENT:
    case TOU_PROOF_ERROR_CERTIFICATE:
    case TOU_PROOF_ERROR_CHAIN:
    case TOU_PROOF_ERROR_REVOKED:
    case TOU_PROOF_ERROR_FAILED:
    default:
        return NULL;
    }
}

const char *
tou_card_text_fault (const GError *fault)
{
    const char *text = NULL;

    if (fault->domain == TOU_RENEWAL_ERROR)
        text = get_renewal_fault (fault->code);
    else if (fault->domain == TOU_PROOF_ERROR)
        text = get_proof_fault (fault->code);
    else if (g_error_matches (fault, TOU_CARD_ERROR, TOU_CARD_ERROR_KEY_UNSUITABLE))
        text = tou_card_text_fitness (TOU_CERTIFICATE_KEY_TOO_SHORT);
    return text != NULL ? text : _ ("It cannot be used here.");
}

const char *
tou_card_text_judge (TouUnlockStep *step, const TouCardCertificate *certificate)
{
    g_autoptr (GError) fault = NULL;

    return tou_unlock_step_judge (step, certificate, &fault) ? NULL : tou_card_text_fault (fault);
}

const char *
tou_card_text_pin_state (TouPinState state)
{
    switch (state) {
    case TOU_PIN_STATE_COUNT_LOW:
        return _ ("A wrong PIN was entered since the last right one. Further wrong entries lock the card.");
    case TOU_PIN_STATE_FINAL_TRY:
        return _ (
            "This is the last try. If the PIN is wrong, the card is locked and cannot be used any more.");
    case TOU_PIN_STATE_LOCKED:
        return _ (
            "This card is locked after wrong entries of the PIN. Please ask where the card was bought how "
            "it is unlocked.");
    case TOU_PIN_STATE_UNKNOWN:
        return _ ("This card does not tell whether a wrong PIN was entered before, nor whether this is the "
                  "last try.");
    case TOU_PIN_STATE_OK:
    default:
        return NULL;
    }
}

char *
tou_card_text_authority (const TouCardProfile *profile)
{
    const char *telephone = profile != NULL ? tou_card_profile_get_telephone (profile) : NULL;
    const char *name = profile != NULL ? tou_card_profile_get_support_name (profile) : NULL;

    if (telephone == NULL)
        return g_strdup (
            _ ("Questions about the PIN are answered by the certification authority. Its telephone number "
               "stands in the letter that came with the card."));
    if (name == NULL)
        name = tou_card_profile_get_name (profile);
    return g_strdup_printf (_ ("Questions about the PIN: %s, telephone %s"), name, telephone);
}

char *
tou_card_text_pin_length (const TouCardToken *token)
{
    guint max = token->pin_max <= MAX_TELLING_PIN ? token->pin_max : 0;

    if (token->pin_min > 0 && token->pin_min == max)
        return g_strdup_printf (_ ("%u characters"), max);
    if (token->pin_min > 0 && max > 0)
        return g_strdup_printf (_ ("%u to %u characters"), token->pin_min, max);
    if (token->pin_min > 0)
        return g_strdup_printf (_ ("at least %u characters"), token->pin_min);
    if (max > 0)
        return g_strdup_printf (_ ("at most %u characters"), max);
    return NULL;
}
