/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** TouField: the typed fields and their rules (design section 4; manual 2.1 (4), 2.2 (1), 2.2 (2)). */
typedef enum {
    TOU_FIELD_USER_ID,
    TOU_FIELD_PASSWORD,
    TOU_FIELD_PIN,
    TOU_FIELD_CONTACT_NAME,
    TOU_FIELD_CONTACT_POSTAL_CODE,
    TOU_FIELD_CONTACT_ADDRESS,
    TOU_FIELD_CONTACT_PERSON,
    TOU_FIELD_CONTACT_PHONE,
    TOU_FIELD_CONTACT_FAX,
    TOU_FIELD_COMPANY_PHONE,
    TOU_FIELD_COMPANY_FAX,
} TouField;
#define TOU_N_FIELDS (TOU_FIELD_COMPANY_FAX + 1)

/** TouFieldFault: what is wrong with a text, in the order in which it is looked for. */
typedef enum {
    TOU_FIELD_FAULT_NONE,
    TOU_FIELD_FAULT_CHARACTER, /* a character that the field does not take; position and substitute say which
                                */
    TOU_FIELD_FAULT_TOO_LONG,
    TOU_FIELD_FAULT_FORMAT, /* a postal code that is none, a telephone number without a digit */
    TOU_FIELD_FAULT_EMPTY,  /* required; last, since an empty field is not marked while one types elsewhere */
} TouFieldFault;

/** TouFieldCheck: the answer of tou_field_check(). */
typedef struct {
    TouFieldFault fault;
    guint n_chars;      /* characters (code points), not bytes, of the tidied text */
    guint limit;        /* the most that are allowed */
    guint position;     /* CHARACTER: index of the first such character, in characters */
    gunichar character; /* CHARACTER: that character */
    const char
        *substitute; /* CHARACTER: (nullable): what may stand for it, with the user's consent; static */
} TouFieldCheck;

/** tou_field_check: @text: UTF-8, as typed: what tou_field_tidy() will put right is no fault. Fills
 * @out_check; Returns: whether there is no fault. */
gboolean tou_field_check (TouField field, const char *text, TouFieldCheck *out_check);

/** TouFieldSpan: a part of a text; offsets in bytes. */
typedef struct {
    guint start;
    guint end;
} TouFieldSpan;

/** tou_field_find_wrong: what has to be marked in @text, as typed: the characters that the field does not
 * take and those beyond its limit. Nothing in a secret. Returns: (transfer full) (element-type TouFieldSpan):
 * in order; neighbours are one span. */
GArray *tou_field_find_wrong (TouField field, const char *text);

/**
 * tou_field_tidy:
 *
 * What the field makes of a text without asking: half-width kana become full-width (with ﾞ and ﾟ joined), in
 * number fields full-width digits and hyphens become half-width, － ～ ∥ — as Japanese keyboards give them
 * become the JIS X 0208 ones, kana with a combining mark are composed, variation selectors (IVS) and leading
 * and trailing white space go. Never NFKC, never NFC on kanji: it changes names. Letters and digits in a text
 * stay half-width, as the manual's own screens have them. Idempotent. A password and a PIN stay as they are.
 *
 * Returns: (transfer full): the tidied text, equal to @text when there was nothing to do
 */
char *tou_field_tidy (TouField field, const char *text);

/** tou_field_replace: Returns: (transfer full): @text with the character at @position (in characters)
 * replaced. */
char *tou_field_replace (const char *text, guint position, const char *substitute);

/** tou_field_get_limit: Returns: the most characters allowed. */
guint tou_field_get_limit (TouField field);

/** tou_field_get_label: Returns: the manual's label, an English source string to be passed through gettext;
 * with a mnemonic ("_"). */
const char *tou_field_get_label (TouField field);

/** tou_field_get_hint: Returns: the manual's note beside the field, such as 半角 例:03-0000-0000; likewise.
 */
const char *tou_field_get_hint (TouField field);

/** TOU_FIELD_NO_FAX: what the manual has someone without a FAX enter (2.2 (2)). */
#define TOU_FIELD_NO_FAX "03-0000-0000"

/** tou_text_drop_variation_selectors: Returns: (transfer full): @text without what says which glyph of a
 * character is meant (IVS; U+FE00 to U+FE0F). */
char *tou_text_drop_variation_selectors (const char *text);

/** tou_text_equal_without_spaces: compares names as the manual does: U+0020 and U+3000 do not count. Either
 * may be %NULL, which equals only %NULL. */
gboolean tou_text_equal_without_spaces (const char *a, const char *b);

G_END_DECLS
