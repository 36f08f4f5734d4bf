/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-window.h"

#include "tou-accessible-ids.h"
#include "tou-agency-choice.h"
#include "tou-clamp.h"
#include "tou-page-table.h"

#include <glib/gi18n-lib.h>

#define RESOURCES "/io/github/touroku/Touroku/ui/"

struct _TouWindow {
    GtkApplicationWindow parent_instance;
    TouTimeline *timeline;
    TouAgencyChoice *choice;
    TouSessionFlow *session_flow;
    TouRegisterFlow *register_flow;
    TouPracticeControl *practice;
    TouPage *pages[TOU_N_PAGES];
    TouPage *page; /* the one on screen */
    GtkHeaderBar *header_bar;
    GtkButton *back_button;
    GtkMenuButton *menu_button;
    GtkBox *practice_strip;
    GtkButton *practice_panel_button;
    GtkBox *error_slot;
    GtkStack *page_stack;
};

enum { SIGNAL_PROFILE_CHOSEN, SIGNAL_PRACTICE_REQUESTED, SIGNAL_PRACTICE_RENEWAL_REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (TouWindow, tou_window, GTK_TYPE_APPLICATION_WINDOW)

static void show_page (TouWindow *self, TouPageId id);

static void
on_page_go (TouPage *page, int id, TouWindow *self)
{
    if (page == self->page)
        show_page (self, (TouPageId) id);
}

static void
on_page_error (TouPage *page, const GError *error, TouWindow *self)
{
    tou_window_show_error (self, error);
}

static TouPage *
build_page (TouWindow *self, const TouPageRow *row)
{
    GtkWidget *scroller = gtk_scrolled_window_new (NULL, NULL);
    GtkWidget *clamp = tou_clamp_new ();
    TouPage *page;

    if (row->needs_flows)
        page = g_object_new (row->get_type (), "session-flow", self->session_flow, "register-flow",
                             self->register_flow, NULL);
    else
        page = g_object_new (row->get_type (), "agency-choice", self->choice, NULL);
    gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (page)), "tou-page");
    g_signal_connect_object (page, "go", G_CALLBACK (on_page_go), self, 0);
    g_signal_connect_object (page, "error", G_CALLBACK (on_page_error), self, 0);
    gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                    GTK_POLICY_AUTOMATIC);
    gtk_container_add (GTK_CONTAINER (clamp), GTK_WIDGET (page));
    gtk_container_add (GTK_CONTAINER (scroller), clamp);
    gtk_widget_show (GTK_WIDGET (page));
    gtk_widget_show (scroller);
    gtk_stack_add_named (self->page_stack, scroller, row->id);
    return page;
}

static void
show_page (TouWindow *self, TouPageId id)
{
    const TouPageRow *row = tou_page_table_get (id);

    if (self->pages[id] == NULL)
        self->pages[id] = build_page (self, row);
    if (self->page != NULL)
        tou_page_hidden (self->page);
    self->page = self->pages[id];
    gtk_stack_set_visible_child_name (self->page_stack, row->id);
    gtk_header_bar_set_title (self->header_bar, _ (row->title));
    gtk_widget_set_visible (GTK_WIDGET (self->back_button), row->can_go_back);
    tou_timeline_add (self->timeline, TOU_EVENT_PAGE_SHOWN, row->id, 0, 0);
    tou_page_shown (self->page);
}

static void
on_back_clicked (TouWindow *self)
{
    tou_page_go_back (self->page);
}

static void
on_practice_panel_clicked (TouWindow *self)
{
}

static void
dispose (GObject *object)
{
    TouWindow *self = TOU_WINDOW (object);

    self->page = NULL;
    g_clear_object (&self->timeline);
    g_clear_object (&self->choice);
    g_clear_object (&self->session_flow);
    g_clear_object (&self->register_flow);
    g_clear_object (&self->practice);
    G_OBJECT_CLASS (tou_window_parent_class)->dispose (object);
}

static void
tou_window_class_init (TouWindowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    GType type = G_TYPE_FROM_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    gtk_widget_class_set_template_from_resource (widget_class, RESOURCES "tou-window.ui");
    gtk_widget_class_bind_template_child (widget_class, TouWindow, header_bar);
    gtk_widget_class_bind_template_child (widget_class, TouWindow, back_button);
    gtk_widget_class_bind_template_child (widget_class, TouWindow, menu_button);
    gtk_widget_class_bind_template_child (widget_class, TouWindow, practice_strip);
    gtk_widget_class_bind_template_child (widget_class, TouWindow, practice_panel_button);
    gtk_widget_class_bind_template_child (widget_class, TouWindow, error_slot);
    gtk_widget_class_bind_template_child (widget_class, TouWindow, page_stack);
    gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_practice_panel_clicked);
    signals[SIGNAL_PROFILE_CHOSEN] = g_signal_new ("profile-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                   NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
    signals[SIGNAL_PRACTICE_REQUESTED] = g_signal_new ("practice-requested", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                                       NULL, NULL, G_TYPE_NONE, 0);
    signals[SIGNAL_PRACTICE_RENEWAL_REQUESTED] = g_signal_new (
        "practice-renewal-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tou_window_init (TouWindow *self)
{
    self->choice = tou_agency_choice_new ();
    gtk_widget_init_template (GTK_WIDGET (self));
    tou_accessible_ids_set (GTK_WIDGET (self));
}

TouWindow *
tou_window_new (GtkApplication *application, TouTimeline *timeline)
{
    TouWindow *self = g_object_new (TOU_TYPE_WINDOW, "application", application, NULL);

    self->timeline = g_object_ref (timeline);
    show_page (self, TOU_PAGE_CATEGORY);
    return self;
}

void
tou_window_set_practice (TouWindow *self, TouPracticeControl *control)
{
    g_return_if_fail (TOU_IS_WINDOW (self));
    g_set_object (&self->practice, control);
    gtk_widget_show (GTK_WIDGET (self->practice_strip));
    gtk_widget_set_sensitive (GTK_WIDGET (self->practice_panel_button), control != NULL);
}

void
tou_window_set_agencies (TouWindow *self, const char *const *names, GPtrArray *profiles)
{
    g_return_if_fail (TOU_IS_WINDOW (self));
    tou_agency_choice_set (self->choice, names, profiles);
}

void
tou_window_set_flows (TouWindow *self, TouSessionFlow *session, TouRegisterFlow *registration)
{
    g_return_if_fail (TOU_IS_WINDOW (self));
    g_set_object (&self->session_flow, session);
    g_set_object (&self->register_flow, registration);
}

void
tou_window_show_error (TouWindow *self, const GError *error)
{
    g_return_if_fail (TOU_IS_WINDOW (self));
}
