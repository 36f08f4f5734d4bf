/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-error-row.h"

#include "tou-card-access.h"

#include <glib/gi18n-lib.h>

#define CARD "TouCardError"

/* What can go wrong between this computer and the card: above all, whether a PIN try was used. */
/* clang-format off */
const TouErrorRow tou_error_rows_card[] = {
    { .code = "03001", .name = "no-reader",
      .domain = CARD, .value = TOU_CARD_ERROR_NO_READER,
      .cause = N_ ("No card reader was found."),
      .remedy = N_ ("Plug the reader into this computer, wait until its lamp is on, and try "
                     "again. If it stays unseen, use another USB socket or call the maker of the "
                     "reader.") },
    { .code = "03001", .name = "no-card",
      .domain = CARD, .value = TOU_CARD_ERROR_NO_CARD,
      .cause = N_ ("There is no card in the reader."),
      .remedy = N_ ("Put the card in with the chip first and as far as it goes, then try again.") },
    { .code = "03001", .name = "unknown-card",
      .domain = CARD, .value = TOU_CARD_ERROR_UNKNOWN_CARD,
      .cause = N_ ("There is a card in the reader, but the installed card software does not know "
                    "it."),
      .remedy = N_ ("Make sure that it is the card for e-bidding and put in the right way round. "
                     "If it is, install the client software of its certification authority, or "
                     "call the place where you bought the card.") },
    { .code = "03001", .name = "reader-busy",
      .domain = CARD, .value = TOU_CARD_ERROR_READER_BUSY,
      .cause = N_ ("Another program is using the card. No PIN try was used."),
      .remedy = N_ ("Close other programs that use the card, such as a certificate tool or a "
                     "browser, and try again.") },
    { .code = "03001", .name = "card-removed",
      .domain = CARD, .value = TOU_CARD_ERROR_CARD_REMOVED,
      .cause = N_ ("The card was taken out, or lost contact, during the step. Nothing was sent, "
                    "and what you typed is kept."),
      .remedy = N_ ("Put the card in again, leave it in until the step is done, and enter the PIN "
                     "again.") },
    { .code = "03001", .name = "card-device",
      .domain = CARD, .value = TOU_CARD_ERROR_DEVICE,
      .cause = N_ ("The reader or the card reported a fault."),
      .remedy = N_ ("Take the card out, wipe its chip with a dry cloth, connect the reader anew "
                     "and try again. If another card works in this reader, call the place where "
                     "you bought this card.") },
    { .code = "03001", .name = "card-timed-out",
      .domain = CARD, .value = TOU_CARD_ERROR_TIMED_OUT,
      .cause = N_ ("The card software did not answer in time and was stopped. Nothing was sent, "
                    "and what you typed is kept. If a PIN had just been entered, the card may have "
                    "seen it."),
      .remedy = N_ ("Take the card out, put it in again, and try once more. If it happens again, "
                     "restart the computer before you enter the PIN another time.") },
    { .code = "03001", .name = "card-agent-died",
      .domain = CARD, .value = TOU_CARD_ERROR_AGENT_DIED,
      .cause = N_ ("The card software of the certification authority crashed. This program goes "
                    "on; nothing was sent, and what you typed is kept."),
      .remedy = N_ ("Try again. If it crashes again, install its newest version, or call the "
                     "place where you bought the card and say that its PKCS#11 module crashes.") },
    { .code = "03001", .name = "no-certificate",
      .domain = CARD, .value = TOU_CARD_ERROR_NO_CERTIFICATE,
      .cause = N_ ("The card holds no certificate that could be read."),
      .remedy = N_ ("Make sure that it is the card for e-bidding. If it is, call the place where "
                     "you bought it: the certificate may not have been put on it.") },
    { .code = "03002", .name = "pin-length",
      .domain = CARD, .value = TOU_CARD_ERROR_PIN_LENGTH,
      .cause = N_ ("The PIN is shorter or longer than this card's PINs can be. It was not sent to "
                    "the card, so no PIN try was used."),
      .remedy = N_ ("Count the characters of the PIN in the papers that came with the card and "
                     "enter it again.") },
    { .code = "03002", .name = "pin-invalid",
      .domain = CARD, .value = TOU_CARD_ERROR_PIN_INVALID,
      .cause = N_ ("The PIN has a character that this card does not take. It was not sent to the "
                    "card, so no PIN try was used."),
      .remedy = N_ ("Enter the PIN in half-width digits; switch off Japanese input.") },
    { .code = "03002", .name = "pin-wrong",
      .domain = CARD, .value = TOU_CARD_ERROR_PIN_WRONG,
      .cause = N_ ("The PIN is wrong. The card counted this as one wrong entry; after too many in "
                    "a row it locks itself."),
      .remedy = N_ ("Check that this is the card whose PIN you have, and that Caps Lock and "
                     "Japanese input are off, then enter it again. If you are not sure, stop and "
                     "call the place where you bought the card: a right entry clears the count, a "
                     "locked card may have to be bought anew.") },
    { .code = "03002", .name = "pin-locked",
      .domain = CARD, .value = TOU_CARD_ERROR_PIN_LOCKED,
      .cause = N_ ("The card is locked, because the PIN was entered wrongly too many times. Even "
                    "the right PIN is refused now."),
      .remedy = N_ ("Do not go on trying. Call the place where you bought the card: some cards "
                     "can be unlocked with an unlocking PIN, others have to be bought anew. If the "
                     "deadline is near, tell the help desk too.") },
    { .code = "03002", .name = "other-card",
      .domain = CARD, .value = TOU_CARD_ERROR_OTHER_CARD,
      .cause = N_ ("The card in the reader is another one than before. The PIN was not sent to it."),
      .remedy = N_ ("Put in the card with which you began, or go back and begin with this one.") },
    { .code = "30005", .name = "card-not-unlocked",
      .domain = CARD, .value = TOU_CARD_ERROR_NOT_UNLOCKED,
      .cause = N_ ("The work with the card was interrupted: it was taken out, or too much time "
                    "has passed. Nothing was sent, and what you typed is kept."),
      .remedy = N_ ("Put the card in and enter the PIN again.") },
    { .code = "01003", .name = "card-no-key",
      .domain = CARD, .value = TOU_CARD_ERROR_NO_KEY,
      .cause = N_ ("The card holds a certificate, but its private key is missing or broken. It "
                    "cannot sign."),
      .remedy = N_ ("Take the card out, put it in again and try once more. If it stays so, call "
                     "the place where you bought the card.") },
    { .code = "01004", .name = "key-unsuitable",
      .domain = CARD, .value = TOU_CARD_ERROR_KEY_UNSUITABLE,
      .cause = N_ ("The key on the card is too short or of a kind that the service does not take. "
                    "It may be an old card or one for another purpose."),
      .remedy = N_ ("Put in the card for e-bidding. If this is it, call the place where you "
                     "bought it and ask for one with a current key.") },
    { .code = "19999", .name = "card-bad-signature",
      .domain = CARD, .value = TOU_CARD_ERROR_BAD_SIGNATURE,
      .cause = N_ ("The card made a signature, but checking it on this computer showed it to be "
                    "wrong. It was thrown away and nothing was sent."),
      .remedy = N_ ("Take the card out, put it in again and try once more. If it happens again, "
                     "the card or its software is faulty: call the place where you bought the card.") },
    { .code = "10048", .name = "card-busy",
      .domain = CARD, .value = TOU_CARD_ERROR_BUSY,
      .cause = N_ ("The card is still at work on the step before."),
      .remedy = N_ ("Wait a moment and do the same again.") },
    { .code = "19999", .name = "card-failed",
      .domain = CARD, .value = TOU_CARD_ERROR_FAILED,
      .cause = N_ ("The card software reported a fault that has no explanation of its own. "
                    "Nothing was sent."),
      .remedy = N_ ("Take the card out, put it in again and try once more. If it happens again, "
                     "call the help desk and read out what stands under the details.") },
};
/* clang-format on */
const guint tou_n_error_rows_card = G_N_ELEMENTS (tou_error_rows_card);
