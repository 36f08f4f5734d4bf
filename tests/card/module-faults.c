/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-card-module"

/* A PKCS#11 module round another one that goes wrong on demand.
 *
 * TEST_MODULE_TARGET: the module that does the work.
 * TEST_MODULE_FAULTS: a file, read anew at each call; lines:
 *   C_Login=WORD: what that function does. Each knows hang, crash (SIGSEGV), abort, exit, heap (broken, and
 * on it goes) and 0xa4: to answer with that code and do nothing. What else each knows is told by fault-*.c.
 *   tokens=gone: no slot has a token
 *   slot-name=TEXT: all slots are called so
 *   after-login=WORD: what happens when the token has taken the PIN and nobody knows it yet
 *   serial=TEXT: tokens have this serial number: another card
 *   keypad=PIN: what the person types on the reader when C_Login comes without a PIN
 *   flags=0x40000: added to the flags of tokens; flags-after-login=0x40000: once C_Login was called
 * TEST_MODULE_LOG: a file to which the name of each function is appended as it is called. */

#include "fault.h"

#include <dlfcn.h>

static CK_FUNCTION_LIST functions;

__attribute__ ((visibility ("default"))) CK_RV C_GetFunctionList (CK_FUNCTION_LIST_PTR_PTR list);

/* What the program does not call is not passed on, so that a call nobody has thought of shows. */
/* clang-format off */
#define UNUSED_FUNCTIONS(X) \
    X (InitToken) X (InitPIN) X (SetPIN) X (GetOperationState) X (SetOperationState) \
    X (CreateObject) X (CopyObject) X (DestroyObject) X (GetObjectSize) X (SetAttributeValue) \
    X (EncryptInit) X (Encrypt) X (EncryptUpdate) X (EncryptFinal) X (DecryptInit) X (Decrypt) \
    X (DecryptUpdate) X (DecryptFinal) X (DigestInit) X (Digest) X (DigestUpdate) X (DigestKey) \
    X (DigestFinal) X (SignUpdate) X (SignFinal) X (SignRecoverInit) X (SignRecover) X (VerifyInit) \
    X (Verify) X (VerifyUpdate) X (VerifyFinal) X (VerifyRecoverInit) X (VerifyRecover) \
    X (DigestEncryptUpdate) X (DecryptDigestUpdate) X (SignEncryptUpdate) X (DecryptVerifyUpdate) \
    X (GenerateKey) X (GenerateKeyPair) X (WrapKey) X (UnwrapKey) X (DeriveKey) X (SeedRandom) \
    X (GenerateRandom) X (GetFunctionStatus) X (CancelFunction)
/* clang-format on */

/* Their parameters are not looked at. */
#define DEFINE(name)                                                                                         \
    static CK_RV unused_##name (void)                                                                        \
    {                                                                                                        \
        (void) fault_begin ("C_" #name);                                                                     \
        return CKR_FUNCTION_NOT_SUPPORTED;                                                                   \
    }
UNUSED_FUNCTIONS (DEFINE)

#define FILL(name) functions.C_##name = (CK_C_##name) (void (*) (void)) unused_##name;

static void
fill_functions (void)
{
    functions.version = fault_target->version;
    functions.C_GetFunctionList = C_GetFunctionList;
    UNUSED_FUNCTIONS (FILL)
    fault_slots_fill (&functions);
    fault_objects_fill (&functions);
    fault_sessions_fill (&functions);
}

static gboolean
open_target (void)
{
    void *handle = dlopen (g_getenv ("TEST_MODULE_TARGET"), RTLD_NOW | RTLD_LOCAL);
    CK_C_GetFunctionList get_list = handle == NULL ? NULL : dlsym (handle, "C_GetFunctionList");

    if (get_list == NULL || get_list (&fault_target) != CKR_OK)
        return FALSE;
    fill_functions ();
    return TRUE;
}

CK_RV
C_GetFunctionList (CK_FUNCTION_LIST_PTR_PTR list)
{
    static CK_FUNCTION_LIST empty = { .version = { 2, 40 } };
    Fault fault = fault_begin ("C_GetFunctionList");

    if (fault.rv != CKR_OK)
        return fault.rv;
    if (fault_target == NULL && !open_target ())
        return CKR_GENERAL_ERROR;
    *list = fault_is (&fault, "null") ? NULL : fault_is (&fault, "holes") ? &empty : &functions;
    return CKR_OK;
}
