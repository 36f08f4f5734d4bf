/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-field.h"

G_BEGIN_DECLS

/** tou_field_fault_dup_text: what stands under a field whose text does not hold to its rule. Never repeats a
 * character of a password or PIN. Returns: (transfer full) (nullable): %NULL when there is no fault */
char *tou_field_fault_dup_text (TouField field, const TouFieldCheck *check);

G_END_DECLS
