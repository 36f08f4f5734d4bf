/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-field-fault.h"

#include <glib/gi18n-lib.h>

/* What the field takes, said in full. */
static const char *
get_rule (TouField field)
{
    switch (field) {
    case TOU_FIELD_USER_ID:
        return _ ("Please use half-width letters and digits.");
    case TOU_FIELD_PASSWORD:
        return _ ("Please use half-width letters, digits and symbols.");
    case TOU_FIELD_PIN:
        return _ ("Please use half-width digits or letters.");
    case TOU_FIELD_CONTACT_POSTAL_CODE:
        return _ ("Please enter seven digits, such as 123-4567 or 1234567.");
    case TOU_FIELD_CONTACT_PHONE:
    case TOU_FIELD_CONTACT_FAX:
    case TOU_FIELD_COMPANY_PHONE:
    case TOU_FIELD_COMPANY_FAX:
        return _ ("Please use digits and hyphens, such as 03-0000-0000.");
    case TOU_FIELD_CONTACT_NAME:
    case TOU_FIELD_CONTACT_ADDRESS:
    case TOU_FIELD_CONTACT_PERSON:
    default:
        return NULL;
    }
}

static char *
describe_character (TouField field, const TouFieldCheck *check)
{
    const char *rule = get_rule (field);
    char character[7] = { 0 };
    g_autofree char *refusal = NULL;

    if (field == TOU_FIELD_PASSWORD || field == TOU_FIELD_PIN)
        return g_strdup (rule);
    if (!g_unichar_isprint (check->character))
        return g_strdup (_ ("There is a character in it that cannot be seen. Please take it out."));
    g_unichar_to_utf8 (check->character, character);
    if (check->substitute != NULL)
        return g_strdup_printf (_ ("“%s” cannot be used. “%s” can stand for it."), character,
                                check->substitute);
    refusal = g_strdup_printf (_ ("“%s” cannot be used."), character);
    if (rule == NULL)
        return g_steal_pointer (&refusal);
    /* Translators: one sentence after another. */
    return g_strdup_printf (_ ("%s %s"), refusal, rule);
}

char *
tou_field_fault_dup_text (TouField field, const TouFieldCheck *check)
{
    switch (check->fault) {
    case TOU_FIELD_FAULT_CHARACTER:
        return describe_character (field, check);
    case TOU_FIELD_FAULT_TOO_LONG:
        return g_strdup_printf (_ ("It has %u characters; at most %u are possible."), check->n_chars,
                                check->limit);
    case TOU_FIELD_FAULT_FORMAT:
        return g_strdup (get_rule (field));
    case TOU_FIELD_FAULT_EMPTY:
        return g_strdup (_ ("Please fill this in."));
    case TOU_FIELD_FAULT_NONE:
    default:
        return NULL;
    }
}
