/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-pin-field.h"

#include "tou-card-text.h"
#include "tou-fold.h"
#include "tou-secret-entry-buffer.h"

#include <glib/gi18n-lib.h>

struct _TouPinField {
    GtkBox parent_instance;

    TouSecretEntryBuffer *pin;
    TouCardToken *token;     /* (nullable) */
    TouCardProfile *profile; /* (nullable) */
    char *note;              /* (nullable) */
    gboolean is_current;
    gboolean is_editable;
    gboolean is_explained;

    GtkWidget *pin_part;
    GtkEntry *pin_entry;
    GtkLabel *pin_hint;
    GtkWidget *keypad_label;
    GtkWidget *notice_row;
    GtkImage *notice_icon;
    GtkLabel *notice;
    GtkToggleButton *consent_button;
    GtkLabel *authority_label;
};

enum { SIGNAL_CHANGED, SIGNAL_NOTICE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (TouPinField, tou_pin_field, GTK_TYPE_BOX)

static TouPinState
get_state (TouPinField *self)
{
    return self->token != NULL ? self->token->pin_state : TOU_PIN_STATE_UNKNOWN;
}

static gboolean
has_keypad (TouPinField *self)
{
    return self->token != NULL && self->token->has_keypad;
}

/* What was known before a PIN is not what the card says after it. */
static gboolean
is_last_try (TouPinField *self)
{
    return self->is_current && get_state (self) == TOU_PIN_STATE_FINAL_TRY;
}

static gboolean
is_worth_asking (TouPinField *self)
{
    return is_last_try (self) || (self->is_current && get_state (self) == TOU_PIN_STATE_LOCKED);
}

static const char *
describe_state (TouPinField *self)
{
    if (self->token == NULL || !self->is_current)
        return NULL;
    if (self->is_explained && get_state (self) != TOU_PIN_STATE_FINAL_TRY)
        return NULL;
    return tou_card_text_pin_state (get_state (self));
}

/* An input method left on, or a letter where the card has digits alone, shows in bullets only as a PIN that
 * is refused: it is said at once. */
static const char *
describe_typing (TouPinField *self)
{
    g_autoptr (TouSecret) pin = tou_secret_entry_buffer_dup_secret (self->pin);
    const char *data = tou_secret_get_data (pin);
    gboolean has_other = FALSE;

    for (gsize i = 0; i < tou_secret_get_size (pin); i++) {
        if (!g_ascii_isgraph (data[i]))
            return _ ("Please use half-width digits or letters.");
        has_other |= !g_ascii_isdigit (data[i]);
    }
    if (has_other && tou_card_profile_get_pin_rule (self->profile) == TOU_PIN_RULE_DIGITS)
        return _ ("The PIN of such a card has digits only. Please make sure that it is right.");
    return NULL;
}

static char *
join_lines (const char *const *lines, guint n_lines)
{
    g_autoptr (GPtrArray) present = g_ptr_array_new ();

    for (guint i = 0; i < n_lines; i++)
        if (lines[i] != NULL)
            g_ptr_array_add (present, (gpointer) lines[i]);
    g_ptr_array_add (present, NULL);
    return g_strjoinv ("\n", (char **) present->pdata);
}

static void
show_notice (TouPinField *self)
{
    const char *state = describe_state (self);
    const char *const lines[] = { describe_typing (self), self->note, state };
    g_autofree char *text = join_lines (lines, G_N_ELEMENTS (lines));
    gboolean is_warning = lines[0] != NULL || (state != NULL && get_state (self) != TOU_PIN_STATE_UNKNOWN);

    gtk_label_set_text (self->notice, text);
    gtk_image_set_from_icon_name (self->notice_icon,
                                  is_warning ? "dialog-warning-symbolic" : "dialog-information-symbolic",
                                  GTK_ICON_SIZE_BUTTON);
    gtk_widget_set_visible (self->notice_row, *text != '\0');
    g_signal_emit (self, signals[SIGNAL_NOTICE], 0);
}

static void
show_authority (TouPinField *self)
{
    g_autofree char *text = tou_card_text_authority (self->profile);

    gtk_label_set_text (self->authority_label, text);
    gtk_widget_set_visible (GTK_WIDGET (self->authority_label), is_worth_asking (self));
}

static void
refresh (TouPinField *self)
{
    g_autofree char *length = self->token != NULL ? tou_card_text_pin_length (self->token) : NULL;
    TouPinState state = get_state (self);

    gtk_widget_set_visible (self->pin_part, !has_keypad (self));
    gtk_widget_set_visible (self->keypad_label, has_keypad (self) && self->is_editable);
    gtk_widget_set_sensitive (GTK_WIDGET (self->pin_entry),
                              self->is_editable && self->token != NULL && state != TOU_PIN_STATE_LOCKED);
    gtk_label_set_text (self->pin_hint, length != NULL ? length : "");
    gtk_widget_set_visible (GTK_WIDGET (self->consent_button), is_last_try (self));
    gtk_widget_set_sensitive (GTK_WIDGET (self->consent_button), self->is_editable);
    show_authority (self);
    show_notice (self);
}

static void
on_consent_toggled (TouPinField *self)
{
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
dispose (GObject *object)
{
    TouPinField *self = TOU_PIN_FIELD (object);

    if (self->pin != NULL)
        tou_secret_entry_buffer_wipe (self->pin);
    g_clear_object (&self->pin);
    g_clear_pointer (&self->token, tou_card_token_unref);
    g_clear_pointer (&self->profile, tou_card_profile_unref);
    g_clear_pointer (&self->note, g_free);
    G_OBJECT_CLASS (tou_pin_field_parent_class)->dispose (object);
}

static void
tou_pin_field_class_init (TouPinFieldClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    g_type_ensure (TOU_TYPE_FOLD);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-pin-field.ui");
    gtk_widget_class_bind_template_child (widget_class, TouPinField, pin_part);
    gtk_widget_class_bind_template_child (widget_class, TouPinField, pin_entry);
    gtk_widget_class_bind_template_child (widget_class, TouPinField, pin_hint);
    gtk_widget_class_bind_template_child (widget_class, TouPinField, keypad_label);
    gtk_widget_class_bind_template_child (widget_class, TouPinField, notice_row);
    gtk_widget_class_bind_template_child (widget_class, TouPinField, notice_icon);
    gtk_widget_class_bind_template_child (widget_class, TouPinField, notice);
    gtk_widget_class_bind_template_child (widget_class, TouPinField, consent_button);
    gtk_widget_class_bind_template_child (widget_class, TouPinField, authority_label);
    gtk_widget_class_bind_template_callback (widget_class, on_consent_toggled);
    gtk_widget_class_bind_template_callback (widget_class, show_notice);
    signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);
    signals[SIGNAL_NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
}

static void
tou_pin_field_init (TouPinField *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    self->pin = TOU_SECRET_ENTRY_BUFFER (tou_secret_entry_buffer_new ());
    gtk_entry_set_buffer (self->pin_entry, GTK_ENTRY_BUFFER (self->pin));
    self->is_editable = TRUE;
    self->is_current = TRUE;
    refresh (self);
}

void
tou_pin_field_set_token (TouPinField *self, TouCardToken *token, TouCardProfile *profile)
{
    if (token != NULL)
        tou_card_token_ref (token);
    if (profile != NULL)
        tou_card_profile_ref (profile);
    g_clear_pointer (&self->token, tou_card_token_unref);
    g_clear_pointer (&self->profile, tou_card_profile_unref);
    self->token = token;
    self->profile = profile;
    refresh (self);
}

void
tou_pin_field_set_is_current (TouPinField *self, gboolean is_current)
{
    self->is_current = is_current;
    refresh (self);
}

void
tou_pin_field_set_editable (TouPinField *self, gboolean is_editable)
{
    self->is_editable = is_editable;
    refresh (self);
}

void
tou_pin_field_set_note (TouPinField *self, const char *note)
{
    g_autofree char *before = g_steal_pointer (&self->note);

    self->note = g_strdup (note);
    refresh (self);
}

void
tou_pin_field_set_is_explained (TouPinField *self, gboolean is_explained)
{
    self->is_explained = is_explained;
    refresh (self);
}

const char *
tou_pin_field_get_notice (TouPinField *self)
{
    return gtk_label_get_text (self->notice);
}

void
tou_pin_field_set_description (TouPinField *self, const char *text)
{
    atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (self->pin_entry)), text);
    atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (self->consent_button)), text);
}

