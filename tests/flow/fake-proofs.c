/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fake-proofs.h"

#include "fake-cards.h"

#include <string.h>

struct _FakeProofs {
    GObject parent_instance;

    FakeScript *script;
};

static void fake_proofs_checker_init (TouProofCheckerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeProofs, fake_proofs, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TOU_TYPE_PROOF_CHECKER, fake_proofs_checker_init))

static char *
dup_text (GBytes *bytes)
{
    return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static TouCardCertificate *
fake_proofs_read_certificate (TouProofChecker *checker, GBytes *der, GError **error)
{
    g_set_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_MALFORMED, "The fake reads no certificates");
    return NULL;
}

static gboolean
fake_proofs_check_request (TouProofChecker *checker, GBytes *cms, GBytes *content,
                           const char *certificate_sha256, GError **error)
{
    g_autofree char *content_text = dup_text (content);
    g_autofree char *wanted = g_strdup_printf ("cms(%s)%s", certificate_sha256, content_text);
    g_autofree char *text = dup_text (cms);

    if (!fake_script_note (FAKE_PROOFS (checker)->script, "check-request", error))
        return FALSE;
    if (g_str_equal (text, wanted))
        return TRUE;
    g_set_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_CONTENT, "It signs something else");
    return FALSE;
}

static char *
fake_proofs_hash (TouProofChecker *checker, GBytes *bytes)
{
    return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

static TouReceipt *
fake_proofs_check_receipt (TouProofChecker *checker, GBytes *receipt_cms, GBytes *request_cms,
                           GBytes *anchors, GError **error)
{
    g_autofree char *hash = fake_proofs_hash (checker, request_cms);
    g_autofree char *text = dup_text (receipt_cms);
    g_auto (GStrv) parts = g_strsplit (text, "|", -1);

    if (!fake_script_note (FAKE_PROOFS (checker)->script, "check-receipt", error))
        return NULL;
    if (anchors == NULL || g_strv_length (parts) != 4 || !g_str_equal (parts[0], "receipt")
        || !g_str_equal (parts[1], hash)) {
        g_set_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_SIGNATURE, "No receipt for this request");
        return NULL;
    }
    TouReceipt *receipt = tou_receipt_new ();
    receipt->request_sha256 = g_steal_pointer (&hash);
    receipt->submission_id = g_strdup (parts[2]);
    receipt->reception_number = g_strdup (parts[3]);
    receipt->cms = g_bytes_ref (receipt_cms);
    return receipt;
}

/* Whatever the bytes: a registration by FakeCards' holder. */
static TouSignedFile *
fake_proofs_open_signed (TouProofChecker *checker, GBytes *cms, GError **error)
{
    TouSignedFile *file;

    if (!fake_script_note (FAKE_PROOFS (checker)->script, "open-signed", error))
        return NULL;
    file = tou_signed_file_new ();
    file->kind = TOU_SIGNED_FILE_REQUEST;
    file->signer = fake_certificate_new ('a');
    file->request = tou_request_new ();
    file->request->company = tou_company_new ();
    file->request->company->name = g_strdup ("桜川建設株式会社");
    file->request->contact = tou_contact_new ();
    return file;
}

static void
fake_proofs_finalize (GObject *object)
{
    g_clear_object (&FAKE_PROOFS (object)->script);
    G_OBJECT_CLASS (fake_proofs_parent_class)->finalize (object);
}

static void
fake_proofs_checker_init (TouProofCheckerInterface *iface)
{
    iface->read_certificate = fake_proofs_read_certificate;
    iface->check_request = fake_proofs_check_request;
    iface->check_receipt = fake_proofs_check_receipt;
    iface->hash = fake_proofs_hash;
    iface->open_signed = fake_proofs_open_signed;
}

static void
fake_proofs_class_init (FakeProofsClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = fake_proofs_finalize;
}

static void
fake_proofs_init (FakeProofs *self)
{
}

FakeProofs *
fake_proofs_new (FakeScript *script)
{
    FakeProofs *self = g_object_new (FAKE_TYPE_PROOFS, NULL);

    self->script = g_object_ref (script);
    return self;
}
