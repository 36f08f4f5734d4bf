/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * touroku-practice-card.so: a PKCS#11 module (OASIS PKCS#11 2.40) that leaves all cryptography to SoftHSM and
 * adds what SoftHSM lacks: readers, cards put in and taken out, PIN tries that run out and lock. Its folder
 * is named by the environment variable TOUROKU_PRACTICE_FOLDER. Used by the card agent alone, from one
 * thread; a program that asks for locking gets a lock around each call.
 */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-slots.h"

#include "tou-practice-cards.h"
#include "tou-practice-lock.h"
#include "tou-softhsm.h"

#include <gmodule.h>
#include <string.h>

/* The one state of the module: PKCS#11 gives its functions no other place for it. */
static struct {
    GRecMutex lock;
    CK_FUNCTION_LIST *softhsm;
    CK_FUNCTION_LIST functions;
    TouPracticeLock *tokens; /* NULL until C_Initialize, as the next one */
    TouPracticeSlots *slots;
} module;

#define REAL (module.softhsm)
/* And alone at the tokens from here to the end of the function. */
#define RETURN_IF_NOT_INITIALISED                                                                            \
    g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&module.lock);                              \
    g_autoptr (TouPracticeLocker) inside = NULL;                                                             \
    if (module.slots == NULL)                                                                                \
        return CKR_CRYPTOKI_NOT_INITIALIZED;                                                                 \
    inside = tou_practice_lock_enter (module.tokens)

static void
fill_padded (unsigned char *field, gsize size, const char *text)
{
    memset (field, ' ', size);
    memcpy (field, text, MIN (strlen (text), size));
}

static CK_RV
open_folder (const char *folder, void *arguments)
{
    g_autofree char *configuration = NULL;
    CK_RV rv;

    configuration = g_build_filename (folder, "softhsm2.conf", NULL);
    g_setenv ("SOFTHSM2_CONF", configuration, TRUE);
    rv = REAL->C_Initialize (arguments);
    if (rv != CKR_OK)
        return rv;
    module.slots = tou_practice_slots_new (folder, REAL);
    if (module.slots != NULL)
        return CKR_OK;
    REAL->C_Finalize (NULL);
    return CKR_GENERAL_ERROR;
}

static CK_RV
practice_initialize (void *arguments)
{
    const char *folder = g_getenv ("TOUROKU_PRACTICE_FOLDER");
    g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&module.lock);
    g_autoptr (TouPracticeLock) tokens = NULL;
    CK_RV rv;

    if (module.slots != NULL)
        return CKR_CRYPTOKI_ALREADY_INITIALIZED;
    tokens = folder == NULL ? NULL : tou_practice_lock_new (folder, NULL);
    if (tokens == NULL)
        return CKR_GENERAL_ERROR;
    tou_practice_lock_enter (tokens);
    rv = open_folder (folder, arguments);
    tou_practice_lock_leave (tokens);
    if (rv == CKR_OK)
        module.tokens = g_steal_pointer (&tokens);
    return rv;
}

static CK_RV
close_folder (void *reserved)
{
    RETURN_IF_NOT_INITIALISED;

    g_clear_pointer (&module.slots, tou_practice_slots_free);
    return REAL->C_Finalize (reserved);
}

static CK_RV
practice_finalize (void *reserved)
{
    g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&module.lock);
    CK_RV rv = close_folder (reserved);

    if (module.slots == NULL)
        g_clear_pointer (&module.tokens, tou_practice_lock_free);
    return rv;
}

static CK_RV
practice_get_info (CK_INFO *info)
{
    CK_RV rv;
    RETURN_IF_NOT_INITIALISED;

    rv = REAL->C_GetInfo (info);
    if (rv != CKR_OK)
        return rv;
    fill_padded (info->manufacturerID, sizeof info->manufacturerID, "Touroku");
    fill_padded (info->libraryDescription, sizeof info->libraryDescription, "Touroku practice cards");
    return CKR_OK;
}

static CK_RV
practice_get_slot_list (unsigned char token_present, CK_SLOT_ID *list, unsigned long *count)
{
    unsigned long n = 0;
    RETURN_IF_NOT_INITIALISED;

    if (count == NULL)
        return CKR_ARGUMENTS_BAD;
    tou_practice_slots_refresh (module.slots);
    for (CK_SLOT_ID id = 0; id < tou_practice_slots_get_n_slots (module.slots); id++) {
        if (token_present && !tou_practice_slots_has_card (module.slots, id))
            continue;
        if (list != NULL && n < *count)
            list[n] = id;
        n++;
    }
    CK_RV rv = list != NULL && n > *count ? CKR_BUFFER_TOO_SMALL : CKR_OK;
    *count = n;
    return rv;
}

