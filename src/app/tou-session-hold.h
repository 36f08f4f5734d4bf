/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-flows.h"

G_BEGIN_DECLS

/**
 * TouSessionHold:
 *
 * Asks the desktop not to end the session and not to suspend while a submission is on its way: from the
 * moment in which 登録 is pressed until it is known what became of it or the user is to decide. It asks
 * org.gnome.SessionManager, as gtk_application_inhibit() would (the program is no GtkApplication, see
 * tou-program.h), and where there is none org.freedesktop.portal.Inhibit. A desktop without either ends the
 * session all the same; what was sent is asked about then. Nothing waits for an answer. Main thread.
 */
#define TOU_TYPE_SESSION_HOLD (tou_session_hold_get_type ())
G_DECLARE_FINAL_TYPE (TouSessionHold, tou_session_hold, TOU, SESSION_HOLD, GObject)

/** tou_session_hold_new: @application: registered. @flows: those to be watched. The last reference lets the
 * session go. */
TouSessionHold *tou_session_hold_new (GApplication *application, TouFlows *flows);

G_END_DECLS
