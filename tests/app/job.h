/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-control.h"
#include "tou-register-flow.h"

G_BEGIN_DECLS

/**
 * Job: the whole program without a window, on real parts: practice service, practice cards, card agent, HTTPS
 * client, store. Each call waits for its end by running the main context. For tests and for the bench.
 */
typedef struct {
    char *folder;                 /* everything of this job; who made it removes it */
    TouPracticeControl *practice; /* %NULL: of job_init_with_faults() */
    GSubprocess *service_process; /* (nullable): of job_init_with_faults() */
    TouServiceProfile *profile;
    TouClock *clock;
    TouRegistrationService *service;
    TouCardAccess *cards;
    TouRecordStore *store;
    TouProofChecker *proofs;
    TouCertificateChecker *checker;
    TouSessionFlow *session;
    TouRequestFlow *registration;
} Job;

/** job_init: @folder: (nullable): a folder to work in that outlives the job; %NULL: a new one, which does
 * too. Starts practice. */
void job_init (Job *self, const char *folder);

/** job_init_with_faults: the same with a practice service started by hand that does @faults (nullable: none;
 * tou_practice_faults_add()). Practice cards are then moved with tou_practice_cards_insert(). */
void job_init_with_faults (Job *self, const char *folder, const char *const *faults);

/** job_clear: ends everything and proves that nothing keeps the flows alive. */
void job_clear (Job *self);

/** job_use: makes service client, store, card client and flows anew, as a restarted program would. */
void job_use (Job *self);

/** job_use_crl_url: the same with revocation lists from @url in place of the practice service's. */
void job_use_crl_url (Job *self, const char *url);

void job_connect (Job *self);
void job_sign_in (Job *self);

/** job_wait_for_token: begins the registration when it is not begun, and waits until a card is seen.
 * Returns: (transfer none) */
TouCardToken *job_wait_for_token (Job *self);

/** job_unlock: Returns: whether; else @error. */
gboolean job_unlock (Job *self, const char *pin, GError **error);

/** job_fill: the contact of the manual's example, and 入力内容確認. */
void job_fill (Job *self);

/** job_submit: Returns: (transfer full) (nullable) */
TouReceipt *job_submit (Job *self, GError **error);

void job_insert (Job *self, const char *card, const char *reader);
void job_remove (Job *self, const char *reader);

/** job_end_practice: ends the service and waits until nobody listens where it was: a service that is still
 * ending may take a connection and break it off, which is another error than nobody being there. */
void job_end_practice (Job *self);

G_END_DECLS
