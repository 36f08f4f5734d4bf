/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-section.h"

#include "tou-fold.h"

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
    head = tou_fold_new (COLUMN_SPACING, 0);
    note = gtk_label_new (section->note);
    gtk_label_set_xalign (GTK_LABEL (note), 0);
    gtk_label_set_line_wrap (GTK_LABEL (note), TRUE);
    gtk_widget_set_hexpand (note, TRUE);
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

/* To be selected with the mouse. */
static GtkWidget *
make_value (const char *text)
{
    GtkWidget *value = gtk_label_new (text);

    gtk_label_set_xalign (GTK_LABEL (value), 0);
    gtk_label_set_line_wrap (GTK_LABEL (value), TRUE);
    gtk_label_set_line_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
    gtk_label_set_selectable (GTK_LABEL (value), TRUE);
    gtk_widget_set_hexpand (value, TRUE);
    return value;
}

/* A row of its own, so that it can be folded. @is_stop: Tab comes to the value, so that it is spoken with its
 * label: where it has to be checked; above a form there would be dozens before the first field. */
static GtkWidget *
make_row (const TouSheetRow *row, GtkSizeGroup *labels, gboolean is_stop)
{
    GtkWidget *fold = tou_fold_new (COLUMN_SPACING, 0);
    GtkWidget *label = make_label (row->label, labels);
    GtkWidget *value = make_value (row->value);

    atk_object_add_relationship (gtk_widget_get_accessible (value), ATK_RELATION_LABELLED_BY,
                                 gtk_widget_get_accessible (label));
    gtk_widget_set_can_focus (value, is_stop);
    gtk_container_add (GTK_CONTAINER (fold), label);
    gtk_container_add (GTK_CONTAINER (fold), value);
    return fold;
}

static gboolean
is_short (const TouSheetSection *section, guint i)
{
    return i < section->rows->len && ((TouSheetRow *) g_ptr_array_index (section->rows, i))->is_short;
}

static GtkWidget *
make_pair (GtkWidget *one, GtkWidget *other)
{
    GtkWidget *pair = tou_fold_new (COLUMN_SPACING, ROW_SPACING);

    gtk_container_add (GTK_CONTAINER (pair), one);
    gtk_container_add (GTK_CONTAINER (pair), other);
    return pair;
}

static void
add_rows (GtkContainer *box, const TouSheetSection *section, GtkSizeGroup *labels, gboolean in_pairs)
{
    g_autoptr (GtkSizeGroup) second_labels = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);

    for (guint i = 0; i < section->rows->len; i++) {
        gboolean is_pair = in_pairs && is_short (section, i) && is_short (section, i + 1);
        GtkWidget *row = make_row (g_ptr_array_index (section->rows, i), labels, !in_pairs);

        if (is_pair)
            row = make_pair (row, make_row (g_ptr_array_index (section->rows, ++i), second_labels, FALSE));
        gtk_container_add (box, row);
    }
}

static GtkWidget *
make_section (const TouSheetSection *section, GtkSizeGroup *labels, gboolean is_dense)
{
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, is_dense ? DENSE_SPACING : SECTION_SPACING);
    GtkWidget *rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, ROW_SPACING);

    if (section->heading != NULL)
        gtk_container_add (GTK_CONTAINER (box), make_head (section));
    add_rows (GTK_CONTAINER (rows), section, labels, is_dense);
    gtk_container_add (GTK_CONTAINER (box), rows);
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
