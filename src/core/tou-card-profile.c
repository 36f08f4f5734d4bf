/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-card-profile.h"

#include "tou-card-match.h"
#include "tou-profile-file.h"
#include "tou-text-fields.h"

#include <stddef.h>
#include <string.h>

#define MAX_TEXT_CHARS 120
#define MATCH_GROUP "Match"
#define NO_PLACES "none"

struct _TouCardProfile {
    char *id;
    char *name;
    char *support_name;
    char *telephone;
    TouPinRule pin_rule;
    GStrv modules;
    GArray *places[TOU_N_CARD_FACTS]; /* (element-type TouCardPlace) (nullable): the usual ones */
    GPtrArray *matches;               /* (element-type TouCardMatch) */
};

static const gsize text_offsets[] = {
    offsetof (TouCardProfile, id),
    offsetof (TouCardProfile, name),
    offsetof (TouCardProfile, support_name),
    offsetof (TouCardProfile, telephone),
};
static const TouTextFields texts = TOU_TEXT_FIELDS (text_offsets);

static const struct {
    const char *group;
    const char *key;
    gboolean is_required;
} text_keys[G_N_ELEMENTS (text_offsets)] = {
    { "Card", "Id", TRUE },
    { "Card", "Name", TRUE },
    { "Support", "Name", FALSE },
    { "Support", "Telephone", FALSE },
};

static const char *const fact_keys[TOU_N_CARD_FACTS] = { "Company", "CompanyNumber", "Holder", "Address" };

/* The usual places. Accepted authorities put kanji into a directoryName and Roman letters into the subject.
 */
static const char *const organization[] = { "O", NULL };
static const char *const organization_id[] = { "organizationIdentifier", NULL };
static const char *const common_name[] = { "CN", NULL };
static const char *const postal_address[] = { "postalAddress", NULL };
static const char *const address_parts[] = { "ST", "L", "street", NULL };

static const TouCardPlace company_places[] = {
    { TOU_CARD_PLACE_ALTERNATIVE, organization },
    { TOU_CARD_PLACE_SUBJECT, organization },
};
static const TouCardPlace company_number_places[] = {
    { TOU_CARD_PLACE_ALTERNATIVE, organization_id },
    { TOU_CARD_PLACE_SUBJECT, organization_id },
};
static const TouCardPlace holder_places[] = {
    { TOU_CARD_PLACE_ALTERNATIVE, common_name },
    { TOU_CARD_PLACE_SUBJECT, common_name },
};
/* Not from the subject: there it is the company's or the issuer's place. */
static const TouCardPlace address_places[] = {
    { TOU_CARD_PLACE_ALTERNATIVE, postal_address },
    { TOU_CARD_PLACE_ALTERNATIVE, address_parts },
};
static const struct {
    const TouCardPlace *places;
    guint n_places;
} usual[TOU_N_CARD_FACTS] = {
    { company_places, G_N_ELEMENTS (company_places) },
    { company_number_places, G_N_ELEMENTS (company_number_places) },
    { holder_places, G_N_ELEMENTS (holder_places) },
    { address_places, G_N_ELEMENTS (address_places) },
};

/* A profile may come from anywhere; what it says stands beside the PIN. */
static const char *
find_text_fault (const char *text)
{
    if (g_utf8_strlen (text, -1) > MAX_TEXT_CHARS)
        return "it has more than 120 characters";
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
        GUnicodeType type = g_unichar_type (g_utf8_get_char (p));

        if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT)
            return "it has control or format characters";
    }
    return NULL;
}

static gboolean
load_text (TouCardProfile *self, GKeyFile *file, guint which, GError **error)
{
    char **field = &G_STRUCT_MEMBER (char *, self, text_offsets[which]);
    const char *group = text_keys[which].group;
    const char *key = text_keys[which].key;
    const char *fault;

    if (!tou_profile_file_read_text (file, group, key, field, error))
        return FALSE;
    if (*field == NULL)
        return !text_keys[which].is_required || tou_profile_file_fail_missing (error, group, key);
    fault = text_offsets[which] == offsetof (TouCardProfile, id) ? tou_profile_file_find_id_fault (*field)
                                                                 : find_text_fault (*field);
    return fault == NULL || tou_profile_file_fail_value (error, group, key, fault);
}

