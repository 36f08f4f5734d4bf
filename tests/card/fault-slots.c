/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-card-module"

#include "fault.h"

#include <string.h>

/* C_GetInfo, slots and tokens: what a module says of its readers. */

#define N_TOO_MANY 5000
/* SoftHSM makes up numbers below. */
#define FIRST_MADE_UP (G_GUINT64_CONSTANT (1) << 40)
/* Not UTF-8: 印鑑 in Shift_JIS. */
#define SHIFT_JIS "\x88\xf3\x8a\xd3"

static gboolean has_logged_in;
static guint n_lists;

static void
fill_garbage (void *data, gsize size)
{
    memset (data, 0xff, size);
}

static CK_RV
get_info (CK_INFO *info)
{
    Fault fault = fault_begin ("C_GetInfo");
    CK_RV rv = fault.rv == CKR_OK ? fault_target->C_GetInfo (info) : fault.rv;

    if (rv == CKR_OK && fault_is (&fault, "garbage"))
        fill_garbage (info, sizeof *info);
    return rv;
}

/* The slots that there are, and then as many that the module has made up. */
static CK_RV
list_made_up (CK_SLOT_ID *slots, CK_ULONG *count, gboolean with_real)
{
    CK_ULONG max = *count;
    CK_RV rv = CKR_OK;

    if (slots != NULL && max < N_TOO_MANY)
        return CKR_BUFFER_TOO_SMALL;
    *count = 0;
    if (with_real) {
        *count = max;
        rv = fault_target->C_GetSlotList (CK_FALSE, slots, count);
    }
    for (CK_ULONG i = *count; slots != NULL && i < N_TOO_MANY; i++)
        slots[i] = FIRST_MADE_UP + i;
    *count = N_TOO_MANY;
    return rv;
}

/* More than there is room for. */
static CK_RV
list_beyond (CK_SLOT_ID *slots, CK_ULONG *count)
{
    volatile CK_SLOT_ID *out = slots;

    *count = slots == NULL ? 1 : N_TOO_MANY;
    for (CK_ULONG i = 0; out != NULL && i < N_TOO_MANY; i++)
        out[i] = FIRST_MADE_UP + i;
    return CKR_OK;
}

static CK_RV
list_twice (CK_SLOT_ID *slots, CK_ULONG *count)
{
    CK_ULONG max = *count, n = *count / 2;
    CK_RV rv = fault_target->C_GetSlotList (CK_FALSE, slots, slots == NULL ? count : &n);

    if (slots == NULL) {
        *count *= 2;
        return rv;
    }
    if (rv != CKR_OK || n * 2 > max)
        return rv == CKR_OK ? CKR_BUFFER_TOO_SMALL : rv;
    memcpy (slots + n, slots, n * sizeof *slots);
    *count = n * 2;
    return CKR_OK;
}

static CK_RV
get_slot_list (CK_BBOOL present, CK_SLOT_ID *slots, CK_ULONG *count)
{
    Fault fault = fault_begin ("C_GetSlotList");
    CK_RV rv = fault.rv;

    n_lists++;
    if (rv != CKR_OK)
        return rv;
    if (fault_is (&fault, "thousands") || fault_is (&fault, "strange"))
        return list_made_up (slots, count, fault_is (&fault, "thousands"));
    if (fault_is (&fault, "overflow"))
        return list_beyond (slots, count);
    if (fault_is (&fault, "twice"))
        return list_twice (slots, count);
    rv = fault_target->C_GetSlotList (present, slots, count);
    if (fault_is (&fault, "huge") && slots == NULL)
        *count = G_MAXINT32;
    else if (fault_is (&fault, "unavailable"))
        *count = CK_UNAVAILABLE_INFORMATION;
    else if (fault_is (&fault, "zero") || (fault_is (&fault, "vanish") && slots != NULL))
        *count = 0;
    return rv;
}

static gboolean
is_token_gone (void)
{
    g_autofree char *fault = fault_load ("tokens");

    return fault != NULL && g_str_equal (fault, "gone");
}

/* Modules give their slots names of their own. */
static void
change_slot (CK_SLOT_INFO *info)
{
    g_autofree char *name = fault_load ("slot-name");

    if (name != NULL)
        fault_fill_text (info->slotDescription, sizeof info->slotDescription, name);
    if (is_token_gone ())
        info->flags &= ~(CK_FLAGS) CKF_TOKEN_PRESENT;
}

