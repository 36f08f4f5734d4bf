/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-field.h"

#include <glib.h>

G_BEGIN_DECLS

/* What a form says about a field beside its fault (tou-field-fault.h), in the language of the locale. All:
 * Returns: (transfer full). */

/** tou_field_text_offer: the label of the button that puts @substitute ("": nothing) for @character. */
char *tou_field_text_offer (gunichar character, const char *substitute);

/** tou_field_text_note: what was changed from @before to @after, cut to the part that differs. */
char *tou_field_text_note (const char *before, const char *after);

/** tou_field_text_label: the label of @field without its mnemonic. */
char *tou_field_text_label (TouField field);

G_END_DECLS
