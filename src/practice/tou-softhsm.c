/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-softhsm.h"

#include <gmodule.h>

static const char *const places[] = {
    "/usr/lib/softhsm/libsofthsm2.so",       "/usr/lib64/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",      "/usr/lib/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
};

static const char *
find_library (void)
{
    const char *named = g_getenv ("TOUROKU_SOFTHSM");

    if (named != NULL)
        return named;
    for (guint i = 0; i < G_N_ELEMENTS (places); i++)
        if (g_file_test (places[i], G_FILE_TEST_EXISTS))
            return places[i];
    return "libsofthsm2.so";
}

CK_FUNCTION_LIST *
tou_softhsm_load (GError **error)
{
    CK_C_GetFunctionList get = NULL;
    CK_FUNCTION_LIST *functions = NULL;
    GModule *library = g_module_open (find_library (), G_MODULE_BIND_LOCAL);

    if (library == NULL || !g_module_symbol (library, "C_GetFunctionList", (gpointer *) &get)
        || get (&functions) != CKR_OK) {
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "SoftHSM: %s",
                     library == NULL ? g_module_error () : "no usable PKCS#11 module");
        return NULL;
    }
    g_module_make_resident (library);
    return functions;
}
