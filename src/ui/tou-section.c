/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-section.h"

#define SECTION_SPACING 8
#define DENSE_SPACING 4
#define COLUMN_SPACING 16
#define ROW_SPACING 3

static void
add_class (GtkWidget *widget, const char *name)
{
    gtk_style_context_add_class (gtk_widget_get_style_context (widget), name);
}

static GtkWidget *
make_heading (const char *text)
{
    GtkWidget *heading = gtk_label_new (text);

    gtk_label_set_xalign (GTK_LABEL (heading), 0);
    add_class (heading, "tou-section-title");
    atk_object_set_role (gtk_widget_get_accessible (heading), ATK_ROLE_HEADING);
    return heading;
}

static GtkWidget *
make_head (const TouSheetSection *section)
{
    GtkWidget *heading = make_heading (section->heading);
    GtkWidget *head;
    GtkWidget *note;

    if (section->note == NULL)
        return heading;
    head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, COLUMN_SPACING);
    note = gtk_label_new (section->note);
    gtk_label_set_xalign (GTK_LABEL (note), 0);
    gtk_label_set_line_wrap (GTK_LABEL (note), TRUE);
    gtk_container_add (GTK_CONTAINER (head), heading);
    gtk_container_add (GTK_CONTAINER (head), note);
    return head;
}

static GtkWidget *
make_label (const char *text, GtkSizeGroup *labels)
{
    GtkWidget *label = gtk_label_new (text);

    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_yalign (GTK_LABEL (label), 0);
    add_class (label, "tou-hint");
    if (labels != NULL)
        gtk_size_group_add_widget (labels, label);
    return label;
}

/* To be selected with the mouse; not a stop of Tab, of which there would be dozens before the first field. */
static GtkWidget *
make_value (const char *text)
{
    GtkWidget *value = gtk_label_new (text);

    gtk_label_set_xalign (GTK_LABEL (value), 0);
    gtk_label_set_line_wrap (GTK_LABEL (value), TRUE);
    gtk_label_set_line_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
    gtk_label_set_selectable (GTK_LABEL (value), TRUE);
    gtk_widget_set_can_focus (value, FALSE);
    gtk_widget_set_hexpand (value, TRUE);
    return value;
}

static void
add_row (GtkGrid *grid, int column, int line, int width, const TouSheetRow *row, GtkSizeGroup *labels)
{
    GtkWidget *label = make_label (row->label, labels);
    GtkWidget *value = make_value (row->value);

    atk_object_add_relationship (gtk_widget_get_accessible (value), ATK_RELATION_LABELLED_BY,
                                 gtk_widget_get_accessible (label));
    gtk_grid_attach (grid, label, column, line, 1, 1);
    gtk_grid_attach (grid, value, column + 1, line, width, 1);
}

static gboolean
is_short (const TouSheetSection *section, guint i)
{
    return i < section->rows->len && ((TouSheetRow *) g_ptr_array_index (section->rows, i))->is_short;
}

static void
add_rows (GtkGrid *grid, const TouSheetSection *section, GtkSizeGroup *labels, gboolean in_pairs)
{
    int line = 0;

    for (guint i = 0; i < section->rows->len; i++) {
        gboolean is_pair = in_pairs && is_short (section, i) && is_short (section, i + 1);

        add_row (grid, 0, line, is_pair ? 1 : 3, g_ptr_array_index (section->rows, i), labels);
        if (is_pair)
            add_row (grid, 2, line, 1, g_ptr_array_index (section->rows, ++i), NULL);
        line++;
    }
}

static GtkWidget *
make_section (const TouSheetSection *section, GtkSizeGroup *labels, gboolean is_dense)
{
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, is_dense ? DENSE_SPACING : SECTION_SPACING);
    GtkWidget *grid = gtk_grid_new ();

    gtk_grid_set_column_spacing (GTK_GRID (grid), COLUMN_SPACING);
    gtk_grid_set_row_spacing (GTK_GRID (grid), ROW_SPACING);
    if (section->heading != NULL)
        gtk_container_add (GTK_CONTAINER (box), make_head (section));
    add_rows (GTK_GRID (grid), section, labels, is_dense);
    gtk_container_add (GTK_CONTAINER (box), grid);
    gtk_widget_show_all (box);
    return box;
}

GtkWidget *
tou_section_new (const TouSheetSection *section, GtkSizeGroup *labels)
{
    return make_section (section, labels, FALSE);
}

static void
destroy_child (GtkWidget *child, gpointer data)
{
    gtk_widget_destroy (child);
}

static void
fill (GtkBox *box, const TouRecordSheet *sheet, GtkSizeGroup *labels, gboolean is_dense)
{
    gtk_container_foreach (GTK_CONTAINER (box), destroy_child, NULL);
    for (guint i = 0; i < sheet->sections->len; i++)
        gtk_container_add (GTK_CONTAINER (box),
                           make_section (g_ptr_array_index (sheet->sections, i), labels, is_dense));
}

void
tou_section_fill (GtkBox *box, const TouRecordSheet *sheet, GtkSizeGroup *labels)
{
    fill (box, sheet, labels, FALSE);
}

void
tou_section_fill_densely (GtkBox *box, const TouRecordSheet *sheet, GtkSizeGroup *labels)
{
    fill (box, sheet, labels, TRUE);
}
