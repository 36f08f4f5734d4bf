/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-domain.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** tou_result_notice_send: a desktop notification that the review of @application came to another result; a
 * newer one of the same application takes its place. A press on it brings the window to the front. Says
 * neither the company nor the reason: the notification may be seen on a locked screen. Main thread. */
void tou_result_notice_send (GApplication *application, const TouApplication *changed);

G_END_DECLS
