/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-error-list-window.h"

#include "tou-accessible-ids.h"
#include "tou-fold.h"
#include "tou-side-window.h"
#include "tou-word-wrap.h"

#include <glib/gi18n-lib.h>

/* Kept with the main window, which there is one of. */
#define KEY "tou-error-list-window"

struct _TouErrorListWindow {
    GtkWindow parent_instance;
    GtkWidget *error_search_entry;
    GtkListBox *error_code_list;
    GtkScrolledWindow *error_code_scroller;
    GtkScrolledWindow *error_text_scroller;
    GtkLabel *error_text_label;
    GStrv words;                /* (nullable): of the search, folded */
    const TouErrorEntry *cause; /* (nullable): to be shown first */
    gboolean has_to_show;       /* the row selected, which may be out of sight */
};

G_DEFINE_TYPE (TouErrorListWindow, tou_error_list_window, GTK_TYPE_WINDOW)

/* For comparing alone: full-width digits and letters are found by half-width ones and the other way round. */
static char *
fold (const char *text)
{
    g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

    return normal != NULL ? g_utf8_casefold (normal, -1) : g_strdup ("");
}

static const TouErrorEntry *
get_entries (GtkListBoxRow *row, guint *out_n)
{
    return tou_error_catalogue_list_code (g_object_get_data (G_OBJECT (row), "code"), out_n);
}

static char *
join_texts (const TouErrorEntry *entries, guint n)
{
    g_autoptr (GString) all = g_string_new (NULL);

    g_string_append_printf (all, "%s %s", entries->code, _ (entries->message));
    for (guint i = 0; i < n; i++)
        g_string_append_printf (all, "\n%s\n%s", _ (entries[i].cause), _ (entries[i].remedy));
    return fold (all->str);
}

static const char *
get_searched_text (GtkListBoxRow *row)
{
    const char *text = g_object_get_data (G_OBJECT (row), "searched");

    if (text == NULL) {
        guint n;
        const TouErrorEntry *entries = get_entries (row, &n);

        text = join_texts (entries, n);
        g_object_set_data_full (G_OBJECT (row), "searched", (gpointer) text, g_free);
    }
    return text;
}

/* A code of a range is found where its advice is: 41234 at 49999. */
static gboolean
is_advice_for (GtkListBoxRow *row, const char *code)
{
    guint n;
    const TouErrorEntry *entries = tou_error_catalogue_list_code (code, &n);

    return entries != NULL && g_str_equal (entries->code, g_object_get_data (G_OBJECT (row), "code"));
}

static gboolean
matches (GtkListBoxRow *row, gpointer data)
{
    TouErrorListWindow *self = data;

    for (guint i = 0; self->words != NULL && self->words[i] != NULL; i++)
        if (strstr (get_searched_text (row), self->words[i]) == NULL && !is_advice_for (row, self->words[i]))
            return FALSE;
    return TRUE;
}

static void
select_first (TouErrorListWindow *self)
{
    for (int i = 0;; i++) {
        GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->error_code_list, i);

        if (row == NULL || matches (row, self)) {
            gtk_list_box_select_row (self->error_code_list, row);
            return;
        }
    }
}

static void
on_search_changed (TouErrorListWindow *self)
{
    g_autofree char *folded = fold (gtk_entry_get_text (GTK_ENTRY (self->error_search_entry)));
    g_autofree char *one_space = g_strdelimit (g_steal_pointer (&folded), "\t\n", ' ');
    GtkListBoxRow *row;

    g_strfreev (self->words);
    self->words = g_strsplit (g_strstrip (one_space), " ", -1);
    gtk_list_box_invalidate_filter (self->error_code_list);
    row = gtk_list_box_get_selected_row (self->error_code_list);
    if (row == NULL || !matches (row, self))
        select_first (self);
}

static void
on_next_match (TouErrorListWindow *self)
{
    GtkListBoxRow *row = gtk_list_box_get_selected_row (self->error_code_list);

    if (row != NULL)
        gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
append_cause (GString *text, const TouErrorEntry *entry)
{
    g_autofree char *cause = g_markup_printf_escaped ("\n\n<b>%s</b>\n%s\n<b>%s</b>\n%s", _ ("Cause"),
                                                      _ (entry->cause), _ ("What to do"), _ (entry->remedy));

    g_string_append (text, cause);
}

static void
show_code (TouErrorListWindow *self, const TouErrorEntry *entries, guint n)
{
    g_autoptr (GString) text = g_string_new (NULL);
    g_autofree char *head = g_markup_printf_escaped ("<b>%s</b>  %s", entries->code, _ (entries->message));

    g_string_append (text, head);
    if (self->cause >= entries && self->cause < entries + n)
        append_cause (text, self->cause);
    for (guint i = 0; i < n; i++)
        if (&entries[i] != self->cause)
            append_cause (text, &entries[i]);
    gtk_label_set_markup (self->error_text_label, text->str);
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->error_text_scroller), 0);
}

