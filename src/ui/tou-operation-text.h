/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-domain.h"

#include <glib.h>

G_BEGIN_DECLS

/** TouOperationText: what the shared pages say for one operation; English source strings to be passed through
 * gettext. The manual's words where it has them. */
typedef struct {
    const char *form_intro;
    const char *form_note;
    const char *draft_failed;
    const char *facts_name; /* of the scrolled area, for assistive programs */
    const char *advice;
    const char *consequence;  /* (nullable): what cannot be undone later, said with emphasis */
    const char *submit_label; /* with mnemonic */
    const char *card_away;
    const char *stopped;
    const char *uncertain;
    const char *complete_title;
    const char *complete_next;
} TouOperationText;

/** tou_operation_text_get: Returns: (transfer none) */
const TouOperationText *tou_operation_text_get (TouOperation operation);

G_END_DECLS
