/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-agency-list.h"

#include "tou-agency-folder.h"

#include <string.h>

struct _TouAgencyList {
    GObject parent_instance;

    char *folder;
    GStrv shared; /* folders */
    TouLockedReader read_locked;
    GPtrArray *profiles; /* (element-type TouServiceProfile) */
    GQueue *waiting;     /* (element-type GTask): the first of them is under way */
};

/** What the folders are; not changed once work has begun. */
typedef struct {
    const char *folder;
    const char *const *shared;
    TouLockedReader read_locked;
} Places;

/** One piece of work: to open a file, to keep a profile, or only to read the folders. */
typedef struct {
    Places places;
    GFile *file;                /* (nullable): to be opened */
    TouServiceProfile *profile; /* (nullable): to be kept; result: what was opened or kept */
    TouServiceProfile *known;   /* (nullable): to be replaced; result of opening: what is there */
    TouProfileKnown how;        /* result of opening */
    GPtrArray *profiles;        /* result: what is in the folders afterwards */
} Work;

G_DEFINE_FINAL_TYPE (TouAgencyList, tou_agency_list, G_TYPE_OBJECT)

static void start_next (TouAgencyList *self);

static void
work_free (Work *work)
{
    g_clear_object (&work->file);
    g_clear_pointer (&work->profiles, g_ptr_array_unref);
    g_clear_pointer (&work->profile, tou_service_profile_unref);
    g_clear_pointer (&work->known, tou_service_profile_unref);
    g_free (work);
}

static int
compare (gconstpointer a, gconstpointer b)
{
    const TouServiceProfile *left = *(TouServiceProfile *const *) a;
    const TouServiceProfile *right = *(TouServiceProfile *const *) b;
    int by_name = g_utf8_collate (tou_service_profile_get_name (left), tou_service_profile_get_name (right));

    return by_name != 0 ? by_name
                        : strcmp (tou_service_profile_get_id (left), tou_service_profile_get_id (right));
}

static TouServiceProfile *
find_by_id (GPtrArray *profiles, const char *id)
{
    for (guint i = 0; i < profiles->len; i++)
        if (g_str_equal (tou_service_profile_get_id (profiles->pdata[i]), id))
            return profiles->pdata[i];
    return NULL;
}

static GPtrArray *
read_shared (const Places *places, GError **out_fault)
{
    GPtrArray *shared = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_service_profile_unref);

    for (guint i = 0; places->shared != NULL && places->shared[i] != NULL; i++)
        tou_agency_folder_read_shared (places->shared[i], shared, out_fault);
    return shared;
}

/* Settings are not looked at on a computer without such profiles, which is most of them. */
static gboolean
is_locked (const Places *places, GPtrArray *shared, const char *id)
{
    g_auto (GStrv) locked = NULL;

    if (find_by_id (shared, id) == NULL || places->read_locked == NULL)
        return FALSE;
    locked = places->read_locked ();
    return g_strv_contains ((const char *const *) locked, id)
           || g_strv_contains ((const char *const *) locked, "*");
}

static GPtrArray *
read_all (const Places *places, GPtrArray *shared, GError **out_fault)
{
    GPtrArray *profiles = tou_agency_folder_read (places->folder, out_fault);

    for (guint i = 0; i < shared->len; i++) {
        const char *id = tou_service_profile_get_id (shared->pdata[i]);
        TouServiceProfile *own = find_by_id (profiles, id);

        if (own != NULL && is_locked (places, shared, id))
            g_ptr_array_remove (profiles, own);
        else if (own != NULL)
            continue;
        g_ptr_array_add (profiles, tou_service_profile_ref (shared->pdata[i]));
    }
    g_ptr_array_sort (profiles, compare);
    return profiles;
}

/* For the eye: ㈱ and (株), letters of either width and case, and spaces do not tell two names apart. */
static char *
dup_likeness (const TouServiceProfile *profile)
{
    g_autofree char *normal = g_utf8_normalize (tou_service_profile_get_name (profile), -1, G_NORMALIZE_ALL);
    g_autofree char *folded = g_utf8_casefold (normal, -1);
    GString *likeness = g_string_new (NULL);

    for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
        if (!g_unichar_isspace (g_utf8_get_char (p)))
            g_string_append_unichar (likeness, g_utf8_get_char (p));
    return g_string_free (likeness, FALSE);
}

static TouServiceProfile *
find_by_name (GPtrArray *profiles, const TouServiceProfile *profile)
{
    g_autofree char *wanted = dup_likeness (profile);

    for (guint i = 0; i < profiles->len; i++) {
        g_autofree char *likeness = dup_likeness (profiles->pdata[i]);

        if (g_str_equal (likeness, wanted))
            return profiles->pdata[i];
    }
    return NULL;
}

static void
find_known (Work *work)
{
    TouServiceProfile *known = find_by_id (work->profiles, tou_service_profile_get_id (work->profile));

    if (known == NULL) {
        known = find_by_name (work->profiles, work->profile);
        work->how = known == NULL ? TOU_PROFILE_KNOWN_NOT : TOU_PROFILE_KNOWN_NAME;
    } else {
        work->how = g_bytes_equal (tou_service_profile_get_file (known),
                                   tou_service_profile_get_file (work->profile))
                        ? TOU_PROFILE_KNOWN_SAME
                        : TOU_PROFILE_KNOWN_ID;
    }
    work->known = known == NULL ? NULL : tou_service_profile_ref (known);
}

