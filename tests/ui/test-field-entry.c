/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-field-entry.h"
#include "tou-field-text.h"
#include "ui-tools.h"

/* Two fields in a window: one to work in, one to leave it for. */
typedef struct {
    GtkWidget *window;
    TouFieldEntry *field;
    TouFieldEntry *other;
    GtkEntry *entry;
    guint n_changes;
} Fixture;

static void
count_change (Fixture *fixture)
{
    fixture->n_changes++;
}

static void
set_up (Fixture *fixture, gconstpointer field)
{
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
    GtkWidget *widget = tou_field_entry_new ((TouField) GPOINTER_TO_UINT (field), NULL);
    GtkWidget *other = tou_field_entry_new (TOU_FIELD_CONTACT_PERSON, NULL);

    fixture->window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
    fixture->field = TOU_FIELD_ENTRY (widget);
    fixture->other = TOU_FIELD_ENTRY (other);
    fixture->entry = tou_field_entry_get_entry (fixture->field);
    g_signal_connect_swapped (widget, "changed", G_CALLBACK (count_change), fixture);
    gtk_container_add (GTK_CONTAINER (box), widget);
    gtk_container_add (GTK_CONTAINER (box), other);
    gtk_container_add (GTK_CONTAINER (fixture->window), box);
    gtk_widget_show (box);
    gtk_widget_show (fixture->window);
    tou_field_entry_focus (fixture->field);
    fake_turn_main_loop ();
}

static void
tear_down (Fixture *fixture, gconstpointer field)
{
    g_object_add_weak_pointer (G_OBJECT (fixture->field), (gpointer *) &fixture->field);
    gtk_widget_destroy (fixture->window);
    fake_turn_main_loop ();
    g_assert_null (fixture->field);
}

static GtkWidget *
get (Fixture *fixture, const char *id)
{
    GtkWidget *widget = ui_find (GTK_WIDGET (fixture->field), id);

    g_assert_nonnull (widget);
    return widget;
}

/* Returns: (nullable): the line under the entry, as a person sees it. */
static const char *
read_message (Fixture *fixture)
{
    if (!gtk_widget_get_mapped (get (fixture, "message")))
        return NULL;
    return gtk_label_get_text (GTK_LABEL (get (fixture, "message")));
}

static gboolean
is_marked (Fixture *fixture)
{
    return gtk_style_context_has_class (gtk_widget_get_style_context (GTK_WIDGET (fixture->entry)), "error");
}

static void
type (Fixture *fixture, const char *text)
{
    int position = gtk_editable_get_position (GTK_EDITABLE (fixture->entry));

    gtk_editable_insert_text (GTK_EDITABLE (fixture->entry), text, -1, &position);
    gtk_editable_set_position (GTK_EDITABLE (fixture->entry), position);
    fake_turn_main_loop ();
}

static void
leave (Fixture *fixture)
{
    tou_field_entry_focus (fixture->other);
    fake_turn_main_loop ();
}

/* Would catch: a character that the service refuses and nobody marks, a substitute at the wrong place, a
 * cursor that jumps. */
static void
test_substitute (Fixture *fixture, gconstpointer data)
{
    GtkWidget *button = get (fixture, "substitute_button");

    type (fixture, "総務㈱部");
    g_assert_true (is_marked (fixture));
    g_assert_nonnull (strstr (read_message (fixture), "㈱"));
    g_assert_true (gtk_widget_get_mapped (button));
    g_assert_nonnull (strstr (gtk_button_get_label (GTK_BUTTON (button)), "株式会社"));

    gtk_editable_set_position (GTK_EDITABLE (fixture->entry), 3);
    gtk_button_clicked (GTK_BUTTON (button));
    fake_turn_main_loop ();
    g_assert_cmpstr (tou_field_entry_get_text (fixture->field), ==, "総務株式会社部");
    g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (fixture->entry)), ==, 6);
    g_assert_true (gtk_widget_is_focus (GTK_WIDGET (fixture->entry)));
    g_assert_false (is_marked (fixture));
    g_assert_nonnull (strstr (read_message (fixture), "株式会社"));
    g_assert_false (gtk_widget_get_mapped (button));
}

static guint
count_marks (Fixture *fixture)
{
    g_autoptr (GSList) attributes = pango_attr_list_get_attributes (
        gtk_entry_get_attributes (fixture->entry));
    guint n = 0;

    for (GSList *at = attributes; at != NULL; at = at->next) {
        PangoAttribute *attribute = at->data;

        n += attribute->klass->type == PANGO_ATTR_UNDERLINE;
        pango_attribute_destroy (attribute);
    }
    return n;
}

