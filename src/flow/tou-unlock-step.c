/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-unlock-step.h"

#include "tou-cancellable.h"
#include "tou-card-check.h"
#include "tou-flow-error.h"
#include "tou-inventory-watch.h"
#include "tou-proof-checker.h"

/* As long as a person waits for a PIN to be taken without wondering; a list comes sooner as a rule. */
#define CHECK_PATIENCE_MS 2000

struct _TouUnlockStep {
    GObject parent_instance;

    TouCardAccess *cards;
    TouClock *clock;
    TouInventoryWatch *watch;
    TouUnlockRule rule;
    gpointer rule_data;
    TouCardCheck *check;
    guint patience_ms;
    TouCardProfiles *profiles; /* (nullable) */
    char *preferred;           /* (nullable) */
    char *chosen;              /* (nullable): for the next unlock */

    TouUnlockState state;
    GPtrArray *certificates; /* of the unlocked card */
    TouCardCertificate *certificate;
    gboolean has_keypad; /* the card that was unlocked last */

    GTask *unlock;           /* the one under way that still counts */
    gboolean waits_for_list; /* and has not begun: the card side does one thing at a time */
};

enum {
    PROP_STATE = 1,
    N_PROPS,
};

enum {
    SIGNAL_INVENTORY_CHANGED,
    SIGNAL_CARD_LOST,
    SIGNAL_CARD_REFUSED,
    SIGNAL_CHECKED,
    SIGNAL_PREFERRED_CHANGED,
    N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouUnlockStep, tou_unlock_step, G_TYPE_OBJECT)

typedef struct {
    GCancellable *cancellable; /* our own, so that leaving can end what the caller does not cancel */
    TouCardToken *token;
    TouSecret *pin;     /* until it was passed on */
    gboolean lost_card; /* while its certificate was checked */
} Unlock;

static void
free_unlock (Unlock *unlock)
{
    g_clear_object (&unlock->cancellable);
    g_clear_pointer (&unlock->token, tou_card_token_unref);
    g_clear_pointer (&unlock->pin, tou_secret_unref);
    g_free (unlock);
}