static void
on_row_selected (TouErrorListWindow *self, GtkListBoxRow *row)
{
    const TouErrorEntry *entries;
    guint n;

    if (row == NULL) {
        gtk_label_set_text (self->error_text_label, "");
        return;
    }
    entries = get_entries (row, &n);
    show_code (self, entries, n);
}

/* Only now it is known where the row is. */
static void
on_list_allocated (TouErrorListWindow *self)
{
    GtkListBoxRow *row = gtk_list_box_get_selected_row (self->error_code_list);
    GtkAllocation place;

    if (!self->has_to_show || row == NULL)
        return;
    self->has_to_show = FALSE;
    gtk_widget_get_allocation (GTK_WIDGET (row), &place);
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (self->error_code_scroller), place.y,
                               place.y + place.height);
}

static void
add_row (TouErrorListWindow *self, const TouErrorEntry *entry)
{
    g_autofree char *text = g_strdup_printf ("%s  %s", entry->code, _ (entry->message));
    GtkWidget *row = gtk_list_box_row_new ();
    GtkWidget *label = gtk_label_new (text);

    g_object_set_data (G_OBJECT (row), "code", (gpointer) entry->code);
    g_object_set (label, "xalign", 0.0, "wrap", TRUE, "max-width-chars", 34, "margin", 6, NULL);
    gtk_container_add (GTK_CONTAINER (row), label);
    atk_object_set_name (gtk_widget_get_accessible (row), text);
    gtk_widget_show_all (row);
    gtk_list_box_insert (self->error_code_list, row, -1);
}

static void
add_rows (TouErrorListWindow *self)
{
    guint n;
    const TouErrorEntry *entries = tou_error_catalogue_get_all (&n);

    for (guint i = 0; i < n; i++)
        if (i == 0 || !g_str_equal (entries[i - 1].code, entries[i].code))
            add_row (self, &entries[i]);
}

static void
finalize (GObject *object)
{
    g_strfreev (TOU_ERROR_LIST_WINDOW (object)->words);
    G_OBJECT_CLASS (tou_error_list_window_parent_class)->finalize (object);
}

static void
tou_error_list_window_class_init (TouErrorListWindowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->finalize = finalize;
    g_type_ensure (TOU_TYPE_FOLD);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-error-list-window.ui");
    gtk_widget_class_bind_template_child (widget_class, TouErrorListWindow, error_search_entry);
    gtk_widget_class_bind_template_child (widget_class, TouErrorListWindow, error_code_list);
    gtk_widget_class_bind_template_child (widget_class, TouErrorListWindow, error_code_scroller);
    gtk_widget_class_bind_template_child (widget_class, TouErrorListWindow, error_text_scroller);
    gtk_widget_class_bind_template_child (widget_class, TouErrorListWindow, error_text_label);
    gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
    gtk_widget_class_bind_template_callback (widget_class, on_next_match);
    gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
    gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
}

static void
tou_error_list_window_init (TouErrorListWindow *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    tou_side_window_set_up (GTK_WINDOW (self));
    add_rows (self);
    g_signal_connect_object (self->error_code_list, "size-allocate", G_CALLBACK (on_list_allocated), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    gtk_list_box_set_filter_func (self->error_code_list, matches, self, NULL);
    tou_accessible_ids_set (GTK_WIDGET (self));
    tou_word_wrap_set (GTK_WIDGET (self));
}

static void
show_entry (TouErrorListWindow *self, const TouErrorEntry *entry)
{
    self->cause = entry;
    self->has_to_show = TRUE;
    gtk_widget_queue_resize (GTK_WIDGET (self->error_code_list));
    gtk_entry_set_text (GTK_ENTRY (self->error_search_entry), "");
    on_search_changed (self);
    gtk_list_box_select_row (self->error_code_list, NULL);
    for (int i = 0; entry != NULL; i++) {
        GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->error_code_list, i);

        if (row == NULL || g_str_equal (g_object_get_data (G_OBJECT (row), "code"), entry->code)) {
            gtk_list_box_select_row (self->error_code_list, row);
            return;
        }
    }
    select_first (self);
}

static GtkWindow *
find_main_window (GtkWindow *window)
{
    while (gtk_window_get_transient_for (window) != NULL)
        window = gtk_window_get_transient_for (window);
    return window;
}

static void
on_destroyed (GtkWidget *list, GtkWindow *main_window)
{
    g_object_set_data (G_OBJECT (main_window), KEY, NULL);
}

TouErrorListWindow *
tou_error_list_window_present (GtkWindow *over, const TouErrorEntry *entry)
{
    GtkWindow *main_window = find_main_window (over);
    TouErrorListWindow *self = g_object_get_data (G_OBJECT (main_window), KEY);

    if (self == NULL) {
        self = g_object_new (TOU_TYPE_ERROR_LIST_WINDOW, "transient-for", main_window, NULL);
        g_object_set_data (G_OBJECT (main_window), KEY, self);
        g_signal_connect_object (self, "destroy", G_CALLBACK (on_destroyed), main_window, 0);
    }
    show_entry (self, entry);
    gtk_widget_grab_focus (self->error_search_entry);
    gtk_window_present (GTK_WINDOW (self));
    return self;
}
