/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-error-row.h"

#include "tou-card-access.h"
#include "tou-proof-checker.h"
#include "tou-registration-service.h"

#include <glib/gi18n-lib.h>

#define CARD "TouCardError"
#define PROOF "TouProofError"
#define SERVICE "TouServiceError"

/* The 28 codes of the manual (chapter 6.2), in its order, each with its message and the explanation that
 * holds where nothing more is known. A row that names an error is the only cause of its code on this side. */
/* clang-format off */
const TouErrorRow tou_error_rows_code[] = {
    { .code = "00005", .name = "file-not-found",
      .message = N_ ("The file was not found."),
      .cause = N_ ("Something that this step needs could not be fetched, most likely because the "
                    "connection failed."),
      .remedy = N_ ("Check the internet connection and try again. If it happens often, call the "
                     "help desk and give this code.") },
    { .code = "01001", .name = "algorithm-refused",
      .domain = CARD, .value = TOU_CARD_ERROR_ALGORITHM,
      .message = N_ ("An algorithm that cannot be used was asked for."),
      .cause = N_ ("The card refused the kind of signature that the service asks for. Nothing was "
                    "signed or sent, and no PIN try was used."),
      .remedy = N_ ("Make sure that the newest client software of the card's certification "
                     "authority is installed. If it is, call the place where you bought the card "
                     "and say that it refuses the signature algorithm.") },
    { .code = "01002", .name = "algorithm-missing",
      .domain = CARD, .value = TOU_CARD_ERROR_ALGORITHM_MODULE,
      .message = N_ ("A provider that cannot be used was asked for."),
      .cause = N_ ("The card's client software does not know the kind of signature that is "
                    "needed; it is probably too old. Nothing was signed or sent."),
      .remedy = N_ ("Install the newest client software of the card's certification authority. If "
                     "that does not help, call the place where you bought the card.") },
    { .code = "01003", .name = "key-invalid",
      .message = N_ ("The key is not valid: wrong encoding, wrong length or not initialized."),
      .cause = N_ ("The key on the card cannot be used."),
      .remedy = N_ ("Take the card out, put it in again and try once more. If it stays so, call "
                     "the place where you bought the card.") },
    { .code = "01004", .name = "key-specification",
      .message = N_ ("The key specification is not correct."),
      .cause = N_ ("The key on the card is not of a kind or length that the service accepts."),
      .remedy = N_ ("Make sure that you put in the card for e-bidding and not another one. If it "
                     "is the right card, call the place where you bought it.") },
    { .code = "01006", .name = "certificate-expired",
      .domain = PROOF, .value = TOU_PROOF_ERROR_EXPIRED,
      .message = N_ ("The certificate has expired."),
      .cause = N_ ("The validity of the card's certificate has ended. Such a card can no longer "
                    "sign, and it can no longer be renewed by IC card renewal either."),
      .remedy = N_ ("Put in a valid card. If you have none, buy a new one and register it with "
                     "\"Registration\". If today lies within the card's validity, call the place "
                     "where you bought the card.") },
    { .code = "01007", .name = "certificate-not-yet-valid",
      .domain = PROOF, .value = TOU_PROOF_ERROR_NOT_YET_VALID,
      .message = N_ ("The certificate is not valid yet."),
      .cause = N_ ("The validity of the card's certificate has not begun. The service's clock "
                    "decides, not that of this computer."),
      .remedy = N_ ("Wait until the first day of validity, or use another card. If that day has "
                     "come, call the place where you bought the card.") },
    { .code = "01014", .name = "certificate-revoked",
      .domain = PROOF, .value = TOU_PROOF_ERROR_REVOKED,
      .message = N_ ("The certificate is on the certificate revocation list."),
      .cause = N_ ("The certification authority has revoked this card's certificate. It can no "
                    "longer be used."),
      .remedy = N_ ("Put in another card. If you did not have the card revoked, call the place "
                     "where you bought it.") },
    { .code = "03001", .name = "device",
      .message = N_ ("The device cannot be used."),
      .cause = N_ ("The card reader or the card could not be used, so the certificate could not "
                    "be read."),
      .remedy = N_ ("Check that the reader is connected and the card is put in the right way, "
                     "then try again. If it stays so, call the place where you bought the card.") },
    { .code = "03002", .name = "card-login",
      .message = N_ ("Login failed."),
      .cause = N_ ("The card was not unlocked: the PIN was wrong, it is another card, or the card "
                    "is locked."),
      .remedy = N_ ("Make sure that it is the right card before you enter the PIN again: too many "
                     "wrong entries lock it. If you are not sure of the PIN, call the place where "
                     "you bought the card first.") },
    { .code = "10002", .name = "module-missing",
      .domain = CARD, .value = TOU_CARD_ERROR_NO_MODULE,
      .message = N_ ("The cryptographic component could not be loaded."),
      .cause = N_ ("The software that speaks with the card (the PKCS#11 module) is not installed "
                    "or did not start. No PIN try was used."),
      .remedy = N_ ("Install the client software of the card's certification authority for this "
                     "computer and start again. If it is installed, call the place where you "
                     "bought the card and ask whether it works with Linux.") },
    { .code = "10025", .name = "pin-empty",
      .domain = CARD, .value = TOU_CARD_ERROR_PIN_EMPTY,
      .message = N_ ("The PIN is not entered."),
      .cause = N_ ("No PIN was entered. The card was not asked, so no PIN try was used."),
      .remedy = N_ ("Enter the PIN that you got with the card.") },
    { .code = "10048", .name = "screen-operation",
      .message = N_ ("An error occurred during the operation. Please do the same operation again."),
      .cause = N_ ("The step could not be done as things are at the moment."),
      .remedy = N_ ("Do the same operation again. If it happens often, call the help desk.") },
    { .code = "19999", .name = "unexpected",
      .message = N_ ("An error occurred."),
      .cause = N_ ("Something happened that this program did not expect. What you typed is kept."),
      .remedy = N_ ("Try again. If it happens again, call the help desk and read out what stands "
                     "under the details.") },
    { .code = "20001", .name = "resent",
      .message = N_ ("The request was accepted, but the next page could not be shown because of a "
                      "communication failure. Check in the list that it is done, then go on."),
      .cause = N_ ("The service had this application already when it was sent again after a "
                    "failure. It counts once; nothing was applied for twice."),
      .remedy = N_ ("Look at the application history in the registration menu. If the application "
                     "is listed, there is nothing more to do.") },
    { .code = "30001", .name = "card-not-registered",
      .message = N_ ("Login failed. The IC card in the reader is not registered."),
      .cause = N_ ("The service knows no approved registration of this card. Either it was never "
                    "applied for, the review is not done, or it was denied."),
      .remedy = N_ ("Put in the registered card. If this card is new, apply for it with "
                     "\"Registration\" or \"IC card renewal\", and look at the application history "
                     "for the result of the review.") },
    { .code = "30002", .name = "user-unknown",
      .message = N_ ("Login failed. The user entered is not registered."),
      .cause = N_ ("The user ID or the password is wrong, or they belong to the other procurement "
                    "category."),
      .remedy = N_ ("Compare the user ID with the notice of your application for use and the "
                     "password with the notice of the password change, mind capital letters and "
                     "the category, and log in again. If they are right, call the help desk.") },
    { .code = "30003", .name = "session-expired",
      .message = N_ ("The necessary information could not be obtained from the session. Please "
                      "close the browser and log in again."),
      .cause = N_ ("The session ended because nothing was done for too long. What you typed is "
                    "kept, and no application was sent."),
      .remedy = N_ ("Log in again; the form comes back as you left it. There is no browser to "
                     "close.") },
    { .code = "30004", .name = "not-signed-in",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_NOT_SIGNED_IN,
      .message = N_ ("You are not logged in, or the session has timed out. The necessary "
                      "information could not be obtained from the session. Please do it again."),
      .cause = N_ ("The service knows of no open session: it has ended, or the service was "
                    "started anew. What you typed is kept."),
      .remedy = N_ ("Log in again and repeat the step.") },
    { .code = "30005", .name = "card-not-logged-in",
      .message = N_ ("You are not logged in, or the session has timed out. Login was not done "
                      "with the IC card in the reader. Please do it again."),
      .cause = N_ ("The card in the reader is not the one with which this work was begun."),
      .remedy = N_ ("Put in the right card and enter its PIN again.") },
    { .code = "30006", .name = "service-card-revoked",
      .message = N_ ("The IC card has been revoked. Check that it is a valid IC card."),
      .cause = N_ ("The service has found this card's certificate revoked and refused it. Nothing "
                    "was applied for."),
      .remedy = N_ ("Check whether it is the right card and put in the valid one. If it is the "
                     "right card, call the help desk.") },
    { .code = "30007", .name = "service-card-expired",
      .message = N_ ("The validity of the IC card has ended. Check that it is a valid IC card."),
      .cause = N_ ("The service refused this card since its validity has ended. Nothing was "
                    "applied for."),
      .remedy = N_ ("Put in a valid card. A card that has expired cannot be renewed: register a "
                     "new one with \"Registration\".") },
    { .code = "30008", .name = "service-card-not-yet-valid",
      .message = N_ ("The IC card in the reader is not valid yet. Check that it is a valid IC "
                      "card."),
      .cause = N_ ("The service refused this card since its validity has not begun. Nothing was "
                    "applied for."),
      .remedy = N_ ("Use another card, or wait until the first day of validity.") },
    { .code = "40001", .name = "service-login-error",
      .message = N_ ("Login failed. An unexpected error occurred. If it keeps happening, contact "
                      "the system administrator."),
      .cause = N_ ("The service could not or would not carry out the request."),
      .remedy = N_ ("Wait a few minutes and try again. If it happens again, call the help desk "
                     "and give this code.") },
    { .code = "40002", .name = "service-login-exception",
      .message = N_ ("Login failed. An unexpected error occurred. If it keeps happening, contact "
                      "the system administrator."),
      .cause = N_ ("The service failed while it worked on the request. The fault is not on this "
                    "computer."),
      .remedy = N_ ("Wait a few minutes and try again. If the deadline is near, call the help "
                     "desk at once and give this code.") },
    { .code = "40003", .name = "service-error",
      .message = N_ ("An unexpected error occurred. If it keeps happening, contact the system "
                      "administrator."),
      .cause = N_ ("The service refused what this program sent. Nothing was applied for."),
      .remedy = N_ ("Try again. If it happens again, call the help desk and read out what stands "
                     "under the details.") },
    { .code = "40004", .name = "service-session-error",
      .message = N_ ("You are not logged in, or the session has timed out. An unexpected error "
                      "occurred. If it keeps happening, contact the system administrator. Please "
                      "do it again."),
      .cause = N_ ("The request no longer fitted the session at the service. Nothing was applied "
                    "for."),
      .remedy = N_ ("Log in again and repeat the step. If it happens again, call the help desk.") },
    { .code = "49999", .name = "service-unexpected",
      .message = N_ ("An unexpected error occurred. If it keeps happening, contact the system "
                      "administrator."),
      .cause = N_ ("The service reports an error that it did not expect itself."),
      .remedy = N_ ("Wait a few minutes and try again. If it happens again, call the help desk.") },
};
/* clang-format on */
const guint tou_n_error_rows_code = G_N_ELEMENTS (tou_error_rows_code);
