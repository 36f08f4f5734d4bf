/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card-agent"

#include "tou-ckr-table.h"

#include <libp11.h>
#include <openssl/err.h>

typedef struct {
    CK_RV rv;
    TouCardError code;
    const char *name;
} CkrRow;

#define ROW(rv, code)                                                                                        \
    {                                                                                                        \
        rv, TOU_CARD_ERROR_##code, #rv                                                                       \
    }

/* What is missing here is DEVICE: of an answer that we do not know, no more can be said. */
static const CkrRow rows[] = {
    /* The user pressed cancel on the reader's keypad. */
    ROW (CKR_FUNCTION_CANCELED, NOT_UNLOCKED),
    ROW (CKR_FUNCTION_REJECTED, NOT_UNLOCKED),
    ROW (CKR_USER_NOT_LOGGED_IN, NOT_UNLOCKED),
    ROW (CKR_PIN_INCORRECT, PIN_WRONG),
    ROW (CKR_PIN_INVALID, PIN_INVALID),
    ROW (CKR_PIN_LEN_RANGE, PIN_LENGTH),
    ROW (CKR_PIN_LOCKED, PIN_LOCKED),
    ROW (CKR_DEVICE_REMOVED, CARD_REMOVED),
    ROW (CKR_TOKEN_NOT_PRESENT, CARD_REMOVED),
    ROW (CKR_SLOT_ID_INVALID, CARD_REMOVED),
    ROW (CKR_SESSION_CLOSED, CARD_REMOVED),
    ROW (CKR_SESSION_HANDLE_INVALID, CARD_REMOVED),
    ROW (CKR_TOKEN_NOT_RECOGNIZED, UNKNOWN_CARD),
    ROW (CKR_SESSION_COUNT, READER_BUSY),
    ROW (CKR_KEY_HANDLE_INVALID, NO_KEY),
    ROW (CKR_OBJECT_HANDLE_INVALID, NO_KEY),
    ROW (CKR_KEY_FUNCTION_NOT_PERMITTED, NO_KEY),
    ROW (CKR_KEY_SIZE_RANGE, KEY_UNSUITABLE),
    ROW (CKR_KEY_TYPE_INCONSISTENT, KEY_UNSUITABLE),
    ROW (CKR_CURVE_NOT_SUPPORTED, KEY_UNSUITABLE),
    ROW (CKR_MECHANISM_INVALID, ALGORITHM),
    ROW (CKR_MECHANISM_PARAM_INVALID, ALGORITHM),
    ROW (CKR_FUNCTION_NOT_SUPPORTED, ALGORITHM_MODULE),
    ROW (CKR_GENERAL_ERROR, DEVICE),
    ROW (CKR_FUNCTION_FAILED, DEVICE),
    ROW (CKR_DEVICE_ERROR, DEVICE),
    ROW (CKR_DEVICE_MEMORY, DEVICE),
    ROW (CKR_OPERATION_ACTIVE, DEVICE),
    ROW (CKR_HOST_MEMORY, FAILED),
    ROW (CKR_ARGUMENTS_BAD, FAILED),
    ROW (CKR_CRYPTOKI_NOT_INITIALIZED, FAILED),
    ROW (CKR_PIN_EXPIRED, FAILED),
    ROW (CKR_USER_PIN_NOT_INITIALIZED, FAILED),
};

/* libp11 puts reasons of its own beside the module's in the same library number. */
#define FIRST_REASON_OF_LIBP11 1024
#define LAST_REASON_OF_LIBP11 P11_R_UI_FAILED

static const CkrRow *
find_row (CK_RV rv)
{
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        if (rows[i].rv == rv)
            return &rows[i];
    return NULL;
}

TouCardError
tou_ckr_get_card_error (CK_RV rv)
{
    const CkrRow *row = find_row (rv);

    return row == NULL ? TOU_CARD_ERROR_DEVICE : row->code;
}

void
tou_ckr_set_error (GError **error, CK_RV rv, const char *call)
{
    const CkrRow *row = find_row (rv);

    g_set_error (error, TOU_CARD_ERROR, tou_ckr_get_card_error (rv), "%s: %s (0x%lx)", call,
                 row == NULL ? "CKR code without a name here" : row->name, rv);
}

static CK_RV
take_ckr (unsigned long entry)
{
    int reason = ERR_GET_REASON (entry);

    if (ERR_GET_LIB (entry) != ERR_get_CKR_code ())
        return CKR_OK;
    if (reason == P11_R_UI_FAILED)
        return CKR_USER_NOT_LOGGED_IN;
    return reason >= FIRST_REASON_OF_LIBP11 && reason <= LAST_REASON_OF_LIBP11 ? CKR_OK : (CK_RV) reason;
}

/* OpenSSL keeps 23 bits of a code: that of a vendor, 0x800000a0, is not told from CKR_PIN_INCORRECT any more.
 */
static gboolean
is_about_pin (CK_RV rv)
{
    return rv == CKR_PIN_INCORRECT || rv == CKR_PIN_INVALID || rv == CKR_PIN_LEN_RANGE
           || rv == CKR_PIN_LOCKED;
}

void
tou_ckr_set_error_from_openssl (GError **error, gboolean was_pin_asked, TouCardError otherwise,
                                const char *call)
{
    g_autoptr (GString) texts = g_string_new (NULL);
    CK_RV rv = CKR_OK;
    unsigned long entry;

    while ((entry = ERR_get_error_all (NULL, NULL, NULL, NULL, NULL)) != 0) {
        const char *text = ERR_reason_error_string (entry);
        if (rv == CKR_OK)
            rv = take_ckr (entry);
        g_string_append_printf (texts, "; %s (%d)", text == NULL ? "?" : text, ERR_GET_REASON (entry));
    }
    if (is_about_pin (rv) && !was_pin_asked)
        rv = CKR_GENERAL_ERROR;
    if (rv != CKR_OK)
        tou_ckr_set_error (error, rv, call);
    else
        g_set_error (error, TOU_CARD_ERROR, otherwise, "%s%s", call, texts->str);
}
