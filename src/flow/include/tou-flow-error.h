/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** TouFlowError: a use case was asked for something that its state does not allow, or found something that
 * the user has to settle. */
#define TOU_FLOW_ERROR (tou_flow_error_quark ())
GQuark tou_flow_error_quark (void);
typedef enum {
    TOU_FLOW_ERROR_WRONG_STATE,      /* 10048 */
    TOU_FLOW_ERROR_FORM,             /* a field does not hold to its rule; the form shows which */
    TOU_FLOW_ERROR_NOT_REGISTERED,   /* 30001: nothing is registered yet in this category */
    TOU_FLOW_ERROR_OTHER_CARD,       /* 30001: the card is not the registered one */
    TOU_FLOW_ERROR_UNCHANGED,        /* 10048: what was typed is what is registered */
    TOU_FLOW_ERROR_RECEIPT_NOT_KEPT, /* 19999: the service has the application, the store not its receipt */
    TOU_FLOW_ERROR_NOT_RECEIVED, /* 19999: sent, but the service does not have it and refused it when it was
                                    sent again */
} TouFlowError;
#define TOU_N_FLOW_ERRORS (TOU_FLOW_ERROR_NOT_RECEIVED + 1)

G_END_DECLS
