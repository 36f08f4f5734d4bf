/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <p11-kit/pkcs11.h>

/**
 * touroku-slot-view.so: a PKCS#11 module that shows one slot of another one, for libp11. libp11 asks about
 * each slot of a module and fails as a whole when one of them does, so a reader that another program holds
 * would hide the good card in the next one; and each question costs exchanges with a card. The agent loads
 * the view, sets it, and gives its file to libp11, which takes it for the module.
 *
 * It also fails as a whole at the first private key of a kind that it does not know, or that it cannot read
 * (Ed25519, DSA), so it is shown the chosen key and no other.
 *
 * C_Initialize and C_Finalize do nothing: the agent has initialised the module and ends it. What is known of
 * slot and token is answered from here; all the rest are the module's own functions.
 */

/** tou_slot_view_set: @functions: of the module behind it. @slot_info, @token_info: as read a moment ago;
 * copied. To be called before C_GetFunctionList, on the one thread that uses the module. */
typedef void (*TouSlotViewSet) (const CK_FUNCTION_LIST *functions, CK_SLOT_ID slot,
                                const CK_SLOT_INFO *slot_info, const CK_TOKEN_INFO *token_info);
#define TOU_SLOT_VIEW_SET "tou_slot_view_set"

/** tou_slot_view_choose_key: the only private key that is found from now on. @id, @size: its CKA_ID, borrowed
 * until the next one is chosen. @type: CKK_. */
typedef void (*TouSlotViewChooseKey) (const void *id, unsigned long size, CK_KEY_TYPE type);
#define TOU_SLOT_VIEW_CHOOSE_KEY "tou_slot_view_choose_key"
