/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-card-module"

#include "fault.h"

#include <string.h>

/* The life of the module and of its sessions; signatures. */

#define MAX_KEYS 16
#define BEYOND_BYTES 65536

FAULT_WRAP (Initialize, (void *arguments), (arguments))
FAULT_WRAP (CloseAllSessions, (CK_SLOT_ID slot), (slot))
FAULT_WRAP (GetSessionInfo, (CK_SESSION_HANDLE session, CK_SESSION_INFO *info), (session, info))
FAULT_WRAP (GetMechanismList, (CK_SLOT_ID slot, CK_MECHANISM_TYPE *list, CK_ULONG *count),
            (slot, list, count))
FAULT_WRAP (GetMechanismInfo, (CK_SLOT_ID slot, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO *info),
            (slot, type, info))

static CK_RV
open_session (CK_SLOT_ID slot, CK_FLAGS flags, void *application, CK_NOTIFY notify,
              CK_SESSION_HANDLE *session)
{
    Fault fault = fault_begin ("C_OpenSession");
    CK_RV rv = fault.rv;

    if (rv == CKR_OK)
        rv = fault_target->C_OpenSession (slot, flags, application, notify, session);
    if (rv == CKR_OK && fault_is (&fault, "strange"))
        *session += 100000;
    return rv;
}

/* A "lie" is to say yes and to do nothing. */
#define WRAP_LYING(name, parameters, arguments)                                                              \
    static CK_RV wrap_##name parameters                                                                      \
    {                                                                                                        \
        Fault fault = fault_begin ("C_" #name);                                                              \
                                                                                                             \
        if (fault.rv != CKR_OK || fault_is (&fault, "lie"))                                                  \
            return fault.rv;                                                                                 \
        return fault_target->C_##name arguments;                                                             \
    }

WRAP_LYING (Finalize, (void *reserved), (reserved))
WRAP_LYING (CloseSession, (CK_SESSION_HANDLE session), (session))
WRAP_LYING (Logout, (CK_SESSION_HANDLE session), (session))

/* Some other private key of the token. */
static CK_OBJECT_HANDLE
find_other_key (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key)
{
    CK_OBJECT_CLASS private_key = CKO_PRIVATE_KEY;
    CK_KEY_TYPE rsa = CKK_RSA;
    CK_ATTRIBUTE template[] = { { CKA_CLASS, &private_key, sizeof private_key },
                                { CKA_KEY_TYPE, &rsa, sizeof rsa } };
    CK_OBJECT_HANDLE keys[MAX_KEYS];
    CK_ULONG n = 0;

    if (fault_target->C_FindObjectsInit (session, template, G_N_ELEMENTS (template)) != CKR_OK)
        return key;
    (void) fault_target->C_FindObjects (session, keys, MAX_KEYS, &n);
    (void) fault_target->C_FindObjectsFinal (session);
    for (CK_ULONG i = 0; i < n; i++)
        if (keys[i] != key)
            return keys[i];
    return key;
}

static CK_RV
sign_init (CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
    Fault fault = fault_begin ("C_SignInit");

    if (fault.rv != CKR_OK || fault_is (&fault, "lie"))
        return fault.rv;
    if (fault_is (&fault, "other-key"))
        key = find_other_key (session, key);
    return fault_target->C_SignInit (session, mechanism, key);
}

static void
change_signature (const Fault *fault, CK_BYTE *signature, CK_ULONG *size)
{
    if (fault_is (fault, "random"))
        for (CK_ULONG i = 0; i < *size; i++)
            signature[i] = (CK_BYTE) g_random_int ();
    else if (fault_is (fault, "overflow"))
        memset (signature, 'A', BEYOND_BYTES);
    else if (fault_is (fault, "empty"))
        *size = 0;
    else if (fault_is (fault, "short"))
        *size /= 2;
    else if (fault_is (fault, "huge"))
        *size = G_MAXINT32;
    else if (fault_is (fault, "unavailable"))
        *size = CK_UNAVAILABLE_INFORMATION;
}

static CK_RV
sign (CK_SESSION_HANDLE session, CK_BYTE *data, CK_ULONG data_size, CK_BYTE *signature, CK_ULONG *size)
{
    Fault fault = fault_begin ("C_Sign");
    g_autofree CK_BYTE *other = NULL;
    CK_RV rv = fault.rv;

    if (rv != CKR_OK || fault_is (&fault, "lie"))
        return rv;
    if (fault_is (&fault, "other-data")) {
        other = g_memdup2 (data, data_size);
        other[data_size - 1] ^= 1;
        data = other;
    }
    rv = fault_target->C_Sign (session, data, data_size, signature, size);
    if (rv == CKR_OK && signature != NULL)
        change_signature (&fault, signature, size);
    return rv;
}

void
fault_sessions_fill (CK_FUNCTION_LIST *functions)
{
    functions->C_Initialize = wrap_Initialize;
    functions->C_Finalize = wrap_Finalize;
    functions->C_GetMechanismList = wrap_GetMechanismList;
    functions->C_GetMechanismInfo = wrap_GetMechanismInfo;
    functions->C_OpenSession = open_session;
    functions->C_CloseSession = wrap_CloseSession;
    functions->C_CloseAllSessions = wrap_CloseAllSessions;
    functions->C_GetSessionInfo = wrap_GetSessionInfo;
    functions->C_Logout = wrap_Logout;
    functions->C_SignInit = sign_init;
    functions->C_Sign = sign;
}
