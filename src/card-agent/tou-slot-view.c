/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card-agent"

#include "tou-slot-view.h"

#include <string.h>

#define EXPORTED __attribute__ ((visibility ("default")))

/* PKCS#11 gives its functions no other place for it. */
static struct {
    CK_FUNCTION_LIST functions;
    CK_SLOT_ID slot;
    CK_SLOT_INFO slot_info;
    CK_TOKEN_INFO token_info;
    CK_RV (*find_objects_init) (CK_SESSION_HANDLE session, CK_ATTRIBUTE *template, unsigned long n);
    const void *key_id;
    unsigned long key_id_size;
    CK_KEY_TYPE key_type;
} view;

/* More attributes than libp11 ever asks by. */
#define MAX_ATTRIBUTES 8

EXPORTED void tou_slot_view_set (const CK_FUNCTION_LIST *functions, CK_SLOT_ID slot,
                                 const CK_SLOT_INFO *slot_info, const CK_TOKEN_INFO *token_info);
EXPORTED void tou_slot_view_choose_key (const void *id, unsigned long size, CK_KEY_TYPE type);
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

static int
is_about_private_keys (const CK_ATTRIBUTE *template, unsigned long n)
{
    for (unsigned long i = 0; i < n; i++)
        if (template[i].type == CKA_CLASS && template[i].ulValueLen == sizeof (CK_OBJECT_CLASS))
            return *(const CK_OBJECT_CLASS *) template[i].pValue == CKO_PRIVATE_KEY;
    return 0;
}

static CK_RV
find_objects_init (CK_SESSION_HANDLE session, CK_ATTRIBUTE *template, unsigned long n)
{
    CK_ATTRIBUTE narrower[MAX_ATTRIBUTES + 2];

    if (view.key_id == NULL || n > MAX_ATTRIBUTES || !is_about_private_keys (template, n))
        return view.find_objects_init (session, template, n);
    memcpy (narrower, template, n * sizeof *template);
    narrower[n] = (CK_ATTRIBUTE){ CKA_ID, (void *) view.key_id, view.key_id_size };
    narrower[n + 1] = (CK_ATTRIBUTE){ CKA_KEY_TYPE, &view.key_type, sizeof view.key_type };
    return view.find_objects_init (session, narrower, n + 2);
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
    view.functions.C_FindObjectsInit = find_objects_init;
    view.find_objects_init = functions->C_FindObjectsInit;
    view.key_id = NULL;
    view.slot = slot;
    view.slot_info = *slot_info;
    view.token_info = *token_info;
}

void
tou_slot_view_choose_key (const void *id, unsigned long size, CK_KEY_TYPE type)
{
    view.key_id = id;
    view.key_id_size = size;
    view.key_type = type;
}

CK_RV
C_GetFunctionList (CK_FUNCTION_LIST **list)
{
    *list = &view.functions;
    return CKR_OK;
}
