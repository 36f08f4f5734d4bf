/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-card-modules.h"

G_DEFINE_QUARK (TouModuleError, tou_module_error)

G_DEFINE_INTERFACE (TouCardModules, tou_card_modules, G_TYPE_OBJECT)

static void
tou_card_modules_default_init (TouCardModulesInterface *iface)
{
    g_signal_new ("changed", G_TYPE_FROM_INTERFACE (iface), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

GPtrArray *
tou_card_modules_get_entries (TouCardModules *self)
{
    return TOU_CARD_MODULES_GET_IFACE (self)->get_entries (self);
}

void
tou_card_modules_set_used (TouCardModules *self, const char *path, gboolean is_used)
{
    TOU_CARD_MODULES_GET_IFACE (self)->set_used (self, path, is_used);
}

void
tou_card_modules_add_async (TouCardModules *self, GFile *file, GAsyncReadyCallback callback,
                            gpointer user_data)
{
    TOU_CARD_MODULES_GET_IFACE (self)->add_async (self, file, callback, user_data);
}

gboolean
tou_card_modules_add_finish (TouCardModules *self, GAsyncResult *result, GError **error)
{
    return TOU_CARD_MODULES_GET_IFACE (self)->add_finish (self, result, error);
}

void
tou_card_modules_remove (TouCardModules *self, const char *path)
{
    TOU_CARD_MODULES_GET_IFACE (self)->remove (self, path);
}

void
tou_card_modules_look_again (TouCardModules *self)
{
    TOU_CARD_MODULES_GET_IFACE (self)->look_again (self);
}

gboolean
tou_card_modules_is_looking (TouCardModules *self)
{
    return TOU_CARD_MODULES_GET_IFACE (self)->is_looking (self);
}

gboolean
tou_card_modules_may_change (TouCardModules *self, TouModuleChange change)
{
    g_return_val_if_fail (TOU_IS_CARD_MODULES (self), FALSE);
    return TOU_CARD_MODULES_GET_IFACE (self)->may_change (self, change);
}
