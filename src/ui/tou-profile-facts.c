/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-profile-facts.h"

#include "tou-comparison.h"
#include "tou-pem.h"
#include "tou-record-sheet.h"

#include <glib/gi18n-lib.h>

/* More than these nobody compares; how many there are is said. */
#define MAX_FINGERPRINTS 4
/* Two columns of them fit side by side: eight octets a line. */
#define FINGERPRINT_LINE 24

static void
append_fingerprint (GString *text, const char *fingerprint)
{
    for (const char *p = fingerprint; *p != '\0'; p += strnlen (p, FINGERPRINT_LINE))
        g_string_append_printf (text, "\n%.*s", FINGERPRINT_LINE, p);
}

/* What is the same on both sides is counted, and what is not is shown. */
static char *
dup_certificates (GBytes *pem, GBytes *other)
{
    g_auto (GStrv) fingerprints = tou_pem_dup_fingerprints (pem);
    g_auto (GStrv) others = tou_pem_dup_fingerprints (other);
    guint n = g_strv_length (fingerprints);
    guint n_shown = 0;
    GString *text = g_string_new (NULL);

    if (n == 0)
        return g_string_free (g_string_append (text, _ ("none")), FALSE);
    g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%u certificate", "%u certificates", n), n);
    for (guint i = 0; i < n && n_shown < MAX_FINGERPRINTS; i++) {
        if (g_strv_contains ((const char *const *) others, fingerprints[i]))
            continue;
        append_fingerprint (text, fingerprints[i]);
        n_shown++;
    }
    return g_string_free (text, FALSE);
}

static char *
dup_certificates_of (const TouServiceProfile *profile, const TouServiceProfile *other, TouProfileUse use)
{
    return dup_certificates (tou_service_profile_get_certificates (profile, use),
                             tou_service_profile_get_certificates (other, use));
}

static void
add (TouRecordSheet *sheet, const char *label, const char *value)
{
    tou_record_sheet_add (sheet, label, value != NULL ? value : _ ("none"));
}

static void
add_tls (TouRecordSheet *sheet, const TouServiceProfile *profile, const TouServiceProfile *other)
{
    const char *const *pins = tou_service_profile_get_tls_pins (profile);
    g_autofree char *certificates = dup_certificates_of (profile, other, TOU_PROFILE_USE_TLS);
    g_autofree char *keys = pins != NULL ? g_strjoinv ("\n", (char **) pins) : NULL;
    gboolean is_system = tou_service_profile_get_tls_trust (profile) == TOU_TLS_TRUST_SYSTEM;

    add (sheet, _ ("Server trusted by"), is_system ? _ ("the authorities of this computer") : certificates);
    add (sheet, _ ("Keys of the server"), keys);
}

static void
add_all (TouRecordSheet *sheet, const char *heading, const TouServiceProfile *profile,
         const TouServiceProfile *other)
{
    g_autofree char *issuers = dup_certificates_of (profile, other, TOU_PROFILE_USE_CARD_ISSUERS);
    g_autofree char *receipts = dup_certificates_of (profile, other, TOU_PROFILE_USE_RECEIPTS);

    tou_record_sheet_begin (sheet, heading);
    add (sheet, _ ("Address"), tou_service_profile_get_base_url (profile));
    add (sheet, _ ("Name in signatures"), tou_service_profile_get_audience (profile));
    add (sheet, _ ("Name"), tou_service_profile_get_name (profile));
    add_tls (sheet, profile, other);
    add (sheet, _ ("Authority of receipts"), receipts);
    add (sheet, _ ("Card issuers"), issuers);
    add (sheet, _ ("Revocation lists"), tou_service_profile_get_crl_url (profile));
    add (sheet, _ ("Bidding system"), tou_service_profile_get_bidding_url (profile));
    add (sheet, _ ("Help desk"), tou_service_profile_get_help_desk_name (profile));
    add (sheet, _ ("Telephone"), tou_service_profile_get_help_desk_phone (profile));
    add (sheet, _ ("Hours"), tou_service_profile_get_help_desk_hours (profile));
}

/* What does not differ goes to the end, but for the address; the rows of both stay side by side. */
static void
put_equal_rows_last (GPtrArray *before, GPtrArray *after)
{
    guint n = before->len;

    for (guint i = 1, seen = 1; seen < n; seen++) {
        TouSheetRow *old = g_ptr_array_index (before, i);
        TouSheetRow *new = g_ptr_array_index (after, i);

        if (!g_str_equal (old->value, new->value)) {
            i++;
            continue;
        }
        g_ptr_array_add (before, g_ptr_array_steal_index (before, i));
        g_ptr_array_add (after, g_ptr_array_steal_index (after, i));
    }
}

GtkWidget *
tou_profile_facts_new (const TouServiceProfile *kept, const TouServiceProfile *opened)
{
    g_autoptr (TouRecordSheet) sheet = tou_record_sheet_new (NULL);
    TouSheetSection *before, *after;

    add_all (sheet, _ ("In the list now"), kept, opened);
    add_all (sheet, _ ("In the file"), opened, kept);
    before = g_ptr_array_index (sheet->sections, 0);
    after = g_ptr_array_index (sheet->sections, 1);
    put_equal_rows_last (before->rows, after->rows);
    return tou_comparison_new (before, after, NULL);
}
