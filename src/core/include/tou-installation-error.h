/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** TouInstallationError: what this program was installed without; the message names the file. */
#define TOU_INSTALLATION_ERROR (tou_installation_error_quark ())
GQuark tou_installation_error_quark (void);
typedef enum {
    TOU_INSTALLATION_ERROR_INCOMPLETE,  /* a part that everything needs */
    TOU_INSTALLATION_ERROR_NO_PRACTICE, /* a part of what Debian has as touroku-practice */
    TOU_N_INSTALLATION_ERRORS,
} TouInstallationError;

G_END_DECLS
