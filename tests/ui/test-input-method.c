/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "async-wait.h"
#include "form-tools.h"
#include "tou-field-entry.h"

/* Key by key through a real input context (tests/input-method), as a person types Japanese: what it composes
 * is shown in the entry and not yet in its text. */
typedef struct {
    GtkWidget *window;
    TouFieldEntry *field;
    TouFieldEntry *other;
    GtkEntry *entry;
    guint n_activations;
    guint n_changes;
    char *preedit;
} Fixture;

static gboolean
is_active (gpointer window)
{
    return gtk_window_is_active (window);
}

static void
on_activated (Fixture *fixture)
{
    fixture->n_activations++;
}

static void
on_changed (Fixture *fixture)
{
    fixture->n_changes++;
}

static void
on_preedit_changed (GtkEntry *entry, const char *preedit, Fixture *fixture)
{
    g_free (fixture->preedit);
    fixture->preedit = g_strdup (preedit);
}

static TouFieldEntry *
add_field (GtkWidget *box, TouField field)
{
    GtkWidget *widget = tou_field_entry_new (field, NULL);

    g_object_set (tou_field_entry_get_entry (TOU_FIELD_ENTRY (widget)), "im-module", "touroku-composing",
                  NULL);
    gtk_container_add (GTK_CONTAINER (box), widget);
    return TOU_FIELD_ENTRY (widget);
}

static void
set_up (Fixture *fixture, gconstpointer field)
{
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

    fixture->window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
    fixture->field = add_field (box, (TouField) GPOINTER_TO_UINT (field));
    fixture->other = add_field (box, TOU_FIELD_CONTACT_PERSON);
    fixture->entry = tou_field_entry_get_entry (fixture->field);
    fixture->preedit = g_strdup ("");
    g_signal_connect_swapped (fixture->entry, "activate", G_CALLBACK (on_activated), fixture);
    g_signal_connect_swapped (fixture->field, "changed", G_CALLBACK (on_changed), fixture);
    g_signal_connect (fixture->entry, "preedit-changed", G_CALLBACK (on_preedit_changed), fixture);
    gtk_container_add (GTK_CONTAINER (fixture->window), box);
    gtk_widget_show (box);
    gtk_window_present (GTK_WINDOW (fixture->window));
    async_wait_until (is_active, fixture->window);
    tou_field_entry_focus (fixture->field);
    fake_turn_main_loop ();
}

static void
tear_down (Fixture *fixture, gconstpointer field)
{
    gtk_widget_destroy (fixture->window);
    fake_turn_main_loop ();
    g_free (fixture->preedit);
}

/* Key bindings are looked up by it. */
static guint16
find_keycode (guint key)
{
    g_autofree GdkKeymapKey *keys = NULL;
    int n_keys = 0;

    g_assert_true (gdk_keymap_get_entries_for_keyval (gdk_keymap_get_for_display (gdk_display_get_default ()),
                                                      key, &keys, &n_keys));
    return (guint16) keys[0].keycode;
}

static void
press (Fixture *fixture, guint key, GdkModifierType modifiers)
{
    GdkEvent *event = gdk_event_new (GDK_KEY_PRESS);

    event->key.window = g_object_ref (gtk_widget_get_window (fixture->window));
    event->key.keyval = key;
    event->key.hardware_keycode = find_keycode (key);
    event->key.state = modifiers;
    gdk_event_set_device (event,
                          gdk_seat_get_keyboard (gdk_display_get_default_seat (gdk_display_get_default ())));
    gtk_widget_event (fixture->window, event);
    gdk_event_free (event);
    fake_turn_main_loop ();
}

static void
type (Fixture *fixture, const char *letters)
{
    for (; *letters != '\0'; letters++)
        press (fixture, (guint) *letters, 0);
}

static const char *
read_text (Fixture *fixture)
{
    return tou_field_entry_get_text (fixture->field);
}

