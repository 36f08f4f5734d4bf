/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-comparison.h"

#include "tou-fold.h"

#include <glib/gi18n-lib.h>

/* As in a section. */
#define COLUMN_SPACING 16
#define ROW_SPACING 6

typedef struct {
    GtkContainer *rows;
    GtkSizeGroup *labels;
    GtkSizeGroup *values; /* both columns of values are equally wide */
    GtkSizeGroup *marks;
    GtkWidget *before_heading;
    GtkWidget *after_heading;
} Building;

static void
add_class (GtkWidget *widget, const char *name)
{
    gtk_style_context_add_class (gtk_widget_get_style_context (widget), name);
}

static GtkWidget *
make_text (const char *text, const char *style_class)
{
    GtkWidget *label = gtk_label_new (text);

    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_yalign (GTK_LABEL (label), 0);
    if (style_class != NULL)
        add_class (label, style_class);
    return label;
}

static GtkWidget *
make_wrapped (const char *text, const char *style_class)
{
    GtkWidget *label = make_text (text, style_class);

    gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
    gtk_widget_set_hexpand (label, TRUE);
    return label;
}

/* As in a section where it has to be checked. */
static GtkWidget *
make_value (const char *text, const char *style_class)
{
    GtkWidget *value = make_wrapped (text, style_class);
    g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

    /* An address that is broken must not show a hyphen that is not in it. */
    pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
    gtk_label_set_attributes (GTK_LABEL (value), attributes);

    gtk_label_set_selectable (GTK_LABEL (value), TRUE);
    return value;
}

static GtkWidget *
make_heading (const char *text)
{
    GtkWidget *heading = make_wrapped (text, "tou-section-title");

    atk_object_set_role (gtk_widget_get_accessible (heading), ATK_ROLE_COLUMN_HEADER);
    return heading;
}

static void
add_relation (GtkWidget *value, GtkWidget *label)
{
    atk_object_add_relationship (gtk_widget_get_accessible (value), ATK_RELATION_LABELLED_BY,
                                 gtk_widget_get_accessible (label));
}

/* @mark: (nullable): between the two. The label stands above them where there is no room beside them. */
static void
add_line (Building *building, GtkWidget *label, GtkWidget *before, GtkWidget *mark, GtkWidget *after)
{
    GtkWidget *row = tou_fold_new (COLUMN_SPACING, 0);
    GtkWidget *values = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, COLUMN_SPACING);

    gtk_size_group_add_widget (building->labels, label);
    gtk_size_group_add_widget (building->values, before);
    gtk_size_group_add_widget (building->values, after);
    gtk_size_group_add_widget (building->marks, mark);
    gtk_container_add (GTK_CONTAINER (values), before);
    gtk_container_add (GTK_CONTAINER (values), mark);
    gtk_container_add (GTK_CONTAINER (values), after);
    gtk_container_add (GTK_CONTAINER (row), label);
    gtk_container_add (GTK_CONTAINER (row), values);
    gtk_container_add (building->rows, row);
}

static GtkWidget *
make_related (const char *text, const char *style_class, GtkWidget *label, GtkWidget *heading)
{
    GtkWidget *value = make_value (text, style_class);

    add_relation (value, label);
    add_relation (value, heading);
    return value;
}

static void
add_row (Building *building, const TouSheetRow *before, const TouSheetRow *after)
{
    gboolean differs = !g_str_equal (before->value, after->value);
    GtkWidget *label = make_text (before->label, "tou-hint");
    GtkWidget *mark = make_text (differs ? _ ("changed") : NULL, differs ? "tou-mark" : NULL);
    GtkWidget *old_value = make_related (before->value, NULL, label, building->before_heading);
    GtkWidget *new_value = make_related (after->value, differs ? "tou-changed" : NULL, label,
                                         building->after_heading);

    gtk_widget_set_valign (mark, GTK_ALIGN_START);
    if (differs)
        atk_object_set_description (gtk_widget_get_accessible (new_value), _ ("changed"));
    add_line (building, label, old_value, mark, new_value);
}

static void
add_headings (Building *building, const char *before, const char *after)
{
    building->before_heading = make_heading (before);
    building->after_heading = make_heading (after);
    add_line (building, make_text (NULL, NULL), building->before_heading, make_text (NULL, NULL),
              building->after_heading);
}

GtkWidget *
tou_comparison_new (const TouSheetSection *before, const TouSheetSection *after, GtkSizeGroup *labels)
{
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, ROW_SPACING);
    g_autoptr (GtkSizeGroup) own_labels = labels != NULL ? g_object_ref (labels)
                                                         : gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
    g_autoptr (GtkSizeGroup) values = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
    g_autoptr (GtkSizeGroup) marks = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
    Building building = { GTK_CONTAINER (box), own_labels, values, marks, NULL, NULL };

    g_return_val_if_fail (before->rows->len == after->rows->len, NULL);
    add_headings (&building, before->heading, after->heading);
    for (guint i = 0; i < before->rows->len; i++)
        add_row (&building, g_ptr_array_index (before->rows, i), g_ptr_array_index (after->rows, i));
    gtk_widget_show_all (box);
    return box;
}

static void
drop_equal_rows (TouSheetSection *before, TouSheetSection *after)
{
    for (guint i = before->rows->len; i-- > 0;) {
        const TouSheetRow *old = g_ptr_array_index (before->rows, i);
        const TouSheetRow *new = g_ptr_array_index (after->rows, i);

        if (!g_str_equal (old->value, new->value))
            continue;
        g_ptr_array_remove_index (before->rows, i);
        g_ptr_array_remove_index (after->rows, i);
    }
}

GtkWidget *
tou_comparison_new_changes (TouSheetSection *before, TouSheetSection *after, GtkSizeGroup *labels)
{
    g_return_val_if_fail (before->rows->len == after->rows->len, NULL);

    drop_equal_rows (before, after);
    return before->rows->len > 0 ? tou_comparison_new (before, after, labels) : NULL;
}
