/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Waits in a test for what is asynchronous, by running the default main context. Whatever does not come
 * within two minutes ends the program with g_error(): a test that hangs is a test that failed. */

/** async_wait_store: for a call's callback, with a %NULL GAsyncResult pointer as its user data. */
void async_wait_store (GObject *source, GAsyncResult *result, gpointer out_result);

/** async_wait: Returns: (transfer none): *@result, once async_wait_store() has set it. */
GAsyncResult *async_wait (GAsyncResult **result);

/** async_wait_flag: until *@flag is set. */
void async_wait_flag (const gboolean *flag);

/** async_wait_until: until @is_true says so; asked after each turn of the main context and every few
 * milliseconds, since what is waited for may happen in another process. */
void async_wait_until (gboolean (*is_true) (gpointer data), gpointer data);

G_END_DECLS
