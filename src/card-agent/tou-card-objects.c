/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card-agent"

#include "tou-card-objects.h"

#include "tou-ckr-table.h"

#define MAX_OBJECTS 64
#define MAX_ID_BYTES 255
#define MAX_CERTIFICATE_BYTES (64 * 1024)

typedef struct {
    CK_FUNCTION_LIST *functions;
    CK_SESSION_HANDLE session;
    CK_RV fault; /* the first that was not about one object */
} Reader;

static void
free_object (gpointer data)
{
    TouCardObject *object = data;

    g_bytes_unref (object->id);
    g_clear_pointer (&object->der, g_bytes_unref);
    g_free (object);
}

static CK_RV
get_attribute (Reader *reader, CK_OBJECT_HANDLE handle, CK_ATTRIBUTE *attribute)
{
    CK_RV rv = reader->functions->C_GetAttributeValue (reader->session, handle, attribute, 1);

    if (rv != CKR_OK && rv != CKR_ATTRIBUTE_SENSITIVE && rv != CKR_ATTRIBUTE_TYPE_INVALID
        && rv != CKR_OBJECT_HANDLE_INVALID && reader->fault == CKR_OK)
        reader->fault = rv;
    return rv;
}

/* Returns NULL where there is no such attribute, or one of a size that cannot be right. */
static GBytes *
read_bytes (Reader *reader, CK_OBJECT_HANDLE handle, CK_ATTRIBUTE_TYPE type, gsize max)
{
    CK_ATTRIBUTE attribute = { type, NULL, 0 };
    g_autofree guint8 *data = NULL;
    CK_ULONG size;

    if (get_attribute (reader, handle, &attribute) != CKR_OK)
        return NULL;
    size = attribute.ulValueLen;
    if (size == CK_UNAVAILABLE_INFORMATION || size == 0 || size > max)
        return NULL;
    data = g_malloc0 (size);
    attribute.pValue = data;
    if (get_attribute (reader, handle, &attribute) != CKR_OK || attribute.ulValueLen == 0
        || attribute.ulValueLen > size)
        return NULL;
    return g_bytes_new_take (g_steal_pointer (&data), attribute.ulValueLen);
}

static gboolean
read_flag (Reader *reader, CK_OBJECT_HANDLE handle, CK_ATTRIBUTE_TYPE type)
{
    CK_BBOOL value = CK_FALSE;
    CK_ATTRIBUTE attribute = { type, &value, sizeof value };

    return get_attribute (reader, handle, &attribute) == CKR_OK && attribute.ulValueLen == sizeof value
           && value != CK_FALSE;
}

static TouCardObject *
read_object (Reader *reader, CK_OBJECT_HANDLE handle, CK_OBJECT_CLASS object_class)
{
    g_autoptr (GBytes) id = read_bytes (reader, handle, CKA_ID, MAX_ID_BYTES);
    g_autoptr (GBytes) der = NULL;
    TouCardObject *object;

    if (object_class == CKO_CERTIFICATE)
        der = read_bytes (reader, handle, CKA_VALUE, MAX_CERTIFICATE_BYTES);
    if (id == NULL || (object_class == CKO_CERTIFICATE && der == NULL))
        return NULL;
    object = g_new0 (TouCardObject, 1);
    object->id = g_steal_pointer (&id);
    object->der = g_steal_pointer (&der);
    if (object_class == CKO_PRIVATE_KEY)
        object->always_authenticate = read_flag (reader, handle, CKA_ALWAYS_AUTHENTICATE);
    return object;
}

static CK_RV
find_handles (const Reader *reader, CK_OBJECT_CLASS object_class, CK_OBJECT_HANDLE *handles, CK_ULONG *out_n)
{
    CK_CERTIFICATE_TYPE x509 = CKC_X_509;
    CK_ATTRIBUTE template[] = { { CKA_CLASS, &object_class, sizeof object_class },
                                { CKA_CERTIFICATE_TYPE, &x509, sizeof x509 } };
    CK_RV rv = reader->functions->C_FindObjectsInit (reader->session, template,
                                                     object_class == CKO_CERTIFICATE ? 2 : 1);

    if (rv != CKR_OK)
        return rv;
    rv = reader->functions->C_FindObjects (reader->session, handles, MAX_OBJECTS, out_n);
    (void) reader->functions->C_FindObjectsFinal (reader->session);
    return rv == CKR_OK && *out_n > MAX_OBJECTS ? CKR_GENERAL_ERROR : rv;
}

static GPtrArray *
load_objects (CK_FUNCTION_LIST *functions, CK_SLOT_ID slot, CK_OBJECT_CLASS object_class, GError **error)
{
    g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (free_object);
    Reader reader = { functions, CK_INVALID_HANDLE, CKR_OK };
    CK_OBJECT_HANDLE handles[MAX_OBJECTS];
    CK_ULONG n = 0;
    CK_RV rv = functions->C_OpenSession (slot, CKF_SERIAL_SESSION, NULL, NULL, &reader.session);

    if (rv != CKR_OK) {
        tou_ckr_set_error (error, rv, "C_OpenSession");
        return NULL;
    }
    rv = find_handles (&reader, object_class, handles, &n);
    for (CK_ULONG i = 0; rv == CKR_OK && i < n; i++) {
        TouCardObject *object = read_object (&reader, handles[i], object_class);
        if (object != NULL)
            g_ptr_array_add (objects, object);
    }
    (void) functions->C_CloseSession (reader.session);
    if (rv != CKR_OK) {
        tou_ckr_set_error (error, rv, "C_FindObjects");
        return NULL;
    }
    /* A card that could not be read is not one without certificates. */
    if (objects->len == 0 && reader.fault != CKR_OK) {
        tou_ckr_set_error (error, reader.fault, "C_GetAttributeValue");
        return NULL;
    }
    return g_steal_pointer (&objects);
}

GPtrArray *
tou_card_objects_load_certificates (CK_FUNCTION_LIST *functions, CK_SLOT_ID slot, GError **error)
{
    return load_objects (functions, slot, CKO_CERTIFICATE, error);
}

GPtrArray *
tou_card_objects_load_private_keys (CK_FUNCTION_LIST *functions, CK_SLOT_ID slot, GError **error)
{
    return load_objects (functions, slot, CKO_PRIVATE_KEY, error);
}

const TouCardObject *
tou_card_objects_find (GPtrArray *objects, GBytes *id)
{
    for (guint i = 0; i < objects->len; i++) {
        const TouCardObject *object = g_ptr_array_index (objects, i);
        if (g_bytes_equal (object->id, id))
            return object;
    }
    return NULL;
}
