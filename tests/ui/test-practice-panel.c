/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

/* The agency's people in the practice panel. */

#include "fake-practice.h"
#include "tou-practice-panel.h"
#include "ui-tools.h"

#include <string.h>

#define FIRST "20261124-000001"
#define SECOND "20261124-000002"
#define THIRD "20261124-000003"

typedef struct {
    FakePractice *practice;
    GtkWidget *panel;
} Panel;

static Panel *
panel_new (void)
{
    Panel *self = g_new0 (Panel, 1);

    self->practice = fake_practice_new ();
    self->panel = tou_practice_panel_new (NULL, TOU_PRACTICE_CONTROL (self->practice));
    gtk_widget_show (self->panel);
    gtk_button_clicked (GTK_BUTTON (ui_find (self->panel, "reviews_tab_button")));
    fake_turn_main_loop ();
    return self;
}

static void
panel_free (Panel *self)
{
    gtk_widget_destroy (self->panel);
    fake_turn_main_loop ();
    g_assert_finalize_object (self->practice);
    g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Panel, panel_free)

static GtkWidget *
get (Panel *self, const char *id)
{
    GtkWidget *widget = ui_find (self->panel, id);

    g_assert_nonnull (widget);
    return widget;
}

static const char *
read_label (Panel *self, const char *id)
{
    return gtk_label_get_text (GTK_LABEL (get (self, id)));
}

static const char *
read_tab (Panel *self)
{
    return gtk_button_get_label (GTK_BUTTON (get (self, "reviews_tab_button")));
}

static gboolean
can_press (Panel *self, const char *id)
{
    return gtk_widget_is_sensitive (get (self, id));
}

static const char *
read_name (Panel *self, const char *id)
{
    return atk_object_get_name (gtk_widget_get_accessible (get (self, id)));
}

static void
press (Panel *self, const char *id)
{
    g_assert_true (can_press (self, id) && gtk_widget_is_visible (get (self, id)));
    gtk_widget_grab_focus (get (self, id));
    gtk_button_clicked (GTK_BUTTON (get (self, id)));
    fake_turn_main_loop ();
}

static void
apply (Panel *self, const char *number)
{
    fake_practice_apply (self->practice, number, TOU_OPERATION_REGISTRATION);
    fake_turn_main_loop ();
}

static void
select_row (Panel *self, int index)
{
    GtkListBox *list = GTK_LIST_BOX (get (self, "reviews_list"));

    gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, index));
}

static GtkWidget *
get_focus (Panel *self)
{
    return gtk_window_get_focus (GTK_WINDOW (self->panel));
}

/* Would catch: an empty box without a word, buttons for nothing, a new application that is not seen. */
static void
test_empty (void)
{
    g_autoptr (Panel) panel = panel_new ();

    g_assert_true (gtk_widget_get_visible (get (panel, "reviews_empty_label")));
    g_assert_false (gtk_widget_get_visible (get (panel, "reviews_frame")));
    g_assert_false (can_press (panel, "review_start_button"));
    g_assert_false (can_press (panel, "review_approve_button"));
    g_assert_false (can_press (panel, "review_deny_button"));
    g_assert_null (strstr (read_tab (panel), "("));

    apply (panel, FIRST);
    g_assert_false (gtk_widget_get_visible (get (panel, "reviews_empty_label")));
    g_assert_true (gtk_widget_get_visible (get (panel, "reviews_frame")));
    g_assert_nonnull (strstr (read_tab (panel), "(1)"));
    g_assert_true (can_press (panel, "review_approve_button"));
}

/* Would catch: a decision about another application than the selected one, one that nobody sees the outcome
 * of, a decided one that can be decided again. */
static void
test_approve (void)
{
    g_autoptr (Panel) panel = panel_new ();

    apply (panel, FIRST);
    apply (panel, SECOND);
    select_row (panel, 1);
    press (panel, "review_start_button");
    g_assert_cmpint (fake_practice_get_state (panel->practice, FIRST), ==, TOU_REVIEW_STATE_UNDER_REVIEW);
    g_assert_cmpint (fake_practice_get_state (panel->practice, SECOND), ==, TOU_REVIEW_STATE_RECEIVED);
    g_assert_false (can_press (panel, "review_start_button"));
    g_assert_nonnull (strstr (read_name (panel, "review_approve_button"), FIRST));

    press (panel, "review_approve_button");
    g_assert_cmpint (fake_practice_get_state (panel->practice, FIRST), ==, TOU_REVIEW_STATE_APPROVED);
    g_assert_nonnull (strstr (read_label (panel, "panel_status"), FIRST));
    g_assert_nonnull (strstr (read_label (panel, "panel_status"), "Approved"));
    g_assert_nonnull (strstr (read_name (panel, "review_approve_button"), SECOND));
}

