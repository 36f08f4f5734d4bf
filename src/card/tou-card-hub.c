/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card"

#include "tou-card-hub.h"

#include "tou-cancellable.h"
#include "tou-card-step.h"
#include "tou-hub-unlock.h"
#include "tou-inventory-merge.h"

/* What a slow module has once another has answered. */
#define GRACE_MS 2000

struct _TouCardHub {
    GObject parent_instance;

    char *agent_path;
    char **environment; /* (nullable) */
    TouProofChecker *proofs;
    guint time_out_seconds;

    GPtrArray *members;  /* (element-type TouHubMember) */
    guint n_made;        /* members, ever */
    TouHubMember *owner; /* (nullable): the one with the unlocked card */

    GTask *step;               /* the one at work; NULL also when it was cancelled and has not ended */
    GCancellable *cancellable; /* of that step: cancelled with the caller's, and by a release */
    TouHubMember *at_work;     /* (nullable): the one whose card that step is about */
    guint grace;               /* timer of a list */
    gboolean has_changed;      /* news that came during that step */
};

enum { PROP_0, PROP_TIME_OUT_SECONDS, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];
static guint reported_signal;

static void tou_card_hub_iface_init (TouCardAccessInterface *iface);
static void list_async (TouCardAccess *access, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);

G_DEFINE_FINAL_TYPE_WITH_CODE (TouCardHub, tou_card_hub, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TOU_TYPE_CARD_ACCESS, tou_card_hub_iface_init))

static TouHubMember *
get_member (TouCardHub *self, guint index)
{
    return g_ptr_array_index (self->members, index);
}

static TouCardAccess *
get_access (TouHubMember *member)
{
    return TOU_CARD_ACCESS (tou_hub_member_get_client (member));
}

/* The course of a step */

static void
tell_changed (TouCardHub *self)
{
    if (self->step != NULL)
        self->has_changed = TRUE;
    else
        g_signal_emit_by_name (self, "changed");
}

static gboolean
is_list (TouCardHub *self)
{
    return self->step != NULL && g_task_get_source_tag (self->step) == list_async;
}

/* Returns: (transfer full) */
static GTask *
take_step (TouCardHub *self)
{
    g_signal_handlers_disconnect_by_data (self->cancellable, self);
    g_clear_object (&self->cancellable);
    g_clear_handle_id (&self->grace, g_source_remove);
    self->at_work = NULL;
    self->has_changed = FALSE;
    return g_steal_pointer (&self->step);
}

static void
cancel_lists (TouCardHub *self)
{
    for (guint i = 0; i < self->members->len; i++)
        tou_hub_member_cancel_list (get_member (self, i));
    g_signal_emit (self, reported_signal, 0);
}

/* The next step may begin at once; the members let it wait for their own. */
static void
on_step_cancelled (TouCardHub *self)
{
    gboolean was_list = is_list (self);
    g_autoptr (GTask) task = take_step (self);

    if (!was_list)
        return;
    cancel_lists (self);
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the list was cancelled");
}

/* Returns: (transfer none) (nullable): the task of a new step; %NULL: it has failed already */
static GTask *
begin_step (TouCardHub *self, gpointer tag, GCancellable *caller, GAsyncReadyCallback callback,
            gpointer user_data)
{
    g_autoptr (GTask) task = g_task_new (self, caller, callback, user_data);

    g_task_set_source_tag (task, tag);
    if (g_task_return_error_if_cancelled (task))
        return NULL;
    if (self->step != NULL) {
        g_task_return_new_error (task, TOU_CARD_ERROR, TOU_CARD_ERROR_BUSY, "another step is still running");
        return NULL;
    }
    /* A result that was thrown away would leave a card open that the caller takes for closed. */
    g_task_set_check_cancellable (task, FALSE);
    self->step = g_steal_pointer (&task);
    self->cancellable = tou_cancellable_new_following (caller);
    g_signal_connect_swapped (self->cancellable, "cancelled", G_CALLBACK (on_step_cancelled), self);
    return self->step;
}

/* @result (with what frees it), @error: (transfer full): one of them. The receiver may begin the next step at
 * once. */
static void
end_step (TouCardHub *self, GTask *task, gpointer result, GDestroyNotify free_result, GError *error)
{
    g_autoptr (GTask) keeper = g_object_ref (task);
    gboolean has_changed = self->step == task && self->has_changed;

    if (self->step == task)
        g_object_unref (take_step (self));
    if (error != NULL)
        g_task_return_error (task, error);
    else
        g_task_return_pointer (task, result, free_result);
    if (has_changed)
        g_signal_emit_by_name (self, "changed");
}

