/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-field-entry.h"

#include "tou-field-fault.h"
#include "tou-field-text.h"
#include "tou-fold.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The text before something was put in its place at the press of a button. */
typedef struct {
    char *text;
    guint caret;
} Step;

struct _TouFieldEntry {
    GtkGrid parent_instance;

    TouField field;
    gboolean is_composing; /* an input method shows text that is not in the entry yet */
    gboolean was_left;     /* from then on an empty or incomplete text is marked */
    gboolean is_loading;
    gboolean is_stepping;  /* the text changes by a button, not by hand */
    char *late_text;       /* (nullable): to be loaded once a composition has ended */
    guint composed_source; /* looks at the text once a composition has ended */
    char *note;            /* (nullable): what tidying or a button changed */
    GSList *steps;         /* of Step, newest first; until something is typed */

    GtkLabel *label;
    GtkEntry *entry;
    GtkLabel *hint;
    GtkLabel *long_hint; /* under the entry, where there is no room beside it */
    GtkLabel *counter;
    GtkWidget *no_fax_button;
    GtkWidget *message_row;
    GtkImage *message_icon;
    GtkLabel *message;
    GtkButton *substitute_button;
    GtkWidget *undo_button;
};

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (TouFieldEntry, tou_field_entry, GTK_TYPE_GRID)

static gboolean
check (TouFieldEntry *self, TouFieldCheck *out_check)
{
    return tou_field_check (self->field, gtk_entry_get_text (self->entry), out_check);
}

static gboolean
is_shown (TouFieldEntry *self, TouFieldFault fault)
{
    switch (fault) {
    case TOU_FIELD_FAULT_CHARACTER:
    case TOU_FIELD_FAULT_TOO_LONG:
        return TRUE;
    case TOU_FIELD_FAULT_FORMAT:
    case TOU_FIELD_FAULT_EMPTY:
        return self->was_left;
    case TOU_FIELD_FAULT_NONE:
        return FALSE;
    }
    return FALSE;
}

typedef PangoAttribute *(*MakeColour) (guint16 red, guint16 green, guint16 blue);

static void
add_mark (PangoAttrList *attributes, const TouFieldSpan *span, PangoAttribute *mark)
{
    mark->start_index = span->start;
    mark->end_index = span->end;
    pango_attr_list_insert (attributes, mark);
}

/* @name: in the palettes of tou-style.h */
static void
add_colour (TouFieldEntry *self, PangoAttrList *attributes, const TouFieldSpan *span, const char *name,
            MakeColour make)
{
    GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self->entry));
    GdkRGBA colour;

    if (gtk_style_context_lookup_color (style, name, &colour))
        add_mark (attributes, span,
                  make ((guint16) (colour.red * G_MAXUINT16), (guint16) (colour.green * G_MAXUINT16),
                        (guint16) (colour.blue * G_MAXUINT16)));
}

/* A space or a line break has nothing that could be seen underlined. */
static void
mark_wrong (TouFieldEntry *self)
{
    g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
    g_autoptr (GArray) spans = tou_field_find_wrong (self->field, gtk_entry_get_text (self->entry));

    for (guint i = 0; i < spans->len; i++) {
        const TouFieldSpan *span = &g_array_index (spans, TouFieldSpan, i);

        add_mark (attributes, span, pango_attr_underline_new (PANGO_UNDERLINE_ERROR));
        add_colour (self, attributes, span, "tou_bad_ground", pango_attr_background_new);
        add_colour (self, attributes, span, "tou_bad", pango_attr_foreground_new);
    }
    gtk_entry_set_attributes (self->entry, attributes);
}

/* The theme may have become another. */
static void
on_style_updated (GtkWidget *entry, TouFieldEntry *self)
{
    if (!self->is_composing)
        mark_wrong (self);
}

static void
show_counter (TouFieldEntry *self, const TouFieldCheck *result)
{
    g_autofree char *text = g_strdup_printf ("%u/%u", result->n_chars, result->limit);
    /* Translators: said by a screen reader for the counter beside a field */
    g_autofree char *spoken = g_strdup_printf (_ ("%u of %u characters"), result->n_chars, result->limit);

    gtk_label_set_text (self->counter, text);
    atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->counter)), spoken);
}

static void
set_style (GtkWidget *widget, const char *class_name, gboolean is_set)
{
    GtkStyleContext *style = gtk_widget_get_style_context (widget);

    if (is_set)
        gtk_style_context_add_class (style, class_name);
    else
        gtk_style_context_remove_class (style, class_name);
}

