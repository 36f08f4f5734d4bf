/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-certificate"

#include "tou-openssl-certificate-checker.h"

#include "tou-certificate-chain.h"
#include "tou-certificate.h"
#include "tou-crl-cache.h"
#include "tou-crl.h"
#include "tou-registration-service.h"
#include "tou-worker.h"

struct _TouOpensslCertificateChecker {
    GObject parent_instance;

    TouServiceProfile *profile;
    TouListSource *source;
    char *cache_folder;
    TouWorker *worker;
};

static void implement_checker (TouCertificateCheckerInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TouOpensslCertificateChecker, tou_openssl_certificate_checker, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TOU_TYPE_CERTIFICATE_CHECKER, implement_checker))

/* One check on its way. The task of the caller stays on the main thread and keeps the checker alive, whose
 * fields never change: so the last reference to it never goes on the worker's thread. */
typedef struct {
    TouOpensslCertificateChecker *checker; /* not owned */
    TouCardCertificate *facts;
    TouClock *clock;
    GCancellable *cancellable;

    X509 *certificate;
    TouIssuers *issuers;
    gint64 now_us;
} Check;

static void
free_check (Check *check)
{
    tou_card_certificate_unref (check->facts);
    g_object_unref (check->clock);
    g_clear_object (&check->cancellable);
    g_clear_pointer (&check->certificate, X509_free);
    g_clear_pointer (&check->issuers, tou_issuers_unref);
    g_free (check);
}

/* Path */

static gboolean
parse_issuers (Check *check, GBytes *pem, GError **error)
{
    g_autoptr (GError) reason = NULL;

    check->issuers = tou_issuers_parse (pem, &reason);
    if (check->issuers == NULL)
        g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_UNREADABLE, "Card issuers: %s",
                     reason->message);
    return check->issuers != NULL;
}

static gboolean
check_path (Check *check, GBytes *issuers, GError **error)
{
    check->certificate = tou_x509_from_der (check->facts->der, error);
    return check->certificate != NULL && parse_issuers (check, issuers, error)
           && tou_issuers_check (check->issuers, check->certificate, NULL, check->now_us, error);
}

/* Revocation */

static TouCertificateWarning
name_failure (const GError *error)
{
    return g_error_matches (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_ANSWER_TOO_LARGE)
               ? TOU_CERTIFICATE_WARNING_LIST_TOO_LARGE
               : TOU_CERTIFICATE_WARNING_LIST_UNREACHABLE;
}

/* The first thing that was found out stays: later addresses are second choices. */
static void
warn (GError **warning, TouCertificateWarning code, const char *url, const char *why)
{
    if (*warning == NULL)
        g_set_error (warning, TOU_CERTIFICATE_WARNING, (int) code, "%s: %s", url, why);
}

/* Returns: (transfer full) (nullable): a list of the certificate's issuer, current or not. */
static TouCrl *
fetch_list (Check *check, const char *url, GBytes **out_data, GError **warning)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouCrl) list = NULL;

    *out_data = tou_list_source_fetch (check->checker->source, url, TOU_CRL_MAX_BYTES, check->cancellable,
                                       &error);
    if (*out_data == NULL) {
        warn (warning, name_failure (error), url, error->message);
        return NULL;
    }
    list = tou_crl_parse (*out_data, check->issuers, &error);
    if (list != NULL && tou_crl_is_for (list, check->certificate))
        return g_steal_pointer (&list);
    warn (warning, TOU_CERTIFICATE_WARNING_LIST_UNUSABLE, url,
          error != NULL ? error->message : "it is of another issuer");
    return NULL;
}

/* Asks one address after the other until one has a current list. @list: replaced by what came. */
static void
renew_list (Check *check, const char *const *urls, const char *path, TouCrl **list, GError **warning)
{
    for (; *urls != NULL && !g_cancellable_is_cancelled (check->cancellable); urls++) {
        g_autoptr (GBytes) data = NULL;
        TouCrl *fetched = fetch_list (check, *urls, &data, warning);

        if (fetched == NULL)
            continue;
        g_clear_pointer (list, tou_crl_unref);
        *list = fetched;
        if (tou_crl_covers (fetched, check->certificate, check->now_us)) {
            tou_crl_cache_save (path, data);
            return;
        }
    }
}

static GStrv
dup_urls (Check *check)
{
    const char *url = tou_service_profile_get_crl_url (check->checker->profile);
    const char *const urls[] = { url, NULL };

    return url != NULL ? g_strdupv ((GStrv) urls) : tou_x509_dup_crl_urls (check->certificate);
}

