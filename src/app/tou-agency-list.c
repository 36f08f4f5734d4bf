/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-agency-list.h"

#include "tou-agency-folder.h"

struct _TouAgencyList {
    GObject parent_instance;

    char *folder;
    GPtrArray *profiles; /* (element-type TouServiceProfile) */
    GQueue *waiting;     /* (element-type GTask): the first of them is under way */
};

/** One piece of work: to add a profile, or only to read the folder. */
typedef struct {
    char *folder;
    GFile *file;                /* (nullable): to be added */
    GPtrArray *profiles;        /* result: what is in the folder afterwards */
    TouServiceProfile *profile; /* result: what was added */
    gboolean has_replaced;      /* result */
} Work;

G_DEFINE_FINAL_TYPE (TouAgencyList, tou_agency_list, G_TYPE_OBJECT)

static void start_next (TouAgencyList *self);

static void
work_free (Work *work)
{
    g_free (work->folder);
    g_clear_object (&work->file);
    g_clear_pointer (&work->profiles, g_ptr_array_unref);
    g_clear_pointer (&work->profile, tou_service_profile_unref);
    g_free (work);
}

static gboolean
add (Work *work, GError **error)
{
    g_autofree char *path = g_file_get_path (work->file);
    g_autofree char *uri = g_file_get_uri (work->file);

    if (path != NULL)
        work->profile = tou_agency_folder_add (work->folder, path, &work->has_replaced, error);
    else
        g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_NOT_LOCAL,
                     "\"%s\" has no path in the file system", uri);
    return work->profile != NULL;
}

static void
do_work (GTask *inner, gpointer source, gpointer task_data, GCancellable *cancellable)
{
    Work *work = task_data;
    GError *error = NULL;

    (void) source;
    (void) cancellable;
    tou_agency_folder_recover (work->folder);
    if (work->file == NULL) {
        work->profiles = tou_agency_folder_read (work->folder, &error);
    } else if (add (work, &error)) {
        /* Whether one of the others is damaged was said when the list was loaded. */
        work->profiles = tou_agency_folder_read (work->folder, NULL);
    }
    if (error != NULL)
        g_task_return_error (inner, error);
    else
        g_task_return_boolean (inner, TRUE);
}

static void
take_profiles (TouAgencyList *self, GPtrArray *profiles)
{
    g_ptr_array_unref (self->profiles);
    self->profiles = profiles;
}

static void
on_work_done (GObject *source, GAsyncResult *inner, gpointer user_data)
{
    g_autoptr (TouAgencyList) self = user_data;
    g_autoptr (GTask) task = g_queue_pop_head (self->waiting);
    Work *work = g_task_get_task_data (task);
    GError *error = NULL;

    (void) source;
    if (work->profiles != NULL)
        take_profiles (self, g_steal_pointer (&work->profiles));
    if (g_task_propagate_boolean (G_TASK (inner), &error))
        g_task_return_boolean (task, TRUE);
    else
        g_task_return_error (task, error);
    start_next (self);
}

static void
start_next (TouAgencyList *self)
{
    GTask *task = g_queue_peek_head (self->waiting);
    g_autoptr (GTask) inner = NULL;

    if (task == NULL)
        return;
    /* Holds nothing of ours: its last reference may go in the thread. */
    inner = g_task_new (NULL, NULL, on_work_done, g_object_ref (self));
    g_task_set_task_data (inner, g_task_get_task_data (task), NULL);
    g_task_run_in_thread (inner, do_work);
}

static void
push_work (TouAgencyList *self, GFile *file, gpointer tag, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new (self, NULL, callback, user_data);
    Work *work = g_new0 (Work, 1);

    work->folder = g_strdup (self->folder);
    g_set_object (&work->file, file);
    g_task_set_source_tag (task, tag);
    g_task_set_task_data (task, work, (GDestroyNotify) work_free);
    g_queue_push_tail (self->waiting, task);
    if (g_queue_get_length (self->waiting) == 1)
        start_next (self);
}

static void
finalize (GObject *object)
{
    TouAgencyList *self = TOU_AGENCY_LIST (object);

    g_free (self->folder);
    g_ptr_array_unref (self->profiles);
    g_queue_free (self->waiting);
    G_OBJECT_CLASS (tou_agency_list_parent_class)->finalize (object);
}

static void
tou_agency_list_class_init (TouAgencyListClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tou_agency_list_init (TouAgencyList *self)
{
    self->profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_service_profile_unref);
    self->waiting = g_queue_new ();
}

TouAgencyList *
tou_agency_list_new (const char *folder)
{
    TouAgencyList *self = g_object_new (TOU_TYPE_AGENCY_LIST, NULL);

    self->folder = g_strdup (folder);
    return self;
}

void
tou_agency_list_load_async (TouAgencyList *self, GAsyncReadyCallback callback, gpointer user_data)
{
    push_work (self, NULL, tou_agency_list_load_async, callback, user_data);
}

gboolean
tou_agency_list_load_finish (TouAgencyList *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

    return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
tou_agency_list_load (TouAgencyList *self, GError **error)
{
    GError *fault = NULL;

    take_profiles (self, tou_agency_folder_read (self->folder, &fault));
    if (fault != NULL)
        g_propagate_error (error, fault);
    return fault == NULL;
}

GPtrArray *
tou_agency_list_get_profiles (TouAgencyList *self)
{
    return self->profiles;
}

static gboolean
is_name_shared (GPtrArray *profiles, guint index)
{
    const char *name = tou_service_profile_get_name (profiles->pdata[index]);

    for (guint i = 0; i < profiles->len; i++)
        if (i != index && g_str_equal (tou_service_profile_get_name (profiles->pdata[i]), name))
            return TRUE;
    return FALSE;
}

GStrv
tou_agency_list_dup_names (TouAgencyList *self)
{
    GStrv names = g_new0 (char *, self->profiles->len + 1);

    for (guint i = 0; i < self->profiles->len; i++) {
        const TouServiceProfile *profile = self->profiles->pdata[i];
        const char *name = tou_service_profile_get_name (profile);

        names[i] = is_name_shared (self->profiles, i)
                       ? g_strdup_printf ("%s (%s)", name, tou_service_profile_get_base_url (profile))
                       : g_strdup (name);
    }
    return names;
}

int
tou_agency_list_find (TouAgencyList *self, const char *id)
{
    for (guint i = 0; i < self->profiles->len; i++)
        if (g_str_equal (tou_service_profile_get_id (self->profiles->pdata[i]), id))
            return (int) i;
    return -1;
}

void
tou_agency_list_add_async (TouAgencyList *self, GFile *file, GAsyncReadyCallback callback, gpointer user_data)
{
    push_work (self, file, tou_agency_list_add_async, callback, user_data);
}

TouServiceProfile *
tou_agency_list_add_finish (TouAgencyList *self, GAsyncResult *result, gboolean *out_replaced, GError **error)
{
    Work *work;

    g_return_val_if_fail (g_task_is_valid (result, self), NULL);
    work = g_task_get_task_data (G_TASK (result));
    if (!g_task_propagate_boolean (G_TASK (result), error))
        return NULL;
    if (out_replaced != NULL)
        *out_replaced = work->has_replaced;
    return g_steal_pointer (&work->profile);
}