static gboolean
refuse_locked (Work *work, GPtrArray *shared, GError **error)
{
    if (!is_locked (&work->places, shared, tou_service_profile_get_id (work->profile)))
        return TRUE;
    g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_LOCKED, "the agency \"%s\" is locked",
                 tou_service_profile_get_id (work->profile));
    return FALSE;
}

static gboolean
open_file (Work *work, GError **error)
{
    g_autofree char *path = g_file_get_path (work->file);
    g_autofree char *uri = g_file_get_uri (work->file);

    if (path != NULL)
        work->profile = tou_service_profile_load (path, error);
    else
        g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_NOT_LOCAL,
                     "\"%s\" has no path in the file system", uri);
    return work->profile != NULL;
}

static gboolean
keep (Work *work, GError **error)
{
    g_autoptr (TouServiceProfile) profile = g_steal_pointer (&work->profile);

    work->profile = tou_agency_folder_keep (work->places.folder, profile, work->known, error);
    return work->profile != NULL;
}

static gboolean
do_piece (Work *work, GPtrArray *shared, GError **error)
{
    GError *fault = NULL;

    if (work->file != NULL && (!open_file (work, error) || !refuse_locked (work, shared, error)))
        return FALSE;
    if (work->file == NULL && work->profile != NULL
        && (!refuse_locked (work, shared, error) || !keep (work, error)))
        return FALSE;
    work->profiles = read_all (&work->places, shared, &fault);
    if (work->file != NULL)
        find_known (work);
    if (fault == NULL)
        return TRUE;
    /* Whether one of the others is damaged was said when the list was loaded. */
    if (work->profile == NULL)
        g_propagate_error (error, fault);
    else
        g_error_free (fault);
    return work->profile != NULL;
}

static void
do_work (GTask *inner, gpointer source, gpointer task_data, GCancellable *cancellable)
{
    Work *work = task_data;
    g_autoptr (GError) fault = NULL;
    g_autoptr (GPtrArray) shared = read_shared (&work->places, &fault);
    GError *error = NULL;

    (void) source;
    (void) cancellable;
    tou_agency_folder_recover (work->places.folder);
    if (!do_piece (work, shared, &error))
        g_task_return_error (inner, error);
    else if (work->profile == NULL && fault != NULL)
        g_task_return_error (inner, g_steal_pointer (&fault));
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
    g_autoptr (GTask) task = g_queue_peek_head (self->waiting);
    Work *work = g_task_get_task_data (task);
    GError *error = NULL;

    (void) source;
    if (work->profiles != NULL)
        take_profiles (self, g_steal_pointer (&work->profiles));
    if (g_task_propagate_boolean (G_TASK (inner), &error))
        g_task_return_boolean (task, TRUE);
    else
        g_task_return_error (task, error);
    /* Not before: whoever is called back may give more work, which must not start beside this. */
    (void) g_queue_pop_head (self->waiting);
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

static Places
get_places (TouAgencyList *self)
{
    return (Places){ self->folder, (const char *const *) self->shared, self->read_locked };
}

/* @work: (transfer full): what belongs to it is filled in */
static void
push_work (TouAgencyList *self, Work *work, gpointer tag, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new (self, NULL, callback, user_data);

    work->places = get_places (self);
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
    g_strfreev (self->shared);
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
tou_agency_list_share (TouAgencyList *self, const char *const *folders, TouLockedReader read_locked)
{
    self->shared = g_strdupv ((char **) folders);
    self->read_locked = read_locked;
}

void
tou_agency_list_load_async (TouAgencyList *self, GAsyncReadyCallback callback, gpointer user_data)
{
    push_work (self, g_new0 (Work, 1), tou_agency_list_load_async, callback, user_data);
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
    Places places = get_places (self);
    g_autoptr (GPtrArray) shared = read_shared (&places, &fault);

    take_profiles (self, read_all (&places, shared, fault == NULL ? &fault : NULL));
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
tou_agency_list_open_async (TouAgencyList *self, GFile *file, GAsyncReadyCallback callback,
                            gpointer user_data)
{
    Work *work = g_new0 (Work, 1);

    work->file = g_object_ref (file);
    push_work (self, work, tou_agency_list_open_async, callback, user_data);
}

TouServiceProfile *
tou_agency_list_open_finish (TouAgencyList *self, GAsyncResult *result, TouProfileKnown *out_how,
                             TouServiceProfile **out_known, GError **error)
{
    Work *work;

    g_return_val_if_fail (g_task_is_valid (result, self), NULL);
    work = g_task_get_task_data (G_TASK (result));
    if (!g_task_propagate_boolean (G_TASK (result), error))
        return NULL;
    *out_how = work->how;
    *out_known = g_steal_pointer (&work->known);
    return g_steal_pointer (&work->profile);
}

void
tou_agency_list_keep_async (TouAgencyList *self, TouServiceProfile *profile, TouServiceProfile *known,
                            GAsyncReadyCallback callback, gpointer user_data)
{
    Work *work = g_new0 (Work, 1);

    work->profile = tou_service_profile_ref (profile);
    work->known = known == NULL ? NULL : tou_service_profile_ref (known);
    push_work (self, work, tou_agency_list_keep_async, callback, user_data);
}

TouServiceProfile *
tou_agency_list_keep_finish (TouAgencyList *self, GAsyncResult *result, GError **error)
{
    Work *work;

    g_return_val_if_fail (g_task_is_valid (result, self), NULL);
    work = g_task_get_task_data (G_TASK (result));
    if (!g_task_propagate_boolean (G_TASK (result), error))
        return NULL;
    return g_steal_pointer (&work->profile);
}
