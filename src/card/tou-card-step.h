/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-access.h"

G_BEGIN_DECLS

/** TOU_CARD_STEP_KEYPAD_SECONDS: what a person has for the PIN on a reader's own keypad. */
#define TOU_CARD_STEP_KEYPAD_SECONDS 60

typedef enum { TOU_CARD_STEP_LIST, TOU_CARD_STEP_UNLOCK, TOU_CARD_STEP_SIGN } TouCardStepKind;

/** TouCardStep: what was asked for, and what can end it early. */
typedef struct {
    TouCardStepKind kind;
    TouCardToken *token;   /* unlock */
    TouSecret *pin;        /* unlock, until it was sent */
    gboolean is_on_keypad; /* the PIN is typed on the reader: unlock; sign, where the key asks each time */
    GBytes *content;       /* sign */
    char *certificate_sha256;

    GCancellable *cancellable; /* from the start of the clock: cancelled by the caller's, by the clock, by a
                                  release */
    guint timer;
    gboolean has_timed_out;
} TouCardStep;

TouCardStep *tou_card_step_new (TouCardStepKind kind);
void tou_card_step_free (TouCardStep *self);

/** tou_card_step_get_usual_seconds: Returns: how long such a step may take */
guint tou_card_step_get_usual_seconds (const TouCardStep *self);

/** tou_card_step_start_clock: @seconds: 0: what is usual for the kind of step. The step is to be cancelled
 * with
 * @caller (nullable) or when the time is over. */
void tou_card_step_start_clock (TouCardStep *self, guint seconds, GCancellable *caller);

/** tou_card_step_stop_clock: also wipes the PIN. */
void tou_card_step_stop_clock (TouCardStep *self);

/** tou_card_step_name_error: @error: (transfer full): of GDBus, GSpawn or the agent.
 * Returns: (transfer full): TOU_CARD_ERROR or G_IO_ERROR_CANCELLED */
GError *tou_card_step_name_error (const TouCardStep *self, GError *error);

/** tou_card_step_check_pin: what can be said without asking the card, and so without spending a try.
 * Errors: PIN_EMPTY, PIN_LENGTH, PIN_INVALID, PIN_LOCKED */
gboolean tou_card_step_check_pin (const TouCardToken *token, const TouSecret *pin,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
