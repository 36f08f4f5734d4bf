/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TouCardMatch: one way to tell the cards of a profile: by their issuer's name or by their token. All that it
 * says has to be so. Texts are compared without regard to upper and lower case; "*" stands for any text, "?"
 * for one character. Private to core. Immutable.
 */
typedef struct _TouCardMatch TouCardMatch;

/** tou_card_match_load: @group: of a card profile. Errors: TOU_PROFILE_ERROR. Returns: (transfer full)
 * (nullable) */
TouCardMatch *
tou_card_match_load (GKeyFile *file, const char *group, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void tou_card_match_free (TouCardMatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouCardMatch, tou_card_match_free)

/** As tou_card_profile_is_of_issuer() and tou_card_profile_is_of_token(). */
gboolean tou_card_match_has_issuer (const TouCardMatch *self, const char *const *attributes);
gboolean tou_card_match_has_token (const TouCardMatch *self, const char *label, const char *manufacturer,
                                   const char *model);

G_END_DECLS
