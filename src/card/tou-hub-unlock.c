/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card"

#include "tou-hub-unlock.h"

#include "tou-cancellable.h"

/* The task's source is the member. */
typedef struct {
    TouCardToken *token;
    TouSecret *pin;  /* (nullable): until it was passed on */
    guint n_ending;  /* agents of other members, and one for the loop that ends them */
    GSource *cancel; /* (nullable) */
    gboolean is_given_up;
} Unlock;

static void
unlock_free (Unlock *unlock)
{
    tou_cancellable_unwatch (&unlock->cancel);
    tou_card_token_unref (unlock->token);
    g_clear_pointer (&unlock->pin, tou_secret_unref);
    g_free (unlock);
}

static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    GError *error = NULL;
    GPtrArray *certificates = tou_card_access_unlock_finish (TOU_CARD_ACCESS (source), result, &error);

    if (certificates != NULL)
        g_task_return_pointer (task, certificates, (GDestroyNotify) g_ptr_array_unref);
    else
        g_task_return_error (task, error);
}

/* @task: (transfer full) */
static void
unlock_when_alone (GTask *task)
{
    Unlock *unlock = g_task_get_task_data (task);
    TouHubMember *member = g_task_get_source_object (task);

    if (--unlock->n_ending > 0 || unlock->is_given_up) {
        g_object_unref (task);
        return;
    }
    tou_cancellable_unwatch (&unlock->cancel);
    tou_card_access_unlock_async (TOU_CARD_ACCESS (tou_hub_member_get_client (member)), unlock->token,
                                  unlock->pin, g_task_get_cancellable (task), on_unlocked, task);
    g_clear_pointer (&unlock->pin, tou_secret_unref);
}

static void
on_other_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
    (void) source;
    (void) g_task_propagate_boolean (G_TASK (result), NULL);
    unlock_when_alone (user_data);
}

/* The others go on ending, and nobody waits for it. */
static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
    GTask *task = user_data;
    Unlock *unlock = g_task_get_task_data (task);

    (void) cancellable;
    unlock->is_given_up = TRUE;
    g_clear_pointer (&unlock->pin, tou_secret_unref);
    (void) g_task_return_error_if_cancelled (task);
    return G_SOURCE_REMOVE;
}

static void
end_others (GPtrArray *members, GTask *task)
{
    Unlock *unlock = g_task_get_task_data (task);

    for (guint i = 0; i < members->len; i++) {
        TouHubMember *member = g_ptr_array_index (members, i);

        if (member == g_task_get_source_object (task))
            continue;
        unlock->n_ending++;
        tou_card_agent_client_release_async (tou_hub_member_get_client (member), on_other_ended,
                                             g_object_ref (task));
    }
}

void
tou_hub_unlock_async (GPtrArray *members, TouHubMember *member, TouCardToken *token, TouSecret *pin,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new (member, cancellable, callback, user_data);
    Unlock *unlock = g_new0 (Unlock, 1);

    /* A result that was thrown away would leave a card open that the caller takes for closed. */
    g_task_set_check_cancellable (task, FALSE);
    unlock->token = tou_card_token_ref (token);
    unlock->pin = pin == NULL ? NULL : tou_secret_ref (pin);
    unlock->n_ending = 1;
    g_task_set_task_data (task, unlock, (GDestroyNotify) unlock_free);
    unlock->cancel = tou_cancellable_watch (cancellable, on_cancelled, task);
    end_others (members, task);
    unlock_when_alone (task);
}

GPtrArray *
tou_hub_unlock_finish (GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer (G_TASK (result), error);
}
