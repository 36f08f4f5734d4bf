/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-list-source.h"

G_BEGIN_DECLS

/**
 * TouHttpListSource:
 *
 * A #TouListSource over HTTP and HTTPS, a connection each time. No redirects out of HTTP, no cookies, no
 * password; HTTPS is trusted as the system does. The system's proxy settings hold, except for this machine.
 */
#define TOU_TYPE_HTTP_LIST_SOURCE (tou_http_list_source_get_type ())
G_DECLARE_FINAL_TYPE (TouHttpListSource, tou_http_list_source, TOU, HTTP_LIST_SOURCE, GObject)

TouHttpListSource *tou_http_list_source_new (void);

/** tou_http_list_source_set_timeouts: for tests: milliseconds to connect and altogether; 5000 and 20000 where
 * nothing is set. */
void tou_http_list_source_set_timeouts (TouHttpListSource *self, guint connect_ms, guint total_ms);

G_END_DECLS
