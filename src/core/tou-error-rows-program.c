/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-error-row.h"

#include "tou-card-modules.h"
#include "tou-certificate-checker.h"
#include "tou-installation-error.h"
#include "tou-record-store.h"
#include "tou-proof-checker.h"
#include "tou-service-profile.h"
#include "tou-practice-control.h"

#include <glib/gi18n-lib.h>

#define STORE "TouStoreError"
#define PROOF "TouProofError"
#define WARNING "TouCertificateWarning"
#define PROFILE "TouProfileError"
#define PRACTICE "TouPracticeError"
#define INSTALLATION "TouInstallationError"
#define MODULE "TouModuleError"
#define FLOW "tou-flow-error-quark"
#define RENEWAL "TouRenewalError"

/* What can go wrong within this program. Flows are above this layer: their domains are known here by name and
 * number only; test-error-catalogue holds them against tou-flow-error.h and tou-renewal-error.h. */
/* clang-format off */
const TouErrorRow tou_error_rows_program[] = {
    { .code = "00005", .name = "store-open",
      .domain = STORE, .value = TOU_STORE_ERROR_OPEN,
      .cause = N_ ("The file with your drafts and applications could not be opened or made."),
      .remedy = N_ ("Check that your home folder is there and may be written to, and that no "
                     "other user owns the file. Nothing is sent before it can be kept.") },
    { .code = "19999", .name = "store-damaged",
      .domain = STORE, .value = TOU_STORE_ERROR_DAMAGED,
      .cause = N_ ("The file with your drafts and applications is damaged. It is left as it is, "
                    "so that it can be rescued."),
      .remedy = N_ ("Restore it from a backup, or move it away to begin with an empty one. "
                     "Applications that the service has taken are in its application history all "
                     "the same.") },
    { .code = "19999", .name = "store-newer",
      .domain = STORE, .value = TOU_STORE_ERROR_NEWER,
      .cause = N_ ("The file with your drafts and applications was written by a newer version of "
                    "this program."),
      .remedy = N_ ("Start the newer version. The file was not changed.") },
    { .code = "19999", .name = "store-full",
      .domain = STORE, .value = TOU_STORE_ERROR_FULL,
      .cause = N_ ("The disk is full, so your drafts and applications can be neither kept nor read."),
      .remedy = N_ ("Free some space and do the same again. Nothing is sent before it can be "
                     "kept.") },
    { .code = "00005", .name = "store-not-found",
      .domain = STORE, .value = TOU_STORE_ERROR_NOT_FOUND,
      .cause = N_ ("There is no such draft or application on this computer."),
      .remedy = N_ ("It may have been made on another computer or by another user. The service's "
                     "application history shows what was applied for.") },
    { .code = "10048", .name = "store-exists",
      .domain = STORE, .value = TOU_STORE_ERROR_EXISTS,
      .cause = N_ ("An application with the same number but other content is kept already. The "
                    "new one was not sent."),
      .remedy = N_ ("Go back to the form and do the same again; it gets a number of its own.") },
    { .code = "19999", .name = "store-failed",
      .domain = STORE, .value = TOU_STORE_ERROR_FAILED,
      .cause = N_ ("Keeping or reading your drafts and applications failed."),
      .remedy = N_ ("Try again. If it happens again, check the disk, then call the help desk and "
                     "read out the details.") },
    { .code = "19999", .name = "proof-malformed",
      .domain = PROOF, .value = TOU_PROOF_ERROR_MALFORMED,
      .cause = N_ ("A certificate, signature or receipt could not be read: it is damaged or of "
                    "another format."),
      .remedy = N_ ("Do the same again. If it concerns a card, call the place where you bought "
                     "it; if a receipt, the help desk.") },
    { .code = "19999", .name = "proof-signature",
      .domain = PROOF, .value = TOU_PROOF_ERROR_SIGNATURE,
      .cause = N_ ("A signature did not pass the check on this computer."),
      .remedy = N_ ("Nothing that relies on it was sent or kept as valid. Do the same again; if "
                     "it stays so, call the help desk.") },
    { .code = "19999", .name = "proof-content",
      .domain = PROOF, .value = TOU_PROOF_ERROR_CONTENT,
      .cause = N_ ("The signature or receipt is for other data than it should be."),
      .remedy = N_ ("Do not apply anew before you have looked at the application history. Call "
                     "the help desk and read out the details.") },
    { .code = "19999", .name = "proof-certificate",
      .domain = PROOF, .value = TOU_PROOF_ERROR_CERTIFICATE,
      .cause = N_ ("It was signed with another certificate, or with one that is not meant for it."),
      .remedy = N_ ("Make sure that the right card is in the reader and that its signature "
                     "certificate is chosen. If it concerns a receipt, call the help desk.") },
    { .code = "19999", .name = "proof-chain",
      .domain = PROOF, .value = TOU_PROOF_ERROR_CHAIN,
      .cause = N_ ("The certificate does not lead to an authority that this agency accepts."),
      .remedy = N_ ("Make sure that it is the card for e-bidding. If it is, the service profile "
                     "may be out of date: ask the help desk for a new one.") },
    { .code = "19999", .name = "proof-failed",
      .domain = PROOF, .value = TOU_PROOF_ERROR_FAILED,
      .cause = N_ ("A certificate or signature could not be checked, for a reason that has no "
                    "explanation of its own."),
      .remedy = N_ ("Do the same again. If it happens again, call the help desk and read out the "
                     "details.") },
    { .code = "01004", .name = "certificate-key-usage",
      .domain = PROOF, .value = TOU_PROOF_ERROR_KEY_USAGE,
      .cause = N_ ("The certificate on the card says that its key is not for signing. The service "
                    "would refuse it. Nothing was signed or sent."),
      .remedy = N_ ("Choose the card's signature certificate, or put in the card for e-bidding. If "
                     "this is it, call the place where you bought the card.") },
    { .code = "01006", .name = "certificate-expired-by-service",
      .domain = PROOF, .value = TOU_PROOF_ERROR_EXPIRED_BY_SERVICE,
      .cause = N_ ("The validity of the card's certificate has ended. By this computer's clock it "
                    "has not, but that clock is wrong: the service's clock decides."),
      .remedy = N_ ("Set this computer's date and time. Put in a valid card; if you have none, buy a "
                     "new one and register it with \"Registration\".") },
    { .code = "01007", .name = "certificate-not-yet-valid-by-service",
      .domain = PROOF, .value = TOU_PROOF_ERROR_NOT_YET_VALID_BY_SERVICE,
      .cause = N_ ("The validity of the card's certificate has not begun. By this computer's clock "
                    "it has, but that clock is wrong: the service's clock decides."),
      .remedy = N_ ("Set this computer's date and time. Wait until the first day of validity, or "
                     "use another card.") },
    { .code = "00005", .name = "crl-unreachable",
      .domain = WARNING, .value = TOU_CERTIFICATE_WARNING_LIST_UNREACHABLE,
      .cause = N_ ("The certification authority's revocation list could not be fetched, so this "
                    "computer does not know whether the card was revoked."),
      .remedy = N_ ("You can go on: the service checks the card itself. If it should refuse the "
                     "card, call the place where you bought it.") },
    { .code = "00005", .name = "crl-too-large",
      .domain = WARNING, .value = TOU_CERTIFICATE_WARNING_LIST_TOO_LARGE,
      .cause = N_ ("The certification authority's revocation list is larger than this program "
                    "reads, so this computer does not know whether the card was revoked."),
      .remedy = N_ ("You can go on: the service checks the card itself.") },
    { .code = "00005", .name = "crl-unusable",
      .domain = WARNING, .value = TOU_CERTIFICATE_WARNING_LIST_UNUSABLE,
      .cause = N_ ("What came as the revocation list was not signed by the certification authority "
                    "of the card or could not be read. It was not used, so this computer does not "
                    "know whether the card was revoked."),
      .remedy = N_ ("You can go on: the service checks the card itself. In a hotel or public "
                     "network, log in to the network first. If it stays so, tell the help desk.") },
    { .code = "00005", .name = "crl-stale",
      .domain = WARNING, .value = TOU_CERTIFICATE_WARNING_LIST_STALE,
      .cause = N_ ("The certification authority's revocation list is out of date and no newer one "
                    "could be had. The card is not on it, but it may have been revoked since."),
      .remedy = N_ ("You can go on: the service checks the card itself.") },
    { .code = "00005", .name = "crl-none",
      .domain = WARNING, .value = TOU_CERTIFICATE_WARNING_NO_LIST,
      .cause = N_ ("The card's certificate names no revocation list that this program can fetch, so "
                    "this computer does not know whether the card was revoked."),
      .remedy = N_ ("You can go on: the service checks the card itself.") },
    { .code = "00005", .name = "profile-unreadable",
      .domain = PROFILE, .value = TOU_PROFILE_ERROR_UNREADABLE,
      .cause = N_ ("The service profile, or a file that it names, is not there or may not be read."),
      .remedy = N_ ("If you got a folder from the agency, copy the whole of it, not the profile alone, and "
                     "open the profile again. Or ask the help desk for the profile as one file.") },
    { .code = "19999", .name = "not-a-profile",
      .domain = PROFILE, .value = TOU_PROFILE_ERROR_NOT_A_PROFILE,
      .cause = N_ ("The file is not a service profile."),
      .remedy = N_ ("Open the file that the agency gave you; its name ends in \".touroku\".") },
    { .code = "19999", .name = "profile-missing",
      .domain = PROFILE, .value = TOU_PROFILE_ERROR_MISSING,
      .cause = N_ ("The service profile lacks something that is needed. The details name it."),
      .remedy = N_ ("Ask the agency's help desk for a complete profile.") },
    { .code = "19999", .name = "profile-invalid",
      .domain = PROFILE, .value = TOU_PROFILE_ERROR_INVALID,
      .cause = N_ ("Something in the service profile is not as it must be. The details name it. "
                    "Nothing was taken over from it."),
      .remedy = N_ ("Ask the agency's help desk for a correct profile. Use only a profile that "
                     "comes from the agency itself.") },
    { .code = "19999", .name = "profile-too-large",
      .domain = PROFILE, .value = TOU_PROFILE_ERROR_TOO_LARGE,
      .cause = N_ ("The file, or one that it names, is far larger than anything in a service "
                    "profile. It was not read, and nothing was changed."),
      .remedy = N_ ("Open the file that the agency gave you; its name ends in \".touroku\".") },
    { .code = "00005", .name = "profile-not-local",
      .domain = PROFILE, .value = TOU_PROFILE_ERROR_NOT_LOCAL,
      .cause = N_ ("The service profile lies at a place on the network where the files that belong "
                    "to it cannot be reached."),
      .remedy = N_ ("Copy the whole folder that you got from the agency to this computer, and open "
                     "the profile from there.") },
    { .code = "00005", .name = "profile-not-kept",
      .domain = PROFILE, .value = TOU_PROFILE_ERROR_NOT_KEPT,
      .cause = N_ ("The folder in which the opened agencies are kept cannot be read or written to. "
                    "What was kept before is as it was."),
      .remedy = N_ ("Check the rights on the folder that the details name, and that the disk is "
                     "not full.") },
    { .code = "19999", .name = "profile-locked",
      .domain = PROFILE, .value = TOU_PROFILE_ERROR_LOCKED,
      .cause = N_ ("The administrator of this computer has fixed the service profile of this agency. "
                    "Nothing was changed."),
      .remedy = N_ ("Work with the agency as it is in the list. If its profile is out of date, ask the "
                     "administrator.") },
    { .code = "00005", .name = "module-unreadable",
      .domain = MODULE, .value = TOU_MODULE_ERROR_NOT_READABLE,
      .cause = N_ ("The file that was chosen as card software is not on this computer or may not be read."),
      .remedy = N_ ("Choose the file where the card software was installed.") },
    { .code = "10002", .name = "module-no-library",
      .domain = MODULE, .value = TOU_MODULE_ERROR_NO_LIBRARY,
      .cause = N_ ("The file that was chosen is no card software (PKCS#11 module). It was not taken into the "
                    "list."),
      .remedy = N_ ("Choose the module of the card software; its name usually ends in \".so\". Its "
                     "instructions name it.") },
    { .code = "10002", .name = "module-other-machine",
      .domain = MODULE, .value = TOU_MODULE_ERROR_OTHER_MACHINE,
      .cause = N_ ("The card software that was chosen is for another kind of computer, for example for 32 "
                    "bit. It was not taken into the list."),
      .remedy = N_ ("Install the edition for this computer, or choose the module of that edition.") },
    { .code = "10048", .name = "module-locked",
      .domain = MODULE, .value = TOU_MODULE_ERROR_LOCKED,
      .cause = N_ ("Which card software is used has been set by the administrator of this computer. It was not "
                    "taken into the list."),
      .remedy = N_ ("Ask the administrator to add it.") },
    { .code = "10048", .name = "module-known",
      .domain = MODULE, .value = TOU_MODULE_ERROR_KNOWN,
      .cause = N_ ("The card software that was chosen is in the list already."),
      .remedy = N_ ("Switch it on in the list where it is off.") },
    { .code = "19999", .name = "installation-incomplete",
      .domain = INSTALLATION, .value = TOU_INSTALLATION_ERROR_INCOMPLETE,
      .cause = N_ ("A part of Touroku is missing on this computer; the details name it. Your applications "
                    "and drafts are not concerned."),
      .remedy = N_ ("Have the package touroku installed again (apt install --reinstall touroku), and start "
                     "Touroku anew. If someone else looks after this computer, ask them.") },
    { .code = "19999", .name = "practice-not-installed",
      .domain = INSTALLATION, .value = TOU_INSTALLATION_ERROR_NO_PRACTICE,
      .cause = N_ ("What practice needs, the practice agency and the practice cards, is not installed on this "
                    "computer, or not all of it; the details name what is missing."),
      .remedy = N_ ("Have the package touroku-practice installed (apt install --reinstall touroku-practice) "
                     "and do the same again. If someone else looks after this computer, ask "
                     "them. An agency's service works without it.") },
    { .code = "19999", .name = "practice-damaged",
      .domain = PRACTICE, .value = TOU_PRACTICE_ERROR_FOLDER_DAMAGED,
      .cause = N_ ("The practice folder is damaged. Your real data is not concerned."),
      .remedy = N_ ("Let practice be made anew; practice cards and practice applications begin "
                     "from the start.") },
    { .code = "00005", .name = "practice-unwritable",
      .domain = PRACTICE, .value = TOU_PRACTICE_ERROR_FOLDER_UNWRITABLE,
      .cause = N_ ("The practice folder cannot be made or written to."),
      .remedy = N_ ("Check the rights on the folder that the details name, and that the disk is "
                     "not full.") },
    { .code = "10048", .name = "practice-in-use",
      .domain = PRACTICE, .value = TOU_PRACTICE_ERROR_FOLDER_IN_USE,
      .cause = N_ ("Another window of this program is practising already."),
      .remedy = N_ ("Go on in that window, or close it and try again.") },
    { .code = "10048", .name = "practice-foreign",
      .domain = PRACTICE, .value = TOU_PRACTICE_ERROR_FOLDER_FOREIGN,
      .cause = N_ ("Where the practice folder should be there is something else, which Touroku did not make. "
                    "It was left as it is."),
      .remedy = N_ ("Move what the details name to another place, or start Touroku with another "
                     "practice folder (--practice-folder).") },
    { .code = "10002", .name = "practice-no-softhsm",
      .domain = PRACTICE, .value = TOU_PRACTICE_ERROR_NO_SOFTHSM,
      .cause = N_ ("SoftHSM, with which practice cards are made, is not installed. Real cards "
                    "work without it."),
      .remedy = N_ ("Install the package softhsm2 and try again.") },
    { .code = "19999", .name = "practice-failed",
      .domain = PRACTICE, .value = TOU_PRACTICE_ERROR_FAILED,
      .cause = N_ ("Practice could not start, or the practice service ended. Your real data is "
                    "not concerned."),
      .remedy = N_ ("Press F9: practice is started again, and what you typed is kept. If it fails "
                     "again, close Touroku and start it again.") },
    { .code = "10048", .name = "wrong-state",
      .domain = FLOW, .value = 0,
      .cause = N_ ("The step before is still under way, or this step is not possible at this "
                    "place."),
      .remedy = N_ ("Wait a moment and do the same again. If it stays so, go back to the menu; "
                     "what you typed is kept.") },
    { .code = "10048", .name = "form-fault",
      .domain = FLOW, .value = 1,
      .cause = N_ ("A field does not hold to its rule; the form marks it."),
      .remedy = N_ ("Mend the marked field and go on.") },
    { .code = "30001", .name = "registration-missing",
      .domain = FLOW, .value = 2,
      .cause = N_ ("Nothing is registered for your company in this category yet, so there is nothing "
                    "to change or to renew."),
      .remedy = N_ ("Register with \"Registration\" first. If you have applied already, wait for the "
                     "approval; the application history shows how far it is.") },
    { .code = "30001", .name = "another-card-registered",
      .domain = FLOW, .value = 3,
      .cause = N_ ("The card in the reader is not the one that is registered. Nothing was signed or "
                    "sent."),
      .remedy = N_ ("Put in the card that you registered. If you have a new card, use \"IC card "
                     "renewal\".") },
    { .code = "10048", .name = "nothing-changed",
      .domain = FLOW, .value = 4,
      .cause = N_ ("Everything is as it is registered, so nothing was sent."),
      .remedy = N_ ("Overwrite what is to be changed and go on, or go back to the menu.") },
    { .code = "19999", .name = "receipt-not-kept",
      .domain = FLOW, .value = 5,
      .cause = N_ ("The service took the application, but its receipt could not be kept on this "
                    "computer. The disk may be full."),
      .remedy = N_ ("Do not apply anew. Free some space on the disk and press \"Find out the "
                     "result\": the receipt is fetched again, and nothing is sent twice.") },
    { .code = "19999", .name = "not-received",
      .domain = FLOW, .value = 6,
      .cause = N_ ("What was sent did not arrive: the service does not have it, and refused it when it was sent "
                    "once more."),
      .remedy = N_ ("Press \"Give it up\". What you typed is kept; look through it and apply anew.") },
    { .code = "30001", .name = "not-the-current-card",
      .domain = RENEWAL, .value = 0,
      .cause = N_ ("The card in the reader is not the one that is registered now. It may be the new "
                    "card, whose turn comes after the current one. Nothing was signed."),
      .remedy = N_ ("Put in the card that you use now, and press OK again. Without it a renewal is "
                     "not possible: then register the new card with \"Registration\".") },
    { .code = "01006", .name = "current-card-expired",
      .domain = RENEWAL, .value = 1,
      .cause = N_ ("The card that is registered now has expired. It cannot sign any more, so it "
                    "cannot be renewed."),
      .remedy = N_ ("Register the new card with \"Registration\". The agency reviews it as it does a "
                     "renewal.") },
    { .code = "30005", .name = "still-the-current-card",
      .domain = RENEWAL, .value = 2,
      .cause = N_ ("This is still the current card. It has done its part; now it is the new card's "
                    "turn. Nothing was signed by a new card."),
      .remedy = N_ ("Take the current card out, put in the new one and press OK again. With two "
                     "readers, put the new card into the other one.") },
    { .code = "30005", .name = "new-card-of-another-company",
      .domain = RENEWAL, .value = 3,
      .cause = N_ ("The company name on the new card is not your company's name, or none is recorded "
                    "on it. Spaces and variant characters do not count. Nothing was signed by it."),
      .remedy = N_ ("Put in the new card of your company and press OK again. If the company's name has "
                     "changed, have the qualification data changed first; if the name on the card is "
                     "wrong, ask where the card was bought.") },
    { .code = "30005", .name = "consent-over",
      .domain = RENEWAL, .value = 4,
      .cause = N_ ("The current card's consent to the renewal is good for ten minutes, and these have "
                    "passed. Nothing was applied for."),
      .remedy = N_ ("Press \"Renew\" again, put in the current card once more and enter its PIN; then "
                     "the new card.") },
};
/* clang-format on */
const guint tou_n_error_rows_program = G_N_ELEMENTS (tou_error_rows_program);