static void
fail_step (TouCardHub *self, GTask *task, TouCardError code, const char *message)
{
    end_step (self, task, NULL, NULL, g_error_new_literal (TOU_CARD_ERROR, (int) code, message));
}

/* The list */

static TouCardInventory *
merge (TouCardHub *self)
{
    TouCardInventory *inventory = tou_card_inventory_new ();

    for (guint i = 0; i < self->members->len; i++) {
        TouHubMember *member = get_member (self, i);
        const TouCardInventory *part = tou_hub_member_get_inventory (member);

        (void) tou_hub_member_take_news (member);
        g_ptr_array_add (inventory->modules, tou_hub_member_make_report (member));
        if (part != NULL)
            tou_inventory_merge_add (inventory, part, tou_hub_member_get_number (member));
    }
    return inventory;
}

/* Returns: (transfer full): what keeps all modules from working */
static GError *
find_error (TouCardHub *self)
{
    const GError *found = NULL;

    for (guint i = 0; i < self->members->len; i++) {
        const GError *error = tou_hub_member_get_error (get_member (self, i));

        if (found == NULL || (error != NULL && found->code == TOU_CARD_ERROR_NO_MODULE))
            found = error;
    }
    return found != NULL
               ? g_error_copy (found)
               : g_error_new_literal (TOU_CARD_ERROR, TOU_CARD_ERROR_NO_MODULE, "there is no card module");
}

static gboolean
has_answer (TouCardHub *self)
{
    for (guint i = 0; i < self->members->len; i++)
        if (tou_hub_member_get_inventory (get_member (self, i)) != NULL)
            return TRUE;
    return FALSE;
}

static void
finish_list (TouCardHub *self)
{
    g_autoptr (GTask) task = g_object_ref (self->step);
    g_autoptr (TouCardInventory) inventory = merge (self);

    if (has_answer (self))
        end_step (self, task, g_steal_pointer (&inventory), (GDestroyNotify) tou_card_inventory_unref, NULL);
    else
        end_step (self, task, NULL, NULL, find_error (self));
}

static gboolean
on_grace_over (gpointer user_data)
{
    TouCardHub *self = user_data;

    self->grace = 0;
    finish_list (self);
    return G_SOURCE_REMOVE;
}

static gboolean
is_waiting (TouCardHub *self)
{
    for (guint i = 0; i < self->members->len; i++)
        if (tou_hub_member_is_listing (get_member (self, i)))
            return TRUE;
    return FALSE;
}

static void
on_member_listed (TouHubMember *member, TouCardHub *self)
{
    g_signal_emit (self, reported_signal, 0);
    if (!is_list (self)) {
        if (tou_hub_member_take_news (member))
            tell_changed (self);
    } else if (!is_waiting (self)) {
        finish_list (self);
    } else if (self->grace == 0 && tou_hub_member_get_inventory (member) != NULL) {
        self->grace = g_timeout_add (GRACE_MS, on_grace_over, self);
    }
}

static void
ask_members (TouCardHub *self)
{
    for (guint i = 0; i < self->members->len; i++)
        if (self->owner == NULL || self->owner == get_member (self, i))
            tou_hub_member_list (get_member (self, i));
}

static void
list_async (TouCardAccess *access, GCancellable *cancellable, GAsyncReadyCallback callback,
            gpointer user_data)
{
    TouCardHub *self = TOU_CARD_HUB (access);

    if (begin_step (self, list_async, cancellable, callback, user_data) == NULL)
        return;
    ask_members (self);
    if (!is_waiting (self))
        finish_list (self);
}

static TouCardInventory *
list_finish (TouCardAccess *access, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer (G_TASK (result), error);
}

/* The unlock */

/* @user_data: the step's task (transfer full) */
static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouCardHub *self = g_task_get_source_object (task);
    GError *error = NULL;
    GPtrArray *certificates = tou_hub_unlock_finish (result, &error);

    if (certificates != NULL)
        self->owner = TOU_HUB_MEMBER (source);
    end_step (self, task, certificates, (GDestroyNotify) g_ptr_array_unref, error);
}

/* Returns: (transfer none) (nullable): whose token it is */
static TouHubMember *
find_member (TouCardHub *self, const char *id, TouCardToken **out_token)
{
    guint number;
    const char *own_id = tou_inventory_merge_split_id (id, &number);

    for (guint i = 0; own_id != NULL && i < self->members->len; i++) {
        TouHubMember *member = get_member (self, i);

        if (tou_hub_member_get_number (member) == number) {
            *out_token = tou_hub_member_find_token (member, own_id);
            return member;
        }
    }
    *out_token = NULL;
    return NULL;
}