/* @warning: (transfer full) (nullable) */
static TouCertificateStatus *
make_status (Check *check, TouCrl *list, GError *warning)
{
    TouCertificateStatus *status = tou_certificate_status_new ();

    status->is_revocation_known = list != NULL && tou_crl_covers (list, check->certificate, check->now_us);
    if (!status->is_revocation_known && list != NULL)
        g_set_error_literal (&status->warning, TOU_CERTIFICATE_WARNING, TOU_CERTIFICATE_WARNING_LIST_STALE,
                             warning != NULL ? warning->message : "No newer list");
    else if (!status->is_revocation_known && warning == NULL)
        g_set_error_literal (&status->warning, TOU_CERTIFICATE_WARNING, TOU_CERTIFICATE_WARNING_NO_LIST,
                             "The certificate names no list over HTTP");
    else if (!status->is_revocation_known)
        status->warning = g_steal_pointer (&warning);
    g_clear_error (&warning);
    return status;
}

static TouCertificateStatus *
check_revocation (Check *check, GError **error)
{
    g_autofree char *path = tou_crl_cache_dup_path (check->checker->cache_folder, check->certificate);
    g_autoptr (TouCrl) list = tou_crl_cache_load (path, check->issuers);
    g_autoptr (GError) warning = NULL;

    if (list == NULL || !tou_crl_covers (list, check->certificate, check->now_us)) {
        g_auto (GStrv) urls = dup_urls (check);

        renew_list (check, (const char *const *) urls, path, &list, &warning);
    }
    if (g_cancellable_set_error_if_cancelled (check->cancellable, error))
        return NULL;
    if (list != NULL && !tou_crl_check (list, check->certificate, error))
        return NULL;
    return make_status (check, list, g_steal_pointer (&warning));
}

static TouCertificateStatus *
check_all (Check *check, GError **error)
{
    GBytes *issuers = tou_service_profile_get_certificates (check->checker->profile,
                                                            TOU_PROFILE_USE_CARD_ISSUERS);
    GError *fault = tou_certificate_find_fault (check->facts, check->clock);

    if (fault != NULL) {
        g_propagate_error (error, fault);
        return NULL;
    }
    check->now_us = tou_clock_now_us (check->clock);
    if (issuers == NULL)
        return tou_certificate_status_new ();
    return check_path (check, issuers, error) ? check_revocation (check, error) : NULL;
}

static void
work_on_check (GTask *task)
{
    GError *error = NULL;
    TouCertificateStatus *status = check_all (g_task_get_task_data (task), &error);

    if (status != NULL)
        g_task_return_pointer (task, status, (GDestroyNotify) tou_certificate_status_free);
    else
        g_task_return_error (task, error);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    GError *error = NULL;
    TouCertificateStatus *status = g_task_propagate_pointer (G_TASK (result), &error);

    if (status != NULL)
        g_task_return_pointer (task, status, (GDestroyNotify) tou_certificate_status_free);
    else
        g_task_return_error (task, error);
}

static void
check_async (TouCertificateChecker *checker, TouCardCertificate *certificate, TouClock *clock,
             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    TouOpensslCertificateChecker *self = TOU_OPENSSL_CERTIFICATE_CHECKER (checker);
    GTask *task = g_task_new (self, cancellable, callback, user_data);
    GTask *inner = g_task_new (NULL, cancellable, on_checked, task);
    Check *check = g_new0 (Check, 1);

    check->checker = self;
    check->facts = tou_card_certificate_ref (certificate);
    check->clock = g_object_ref (clock);
    check->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
    g_task_set_source_tag (task, check_async);
    g_task_set_task_data (inner, check, (GDestroyNotify) free_check);
    tou_worker_push (self->worker, inner, work_on_check);
}

static TouCertificateStatus *
check_finish (TouCertificateChecker *checker, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, checker), NULL);

    return g_task_propagate_pointer (G_TASK (result), error);
}

static void
implement_checker (TouCertificateCheckerInterface *interface)
{
    interface->check_async = check_async;
    interface->check_finish = check_finish;
}

static void
finalize (GObject *object)
{
    TouOpensslCertificateChecker *self = TOU_OPENSSL_CERTIFICATE_CHECKER (object);

    g_clear_object (&self->worker);
    g_clear_object (&self->source);
    g_clear_pointer (&self->profile, tou_service_profile_unref);
    g_free (self->cache_folder);
    G_OBJECT_CLASS (tou_openssl_certificate_checker_parent_class)->finalize (object);
}

static void
tou_openssl_certificate_checker_class_init (TouOpensslCertificateCheckerClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tou_openssl_certificate_checker_init (TouOpensslCertificateChecker *self)
{
    self->worker = tou_worker_new ("tou-certificate");
}

TouOpensslCertificateChecker *
tou_openssl_certificate_checker_new (TouServiceProfile *profile, TouListSource *source,
                                     const char *cache_folder)
{
    TouOpensslCertificateChecker *self = g_object_new (TOU_TYPE_OPENSSL_CERTIFICATE_CHECKER, NULL);

    self->profile = tou_service_profile_ref (profile);
    self->source = g_object_ref (source);
    self->cache_folder = g_strdup (cache_folder);
    return self;
}
