/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card"

#include "tou-card-agent-errors.h"

#include "tou-card-access.h"

#include <gio/gio.h>

#define NAME(word) "io.github.touroku.CardAgent1.Error." word

static const char *const names[] = {
    [TOU_CARD_ERROR_NO_MODULE] = NAME ("NoModule"),
    [TOU_CARD_ERROR_NO_READER] = NAME ("NoReader"),
    [TOU_CARD_ERROR_NO_CARD] = NAME ("NoCard"),
    [TOU_CARD_ERROR_UNKNOWN_CARD] = NAME ("UnknownCard"),
    [TOU_CARD_ERROR_READER_BUSY] = NAME ("ReaderBusy"),
    [TOU_CARD_ERROR_CARD_REMOVED] = NAME ("CardRemoved"),
    [TOU_CARD_ERROR_DEVICE] = NAME ("Device"),
    [TOU_CARD_ERROR_TIMED_OUT] = NAME ("TimedOut"),
    [TOU_CARD_ERROR_AGENT_DIED] = NAME ("AgentDied"),
    [TOU_CARD_ERROR_PIN_EMPTY] = NAME ("PinEmpty"),
    [TOU_CARD_ERROR_PIN_LENGTH] = NAME ("PinLength"),
    [TOU_CARD_ERROR_PIN_INVALID] = NAME ("PinInvalid"),
    [TOU_CARD_ERROR_PIN_WRONG] = NAME ("PinWrong"),
    [TOU_CARD_ERROR_PIN_LOCKED] = NAME ("PinLocked"),
    [TOU_CARD_ERROR_OTHER_CARD] = NAME ("OtherCard"),
    [TOU_CARD_ERROR_NOT_UNLOCKED] = NAME ("NotUnlocked"),
    [TOU_CARD_ERROR_NO_CERTIFICATE] = NAME ("NoCertificate"),
    [TOU_CARD_ERROR_NO_KEY] = NAME ("NoKey"),
    [TOU_CARD_ERROR_KEY_UNSUITABLE] = NAME ("KeyUnsuitable"),
    [TOU_CARD_ERROR_ALGORITHM] = NAME ("Algorithm"),
    [TOU_CARD_ERROR_ALGORITHM_MODULE] = NAME ("AlgorithmModule"),
    [TOU_CARD_ERROR_BAD_SIGNATURE] = NAME ("BadSignature"),
    [TOU_CARD_ERROR_BUSY] = NAME ("Busy"),
    [TOU_CARD_ERROR_FAILED] = NAME ("Failed"),
};
G_STATIC_ASSERT (G_N_ELEMENTS (names) == TOU_N_CARD_ERRORS);

void
tou_card_agent_errors_register (void)
{
    for (guint code = 0; code < G_N_ELEMENTS (names); code++)
        (void) g_dbus_error_register_error (TOU_CARD_ERROR, (int) code, names[code]);
}
