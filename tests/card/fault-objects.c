/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-card-module"

#include "fault.h"

#include <string.h>

/* Objects and their attributes. */

#define HUGE_BYTES (G_GUINT64_CONSTANT (1) << 40)
#define BEYOND_BYTES 65536
#define N_BEYOND 4096
#define ADDED_BYTES 64
#define MAX_FOUND 64

/* The last that were found. */
static CK_OBJECT_HANDLE found[MAX_FOUND];
static CK_ULONG n_found;

FAULT_WRAP (FindObjectsInit, (CK_SESSION_HANDLE session, CK_ATTRIBUTE *template, CK_ULONG n),
            (session, template, n))
FAULT_WRAP (FindObjectsFinal, (CK_SESSION_HANDLE session), (session))

static CK_RV
find_beyond (CK_OBJECT_HANDLE *objects, CK_ULONG *count)
{
    volatile CK_OBJECT_HANDLE *out = objects;

    for (CK_ULONG i = 0; i < N_BEYOND; i++)
        out[i] = i;
    *count = N_BEYOND;
    return CKR_OK;
}

static CK_RV
find_objects (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE *objects, CK_ULONG max, CK_ULONG *count)
{
    Fault fault = fault_begin ("C_FindObjects");
    CK_RV rv = fault.rv == CKR_OK ? fault_target->C_FindObjects (session, objects, max, count) : fault.rv;

    if (rv != CKR_OK)
        return rv;
    if (*count > 0) {
        n_found = MIN (*count, MAX_FOUND);
        memcpy (found, objects, n_found * sizeof *objects);
    }
    if (fault_is (&fault, "overflow"))
        return find_beyond (objects, count);
    if (fault_is (&fault, "huge"))
        *count = G_MAXINT32;
    else if (fault_is (&fault, "unavailable"))
        *count = CK_UNAVAILABLE_INFORMATION;
    else if (fault_is (&fault, "zero"))
        *count = 0;
    for (CK_ULONG i = 0; i < *count && fault_is (&fault, "strange"); i++)
        objects[i] += 100000;
    if (fault_is (&fault, "endless") && n_found > 0)
        for (*count = 0; *count < max; (*count)++)
            objects[*count] = found[*count % n_found];
    return CKR_OK;
}

static gboolean
is_of_class (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_OBJECT_CLASS wanted)
{
    CK_OBJECT_CLASS seen = CKO_VENDOR_DEFINED;
    CK_ATTRIBUTE attribute = { CKA_CLASS, &seen, sizeof seen };

    return fault_target->C_GetAttributeValue (session, object, &attribute, 1) == CKR_OK && seen == wanted;
}

/* A change of what nothing but a comparison shows: one bit of the serial number, of the modulus. */
static void
change_bit (CK_ATTRIBUTE *attribute)
{
    if (attribute->pValue != NULL && attribute->ulValueLen > 20)
        ((CK_BYTE *) attribute->pValue)[20] ^= 1;
}

static void
change_length (const Fault *fault, CK_ATTRIBUTE *attribute, gboolean only_asked)
{
    if (fault_is (fault, "huge") && only_asked)
        attribute->ulValueLen = HUGE_BYTES;
    else if (fault_is (fault, "unavailable"))
        attribute->ulValueLen = CK_UNAVAILABLE_INFORMATION;
    else if (fault_is (fault, "zero"))
        attribute->ulValueLen = 0;
    else if (fault_is (fault, "longer") && !only_asked)
        attribute->ulValueLen += ADDED_BYTES;
    else if (fault_is (fault, "shorter") && !only_asked)
        attribute->ulValueLen /= 2;
}

static void
change_attribute (const Fault *fault, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object,
                  CK_ATTRIBUTE *attribute)
{
    if (fault_is (fault, "overflow") && attribute->pValue != NULL)
        memset (attribute->pValue, 'A', BEYOND_BYTES);
    else if (fault_is (fault, "garbage") && attribute->pValue != NULL)
        memset (attribute->pValue, 0xff, attribute->ulValueLen);
    else if (fault_is (fault, "other-certificate") && attribute->type == CKA_VALUE)
        change_bit (attribute);
    else if (fault_is (fault, "other-key") && attribute->type == CKA_MODULUS
             && is_of_class (session, object, CKO_PRIVATE_KEY))
        change_bit (attribute);
}

static CK_RV
get_attribute_value (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE *attributes, CK_ULONG n)
{
    Fault fault = fault_begin ("C_GetAttributeValue");
    gboolean only_asked = n > 0 && attributes[0].pValue == NULL;
    CK_RV rv = fault.rv == CKR_OK ? fault_target->C_GetAttributeValue (session, object, attributes, n)
                                  : fault.rv;

    for (CK_ULONG i = 0; i < n && rv == CKR_OK && fault.word[0] != '\0'; i++) {
        change_attribute (&fault, session, object, &attributes[i]);
        change_length (&fault, &attributes[i], only_asked);
    }
    return rv;
}

void
fault_objects_fill (CK_FUNCTION_LIST *functions)
{
    functions->C_FindObjectsInit = wrap_FindObjectsInit;
    functions->C_FindObjects = find_objects;
    functions->C_FindObjectsFinal = wrap_FindObjectsFinal;
    functions->C_GetAttributeValue = get_attribute_value;
}
