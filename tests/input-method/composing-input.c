/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

/* A GTK input module that behaves as Japanese input methods do, for tests: Ctrl+space turns it on in an
 * entry; then letters are composed in the entry, the space bar converts and goes on to the next candidate,
 * Return enters, Escape gives up, F10 goes back to the letters; leaving the entry enters what is composed. As
 * with ibus the text is committed while the composition is still shown, and only then the composition ends.
 * With Ctrl, Alt or Super, keys are left to the program. */

#include <gmodule.h>
#include <gtk/gtk.h>
#include <gtk/gtkimmodule.h>

/* What GTK looks for in a module; it declares none of them. */
void im_module_init (GTypeModule *module);
void im_module_exit (void);
void im_module_list (const GtkIMContextInfo ***contexts, guint *n_contexts);
GtkIMContext *im_module_create (const char *id);

#define CONTEXT_ID "touroku-composing"

typedef struct {
    GtkIMContext parent_instance;

    gboolean is_on;
    GString *letters;
    const char *candidate; /* (nullable): not converted */
    guint n_conversions;
} ComposingInput;

typedef struct {
    GtkIMContextClass parent_class;
} ComposingInputClass;

static const struct {
    const char *letters;
    const char *candidates[3];
} words[] = {
    { "soumubu", { "総務部" } },      { "kabu", { "株", "㈱" } }, { "takahashi", { "高橋", "髙橋" } },
    { "yamada", { "山田", "ﾔﾏﾀﾞ" } }, { "0", { "０" } },
};

GType composing_input_get_type (void);
G_DEFINE_DYNAMIC_TYPE (ComposingInput, composing_input, GTK_TYPE_IM_CONTEXT)
#define COMPOSING_INPUT(object)                                                                              \
    (G_TYPE_CHECK_INSTANCE_CAST ((object), composing_input_get_type (), ComposingInput))

static const char *
get_shown (ComposingInput *self)
{
    return self->candidate != NULL ? self->candidate : self->letters->str;
}

static void
show (ComposingInput *self)
{
    g_signal_emit_by_name (self, "preedit-changed");
}

static void
end (ComposingInput *self)
{
    g_string_truncate (self->letters, 0);
    self->candidate = NULL;
    self->n_conversions = 0;
    show (self);
    g_signal_emit_by_name (self, "preedit-end");
}

static void
enter (ComposingInput *self)
{
    g_autofree char *text = g_strdup (get_shown (self));

    g_signal_emit_by_name (self, "commit", text);
    end (self);
}

static void
convert (ComposingInput *self)
{
    for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
        guint n = words[i].candidates[1] != NULL ? 2 : 1;

        if (g_str_equal (words[i].letters, self->letters->str))
            self->candidate = words[i].candidates[self->n_conversions++ % n];
    }
    show (self);
}

static void
compose (ComposingInput *self, guint key)
{
    if (self->candidate != NULL)
        enter (self);
    if (self->letters->len == 0)
        g_signal_emit_by_name (self, "preedit-start");
    g_string_append_unichar (self->letters, gdk_keyval_to_unicode (key));
    show (self);
}

static gboolean
take_key (ComposingInput *self, guint key)
{
    if (self->letters->len == 0)
        return FALSE;
    if (key == GDK_KEY_space)
        convert (self);
    else if (key == GDK_KEY_Return)
        enter (self);
    else if (key == GDK_KEY_Escape)
        end (self);
    else if (key == GDK_KEY_F10)
        self->candidate = NULL, show (self);
    /* Every other key is the input method's while it composes. */
    return TRUE;
}

/* Off, it is a keyboard. */
static gboolean
pass_key (ComposingInput *self, guint key)
{
    gunichar c = gdk_keyval_to_unicode (key);
    char text[7] = { 0 };

    if (c < ' ' || c == 0x7F)
        return FALSE;
    g_unichar_to_utf8 (c, text);
    g_signal_emit_by_name (self, "commit", text);
    return TRUE;
}

static gboolean
filter_keypress (GtkIMContext *context, GdkEventKey *event)
{
    ComposingInput *self = COMPOSING_INPUT (context);
    guint modifiers = event->state & (GDK_CONTROL_MASK | GDK_MOD1_MASK | GDK_SUPER_MASK);

    if (event->type != GDK_KEY_PRESS)
        return FALSE;
    if (event->keyval == GDK_KEY_space && modifiers == GDK_CONTROL_MASK) {
        self->is_on = !self->is_on;
        return TRUE;
    }
    if (modifiers != 0)
        return FALSE;
    if (!self->is_on)
        return pass_key (self, event->keyval);
    if ((event->keyval < 'a' || event->keyval > 'z') && event->keyval != '0')
        return take_key (self, event->keyval);
    compose (self, event->keyval);
    return TRUE;
}

static void
get_preedit_string (GtkIMContext *context, char **text, PangoAttrList **attributes, int *cursor)
{
    const char *shown = get_shown (COMPOSING_INPUT (context));

    if (text != NULL)
        *text = g_strdup (shown);
    if (cursor != NULL)
        *cursor = (int) g_utf8_strlen (shown, -1);
    if (attributes != NULL) {
        *attributes = pango_attr_list_new ();
        pango_attr_list_insert (*attributes, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE));
    }
}

static void
focus_out (GtkIMContext *context)
{
    if (COMPOSING_INPUT (context)->letters->len > 0)
        enter (COMPOSING_INPUT (context));
}

/* The entry does this when its text is replaced or its cursor moved: what is composed is lost. */
static void
reset (GtkIMContext *context)
{
    if (COMPOSING_INPUT (context)->letters->len > 0)
        end (COMPOSING_INPUT (context));
}

static void
finalize (GObject *object)
{
    g_string_free (COMPOSING_INPUT (object)->letters, TRUE);
    G_OBJECT_CLASS (composing_input_parent_class)->finalize (object);
}

static void
composing_input_class_init (ComposingInputClass *klass)
{
    GtkIMContextClass *context_class = GTK_IM_CONTEXT_CLASS (klass);

    G_OBJECT_CLASS (klass)->finalize = finalize;
    context_class->filter_keypress = filter_keypress;
    context_class->get_preedit_string = get_preedit_string;
    context_class->focus_out = focus_out;
    context_class->reset = reset;
}

static void
composing_input_class_finalize (ComposingInputClass *klass)
{
}

static void
composing_input_init (ComposingInput *self)
{
    self->letters = g_string_new (NULL);
}

G_MODULE_EXPORT void
im_module_init (GTypeModule *module)
{
    g_type_module_use (module);
    composing_input_register_type (module);
}

G_MODULE_EXPORT void
im_module_exit (void)
{
}

G_MODULE_EXPORT void
im_module_list (const GtkIMContextInfo ***contexts, guint *n_contexts)
{
    static const GtkIMContextInfo info = { CONTEXT_ID, "Composing", "touroku", "", "" };
    static const GtkIMContextInfo *const list[] = { &info };

    *contexts = (const GtkIMContextInfo **) list;
    *n_contexts = G_N_ELEMENTS (list);
}

G_MODULE_EXPORT GtkIMContext *
im_module_create (const char *id)
{
    return g_strcmp0 (id, CONTEXT_ID) == 0 ? g_object_new (composing_input_get_type (), NULL) : NULL;
}
