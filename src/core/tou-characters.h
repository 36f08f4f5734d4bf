/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Characters one by one: what a Japanese keyboard gives, and what the services take. Private to core. */

/** tou_character_map_text: Returns: what @c becomes in a text field without asking: half-width kana and marks
 * the full-width ones (ﾞ and ﾟ the combining marks, for tou_characters_compose_kana()), － ～ ∥ — ￠ ￡ ￢
 * those of JIS X 0208. */
gunichar tou_character_map_text (gunichar c);

/** tou_character_map_number: Returns: what @c becomes in a field of digits, letters and hyphens: full-width
 * ASCII half-width, every kind of dash and the long-vowel mark a hyphen. */
gunichar tou_character_map_number (gunichar c);

/** tou_character_compose_kana: Returns: the kana of JIS X 0208 that @kana with the combining @mark (U+3099,
 * U+309A) is, 0 when there is none. Never composes anything else (domain: NFC changes names). */
gunichar tou_character_compose_kana (gunichar kana, gunichar mark);

/** tou_character_is_combining_mark: U+3099 or U+309A. */
gboolean tou_character_is_combining_mark (gunichar c);

/** tou_character_get_spacing_mark: Returns: U+309B for U+3099, U+309C for U+309A. */
gunichar tou_character_get_spacing_mark (gunichar mark);

/** tou_character_is_variation_selector: U+FE00 to U+FE0F, U+E0100 to U+E01EF: which glyph of the character
 * before is meant. */
gboolean tou_character_is_variation_selector (gunichar c);

/** tou_character_is_unseen: it shows nothing of its own: controls that are no white space, directions,
 * joiners, marks on other characters (those of kana not). */
gboolean tou_character_is_unseen (gunichar c);

/** tou_character_find_substitute: Returns: (nullable): what may stand for a character that is not taken, with
 * the user's consent; "" to leave it out; %NULL for one that is taken; static. */
const char *tou_character_find_substitute (gunichar c);

/** TouCharset: JIS X 0208 with printable ASCII, by the C library's ISO-2022-JP. Cheap to make; one thread. */
typedef struct {
    GIConv converter;
} TouCharset;

void tou_charset_open (TouCharset *self);
/** tou_charset_has: exactly the two sets: no half-width kana, no JIS X 0201 Roman, no control character. */
gboolean tou_charset_has (TouCharset *self, gunichar c);
void tou_charset_close (TouCharset *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TouCharset, tou_charset_close)

/** TouCharacterSubstitute: a row of tou-character-table.c. */
typedef struct {
    gunichar character;
    const char *substitute;
} TouCharacterSubstitute;

/** Ordered by character. */
extern const TouCharacterSubstitute tou_character_substitutes[];
extern const guint tou_n_character_substitutes;

G_END_DECLS
