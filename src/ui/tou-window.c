/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-window.h"

#include "tou-accessible-ids.h"
#include "tou-agency-choice.h"
#include "tou-error-catalogue.h"
#include "tou-error-dialog.h"
#include "tou-error-help.h"
#include "tou-error-view.h"
#include "tou-file-opener.h"
#include "tou-fold.h"
#include "tou-page-stack.h"
#include "tou-page-table.h"
#include "tou-practice-button.h"
#include "tou-practice-panel.h"
#include "tou-preferences-window.h"
#include "tou-profile-dialog.h"
#include "tou-profile-drop.h"
#include "tou-quit-dialog.h"
#include "tou-records-window.h"
#include "tou-style.h"
#include "tou-window-icon.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n-lib.h>

#define RESOURCES "/io/github/touroku/Touroku/ui/"

/* An error leaves the page room enough to go on. */
#define MAX_ERROR_HEIGHT 220
/* What a window manager puts above and below a window, about. */
#define FRAME_HEIGHT 32

struct _TouWindow {
    GtkWindow parent_instance;
    GApplication *application;   /* (nullable) */
    GSimpleActionGroup *actions; /* "win" */
    TouTimeline *timeline;
    TouAgencyChoice *choice;
    TouFlows *flows; /* (nullable): of the agency in use */
    TouPracticeControl *practice;
    GtkLabel *page_title;
    GtkLabel *page_agency;
    GtkWidget *header_back_button;
    GtkWidget *header_menu_button;
    GtkWidget *practice_strip;
    GtkLabel *practice_note;
    GtkWidget *practice_panel_button;
    GtkContainer *error_slot;
    TouPageStack *page_stack;
    GtkWidget *error_view;     /* (nullable): not made before the first error */
    GtkWidget *menu;           /* (nullable): not made before it is first opened */
    GtkWidget *practice_panel; /* (nullable): likewise */
    GtkWidget *records;        /* (nullable): likewise */
    GtkWidget *preferences;    /* (nullable): likewise */
    gboolean wants_panel;      /* as soon as the practice control is there */
    gboolean wants_quit;       /* whatever is under way */
};

