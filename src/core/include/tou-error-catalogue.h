/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** TouErrorForm: the manual's two error windows (6.1): one for the card's side, one on the page for the
 * service's. */
typedef enum {
    TOU_ERROR_FORM_DIALOG,
    TOU_ERROR_FORM_PAGE,
} TouErrorForm;

/** TouErrorEntry: one explained cause. Texts are English source strings to be passed through gettext; in
 * Japanese
 * @message is the manual's wording as it is, @cause and @remedy are ours. */
typedef struct {
    const char *code; /* five digits */
    const char *name; /* stable id of the cause within the code, for tests and the timeline: "pin-wrong" */
    TouErrorForm form;
    const char *message;
    const char *cause;
    const char *remedy;
} TouErrorEntry;

/** tou_error_catalogue_lookup: the entry for any error of this program: TOU_CARD_ERROR, TOU_SERVICE_ERROR (by
 * the type and code of a problem document where there is one; any unknown 4xxxx gets the advice of
 * 40001-49999, any other unknown code that of 49999: the service's own code is then
 * tou_service_error_get_code()), TOU_STORE_ERROR, TOU_PROOF_ERROR, TOU_PROFILE_ERROR, TOU_PRACTICE_ERROR,
 * TOU_FLOW_ERROR; anything else is 19999. Returns: (transfer none): never %NULL */
const TouErrorEntry *tou_error_catalogue_lookup (const GError *error);

/** tou_error_catalogue_lookup_code: @code: five digits. Returns: (transfer none) (nullable): the first entry.
 */
const TouErrorEntry *tou_error_catalogue_lookup_code (const char *code);

/** tou_error_catalogue_list_code: @code: what a person typed; the whole explanation of one code. A code
 * between 40001 and 49999 that the manual does not list gets the advice for all of those. Returns: (transfer
 * none) (nullable) (array length=out_n): its entries, the general one first; %NULL: no such code */
const TouErrorEntry *tou_error_catalogue_list_code (const char *code, guint *out_n);

/** tou_error_catalogue_get_all: Returns: (transfer none) (array length=out_n): all, ordered by code. */
const TouErrorEntry *tou_error_catalogue_get_all (guint *out_n);

G_END_DECLS