static gboolean
load_pin_rule (TouCardProfile *self, GKeyFile *file, GError **error)
{
    g_autofree char *word = g_key_file_get_string (file, "Pin", "Characters", NULL);

    if (word == NULL)
        self->pin_rule = TOU_PIN_RULE_UNKNOWN;
    else if (g_str_equal (word, "digits"))
        self->pin_rule = TOU_PIN_RULE_DIGITS;
    else if (g_str_equal (word, "letters"))
        self->pin_rule = TOU_PIN_RULE_LETTERS;
    else
        return tou_profile_file_fail_value (error, "Pin", "Characters", "neither \"digits\" nor \"letters\"");
    return TRUE;
}

static gboolean
load_modules (TouCardProfile *self, GKeyFile *file, GError **error)
{
    self->modules = g_key_file_get_string_list (file, "Module", "Files", NULL, NULL);
    if (self->modules == NULL)
        self->modules = g_new0 (char *, 1);
    for (guint i = 0; self->modules[i] != NULL; i++)
        if (strchr (self->modules[i], '/') != NULL || self->modules[i][0] == '\0')
            return tou_profile_file_fail_value (error, "Module", "Files", "file names without folders");
    return TRUE;
}

static void
clear_place (gpointer data)
{
    g_strfreev ((GStrv) ((TouCardPlace *) data)->attributes);
}

static gboolean
parse_kind (const char *word, TouCardPlaceKind *out_kind)
{
    static const char *const words[] = { "alternative", "subject", "other" };

    for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
        *out_kind = (TouCardPlaceKind) i;
        if (g_str_equal (word, words[i]))
            return TRUE;
    }
    return FALSE;
}

static gboolean
has_only_names (const char *const *attributes)
{
    for (guint i = 0; attributes[i] != NULL; i++)
        if (attributes[i][0] == '\0'
            || attributes[i][strspn (attributes[i], G_CSET_A_2_Z G_CSET_a_2_z ".0123456789")] != '\0')
            return FALSE;
    return attributes[0] != NULL;
}

/* @text: "KIND:ATTRIBUTE+ATTRIBUTE" */
static gboolean
add_place (GArray *places, const char *text)
{
    g_auto (GStrv) parts = g_strsplit (text, ":", 2);
    g_auto (GStrv) attributes = g_strsplit (parts[0] != NULL && parts[1] != NULL ? parts[1] : "", "+", -1);
    TouCardPlace place = { 0 };

    if (parts[0] == NULL || !parse_kind (parts[0], &place.kind)
        || !has_only_names ((const char *const *) attributes))
        return FALSE;
    place.attributes = (const char *const *) g_steal_pointer (&attributes);
    g_array_append_val (places, place);
    return TRUE;
}

static gboolean
load_places (TouCardProfile *self, GKeyFile *file, TouCardFact fact, GError **error)
{
    g_auto (GStrv) items = g_key_file_get_string_list (file, "Certificate", fact_keys[fact], NULL, NULL);

    if (items == NULL || items[0] == NULL)
        return TRUE;
    self->places[fact] = g_array_new (FALSE, FALSE, sizeof (TouCardPlace));
    g_array_set_clear_func (self->places[fact], clear_place);
    if (g_str_equal (items[0], NO_PLACES) && items[1] == NULL)
        return TRUE;
    for (guint i = 0; items[i] != NULL; i++)
        if (!add_place (self->places[fact], g_strstrip (items[i])))
            return tou_profile_file_fail_value (error, "Certificate", fact_keys[fact],
                                                "each item is alternative:, subject: or other: and names");
    return TRUE;
}

