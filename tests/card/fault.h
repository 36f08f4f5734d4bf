/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <p11-kit/pkcs11.h>

G_BEGIN_DECLS

/* What the functions of test-card-module.so share: what they are to do wrong, and the module that does the
 * work. */

/** fault_target: the module behind this one. */
extern CK_FUNCTION_LIST *fault_target;

/** Fault: what one call is to do wrong. */
typedef struct {
    CK_RV rv;      /* CKR_OK: go on, with @word in mind */
    char word[32]; /* empty: nothing is wrong */
} Fault;

/** fault_begin: at the start of each function of PKCS#11. Writes @name to the log. Where the faults say so,
 * does not come back: hangs, crashes; or comes back with a broken heap. */
Fault fault_begin (const char *name);

/** fault_happen: the same for what is no function of PKCS#11: not in the log, and there is nothing to answer.
 */
void fault_happen (const char *name);

gboolean fault_is (const Fault *fault, const char *word);

/** fault_load: Returns: (transfer full) (nullable): what the line NAME=VALUE says now */
char *fault_load (const char *name);

/** fault_fill_text: @field is filled with @text and padded, as PKCS#11 has it. */
void fault_fill_text (CK_UTF8CHAR *field, gsize size, const char *text);

/* Each puts its functions into the list. */
void fault_slots_fill (CK_FUNCTION_LIST *functions);
void fault_objects_fill (CK_FUNCTION_LIST *functions);
void fault_sessions_fill (CK_FUNCTION_LIST *functions);

/** FAULT_WRAP: a function that only goes wrong in the ways that all do. */
#define FAULT_WRAP(name, parameters, arguments)                                                              \
    static CK_RV wrap_##name parameters                                                                      \
    {                                                                                                        \
        Fault fault = fault_begin ("C_" #name);                                                              \
                                                                                                             \
        return fault.rv == CKR_OK ? fault_target->C_##name arguments : fault.rv;                             \
    }

G_END_DECLS
