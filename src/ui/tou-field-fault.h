/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-field.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** tou_field_fault_dup_text: what stands under a field whose text does not hold to its rule. Never repeats a
 * character of a password or PIN. Returns: (transfer full) (nullable): %NULL when there is no fault */
char *tou_field_fault_dup_text (TouField field, const TouFieldCheck *check);

/** tou_field_fault_show: puts @text (nullable) into @label, which is under @entry, and into the entry's
 * description; %NULL takes both away. */
void tou_field_fault_show (GtkLabel *label, GtkEntry *entry, const char *text);

/** tou_field_fault_check: Returns: whether @text holds to the rule of @field; else the fault is shown. */
gboolean tou_field_fault_check (TouField field, const char *text, GtkLabel *label, GtkEntry *entry);

/** tou_field_fault_check_typed: the same while one types: of a character that will never be taken, not of
 * what is still missing. */
void tou_field_fault_check_typed (TouField field, const char *text, GtkLabel *label, GtkEntry *entry);

G_END_DECLS
