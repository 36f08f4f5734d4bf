/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-verify-report.h"

#include "tou-verify-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define JAPAN_OFFSET_SECONDS (9 * 60 * 60)

/* id-signedData, 1.2.840.113549.1.7.2: near the beginning of every CMS of its kind. */
static const guint8 signed_data[] = { 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02 };
#define SIGNED_DATA_WITHIN 24

static char *
format_time (gint64 time_us)
{
    g_autoptr (GTimeZone) japan = g_time_zone_new_offset (JAPAN_OFFSET_SECONDS);
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
    g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, japan) : NULL;

    return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S %:z") : g_strdup ("");
}

static void
print_time (const char *label, gint64 time_us)
{
    g_autofree char *text = format_time (time_us);

    tou_verify_text_print (label, text);
}

static gboolean
looks_signed (GBytes *cms)
{
    gsize size;
    const char *data = g_bytes_get_data (cms, &size);

    return size > 0 && data[0] == 0x30
           && memmem (data, MIN (size, SIGNED_DATA_WITHIN), signed_data, sizeof signed_data) != NULL;
}

const char *
tou_verify_report_name_fault (GBytes *cms, const GError *error)
{
    if (g_error_matches (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_SIGNATURE)
        || g_error_matches (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_CONTENT))
        return _ ("Changed: the file is not what was signed.");
    if (g_error_matches (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_CERTIFICATE))
        return _ ("Wrong: the signature names another certificate than the file carries.");
    if (looks_signed (cms))
        return _ ("Damaged or foreign: it begins as a signed file does, but is not a whole signed "
                  "application or receipt of Touroku.");
    return _ ("Foreign: this is not a signed application or receipt (DER CMS) of Touroku.");
}

static const char *
name_kind (TouSignedFileKind kind)
{
    switch (kind) {
    case TOU_SIGNED_FILE_REQUEST:
        return _ ("Signed application");
    case TOU_SIGNED_FILE_AUTHORIZATION:
        return _ ("Authorization of a card renewal by the current card");
    case TOU_SIGNED_FILE_RECEIPT:
    default:
        return _ ("Receipt of the service");
    }
}

static void
print_signer (const TouCardCertificate *signer)
{
    tou_verify_text_print (_ ("Company name on the IC card"), signer->company);
    tou_verify_text_print (_ ("Holder of the IC card"), signer->holder);
    tou_verify_text_print (_ ("Address of the holder"), signer->address);
}

static void
print_certificate (const TouCardCertificate *signer)
{
    tou_verify_text_print (_ ("Certificate serial number"), signer->serial);
    tou_verify_text_print (_ ("Certificate issuer"), signer->issuer);
    print_time (_ ("Valid from"), signer->not_before_us);
    print_time (_ ("Valid until"), signer->not_after_us);
    tou_verify_text_print (_ ("SHA-256 of the certificate"), signer->sha256);
}

static void
print_content (const TouSignedFile *file)
{
    const char *operation = tou_operation_get_label (file->operation);
    const char *category = tou_category_get_label (file->category);

    tou_verify_text_print (_ ("Kind"), name_kind (file->kind));
    tou_verify_text_print (_ ("Application"), _ (operation));
    tou_verify_text_print (_ ("Procurement category"), _ (category));
    tou_verify_text_print (_ ("Service"), file->audience);
    if (file->submission_id != NULL)
        tou_verify_text_print (_ ("Submission ID"), file->submission_id);
    if (file->request != NULL) {
        tou_verify_text_print (_ ("Vendor number"), file->request->company->vendor_number);
        tou_verify_text_print (_ ("Company name"), file->request->company->name);
        print_time (_ ("Applied for at, by the service's clock"), file->said_at_us);
    }
    if (file->receipt != NULL) {
        tou_verify_text_print (_ ("Reception number"), file->receipt->reception_number);
        print_time (_ ("Received at"), file->said_at_us);
        tou_verify_text_print (_ ("SHA-256 of the signed application"), file->receipt->request_sha256);
    }
}

static const char *
name_untrusted (const GError *error)
{
    if (g_error_matches (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_EXPIRED))
        return _ ("The certificate had expired when it was signed.");
    if (g_error_matches (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_NOT_YET_VALID))
        return _ ("The certificate was not valid yet when it was signed.");
    if (g_error_matches (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_CERTIFICATE))
        return _ ("The certificate is not meant for signing.");
    if (g_error_matches (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_CHAIN))
        return _ ("The certificate does not lead to an authority that this service profile accepts.");
    return error->message;
}

static gboolean
was_valid (const TouSignedFile *file)
{
    return file->said_at_us >= file->signer->not_before_us && file->said_at_us <= file->signer->not_after_us;
}

