/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-preferences-window.h"

#include "tou-accessible-ids.h"
#include "tou-error-help.h"
#include "tou-error-view.h"
#include "tou-file-opener.h"
#include "tou-module-row.h"
#include "tou-side-window.h"
#include "tou-word-wrap.h"

#include <glib/gi18n-lib.h>

struct _TouPreferencesWindow {
    GtkWindow parent_instance;
    TouCardModules *modules; /* (nullable): in practice */

    GtkWidget *preferences_error_view;
    GtkLabel *preferences_hint;
    GtkWidget *preferences_locked;
    GtkWidget *module_frame;
    GtkStack *module_stack;
    GtkListBox *module_list;
    GtkWidget *module_add_button;
    GtkWidget *module_look_button;
    GtkWidget *preferences_close_button;
};

G_DEFINE_FINAL_TYPE (TouPreferencesWindow, tou_preferences_window, GTK_TYPE_WINDOW)

static TouModuleRow *
get_row (TouPreferencesWindow *self, guint index)
{
    return TOU_MODULE_ROW (gtk_list_box_get_row_at_index (self->module_list, (int) index));
}

/* Whether there is a row for each entry and no other; then the focus can stay where it is. */
static gboolean
are_rows_right (TouPreferencesWindow *self, GPtrArray *entries)
{
    for (guint i = 0; i < entries->len; i++)
        if (gtk_list_box_get_row_at_index (self->module_list, (int) i) == NULL
            || !tou_module_row_is_for (get_row (self, i), g_ptr_array_index (entries, i)))
            return FALSE;
    return gtk_list_box_get_row_at_index (self->module_list, (int) entries->len) == NULL;
}

static gboolean
has_focus_inside (TouPreferencesWindow *self)
{
    GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

    return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->module_list));
}

static void
destroy_row (GtkWidget *row, gpointer data)
{
    (void) data;
    gtk_widget_destroy (row);
}

static void
make_rows (TouPreferencesWindow *self, GPtrArray *entries)
{
    /* A row that is removed takes the focus with it. */
    if (has_focus_inside (self))
        gtk_widget_grab_focus (self->module_add_button);
    gtk_container_foreach (GTK_CONTAINER (self->module_list), destroy_row, NULL);
    for (guint i = 0; i < entries->len; i++)
        gtk_list_box_insert (self->module_list,
                             tou_module_row_new (self->modules, g_ptr_array_index (entries, i)), -1);
}

static void
show_modules (TouPreferencesWindow *self)
{
    GPtrArray *entries = tou_card_modules_get_entries (self->modules);
    gboolean is_looking = tou_card_modules_is_looking (self->modules);

    gtk_stack_set_visible_child_name (self->module_stack, entries->len > 0 || is_looking ? "list" : "none");
    if (!are_rows_right (self, entries))
        make_rows (self, entries);
    for (guint i = 0; i < entries->len; i++)
        tou_module_row_show (get_row (self, i), g_ptr_array_index (entries, i), is_looking);
}

static void
show_error (TouPreferencesWindow *self, const GError *error)
{
    tou_error_view_set_error (TOU_ERROR_VIEW (self->preferences_error_view), error, NULL);
    gtk_widget_show (self->preferences_error_view);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouPreferencesWindow) self = user_data;
    g_autoptr (GError) error = NULL;

    /* The file may have been looked at for longer than the window was open. */
    if (!tou_card_modules_add_finish (TOU_CARD_MODULES (source), result, &error) && self->modules != NULL)
        show_error (self, error);
}

static void
on_file_chosen (GtkWindow *window, GFile *file)
{
    TouPreferencesWindow *self = TOU_PREFERENCES_WINDOW (window);

    gtk_widget_hide (self->preferences_error_view);
    tou_card_modules_add_async (self->modules, file, on_added, g_object_ref (self));
}

static void
on_add_clicked (TouPreferencesWindow *self)
{
    tou_file_opener_show (GTK_WINDOW (self), _ ("Choose Card Software"), _ ("PKCS#11 modules (*.so)"),
                          "*.so*", on_file_chosen);
}