enum {
    SIGNAL_AGENCY_WANTED,
    SIGNAL_PROFILE_CHOSEN,
    SIGNAL_PROFILE_OPENED,
    SIGNAL_PROFILE_ANSWERED,
    SIGNAL_RECORDS_WANTED,
    SIGNAL_PREFERENCES_WANTED,
    SIGNAL_PRACTICE_REQUESTED,
    SIGNAL_PRACTICE_RENEWAL_REQUESTED,
    N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (TouWindow, tou_window, GTK_TYPE_WINDOW)

static TouServiceProfile *
get_profile (TouWindow *self)
{
    return self->flows != NULL ? tou_session_flow_get_profile (self->flows->session)
                               : tou_agency_choice_get_profile (self->choice);
}

static void
hide_error (TouWindow *self)
{
    if (self->error_view != NULL)
        gtk_widget_hide (self->error_view);
}

static void
show_error_on_page (TouWindow *self, const GError *error)
{
    if (self->error_view == NULL) {
        self->error_view = tou_error_view_new ();
        tou_error_view_set_max_height (TOU_ERROR_VIEW (self->error_view), MAX_ERROR_HEIGHT);
        g_signal_connect_object (self->error_view, "closed", G_CALLBACK (hide_error), self,
                                 G_CONNECT_SWAPPED);
        g_signal_connect (self->error_view, "destroy", G_CALLBACK (gtk_widget_destroyed), &self->error_view);
        gtk_container_add (self->error_slot, self->error_view);
    }
    tou_error_view_set_error (TOU_ERROR_VIEW (self->error_view), error, get_profile (self));
    gtk_widget_show (self->error_view);
}

static void
on_error_answered (TouWindow *self, int response)
{
    if (response == GTK_RESPONSE_APPLY)
        g_signal_emit (self, signals[SIGNAL_PRACTICE_RENEWAL_REQUESTED], 0);
}

static void
show_error_dialog (TouWindow *self, const GError *error)
{
    GtkWidget *dialog = tou_error_dialog_new (GTK_WINDOW (self), error, get_profile (self));

    g_signal_connect_object (dialog, "response", G_CALLBACK (on_error_answered), self, G_CONNECT_SWAPPED);
    gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_page_error (TouWindow *self, const GError *error)
{
    if (error == NULL)
        hide_error (self);
    else
        tou_window_show_error (self, error);
}

/* The agency and, where there is a session for it, the category: whoever applies for both has to see which.
 */
static void
describe_work (TouWindow *self, TouServiceProfile *profile)
{
    const char *name = profile != NULL ? tou_service_profile_get_name (profile) : "";
    g_autofree char *text = NULL;

    if (profile == NULL || tou_session_flow_get_session (self->flows->session) == NULL) {
        gtk_label_set_text (self->page_agency, name);
        return;
    }
    /* Translators: the agency and the procurement category */
    text = g_strdup_printf (
        _ ("%s, %s"), name,
        _ (tou_category_get_label (tou_session_flow_get_category (self->flows->session))));
    gtk_label_set_text (self->page_agency, text);
}

static void
show_title (TouWindow *self, const TouPageRow *row)
{
    TouServiceProfile *profile = row->needs_flows ? get_profile (self) : NULL;

    gtk_label_set_text (self->page_title, _ (row->title));
    gtk_window_set_title (GTK_WINDOW (self), _ (row->title));
    describe_work (self, profile);
    gtk_widget_set_visible (GTK_WIDGET (self->page_agency), profile != NULL);
}

static void
on_page_opened (TouWindow *self, int id)
{
    const TouPageRow *row = tou_page_table_get ((TouPageId) id);

    hide_error (self);
    show_title (self, row);
    gtk_widget_set_visible (self->header_back_button, row->can_go_back);
    tou_timeline_add (self->timeline, TOU_EVENT_PAGE_SHOWN, row->id, 0, 0);
}

static void
start_work (TouWindow *self)
{
    TouCategory category = tou_agency_choice_get_category (self->choice);

    tou_agency_choice_settle (self->choice);
    tou_session_flow_set_category (self->flows->session, category);
    tou_page_stack_show (self->page_stack, TOU_PAGE_PROCESS_MENU);
}

static void
on_choice_made (TouWindow *self, TouServiceProfile *profile)
{
    if (self->flows != NULL && tou_session_flow_get_profile (self->flows->session) == profile)
        start_work (self);
    else
        g_signal_emit (self, signals[SIGNAL_PROFILE_CHOSEN], 0, profile);
}

static void
on_choice_changed (TouWindow *self)
{
    if (tou_agency_choice_is_waiting (self->choice))
        g_signal_emit (self, signals[SIGNAL_AGENCY_WANTED], 0);
}

static void
request_practice (TouWindow *self)
{
    g_signal_emit (self, signals[SIGNAL_PRACTICE_REQUESTED], 0);
}

/* To the right of the window where there is room, else over its right edge. */
static void
place_panel (TouWindow *self)
{
    GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));
    GdkMonitor *monitor = gdk_display_get_monitor_at_window (display,
                                                             gtk_widget_get_window (GTK_WIDGET (self)));
    GdkRectangle area;
    int x, y, width, panel_width, panel_height;

    gdk_monitor_get_workarea (monitor, &area);
    gtk_window_get_position (GTK_WINDOW (self), &x, &y);
    gtk_window_get_size (GTK_WINDOW (self), &width, NULL);
    gtk_window_get_size (GTK_WINDOW (self->practice_panel), &panel_width, &panel_height);
    x = MIN (x + width + 8, area.x + area.width - panel_width - 8);
    y = MIN (y + 48, area.y + area.height - panel_height - FRAME_HEIGHT);
    gtk_window_move (GTK_WINDOW (self->practice_panel), MAX (x, area.x), MAX (y, area.y));
}

static void
set_wants_panel (TouWindow *self, gboolean wants)
{
    self->wants_panel = wants;
    gtk_label_set_text (self->practice_note, wants ? _ ("Getting the practice cards ready…")
                                                   : _ ("Nothing you do here reaches a real agency."));
}

