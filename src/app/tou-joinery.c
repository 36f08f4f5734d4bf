/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-joinery.h"

#include "tou-card-hub.h"
#include "tou-contact-change-flow.h"
#include "tou-card-renewal-flow.h"
#include "tou-module-list.h"
#include "tou-paths.h"
#include "tou-settings.h"
#include "tou-register-flow.h"

struct _TouJoinery {
    GObject parent_instance;

    const TouBackend *backend;
    char *practice_folder;
    TouTimeline *timeline;
    TouCardProfiles *profiles;
    TouProofChecker *proofs;
    TouRecordStore *store;
    TouCardHub *hub;
    TouCardAccess *cards;    /* the same */
    TouCardModules *modules; /* at work */
};

G_DEFINE_FINAL_TYPE (TouJoinery, tou_joinery, G_TYPE_OBJECT)

static void
dispose (GObject *object)
{
    TouJoinery *self = TOU_JOINERY (object);

    if (self->cards != NULL)
        tou_card_access_release (self->cards);
    g_clear_object (&self->modules);
    g_clear_object (&self->hub);
    g_clear_object (&self->store);
    g_clear_object (&self->proofs);
    g_clear_pointer (&self->profiles, tou_card_profiles_unref);
    g_clear_object (&self->timeline);
    g_clear_pointer (&self->practice_folder, g_free);
    G_OBJECT_CLASS (tou_joinery_parent_class)->dispose (object);
}

static void
tou_joinery_class_init (TouJoineryClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
}

static void
tou_joinery_init (TouJoinery *self)
{
    (void) self;
}

static TouRecordStore *
make_store (TouJoinery *self)
{
    g_autofree char *folder = tou_paths_get_data_folder ();
    g_autofree char *path = g_build_filename (
        folder, self->practice_folder == NULL ? "records.db" : "practice-records.db", NULL);

    return self->backend->new_store (path);
}

static GStrv
dup_agent_environment (TouJoinery *self)
{
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    g_autofree char *opensc_conf = tou_paths_get_part (TOU_PART_OPENSC_CONF);
    g_autofree char *opensc = g_strconcat ("OPENSC_CONF=", opensc_conf, NULL);
    g_autofree char *practice = NULL;

    g_strv_builder_add (builder, opensc);
    if (self->practice_folder != NULL) {
        practice = g_strconcat ("TOUROKU_PRACTICE_FOLDER=", self->practice_folder, NULL);
        g_strv_builder_add (builder, practice);
    }
    return g_strv_builder_end (builder);
}

/* In the order of the profiles. Returns: (transfer full): file names */
static GStrv
dup_profile_modules (TouCardProfiles *profiles)
{
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

    for (guint i = 0; i < tou_card_profiles_get_n_profiles (profiles); i++)
        g_strv_builder_addv (builder, (const char **) tou_card_profile_get_modules (
                                          tou_card_profiles_get_profile (profiles, i)));
    return g_strv_builder_end (builder);
}

static TouCardModules *
make_modules (TouJoinery *self)
{
    g_autoptr (GSettings) settings = tou_settings_open ();
    g_auto (GStrv) names = dup_profile_modules (self->profiles);

    return TOU_CARD_MODULES (tou_module_list_new (
        settings, tou_module_places_new_for_system ((const char *const *) names), self->hub));
}

/* In practice there are the practice cards and no others. */
static void
use_practice_module (TouJoinery *self)
{
    g_autofree char *module = tou_paths_get_part (TOU_PART_PRACTICE_CARD);
    const char *modules[] = { module, NULL };

    tou_card_hub_set_modules (self->hub, modules);
}

static void
make_cards (TouJoinery *self)
{
    g_autofree char *agent = tou_paths_get_part (TOU_PART_CARD_AGENT);
    g_auto (GStrv) environment = dup_agent_environment (self);

    self->hub = tou_card_hub_new (agent, (const char *const *) environment, self->proofs);
    self->cards = TOU_CARD_ACCESS (self->hub);
    if (self->practice_folder != NULL)
        use_practice_module (self);
    else
        self->modules = make_modules (self);
}

TouJoinery *
tou_joinery_new (const TouBackend *backend, TouCardProfiles *profiles, const char *practice_folder,
                 TouTimeline *timeline)
{
    TouJoinery *self = g_object_new (TOU_TYPE_JOINERY, NULL);

    self->backend = backend;
    self->practice_folder = g_strdup (practice_folder);
    self->timeline = g_object_ref (timeline);
    self->profiles = tou_card_profiles_ref (profiles);
    self->proofs = backend->new_proofs (self->profiles);
    self->store = make_store (self);
    make_cards (self);
    return self;
}

TouRecordStore *
tou_joinery_get_store (TouJoinery *self)
{
    return self->store;
}

TouProofChecker *
tou_joinery_get_proofs (TouJoinery *self)
{
    return self->proofs;
}

TouCardModules *
tou_joinery_get_modules (TouJoinery *self)
{
    return self->modules;
}

static TouCertificateChecker *
make_checker (TouJoinery *self, TouServiceProfile *profile)
{
    g_autofree char *folder = tou_paths_dup_cache_folder (
        self->practice_folder == NULL ? "revocation-lists" : "practice-revocation-lists");

    return self->backend->new_checker (profile, folder);
}

/* @checker: (nullable) */
static void
set_up_cards (TouFlows *flows, TouCertificateChecker *checker, TouCardProfiles *profiles)
{
    for (TouOperation i = 0; i < TOU_N_OPERATIONS; i++) {
        TouRequestFlow *flow = tou_flows_get (flows, i);

        if (flow == NULL)
            continue;
        tou_unlock_step_set_checker (tou_request_flow_get_unlock_step (flow), checker);
        tou_unlock_step_set_profiles (tou_request_flow_get_unlock_step (flow), profiles);
    }
}

static void
make_outbox (TouJoinery *self, TouFlows *flows)
{
    flows->outbox = tou_outbox_flow_new (flows->session, self->store, self->proofs);
    tou_outbox_flow_follow (flows->outbox, flows->registration);
    tou_outbox_flow_follow (flows->outbox, flows->contact_change);
    tou_outbox_flow_follow (flows->outbox, flows->renewal);
    tou_outbox_flow_follow_review (flows->outbox, flows->review);
}

TouFlows *
tou_joinery_join (TouJoinery *self, TouServiceProfile *profile)
{
    g_autoptr (TouClock) clock = tou_clock_new ();
    g_autoptr (TouRegistrationService) service = self->backend->new_service (profile, clock, self->timeline);
    g_autoptr (TouCertificateChecker) checker = make_checker (self, profile);
    TouFlows *flows = tou_flows_new ();

    flows->session = tou_session_flow_new (profile, service, clock);
    flows->registration = tou_register_flow_new (flows->session, self->cards, self->store, self->proofs);
    flows->contact_change = tou_contact_change_flow_new (flows->session, self->cards, self->store,
                                                         self->proofs);
    flows->renewal = tou_card_renewal_flow_new (flows->session, self->cards, self->store, self->proofs);
    flows->review = tou_review_flow_new (flows->session, self->store, TOU_REVIEW_INTERVAL_MS);
    make_outbox (self, flows);
    set_up_cards (flows, checker, self->profiles);
    return flows;
}
