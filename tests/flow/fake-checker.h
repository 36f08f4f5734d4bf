/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-script.h"
#include "tou-certificate-checker.h"

G_BEGIN_DECLS

/** FakeChecker: finds every certificate good, unless the script says otherwise; its call is "check". */
#define FAKE_TYPE_CHECKER (fake_checker_get_type ())
G_DECLARE_FINAL_TYPE (FakeChecker, fake_checker, FAKE, CHECKER, GObject)

FakeChecker *fake_checker_new (FakeScript *script);

/** fake_checker_set_warning: (nullable): what the next checks find out. */
void fake_checker_set_warning (FakeChecker *self, const GError *warning);

G_END_DECLS