static void
set_state (TouUnlockStep *self, TouUnlockState state)
{
    if (self->state == state)
        return;
    self->state = state;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static gboolean
is_card_open (TouUnlockStep *self)
{
    return self->state == TOU_UNLOCK_STATE_CERTIFICATE || self->state == TOU_UNLOCK_STATE_UNLOCKED;
}

static void
forget_card (TouUnlockStep *self)
{
    tou_card_check_stop (self->check);
    g_clear_pointer (&self->certificates, g_ptr_array_unref);
    g_clear_pointer (&self->certificate, tou_card_certificate_unref);
}

static void
enter_card (TouUnlockStep *self)
{
    forget_card (self);
    set_state (self, TOU_UNLOCK_STATE_CARD);
    tou_inventory_watch_start (self->watch);
}

static void
refuse_card (TouUnlockStep *self)
{
    tou_card_access_release (self->cards);
    forget_card (self);
    set_state (self, TOU_UNLOCK_STATE_IDLE);
}

/* Returns: (transfer none) (nullable): the first that may be used */
static TouCardCertificate *
find_usable (TouUnlockStep *self, GPtrArray *certificates, guint *out_n_usable, GError **error)
{
    TouCardCertificate *first = NULL;
    g_autoptr (GError) fault = NULL;

    *out_n_usable = 0;
    for (guint i = 0; i < certificates->len; i++) {
        TouCardCertificate *certificate = g_ptr_array_index (certificates, i);

        if (!tou_unlock_step_judge (self, certificate, fault == NULL ? &fault : NULL))
            continue;
        if ((*out_n_usable)++ == 0)
            first = certificate;
    }
    if (first == NULL)
        g_propagate_error (error, g_steal_pointer (&fault));
    return first;
}

/* Returns: (transfer none) (nullable): the one that the user has chosen already */
static TouCardCertificate *
take_chosen (TouUnlockStep *self, GPtrArray *certificates)
{
    g_autofree char *sha256 = g_steal_pointer (&self->chosen);

    for (guint i = 0; sha256 != NULL && i < certificates->len; i++) {
        TouCardCertificate *certificate = g_ptr_array_index (certificates, i);

        if (g_strcmp0 (certificate->sha256, sha256) == 0 && tou_unlock_step_judge (self, certificate, NULL))
            return certificate;
    }
    return NULL;
}

/* @error: (transfer full) (nullable): of the wait. Returns: (transfer full): why the unlock ended */
static GError *
name_end (const Unlock *unlock, GError *error)
{
    if (unlock->lost_card) {
        g_clear_error (&error);
        return g_error_new_literal (TOU_CARD_ERROR, TOU_CARD_ERROR_CARD_REMOVED,
                                    "The card is gone while it was checked");
    }
    if (error == NULL)
        return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The card is not asked for any more");
    return error;
}

static void
on_check_awaited (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouUnlockStep *self = g_task_get_source_object (task);
    GError *error = NULL;
    gboolean is_right = tou_card_check_wait_finish (TOU_CARD_CHECK (source), result, &error);
    gboolean counts = self->unlock == task;

    if (counts)
        g_clear_object (&self->unlock);
    if (is_right && counts) {
        set_state (self, TOU_UNLOCK_STATE_UNLOCKED);
        g_task_return_boolean (task, TRUE);
        return;
    }
    if (counts) {
        tou_card_access_release (self->cards);
        enter_card (self);
    }
    g_task_return_error (task, name_end (g_task_get_task_data (task), error));
}

/* The card may be lost meanwhile, and the user may leave: the unlock is under way until here. */
static void
wait_for_check (TouUnlockStep *self, GTask *task, TouCardCertificate *certificate)
{
    const Unlock *unlock = g_task_get_task_data (task);

    self->unlock = g_object_ref (task);
    self->certificate = tou_card_certificate_ref (certificate);
    tou_card_check_start (self->check, certificate);
    tou_card_check_wait_async (self->check, self->patience_ms, unlock->cancellable, on_check_awaited,
                               g_object_ref (task));
}

static void
use_card (TouUnlockStep *self, GTask *task, GPtrArray *certificates)
{
    GError *error = NULL;
    guint n_usable;
    TouCardCertificate *first = find_usable (self, certificates, &n_usable, &error);
    TouCardCertificate *chosen = take_chosen (self, certificates);

    if (n_usable == 0) {
        tou_card_access_release (self->cards);
        enter_card (self);
        g_task_return_error (task, error);
        return;
    }
    self->certificates = g_ptr_array_ref (certificates);
    if (n_usable == 1 || chosen != NULL) {
        wait_for_check (self, task, chosen != NULL ? chosen : first);
        return;
    }
    set_state (self, TOU_UNLOCK_STATE_CERTIFICATE);
    g_task_return_boolean (task, TRUE);
}

static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouUnlockStep *self = g_task_get_source_object (task);
    GError *error = NULL;
    g_autoptr (GPtrArray) certificates = tou_card_access_unlock_finish (TOU_CARD_ACCESS (source), result,
                                                                        &error);
    gboolean counts = self->unlock == task;

    if (counts)
        g_clear_object (&self->unlock);
    if (certificates == NULL) {
        if (counts)
            enter_card (self);
        g_task_return_error (task, error);
    } else if (counts) {
        use_card (self, task, certificates);
    } else {
        g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                 "The card is not asked for any more");
    }
}

static void
start_unlock (TouUnlockStep *self)
{
    Unlock *unlock = g_task_get_task_data (self->unlock);

    self->waits_for_list = FALSE;
    self->has_keypad = unlock->token->has_keypad;
    tou_card_access_unlock_async (self->cards, unlock->token, unlock->pin, unlock->cancellable, on_unlocked,
                                  g_object_ref (self->unlock));
    g_clear_pointer (&unlock->pin, tou_secret_unref);
}

static void
give_up_unlock (TouUnlockStep *self)
{
    g_autoptr (GTask) task = g_steal_pointer (&self->unlock);
    const Unlock *unlock;

    if (task == NULL)
        return;
    unlock = g_task_get_task_data (task);
    if (self->waits_for_list)
        g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                 "The card is not asked for any more");
    self->waits_for_list = FALSE;
    g_cancellable_cancel (unlock->cancellable);
}

static void
on_inventory_changed (TouUnlockStep *self)
{
    g_signal_emit (self, signals[SIGNAL_INVENTORY_CHANGED], 0);
}

static void
on_inventory_listed (TouUnlockStep *self)
{
    if (self->waits_for_list)
        start_unlock (self);
}