static void
show_panel (TouWindow *self)
{
    if (self->practice_panel == NULL)
        self->practice_panel = tou_practice_panel_new (GTK_WINDOW (self), self->practice);
    if (!gtk_widget_get_visible (self->practice_panel))
        place_panel (self);
    gtk_window_present (GTK_WINDOW (self->practice_panel));
}

static void
toggle_panel (TouWindow *self)
{
    set_wants_panel (self, self->practice == NULL && gtk_widget_get_visible (self->practice_strip));
    if (self->wants_panel)
        g_signal_emit (self, signals[SIGNAL_AGENCY_WANTED], 0);
    if (self->practice == NULL)
        return;
    if (self->practice_panel != NULL && gtk_widget_get_visible (self->practice_panel))
        gtk_widget_hide (self->practice_panel);
    else
        show_panel (self);
}

static void
on_panel_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
    toggle_panel (data);
}

/* An action of the application, so that a modal dialog that asks for a card can offer it too. */
static void
add_panel_action (TouWindow *self)
{
    static const GActionEntry entry[]
        = { { .name = TOU_PRACTICE_PANEL_ACTION, .activate = on_panel_activated } };
    GActionMap *map = G_ACTION_MAP (self->application);

    if (map != NULL && g_action_map_lookup_action (map, TOU_PRACTICE_PANEL_ACTION) == NULL)
        g_action_map_add_action_entries (map, entry, G_N_ELEMENTS (entry), self);
}

static void
remove_panel_action (TouWindow *self)
{
    if (self->application != NULL)
        g_action_map_remove_action (G_ACTION_MAP (self->application), TOU_PRACTICE_PANEL_ACTION);
}

/* The menu is made when it is first opened: nobody has pressed it before the first frame. */
static void
on_menu_clicked (TouWindow *self)
{
    if (self->menu == NULL) {
        g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCES "tou-menu.ui");
        GMenuModel *model = G_MENU_MODEL (gtk_builder_get_object (builder, "main_menu"));

        self->menu = gtk_popover_new_from_model (self->header_menu_button, model);
    }
    gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_back_clicked (TouWindow *self)
{
    tou_page_stack_go_back (self->page_stack);
}

static void
on_about_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
    gtk_show_about_dialog (GTK_WINDOW (data), "program-name", _ ("Touroku"), "version", TOUROKU_VERSION,
                           "comments", _ ("Registers an IC card with a public e-bidding system."),
                           "license-type", GTK_LICENSE_GPL_3_0, "logo-icon-name", "io.github.touroku.Touroku",
                           NULL);
}

static void
on_error_list_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
    tou_error_help_show (GTK_WINDOW (data));
}

static void
on_records_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
    g_signal_emit (data, signals[SIGNAL_RECORDS_WANTED], 0);
}

static void
on_preferences_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
    g_signal_emit (data, signals[SIGNAL_PREFERENCES_WANTED], 0);
}

static void
on_shortcuts_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
    g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCES "tou-shortcuts.ui");
    GtkWidget *shortcuts = GTK_WIDGET (gtk_builder_get_object (builder, "shortcuts_window"));

    gtk_window_set_transient_for (GTK_WINDOW (shortcuts), GTK_WINDOW (data));
    gtk_window_present (GTK_WINDOW (shortcuts));
}

static void
on_profile_file_chosen (GtkWindow *window, GFile *file)
{
    g_signal_emit (window, signals[SIGNAL_PROFILE_OPENED], 0, file);
}

static void
on_profile_answered (TouWindow *self, int response)
{
    g_signal_emit (self, signals[SIGNAL_PROFILE_ANSWERED], 0, response == GTK_RESPONSE_ACCEPT);
}

static void
on_open_profile_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
    tou_file_opener_show (GTK_WINDOW (data), _ ("Open Service Profile"), _ ("Service profiles (*.touroku)"),
                          "*.touroku", on_profile_file_chosen);
}

static void
on_practice_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
    request_practice (TOU_WINDOW (data));
}

static void
on_quit_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
    gtk_window_close (GTK_WINDOW (data));
}

