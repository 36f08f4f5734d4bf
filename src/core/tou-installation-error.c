/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-installation-error.h"

G_DEFINE_QUARK (TouInstallationError, tou_installation_error)