static void
on_look_clicked (TouPreferencesWindow *self)
{
    gtk_widget_hide (self->preferences_error_view);
    tou_card_modules_look_again (self->modules);
}

static void
dispose (GObject *object)
{
    g_clear_object (&TOU_PREFERENCES_WINDOW (object)->modules);
    G_OBJECT_CLASS (tou_preferences_window_parent_class)->dispose (object);
}

static void
tou_preferences_window_class_init (TouPreferencesWindowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    g_type_ensure (TOU_TYPE_ERROR_VIEW);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-preferences-window.ui");
    gtk_widget_class_bind_template_child (widget_class, TouPreferencesWindow, preferences_error_view);
    gtk_widget_class_bind_template_child (widget_class, TouPreferencesWindow, preferences_hint);
    gtk_widget_class_bind_template_child (widget_class, TouPreferencesWindow, preferences_locked);
    gtk_widget_class_bind_template_child (widget_class, TouPreferencesWindow, module_frame);
    gtk_widget_class_bind_template_child (widget_class, TouPreferencesWindow, module_stack);
    gtk_widget_class_bind_template_child (widget_class, TouPreferencesWindow, module_list);
    gtk_widget_class_bind_template_child (widget_class, TouPreferencesWindow, module_add_button);
    gtk_widget_class_bind_template_child (widget_class, TouPreferencesWindow, module_look_button);
    gtk_widget_class_bind_template_child (widget_class, TouPreferencesWindow, preferences_close_button);
    gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_look_clicked);
    gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
}

static void
tou_preferences_window_init (TouPreferencesWindow *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    tou_side_window_set_up (GTK_WINDOW (self));
    tou_error_help_add_key (GTK_WINDOW (self));
    tou_accessible_ids_set (GTK_WIDGET (self));
    tou_word_wrap_set (GTK_WIDGET (self));
}

static void
show_practice (TouPreferencesWindow *self)
{
    gtk_label_set_text (
        self->preferences_hint,
        _ ("In practice there are the practice cards alone. The card software of this computer "
           "is not used."));
    gtk_widget_hide (self->module_frame);
    gtk_widget_hide (self->module_add_button);
    gtk_widget_hide (self->module_look_button);
    gtk_label_set_width_chars (self->preferences_hint,
                               gtk_label_get_max_width_chars (self->preferences_hint));
    gtk_window_set_default_size (GTK_WINDOW (self), -1, -1);
    gtk_window_set_resizable (GTK_WINDOW (self), FALSE);
}

/* A lock is set before the program starts, in the files of the administrator. */
static void
show_locks (TouPreferencesWindow *self)
{
    gboolean may_choose = tou_card_modules_may_change (self->modules, TOU_MODULE_CHANGE_CHOICE);
    gboolean may_use = tou_card_modules_may_change (self->modules, TOU_MODULE_CHANGE_USE);

    gtk_widget_set_sensitive (self->module_add_button, may_choose);
    gtk_widget_set_visible (self->preferences_locked, !may_choose || !may_use);
}

GtkWidget *
tou_preferences_window_new (GtkWindow *parent, TouCardModules *modules)
{
    TouPreferencesWindow *self = g_object_new (TOU_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);

    if (modules == NULL) {
        show_practice (self);
        return GTK_WIDGET (self);
    }
    self->modules = g_object_ref (modules);
    gtk_label_set_text (
        self->preferences_hint,
        _ ("IC cards are read by this software (PKCS#11 modules). As a rule nothing has to be "
           "changed here."));
    g_signal_connect_object (modules, "changed", G_CALLBACK (show_modules), self, G_CONNECT_SWAPPED);
    show_locks (self);
    show_modules (self);
    return GTK_WIDGET (self);
}

void
tou_preferences_window_present (TouPreferencesWindow *self)
{
    gtk_widget_hide (self->preferences_error_view);
    if (self->modules != NULL)
        tou_card_modules_look_again (self->modules);
    gtk_widget_grab_focus (self->preferences_close_button);
    gtk_window_present (GTK_WINDOW (self));
}
