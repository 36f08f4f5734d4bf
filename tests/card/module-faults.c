/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-card-module"

/* A PKCS#11 module round another one that goes wrong on demand.
 *
 * TEST_MODULE_TARGET: the module that does the work.
 * TEST_MODULE_FAULTS: a file, read anew at each call; lines:
 *   C_Login=hang, C_Sign=crash, C_Login=0xa4: what that function does instead of its work
 *   tokens=gone: no slot has a token
 *   serial=TEXT: tokens have this serial number: another card
 *   keypad=PIN: what the person types on the reader when C_Login comes without a PIN
 *   flags=0x40000: added to the flags of tokens; flags-after-login=0x40000: once C_Login was called
 * TEST_MODULE_LOG: a file to which each name of a watched function is appended as it is called. */

#include <dlfcn.h>
#include <glib.h>
#include <p11-kit/pkcs11.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static CK_FUNCTION_LIST *target;
static CK_FUNCTION_LIST functions;
static gboolean has_logged_in;

__attribute__ ((visibility ("default"))) CK_RV C_GetFunctionList (CK_FUNCTION_LIST_PTR_PTR list);

/* Returns the value of @name, NULL when there is no such line. */
static char *
load_fault (const char *name)
{
    g_autofree char *text = NULL;
    g_auto (GStrv) lines = NULL;
    gsize size = strlen (name);

    if (!g_file_get_contents (g_getenv ("TEST_MODULE_FAULTS"), &text, NULL, NULL))
        return NULL;
    lines = g_strsplit (text, "\n", -1);
    for (char **line = lines; *line != NULL; line++)
        if (strncmp (*line, name, size) == 0 && (*line)[size] == '=')
            return g_strdup (*line + size + 1);
    return NULL;
}

static void
log_call (const char *name)
{
    FILE *log = fopen (g_getenv ("TEST_MODULE_LOG"), "a");

    if (log == NULL)
        return;
    fprintf (log, "%s\n", name);
    fclose (log);
}

static CK_RV
begin (const char *name)
{
    g_autofree char *fault = load_fault (name);

    log_call (name);
    if (fault == NULL)
        return CKR_OK;
    if (g_str_equal (fault, "hang"))
        for (;;)
            pause ();
    if (g_str_equal (fault, "crash"))
        _exit (70);
    return g_ascii_strtoull (fault, NULL, 0);
}

static CK_RV
log_in (CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR *pin, CK_ULONG size)
{
    g_autofree char *keypad = load_fault ("keypad");
    CK_RV rv = begin ("C_Login");

    has_logged_in = TRUE;
    if (rv == CKR_OK && pin == NULL && keypad != NULL)
        return target->C_Login (session, user, (CK_UTF8CHAR *) keypad, strlen (keypad));
    return rv == CKR_OK ? target->C_Login (session, user, pin, size) : rv;
}

static CK_RV
log_out (CK_SESSION_HANDLE session)
{
    CK_RV rv = begin ("C_Logout");

    return rv == CKR_OK ? target->C_Logout (session) : rv;
}

static CK_RV
sign (CK_SESSION_HANDLE session, CK_BYTE *data, CK_ULONG size, CK_BYTE *signature, CK_ULONG *out_size)
{
    CK_RV rv = begin ("C_Sign");

    return rv == CKR_OK ? target->C_Sign (session, data, size, signature, out_size) : rv;
}

static CK_RV
finalize (void *reserved)
{
    CK_RV rv = begin ("C_Finalize");

    return rv == CKR_OK ? target->C_Finalize (reserved) : rv;
}

static gboolean
is_token_gone (void)
{
    g_autofree char *fault = load_fault ("tokens");

    return fault != NULL && g_str_equal (fault, "gone");
}

static CK_RV
get_slot_info (CK_SLOT_ID slot, CK_SLOT_INFO *info)
{
    CK_RV rv = target->C_GetSlotInfo (slot, info);

    if (rv == CKR_OK && is_token_gone ())
        info->flags &= ~(CK_FLAGS) CKF_TOKEN_PRESENT;
    return rv;
}

static CK_RV
get_token_info (CK_SLOT_ID slot, CK_TOKEN_INFO *info)
{
    g_autofree char *serial = load_fault ("serial");
    g_autofree char *flags = load_fault (has_logged_in ? "flags-after-login" : "flags");
    CK_RV rv = is_token_gone () ? CKR_TOKEN_NOT_PRESENT : target->C_GetTokenInfo (slot, info);

    if (rv != CKR_OK)
        return rv;
    if (serial != NULL) {
        memset (info->serialNumber, ' ', sizeof info->serialNumber);
        memcpy (info->serialNumber, serial, MIN (strlen (serial), sizeof info->serialNumber));
    }
    if (flags != NULL)
        info->flags |= g_ascii_strtoull (flags, NULL, 0);
    return CKR_OK;
}

CK_RV
C_GetFunctionList (CK_FUNCTION_LIST_PTR_PTR list)
{
    if (target == NULL) {
        void *handle = dlopen (g_getenv ("TEST_MODULE_TARGET"), RTLD_NOW | RTLD_LOCAL);
        CK_C_GetFunctionList get_list = handle == NULL ? NULL : dlsym (handle, "C_GetFunctionList");
        if (get_list == NULL || get_list (&target) != CKR_OK)
            return CKR_GENERAL_ERROR;
        functions = *target;
        functions.C_GetFunctionList = C_GetFunctionList;
        functions.C_Login = log_in;
        functions.C_Logout = log_out;
        functions.C_Sign = sign;
        functions.C_Finalize = finalize;
        functions.C_GetSlotInfo = get_slot_info;
        functions.C_GetTokenInfo = get_token_info;
    }
    *list = &functions;
    return CKR_OK;
}