static CK_RV
practice_get_slot_info (CK_SLOT_ID id, CK_SLOT_INFO *info)
{
    RETURN_IF_NOT_INITIALISED;

    tou_practice_slots_refresh (module.slots);
    if (id >= tou_practice_slots_get_n_slots (module.slots))
        return CKR_SLOT_ID_INVALID;
    memset (info, 0, sizeof *info);
    fill_padded (info->slotDescription, sizeof info->slotDescription,
                 tou_practice_slots_get_reader_name (module.slots, id));
    fill_padded (info->manufacturerID, sizeof info->manufacturerID, "Touroku");
    info->flags = CKF_REMOVABLE_DEVICE;
    if (tou_practice_slots_has_card (module.slots, id))
        info->flags |= CKF_TOKEN_PRESENT;
    return CKR_OK;
}

/* Looks at the slot anew and gives SoftHSM's slot of the card in it. */
static CK_RV
translate_slot (CK_SLOT_ID id, CK_SLOT_ID *out_softhsm_slot)
{
    tou_practice_slots_refresh (module.slots);
    return tou_practice_slots_get_softhsm_slot (module.slots, id, out_softhsm_slot);
}

static CK_RV
practice_get_token_info (CK_SLOT_ID id, CK_TOKEN_INFO *info)
{
    const CK_FLAGS pin_flags = CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED;
    CK_SLOT_ID softhsm_slot;
    CK_RV rv;
    RETURN_IF_NOT_INITIALISED;

    rv = translate_slot (id, &softhsm_slot);
    if (rv == CKR_OK)
        rv = REAL->C_GetTokenInfo (softhsm_slot, info);
    if (rv != CKR_OK)
        return rv;
    fill_padded (info->manufacturerID, sizeof info->manufacturerID, "Touroku");
    fill_padded (info->model, sizeof info->model, "practice card");
    info->flags = (info->flags & ~pin_flags) | tou_practice_slots_get_pin_flags (module.slots, id);
    info->flags |= CKF_WRITE_PROTECTED;
    info->ulMinPinLen = TOU_PRACTICE_CARD_PIN_MIN;
    info->ulMaxPinLen = TOU_PRACTICE_CARD_PIN_MAX;
    return CKR_OK;
}

static CK_RV
practice_get_mechanism_list (CK_SLOT_ID id, CK_MECHANISM_TYPE *list, unsigned long *count)
{
    CK_SLOT_ID softhsm_slot;
    CK_RV rv;
    RETURN_IF_NOT_INITIALISED;

    rv = translate_slot (id, &softhsm_slot);
    return rv == CKR_OK ? REAL->C_GetMechanismList (softhsm_slot, list, count) : rv;
}

static CK_RV
practice_get_mechanism_info (CK_SLOT_ID id, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO *info)
{
    CK_SLOT_ID softhsm_slot;
    CK_RV rv;
    RETURN_IF_NOT_INITIALISED;

    rv = translate_slot (id, &softhsm_slot);
    return rv == CKR_OK ? REAL->C_GetMechanismInfo (softhsm_slot, type, info) : rv;
}

/* A practice card is bought, not made. */
static CK_RV
practice_init_token (CK_SLOT_ID id, unsigned char *pin, unsigned long pin_length, unsigned char *label)
{
    return CKR_FUNCTION_NOT_SUPPORTED;
}

static CK_RV
practice_wait_for_slot_event (CK_FLAGS flags, CK_SLOT_ID *out_slot, void *reserved)
{
    RETURN_IF_NOT_INITIALISED;

    if ((flags & CKF_DONT_BLOCK) == 0)
        return CKR_FUNCTION_NOT_SUPPORTED;
    if (out_slot == NULL)
        return CKR_ARGUMENTS_BAD;
    return tou_practice_slots_take_event (module.slots, out_slot) ? CKR_OK : CKR_NO_EVENT;
}

/* Sessions only read: nothing on a practice card is changed, and its PIN is not tried by changing it, which
 * nobody would count. */