gboolean
tou_pin_field_is_allowed (TouPinField *self)
{
    if (self->token == NULL || !self->is_current || self->token->pin_state == TOU_PIN_STATE_LOCKED)
        return FALSE;
    return self->token->pin_state != TOU_PIN_STATE_FINAL_TRY
           || gtk_toggle_button_get_active (self->consent_button);
}

TouSecret *
tou_pin_field_dup_pin (TouPinField *self)
{
    return has_keypad (self) ? NULL : tou_secret_entry_buffer_dup_secret (self->pin);
}

gboolean
tou_pin_field_is_begun (TouPinField *self)
{
    return gtk_entry_buffer_get_length (GTK_ENTRY_BUFFER (self->pin)) > 0;
}

void
tou_pin_field_clear (TouPinField *self)
{
    tou_secret_entry_buffer_wipe (self->pin);
    gtk_toggle_button_set_active (self->consent_button, FALSE);
}

static gboolean
is_character (const GdkEventKey *event)
{
    guint modifiers = event->state & gtk_accelerator_get_default_mod_mask ();

    return (modifiers & ~(guint) GDK_SHIFT_MASK) == 0
           && g_unichar_isgraph (gdk_keyval_to_unicode (event->keyval));
}

gboolean
tou_pin_field_take_key (TouPinField *self, const GdkEventKey *event)
{
    if (!is_character (event))
        return TRUE;
    if (!gtk_widget_get_mapped (GTK_WIDGET (self->pin_entry))
        || !gtk_widget_is_sensitive (GTK_WIDGET (self->pin_entry)))
        return FALSE;
    gtk_entry_grab_focus_without_selecting (self->pin_entry);
    return TRUE;
}

gboolean
tou_pin_field_focus (TouPinField *self)
{
    GtkWidget *next = GTK_WIDGET (self->pin_entry);

    if (is_last_try (self) && !gtk_toggle_button_get_active (self->consent_button))
        next = GTK_WIDGET (self->consent_button);
    else if (has_keypad (self))
        return FALSE;
    if (!gtk_widget_get_sensitive (next))
        return FALSE;
    gtk_widget_grab_focus (next);
    return TRUE;
}
