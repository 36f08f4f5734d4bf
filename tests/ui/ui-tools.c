/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "ui-tools.h"

#include "async-wait.h"

void
ui_test_init (int *argc, char ***argv)
{
    g_setenv ("NO_AT_BRIDGE", "1", TRUE);
    gtk_init (argc, argv);
    g_test_init (argc, argv, NULL);
}

static void
on_profile_chosen (TouWindow *window, TouServiceProfile *profile, UiBench *self)
{
    tou_window_set_flows (window, self->flows);
}

UiBench *
ui_bench_new (void)
{
    UiBench *self = g_new0 (UiBench, 1);

    self->fakes = fake_bench_new ();
    self->flows = tou_flows_new ();
    self->flows->session = g_object_ref (self->fakes->session);
    self->flows->registration = g_object_ref (self->fakes->flow);
    self->flows->contact_change = g_object_ref (self->fakes->change);
    self->flows->renewal = g_object_ref (self->fakes->renewal);
    self->flows->review = g_object_ref (self->fakes->review);
    self->flows->outbox = g_object_ref (self->fakes->outbox);
    self->timeline = tou_timeline_new (64);
    self->window = tou_window_new (NULL, self->timeline);
    g_signal_connect (self->window, "profile-chosen", G_CALLBACK (on_profile_chosen), self);
    tou_window_set_agencies (self->window, NULL, NULL);
    gtk_widget_show (GTK_WIDGET (self->window));
    fake_turn_main_loop ();
    return self;
}

void
ui_bench_free (UiBench *self)
{
    g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
    gtk_widget_destroy (GTK_WIDGET (self->window));
    fake_turn_main_loop ();
    g_assert_null (self->window);
    g_assert_finalize_object (self->timeline);
    tou_flows_unref (self->flows);
    fake_bench_free (self->fakes);
    g_free (self);
}

void
ui_bench_add_agency (UiBench *self)
{
    g_autoptr (GPtrArray) profiles = g_ptr_array_new ();
    const char *names[] = { "日本年金機構", NULL };

    g_ptr_array_add (profiles, tou_session_flow_get_profile (self->fakes->session));
    tou_window_set_agencies (self->window, names, profiles);
}

void
ui_bench_go (UiBench *self, TouPageId page)
{
    ui_bench_add_agency (self);
    if (page >= TOU_PAGE_PROCESS_MENU)
        ui_press (self, "register_button");
    if (page >= TOU_PAGE_SIGN_IN)
        ui_press (self, "proceed_button");
    if (page < TOU_PAGE_MENU)
        return;
    ui_type (self, "user_id_entry", FAKE_USER);
    ui_type (self, "password_entry", FAKE_PASSWORD);
    ui_press (self, "sign_in_button");
}

typedef struct {
    const char *id;
    gboolean wants_mapped;
    GtkWidget *found;
} Search;

static void
search (GtkWidget *widget, gpointer data)
{
    Search *self = data;

    if (self->found != NULL)
        return;
    if (g_strcmp0 (gtk_buildable_get_name (GTK_BUILDABLE (widget)), self->id) == 0
        && (!self->wants_mapped || gtk_widget_get_mapped (widget)))
        self->found = widget;
    else if (GTK_IS_CONTAINER (widget))
        gtk_container_forall (GTK_CONTAINER (widget), search, self);
}

GtkWidget *
ui_find (GtkWidget *root, const char *id)
{
    Search self = { .id = id };

    search (root, &self);
    return self.found;
}

static GtkWidget *
find_mapped (UiBench *self, const char *id)
{
    Search what = { .id = id, .wants_mapped = TRUE };

    fake_turn_main_loop ();
    search (GTK_WIDGET (self->window), &what);
    return what.found;
}

GtkWidget *
ui_get (UiBench *self, const char *id)
{
    GtkWidget *widget = find_mapped (self, id);

    if (widget == NULL)
        g_error ("No “%s” can be seen", id);
    return widget;
}

gboolean
ui_is_shown (UiBench *self, const char *id)
{
    return find_mapped (self, id) != NULL;
}

void
ui_press (UiBench *self, const char *id)
{
    GtkWidget *button = ui_get (self, id);

    g_assert_true (gtk_widget_is_sensitive (button));
    gtk_button_clicked (GTK_BUTTON (button));
    fake_turn_main_loop ();
}

void
ui_press_key (UiBench *self, guint key, GdkModifierType modifiers)
{
    ui_press_key_in (GTK_WIDGET (self->window), key, modifiers);
}

void
ui_press_key_in (GtkWidget *window, guint key, GdkModifierType modifiers)
{
    GdkEvent *event = gdk_event_new (GDK_KEY_PRESS);

    event->key.window = g_object_ref (gtk_widget_get_window (window));
    event->key.keyval = key;
    event->key.state = modifiers;
    gdk_event_set_device (event,
                          gdk_seat_get_keyboard (gdk_display_get_default_seat (gdk_display_get_default ())));
    gtk_widget_event (window, event);
    gdk_event_free (event);
    fake_turn_main_loop ();
}

static void
on_painted (GdkFrameClock *clock, gboolean *is_painted)
{
    *is_painted = TRUE;
}

void
ui_wait_for_frame (GtkWidget *window)
{
    GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
    gboolean is_painted = FALSE;
    gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &is_painted);

    /* GTK keeps the clock still from asking for another size until the X server has answered. */
    gtk_widget_queue_draw (window);
    async_wait_flag (&is_painted);
    g_signal_handler_disconnect (clock, id);
}

GtkWidget *
ui_find_toplevel (GType type)
{
    g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

    for (GList *one = toplevels; one != NULL; one = one->next)
        if (G_TYPE_CHECK_INSTANCE_TYPE (one->data, type))
            return one->data;
    return NULL;
}

void
ui_type (UiBench *self, const char *id, const char *text)
{
    gtk_entry_set_text (GTK_ENTRY (ui_get (self, id)), text);
}

const char *
ui_read (UiBench *self, const char *id)
{
    GtkWidget *widget = ui_get (self, id);

    return GTK_IS_ENTRY (widget) ? gtk_entry_get_text (GTK_ENTRY (widget))
                                 : gtk_label_get_text (GTK_LABEL (widget));
}