static gboolean
is_shown (Fixture *fixture, const char *id)
{
    return gtk_widget_get_mapped (ui_find (GTK_WIDGET (fixture->field), id));
}

static gboolean
is_marked (Fixture *fixture)
{
    return gtk_style_context_has_class (gtk_widget_get_style_context (GTK_WIDGET (fixture->entry)), "error");
}

/* Would catch: a check in the middle of a word, Return that goes on with the form instead of entering it. */
static void
test_composes (Fixture *fixture, gconstpointer data)
{
    type (fixture, "soumubu");
    g_assert_cmpstr (fixture->preedit, ==, "soumubu");
    g_assert_cmpstr (read_text (fixture), ==, "");
    g_assert_cmpuint (fixture->n_changes, ==, 0);
    press (fixture, GDK_KEY_space, 0);
    g_assert_cmpstr (fixture->preedit, ==, "総務部");
    press (fixture, GDK_KEY_Return, 0);
    g_assert_cmpstr (read_text (fixture), ==, "総務部");
    g_assert_cmpstr (fixture->preedit, ==, "");
    g_assert_cmpuint (fixture->n_activations, ==, 0);
    g_assert_cmpuint (fixture->n_changes, ==, 1);
    press (fixture, GDK_KEY_Return, 0);
    g_assert_cmpuint (fixture->n_activations, ==, 1);
}

/* Would catch: a candidate marked before it was chosen, and one that is not marked once it was. */
static void
test_marks_after_commit (Fixture *fixture, gconstpointer data)
{
    type (fixture, "kabu");
    press (fixture, GDK_KEY_space, 0);
    press (fixture, GDK_KEY_space, 0);
    g_assert_cmpstr (fixture->preedit, ==, "㈱");
    g_assert_false (is_marked (fixture));
    g_assert_false (is_shown (fixture, "message"));
    press (fixture, GDK_KEY_Return, 0);
    g_assert_true (is_marked (fixture));
    g_assert_true (is_shown (fixture, "substitute_button"));
}

/* Would catch: a mark already there that a composition makes jump, come or go. */
static void
test_composes_beside_a_mark (Fixture *fixture, gconstpointer data)
{
    int position = 0;

    gtk_editable_insert_text (GTK_EDITABLE (fixture->entry), "㈱", -1, &position);
    gtk_editable_set_position (GTK_EDITABLE (fixture->entry), 0);
    type (fixture, "soumubu");
    g_assert_true (is_shown (fixture, "substitute_button"));
    gtk_button_clicked (GTK_BUTTON (ui_find (GTK_WIDGET (fixture->field), "substitute_button")));
    g_assert_cmpstr (fixture->preedit, ==, "soumubu");
    g_assert_true (is_shown (fixture, "message"));
    press (fixture, GDK_KEY_space, 0);
    press (fixture, GDK_KEY_Return, 0);
    g_assert_cmpstr (read_text (fixture), ==, "総務部㈱");
    g_assert_true (is_shown (fixture, "substitute_button"));
}

/* Would catch: an application without the last word, which is on screen but not in the text yet. */
static void
test_confirm_waits (Fixture *fixture, gconstpointer data)
{
    type (fixture, "soumubu");
    press (fixture, GDK_KEY_space, 0);
    g_assert_false (tou_field_entry_confirm (fixture->field));
    tou_field_entry_focus (fixture->field);
    fake_turn_main_loop ();
    g_assert_true (is_shown (fixture, "message"));
    g_assert_cmpstr (fixture->preedit, ==, "総務部");
    press (fixture, GDK_KEY_Return, 0);
    g_assert_cmpstr (read_text (fixture), ==, "総務部");
    g_assert_false (is_shown (fixture, "message"));
    g_assert_true (tou_field_entry_confirm (fixture->field));
}