static TouVerdict
print_untrusted (const char *why)
{
    tou_verify_text_print (_ ("Trust"), why);
    return TOU_VERDICT_BAD;
}

/* Without a profile the dates of the certificate can be held against the content all the same. */
static TouVerdict
print_without_profile (const TouSignedFile *file)
{
    if (!was_valid (file))
        return print_untrusted (_ ("The certificate was not valid when it was signed."));
    tou_verify_text_print (_ ("Trust"),
                           _ ("Not checked: no service profile of this service is known here. Name one with "
                              "--profile FILE."));
    return TOU_VERDICT_UNCHECKED;
}

static TouVerdict
print_trust (TouProofChecker *proofs, const TouSignedFile *file, GBytes *cms, TouServiceProfile *profile)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *text = NULL;
    GBytes *anchors;

    if (profile == NULL)
        return print_without_profile (file);
    if (!g_str_equal (tou_service_profile_get_audience (profile), file->audience))
        return print_untrusted (_ ("The file is for another service than that of the service profile."));
    anchors = tou_service_profile_get_certificates (profile, file->kind == TOU_SIGNED_FILE_RECEIPT
                                                                 ? TOU_PROFILE_USE_RECEIPTS
                                                                 : TOU_PROFILE_USE_CARD_ISSUERS);
    if (!tou_proof_checker_check_signer (proofs, cms, anchors, file->said_at_us, &error))
        return print_untrusted (name_untrusted (error));
    /* Translators: the agency's name */
    text = g_strdup_printf (_ ("Issued by an authority that %s accepts, and valid when it was signed"),
                            tou_service_profile_get_name (profile));
    tou_verify_text_print (_ ("Trust"), text);
    return TOU_VERDICT_GOOD;
}

static gboolean
is_for (const TouReceipt *receipt, GPtrArray *requests)
{
    for (guint i = 0; i < requests->len; i++) {
        const TouSignedFile *request = requests->pdata[i];

        if (g_strcmp0 (request->sha256, receipt->request_sha256) == 0)
            return TRUE;
    }
    return FALSE;
}

static TouVerdict
print_matching (const TouSignedFile *file, GPtrArray *requests)
{
    if (file->receipt == NULL || requests->len == 0)
        return TOU_VERDICT_GOOD;
    if (is_for (file->receipt, requests)) {
        tou_verify_text_print (_ ("Belongs to"),
                               _ ("The receipt is for the application that was given with it."));
        return TOU_VERDICT_GOOD;
    }
    tou_verify_text_print (_ ("Belongs to"),
                           _ ("The receipt is for another application than those given with it."));
    return TOU_VERDICT_BAD;
}

/* The current card's proof inside a renewal is a signed file of its own. */
static TouVerdict
print_authorization (TouProofChecker *proofs, const TouSignedFile *file, TouServiceProfile *profile)
{
    GBytes *cms = file->request != NULL ? file->request->authorization : NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (TouSignedFile) authorization = NULL;

    if (cms == NULL)
        return TOU_VERDICT_GOOD;
    g_print ("\n  %s\n", name_kind (TOU_SIGNED_FILE_AUTHORIZATION));
    authorization = tou_proof_checker_open_signed (proofs, cms, &error);
    if (authorization == NULL) {
        tou_verify_text_print (_ ("Result"), tou_verify_report_name_fault (cms, error));
        return TOU_VERDICT_BAD;
    }
    print_signer (authorization->signer);
    print_certificate (authorization->signer);
    return print_trust (proofs, authorization, cms, profile);
}

TouVerdict
tou_verify_report_print (TouProofChecker *proofs, const TouSignedFile *file, GBytes *cms,
                         TouServiceProfile *profile, GPtrArray *requests)
{
    g_autofree char *algorithms = g_strdup_printf ("%s, %s", file->digest, file->signature);
    TouVerdict trust;
    TouVerdict matching;
    TouVerdict authorization;

    tou_verify_text_print (_ ("Result"),
                           _ ("The signature is right; nothing was changed since it was made."));
    print_content (file);
    print_signer (file->signer);
    print_certificate (file->signer);
    print_time (_ ("Signed at, by the signer's clock"), file->signed_at_us);
    tou_verify_text_print (_ ("Digest and signature"), algorithms);
    tou_verify_text_print (_ ("SHA-256 of this file"), file->sha256);
    /* MAX() has what it takes done twice. */
    trust = print_trust (proofs, file, cms, profile);
    matching = print_matching (file, requests);
    authorization = print_authorization (proofs, file, profile);
    return MAX (trust, MAX (matching, authorization));
}
