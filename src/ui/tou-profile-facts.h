/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-service-profile.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** tou_profile_facts_new: two service profiles side by side: where their services are, whom they trust and
 * what they are called. The address is the first row, then what differs, then what does not. Of certificates
 * those that the other profile lacks are told by their fingerprints. Returns: (transfer floating): shown */
GtkWidget *tou_profile_facts_new (const TouServiceProfile *kept, const TouServiceProfile *opened);

G_END_DECLS
