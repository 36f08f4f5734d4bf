/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card"

#include "tou-module-list.h"

#define KEY_CHOSEN "card-modules"
#define KEY_UNUSED "unused-card-modules"
#define KEY_FIND "find-card-modules"

struct _TouModuleList {
    GObject parent_instance;

    GSettings *settings; /* (nullable) */
    TouModulePlaces *places;
    TouCardHub *hub;

    GPtrArray *chosen;  /* (element-type filename): the user's, in their order */
    GPtrArray *unused;  /* (element-type filename) */
    GPtrArray *found;   /* (element-type TouModuleEntry): by the last search */
    GPtrArray *entries; /* (element-type TouModuleEntry): both */
    GStrv used;         /* what the hub has */
    gboolean is_searching;
    gboolean searches_anew;
};

static void tou_module_list_iface_init (TouCardModulesInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TouModuleList, tou_module_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TOU_TYPE_CARD_MODULES, tou_module_list_iface_init))

/* Lists of file names */

static gboolean
find_path (GPtrArray *paths, const char *path, guint *out_index)
{
    return g_ptr_array_find_with_equal_func (paths, path, g_str_equal, out_index);
}

static void
set_path (GPtrArray *paths, const char *path, gboolean is_in)
{
    guint index;
    gboolean was_in = find_path (paths, path, &index);

    if (was_in && !is_in)
        g_ptr_array_remove_index (paths, index);
    else if (is_in && !was_in)
        g_ptr_array_add (paths, g_strdup (path));
}

static GPtrArray *
load_paths (GSettings *settings, const char *key)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
    g_auto (GStrv) values = settings == NULL ? NULL : g_settings_get_strv (settings, key);

    for (char **value = values; value != NULL && *value != NULL; value++)
        set_path (paths, *value, TRUE);
    return paths;
}

/* Returns: (transfer container) */
static const char **
list_paths (GPtrArray *paths)
{
    const char **list = g_new0 (const char *, paths->len + 1);

    for (guint i = 0; i < paths->len; i++)
        list[i] = g_ptr_array_index (paths, i);
    return list;
}

static void
save_paths (TouModuleList *self, const char *key, GPtrArray *paths)
{
    g_autofree const char **list = list_paths (paths);

    if (self->settings != NULL)
        (void) g_settings_set_strv (self->settings, key, list);
}

/* The entries, and what the hub gets of them */

static void
add_entry (TouModuleList *self, const char *path, TouModuleSource source)
{
    TouModuleEntry *entry;

    if (tou_module_entries_find (self->entries, path) != NULL)
        return;
    entry = tou_module_entry_new (path, source);
    entry->is_used = !find_path (self->unused, path, NULL);
    g_ptr_array_add (self->entries, entry);
}

static void
make_entries (TouModuleList *self)
{
    g_ptr_array_set_size (self->entries, 0);
    for (guint i = 0; i < self->chosen->len; i++)
        add_entry (self, g_ptr_array_index (self->chosen, i), TOU_MODULE_SOURCE_USER);
    for (guint i = 0; i < self->found->len; i++) {
        const TouModuleEntry *found = g_ptr_array_index (self->found, i);

        add_entry (self, found->path, found->source);
    }
}

/* Returns: (transfer full) */
static GStrv
dup_used (TouModuleList *self)
{
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

    for (guint i = 0; i < self->entries->len; i++) {
        const TouModuleEntry *entry = g_ptr_array_index (self->entries, i);

        if (entry->is_used)
            g_strv_builder_add (builder, entry->path);
    }
    return g_strv_builder_end (builder);
}

/* @is_anew: also when they are the same, so that those that failed are asked again */
static void
give_hub_modules (TouModuleList *self, gboolean is_anew)
{
    g_auto (GStrv) before = g_steal_pointer (&self->used);

    self->used = dup_used (self);
    if (is_anew || before == NULL
        || !g_strv_equal ((const char *const *) before, (const char *const *) self->used))
        tou_card_hub_set_modules (self->hub, (const char *const *) self->used);
}

