/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-signing"

#include "tou-openssl-proof-checker.h"

#include "tou-certificate-chain.h"
#include "tou-certificate.h"
#include "tou-cms-check.h"
#include "tou-openssl-error.h"

struct _TouOpensslProofChecker {
    GObject parent_instance;

    TouReceiptReader read_receipt;
    TouSignedReader read_signed;
    TouCardProfiles *profiles; /* (nullable) */
};

static void implement_checker (TouProofCheckerInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TouOpensslProofChecker, tou_openssl_proof_checker, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TOU_TYPE_PROOF_CHECKER, implement_checker))

static gboolean
refuse (GError **error, TouProofError code, const char *what)
{
    g_set_error_literal (error, TOU_PROOF_ERROR, code, what);
    return FALSE;
}

static TouCardCertificate *
read_certificate (TouProofChecker *self, GBytes *der, GError **error)
{
    return tou_certificate_read_with_profiles (der, TOU_OPENSSL_PROOF_CHECKER (self)->profiles, error);
}

static gboolean
check_request (TouProofChecker *self, GBytes *cms, GBytes *content, const char *certificate_sha256,
               GError **error)
{
    g_autoptr (TouCms) opened = tou_cms_open (cms, error);

    if (opened == NULL)
        return FALSE;
    if (!g_bytes_equal (opened->content, content))
        return refuse (error, TOU_PROOF_ERROR_CONTENT, "The card signed other bytes");
    if (g_strcmp0 (opened->signer_sha256, certificate_sha256) != 0)
        return refuse (error, TOU_PROOF_ERROR_CERTIFICATE, "Signed with another certificate");
    return TRUE;
}

static TouIssuers *
parse_anchors (GBytes *pem, GError **error)
{
    g_autoptr (GError) reason = NULL;
    TouIssuers *anchors = NULL;

    if (pem == NULL) {
        refuse (error, TOU_PROOF_ERROR_CHAIN, "No authority for it is known");
        return NULL;
    }
    anchors = tou_issuers_parse (pem, &reason);
    if (anchors == NULL)
        g_set_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_FAILED, "Authorities: %s", reason->message);
    return anchors;
}

static gboolean
check_cms_signer (TouCms *cms, GBytes *pem, gint64 at_us, GError **error)
{
    g_autoptr (TouIssuers) anchors = parse_anchors (pem, error);

    if (anchors == NULL || !tou_issuers_check (anchors, cms->signer, cms->certificates, at_us, error))
        return FALSE;
    if (!tou_x509_can_sign (cms->signer))
        return refuse (error, TOU_PROOF_ERROR_CERTIFICATE, "The key is not for signing");
    return TRUE;
}

static gboolean
is_for (const TouReceipt *receipt, GBytes *request_cms)
{
    g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, request_cms);

    return g_strcmp0 (receipt->request_sha256, sha256) == 0;
}

static TouReceipt *
read_receipt_content (TouOpensslProofChecker *self, GBytes *content, GError **error)
{
    g_autoptr (GError) reason = NULL;
    TouReceipt *receipt = self->read_receipt (content, &reason);

    if (receipt == NULL)
        g_set_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_MALFORMED, "Not a receipt: %s",
                     reason != NULL ? reason->message : "no reason given");
    return receipt;
}

static TouReceipt *
check_receipt (TouProofChecker *checker, GBytes *receipt_cms, GBytes *request_cms, GBytes *pem,
               GError **error)
{
    TouOpensslProofChecker *self = TOU_OPENSSL_PROOF_CHECKER (checker);
    g_autoptr (TouCms) opened = tou_cms_open (receipt_cms, error);
    g_autoptr (TouReceipt) receipt = NULL;

    if (opened == NULL)
        return NULL;
    receipt = read_receipt_content (self, opened->content, error);
    if (receipt == NULL || !check_cms_signer (opened, pem, receipt->accepted_at_us, error))
        return NULL;
    if (!is_for (receipt, request_cms)) {
        refuse (error, TOU_PROOF_ERROR_CONTENT, "The receipt is for another request");
        return NULL;
    }
    g_clear_pointer (&receipt->cms, g_bytes_unref);
    receipt->cms = g_bytes_ref (receipt_cms);
    return g_steal_pointer (&receipt);
}

/* What the envelope itself says. */
static gboolean
read_envelope (TouOpensslProofChecker *self, TouSignedFile *file, const TouCms *opened, GBytes *cms,
               GError **error)
{
    g_autoptr (GBytes) der = tou_x509_to_der (opened->signer);

    file->signer = tou_certificate_read_with_profiles (der, self->profiles, error);
    file->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, cms);
    file->digest = g_strdup (opened->digest);
    file->signature = g_strdup (opened->signature);
    file->signed_at_us = opened->signed_at_us;
    if (file->receipt != NULL)
        file->receipt->cms = g_bytes_ref (cms);
    return file->signer != NULL;
}

static TouSignedFile *
open_signed (TouProofChecker *checker, GBytes *cms, GError **error)
{
    TouOpensslProofChecker *self = TOU_OPENSSL_PROOF_CHECKER (checker);
    g_autoptr (TouSignedFile) file = tou_signed_file_new ();
    g_autoptr (GError) reason = NULL;
    g_autoptr (TouCms) opened = tou_cms_open (cms, error);

    if (opened == NULL)
        return NULL;
    if (!self->read_signed (opened->content, file, &reason)) {
        g_set_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_MALFORMED, "Signed, but not one of ours: %s",
                     reason->message);
        return NULL;
    }
    if (!read_envelope (self, file, opened, cms, error))
        return NULL;
    return g_steal_pointer (&file);
}

static gboolean
check_signer (TouProofChecker *checker, GBytes *cms, GBytes *pem, gint64 at_us, GError **error)
{
    g_autoptr (TouCms) opened = tou_cms_open (cms, error);

    return opened != NULL && check_cms_signer (opened, pem, at_us, error);
}

static char *
hash (TouProofChecker *self, GBytes *bytes)
{
    return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

static void
implement_checker (TouProofCheckerInterface *interface)
{
    interface->read_certificate = read_certificate;
    interface->check_request = check_request;
    interface->check_receipt = check_receipt;
    interface->hash = hash;
    interface->open_signed = open_signed;
    interface->check_signer = check_signer;
}

static void
finalize (GObject *object)
{
    g_clear_pointer (&TOU_OPENSSL_PROOF_CHECKER (object)->profiles, tou_card_profiles_unref);
    G_OBJECT_CLASS (tou_openssl_proof_checker_parent_class)->finalize (object);
}

static void
tou_openssl_proof_checker_class_init (TouOpensslProofCheckerClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tou_openssl_proof_checker_init (TouOpensslProofChecker *self)
{
}

TouOpensslProofChecker *
tou_openssl_proof_checker_new (TouReceiptReader read_receipt, TouSignedReader read_signed)
{
    TouOpensslProofChecker *self = g_object_new (TOU_TYPE_OPENSSL_PROOF_CHECKER, NULL);

    self->read_receipt = read_receipt;
    self->read_signed = read_signed;
    return self;
}

void
tou_openssl_proof_checker_set_profiles (TouOpensslProofChecker *self, TouCardProfiles *profiles)
{
    if (profiles != NULL)
        tou_card_profiles_ref (profiles);
    g_clear_pointer (&self->profiles, tou_card_profiles_unref);
    self->profiles = profiles;
}
