/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-field-fault.h"

#include "tou-field-text.h"

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

/* One kanji for another: a name is then written in another form. */
static gboolean
is_variant (const TouFieldCheck *check)
{
    return check->substitute != NULL && g_unichar_get_script (check->character) == G_UNICODE_SCRIPT_HAN
           && g_utf8_strlen (check->substitute, -1) == 1;
}

static const char *
get_advice (TouField field, const TouFieldCheck *check)
{
    if (is_variant (check))
        return _ ("If you agree, another form of it can be used.");
    if (check->substitute != NULL)
        return NULL;
    return get_rule (field) != NULL ? get_rule (field) : _ ("Please use another character or kana for it.");
}

static char *
describe_character (TouField field, const TouFieldCheck *check)
{
    g_autofree char *character = NULL;
    g_autofree char *refusal = NULL;
    const char *advice = get_advice (field, check);

    if (field == TOU_FIELD_PASSWORD || field == TOU_FIELD_PIN)
        return g_strdup (get_rule (field));
    character = tou_field_text_character (check->character);
    /* Translators: a character, in quotation marks or by what it is */
    refusal = g_strdup_printf (_ ("%s cannot be used."), character);
    if (advice == NULL)
        return g_steal_pointer (&refusal);
    /* Translators: one sentence after another. */
    return g_strdup_printf (_ ("%s %s"), refusal, advice);
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

void
tou_field_fault_show (GtkLabel *label, GtkEntry *entry, const char *text)
{
    gtk_label_set_text (label, text != NULL ? text : "");
    gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
    atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (entry)), text != NULL ? text : "");
}

gboolean
tou_field_fault_check (TouField field, const char *text, GtkLabel *label, GtkEntry *entry)
{
    TouFieldCheck result;
    gboolean ok = tou_field_check (field, text, &result);
    g_autofree char *fault = ok ? NULL : tou_field_fault_dup_text (field, &result);

    tou_field_fault_show (label, entry, fault);
    return ok;
}

void
tou_field_fault_check_typed (TouField field, const char *text, GtkLabel *label, GtkEntry *entry)
{
    TouFieldCheck result;
    g_autofree char *fault = NULL;

    (void) tou_field_check (field, text, &result);
    if (result.fault == TOU_FIELD_FAULT_CHARACTER || result.fault == TOU_FIELD_FAULT_TOO_LONG)
        fault = tou_field_fault_dup_text (field, &result);
    tou_field_fault_show (label, entry, fault);
}
