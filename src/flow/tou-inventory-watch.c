/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-inventory-watch.h"

struct _TouInventoryWatch {
    GObject parent_instance;

    TouCardAccess *cards;
    GCancellable *listing; /* of the list under way, else NULL */
    gboolean is_active;
    gboolean is_stale; /* something changed since the list under way began */
    TouCardInventory *inventory;
    GError *error;
};

enum {
    SIGNAL_CHANGED,
    SIGNAL_IDLE,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouInventoryWatch, tou_inventory_watch, G_TYPE_OBJECT)

static void list_now (TouInventoryWatch *self);

static void
take_inventory (TouInventoryWatch *self, TouCardInventory *inventory, GError *error)
{
    g_clear_pointer (&self->inventory, tou_card_inventory_unref);
    g_clear_error (&self->error);
    self->inventory = inventory;
    self->error = error;
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouInventoryWatch) self = user_data;
    g_autoptr (GCancellable) listing = g_steal_pointer (&self->listing);
    g_autoptr (GError) error = NULL;
    g_autoptr (TouCardInventory) inventory = tou_card_access_list_finish (TOU_CARD_ACCESS (source), result,
                                                                          &error);

    if (!g_cancellable_is_cancelled (listing))
        take_inventory (self, g_steal_pointer (&inventory), g_steal_pointer (&error));
    if (self->is_active && self->is_stale && self->listing == NULL)
        list_now (self);
    if (self->listing == NULL)
        g_signal_emit (self, signals[SIGNAL_IDLE], 0);
}

static void
list_now (TouInventoryWatch *self)
{
    self->is_stale = FALSE;
    self->listing = g_cancellable_new ();
    tou_card_access_list_async (self->cards, self->listing, on_listed, g_object_ref (self));
}

static void
list_or_remember (TouInventoryWatch *self)
{
    if (self->listing != NULL)
        self->is_stale = TRUE;
    else
        list_now (self);
}

static void
on_cards_changed (TouInventoryWatch *self)
{
    if (self->is_active)
        list_or_remember (self);
}

static void
finalize (GObject *object)
{
    TouInventoryWatch *self = TOU_INVENTORY_WATCH (object);

    g_clear_object (&self->cards);
    g_clear_pointer (&self->inventory, tou_card_inventory_unref);
    g_clear_error (&self->error);
    G_OBJECT_CLASS (tou_inventory_watch_parent_class)->finalize (object);
}

static guint
make_signal (const char *name)
{
    return g_signal_new (name, TOU_TYPE_INVENTORY_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                         0);
}

static void
tou_inventory_watch_class_init (TouInventoryWatchClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = finalize;
    signals[SIGNAL_CHANGED] = make_signal ("changed");
    signals[SIGNAL_IDLE] = make_signal ("idle");
}

static void
tou_inventory_watch_init (TouInventoryWatch *self)
{
}

TouInventoryWatch *
tou_inventory_watch_new (TouCardAccess *cards)
{
    TouInventoryWatch *self = g_object_new (TOU_TYPE_INVENTORY_WATCH, NULL);

    self->cards = g_object_ref (cards);
    g_signal_connect_object (cards, "changed", G_CALLBACK (on_cards_changed), self, G_CONNECT_SWAPPED);
    return self;
}

void
tou_inventory_watch_start (TouInventoryWatch *self)
{
    self->is_active = TRUE;
    list_or_remember (self);
}

void
tou_inventory_watch_pause (TouInventoryWatch *self)
{
    self->is_active = FALSE;
}

void
tou_inventory_watch_stop (TouInventoryWatch *self)
{
    self->is_active = FALSE;
    g_cancellable_cancel (self->listing);
}

gboolean
tou_inventory_watch_is_listing (TouInventoryWatch *self)
{
    return self->listing != NULL;
}

TouCardInventory *
tou_inventory_watch_get_inventory (TouInventoryWatch *self)
{
    return self->inventory;
}

const GError *
tou_inventory_watch_get_error (TouInventoryWatch *self)
{
    return self->error;
}
