/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-comparison.h"
#include "ui-tools.h"

static TouRecordSheet *
make_sheet (const char *title, const char *holder)
{
    TouRecordSheet *sheet = tou_record_sheet_new (NULL);

    tou_record_sheet_begin (sheet, title);
    tou_record_sheet_add (sheet, "Company", "株式会社練習商事");
    tou_record_sheet_add (sheet, "Holder", holder);
    return sheet;
}

static GtkWidget *
get_nth (GtkWidget *container, guint n)
{
    g_autoptr (GList) children = gtk_container_get_children (GTK_CONTAINER (container));

    return g_list_nth_data (children, n);
}

/* @column: from 1: before, mark, after; each line has a label and those beside it */
static GtkWidget *
get_cell (GtkWidget *comparison, guint column, guint line)
{
    return get_nth (get_nth (get_nth (comparison, line), 1), column - 1);
}

static const char *
read_cell (GtkWidget *comparison, guint column, guint line)
{
    return gtk_label_get_text (GTK_LABEL (get_cell (comparison, column, line)));
}

/* Not by colour alone: a word stands beside what differs, and only there. */
static void
test_marks_what_differs (void)
{
    g_autoptr (TouRecordSheet) before = make_sheet ("Current", "練習　太郎");
    g_autoptr (TouRecordSheet) after = make_sheet ("New", "練習　花子");
    GtkWidget *grid = g_object_ref_sink (tou_comparison_new (g_ptr_array_index (before->sections, 0),
                                                             g_ptr_array_index (after->sections, 0), NULL));
    AtkObject *value = gtk_widget_get_accessible (get_cell (grid, 3, 2));

    g_assert_cmpstr (read_cell (grid, 1, 0), ==, "Current");
    g_assert_cmpstr (read_cell (grid, 3, 0), ==, "New");
    g_assert_cmpstr (read_cell (grid, 2, 1), ==, "");
    g_assert_cmpstr (read_cell (grid, 1, 2), ==, "練習　太郎");
    g_assert_cmpstr (read_cell (grid, 2, 2), ==, "changed");
    g_assert_cmpstr (read_cell (grid, 3, 2), ==, "練習　花子");
    g_assert_cmpstr (atk_object_get_description (value), ==, "changed");
    g_object_unref (grid);
}

int
main (int argc, char **argv)
{
    ui_test_init (&argc, &argv);
    g_test_add_func ("/comparison/marks-what-differs", test_marks_what_differs);
    return g_test_run ();
}
