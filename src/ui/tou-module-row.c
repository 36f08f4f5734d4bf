/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-module-row.h"

#include "tou-accessible-ids.h"
#include "tou-shown-text.h"

#include <glib/gi18n-lib.h>

struct _TouModuleRow {
    GtkListBoxRow parent_instance;
    TouCardModules *modules;
    char *path;
    TouModuleSource origin;
    gboolean may_choose;
    gboolean may_use;

    GtkStack *module_mark;
    GtkImage *module_icon;
    GtkSpinner *module_spinner;
    GtkLabel *module_name;
    GtkLabel *module_state;
    GtkLabel *module_source;
    GtkWidget *module_remove_button;
    GtkSwitch *module_switch;
};

G_DEFINE_TYPE (TouModuleRow, tou_module_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
get_state_text (const TouModuleEntry *entry, gboolean is_looking)
{
    if (!entry->is_used)
        return _ ("Not used");
    switch (entry->state) {
    case TOU_MODULE_WORKING:
        return _ ("Works");
    case TOU_MODULE_MISSING:
        return _ ("The file is not there. Was the card software removed?");
    case TOU_MODULE_NOT_LOADED:
        return _ ("Cannot be loaded: damaged, incomplete, or not for this computer");
    case TOU_MODULE_TIMED_OUT:
        return _ ("Does not answer; it was ended");
    case TOU_MODULE_DIED:
        return _ ("Crashed. Touroku goes on; other card software is not affected");
    case TOU_MODULE_FAILED:
        return _ ("Answered with an error");
    case TOU_MODULE_NOT_ASKED:
    default:
        return is_looking ? _ ("Looking…") : _ ("Not looked at yet");
    }
}

static const char *
get_icon (const TouModuleEntry *entry)
{
    if (!entry->is_used || entry->state == TOU_MODULE_NOT_ASKED)
        return "content-loading-symbolic";
    return entry->state == TOU_MODULE_WORKING ? "emblem-ok-symbolic" : "dialog-warning-symbolic";
}

static const char *
get_source_text (TouModuleSource source)
{
    switch (source) {
    case TOU_MODULE_SOURCE_USER:
        return _ ("Chosen as a file");
    case TOU_MODULE_SOURCE_P11_KIT:
        return _ ("From the system’s configuration");
    case TOU_MODULE_SOURCE_PLACE:
    default:
        return _ ("Found on this computer");
    }
}

static gboolean
is_fault (const TouModuleEntry *entry)
{
    return entry->is_used && entry->state != TOU_MODULE_WORKING && entry->state != TOU_MODULE_NOT_ASKED;
}

static void
show_state (TouModuleRow *self, const TouModuleEntry *entry, gboolean is_looking)
{
    gboolean is_asked = is_looking && entry->is_used && entry->state == TOU_MODULE_NOT_ASKED;
    GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self->module_state));

    gtk_label_set_text (self->module_state, get_state_text (entry, is_looking));
    gtk_image_set_from_icon_name (self->module_icon, get_icon (entry), GTK_ICON_SIZE_MENU);
    gtk_stack_set_visible_child_name (self->module_mark, is_asked ? "spinner" : "icon");
    g_object_set (self->module_spinner, "active", is_asked, NULL);
    if (is_fault (entry))
        gtk_style_context_add_class (style, "tou-fault");
    else
        gtk_style_context_remove_class (style, "tou-fault");
}

/* Of the switch and the button: what they are for, since many rows have one. */
static void
name_controls (TouModuleRow *self, const char *name)
{
    g_autofree char *use = g_strdup_printf (_ ("Use %s"), name);
    g_autofree char *removal = g_strdup_printf (_ ("Remove %s"), name);

    atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->module_switch)), use);
    atk_object_set_name (gtk_widget_get_accessible (self->module_remove_button), removal);
}

void
tou_module_row_show (TouModuleRow *self, const TouModuleEntry *entry, gboolean is_looking)
{
    g_autofree char *base = g_path_get_basename (entry->path);
    g_autofree char *name = tou_shown_text_dup (base);
    g_autofree char *path = tou_shown_text_dup (entry->path);
    g_autofree char *source = g_strdup_printf ("%s: %s", get_source_text (entry->source), path);
    g_autofree char *all = NULL;

    gtk_label_set_text (self->module_name, name);
    gtk_label_set_text (self->module_source, source);
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->module_source), path);
    show_state (self, entry, is_looking);
    gtk_widget_set_visible (self->module_remove_button, entry->source == TOU_MODULE_SOURCE_USER);
    gtk_widget_set_sensitive (self->module_remove_button, self->may_choose);
    gtk_widget_set_sensitive (GTK_WIDGET (self->module_switch), self->may_use);
    gtk_switch_set_active (self->module_switch, entry->is_used);
    name_controls (self, name);
    all = g_strdup_printf ("%s, %s, %s", name, gtk_label_get_text (self->module_state), source);
    atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self)), all);
}

static void
on_switched (TouModuleRow *self)
{
    g_autoptr (TouModuleRow) keeper = g_object_ref (self);

    if (self->modules != NULL)
        tou_card_modules_set_used (self->modules, self->path, gtk_switch_get_active (self->module_switch));
}

static void
on_remove_clicked (TouModuleRow *self)
{
    g_autoptr (TouModuleRow) keeper = g_object_ref (self);

    tou_card_modules_remove (self->modules, self->path);
}

gboolean
tou_module_row_is_for (TouModuleRow *self, const TouModuleEntry *entry)
{
    return self->origin == entry->source && g_str_equal (self->path, entry->path);
}

static void
dispose (GObject *object)
{
    TouModuleRow *self = TOU_MODULE_ROW (object);

    g_clear_object (&self->modules);
    G_OBJECT_CLASS (tou_module_row_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
    g_free (TOU_MODULE_ROW (object)->path);
    G_OBJECT_CLASS (tou_module_row_parent_class)->finalize (object);
}

static void
tou_module_row_class_init (TouModuleRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    G_OBJECT_CLASS (klass)->finalize = finalize;
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-module-row.ui");
    gtk_widget_class_bind_template_child (widget_class, TouModuleRow, module_mark);
    gtk_widget_class_bind_template_child (widget_class, TouModuleRow, module_icon);
    gtk_widget_class_bind_template_child (widget_class, TouModuleRow, module_spinner);
    gtk_widget_class_bind_template_child (widget_class, TouModuleRow, module_name);
    gtk_widget_class_bind_template_child (widget_class, TouModuleRow, module_state);
    gtk_widget_class_bind_template_child (widget_class, TouModuleRow, module_source);
    gtk_widget_class_bind_template_child (widget_class, TouModuleRow, module_remove_button);
    gtk_widget_class_bind_template_child (widget_class, TouModuleRow, module_switch);
    gtk_widget_class_bind_template_callback (widget_class, on_switched);
    gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
tou_module_row_init (TouModuleRow *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    tou_accessible_ids_set (GTK_WIDGET (self));
}

GtkWidget *
tou_module_row_new (TouCardModules *modules, const TouModuleEntry *entry)
{
    TouModuleRow *self = g_object_new (TOU_TYPE_MODULE_ROW, NULL);

    self->path = g_strdup (entry->path);
    self->origin = entry->source;
    self->may_choose = tou_card_modules_may_change (modules, TOU_MODULE_CHANGE_CHOICE);
    self->may_use = tou_card_modules_may_change (modules, TOU_MODULE_CHANGE_USE);
    tou_module_row_show (self, entry, FALSE);
    /* From here on the switch is the user's. */
    self->modules = g_object_ref (modules);
    return GTK_WIDGET (self);
}
