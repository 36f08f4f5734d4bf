/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-list-source.h"

G_DEFINE_INTERFACE (TouListSource, tou_list_source, G_TYPE_OBJECT)

static void
tou_list_source_default_init (TouListSourceInterface *iface)
{
    (void) iface;
}

GBytes *
tou_list_source_fetch (TouListSource *self, const char *url, gsize max_bytes, GCancellable *cancellable,
                       GError **error)
{
    return TOU_LIST_SOURCE_GET_IFACE (self)->fetch (self, url, max_bytes, cancellable, error);
}