static void
start_unlock (TouCardHub *self, GTask *task, TouCardToken *token, TouSecret *pin)
{
    TouCardToken *own_token;
    TouHubMember *member = find_member (self, token->id, &own_token);

    if (own_token == NULL) {
        fail_step (self, task, TOU_CARD_ERROR_CARD_REMOVED, "the token is not in the last list");
        return;
    }
    self->owner = NULL;
    self->at_work = member;
    cancel_lists (self);
    tou_hub_unlock_async (self->members, member, own_token, pin, self->cancellable, on_unlocked,
                          g_object_ref (task));
}

static void
unlock_async (TouCardAccess *access, TouCardToken *token, TouSecret *pin, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
    TouCardHub *self = TOU_CARD_HUB (access);
    GError *error = NULL;
    GTask *task;

    /* Before any other agent ends for it. */
    if (!tou_card_step_check_pin (token, pin, &error)) {
        g_task_report_error (access, callback, user_data, NULL, error);
        return;
    }
    task = begin_step (self, unlock_async, cancellable, callback, user_data);
    if (task != NULL)
        start_unlock (self, task, token, pin);
}

static GPtrArray *
unlock_finish (TouCardAccess *access, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer (G_TASK (result), error);
}

/* The signature */

static void
on_signed (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouCardHub *self = g_task_get_source_object (task);
    GError *error = NULL;
    GBytes *cms = tou_card_access_sign_finish (TOU_CARD_ACCESS (source), result, &error);

    /* Its agent has ended with the step. */
    if (cms == NULL && self->step == task)
        self->owner = NULL;
    end_step (self, task, cms, (GDestroyNotify) g_bytes_unref, error);
}

static void
sign_async (TouCardAccess *access, GBytes *content, const char *certificate_sha256, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
    TouCardHub *self = TOU_CARD_HUB (access);
    GTask *task = begin_step (self, sign_async, cancellable, callback, user_data);

    if (task == NULL)
        return;
    if (self->owner == NULL) {
        fail_step (self, task, TOU_CARD_ERROR_NOT_UNLOCKED, "nothing is unlocked");
        return;
    }
    self->at_work = self->owner;
    tou_card_access_sign_async (get_access (self->owner), content, certificate_sha256, self->cancellable,
                                on_signed, g_object_ref (task));
}

static GBytes *
sign_finish (TouCardAccess *access, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer (G_TASK (result), error);
}

/* The rest of TouCardAccess */

static gboolean
asks_each_time (TouCardAccess *access)
{
    TouCardHub *self = TOU_CARD_HUB (access);

    return self->owner != NULL && tou_card_access_asks_each_time (get_access (self->owner));
}

static guint
get_keypad_seconds (TouCardAccess *access)
{
    TouCardHub *self = TOU_CARD_HUB (access);

    return self->members->len > 0 ? tou_card_access_get_keypad_seconds (get_access (get_member (self, 0)))
                                  : 0;
}

static void
release (TouCardAccess *access)
{
    TouCardHub *self = TOU_CARD_HUB (access);

    g_cancellable_cancel (self->cancellable);
    self->owner = NULL;
    cancel_lists (self);
    for (guint i = 0; i < self->members->len; i++)
        tou_card_access_release (get_access (get_member (self, i)));
}

static void
tou_card_hub_iface_init (TouCardAccessInterface *iface)
{
    iface->list_async = list_async;
    iface->list_finish = list_finish;
    iface->unlock_async = unlock_async;
    iface->unlock_finish = unlock_finish;
    iface->sign_async = sign_async;
    iface->sign_finish = sign_finish;
    iface->asks_each_time = asks_each_time;
    iface->get_keypad_seconds = get_keypad_seconds;
    iface->release = release;
}

/* The members */

static void
on_member_changed (TouHubMember *member, TouCardHub *self)
{
    (void) member;
    tell_changed (self);
}

static void
on_member_lost (TouHubMember *member, TouCardHub *self)
{
    if (member != self->owner)
        return;
    self->owner = NULL;
    g_signal_emit_by_name (self, "lost");
}

static TouHubMember *
make_member (TouCardHub *self, const char *module)
{
    TouHubMember *member = tou_hub_member_new (self->n_made++, self->agent_path, module,
                                               (const char *const *) self->environment, self->proofs);

    g_object_set (tou_hub_member_get_client (member), "time-out-seconds", self->time_out_seconds, NULL);
    g_signal_connect (member, "listed", G_CALLBACK (on_member_listed), self);
    g_signal_connect (member, "changed", G_CALLBACK (on_member_changed), self);
    g_signal_connect (member, "lost", G_CALLBACK (on_member_lost), self);
    return member;
}

