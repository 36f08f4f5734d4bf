/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-page-stack.h"

#include "tou-clamp.h"
#include "tou-fold.h"
#include "tou-page-table.h"
#include "tou-word-wrap.h"

/* In pixels, of 1 em: the first page is then taller than its window may be. */
#define LARGE_TEXT 16
/* What can be scrolled inside a page then is at least so high, in pixels. */
#define LARGE_TEXT_HEIGHT 220

struct _TouPageStack {
    GtkStack parent_instance;

    TouAgencyChoice *choice;
    TouFlows *flows; /* (nullable): of the agency in use */
    TouPage *pages[TOU_N_PAGES];
    TouPage *page;      /* the one on screen */
    TouPageId soon;     /* to be built once there is nothing else to do */
    guint build_source; /* 0: nothing is to be built */
    guint scroll_source;
    gboolean was_drawn;
};

enum { SIGNAL_OPENED, SIGNAL_ERROR, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (TouPageStack, tou_page_stack, GTK_TYPE_STACK)

static void
on_page_go (TouPage *page, int id, TouPageStack *self)
{
    if (page == self->page)
        tou_page_stack_show (self, (TouPageId) id);
}

static void
on_page_error (TouPage *page, const GError *error, TouPageStack *self)
{
    g_signal_emit (self, signals[SIGNAL_ERROR], 0, error);
}

static void on_page_soon (TouPage *page, int id, TouPageStack *self);

static TouPage *
make_page (TouPageStack *self, const TouPageRow *row)
{
    TouPage *page;

    if (row->needs_flows)
        page = g_object_new (row->get_type (), "flows", self->flows, "operation", row->operation, NULL);
    else
        page = g_object_new (row->get_type (), "agency-choice", self->choice, NULL);
    if (row->needs_flows) /* nothing is to be done for the first frame that can be spared */
        tou_word_wrap_set (GTK_WIDGET (page));
    gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (page)), "tou-page");
    g_signal_connect_object (page, "go", G_CALLBACK (on_page_go), self, 0);
    g_signal_connect_object (page, "soon", G_CALLBACK (on_page_soon), self, 0);
    g_signal_connect_object (page, "error", G_CALLBACK (on_page_error), self, 0);
    gtk_widget_show (GTK_WIDGET (page));
    return page;
}

static GtkWidget *
put_into_scroller (GtkWidget *child)
{
    GtkWidget *scroller = gtk_scrolled_window_new (NULL, NULL);

    /* That the page's buttons are further down has to be seen. */
    gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scroller), FALSE);
    gtk_container_add (GTK_CONTAINER (scroller), child);
    return scroller;
}

static gboolean
is_text_large (TouPageStack *self)
{
    return tou_fold_get_em (GTK_WIDGET (self)) > LARGE_TEXT;
}

/* The page has all the height that it wants, and so has what is scrolled inside it. */
static void
give_height (GtkWidget *part, gpointer data)
{
    if (GTK_IS_SCROLLED_WINDOW (part))
        gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (part), LARGE_TEXT_HEIGHT);
}

static void
build_page (TouPageStack *self, const TouPageRow *row)
{
    GtkWidget *child;

    if (self->pages[row->page] != NULL)
        return;
    self->pages[row->page] = make_page (self, row);
    child = tou_clamp_new ();
    gtk_container_add (GTK_CONTAINER (child), GTK_WIDGET (self->pages[row->page]));
    if (is_text_large (self))
        gtk_container_foreach (GTK_CONTAINER (self->pages[row->page]), give_height, NULL);
    if (row->scrolls || is_text_large (self))
        child = put_into_scroller (child);
    gtk_widget_show (child);
    gtk_stack_add_named (GTK_STACK (self), child, row->id);
}

static gboolean
on_idle (gpointer data)
{
    TouPageStack *self = data;

    self->build_source = 0;
    build_page (self, tou_page_table_get (self->soon));
    return G_SOURCE_REMOVE;
}

static void
on_page_soon (TouPage *page, int id, TouPageStack *self)
{
    self->soon = (TouPageId) id;
    if (self->build_source == 0)
        self->build_source = g_idle_add_full (G_PRIORITY_LOW, on_idle, self, NULL);
}

