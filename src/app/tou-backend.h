/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-certificate-checker.h"
#include "tou-clock.h"
#include "tou-proof-checker.h"
#include "tou-record-store.h"
#include "tou-registration-service.h"
#include "tou-timeline.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TouBackend:
 *
 * What is joined from the layers that bring large libraries (curl, SQLite, OpenSSL). It is a module of its
 * own, loaded in a thread after the first frame, so that the window does not wait for a hundred libraries.
 * The objects are seen through the interfaces of core alone.
 */
typedef struct {
    TouRegistrationService *(*new_service) (TouServiceProfile *profile, TouClock *clock,
                                            TouTimeline *timeline);
    TouRecordStore *(*new_store) (const char *path);
    TouProofChecker *(*new_proofs) (TouCardProfiles *profiles);
    TouCertificateChecker *(*new_checker) (TouServiceProfile *profile, const char *cache_folder);
} TouBackend;

/** TOU_BACKEND_SYMBOL: the function that the module exports: `const TouBackend *tou_backend_get (void)`. */
#define TOU_BACKEND_SYMBOL "tou_backend_get"

/** tou_backend_load: loads the module at @path and waits for it; for commands without a window. Errors and
 * return as tou_backend_load_finish(). */
const TouBackend *tou_backend_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_backend_load_async: loads the module at @path. It is never unloaded. */
void tou_backend_load_async (const char *path, GAsyncReadyCallback callback, gpointer user_data);

/** tou_backend_load_finish: Errors: G_IO_ERROR_NOT_FOUND when it is not there or not ours.
 * Returns: (transfer none) (nullable) */
const TouBackend *tou_backend_load_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
