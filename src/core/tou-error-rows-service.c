/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-error-row.h"

#include "tou-registration-service.h"

#include <glib/gi18n-lib.h>

#define SERVICE "TouServiceError"

/* What can go wrong between this computer and the service, and what the service says by the type of its
 * problem (docs/service-api.yaml): above all, whether anything was applied for. */
/* clang-format off */
const TouErrorRow tou_error_rows_service[] = {
    { .code = "00005", .name = "name-not-found",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_NAME_NOT_FOUND,
      .cause = N_ ("The address of the service could not be looked up. Most likely this computer "
                    "is not connected to the internet."),
      .remedy = N_ ("Check that another web page opens. If it does, the service's name in its "
                     "profile may be out of date: call the help desk.") },
    { .code = "00005", .name = "unreachable",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_UNREACHABLE,
      .cause = N_ ("The service's computer did not take the connection. It may be down for "
                    "maintenance, or a firewall in your network blocks it."),
      .remedy = N_ ("Look up the service hours and try again later. In a company network, ask its "
                     "administrator to allow HTTPS to the service. If the deadline is near, call "
                     "the help desk.") },
    { .code = "00005", .name = "service-timed-out",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_TIMED_OUT,
      .cause = N_ ("The service did not answer in time. The connection is slow or the service is "
                    "busy."),
      .remedy = N_ ("Try again in a few minutes. What you typed is kept.") },
    { .code = "19999", .name = "untrusted",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_UNTRUSTED,
      .cause = N_ ("The service could not prove who it is: its TLS certificate is not trusted, "
                    "has another name or has expired. The connection was ended before any password "
                    "or data was sent."),
      .remedy = N_ ("Do not try to get around this. In a hotel or public Wi-Fi network, log in to "
                     "the network first. Check the date of this computer and try from another "
                     "network; a firewall that looks into HTTPS can cause it. If it stays so, call "
                     "the help desk.") },
    { .code = "19999", .name = "tls-failed",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_TLS,
      .cause = N_ ("No secure connection could be made: the two sides found no common protocol, "
                    "or the handshake broke off. Nothing was sent."),
      .remedy = N_ ("In a hotel or public Wi-Fi network, log in to the network first. Then try "
                     "again. If it stays so, a proxy or firewall may interfere: ask the network "
                     "administrator, then the help desk.") },
    { .code = "00005", .name = "connection-lost",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_CONNECTION_LOST,
      .cause = N_ ("The connection broke after the application had been sent, before the answer "
                    "came. The service may have it or not."),
      .remedy = N_ ("Do not apply anew. The application is kept as it was signed; this program "
                     "asks the service what became of it, and sends the same again only if it "
                     "never arrived.") },
    { .code = "10048", .name = "bad-answer",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_BAD_ANSWER,
      .cause = N_ ("The service's answer is not what the contract says. The connection was "
                    "secured, so the answer is from the service, or from a device that looks "
                    "into HTTPS in a company network."),
      .remedy = N_ ("Do the same again. If it stays so, call the help desk and read out what "
                     "stands under the details.") },
    { .code = "10048", .name = "answer-too-large",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_ANSWER_TOO_LARGE,
      .cause = N_ ("The service's answer is far larger than any that the contract knows, and was "
                    "not read to the end."),
      .remedy = N_ ("Do the same again. If it stays so, call the help desk.") },
    { .code = "30003", .name = "session-over",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_SESSION_OVER,
      .cause = N_ ("The service says that you are not logged in any more, most likely because "
                    "nothing was done for too long. What you typed is kept."),
      .remedy = N_ ("Enter the password where it is asked for and go on, or log in again. There "
                     "is no browser to close.") },
    { .code = "49999", .name = "service-closed",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_UNAVAILABLE,
      .cause = N_ ("The service is under maintenance or has too much to do, and takes nothing at "
                    "the moment."),
      .remedy = N_ ("Look up the service hours and try again in a few minutes. What you typed is "
                     "kept. If the deadline is near, call the help desk.") },
    { .code = "49999", .name = "service-behind-gateway",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_GATEWAY,
      .cause = N_ ("The agency's gateway was reached, but it got no usable answer from the "
                    "service behind it. The fault is not on this computer."),
      .remedy = N_ ("Try again in a few minutes. What you typed is kept. If the deadline is near, "
                     "call the help desk.") },
    { .code = "49999", .name = "service-broken",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_SERVER_FAILED,
      .cause = N_ ("The service failed at the request without saying why. The fault is not on this "
                    "computer."),
      .remedy = N_ ("Try again in a few minutes. What you typed is kept. If it happens again, "
                     "call the help desk and read out what stands under the details.") },
    { .code = "40003", .name = "access-refused",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_FORBIDDEN,
      .cause = N_ ("Access was refused, and nothing says why. The service, or a security device in "
                    "front of it, may not let this computer or network in."),
      .remedy = N_ ("In a company network, ask its administrator. If it stays so, call the help "
                     "desk and read out what stands under the details.") },
    { .code = "10048", .name = "redirected",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_REDIRECTED,
      .cause = N_ ("The service sent this program on to another address. It did not go there, since "
                    "what it has to send is for this service alone."),
      .remedy = N_ ("The service may have moved or be closed: look at the agency's notices for a "
                     "newer service profile. If there is none, call the help desk.") },
    { .code = "00005", .name = "address-not-found",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_MISSING,
      .cause = N_ ("The agency's computer was reached, but there is no registration service at the "
                    "address in the service profile."),
      .remedy = N_ ("The service may have moved or be closed: look at the agency's notices for a "
                     "newer service profile. If there is none, call the help desk.") },
    { .code = "49999", .name = "problem-without-code",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_PROBLEM,
      .cause = N_ ("The service refused the request without one of the known codes. The details "
                    "hold what it said."),
      .remedy = N_ ("Wait a few minutes and try again. If it happens again, call the help desk "
                     "and read out the details.") },
    { .code = "30001", .name = "nothing-registered",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_NOT_FOUND,
      .cause = N_ ("The service has nothing of what was asked for: there is no registration in "
                    "this category, or no such submission."),
      .remedy = N_ ("Check that you chose the right category. If you have not registered yet, "
                     "begin with \"Registration\".") },
    { .code = "30004", .name = "session-lost",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_SESSION_LOST,
      .cause = N_ ("The service was to go on with the other procurement category, and no answer "
                    "came that can be used. You have been logged out to be on the safe side. What "
                    "you applied for before stands."),
      .remedy = N_ ("To apply for the other category too, choose it on the first page, log in "
                     "again and begin with \"Registration\".") },
    { .code = "19999", .name = "bad-receipt",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_BAD_RECEIPT,
      .cause = N_ ("The service took the application, but its receipt could not be verified. The "
                    "application itself is kept."),
      .remedy = N_ ("Do not apply anew. Look at the application history, and call the help desk: "
                     "the receipt's signature may belong to a newer service profile.") },
    { .code = "19999", .name = "service-failed",
      .domain = SERVICE, .value = TOU_SERVICE_ERROR_FAILED,
      .cause = N_ ("Speaking with the service failed in a way that has no explanation of its own."),
      .remedy = N_ ("Try again. If it happens again, call the help desk and read out what stands "
                     "under the details.") },
    { .code = "30001", .name = "nothing-registered-yet",
      .problem = "not-registered-yet",
      .cause = N_ ("The company has no approved registration in this category yet, so there is "
                    "nothing to change or renew."),
      .remedy = N_ ("Begin with \"Registration\". If you have applied already, wait for the "
                     "review; the application history shows its state.") },
    { .code = "30001", .name = "not-the-registered-card",
      .problem = "not-registered",
      .cause = N_ ("The card in the reader is not the one that is registered for this company."),
      .remedy = N_ ("Put in the registered card. A new card becomes usable when its renewal is "
                     "approved.") },
    { .code = "30005", .name = "other-company",
      .problem = "other-company",
      .cause = N_ ("The card belongs to another company than the user ID with which you logged "
                    "in. Nothing was applied for."),
      .remedy = N_ ("Put in the card of this company, or log in with the user ID of the card's "
                     "company.") },
    { .code = "40001", .name = "service-unavailable",
      .problem = "unavailable",
      .cause = N_ ("The service is out of operation for now."),
      .remedy = N_ ("Look up the service hours and try again later. What you typed is kept. If "
                     "the deadline is near, call the help desk.") },
    { .code = "40001", .name = "too-many-requests",
      .problem = "too-many-requests",
      .cause = N_ ("The service had too many calls from here in a short time and takes no more "
                    "for a while."),
      .remedy = N_ ("Wait a few minutes, then try once more.") },
    { .code = "40001", .name = "untrusted-issuer",
      .problem = "untrusted-issuer",
      .cause = N_ ("The service does not accept cards of the certification authority that issued "
                    "this one. Nothing was applied for."),
      .remedy = N_ ("Make sure that it is the card for e-bidding. The agency's pages list the "
                     "accepted certification authorities.") },
    { .code = "40001", .name = "key-usage",
      .problem = "key-usage",
      .cause = N_ ("The certificate on the card is not meant for signing. Nothing was applied for."),
      .remedy = N_ ("Choose the card's signature certificate, or put in the card for e-bidding.") },
    { .code = "40004", .name = "time-off",
      .problem = "time",
      .cause = N_ ("The time in the application was too far from the service's, so the service "
                    "refused it. Nothing was applied for."),
      .remedy = N_ ("Do the same again: the service's own time is used, and was taken anew. If it "
                     "happens again, call the help desk.") },
    { .code = "40004", .name = "nonce-used",
      .problem = "bad-nonce",
      .cause = N_ ("The service did not know the one-time number in the application, most likely "
                    "because it was started anew. Nothing was applied for."),
      .remedy = N_ ("Do the same again; a fresh number is fetched.") },
    { .code = "30005", .name = "same-card",
      .problem = "same-card",
      .cause = N_ ("The current and the new card are one and the same card. Nothing was applied "
                    "for."),
      .remedy = N_ ("Put in the new card when it is asked for.") },
    { .code = "30001", .name = "cards-swapped",
      .problem = "cards-swapped",
      .cause = N_ ("The card that was put in as the new one is the registered one. Nothing was "
                    "applied for."),
      .remedy = N_ ("Begin the renewal again: first the card that you use now, then the new one.") },
    { .code = "30007", .name = "refused-current-card-expired",
      .problem = "current-card-expired",
      .cause = N_ ("The card that is registered has expired, so that it cannot vouch for the new "
                    "one. Nothing was applied for."),
      .remedy = N_ ("Register the new card with \"Registration\"; a renewal is not possible any more.") },
    { .code = "30006", .name = "refused-current-card-revoked",
      .problem = "current-card-revoked",
      .cause = N_ ("The card that is registered was revoked, so that it cannot vouch for the new "
                    "one. Nothing was applied for."),
      .remedy = N_ ("Register the new card with \"Registration\"; a renewal is not possible any more.") },
    { .code = "40004", .name = "authorization-expired",
      .problem = "authorization-expired",
      .cause = N_ ("More than 15 minutes have passed since the current card was put in. Nothing was "
                    "applied for."),
      .remedy = N_ ("Begin the renewal again with the current card.") },
    { .code = "40004", .name = "authorization-used",
      .problem = "authorization-used",
      .cause = N_ ("The service does not know the one-time number that the current card signed, or "
                    "it was used already. Nothing was applied for."),
      .remedy = N_ ("Look at the application history first. If the renewal is not there, begin again "
                     "with the current card.") },
    { .code = "40003", .name = "authorization-refused",
      .problem = "bad-authorization",
      .cause = N_ ("The service did not accept what the current card signed for this renewal. "
                    "Nothing was applied for."),
      .remedy = N_ ("Begin the renewal again with the current card. If it happens again, call the help "
                     "desk and read out what stands under the details.") },
    { .code = "40003", .name = "field-refused",
      .problem = "bad-field",
      .cause = N_ ("The service refused the content of a field. The details name it. Nothing was "
                    "applied for."),
      .remedy = N_ ("Go back to the form, mend that field and apply again.") },
    { .code = "49999", .name = "unknown-service-code",
      .problem = TOU_ERROR_ANY_4XXXX,
      .cause = N_ ("The service reports an error between 40001 and 49999 that the manual does not "
                    "list. The details hold the code."),
      .remedy = N_ ("Call the help desk and read out the details.") },
    { .code = "49999", .name = "unknown-code",
      .problem = TOU_ERROR_ANY_CODE,
      .cause = N_ ("The service gave an error code that this version does not know. The details "
                    "hold what it said."),
      .remedy = N_ ("Look for a newer version of this program, or call the help desk and read out "
                     "the details.") },
};
/* clang-format on */
const guint tou_n_error_rows_service = G_N_ELEMENTS (tou_error_rows_service);