static void
show_message (TouFieldEntry *self, const char *text, gboolean is_fault)
{
    AtkObject *accessible = gtk_widget_get_accessible (GTK_WIDGET (self->entry));
    const char *hint = tou_field_get_hint (self->field);
    g_autofree char *description = g_strjoin (" ", _ (hint), text, NULL);

    gtk_label_set_text (self->message, text != NULL ? text : "");
    gtk_image_set_from_icon_name (self->message_icon,
                                  is_fault ? "dialog-warning-symbolic" : "dialog-information-symbolic",
                                  GTK_ICON_SIZE_MENU);
    set_style (self->message_row, "tou-fault", is_fault);
    set_style (GTK_WIDGET (self->entry), GTK_STYLE_CLASS_ERROR, is_fault);
    gtk_widget_set_visible (self->message_row, text != NULL);
    atk_object_set_description (accessible, description);
}

static void
show_substitute (TouFieldEntry *self, const TouFieldCheck *result)
{
    gboolean has_one = result->fault == TOU_FIELD_FAULT_CHARACTER && result->substitute != NULL;
    g_autofree char *label = NULL;

    if (has_one) {
        label = tou_field_text_offer (result->substitute);
        gtk_button_set_label (self->substitute_button, label);
    }
    gtk_widget_set_visible (GTK_WIDGET (self->substitute_button), has_one);
}

static void
refresh (TouFieldEntry *self)
{
    TouFieldCheck result = { 0 };
    g_autofree char *message = NULL;
    gboolean is_fault;

    if (self->is_composing)
        return;
    check (self, &result);
    is_fault = is_shown (self, result.fault);
    message = is_fault ? tou_field_fault_dup_text (self->field, &result) : g_strdup (self->note);
    mark_wrong (self);
    show_counter (self, &result);
    show_message (self, message, is_fault);
    show_substitute (self, &result);
    /* Only one button at a time: there is no room for two beside a longer message. Ctrl+Z works always. */
    gtk_widget_set_visible (self->undo_button,
                            self->steps != NULL
                                && !gtk_widget_get_visible (GTK_WIDGET (self->substitute_button)));
}

/* The composition stays as it is: the entry itself is not touched, its style neither. */
static void
show_composing (TouFieldEntry *self)
{
    show_message (self, _ ("Characters are still being converted. Please finish that first."), FALSE);
    gtk_widget_hide (GTK_WIDGET (self->substitute_button));
    gtk_widget_hide (self->undo_button);
}

static void
replace_text (TouFieldEntry *self, const char *text, guint caret)
{
    gtk_entry_set_text (self->entry, text);
    gtk_editable_set_position (GTK_EDITABLE (self->entry), (int) caret);
}

static void
tidy (TouFieldEntry *self)
{
    const char *before = gtk_entry_get_text (self->entry);
    g_autofree char *after = tou_field_tidy (self->field, before);
    g_autofree char *note = NULL;

    if (self->is_composing || g_str_equal (before, after))
        return;
    note = tou_field_text_note (before, after);
    replace_text (self, after, (guint) gtk_editable_get_position (GTK_EDITABLE (self->entry)));
    g_free (self->note);
    self->note = g_steal_pointer (&note);
}

static void
free_step (gpointer data)
{
    Step *step = data;

    g_free (step->text);
    g_free (step);
}

static void
step_to (TouFieldEntry *self, const char *text, guint caret)
{
    self->is_stepping = TRUE;
    replace_text (self, text, caret);
    self->is_stepping = FALSE;
}

/* @note: (transfer full) */
static void
do_step (TouFieldEntry *self, const char *text, guint caret, char *note)
{
    Step *step = g_new (Step, 1);

    step->text = g_strdup (gtk_entry_get_text (self->entry));
    step->caret = (guint) gtk_editable_get_position (GTK_EDITABLE (self->entry));
    self->steps = g_slist_prepend (self->steps, step);
    step_to (self, text, caret);
    g_free (self->note);
    self->note = note;
    refresh (self);
}

static void
undo_step (TouFieldEntry *self)
{
    Step *step = self->steps->data;

    self->steps = g_slist_delete_link (self->steps, self->steps);
    step_to (self, step->text, step->caret);
    free_step (step);
    gtk_entry_grab_focus_without_selecting (self->entry);
    refresh (self);
}

static void
on_undo_clicked (GtkButton *button, TouFieldEntry *self)
{
    if (self->is_composing)
        show_composing (self);
    else if (self->steps != NULL)
        undo_step (self);
}

static gboolean
on_entry_key_pressed (GtkWidget *entry, const GdkEventKey *event, TouFieldEntry *self)
{
    guint modifiers = event->state & gtk_accelerator_get_default_mod_mask ();

    if (event->keyval != GDK_KEY_z || modifiers != GDK_CONTROL_MASK)
        return GDK_EVENT_PROPAGATE;
    if (self->is_composing || self->steps == NULL)
        return GDK_EVENT_PROPAGATE;
    undo_step (self);
    return GDK_EVENT_STOP;
}

