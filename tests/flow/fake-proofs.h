/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-script.h"
#include "tou-proof-checker.h"

G_BEGIN_DECLS

/** FakeProofs: knows the signatures of FakeCards and the receipts of FakeService. */
#define FAKE_TYPE_PROOFS (fake_proofs_get_type ())
G_DECLARE_FINAL_TYPE (FakeProofs, fake_proofs, FAKE, PROOFS, GObject)

FakeProofs *fake_proofs_new (FakeScript *script);

G_END_DECLS
