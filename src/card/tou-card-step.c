/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card"

#include "tou-card-step.h"

#include "tou-cancellable.h"

#define LIST_SECONDS 10
#define CARD_SECONDS 30

TouCardStep *
tou_card_step_new (TouCardStepKind kind)
{
    TouCardStep *self = g_new0 (TouCardStep, 1);

    self->kind = kind;
    return self;
}

void
tou_card_step_free (TouCardStep *self)
{
    tou_card_step_stop_clock (self);
    g_clear_pointer (&self->token, tou_card_token_unref);
    g_clear_pointer (&self->content, g_bytes_unref);
    g_clear_object (&self->cancellable);
    g_free (self->certificate_sha256);
    g_free (self);
}

static gboolean
on_time_over (gpointer user_data)
{
    TouCardStep *self = user_data;

    self->timer = 0;
    self->has_timed_out = TRUE;
    g_cancellable_cancel (self->cancellable);
    return G_SOURCE_REMOVE;
}

guint
tou_card_step_get_usual_seconds (const TouCardStep *self)
{
    if (self->kind == TOU_CARD_STEP_LIST)
        return LIST_SECONDS;
    return self->is_on_keypad ? TOU_CARD_STEP_KEYPAD_SECONDS : CARD_SECONDS;
}

void
tou_card_step_start_clock (TouCardStep *self, guint seconds, GCancellable *caller)
{
    self->cancellable = tou_cancellable_new_following (caller);
    self->timer = g_timeout_add ((seconds > 0 ? seconds : tou_card_step_get_usual_seconds (self)) * 1000,
                                 on_time_over, self);
}

void
tou_card_step_stop_clock (TouCardStep *self)
{
    g_clear_handle_id (&self->timer, g_source_remove);
    g_clear_pointer (&self->pin, tou_secret_unref);
}

static TouCardError
get_code (const TouCardStep *self, const GError *error)
{
    if (self->has_timed_out)
        return TOU_CARD_ERROR_TIMED_OUT;
    if (error->domain == G_SPAWN_ERROR)
        return TOU_CARD_ERROR_NO_MODULE;
    /* An error that the agent itself sent, but none of ours: two versions that do not belong together. */
    return g_dbus_error_is_remote_error (error) ? TOU_CARD_ERROR_FAILED : TOU_CARD_ERROR_AGENT_DIED;
}

GError *
tou_card_step_name_error (const TouCardStep *self, GError *error)
{
    GError *named;

    if (!self->has_timed_out
        && (error->domain == TOU_CARD_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))) {
        (void) g_dbus_error_strip_remote_error (error);
        return error;
    }
    named = g_error_new_literal (TOU_CARD_ERROR, (int) get_code (self, error), error->message);
    g_error_free (error);
    return named;
}

static gboolean
is_plain_text (const TouSecret *pin)
{
    const char *data = tou_secret_get_data (pin);

    for (gsize i = 0; i < tou_secret_get_size (pin); i++)
        if (!g_ascii_isgraph (data[i]))
            return FALSE;
    return TRUE;
}

gboolean
tou_card_step_check_pin (const TouCardToken *token, const TouSecret *pin, GError **error)
{
    guint n = pin == NULL ? 0 : tou_secret_get_n_chars (pin);
    TouCardError code;

    if (token->pin_state == TOU_PIN_STATE_LOCKED)
        code = TOU_CARD_ERROR_PIN_LOCKED;
    else if (pin == NULL && token->has_keypad)
        return TRUE;
    else if (n == 0)
        code = TOU_CARD_ERROR_PIN_EMPTY;
    else if (n < token->pin_min || (token->pin_max > 0 && n > token->pin_max))
        code = TOU_CARD_ERROR_PIN_LENGTH;
    else if (!is_plain_text (pin))
        code = TOU_CARD_ERROR_PIN_INVALID;
    else
        return TRUE;
    g_set_error_literal (error, TOU_CARD_ERROR, (int) code, "not sent to the card");
    return FALSE;
}
