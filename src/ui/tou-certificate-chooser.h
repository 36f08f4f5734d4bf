/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-unlock-step.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouCertificateChooser:
 *
 * Which certificate of the unlocked card is meant, where the PIN has shown several. Those that cannot be used
 * say why; the one that was used last is chosen. Main thread.
 *
 * Signal "changed": the user chose another one.
 */
#define TOU_TYPE_CERTIFICATE_CHOOSER (tou_certificate_chooser_get_type ())
G_DECLARE_FINAL_TYPE (TouCertificateChooser, tou_certificate_chooser, TOU, CERTIFICATE_CHOOSER, GtkBox)

/** tou_certificate_chooser_show_step: the certificates of @step, which is at CERTIFICATE. */
void tou_certificate_chooser_show_step (TouCertificateChooser *self, TouUnlockStep *step);

/** tou_certificate_chooser_get_certificate: Returns: (transfer none) (nullable): the one that is chosen. */
TouCardCertificate *tou_certificate_chooser_get_certificate (TouCertificateChooser *self);

/** tou_certificate_chooser_focus: Returns: whether there is one to be chosen, which has the focus now */
gboolean tou_certificate_chooser_focus (TouCertificateChooser *self);

G_END_DECLS