static const GActionEntry actions[] = {
    { .name = "about", .activate = on_about_activated },
    { .name = "error-list", .activate = on_error_list_activated },
    { .name = "records", .activate = on_records_activated },
    { .name = "preferences", .activate = on_preferences_activated },
    { .name = "shortcuts", .activate = on_shortcuts_activated },
    { .name = "open-profile", .activate = on_open_profile_activated },
    { .name = "practice", .activate = on_practice_activated },
    { .name = "quit", .activate = on_quit_activated },
};

static gboolean
is_alt_left (const GdkEventKey *event)
{
    guint modifiers = event->state & gtk_accelerator_get_default_mod_mask ();

    return event->keyval == GDK_KEY_Left && modifiers == GDK_MOD1_MASK;
}

static gboolean
handle_key (TouWindow *self, const GdkEventKey *event)
{
    guint modifiers = event->state & gtk_accelerator_get_default_mod_mask ();

    if (event->keyval == GDK_KEY_Escape || is_alt_left (event))
        return tou_page_stack_go_back (self->page_stack);
    if (event->keyval == GDK_KEY_q && modifiers == GDK_CONTROL_MASK)
        gtk_window_close (GTK_WINDOW (self));
    else if (event->keyval == GDK_KEY_o && modifiers == GDK_CONTROL_MASK)
        g_action_group_activate_action (G_ACTION_GROUP (self->actions), "open-profile", NULL);
    else if (event->keyval == GDK_KEY_comma && modifiers == GDK_CONTROL_MASK)
        g_action_group_activate_action (G_ACTION_GROUP (self->actions), "preferences", NULL);
    else if (event->keyval == GDK_KEY_F1)
        tou_error_help_show (GTK_WINDOW (self));
    else if (event->keyval == GDK_KEY_F9)
        toggle_panel (self);
    else
        return FALSE;
    return TRUE;
}

/* F10 before GTK, which would only move the focus to the button; both after the focus widget, so that Escape
 * first ends what an input method has begun, and F10 converts it. */
static gboolean
key_press_event (GtkWidget *widget, GdkEventKey *event)
{
    if (event->keyval == GDK_KEY_F10) {
        if (gtk_window_propagate_key_event (GTK_WINDOW (widget), event))
            return GDK_EVENT_STOP;
        gtk_button_clicked (GTK_BUTTON (TOU_WINDOW (widget)->header_menu_button));
        return GDK_EVENT_STOP;
    }
    return GTK_WIDGET_CLASS (tou_window_parent_class)->key_press_event (widget, event)
           || handle_key (TOU_WINDOW (widget), event);
}

static void
on_quit_answered (TouWindow *self, int response)
{
    if (response != GTK_RESPONSE_ACCEPT)
        return;
    self->wants_quit = TRUE;
    gtk_window_close (GTK_WINDOW (self));
}

/* Connected first of all: nobody else hears of a closing that is not meant. */
static gboolean
on_delete_event (TouWindow *self)
{
    TouRequestFlow *flow = self->flows != NULL ? tou_flows_get_submitting (self->flows) : NULL;
    GtkWidget *dialog;

    if (flow == NULL && self->flows != NULL)
        flow = tou_flows_get_unsettled (self->flows);
    if (flow == NULL || self->wants_quit)
        return GDK_EVENT_PROPAGATE;
    dialog = tou_quit_dialog_new (GTK_WINDOW (self), flow);
    g_signal_connect_object (dialog, "response", G_CALLBACK (on_quit_answered), self, G_CONNECT_SWAPPED);
    gtk_window_present (GTK_WINDOW (dialog));
    return GDK_EVENT_STOP;
}