/* Would catch: what leaving the field enters, not put right because it came after the field was left. */
static void
test_leaving_enters (Fixture *fixture, gconstpointer data)
{
    type (fixture, "yamada");
    press (fixture, GDK_KEY_space, 0);
    press (fixture, GDK_KEY_space, 0);
    g_assert_cmpstr (fixture->preedit, ==, "ﾔﾏﾀﾞ");
    tou_field_entry_focus (fixture->other);
    fake_turn_main_loop ();
    g_assert_cmpstr (fixture->preedit, ==, "");
    g_assert_cmpstr (read_text (fixture), ==, "ヤマダ");
}

/* Would catch: a contact that comes from the service while one types, and takes the word away. */
static void
test_loading_waits (Fixture *fixture, gconstpointer data)
{
    type (fixture, "soumubu");
    tou_field_entry_set_text (fixture->field, "営業部");
    g_assert_cmpstr (fixture->preedit, ==, "soumubu");
    press (fixture, GDK_KEY_space, 0);
    press (fixture, GDK_KEY_Return, 0);
    g_assert_cmpstr (read_text (fixture), ==, "総務部");
    gtk_entry_set_text (fixture->entry, "");
    type (fixture, "kabu");
    tou_field_entry_set_text (fixture->field, "営業部");
    press (fixture, GDK_KEY_Escape, 0);
    g_assert_cmpstr (read_text (fixture), ==, "営業部");
}

/* Would catch: Escape or Ctrl+Z taken from the input method. */
static void
test_giving_up (Fixture *fixture, gconstpointer data)
{
    type (fixture, "kabu");
    press (fixture, GDK_KEY_Escape, 0);
    g_assert_cmpstr (fixture->preedit, ==, "");
    g_assert_cmpstr (read_text (fixture), ==, "");
    type (fixture, "kabu");
    press (fixture, GDK_KEY_z, GDK_CONTROL_MASK);
    g_assert_cmpstr (fixture->preedit, ==, "kabu");
}

/* Digits composed as full-width ones, as with an input method left on: would catch a number field that
 * refuses them. */
static void
test_number (Fixture *fixture, gconstpointer data)
{
    for (guint i = 0; i < 10; i++) {
        type (fixture, "0");
        press (fixture, GDK_KEY_space, 0);
        press (fixture, GDK_KEY_Return, 0);
        g_assert_false (is_marked (fixture));
    }
    g_assert_cmpstr (read_text (fixture), ==, "００００００００００");
    tou_field_entry_focus (fixture->other);
    fake_turn_main_loop ();
    g_assert_cmpstr (read_text (fixture), ==, "0000000000");
}

/* As set up, with the input method turned on. */
static void
set_up_on (Fixture *fixture, gconstpointer field)
{
    set_up (fixture, field);
    press (fixture, GDK_KEY_space, GDK_CONTROL_MASK);
}

static void
add (const char *name, TouField field, void (*test) (Fixture *fixture, gconstpointer data))
{
    g_autofree char *path = g_strconcat ("/ui/input-method/", name, NULL);

    g_test_add (path, Fixture, GUINT_TO_POINTER (field), set_up_on, test, tear_down);
}

int
main (int argc, char **argv)
{
    ui_test_init (&argc, &argv);
    add ("composes", TOU_FIELD_CONTACT_NAME, test_composes);
    add ("marks-after-commit", TOU_FIELD_CONTACT_NAME, test_marks_after_commit);
    add ("composes-beside-a-mark", TOU_FIELD_CONTACT_NAME, test_composes_beside_a_mark);
    add ("confirm-waits", TOU_FIELD_CONTACT_NAME, test_confirm_waits);
    add ("leaving-enters", TOU_FIELD_CONTACT_PERSON, test_leaving_enters);
    add ("loading-waits", TOU_FIELD_CONTACT_NAME, test_loading_waits);
    add ("giving-up", TOU_FIELD_CONTACT_NAME, test_giving_up);
    add ("number", TOU_FIELD_COMPANY_PHONE, test_number);
    return g_test_run ();
}