static CK_RV
practice_open_session (CK_SLOT_ID id, CK_FLAGS flags, void *application, CK_NOTIFY notify,
                       CK_SESSION_HANDLE *out_session)
{
    CK_SLOT_ID softhsm_slot;
    CK_RV rv;
    RETURN_IF_NOT_INITIALISED;

    rv = translate_slot (id, &softhsm_slot);
    if (rv == CKR_OK && (flags & CKF_RW_SESSION) != 0)
        rv = CKR_TOKEN_WRITE_PROTECTED;
    if (rv == CKR_OK)
        rv = REAL->C_OpenSession (softhsm_slot, flags, application, notify, out_session);
    if (rv == CKR_OK)
        tou_practice_slots_add_session (module.slots, *out_session, id);
    return rv;
}

static CK_RV
practice_close_session (CK_SESSION_HANDLE session)
{
    CK_RV rv;
    RETURN_IF_NOT_INITIALISED;

    rv = tou_practice_slots_check_session (module.slots, session, NULL);
    tou_practice_slots_drop_session (module.slots, session);
    if (rv == CKR_DEVICE_REMOVED)
        return CKR_OK;
    return rv == CKR_OK ? REAL->C_CloseSession (session) : rv;
}

static CK_RV
practice_close_all_sessions (CK_SLOT_ID id)
{
    CK_SLOT_ID softhsm_slot;
    CK_RV rv;
    RETURN_IF_NOT_INITIALISED;

    rv = translate_slot (id, &softhsm_slot);
    if (rv != CKR_OK)
        return rv == CKR_TOKEN_NOT_PRESENT ? CKR_OK : rv;
    tou_practice_slots_drop_sessions (module.slots, id);
    return REAL->C_CloseAllSessions (softhsm_slot);
}

static CK_RV
practice_get_session_info (CK_SESSION_HANDLE session, CK_SESSION_INFO *info)
{
    CK_SLOT_ID id;
    CK_RV rv;
    RETURN_IF_NOT_INITIALISED;

    rv = tou_practice_slots_check_session (module.slots, session, &id);
    if (rv == CKR_OK)
        rv = REAL->C_GetSessionInfo (session, info);
    if (rv == CKR_OK)
        info->slotID = id;
    return rv;
}

static CK_RV
practice_login (CK_SESSION_HANDLE session, CK_USER_TYPE user, unsigned char *pin, unsigned long pin_length)
{
    CK_SLOT_ID id;
    CK_RV rv;
    RETURN_IF_NOT_INITIALISED;

    rv = tou_practice_slots_check_session (module.slots, session, &id);
    if (rv != CKR_OK)
        return rv;
    if (user != CKU_USER)
        return CKR_USER_TYPE_INVALID;
    if (tou_practice_slots_has_fault (module.slots, id, "device"))
        return CKR_DEVICE_ERROR;
    if (tou_practice_slots_get_pin_flags (module.slots, id) & CKF_USER_PIN_LOCKED)
        return CKR_PIN_LOCKED;
    rv = REAL->C_Login (session, user, pin, pin_length);
    tou_practice_slots_note_login (module.slots, id, rv);
    return rv;
}

/* All that is done in a session fails once its card is gone. */
#define SESSION_FUNCTION(name, real, parameters, arguments)                                                  \
    static CK_RV practice_##name parameters                                                                  \
    {                                                                                                        \
        CK_RV rv;                                                                                            \
        RETURN_IF_NOT_INITIALISED;                                                                           \
                                                                                                             \
        rv = tou_practice_slots_check_session (module.slots, session, NULL);                                 \
        return rv == CKR_OK ? REAL->real arguments : rv;                                                     \
    }

SESSION_FUNCTION (logout, C_Logout, (CK_SESSION_HANDLE session), (session))
SESSION_FUNCTION (find_objects_init, C_FindObjectsInit,
                  (CK_SESSION_HANDLE session, CK_ATTRIBUTE *template, unsigned long count),
                  (session, template, count))
SESSION_FUNCTION (find_objects, C_FindObjects,
                  (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE *objects, unsigned long max,
                   unsigned long *count),
                  (session, objects, max, count))
SESSION_FUNCTION (find_objects_final, C_FindObjectsFinal, (CK_SESSION_HANDLE session), (session))
SESSION_FUNCTION (get_attribute_value, C_GetAttributeValue,
                  (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE *template,
                   unsigned long count),
                  (session, object, template, count))
SESSION_FUNCTION (sign_update, C_SignUpdate,
                  (CK_SESSION_HANDLE session, unsigned char *part, unsigned long size), (session, part, size))