static void
dispose (GObject *object)
{
    TouWindow *self = TOU_WINDOW (object);

    if (self->page_stack != NULL)
        tou_page_stack_leave (self->page_stack);
    remove_panel_action (self);
    g_clear_pointer (&self->practice_panel, gtk_widget_destroy);
    g_clear_pointer (&self->records, gtk_widget_destroy);
    g_clear_pointer (&self->preferences, gtk_widget_destroy);
    g_clear_object (&self->application);
    g_clear_object (&self->actions);
    g_clear_object (&self->timeline);
    g_clear_object (&self->choice);
    g_clear_pointer (&self->flows, tou_flows_unref);
    g_clear_object (&self->practice);
    G_OBJECT_CLASS (tou_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    gtk_widget_class_set_template_from_resource (widget_class, RESOURCES "tou-window.ui");
    gtk_widget_class_bind_template_child (widget_class, TouWindow, page_title);
    gtk_widget_class_bind_template_child (widget_class, TouWindow, page_agency);
    gtk_widget_class_bind_template_child (widget_class, TouWindow, header_back_button);
    gtk_widget_class_bind_template_child (widget_class, TouWindow, header_menu_button);
    gtk_widget_class_bind_template_child (widget_class, TouWindow, practice_strip);
    gtk_widget_class_bind_template_child (widget_class, TouWindow, practice_note);
    gtk_widget_class_bind_template_child (widget_class, TouWindow, practice_panel_button);
    gtk_widget_class_bind_template_child (widget_class, TouWindow, error_slot);
    gtk_widget_class_bind_template_child (widget_class, TouWindow, page_stack);
    gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_menu_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_page_error);
    gtk_widget_class_bind_template_callback (widget_class, on_page_opened);
    gtk_widget_class_bind_template_callback (widget_class, toggle_panel);
}