static gboolean
load_matches (TouCardProfile *self, GKeyFile *file, GError **error)
{
    g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

    self->matches = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_card_match_free);
    for (guint i = 0; groups[i] != NULL; i++) {
        TouCardMatch *match;

        if (!g_str_has_prefix (groups[i], MATCH_GROUP))
            continue;
        match = tou_card_match_load (file, groups[i], error);
        if (match == NULL)
            return FALSE;
        g_ptr_array_add (self->matches, match);
    }
    return self->matches->len > 0 || tou_profile_file_fail_missing (error, MATCH_GROUP, "Issuer");
}

static gboolean
load_all (TouCardProfile *self, GKeyFile *file, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS (text_keys); i++)
        if (!load_text (self, file, i, error))
            return FALSE;
    for (guint i = 0; i < TOU_N_CARD_FACTS; i++)
        if (!load_places (self, file, (TouCardFact) i, error))
            return FALSE;
    return load_pin_rule (self, file, error) && load_modules (self, file, error)
           && load_matches (self, file, error);
}

static void
clear_profile (gpointer data)
{
    TouCardProfile *self = data;

    tou_text_fields_clear (&texts, self);
    g_clear_pointer (&self->modules, g_strfreev);
    g_clear_pointer (&self->matches, g_ptr_array_unref);
    for (guint i = 0; i < TOU_N_CARD_FACTS; i++)
        g_clear_pointer (&self->places[i], g_array_unref);
}

TouCardProfile *
tou_card_profile_load (const char *path, GError **error)
{
    g_autoptr (GKeyFile) file = tou_profile_file_open (path, "Card", error);
    g_autoptr (TouCardProfile) self = NULL;

    if (file == NULL)
        return NULL;
    self = g_atomic_rc_box_new0 (TouCardProfile);
    return load_all (self, file, error) ? g_steal_pointer (&self) : NULL;
}

TouCardProfile *
tou_card_profile_ref (TouCardProfile *self)
{
    return g_atomic_rc_box_acquire (self);
}

void
tou_card_profile_unref (TouCardProfile *self)
{
    g_atomic_rc_box_release_full (self, clear_profile);
}

const char *
tou_card_profile_get_id (const TouCardProfile *self)
{
    return self->id;
}

const char *
tou_card_profile_get_name (const TouCardProfile *self)
{
    return self->name;
}

const char *
tou_card_profile_get_support_name (const TouCardProfile *self)
{
    return self->support_name;
}

const char *
tou_card_profile_get_telephone (const TouCardProfile *self)
{
    return self->telephone;
}

TouPinRule
tou_card_profile_get_pin_rule (const TouCardProfile *self)
{
    return self != NULL ? self->pin_rule : TOU_PIN_RULE_UNKNOWN;
}

const char *const *
tou_card_profile_get_modules (const TouCardProfile *self)
{
    return (const char *const *) self->modules;
}

const TouCardPlace *
tou_card_profile_get_places (const TouCardProfile *self, TouCardFact fact, guint *out_n_places)
{
    const GArray *own = self != NULL ? self->places[fact] : NULL;

    *out_n_places = own != NULL ? own->len : usual[fact].n_places;
    return own != NULL ? (const TouCardPlace *) (gconstpointer) own->data : usual[fact].places;
}

gboolean
tou_card_profile_is_of_issuer (const TouCardProfile *self, const char *const *attributes)
{
    for (guint i = 0; i < self->matches->len; i++)
        if (tou_card_match_has_issuer (g_ptr_array_index (self->matches, i), attributes))
            return TRUE;
    return FALSE;
}

gboolean
tou_card_profile_is_of_token (const TouCardProfile *self, const char *label, const char *manufacturer,
                              const char *model)
{
    for (guint i = 0; i < self->matches->len; i++)
        if (tou_card_match_has_token (g_ptr_array_index (self->matches, i), label, manufacturer, model))
            return TRUE;
    return FALSE;
}
