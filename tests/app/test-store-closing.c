/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "async-wait.h"
#include "store-bench.h"
#include "tou-sqlite-connection.h"
#include "tou-store-closing.h"

/* Another program that writes: the store waits for it, and so does whoever waits for the store. */
typedef struct {
    StoreBench *bench;
    TouSqliteConnection *writer;
    gboolean is_let_go; /* while the application still runs */
    gpointer store;     /* NULL once it is gone */
} Closing;

static void
end_writing (Closing *self)
{
    g_autoptr (GError) error = NULL;

    g_assert_true (tou_sqlite_connection_run (self->writer, "COMMIT", &error));
    g_assert_no_error (error);
    g_clear_pointer (&self->writer, tou_sqlite_connection_close);
}

static gboolean
on_turned (gpointer data)
{
    end_writing (data);
    return G_SOURCE_REMOVE;
}

/* As when the window goes: a draft is on its way, and nobody holds the store any more. */
static void
on_activated (GApplication *application, Closing *self)
{
    g_autoptr (TouDraft) draft = make_draft ("user1", TOU_CATEGORY_GOODS, "typed last");

    tou_record_store_put_draft_async (self->bench->store, draft, NULL, NULL);
    tou_store_closing_hold (application, self->bench->store);
    if (self->is_let_go)
        g_idle_add (on_turned, self);
    self->store = self->bench->store;
    g_object_add_weak_pointer (G_OBJECT (self->store), &self->store);
    g_clear_object (&self->bench->store);
}

static void
run_application (Closing *self)
{
    g_autoptr (GApplication) application = g_application_new (NULL, G_APPLICATION_NON_UNIQUE);
    g_autoptr (GError) error = NULL;

    self->bench = store_bench_new ();
    g_assert_null (store_get (self->bench, "id-1", &error));
    self->writer = tou_sqlite_connection_open (self->bench->path, NULL);
    g_assert_true (tou_sqlite_connection_run (self->writer, "BEGIN IMMEDIATE", NULL));
    g_signal_connect (application, "activate", G_CALLBACK (on_activated), self);
    g_assert_cmpint (g_application_run (application, 0, NULL), ==, 0);
}

static gboolean
is_store_gone (gpointer data)
{
    return ((Closing *) data)->store == NULL;
}

/* Would catch: a main thread that waits for the disk, a draft that is lost with the program. */
static void
test_waits_for_nothing (void)
{
    Closing closing = { .is_let_go = TRUE };
    g_autoptr (TouDraft) key = make_draft ("user1", TOU_CATEGORY_GOODS, NULL);
    g_autoptr (TouDraft) draft = NULL;
    g_autoptr (GError) error = NULL;

    run_application (&closing);
    async_wait_until (is_store_gone, &closing);
    store_bench_reopen (closing.bench);
    draft = store_get_draft (closing.bench, key, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (draft->contact->name, ==, "typed last");
    store_bench_free (closing.bench);
}

/* Would catch: a program that stays for as long as another one holds the file. */
static void
test_limit (void)
{
    Closing closing = { NULL };

    run_application (&closing);
    g_assert_nonnull (closing.store);
    end_writing (&closing);
    async_wait_until (is_store_gone, &closing);
    store_bench_free (closing.bench);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/store-closing/waits-for-nothing", test_waits_for_nothing);
    g_test_add_func ("/store-closing/limit", test_limit);
    return g_test_run ();
}