SESSION_FUNCTION (sign_final, C_SignFinal,
                  (CK_SESSION_HANDLE session, unsigned char *signature, unsigned long *size),
                  (session, signature, size))

/* What a card with a fault answers when it is to sign (PKCS#11 2.40, 5.1.6). */
static const struct {
    const char *fault;
    CK_RV rv;
} sign_faults[] = {
    { "algorithm", CKR_MECHANISM_INVALID },
    { "no-algorithm", CKR_FUNCTION_NOT_SUPPORTED },
    { "no-key", CKR_KEY_HANDLE_INVALID },
    { "key-size", CKR_KEY_SIZE_RANGE },
};

static CK_RV
practice_sign_init (CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
    CK_SLOT_ID id;
    CK_RV rv;
    RETURN_IF_NOT_INITIALISED;

    rv = tou_practice_slots_check_session (module.slots, session, &id);
    if (rv != CKR_OK)
        return rv;
    for (guint i = 0; i < G_N_ELEMENTS (sign_faults); i++)
        if (tou_practice_slots_has_fault (module.slots, id, sign_faults[i].fault))
            return sign_faults[i].rv;
    return REAL->C_SignInit (session, mechanism, key);
}

static CK_RV
practice_sign (CK_SESSION_HANDLE session, unsigned char *data, unsigned long size, unsigned char *signature,
               unsigned long *signature_size)
{
    CK_SLOT_ID id;
    CK_RV rv;
    RETURN_IF_NOT_INITIALISED;

    rv = tou_practice_slots_check_session (module.slots, session, &id);
    if (rv == CKR_OK)
        rv = REAL->C_Sign (session, data, size, signature, signature_size);
    if (rv == CKR_OK && signature != NULL
        && tou_practice_slots_has_fault (module.slots, id, "wrong-signature"))
        signature[0] ^= 1;
    return rv;
}

static CK_RV practice_get_function_list (CK_FUNCTION_LIST **out_list);

/* What is not named here is SoftHSM's own. */
static void
fill_function_list (void)
{
    module.functions = *REAL;
    module.functions.C_Initialize = practice_initialize;
    module.functions.C_Finalize = practice_finalize;
    module.functions.C_GetInfo = practice_get_info;
    module.functions.C_GetFunctionList = practice_get_function_list;
    module.functions.C_GetSlotList = practice_get_slot_list;
    module.functions.C_GetSlotInfo = practice_get_slot_info;
    module.functions.C_GetTokenInfo = practice_get_token_info;
    module.functions.C_GetMechanismList = practice_get_mechanism_list;
    module.functions.C_GetMechanismInfo = practice_get_mechanism_info;
    module.functions.C_InitToken = practice_init_token;
    module.functions.C_WaitForSlotEvent = practice_wait_for_slot_event;
    module.functions.C_OpenSession = practice_open_session;
    module.functions.C_CloseSession = practice_close_session;
    module.functions.C_CloseAllSessions = practice_close_all_sessions;
    module.functions.C_GetSessionInfo = practice_get_session_info;
    module.functions.C_Login = practice_login;
    module.functions.C_Logout = practice_logout;
    module.functions.C_FindObjectsInit = practice_find_objects_init;
    module.functions.C_FindObjects = practice_find_objects;
    module.functions.C_FindObjectsFinal = practice_find_objects_final;
    module.functions.C_GetAttributeValue = practice_get_attribute_value;
    module.functions.C_SignInit = practice_sign_init;
    module.functions.C_Sign = practice_sign;
    module.functions.C_SignUpdate = practice_sign_update;
    module.functions.C_SignFinal = practice_sign_final;
}

static CK_RV
practice_get_function_list (CK_FUNCTION_LIST **out_list)
{
    g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&module.lock);
    g_autoptr (GError) error = NULL;

    if (out_list == NULL)
        return CKR_ARGUMENTS_BAD;
    if (REAL == NULL) {
        REAL = tou_softhsm_load (&error);
        if (REAL == NULL) {
            g_debug ("no practice cards: %s", error->message);
            return CKR_GENERAL_ERROR;
        }
        fill_function_list ();
    }
    *out_list = &module.functions;
    return CKR_OK;
}

G_MODULE_EXPORT CK_RV C_GetFunctionList (CK_FUNCTION_LIST **out_list);

CK_RV
C_GetFunctionList (CK_FUNCTION_LIST **out_list)
{
    return practice_get_function_list (out_list);
}
