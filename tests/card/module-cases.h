/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-access.h"

G_BEGIN_DECLS

/* What each function of a module can do wrong, and what has to come of it (test-card-modules.c). */

/** ModuleStep: the step of the client in which a fault is there. */
typedef enum { STEP_LIST, STEP_UNLOCK, STEP_SIGN, STEP_CLOSE, STEP_WATCH, N_MODULE_STEPS } ModuleStep;

/* What comes of it: one of TOU_CARD_ERROR, or: */
#define WORKS (-1)
#define NO_TOKEN (-2) /* a list without the card */
#define REFUSED (-3)  /* a signature that the check of our own refuses */
#define ANY (-4)      /* it works, or its process died or hung: nobody can know */

/** ModuleCall: a function that the program calls in @step. */
typedef struct {
    ModuleStep step;
    const char *function;
    int after_code;         /* when it answers CKR_GENERAL_ERROR, CKR_DEVICE_ERROR or a code of a vendor */
    gboolean is_not_always; /* some versions of libp11 do without */
} ModuleCall;

/** ModuleCase: @function does @fault in @step. */
typedef struct {
    ModuleStep step;
    const char *function;
    const char *fault;
    int outcome;
} ModuleCase;

extern const ModuleCall module_calls[];
extern const guint n_module_calls;
extern const ModuleCase module_lies[];
extern const guint n_module_lies;

G_END_DECLS