/* Would catch: only the first of several marked; a mark that stays. */
static void
test_marks_all (Fixture *fixture, gconstpointer data)
{
    type (fixture, "㈱総務①部髙");
    g_assert_cmpuint (count_marks (fixture), ==, 3);
    gtk_button_clicked (GTK_BUTTON (get (fixture, "substitute_button")));
    g_assert_cmpuint (count_marks (fixture), ==, 2);
    gtk_entry_set_text (fixture->entry, "総務部");
    g_assert_cmpuint (count_marks (fixture), ==, 0);
}

static void
press_undo (Fixture *fixture)
{
    GdkEvent *event = gdk_event_new (GDK_KEY_PRESS);

    event->key.window = g_object_ref (gtk_widget_get_window (GTK_WIDGET (fixture->entry)));
    event->key.keyval = GDK_KEY_z;
    event->key.state = GDK_CONTROL_MASK;
    gdk_event_set_device (event,
                          gdk_seat_get_keyboard (gdk_display_get_default_seat (gdk_display_get_default ())));
    gtk_widget_event (GTK_WIDGET (fixture->entry), event);
    gdk_event_free (event);
    fake_turn_main_loop ();
}

/* Would catch: a substitution that cannot be taken back, or that takes what was typed since with it. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
    GtkButton *substitute = GTK_BUTTON (get (fixture, "substitute_button"));
    GtkWidget *undo = get (fixture, "undo_button");

    g_assert_false (gtk_widget_get_mapped (undo));
    type (fixture, "㈱髙");
    gtk_button_clicked (substitute);
    gtk_button_clicked (substitute);
    fake_turn_main_loop ();
    g_assert_cmpstr (tou_field_entry_get_text (fixture->field), ==, "株式会社高");
    g_assert_cmpuint (fixture->n_changes, ==, 3);
    press_undo (fixture);
    g_assert_cmpstr (tou_field_entry_get_text (fixture->field), ==, "株式会社髙");
    press_undo (fixture);
    g_assert_cmpstr (tou_field_entry_get_text (fixture->field), ==, "㈱髙");
    g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (fixture->entry)), ==, 2);
    g_assert_true (is_marked (fixture));
    g_assert_false (gtk_widget_get_mapped (undo));

    gtk_button_clicked (substitute);
    gtk_button_clicked (substitute);
    fake_turn_main_loop ();
    g_assert_true (gtk_widget_get_mapped (undo));
    gtk_button_clicked (GTK_BUTTON (undo));
    g_assert_cmpstr (tou_field_entry_get_text (fixture->field), ==, "株式会社髙");
    type (fixture, "橋");
    press_undo (fixture);
    g_assert_cmpstr (tou_field_entry_get_text (fixture->field), ==, "株式会社髙橋");
}

/* A name is not rewritten by going on: would catch a consent that nobody gave. */
static void
test_variant_needs_consent (Fixture *fixture, gconstpointer data)
{
    type (fixture, "髙橋");
    leave (fixture);
    g_assert_false (tou_field_entry_confirm (fixture->field));
    g_assert_cmpstr (tou_field_entry_get_text (fixture->field), ==, "髙橋");
    g_assert_nonnull (strstr (read_message (fixture), "If you agree"));
}

/* Would catch: a paste of several lines that nobody can put right, or that is cut in silence. */
static void
test_paste_of_lines (Fixture *fixture, gconstpointer data)
{
    GtkWidget *substitute = get (fixture, "substitute_button");

    type (fixture, "東京都\t杉並区\r\n高井戸西\u200B3-5-24\a\n");
    for (guint i = 0; i < 5; i++) {
        g_assert_true (gtk_widget_get_mapped (substitute));
        gtk_button_clicked (GTK_BUTTON (substitute));
        fake_turn_main_loop ();
    }
    g_assert_false (is_marked (fixture));
    leave (fixture);
    g_assert_cmpstr (tou_field_entry_get_text (fixture->field), ==, "東京都 杉並区 高井戸西3-5-24");
}

/* Would catch: a window that stands still for seconds over a document pasted by mistake. */
static void
test_paste_of_a_document (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GString) text = g_string_new (NULL);
    gint64 began_us = g_get_monotonic_time ();

    for (guint i = 0; i < 20000; i++)
        g_string_append (text, i % 2 == 0 ? "㈱" : "課");
    type (fixture, text->str);
    g_assert_true (is_marked (fixture));
    g_assert_cmpuint (gtk_entry_get_text_length (fixture->entry), ==, 1024);
    g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (get (fixture, "counter"))), ==, "1024/60");
    g_assert_cmpint (g_get_monotonic_time () - began_us, <, 2 * G_USEC_PER_SEC);
}

