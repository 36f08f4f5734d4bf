/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** tou_practice_profile_write: writes the profile (docs/service-profile.md) of the practice service into
 * @folder, for the client. @port: where it listens; @list_port: where its revocation list is. Errors:
 * #GFileError. Returns: (transfer full) (nullable): its path */
char *tou_practice_profile_write (const char *folder, guint16 port, guint16 list_port,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_profile_read_ports: where the service listened when the profile in @folder was written; 0
 * each where there is none or it cannot be read. */
void tou_practice_profile_read_ports (const char *folder, guint16 *out_port, guint16 *out_list_port);

G_END_DECLS