static void
on_entry_changed (GtkEditable *editable, TouFieldEntry *self)
{
    g_clear_pointer (&self->note, g_free);
    g_clear_pointer (&self->late_text, g_free);
    if (!self->is_stepping)
        g_clear_slist (&self->steps, free_step);
    refresh (self);
    if (!self->is_loading)
        g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
on_composed (gpointer data)
{
    TouFieldEntry *self = data;
    g_autofree char *late_text = g_steal_pointer (&self->late_text);

    self->composed_source = 0;
    if (late_text != NULL)
        tou_field_entry_set_text (self, late_text);
    if (!gtk_widget_is_focus (GTK_WIDGET (self->entry)))
        tidy (self);
    refresh (self);
    return G_SOURCE_REMOVE;
}

/* The entry takes the new composition over only after this signal: it must be left alone until then. */
static void
on_preedit_changed (GtkEntry *entry, const char *preedit, TouFieldEntry *self)
{
    self->is_composing = preedit[0] != '\0';
    if (!self->is_composing && self->composed_source == 0)
        self->composed_source = g_idle_add (on_composed, self);
}

/* Not focus-out-event: that also comes when the whole window is left, to look something up for instance. */
static void
on_is_focus_changed (GtkWidget *entry, GParamSpec *pspec, TouFieldEntry *self)
{
    if (gtk_widget_is_focus (entry) || gtk_widget_in_destruction (GTK_WIDGET (self)))
        return;
    self->was_left = TRUE;
    tidy (self);
    refresh (self);
}

static void
on_substitute_clicked (GtkButton *button, TouFieldEntry *self)
{
    guint caret = (guint) gtk_editable_get_position (GTK_EDITABLE (self->entry));
    TouFieldCheck result = { 0 };
    g_autofree char *replaced = NULL;

    if (self->is_composing) {
        show_composing (self);
        return;
    }
    check (self, &result);
    if (result.fault != TOU_FIELD_FAULT_CHARACTER || result.substitute == NULL)
        return;
    replaced = tou_field_replace (gtk_entry_get_text (self->entry), result.position, result.substitute);
    if (caret > result.position)
        caret += (guint) g_utf8_strlen (result.substitute, -1) - 1;
    do_step (self, replaced, caret, tou_field_text_replaced (result.character, result.substitute));
    gtk_entry_grab_focus_without_selecting (self->entry);
}

static void
on_no_fax_clicked (GtkButton *button, TouFieldEntry *self)
{
    if (self->is_composing)
        show_composing (self);
    else if (!g_str_equal (gtk_entry_get_text (self->entry), TOU_FIELD_NO_FAX))
        do_step (self, TOU_FIELD_NO_FAX, strlen (TOU_FIELD_NO_FAX),
                 g_strdup (_ ("03-0000-0000 was entered, which stands for “no FAX”.")));
}

static gboolean
is_text (TouField field)
{
    return field == TOU_FIELD_CONTACT_NAME || field == TOU_FIELD_CONTACT_ADDRESS
           || field == TOU_FIELD_CONTACT_PERSON;
}

static void
set_field (TouFieldEntry *self, TouField field)
{
    const char *label = tou_field_get_label (field);
    const char *hint = tou_field_get_hint (field);
    gboolean text = is_text (field);
    gboolean is_fax = field == TOU_FIELD_CONTACT_FAX || field == TOU_FIELD_COMPANY_FAX;

    self->field = field;
    gtk_label_set_text_with_mnemonic (self->label, _ (label));
    gtk_label_set_text (is_fax ? self->long_hint : self->hint, _ (hint));
    gtk_widget_set_visible (GTK_WIDGET (self->hint), !is_fax);
    gtk_widget_set_visible (GTK_WIDGET (self->long_hint), is_fax);
    gtk_entry_set_input_purpose (self->entry, text ? GTK_INPUT_PURPOSE_FREE_FORM : GTK_INPUT_PURPOSE_PHONE);
    gtk_entry_set_max_width_chars (self->entry, text ? 24 : 16);
    gtk_box_set_child_packing (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->entry))),
                               GTK_WIDGET (self->entry), text, TRUE, 0, GTK_PACK_START);
    gtk_widget_set_visible (GTK_WIDGET (self->counter), text);
    gtk_widget_set_visible (self->no_fax_button, is_fax);
    /* Two of them may stand on one page. */
    if (field == TOU_FIELD_COMPANY_FAX)
        gtk_button_set_label (GTK_BUTTON (self->no_fax_button), _ ("N_o FAX"));
    refresh (self);
}

/* Beside the entry, not in the middle of what may stand below it. */
static void
level_label (TouFieldEntry *self)
{
    g_autoptr (GtkSizeGroup) line = gtk_size_group_new (GTK_SIZE_GROUP_VERTICAL);

    gtk_size_group_add_widget (line, GTK_WIDGET (self->label));
    gtk_size_group_add_widget (line, GTK_WIDGET (self->entry));
}