/* Would catch: a glyph that goes without a word, or a note that shows the same text twice. */
static void
test_variation_selector (Fixture *fixture, gconstpointer data)
{
    type (fixture, "葛\U000E0100飾");
    g_assert_false (is_marked (fixture));
    g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (get (fixture, "counter"))), ==, "2/60");
    leave (fixture);
    g_assert_cmpstr (tou_field_entry_get_text (fixture->field), ==, "葛飾");
    g_assert_nonnull (strstr (read_message (fixture), "IVS"));
    g_assert_null (strstr (read_message (fixture), "changed"));
}

/* Would catch: bytes counted instead of characters, a field that cuts what is typed. */
static void
test_counter (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GString) text = g_string_new (NULL);

    type (fixture, "総務部");
    g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (get (fixture, "counter"))), ==, "3/60");
    for (guint i = 0; i < 58; i++)
        g_string_append (text, "課");
    type (fixture, text->str);
    g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (get (fixture, "counter"))), ==, "61/60");
    g_assert_true (is_marked (fixture));
    g_assert_cmpuint (gtk_entry_get_text_length (fixture->entry), ==, 61);
}

/* Would catch: half-width kana that reach the service, a change that is not told. */
static void
test_tidies_on_leaving (Fixture *fixture, gconstpointer data)
{
    type (fixture, "ｿｳﾑ部");
    g_assert_cmpstr (tou_field_entry_get_text (fixture->field), ==, "ｿｳﾑ部");
    leave (fixture);
    g_assert_cmpstr (tou_field_entry_get_text (fixture->field), ==, "ソウム部");
    g_assert_nonnull (strstr (read_message (fixture), "ソウム"));
    g_assert_false (is_marked (fixture));
}

/* What tidying will cure is no fault: would catch a mark on what every Japanese keyboard gives. */
static void
test_curable_is_not_marked (Fixture *fixture, gconstpointer data)
{
    type (fixture, "０３－５３４４－１１００");
    g_assert_false (is_marked (fixture));
    leave (fixture);
    g_assert_cmpstr (tou_field_entry_get_text (fixture->field), ==, "03-5344-1100");
}

/* Would catch: text that is changed or marked under the hands of an input method. */
static void
test_preedit_is_left_alone (Fixture *fixture, gconstpointer data)
{
    g_signal_emit_by_name (fixture->entry, "preedit-changed", "かぶ");
    type (fixture, "ｱ㈱");
    g_assert_null (read_message (fixture));
    leave (fixture);
    g_assert_cmpstr (tou_field_entry_get_text (fixture->field), ==, "ｱ㈱");
    g_assert_null (read_message (fixture));

    g_signal_emit_by_name (fixture->entry, "preedit-changed", "");
    fake_turn_main_loop ();
    g_assert_nonnull (strstr (read_message (fixture), "㈱"));
    g_assert_cmpstr (tou_field_entry_get_text (fixture->field), ==, "ア㈱");
}

/* Would catch: a form that is red before anything was typed, or that lets an empty field pass. */
static void
test_empty_is_marked_late (Fixture *fixture, gconstpointer data)
{
    g_assert_null (read_message (fixture));
    type (fixture, "総");
    gtk_entry_set_text (fixture->entry, "");
    fake_turn_main_loop ();
    g_assert_null (read_message (fixture));
    g_assert_false (tou_field_entry_confirm (fixture->field));
    fake_turn_main_loop ();
    g_assert_true (is_marked (fixture));
    g_assert_nonnull (read_message (fixture));

    type (fixture, "総務部");
    g_assert_false (is_marked (fixture));
    g_assert_true (tou_field_entry_confirm (fixture->field));
}

/* Would catch: a postal code called wrong at its first digit. */
static void
test_format_is_marked_on_leaving (Fixture *fixture, gconstpointer data)
{
    type (fixture, "168-85");
    g_assert_false (is_marked (fixture));
    leave (fixture);
    g_assert_true (is_marked (fixture));
    tou_field_entry_focus (fixture->field);
    type (fixture, "05");
    g_assert_false (is_marked (fixture));
}

/* Would catch: a draft that is saved because it was loaded. */
static void
test_loading_is_no_change (Fixture *fixture, gconstpointer data)
{
    tou_field_entry_set_text (fixture->field, "総務部");
    g_assert_cmpuint (fixture->n_changes, ==, 0);
    type (fixture, "課");
    g_assert_cmpuint (fixture->n_changes, ==, 1);
}

static void
test_no_fax (Fixture *fixture, gconstpointer data)
{
    type (fixture, "022-000-1000");
    gtk_button_clicked (GTK_BUTTON (get (fixture, "no_fax_button")));
    g_assert_cmpstr (tou_field_entry_get_text (fixture->field), ==, TOU_FIELD_NO_FAX);
    g_assert_true (tou_field_entry_confirm (fixture->field));
    gtk_button_clicked (GTK_BUTTON (get (fixture, "undo_button")));
    g_assert_cmpstr (tou_field_entry_get_text (fixture->field), ==, "022-000-1000");
}

