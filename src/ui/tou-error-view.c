/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-error-view.h"

#include "tou-accessible-ids.h"
#include "tou-announcer.h"
#include "tou-dialog-body.h"
#include "tou-dialog-room.h"
#include "tou-error-catalogue.h"
#include "tou-error-help.h"
#include "tou-error-list-window.h"
#include "tou-fold.h"
#include "tou-registration-service.h"
#include "tou-word-wrap.h"

#include <glib/gi18n-lib.h>

/* On a page there is more room for a line than in a dialog. */
#define PAGE_WIDTH_CHARS 90

struct _TouErrorView {
    GtkBox parent_instance;
    GtkScrolledWindow *error_scroller;
    GtkLabel *error_code_label;
    GtkLabel *error_message_label;
    GtkLabel *error_cause_title;
    GtkLabel *error_cause_label;
    GtkLabel *error_remedy_title;
    GtkLabel *error_remedy_label;
    GtkLabel *help_desk_title;
    GtkLabel *help_desk_label;
    GtkExpander *error_details_expander;
    GtkLabel *error_details_label;
    GtkButton *error_close_button;
    const TouErrorEntry *entry; /* what is shown */
    char *spoken;               /* (nullable): all of it that has to be heard */
};

enum { SIGNAL_CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (TouErrorView, tou_error_view, GTK_TYPE_BOX)

/* A line without text is not shown at all. */
static void
set_line (GtkLabel *title, GtkLabel *label, const char *text)
{
    gboolean has_text = text != NULL && *text != '\0';

    gtk_label_set_text (label, has_text ? text : "");
    gtk_widget_set_visible (GTK_WIDGET (title), has_text);
    gtk_widget_set_visible (GTK_WIDGET (label), has_text);
}

static const char *
translate (const char *text)
{
    return text != NULL && *text != '\0' ? _ (text) : NULL;
}

static char *
describe_help_desk (const TouServiceProfile *profile)
{
    const char *parts[] = {
        tou_service_profile_get_help_desk_name (profile),
        tou_service_profile_get_help_desk_phone (profile),
        tou_service_profile_get_help_desk_hours (profile),
    };
    g_autoptr (GString) text = g_string_new (NULL);

    for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        if (parts[i] != NULL && *parts[i] != '\0')
            g_string_append_printf (text, "%s%s", text->len > 0 ? "  " : "", parts[i]);
    return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_details (const GError *error, const TouErrorEntry *entry)
{
    g_autoptr (GString) text = g_string_new (NULL);

    g_string_append_printf (text, "%s (%s, %d)\n%s", entry->name, g_quark_to_string (error->domain),
                            error->code, error->message);
    if (error->domain != TOU_SERVICE_ERROR)
        return g_string_free (g_steal_pointer (&text), FALSE);
    if (tou_service_error_get_status (error) != 0)
        g_string_append_printf (text, "\nHTTP %u", tou_service_error_get_status (error));
    if (tou_service_error_get_code (error) != NULL
        && !g_str_equal (tou_service_error_get_code (error), entry->code))
        g_string_append_printf (text, "\n%s %s", _ ("The service's own code:"),
                                tou_service_error_get_code (error));
    if (tou_service_error_get_type_uri (error) != NULL)
        g_string_append_printf (text, "\n%s", tou_service_error_get_type_uri (error));
    if (tou_service_error_get_detail (error) != NULL)
        g_string_append_printf (text, "\n%s", tou_service_error_get_detail (error));
    return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
on_close_clicked (TouErrorView *self)
{
    g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
on_about_clicked (TouErrorView *self)
{
    GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));

    tou_error_list_window_present (GTK_WINDOW (window), self->entry);
}

/* Cause and remedy too: the headline alone tells nobody what to do. */
static void
set_spoken (TouErrorView *self, const char *code, const TouErrorEntry *entry, const char *help_desk)
{
    AtkObject *accessible = gtk_widget_get_accessible (GTK_WIDGET (self));
    const char *const parts[] = { translate (entry->message), translate (entry->cause),
                                  translate (entry->remedy), help_desk, code };
    g_autofree char *description = tou_announcer_join (parts + 1, G_N_ELEMENTS (parts) - 1);

    g_free (self->spoken);
    self->spoken = tou_announcer_join (parts, G_N_ELEMENTS (parts));
    atk_object_set_name (accessible, translate (entry->message));
    atk_object_set_description (accessible, description);
    if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        tou_announcer_say (GTK_WIDGET (self), self->spoken);
}

static void
map (GtkWidget *widget)
{
    GTK_WIDGET_CLASS (tou_error_view_parent_class)->map (widget);
    tou_announcer_say (widget, TOU_ERROR_VIEW (widget)->spoken);
}

static void
finalize (GObject *object)
{
    g_free (TOU_ERROR_VIEW (object)->spoken);
    G_OBJECT_CLASS (tou_error_view_parent_class)->finalize (object);
}

static void
tou_error_view_class_init (TouErrorViewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->finalize = finalize;
    widget_class->map = map;
    signals[SIGNAL_CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
    g_type_ensure (TOU_TYPE_DIALOG_BODY);
    g_type_ensure (TOU_TYPE_FOLD);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-error-view.ui");
    gtk_widget_class_bind_template_child (widget_class, TouErrorView, error_scroller);
    gtk_widget_class_bind_template_child (widget_class, TouErrorView, error_code_label);
    gtk_widget_class_bind_template_child (widget_class, TouErrorView, error_message_label);
    gtk_widget_class_bind_template_child (widget_class, TouErrorView, error_cause_title);
    gtk_widget_class_bind_template_child (widget_class, TouErrorView, error_cause_label);
    gtk_widget_class_bind_template_child (widget_class, TouErrorView, error_remedy_title);
    gtk_widget_class_bind_template_child (widget_class, TouErrorView, error_remedy_label);
    gtk_widget_class_bind_template_child (widget_class, TouErrorView, help_desk_title);
    gtk_widget_class_bind_template_child (widget_class, TouErrorView, help_desk_label);
    gtk_widget_class_bind_template_child (widget_class, TouErrorView, error_details_expander);
    gtk_widget_class_bind_template_child (widget_class, TouErrorView, error_details_label);
    gtk_widget_class_bind_template_child (widget_class, TouErrorView, error_close_button);
    gtk_widget_class_bind_template_callback (widget_class, on_about_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
}

static void
tou_error_view_init (TouErrorView *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    tou_accessible_ids_set (GTK_WIDGET (self));
    tou_word_wrap_set (GTK_WIDGET (self));
}

GtkWidget *
tou_error_view_new (void)
{
    TouErrorView *self = g_object_new (TOU_TYPE_ERROR_VIEW, "visible", TRUE, NULL);

    gtk_widget_show (GTK_WIDGET (self->error_close_button));
    gtk_label_set_max_width_chars (self->error_message_label, PAGE_WIDTH_CHARS);
    gtk_label_set_max_width_chars (self->error_cause_label, PAGE_WIDTH_CHARS);
    gtk_label_set_max_width_chars (self->error_remedy_label, PAGE_WIDTH_CHARS);
    return GTK_WIDGET (self);
}

void
tou_error_view_set_error (TouErrorView *self, const GError *error, const TouServiceProfile *profile)
{
    const TouErrorEntry *entry = tou_error_catalogue_lookup (error);
    g_autofree char *code = g_strdup_printf (_ ("Error code %s"), entry->code);
    g_autofree char *details = describe_details (error, entry);
    g_autofree char *help_desk = profile != NULL ? describe_help_desk (profile) : NULL;

    self->entry = entry;
    tou_error_help_mark (GTK_WIDGET (self), entry);
    gtk_label_set_text (self->error_code_label, code);
    gtk_label_set_text (self->error_message_label, translate (entry->message));
    set_line (self->error_cause_title, self->error_cause_label, translate (entry->cause));
    set_line (self->error_remedy_title, self->error_remedy_label, translate (entry->remedy));
    set_line (self->help_desk_title, self->help_desk_label, help_desk);
    gtk_expander_set_expanded (self->error_details_expander, FALSE);
    gtk_label_set_text (self->error_details_label, details);
    set_spoken (self, code, entry, help_desk);
}

const char *
tou_error_view_get_spoken (TouErrorView *self)
{
    return self->spoken;
}

void
tou_error_view_set_max_height (TouErrorView *self, int height)
{
    int least = gtk_scrolled_window_get_min_content_height (self->error_scroller);

    gtk_scrolled_window_set_max_content_height (self->error_scroller, MAX (height, least));
}

void
tou_error_view_fit_dialog (TouErrorView *self, GtkWindow *dialog)
{
    if (!gtk_widget_get_visible (GTK_WIDGET (self)))
        return;
    tou_error_view_set_max_height (
        self, tou_dialog_room_get_height (dialog)
                  - tou_dialog_room_measure_rest (dialog, GTK_WIDGET (self->error_scroller)));
}
