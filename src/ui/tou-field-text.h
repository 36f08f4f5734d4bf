/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-field.h"

#include <glib.h>

G_BEGIN_DECLS

/* What a form says about a field beside its fault (tou-field-fault.h), in the language of the locale. All:
 * Returns: (transfer full). */

/** tou_field_text_character: @character in quotation marks; what one cannot see by what it is and its number.
 */
char *tou_field_text_character (gunichar character);

/** tou_field_text_offer: the label of the button that puts @substitute ("": nothing) in the place of a
 * character. */
char *tou_field_text_offer (const char *substitute);

/** tou_field_text_replaced: that @substitute ("": nothing) was put in the place of @character. */
char *tou_field_text_replaced (gunichar character, const char *substitute);

/** tou_field_text_note: what was changed from @before to @after, cut to the part that differs, and that the
 * glyph of a character cannot be chosen, where that was done. */
char *tou_field_text_note (const char *before, const char *after);

/** tou_field_text_label: the label of @field without its mnemonic. */
char *tou_field_text_label (TouField field);

G_END_DECLS