static void
take_reports (TouModuleList *self)
{
    g_autoptr (GPtrArray) reports = tou_card_hub_make_reports (self->hub);

    for (guint i = 0; i < reports->len; i++) {
        const TouModuleReport *report = g_ptr_array_index (reports, i);
        TouModuleEntry *entry = tou_module_entries_find (self->entries, report->path);

        if (entry != NULL)
            entry->state = report->state;
    }
}

static void
tell_changed (TouModuleList *self)
{
    take_reports (self);
    g_signal_emit_by_name (self, "changed");
}

/* Gives the hub what is in use, and tells what is there.
 * @is_anew: also when it is the same, so that those that failed are asked again; and asks all of them */
static void
use_entries (TouModuleList *self, gboolean is_anew)
{
    make_entries (self);
    give_hub_modules (self, is_anew);
    if (is_anew)
        tou_card_hub_look (self->hub);
    tell_changed (self);
}

/* The search */

static void
search_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
    g_task_return_pointer (task, tou_module_search_run (data), (GDestroyNotify) g_ptr_array_unref);
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouModuleList) self = user_data;

    g_ptr_array_unref (self->found);
    self->found = g_task_propagate_pointer (G_TASK (result), NULL);
    self->is_searching = FALSE;
    use_entries (self, self->searches_anew);
}

/* The list is not the task's source: a thread drops its task after the answer was taken, and must not be the
 * last to have the list.
 * @is_anew: as use_entries() */
static void
search (TouModuleList *self, gboolean is_anew)
{
    g_autoptr (GTask) task = g_task_new (NULL, NULL, on_searched, g_object_ref (self));

    self->is_searching = TRUE;
    self->searches_anew = is_anew;
    g_task_set_task_data (task, self->places, NULL);
    g_task_run_in_thread (task, search_in_thread);
}

static gboolean
finds_modules (TouModuleList *self)
{
    return self->settings == NULL || g_settings_get_boolean (self->settings, KEY_FIND);
}

/* TouCardModules */

static gboolean
may_change (TouCardModules *modules, TouModuleChange change)
{
    TouModuleList *self = TOU_MODULE_LIST (modules);
    const char *key = change == TOU_MODULE_CHANGE_USE ? KEY_UNUSED : KEY_CHOSEN;

    return self->settings == NULL || g_settings_is_writable (self->settings, key);
}

static GPtrArray *
get_entries (TouCardModules *modules)
{
    return TOU_MODULE_LIST (modules)->entries;
}

static void
use_choice (TouModuleList *self)
{
    save_paths (self, KEY_CHOSEN, self->chosen);
    save_paths (self, KEY_UNUSED, self->unused);
    use_entries (self, FALSE);
    tou_card_hub_look (self->hub);
}

static void
set_used (TouCardModules *modules, const char *path, gboolean is_used)
{
    TouModuleList *self = TOU_MODULE_LIST (modules);
    g_autofree char *kept = g_strdup (path);

    if (!may_change (modules, TOU_MODULE_CHANGE_USE))
        return;
    set_path (self->unused, kept, !is_used);
    use_choice (self);
}

static void
remove_module (TouCardModules *modules, const char *path)
{
    TouModuleList *self = TOU_MODULE_LIST (modules);
    g_autofree char *kept = g_strdup (path);

    if (!may_change (modules, TOU_MODULE_CHANGE_CHOICE))
        return;
    set_path (self->chosen, kept, FALSE);
    set_path (self->unused, kept, FALSE);
    use_choice (self);
}