static void
drop_member (TouCardHub *self, TouHubMember *member)
{
    g_signal_handlers_disconnect_by_data (member, self);
    tou_hub_member_cancel_list (member);
    tou_card_access_release (get_access (member));
}

/* Returns: (transfer full) (nullable): taken out of the members */
static TouHubMember *
take_member (TouCardHub *self, const char *module)
{
    for (guint i = 0; i < self->members->len; i++)
        if (g_str_equal (tou_hub_member_get_module (get_member (self, i)), module))
            return g_ptr_array_steal_index (self->members, i);
    return NULL;
}

/* Takes those of @modules out of the members, makes those that are new, and lets go of the rest. */
static void
exchange_members (TouCardHub *self, const char *const *modules)
{
    g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (GPtrArray) before = NULL;

    for (guint i = 0; modules[i] != NULL; i++) {
        TouHubMember *member = take_member (self, modules[i]);

        if (member == NULL)
            member = make_member (self, modules[i]);
        tou_hub_member_forgive (member);
        g_ptr_array_add (members, member);
    }
    before = g_steal_pointer (&self->members);
    self->members = g_steal_pointer (&members);
    for (guint i = 0; i < before->len; i++)
        drop_member (self, g_ptr_array_index (before, i));
}

/* @member: (nullable): compared alone */
static gboolean
is_gone (TouCardHub *self, const TouHubMember *member)
{
    return member != NULL && !g_ptr_array_find (self->members, member, NULL);
}

/* A step goes on as long as its module does; a list, without those that are gone. */
void
tou_card_hub_set_modules (TouCardHub *self, const char *const *modules)
{
    exchange_members (self, modules);
    if (is_gone (self, self->at_work))
        g_cancellable_cancel (self->cancellable);
    if (is_gone (self, self->owner)) {
        self->owner = NULL;
        g_signal_emit_by_name (self, "lost");
    }
    if (is_list (self) && !is_waiting (self))
        finish_list (self);
    tell_changed (self);
}

void
tou_card_hub_look (TouCardHub *self)
{
    if (self->owner == NULL && (self->step == NULL || is_list (self)))
        ask_members (self);
}

gboolean
tou_card_hub_is_looking (TouCardHub *self)
{
    return is_waiting (self);
}

GPtrArray *
tou_card_hub_make_reports (TouCardHub *self)
{
    GPtrArray *reports = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_module_report_free);

    for (guint i = 0; i < self->members->len; i++)
        g_ptr_array_add (reports, tou_hub_member_make_report (get_member (self, i)));
    return reports;
}

/* GObject */

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
    if (id == PROP_TIME_OUT_SECONDS)
        g_value_set_uint (value, TOU_CARD_HUB (object)->time_out_seconds);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
    TouCardHub *self = TOU_CARD_HUB (object);

    if (id != PROP_TIME_OUT_SECONDS) {
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
        return;
    }
    self->time_out_seconds = g_value_get_uint (value);
    for (guint i = 0; i < self->members->len; i++)
        g_object_set_property (G_OBJECT (tou_hub_member_get_client (get_member (self, i))),
                               "time-out-seconds", value);
}

static void
dispose (GObject *object)
{
    TouCardHub *self = TOU_CARD_HUB (object);

    for (guint i = 0; i < self->members->len; i++)
        drop_member (self, get_member (self, i));
    g_ptr_array_set_size (self->members, 0);
    g_clear_object (&self->proofs);
    G_OBJECT_CLASS (tou_card_hub_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
    TouCardHub *self = TOU_CARD_HUB (object);

    g_ptr_array_unref (self->members);
    g_free (self->agent_path);
    g_strfreev (self->environment);
    G_OBJECT_CLASS (tou_card_hub_parent_class)->finalize (object);
}

static void
tou_card_hub_class_init (TouCardHubClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);

    object_class->get_property = get_property;
    object_class->set_property = set_property;
    object_class->dispose = dispose;
    object_class->finalize = finalize;
    properties[PROP_TIME_OUT_SECONDS] = g_param_spec_uint ("time-out-seconds", NULL, NULL, 0, 3600, 0,
                                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, N_PROPERTIES, properties);
    reported_signal = g_signal_new ("reported", TOU_TYPE_CARD_HUB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
}

static void
tou_card_hub_init (TouCardHub *self)
{
    self->members = g_ptr_array_new_with_free_func (g_object_unref);
}

TouCardHub *
tou_card_hub_new (const char *agent_path, const char *const *environment, TouProofChecker *proofs)
{
    TouCardHub *self = g_object_new (TOU_TYPE_CARD_HUB, NULL);

    self->agent_path = g_strdup (agent_path);
    self->environment = g_strdupv ((char **) environment);
    self->proofs = g_object_ref (proofs);
    return self;
}