/* Later than the unlocking waited for it. */
static void
on_check_ended (TouUnlockStep *self)
{
    const GError *refusal = tou_card_check_get_refusal (self->check);
    g_autoptr (GError) error = refusal != NULL ? g_error_copy (refusal) : NULL;

    if (self->state != TOU_UNLOCK_STATE_UNLOCKED)
        return;
    if (error == NULL) {
        g_signal_emit (self, signals[SIGNAL_CHECKED], 0);
        return;
    }
    refuse_card (self);
    g_signal_emit (self, signals[SIGNAL_CARD_REFUSED], 0, error);
}

/* Giving up the check ends the unlock with the error. */
static void
lose_checked_card (TouUnlockStep *self)
{
    g_autoptr (GTask) task = g_steal_pointer (&self->unlock);
    Unlock *unlock = g_task_get_task_data (task);

    unlock->lost_card = TRUE;
    enter_card (self);
}

static void
on_card_lost (TouUnlockStep *self)
{
    if (self->state == TOU_UNLOCK_STATE_UNLOCKING && self->certificate != NULL)
        lose_checked_card (self);
    if (!is_card_open (self))
        return;
    if (self->state == TOU_UNLOCK_STATE_CERTIFICATE) {
        enter_card (self);
    } else {
        forget_card (self);
        set_state (self, TOU_UNLOCK_STATE_IDLE);
    }
    g_signal_emit (self, signals[SIGNAL_CARD_LOST], 0);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_STATE)
        g_value_set_uint (value, TOU_UNLOCK_STEP (object)->state);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dispose (GObject *object)
{
    TouUnlockStep *self = TOU_UNLOCK_STEP (object);

    if (self->watch != NULL)
        tou_inventory_watch_stop (self->watch);
    if (is_card_open (self) || self->certificate != NULL)
        tou_card_access_release (self->cards);
    self->state = TOU_UNLOCK_STATE_IDLE;
    if (self->check != NULL)
        forget_card (self);
    G_OBJECT_CLASS (tou_unlock_step_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
    TouUnlockStep *self = TOU_UNLOCK_STEP (object);

    g_clear_object (&self->check);
    g_clear_object (&self->watch);
    g_clear_object (&self->cards);
    g_clear_object (&self->clock);
    g_clear_pointer (&self->profiles, tou_card_profiles_unref);
    g_free (self->preferred);
    g_free (self->chosen);
    G_OBJECT_CLASS (tou_unlock_step_parent_class)->finalize (object);
}

static guint
make_signal (const char *name)
{
    return g_signal_new (name, TOU_TYPE_UNLOCK_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static guint
make_error_signal (const char *name)
{
    return g_signal_new (name, TOU_TYPE_UNLOCK_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                         G_TYPE_ERROR);
}

static void
tou_unlock_step_class_init (TouUnlockStepClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);

    object_class->get_property = get_property;
    object_class->dispose = dispose;
    object_class->finalize = finalize;
    props[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, TOU_UNLOCK_STATE_UNLOCKED,
                                           TOU_UNLOCK_STATE_IDLE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, N_PROPS, props);
    signals[SIGNAL_INVENTORY_CHANGED] = make_signal ("inventory-changed");
    signals[SIGNAL_CARD_LOST] = make_signal ("card-lost");
    signals[SIGNAL_CARD_REFUSED] = make_error_signal ("card-refused");
    signals[SIGNAL_CHECKED] = make_signal ("checked");
    signals[SIGNAL_PREFERRED_CHANGED] = make_signal ("preferred-changed");
}

static void
tou_unlock_step_init (TouUnlockStep *self)
{
    self->patience_ms = CHECK_PATIENCE_MS;
}

TouUnlockStep *
tou_unlock_step_new (TouCardAccess *cards, TouClock *clock)
{
    TouUnlockStep *self = g_object_new (TOU_TYPE_UNLOCK_STEP, NULL);

    self->cards = g_object_ref (cards);
    self->clock = g_object_ref (clock);
    self->watch = tou_inventory_watch_new (cards);
    tou_unlock_step_set_checker (self, NULL);
    g_signal_connect_object (self->watch, "changed", G_CALLBACK (on_inventory_changed), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->watch, "idle", G_CALLBACK (on_inventory_listed), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (cards, "lost", G_CALLBACK (on_card_lost), self, G_CONNECT_SWAPPED);
    return self;
}

TouUnlockState
tou_unlock_step_get_state (TouUnlockStep *self)
{
    return self->state;
}

void
tou_unlock_step_set_rule (TouUnlockStep *self, TouUnlockRule rule, gpointer user_data)
{
    self->rule = rule;
    self->rule_data = user_data;
}

void
tou_unlock_step_set_checker (TouUnlockStep *self, TouCertificateChecker *checker)
{
    g_return_if_fail (self->certificate == NULL);

    g_clear_object (&self->check);
    self->check = tou_card_check_new (checker, self->clock);
    g_signal_connect_object (self->check, "ended", G_CALLBACK (on_check_ended), self, G_CONNECT_SWAPPED);
}

void
tou_unlock_step_set_patience (TouUnlockStep *self, guint ms)
{
    self->patience_ms = ms;
}

void
tou_unlock_step_set_profiles (TouUnlockStep *self, TouCardProfiles *profiles)
{
    if (profiles != NULL)
        tou_card_profiles_ref (profiles);
    g_clear_pointer (&self->profiles, tou_card_profiles_unref);
    self->profiles = profiles;
}

TouCardProfile *
tou_unlock_step_find_profile (TouUnlockStep *self, const TouCardToken *token)
{
    for (guint i = 0; token->certificates != NULL && i < token->certificates->len; i++) {
        const TouCardCertificate *certificate = g_ptr_array_index (token->certificates, i);

        if (certificate->profile != NULL)
            return certificate->profile;
    }
    return tou_card_profiles_find_token (self->profiles, token->label, token->manufacturer, token->model);
}

void
tou_unlock_step_set_preferred (TouUnlockStep *self, const char *sha256)
{
    if (g_strcmp0 (self->preferred, sha256) == 0)
        return;
    g_free (self->preferred);
    self->preferred = g_strdup (sha256);
    g_signal_emit (self, signals[SIGNAL_PREFERRED_CHANGED], 0);
}

const char *
tou_unlock_step_get_preferred (TouUnlockStep *self)
{
    return self->preferred;
}

void
tou_unlock_step_set_chosen (TouUnlockStep *self, const char *sha256)
{
    g_free (self->chosen);
    self->chosen = g_strdup (sha256);
}

/* What a certificate is for comes first: one that is not for signing is not judged by whose it is. */
gboolean
tou_unlock_step_judge (TouUnlockStep *self, const TouCardCertificate *certificate, GError **error)
{
    GError *fault = tou_certificate_find_fault (certificate, self->clock);
    gboolean is_for_signing = !g_error_matches (fault, TOU_PROOF_ERROR, TOU_PROOF_ERROR_KEY_USAGE);

    if (is_for_signing && self->rule != NULL && !self->rule (certificate, self->rule_data, error)) {
        g_clear_error (&fault);
        return FALSE;
    }
    if (fault != NULL)
        g_propagate_error (error, fault);
    return fault == NULL;
}

gboolean
tou_unlock_step_judge_token (TouUnlockStep *self, const TouCardToken *token, GError **error)
{
    guint n_usable;

    if (token->hides_certificates || token->certificates == NULL || token->certificates->len == 0)
        return TRUE;
    return find_usable (self, token->certificates, &n_usable, error) != NULL;
}

TouCardCertificate *
tou_unlock_step_find_candidate (TouUnlockStep *self, const TouCardToken *token)
{
    g_autoptr (GError) fault = NULL;
    TouCardCertificate *usable;
    guint n_usable;

    if (token->certificates == NULL || token->certificates->len == 0)
        return NULL;
    usable = find_usable (self, token->certificates, &n_usable, &fault);
    return usable != NULL ? usable : g_ptr_array_index (token->certificates, 0);
}

void
tou_unlock_step_begin (TouUnlockStep *self)
{
    give_up_unlock (self);
    if (is_card_open (self) || self->certificate != NULL)
        tou_card_access_release (self->cards);
    enter_card (self);
}

void
tou_unlock_step_leave (TouUnlockStep *self)
{
    tou_inventory_watch_stop (self->watch);
    give_up_unlock (self);
    tou_card_access_release (self->cards);
    forget_card (self);
    set_state (self, TOU_UNLOCK_STATE_IDLE);
}

TouCardInventory *
tou_unlock_step_get_inventory (TouUnlockStep *self)
{
    return tou_inventory_watch_get_inventory (self->watch);
}

const GError *
tou_unlock_step_get_inventory_error (TouUnlockStep *self)
{
    return tou_inventory_watch_get_error (self->watch);
}

static GTask *
make_task (TouUnlockStep *self, TouCardToken *token, TouSecret *pin, GCancellable *cancellable,
           GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new (self, cancellable, callback, user_data);
    Unlock *unlock = g_new0 (Unlock, 1);

    unlock->cancellable = tou_cancellable_new_following (cancellable);
    unlock->token = tou_card_token_ref (token);
    unlock->pin = pin != NULL ? tou_secret_ref (pin) : NULL;
    g_task_set_source_tag (task, tou_unlock_step_unlock_async);
    /* The state tells what happened; a cancel that comes after it must not say otherwise. */
    g_task_set_check_cancellable (task, FALSE);
    g_task_set_task_data (task, unlock, (GDestroyNotify) free_unlock);
    return task;
}

void
tou_unlock_step_unlock_async (TouUnlockStep *self, TouCardToken *token, TouSecret *pin,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GTask) task = make_task (self, token, pin, cancellable, callback, user_data);
    GError *error = NULL;

    if (self->state != TOU_UNLOCK_STATE_CARD) {
        g_task_return_new_error (task, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE, "No card is asked for");
        return;
    }
    if (!tou_unlock_step_judge_token (self, token, &error)) {
        g_task_return_error (task, error);
        return;
    }
    self->unlock = g_steal_pointer (&task);
    self->waits_for_list = tou_inventory_watch_is_listing (self->watch);
    tou_inventory_watch_pause (self->watch);
    set_state (self, TOU_UNLOCK_STATE_UNLOCKING);
    if (!self->waits_for_list)
        start_unlock (self);
}

gboolean
tou_unlock_step_unlock_finish (TouUnlockStep *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

    return g_task_propagate_boolean (G_TASK (result), error);
}

guint
tou_unlock_step_get_keypad_seconds (TouUnlockStep *self)
{
    return tou_card_access_get_keypad_seconds (self->cards);
}

gboolean
tou_unlock_step_asks_on_keypad (TouUnlockStep *self)
{
    return self->state == TOU_UNLOCK_STATE_UNLOCKED && self->has_keypad
           && tou_card_access_asks_each_time (self->cards);
}

GPtrArray *
tou_unlock_step_get_certificates (TouUnlockStep *self)
{
    return self->certificates;
}

void
tou_unlock_step_choose_certificate (TouUnlockStep *self, TouCardCertificate *certificate)
{
    g_return_if_fail (self->state == TOU_UNLOCK_STATE_CERTIFICATE);
    g_return_if_fail (g_ptr_array_find (self->certificates, certificate, NULL));
    g_return_if_fail (tou_unlock_step_judge (self, certificate, NULL));

    self->certificate = tou_card_certificate_ref (certificate);
    set_state (self, TOU_UNLOCK_STATE_UNLOCKED);
    tou_card_check_start (self->check, certificate);
}

TouCardCertificate *
tou_unlock_step_get_certificate (TouUnlockStep *self)
{
    return self->certificate;
}

gboolean
tou_unlock_step_is_checking (TouUnlockStep *self)
{
    return tou_card_check_is_running (self->check);
}

const TouCertificateStatus *
tou_unlock_step_get_check (TouUnlockStep *self)
{
    return self->state == TOU_UNLOCK_STATE_UNLOCKED ? tou_card_check_get_status (self->check) : NULL;
}

static gboolean
check_again (TouUnlockStep *self, GError **error)
{
    if (self->certificate == NULL) {
        g_set_error_literal (error, TOU_CARD_ERROR, TOU_CARD_ERROR_NOT_UNLOCKED, "No card is unlocked");
        return FALSE;
    }
    return tou_unlock_step_judge (self, self->certificate, error);
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouUnlockStep *self = g_task_get_source_object (task);
    GError *error = NULL;

    if (tou_card_check_wait_finish (TOU_CARD_CHECK (source), result, &error) && check_again (self, &error)) {
        g_task_return_boolean (task, TRUE);
        return;
    }
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        if (self->state == TOU_UNLOCK_STATE_UNLOCKED)
            refuse_card (self);
    } else if (!g_cancellable_is_cancelled (g_task_get_cancellable (task))) {
        /* The check was given up because the card went away. */
        g_clear_error (&error);
        (void) check_again (self, &error);
    }
    g_task_return_error (task, error);
}

void
tou_unlock_step_settle_async (TouUnlockStep *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
    GTask *task = g_task_new (self, cancellable, callback, user_data);

    g_task_set_source_tag (task, tou_unlock_step_settle_async);
    tou_card_check_wait_async (self->check, 0, cancellable, on_settled, task);
}

gboolean
tou_unlock_step_settle_finish (TouUnlockStep *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

    return g_task_propagate_boolean (G_TASK (result), error);
}