static void
tou_window_class_init (TouWindowClass *klass)
{
    GType type = G_TYPE_FROM_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    GTK_WIDGET_CLASS (klass)->key_press_event = key_press_event;
    g_type_ensure (TOU_TYPE_FOLD);
    g_type_ensure (TOU_TYPE_PAGE_STACK);
    bind_template (GTK_WIDGET_CLASS (klass));
    signals[SIGNAL_AGENCY_WANTED] = g_signal_new ("agency-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                  NULL, G_TYPE_NONE, 0);
    signals[SIGNAL_PROFILE_CHOSEN] = g_signal_new ("profile-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                   NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
    signals[SIGNAL_PROFILE_OPENED] = g_signal_new ("profile-opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                   NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
    signals[SIGNAL_PROFILE_ANSWERED] = g_signal_new ("profile-answered", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
    signals[SIGNAL_RECORDS_WANTED] = g_signal_new ("records-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                   NULL, G_TYPE_NONE, 0);
    signals[SIGNAL_PREFERENCES_WANTED] = g_signal_new ("preferences-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                                       NULL, NULL, G_TYPE_NONE, 0);
    signals[SIGNAL_PRACTICE_REQUESTED] = g_signal_new ("practice-requested", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                                       NULL, NULL, G_TYPE_NONE, 0);
    signals[SIGNAL_PRACTICE_RENEWAL_REQUESTED] = g_signal_new (
        "practice-renewal-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tou_window_init (TouWindow *self)
{
    tou_style_use ();
    tou_window_icon_set ();
    self->choice = tou_agency_choice_new ();
    gtk_widget_init_template (GTK_WIDGET (self));
    tou_accessible_ids_set (GTK_WIDGET (self));
    tou_page_stack_set_choice (self->page_stack, self->choice);
    tou_profile_drop_take (GTK_WINDOW (self), on_profile_file_chosen);
    g_signal_connect (self, "delete-event", G_CALLBACK (on_delete_event), NULL);
    self->actions = g_simple_action_group_new ();
    g_action_map_add_action_entries (G_ACTION_MAP (self->actions), actions, G_N_ELEMENTS (actions), self);
    gtk_widget_insert_action_group (GTK_WIDGET (self), "win", G_ACTION_GROUP (self->actions));
    g_signal_connect_object (self->choice, "changed", G_CALLBACK (on_choice_changed), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->choice, "chosen", G_CALLBACK (on_choice_made), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->choice, "practice-requested", G_CALLBACK (request_practice), self,
                             G_CONNECT_SWAPPED);
}

TouWindow *
tou_window_new (GApplication *application, TouTimeline *timeline)
{
    TouWindow *self = g_object_new (TOU_TYPE_WINDOW, NULL);

    g_set_object (&self->application, application);
    self->timeline = g_object_ref (timeline);
    tou_page_stack_show (self->page_stack, TOU_PAGE_CATEGORY);
    return self;
}

static void
disable_action (TouWindow *self, const char *name)
{
    GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), FALSE);
}

void
tou_window_set_practice (TouWindow *self, TouPracticeControl *control)
{
    g_return_if_fail (TOU_IS_WINDOW (self));
    disable_action (self, "practice");
    disable_action (self, "open-profile");
    gtk_widget_show (self->practice_strip);
    add_panel_action (self);
    g_set_object (&self->practice, control);
    if (control == NULL)
        return;
    if (self->wants_panel)
        show_panel (self);
    set_wants_panel (self, FALSE);
}

void
tou_window_say_practice_ended (TouWindow *self, gboolean starts_again)
{
    g_return_if_fail (TOU_IS_WINDOW (self));
    g_clear_object (&self->practice);
    gtk_label_set_text (self->practice_note,
                        starts_again ? _ ("The practice service has ended and is being started again…")
                                     : _ ("The practice service has ended. Press F9 to start it again."));
}

void
tou_window_set_agencies (TouWindow *self, const char *const *names, GPtrArray *profiles)
{
    g_return_if_fail (TOU_IS_WINDOW (self));
    tou_agency_choice_set (self->choice, names, profiles);
}

void
tou_window_show_agency (TouWindow *self, int index, const char *note)
{
    g_return_if_fail (TOU_IS_WINDOW (self));
    if (index >= 0)
        tou_agency_choice_select (self->choice, (guint) index);
    tou_agency_choice_set_note (self->choice, note);
}

void
tou_window_ask_profile (TouWindow *self, const TouServiceProfile *known, const TouServiceProfile *opened)
{
    GtkWidget *dialog;

    g_return_if_fail (TOU_IS_WINDOW (self));
    dialog = tou_profile_dialog_new (GTK_WINDOW (self), known, opened);
    g_signal_connect_object (dialog, "response", G_CALLBACK (on_profile_answered), self, G_CONNECT_SWAPPED);
    gtk_window_present (GTK_WINDOW (dialog));
}

void
tou_window_set_flows (TouWindow *self, TouFlows *flows)
{
    g_return_if_fail (TOU_IS_WINDOW (self));
    if (self->flows != flows) {
        tou_page_stack_set_flows (self->page_stack, flows);
        g_clear_pointer (&self->flows, tou_flows_unref);
        self->flows = tou_flows_ref (flows);
    }
    if (tou_agency_choice_is_waiting (self->choice))
        start_work (self);
}

void
tou_window_show_records (TouWindow *self, TouRecordFlow *records)
{
    g_return_if_fail (TOU_IS_WINDOW (self));
    if (self->records == NULL) {
        self->records = tou_records_window_new (GTK_WINDOW (self), records,
                                                gtk_widget_get_visible (self->practice_strip));
        g_signal_connect (self->records, "destroy", G_CALLBACK (gtk_widget_destroyed), &self->records);
    }
    tou_records_window_present (TOU_RECORDS_WINDOW (self->records));
}

void
tou_window_show_preferences (TouWindow *self, TouCardModules *modules)
{
    g_return_if_fail (TOU_IS_WINDOW (self));
    if (self->preferences == NULL) {
        self->preferences = tou_preferences_window_new (GTK_WINDOW (self), modules);
        g_signal_connect (self->preferences, "destroy", G_CALLBACK (gtk_widget_destroyed),
                          &self->preferences);
    }
    tou_preferences_window_present (TOU_PREFERENCES_WINDOW (self->preferences));
}

void
tou_window_show_error (TouWindow *self, const GError *error)
{
    const TouErrorEntry *entry;

    g_return_if_fail (TOU_IS_WINDOW (self));
    entry = tou_error_catalogue_lookup (error);
    tou_timeline_add (self->timeline, TOU_EVENT_ERROR_SHOWN, entry->code, 0, 0);
    tou_agency_choice_settle (self->choice);
    if (self->wants_panel)
        set_wants_panel (self, FALSE);
    if (entry->form == TOU_ERROR_FORM_DIALOG)
        show_error_dialog (self, error);
    else
        show_error_on_page (self, error);
}