static void
check_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
    g_autofree char *path = tou_module_search_resolve (data);
    GError *error = NULL;

    if (tou_module_search_check_file (path, &error))
        g_task_return_pointer (task, g_steal_pointer (&path), g_free);
    else
        g_task_return_error (task, error);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouModuleList *self = g_task_get_source_object (task);
    GError *error = NULL;
    g_autofree char *path = g_task_propagate_pointer (G_TASK (result), &error);

    if (path == NULL) {
        g_task_return_error (task, error);
    } else if (!may_change (TOU_CARD_MODULES (self), TOU_MODULE_CHANGE_CHOICE)) {
        g_task_return_new_error (task, TOU_MODULE_ERROR, TOU_MODULE_ERROR_LOCKED,
                                 "the administrator has set the list");
    } else if (tou_module_entries_find (self->entries, path) != NULL) {
        g_task_return_new_error (task, TOU_MODULE_ERROR, TOU_MODULE_ERROR_KNOWN, "%s is in the list", path);
    } else {
        set_path (self->chosen, path, TRUE);
        use_choice (self);
        g_task_return_boolean (task, TRUE);
    }
}

static void
add_async (TouCardModules *modules, GFile *file, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new (modules, NULL, callback, user_data);
    g_autoptr (GTask) check = g_task_new (NULL, NULL, on_checked, task); /* as for the search */
    char *path = g_file_get_path (file);

    if (path == NULL) {
        g_task_return_new_error (task, TOU_MODULE_ERROR, TOU_MODULE_ERROR_NOT_READABLE,
                                 "no file of this computer");
        g_object_unref (task);
        return;
    }
    g_task_set_task_data (check, path, g_free);
    g_task_run_in_thread (check, check_in_thread);
}

static gboolean
add_finish (TouCardModules *modules, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean (G_TASK (result), error);
}

static void
look_again (TouCardModules *modules)
{
    TouModuleList *self = TOU_MODULE_LIST (modules);

    if (self->is_searching)
        return;
    if (finds_modules (self))
        search (self, TRUE);
    else
        use_entries (self, TRUE);
    g_signal_emit_by_name (self, "changed");
}

static gboolean
is_looking (TouCardModules *modules)
{
    TouModuleList *self = TOU_MODULE_LIST (modules);

    return self->is_searching || tou_card_hub_is_looking (self->hub);
}

static void
tou_module_list_iface_init (TouCardModulesInterface *iface)
{
    iface->get_entries = get_entries;
    iface->set_used = set_used;
    iface->add_async = add_async;
    iface->add_finish = add_finish;
    iface->remove = remove_module;
    iface->look_again = look_again;
    iface->is_looking = is_looking;
    iface->may_change = may_change;
}

/* GObject */

static void
dispose (GObject *object)
{
    TouModuleList *self = TOU_MODULE_LIST (object);

    g_clear_object (&self->hub);
    g_clear_object (&self->settings);
    G_OBJECT_CLASS (tou_module_list_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
    TouModuleList *self = TOU_MODULE_LIST (object);

    tou_module_places_free (self->places);
    g_ptr_array_unref (self->chosen);
    g_ptr_array_unref (self->unused);
    g_ptr_array_unref (self->found);
    g_ptr_array_unref (self->entries);
    g_strfreev (self->used);
    G_OBJECT_CLASS (tou_module_list_parent_class)->finalize (object);
}

static void
tou_module_list_class_init (TouModuleListClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
    G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tou_module_list_init (TouModuleList *self)
{
    self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_module_entry_free);
    self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_module_entry_free);
}

TouModuleList *
tou_module_list_new (GSettings *settings, TouModulePlaces *places, TouCardHub *hub)
{
    TouModuleList *self = g_object_new (TOU_TYPE_MODULE_LIST, NULL);

    self->settings = settings == NULL ? NULL : g_object_ref (settings);
    self->places = places;
    self->hub = g_object_ref (hub);
    self->chosen = load_paths (settings, KEY_CHOSEN);
    self->unused = load_paths (settings, KEY_UNUSED);
    g_signal_connect_object (hub, "reported", G_CALLBACK (tell_changed), self, G_CONNECT_SWAPPED);
    use_entries (self, FALSE);
    if (finds_modules (self))
        search (self, FALSE);
    return self;
}