/* Returns: G_SOURCE_REMOVE */
static gboolean
let_first_page_scroll (gpointer data)
{
    TouPageStack *self = data;
    const TouPageRow *row = tou_page_table_get (TOU_PAGE_CATEGORY);
    GtkWidget *child = gtk_stack_get_child_by_name (GTK_STACK (self), row->id);
    gboolean is_shown = child != NULL && gtk_stack_get_visible_child (GTK_STACK (self)) == child;
    GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
    GtkWidget *focus = GTK_IS_WINDOW (window) ? gtk_window_get_focus (GTK_WINDOW (window)) : NULL;

    self->scroll_source = 0;
    if (!TOU_IS_CLAMP (child))
        return G_SOURCE_REMOVE;
    g_object_ref (child);
    gtk_container_remove (GTK_CONTAINER (self), child);
    gtk_stack_add_named (GTK_STACK (self), put_into_scroller (child), row->id);
    gtk_widget_show (gtk_widget_get_ancestor (child, GTK_TYPE_SCROLLED_WINDOW));
    if (is_shown)
        gtk_stack_set_visible_child_name (GTK_STACK (self), row->id);
    if (focus != NULL && gtk_widget_is_ancestor (focus, child))
        gtk_widget_grab_focus (focus);
    g_object_unref (child);
    return G_SOURCE_REMOVE;
}

/* The first frame was painted. */
static gboolean
draw (GtkWidget *widget, cairo_t *cr)
{
    TouPageStack *self = TOU_PAGE_STACK (widget);

    if (!self->was_drawn)
        self->scroll_source = g_idle_add_full (G_PRIORITY_LOW, let_first_page_scroll, self, NULL);
    self->was_drawn = TRUE;
    return GTK_WIDGET_CLASS (tou_page_stack_parent_class)->draw (widget, cr);
}

static void
scroll_to_top (TouPageStack *self)
{
    GtkWidget *child = gtk_stack_get_visible_child (GTK_STACK (self));

    if (GTK_IS_SCROLLED_WINDOW (child))
        gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (child)), 0);
}

static void
hide_page (TouPageStack *self)
{
    g_clear_handle_id (&self->build_source, g_source_remove);
    if (self->page != NULL)
        tou_page_hidden (self->page);
}

static void
drop_flow_pages (TouPageStack *self)
{
    for (guint i = 0; i < TOU_N_PAGES; i++) {
        const TouPageRow *row = tou_page_table_get (i);

        if (!row->needs_flows || self->pages[i] == NULL)
            continue;
        gtk_widget_destroy (gtk_stack_get_child_by_name (GTK_STACK (self), row->id));
        self->pages[i] = NULL;
    }
}

static void
dispose (GObject *object)
{
    TouPageStack *self = TOU_PAGE_STACK (object);

    g_clear_handle_id (&self->scroll_source, g_source_remove);
    tou_page_stack_leave (self);
    g_clear_object (&self->choice);
    g_clear_pointer (&self->flows, tou_flows_unref);
    G_OBJECT_CLASS (tou_page_stack_parent_class)->dispose (object);
}

static void
tou_page_stack_class_init (TouPageStackClass *klass)
{
    GType type = G_TYPE_FROM_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    GTK_WIDGET_CLASS (klass)->draw = draw;
    signals[SIGNAL_OPENED] = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_INT);
    signals[SIGNAL_ERROR] = g_signal_new ("error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                          1, G_TYPE_ERROR);
}

static void
tou_page_stack_init (TouPageStack *self)
{
}

void
tou_page_stack_set_choice (TouPageStack *self, TouAgencyChoice *choice)
{
    g_return_if_fail (TOU_IS_PAGE_STACK (self) && self->page == NULL);
    g_set_object (&self->choice, choice);
}

void
tou_page_stack_set_flows (TouPageStack *self, TouFlows *flows)
{
    g_return_if_fail (TOU_IS_PAGE_STACK (self));
    if (self->page != NULL && self->page != self->pages[TOU_PAGE_CATEGORY])
        tou_page_stack_show (self, TOU_PAGE_CATEGORY);
    drop_flow_pages (self);
    g_clear_pointer (&self->flows, tou_flows_unref);
    self->flows = tou_flows_ref (flows);
}

void
tou_page_stack_show (TouPageStack *self, TouPageId page)
{
    const TouPageRow *row = tou_page_table_get (page);

    g_return_if_fail (TOU_IS_PAGE_STACK (self));
    g_return_if_fail (!row->needs_flows || self->flows != NULL);
    hide_page (self);
    build_page (self, row);
    self->page = self->pages[page];
    gtk_stack_set_visible_child_name (GTK_STACK (self), row->id);
    scroll_to_top (self);
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, (int) page);
    tou_page_shown (self->page);
}

void
tou_page_stack_leave (TouPageStack *self)
{
    g_return_if_fail (TOU_IS_PAGE_STACK (self));
    hide_page (self);
    self->page = NULL;
}

gboolean
tou_page_stack_go_back (TouPageStack *self)
{
    g_return_val_if_fail (TOU_IS_PAGE_STACK (self) && self->page != NULL, FALSE);
    return tou_page_go_back (self->page);
}