/* Would catch: an entry that a screen reader cannot name, or whose fault it does not tell. */
static void
test_accessible (Fixture *fixture, gconstpointer data)
{
    AtkObject *entry = gtk_widget_get_accessible (GTK_WIDGET (fixture->entry));
    g_autoptr (AtkRelationSet) relations = atk_object_ref_relation_set (entry);

    g_assert_true (gtk_label_get_mnemonic_widget (GTK_LABEL (get (fixture, "label")))
                   == GTK_WIDGET (fixture->entry));
    g_assert_true (atk_relation_set_contains (relations, ATK_RELATION_LABELLED_BY));
    g_assert_true (atk_relation_set_contains (relations, ATK_RELATION_DESCRIBED_BY));
    type (fixture, "㈱");
    g_assert_nonnull (strstr (atk_object_get_description (entry), "㈱"));
}

static void
test_notes (void)
{
    g_autofree char *spaces = tou_field_text_note (" 総務部　", "総務部");
    g_autofree char *part = tou_field_text_note ("東京都ｱｲｳ1", "東京都アイウ1");
    g_autofree char *offer = tou_field_text_offer ("");
    g_autofree char *unseen = tou_field_text_character (0x200B);
    g_autofree char *gaiji = tou_field_text_character (0xE000);
    g_autofree char *replaced = tou_field_text_replaced ('\n', " ");
    g_autofree char *both = tou_field_text_note ("葛\U000E0100ｱ", "葛ア");
    g_autofree char *label = tou_field_text_label (TOU_FIELD_CONTACT_PERSON);

    g_assert_cmpstr (spaces, ==, "Spaces at the ends were removed.");
    g_assert_cmpstr (part, ==, "“ｱｲｳ” was changed to “アイウ”.");
    g_assert_cmpstr (offer, ==, "Remove it");
    g_assert_cmpstr (unseen, ==, "a character that cannot be seen (U+200B)");
    g_assert_cmpstr (gaiji, ==, "a character made for one computer alone (U+E000)");
    g_assert_cmpstr (replaced, ==, "Replaced by a space: a line break (U+000A)");
    g_assert_true (g_str_has_prefix (both, "“ｱ” was changed to “ア”. "));
    g_assert_null (strchr (label, '_'));
}

static void
add (const char *name, TouField field, void (*test) (Fixture *fixture, gconstpointer data))
{
    g_autofree char *path = g_strconcat ("/ui/field-entry/", name, NULL);

    g_test_add (path, Fixture, GUINT_TO_POINTER (field), set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
    ui_test_init (&argc, &argv);
    add ("substitute", TOU_FIELD_CONTACT_NAME, test_substitute);
    add ("marks-all", TOU_FIELD_CONTACT_NAME, test_marks_all);
    add ("undo", TOU_FIELD_CONTACT_NAME, test_undo);
    add ("variant-needs-consent", TOU_FIELD_CONTACT_PERSON, test_variant_needs_consent);
    add ("paste-of-lines", TOU_FIELD_CONTACT_ADDRESS, test_paste_of_lines);
    add ("paste-of-a-document", TOU_FIELD_CONTACT_ADDRESS, test_paste_of_a_document);
    add ("variation-selector", TOU_FIELD_CONTACT_NAME, test_variation_selector);
    add ("counter", TOU_FIELD_CONTACT_NAME, test_counter);
    add ("tidies-on-leaving", TOU_FIELD_CONTACT_NAME, test_tidies_on_leaving);
    add ("curable-is-not-marked", TOU_FIELD_CONTACT_PHONE, test_curable_is_not_marked);
    add ("preedit-is-left-alone", TOU_FIELD_CONTACT_NAME, test_preedit_is_left_alone);
    add ("empty-is-marked-late", TOU_FIELD_CONTACT_NAME, test_empty_is_marked_late);
    add ("format-is-marked-on-leaving", TOU_FIELD_CONTACT_POSTAL_CODE, test_format_is_marked_on_leaving);
    add ("loading-is-no-change", TOU_FIELD_CONTACT_NAME, test_loading_is_no_change);
    add ("no-fax", TOU_FIELD_CONTACT_FAX, test_no_fax);
    add ("no-company-fax", TOU_FIELD_COMPANY_FAX, test_no_fax);
    add ("accessible", TOU_FIELD_CONTACT_NAME, test_accessible);
    g_test_add_func ("/ui/field-entry/notes", test_notes);
    return g_test_run ();
}
