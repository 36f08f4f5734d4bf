/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card-agent"

#include "tou-slot-view.h"

#define EXPORTED __attribute__ ((visibility ("default")))

/* PKCS#11 gives its functions no other place for it. */
static struct {
    CK_FUNCTION_LIST functions;
    CK_SLOT_ID slot;
    CK_SLOT_INFO slot_info;
    CK_TOKEN_INFO token_info;
} view;

EXPORTED void tou_slot_view_set (const CK_FUNCTION_LIST *functions, CK_SLOT_ID slot,
                                 const CK_SLOT_INFO *slot_info, const CK_TOKEN_INFO *token_info);
EXPORTED CK_RV C_GetFunctionList (CK_FUNCTION_LIST **list);

static CK_RV
initialize (void *arguments)
{
    return CKR_CRYPTOKI_ALREADY_INITIALIZED;
}

static CK_RV
finalize (void *reserved)
{
    return CKR_OK;
}

static CK_RV
get_slot_list (unsigned char with_token, CK_SLOT_ID *slots, unsigned long *n)
{
    if (slots != NULL && *n < 1)
        return CKR_BUFFER_TOO_SMALL;
    if (slots != NULL)
        slots[0] = view.slot;
    *n = 1;
    return CKR_OK;
}

static CK_RV
get_slot_info (CK_SLOT_ID slot, CK_SLOT_INFO *info)
{
    *info = view.slot_info;
    return slot == view.slot ? CKR_OK : CKR_SLOT_ID_INVALID;
}

static CK_RV
get_token_info (CK_SLOT_ID slot, CK_TOKEN_INFO *info)
{
    *info = view.token_info;
    return slot == view.slot ? CKR_OK : CKR_SLOT_ID_INVALID;
}

void
tou_slot_view_set (const CK_FUNCTION_LIST *functions, CK_SLOT_ID slot, const CK_SLOT_INFO *slot_info,
                   const CK_TOKEN_INFO *token_info)
{
    view.functions = *functions;
    view.functions.C_Initialize = initialize;
    view.functions.C_Finalize = finalize;
    view.functions.C_GetSlotList = get_slot_list;
    view.functions.C_GetSlotInfo = get_slot_info;
    view.functions.C_GetTokenInfo = get_token_info;
    view.functions.C_GetFunctionList = C_GetFunctionList;
    view.slot = slot;
    view.slot_info = *slot_info;
    view.token_info = *token_info;
}

CK_RV
C_GetFunctionList (CK_FUNCTION_LIST **list)
{
    *list = &view.functions;
    return CKR_OK;
}
