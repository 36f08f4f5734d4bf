/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-backend.h"

#include <gmodule.h>

const TouBackend *
tou_backend_load (const char *path, GError **error)
{
    const TouBackend *(*get) (void) = NULL;
    GModule *module = g_module_open (path, G_MODULE_BIND_LOCAL);

    if (module == NULL || !g_module_symbol (module, TOU_BACKEND_SYMBOL, (gpointer *) &get)) {
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s", g_module_error ());
        return NULL;
    }
    g_module_make_resident (module);
    return get ();
}

static void
load (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
    GError *error = NULL;
    const TouBackend *backend = tou_backend_load (task_data, &error);

    (void) source;
    (void) cancellable;
    if (backend == NULL)
        g_task_return_error (task, error);
    else
        g_task_return_pointer (task, (gpointer) backend, NULL);
}

void
tou_backend_load_async (const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

    g_task_set_task_data (task, g_strdup (path), g_free);
    g_task_run_in_thread (task, load);
}

const TouBackend *
tou_backend_load_finish (GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer (G_TASK (result), error);
}
