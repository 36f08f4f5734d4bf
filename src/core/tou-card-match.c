/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-card-match.h"

#include "tou-profile-file.h"

#include <string.h>

#define ANY_TYPE "*"
/* GLib tries each star at each place of the text, which comes from a card. */
#define MAX_STARS 3

/* One attribute that the issuer's name has to have. */
typedef struct {
    char *type; /* or ANY_TYPE */
    GPatternSpec *value;
} IssuerTerm;

enum { LABEL, MANUFACTURER, MODEL, N_TOKEN_TEXTS };

static const char *const token_keys[N_TOKEN_TEXTS] = { "TokenLabel", "TokenManufacturer", "TokenModel" };

struct _TouCardMatch {
    GPtrArray *issuer; /* (element-type IssuerTerm) */
    GPatternSpec *token[N_TOKEN_TEXTS];
};

static void
free_term (IssuerTerm *term)
{
    g_free (term->type);
    g_pattern_spec_free (term->value);
    g_free (term);
}

static guint
count_stars (const char *pattern)
{
    guint n = 0;

    for (const char *p = pattern; *p != '\0'; p++)
        n += *p == '*';
    return n;
}

/* Returns: (transfer full) (nullable) */
static GPatternSpec *
parse_pattern (const char *text)
{
    g_autofree char *folded = g_utf8_casefold (text, -1);

    return *text != '\0' && count_stars (text) <= MAX_STARS ? g_pattern_spec_new (folded) : NULL;
}

static gboolean
matches (GPatternSpec *pattern, const char *text)
{
    g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

    return folded != NULL && g_pattern_spec_match_string (pattern, folded);
}

/* Returns: (transfer full) (nullable) */
static IssuerTerm *
parse_term (const char *text)
{
    const char *equals = strchr (text, '=');
    GPatternSpec *value = equals != NULL && equals != text ? parse_pattern (equals + 1) : NULL;
    IssuerTerm *term;

    if (value == NULL)
        return NULL;
    term = g_new0 (IssuerTerm, 1);
    term->type = g_strndup (text, (gsize) (equals - text));
    term->value = value;
    return term;
}

static gboolean
load_issuer (TouCardMatch *self, GKeyFile *file, const char *group, GError **error)
{
    g_auto (GStrv) items = g_key_file_get_string_list (file, group, "Issuer", NULL, NULL);

    for (guint i = 0; items != NULL && items[i] != NULL; i++) {
        IssuerTerm *term = parse_term (g_strstrip (items[i]));

        if (term == NULL)
            return tou_profile_file_fail_value (error, group, "Issuer",
                                                "each item is ATTRIBUTE=TEXT, with three \"*\" at most");
        g_ptr_array_add (self->issuer, term);
    }
    return TRUE;
}

static gboolean
load_token_text (TouCardMatch *self, GKeyFile *file, const char *group, guint which, GError **error)
{
    g_autofree char *text = NULL;

    if (!tou_profile_file_read_text (file, group, token_keys[which], &text, error))
        return FALSE;
    if (text == NULL)
        return TRUE;
    self->token[which] = parse_pattern (text);
    return self->token[which] != NULL
           || tou_profile_file_fail_value (error, group, token_keys[which], "it has more than three \"*\"");
}

static gboolean
is_of_token (const TouCardMatch *self)
{
    return self->token[LABEL] != NULL || self->token[MANUFACTURER] != NULL || self->token[MODEL] != NULL;
}

TouCardMatch *
tou_card_match_load (GKeyFile *file, const char *group, GError **error)
{
    g_autoptr (TouCardMatch) self = g_new0 (TouCardMatch, 1);

    self->issuer = g_ptr_array_new_with_free_func ((GDestroyNotify) free_term);
    if (!load_issuer (self, file, group, error))
        return NULL;
    for (guint i = 0; i < N_TOKEN_TEXTS; i++)
        if (!load_token_text (self, file, group, i, error))
            return NULL;
    if (is_of_token (self) == (self->issuer->len > 0)) {
        tou_profile_file_fail_value (error, group, "Issuer", "either this or keys of the token");
        return NULL;
    }
    return g_steal_pointer (&self);
}

void
tou_card_match_free (TouCardMatch *self)
{
    if (self == NULL)
        return;
    g_ptr_array_unref (self->issuer);
    for (guint i = 0; i < N_TOKEN_TEXTS; i++)
        g_clear_pointer (&self->token[i], g_pattern_spec_free);
    g_free (self);
}

static gboolean
is_term_in (const IssuerTerm *term, const char *const *attributes)
{
    for (guint i = 0; attributes[i] != NULL; i++) {
        const char *equals = strchr (attributes[i], '=');
        g_autofree char *type = equals != NULL ? g_strndup (attributes[i], (gsize) (equals - attributes[i]))
                                               : NULL;

        if (type != NULL && (g_str_equal (term->type, ANY_TYPE) || g_ascii_strcasecmp (term->type, type) == 0)
            && matches (term->value, equals + 1))
            return TRUE;
    }
    return FALSE;
}

gboolean
tou_card_match_has_issuer (const TouCardMatch *self, const char *const *attributes)
{
    for (guint i = 0; i < self->issuer->len; i++)
        if (!is_term_in (g_ptr_array_index (self->issuer, i), attributes))
            return FALSE;
    return self->issuer->len > 0;
}

gboolean
tou_card_match_has_token (const TouCardMatch *self, const char *label, const char *manufacturer,
                          const char *model)
{
    const char *const texts[N_TOKEN_TEXTS] = { label, manufacturer, model };

    for (guint i = 0; i < N_TOKEN_TEXTS; i++)
        if (self->token[i] != NULL && !matches (self->token[i], texts[i]))
            return FALSE;
    return is_of_token (self);
}
