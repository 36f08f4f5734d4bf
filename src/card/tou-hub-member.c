/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card"

#include "tou-hub-member.h"

#include "tou-inventory-merge.h"

/* A module that fails again and again is not started anew each time a card moves. */
#define MAX_FAILURES 3
#define FAILURES_US (10 * G_USEC_PER_SEC)

struct _TouHubMember {
    GObject parent_instance;

    guint number;
    char *module;
    TouCardAgentClient *client;

    TouCardInventory *inventory;
    GError *error;
    TouModuleState state;
    GCancellable *listing;
    gint64 failures_us[MAX_FAILURES]; /* the latest first; 0: none; monotonic */
    char *seen;                       /* by tou_hub_member_take_news() */
};

enum { SIGNAL_LISTED, SIGNAL_CHANGED, SIGNAL_LOST, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouHubMember, tou_hub_member, G_TYPE_OBJECT)

static void
note_failure (TouHubMember *self)
{
    for (guint i = MAX_FAILURES - 1; i > 0; i--)
        self->failures_us[i] = self->failures_us[i - 1];
    self->failures_us[0] = g_get_monotonic_time ();
}

static gboolean
is_left_alone (TouHubMember *self)
{
    gint64 first_us = self->failures_us[MAX_FAILURES - 1];
    gint64 last_us = self->failures_us[0];

    return first_us != 0 && last_us - first_us < FAILURES_US
           && g_get_monotonic_time () - last_us < FAILURES_US;
}

static TouModuleState
name_state (TouHubMember *self, const GError *error)
{
    switch (error->code) {
    case TOU_CARD_ERROR_NO_MODULE:
        return g_path_is_absolute (self->module) && !g_file_test (self->module, G_FILE_TEST_EXISTS)
                   ? TOU_MODULE_MISSING
                   : TOU_MODULE_NOT_LOADED;
    case TOU_CARD_ERROR_TIMED_OUT:
        return TOU_MODULE_TIMED_OUT;
    case TOU_CARD_ERROR_AGENT_DIED:
        return TOU_MODULE_DIED;
    default:
        return TOU_MODULE_FAILED;
    }
}

/* @error: (transfer full) */
static void
take_failure (TouHubMember *self, GError *error)
{
    g_debug ("%s: %s", self->module, error->message);
    g_clear_pointer (&self->inventory, tou_card_inventory_unref);
    g_clear_error (&self->error);
    self->error = error;
    self->state = name_state (self, error);
    note_failure (self);
}

static void
take_inventory (TouHubMember *self, TouCardInventory *inventory)
{
    g_clear_pointer (&self->inventory, tou_card_inventory_unref);
    g_clear_error (&self->error);
    self->inventory = inventory;
    self->state = TOU_MODULE_WORKING;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouHubMember) self = user_data;
    GError *error = NULL;
    TouCardInventory *inventory = tou_card_access_list_finish (TOU_CARD_ACCESS (source), result, &error);

    /* One that was cancelled may end after the next has begun. */
    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        g_error_free (error);
        return;
    }
    g_clear_object (&self->listing);
    if (inventory != NULL)
        take_inventory (self, inventory);
    else
        take_failure (self, error);
    g_signal_emit (self, signals[SIGNAL_LISTED], 0);
}

static void
on_client_died (TouHubMember *self)
{
    take_failure (self, g_error_new_literal (TOU_CARD_ERROR, TOU_CARD_ERROR_AGENT_DIED,
                                             "the agent ended while it watched"));
}

static void
on_client_changed (TouHubMember *self)
{
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_client_lost (TouHubMember *self)
{
    g_signal_emit (self, signals[SIGNAL_LOST], 0);
}

static void
dispose (GObject *object)
{
    TouHubMember *self = TOU_HUB_MEMBER (object);

    if (self->client != NULL)
        g_signal_handlers_disconnect_by_data (self->client, self);
    g_clear_object (&self->client);
    g_clear_object (&self->listing);
    G_OBJECT_CLASS (tou_hub_member_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
    TouHubMember *self = TOU_HUB_MEMBER (object);

    g_clear_pointer (&self->inventory, tou_card_inventory_unref);
    g_clear_error (&self->error);
    g_free (self->module);
    g_free (self->seen);
    G_OBJECT_CLASS (tou_hub_member_parent_class)->finalize (object);
}

static guint
make_signal (const char *name)
{
    return g_signal_new (name, TOU_TYPE_HUB_MEMBER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tou_hub_member_class_init (TouHubMemberClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
    G_OBJECT_CLASS (klass)->finalize = finalize;
    signals[SIGNAL_LISTED] = make_signal ("listed");
    signals[SIGNAL_CHANGED] = make_signal ("changed");
    signals[SIGNAL_LOST] = make_signal ("lost");
}

static void
tou_hub_member_init (TouHubMember *self)
{
}

TouHubMember *
tou_hub_member_new (guint number, const char *agent_path, const char *module, const char *const *environment,
                    TouProofChecker *proofs)
{
    TouHubMember *self = g_object_new (TOU_TYPE_HUB_MEMBER, NULL);

    self->number = number;
    self->module = g_strdup (module);
    self->client = tou_card_agent_client_new (agent_path, module, environment, proofs);
    g_signal_connect_swapped (self->client, "died", G_CALLBACK (on_client_died), self);
    g_signal_connect_swapped (self->client, "changed", G_CALLBACK (on_client_changed), self);
    g_signal_connect_swapped (self->client, "lost", G_CALLBACK (on_client_lost), self);
    return self;
}

guint
tou_hub_member_get_number (TouHubMember *self)
{
    return self->number;
}

const char *
tou_hub_member_get_module (TouHubMember *self)
{
    return self->module;
}

TouCardAgentClient *
tou_hub_member_get_client (TouHubMember *self)
{
    return self->client;
}

TouCardInventory *
tou_hub_member_get_inventory (TouHubMember *self)
{
    return self->inventory;
}

const GError *
tou_hub_member_get_error (TouHubMember *self)
{
    return self->error;
}

TouModuleReport *
tou_hub_member_make_report (TouHubMember *self)
{
    return tou_module_report_new (self->module, self->state,
                                  self->error != NULL ? self->error->message : NULL);
}

void
tou_hub_member_list (TouHubMember *self)
{
    if (self->listing != NULL || is_left_alone (self))
        return;
    self->listing = g_cancellable_new ();
    tou_card_access_list_async (TOU_CARD_ACCESS (self->client), self->listing, on_listed,
                                g_object_ref (self));
}

gboolean
tou_hub_member_is_listing (TouHubMember *self)
{
    return self->listing != NULL;
}

void
tou_hub_member_cancel_list (TouHubMember *self)
{
    g_cancellable_cancel (self->listing);
    g_clear_object (&self->listing);
}

void
tou_hub_member_forgive (TouHubMember *self)
{
    self->failures_us[0] = 0;
    self->failures_us[MAX_FAILURES - 1] = 0;
}

gboolean
tou_hub_member_take_news (TouHubMember *self)
{
    g_autofree char *inventory = tou_inventory_merge_describe (self->inventory);
    g_autofree char *before = g_steal_pointer (&self->seen);

    self->seen = g_strdup_printf ("%d\n%s", (int) self->state, inventory);
    return g_strcmp0 (before, self->seen) != 0;
}

TouCardToken *
tou_hub_member_find_token (TouHubMember *self, const char *id)
{
    for (guint i = 0; self->inventory != NULL && i < self->inventory->tokens->len; i++) {
        TouCardToken *token = g_ptr_array_index (self->inventory->tokens, i);

        if (g_str_equal (token->id, id))
            return token;
    }
    return NULL;
}