static void
relate_message (TouFieldEntry *self)
{
    AtkObject *entry = gtk_widget_get_accessible (GTK_WIDGET (self->entry));
    AtkObject *message = gtk_widget_get_accessible (GTK_WIDGET (self->message));

    atk_object_add_relationship (entry, ATK_RELATION_DESCRIBED_BY, message);
    atk_object_add_relationship (message, ATK_RELATION_DESCRIPTION_FOR, entry);
}

static void
dispose (GObject *object)
{
    g_clear_handle_id (&TOU_FIELD_ENTRY (object)->composed_source, g_source_remove);
    G_OBJECT_CLASS (tou_field_entry_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
    g_free (TOU_FIELD_ENTRY (object)->note);
    g_free (TOU_FIELD_ENTRY (object)->late_text);
    g_slist_free_full (TOU_FIELD_ENTRY (object)->steps, free_step);
    G_OBJECT_CLASS (tou_field_entry_parent_class)->finalize (object);
}

static void
tou_field_entry_class_init (TouFieldEntryClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    G_OBJECT_CLASS (klass)->finalize = finalize;
    signals[SIGNAL_CHANGED] = g_signal_new ("changed", TOU_TYPE_FIELD_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 0);
    g_type_ensure (TOU_TYPE_FOLD);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-field-entry.ui");
    gtk_widget_class_bind_template_child (widget_class, TouFieldEntry, label);
    gtk_widget_class_bind_template_child (widget_class, TouFieldEntry, entry);
    gtk_widget_class_bind_template_child (widget_class, TouFieldEntry, hint);
    gtk_widget_class_bind_template_child (widget_class, TouFieldEntry, long_hint);
    gtk_widget_class_bind_template_child (widget_class, TouFieldEntry, counter);
    gtk_widget_class_bind_template_child (widget_class, TouFieldEntry, no_fax_button);
    gtk_widget_class_bind_template_child (widget_class, TouFieldEntry, message_row);
    gtk_widget_class_bind_template_child (widget_class, TouFieldEntry, message_icon);
    gtk_widget_class_bind_template_child (widget_class, TouFieldEntry, message);
    gtk_widget_class_bind_template_child (widget_class, TouFieldEntry, substitute_button);
    gtk_widget_class_bind_template_child (widget_class, TouFieldEntry, undo_button);
    gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
    gtk_widget_class_bind_template_callback (widget_class, on_preedit_changed);
    gtk_widget_class_bind_template_callback (widget_class, on_is_focus_changed);
    gtk_widget_class_bind_template_callback (widget_class, on_entry_key_pressed);
    gtk_widget_class_bind_template_callback (widget_class, on_substitute_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_undo_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_no_fax_clicked);
}

static void
tou_field_entry_init (TouFieldEntry *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    level_label (self);
    relate_message (self);
    g_signal_connect_object (self->entry, "style-updated", G_CALLBACK (on_style_updated), self, 0);
}

GtkWidget *
tou_field_entry_new (TouField field, GtkSizeGroup *labels)
{
    TouFieldEntry *self = g_object_new (TOU_TYPE_FIELD_ENTRY, NULL);

    set_field (self, field);
    if (labels != NULL)
        gtk_size_group_add_widget (labels, GTK_WIDGET (self->label));
    return GTK_WIDGET (self);
}

TouField
tou_field_entry_get_field (TouFieldEntry *self)
{
    return self->field;
}

const char *
tou_field_entry_get_text (TouFieldEntry *self)
{
    return gtk_entry_get_text (self->entry);
}

void
tou_field_entry_set_text (TouFieldEntry *self, const char *text)
{
    if (self->is_composing) {
        g_free (self->late_text);
        self->late_text = g_strdup (text != NULL ? text : "");
        return;
    }
    self->is_loading = TRUE;
    self->was_left = FALSE;
    gtk_entry_set_text (self->entry, text != NULL ? text : "");
    self->is_loading = FALSE;
    refresh (self);
}

gboolean
tou_field_entry_confirm (TouFieldEntry *self)
{
    TouFieldCheck result = { 0 };

    self->was_left = TRUE;
    if (self->is_composing) {
        show_composing (self);
        return FALSE;
    }
    tidy (self);
    refresh (self);
    return check (self, &result);
}

void
tou_field_entry_focus (TouFieldEntry *self)
{
    TouFieldCheck result = { 0 };

    gtk_entry_grab_focus_without_selecting (self->entry);
    if (self->is_composing)
        return;
    check (self, &result);
    gtk_editable_set_position (GTK_EDITABLE (self->entry),
                               result.fault == TOU_FIELD_FAULT_CHARACTER ? (int) result.position + 1 : -1);
}

GtkEntry *
tou_field_entry_get_entry (TouFieldEntry *self)
{
    return self->entry;
}
