/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fake-checker.h"

struct _FakeChecker {
    GObject parent_instance;

    FakeScript *script;
    GError *warning;
};

static void fake_checker_implement (TouCertificateCheckerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeChecker, fake_checker, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TOU_TYPE_CERTIFICATE_CHECKER, fake_checker_implement))

static void
answer_check (GTask *task)
{
    FakeChecker *self = g_task_get_source_object (task);
    TouCertificateStatus *status = tou_certificate_status_new ();

    status->is_revocation_known = self->warning == NULL;
    status->warning = self->warning != NULL ? g_error_copy (self->warning) : NULL;
    g_task_return_pointer (task, status, (GDestroyNotify) tou_certificate_status_free);
}

static void
fake_checker_check_async (TouCertificateChecker *checker, TouCardCertificate *certificate, TouClock *clock,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    fake_script_answer (FAKE_CHECKER (checker)->script, "check",
                        g_task_new (checker, cancellable, callback, user_data), answer_check);
}

static TouCertificateStatus *
fake_checker_check_finish (TouCertificateChecker *checker, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_checker_implement (TouCertificateCheckerInterface *iface)
{
    iface->check_async = fake_checker_check_async;
    iface->check_finish = fake_checker_check_finish;
}

static void
fake_checker_finalize (GObject *object)
{
    FakeChecker *self = FAKE_CHECKER (object);

    g_clear_object (&self->script);
    g_clear_error (&self->warning);
    G_OBJECT_CLASS (fake_checker_parent_class)->finalize (object);
}

static void
fake_checker_class_init (FakeCheckerClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = fake_checker_finalize;
}

static void
fake_checker_init (FakeChecker *self)
{
}

FakeChecker *
fake_checker_new (FakeScript *script)
{
    FakeChecker *self = g_object_new (FAKE_TYPE_CHECKER, NULL);

    self->script = g_object_ref (script);
    return self;
}

void
fake_checker_set_warning (FakeChecker *self, const GError *warning)
{
    g_clear_error (&self->warning);
    self->warning = warning != NULL ? g_error_copy (warning) : NULL;
}
