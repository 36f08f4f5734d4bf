/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-card-access.h"

G_DEFINE_QUARK (TouCardError, tou_card_error)

G_DEFINE_INTERFACE (TouCardAccess, tou_card_access, G_TYPE_OBJECT)

static void
tou_card_access_default_init (TouCardAccessInterface *iface)
{
    GType type = G_TYPE_FROM_INTERFACE (iface);

    g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
    g_signal_new ("lost", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

void
tou_card_access_list_async (TouCardAccess *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
    TOU_CARD_ACCESS_GET_IFACE (self)->list_async (self, cancellable, callback, user_data);
}

TouCardInventory *
tou_card_access_list_finish (TouCardAccess *self, GAsyncResult *result, GError **error)
{
    return TOU_CARD_ACCESS_GET_IFACE (self)->list_finish (self, result, error);
}

void
tou_card_access_unlock_async (TouCardAccess *self, TouCardToken *token, TouSecret *pin,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_CARD_ACCESS_GET_IFACE (self)->unlock_async (self, token, pin, cancellable, callback, user_data);
}

GPtrArray *
tou_card_access_unlock_finish (TouCardAccess *self, GAsyncResult *result, GError **error)
{
    return TOU_CARD_ACCESS_GET_IFACE (self)->unlock_finish (self, result, error);
}

void
tou_card_access_sign_async (TouCardAccess *self, GBytes *content, const char *certificate_sha256,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_CARD_ACCESS_GET_IFACE (self)->sign_async (self, content, certificate_sha256, cancellable, callback,
                                                  user_data);
}

GBytes *
tou_card_access_sign_finish (TouCardAccess *self, GAsyncResult *result, GError **error)
{
    return TOU_CARD_ACCESS_GET_IFACE (self)->sign_finish (self, result, error);
}

gboolean
tou_card_access_asks_each_time (TouCardAccess *self)
{
    TouCardAccessInterface *iface = TOU_CARD_ACCESS_GET_IFACE (self);

    return iface->asks_each_time != NULL && iface->asks_each_time (self);
}

guint
tou_card_access_get_keypad_seconds (TouCardAccess *self)
{
    TouCardAccessInterface *iface = TOU_CARD_ACCESS_GET_IFACE (self);

    return iface->get_keypad_seconds != NULL ? iface->get_keypad_seconds (self) : 0;
}

void
tou_card_access_release (TouCardAccess *self)
{
    TOU_CARD_ACCESS_GET_IFACE (self)->release (self);
}