/* Would catch: a denial without a reason, and one with another reason than was typed. */
static void
test_deny (void)
{
    g_autoptr (Panel) panel = panel_new ();
    GtkEntry *reason = GTK_ENTRY (get (panel, "review_reason_entry"));

    apply (panel, FIRST);
    apply (panel, SECOND);
    select_row (panel, 0);
    g_assert_cmpstr (gtk_entry_get_text (reason), !=, "");
    press (panel, "review_deny_button");
    g_assert_cmpint (fake_practice_get_state (panel->practice, SECOND), ==, TOU_REVIEW_STATE_DENIED);
    g_assert_cmpstr (fake_practice_get_reason (panel->practice, SECOND), ==, gtk_entry_get_text (reason));

    gtk_entry_set_text (reason, "");
    g_assert_false (can_press (panel, "review_deny_button"));
    gtk_entry_set_text (reason, "企業名称が一致しません。");
    press (panel, "review_deny_button");
    g_assert_cmpstr (fake_practice_get_reason (panel->practice, FIRST), ==, "企業名称が一致しません。");
}

/* Would catch: a selection that jumps to an application that has just come, and then the wrong one approved.
 */
static void
test_selection_stays (void)
{
    g_autoptr (Panel) panel = panel_new ();

    apply (panel, FIRST);
    apply (panel, SECOND);
    select_row (panel, 1);
    apply (panel, THIRD);
    press (panel, "review_approve_button");
    g_assert_cmpint (fake_practice_get_state (panel->practice, FIRST), ==, TOU_REVIEW_STATE_APPROVED);
    g_assert_cmpint (fake_practice_get_state (panel->practice, SECOND), ==, TOU_REVIEW_STATE_RECEIVED);
    g_assert_cmpint (fake_practice_get_state (panel->practice, THIRD), ==, TOU_REVIEW_STATE_RECEIVED);
}

/* Would catch: a keyboard that is nowhere after a decision, and a focus stolen from elsewhere. */
static void
test_focus (void)
{
    g_autoptr (Panel) panel = panel_new ();

    gtk_widget_grab_focus (get (panel, "reviews_tab_button"));
    apply (panel, FIRST);
    g_assert_true (get_focus (panel) == get (panel, "reviews_tab_button"));
    press (panel, "review_start_button");
    g_assert_true (GTK_IS_LIST_BOX_ROW (get_focus (panel)));
    press (panel, "review_approve_button");
    g_assert_true (get_focus (panel) == get (panel, "qualification_button"));
}

/* Would catch: a refusal without a word, and a list that goes on to offer what others have decided. */
static void
test_decided_elsewhere (void)
{
    g_autoptr (Panel) panel = panel_new ();

    apply (panel, FIRST);
    fake_practice_decide (panel->practice, FIRST, TOU_REVIEW_STATE_DENIED);
    press (panel, "review_approve_button");
    g_assert_cmpint (fake_practice_get_state (panel->practice, FIRST), ==, TOU_REVIEW_STATE_DENIED);
    g_assert_cmpstr (read_label (panel, "panel_status"), !=, "");
    g_assert_false (can_press (panel, "review_approve_button"));
    g_assert_true (gtk_widget_get_visible (get (panel, "reviews_empty_label")));
}

static void
test_agency (void)
{
    g_autoptr (Panel) panel = panel_new ();

    press (panel, "review_automatic_check");
    g_assert_cmpuint (fake_practice_get_review_after (panel->practice), >, 0);
    press (panel, "review_automatic_check");
    g_assert_cmpuint (fake_practice_get_review_after (panel->practice), ==, 0);
    press (panel, "qualification_button");
    g_assert_cmpuint (fake_practice_count_renewals (panel->practice), ==, 1);
    g_assert_cmpstr (read_label (panel, "panel_status"), !=, "");
}

/* Would catch: a panel that is taller than a small screen, when it says something and however many wait. */
static void
test_size (void)
{
    g_autoptr (Panel) panel = panel_new ();
    int width, height;

    for (guint i = 0; i < 100; i++) {
        g_autofree char *number = g_strdup_printf ("20261124-%06u", i);

        apply (panel, number);
    }
    press (panel, "review_approve_button");
    gtk_window_get_size (GTK_WINDOW (panel->panel), &width, &height);
    g_assert_cmpint (width, <=, 480);
    g_assert_cmpint (height, <=, 768 - 32);
}

int
main (int argc, char **argv)
{
    ui_test_init (&argc, &argv);
    g_test_add_func ("/ui/practice-panel/empty", test_empty);
    g_test_add_func ("/ui/practice-panel/approve", test_approve);
    g_test_add_func ("/ui/practice-panel/deny", test_deny);
    g_test_add_func ("/ui/practice-panel/selection-stays", test_selection_stays);
    g_test_add_func ("/ui/practice-panel/focus", test_focus);
    g_test_add_func ("/ui/practice-panel/decided-elsewhere", test_decided_elsewhere);
    g_test_add_func ("/ui/practice-panel/agency", test_agency);
    g_test_add_func ("/ui/practice-panel/size", test_size);
    return g_test_run ();
}