static CK_RV
get_slot_info (CK_SLOT_ID slot, CK_SLOT_INFO *info)
{
    Fault fault = fault_begin ("C_GetSlotInfo");
    CK_RV rv = fault.rv;

    if (rv == CKR_OK && slot >= FIRST_MADE_UP)
        memset (info, 0, sizeof *info);
    else if (rv == CKR_OK)
        rv = fault_target->C_GetSlotInfo (slot, info);
    if (rv != CKR_OK)
        return rv;
    change_slot (info);
    if (fault_is (&fault, "garbage"))
        fill_garbage (info, sizeof *info);
    else if (fault_is (&fault, "unterminated"))
        memset (info->slotDescription, 'x', sizeof info->slotDescription);
    else if (fault_is (&fault, "no-utf8"))
        fault_fill_text (info->slotDescription, sizeof info->slotDescription, SHIFT_JIS);
    else if (fault_is (&fault, "flicker") && n_lists % 2 == 0)
        info->flags &= ~(CK_FLAGS) CKF_TOKEN_PRESENT;
    return CKR_OK;
}

/* What the faults file adds whatever the function's own fault. */
static void
change_token (CK_TOKEN_INFO *info)
{
    g_autofree char *serial = fault_load ("serial");
    g_autofree char *flags = fault_load (has_logged_in ? "flags-after-login" : "flags");

    if (serial != NULL)
        fault_fill_text (info->serialNumber, sizeof info->serialNumber, serial);
    if (flags != NULL)
        info->flags |= g_ascii_strtoull (flags, NULL, 0);
}

static CK_RV
get_token_info (CK_SLOT_ID slot, CK_TOKEN_INFO *info)
{
    Fault fault = fault_begin ("C_GetTokenInfo");
    CK_RV rv = fault.rv;

    if (rv == CKR_OK)
        rv = is_token_gone () ? CKR_TOKEN_NOT_PRESENT : fault_target->C_GetTokenInfo (slot, info);
    if (rv != CKR_OK)
        return rv;
    change_token (info);
    if (fault_is (&fault, "garbage"))
        fill_garbage (info, sizeof *info);
    else if (fault_is (&fault, "zero"))
        memset (info, 0, sizeof *info);
    else if (fault_is (&fault, "unterminated"))
        memset (info->label, 'x', sizeof info->label);
    else if (fault_is (&fault, "no-utf8"))
        fault_fill_text (info->label, sizeof info->label, SHIFT_JIS);
    else if (fault_is (&fault, "lengths"))
        info->ulMinPinLen = info->ulMaxPinLen = CK_UNAVAILABLE_INFORMATION;
    return CKR_OK;
}

static CK_RV
wait_for_slot_event (CK_FLAGS flags, CK_SLOT_ID *slot, void *reserved)
{
    Fault fault = fault_begin ("C_WaitForSlotEvent");

    if (fault.rv != CKR_OK)
        return fault.rv;
    if (!fault_is (&fault, "endless"))
        return fault_target->C_WaitForSlotEvent (flags, slot, reserved);
    *slot = FIRST_MADE_UP;
    return CKR_OK;
}

static CK_RV
pass_login_on (CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR *pin, CK_ULONG size)
{
    CK_RV rv = fault_target->C_Login (session, user, pin, size);

    fault_happen ("after-login");
    return rv;
}

static CK_RV
log_in (CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR *pin, CK_ULONG size)
{
    g_autofree char *keypad = fault_load ("keypad");
    Fault fault = fault_begin ("C_Login");

    has_logged_in = TRUE;
    if (fault.rv != CKR_OK || fault_is (&fault, "lie"))
        return fault.rv;
    if (pin == NULL && keypad != NULL)
        return pass_login_on (session, user, (CK_UTF8CHAR *) keypad, strlen (keypad));
    return pass_login_on (session, user, pin, size);
}

void
fault_slots_fill (CK_FUNCTION_LIST *functions)
{
    functions->C_GetInfo = get_info;
    functions->C_GetSlotList = get_slot_list;
    functions->C_GetSlotInfo = get_slot_info;
    functions->C_GetTokenInfo = get_token_info;
    functions->C_WaitForSlotEvent = wait_for_slot_event;
    functions->C_Login = log_in;
}
