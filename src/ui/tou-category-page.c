/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-category-page.h"

#include "tou-accessible-ids.h"
#include "tou-agency-choice.h"
#include "tou-fold.h"
#include "tou-practice-control.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n-lib.h>

struct _TouCategoryPage {
    TouPage parent_instance;
    TouAgencyChoice *choice;
    GtkWidget *no_agency_box;
    GtkWidget *open_profile_button;
    GtkWidget *agency_box;
    GtkLabel *agency_title;
    GtkLabel *agency_label;
    GtkContainer *agency_row;
    GtkComboBoxText *agency_combo; /* (nullable): made when there is more than one agency */
    GtkToggleButton *construction_radio;
    GtkToggleButton *goods_radio;
    GtkWidget *register_button;
    GtkSpinner *wait_spinner;
    GtkWidget *wait_label;
    GtkLabel *agency_note;
};

enum { PROP_AGENCY_CHOICE = 1 };

G_DEFINE_TYPE (TouCategoryPage, tou_category_page, TOU_TYPE_PAGE)

static void
update_waiting (TouCategoryPage *self)
{
    gboolean waits = tou_agency_choice_is_waiting (self->choice);

    gtk_widget_set_sensitive (self->register_button, !waits);
    gtk_widget_set_visible (GTK_WIDGET (self->wait_spinner), waits);
    gtk_widget_set_visible (self->wait_label, waits);
    g_object_set (self->wait_spinner, "active", waits, NULL);
}

static void on_agency_changed (TouCategoryPage *self);

static void
shorten_long_names (GtkWidget *combo)
{
    g_autoptr (GList) cells = gtk_cell_layout_get_cells (GTK_CELL_LAYOUT (combo));

    for (GList *cell = cells; cell != NULL; cell = cell->next)
        g_object_set (cell->data, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
}

/* Most people work with one agency, and a combo box is a fifth of what the first screen costs. */
static void
make_combo (TouCategoryPage *self)
{
    GtkWidget *combo;

    if (self->agency_combo != NULL)
        return;
    combo = gtk_combo_box_text_new ();
    self->agency_combo = GTK_COMBO_BOX_TEXT (combo);
    shorten_long_names (combo);
    gtk_buildable_set_name (GTK_BUILDABLE (combo), "agency_combo");
    tou_accessible_ids_set (combo);
    g_signal_connect_object (combo, "changed", G_CALLBACK (on_agency_changed), self, G_CONNECT_SWAPPED);
    gtk_container_add (self->agency_row, combo);
    gtk_label_set_mnemonic_widget (self->agency_title, combo);
}

static gboolean
is_combo_shown (TouCategoryPage *self)
{
    return self->agency_combo != NULL && gtk_widget_get_visible (GTK_WIDGET (self->agency_combo));
}

static void
fill_combo (TouCategoryPage *self, const char *const *names)
{
    g_signal_handlers_block_by_func (self->agency_combo, on_agency_changed, self);
    gtk_combo_box_text_remove_all (self->agency_combo);
    for (guint i = 0; names[i] != NULL; i++)
        gtk_combo_box_text_append_text (self->agency_combo, names[i]);
    gtk_combo_box_set_active (GTK_COMBO_BOX (self->agency_combo),
                              (int) tou_agency_choice_get_selected (self->choice));
    g_signal_handlers_unblock_by_func (self->agency_combo, on_agency_changed, self);
}

static void
update_note (TouCategoryPage *self)
{
    const char *note = tou_agency_choice_get_note (self->choice);

    gtk_label_set_selectable (self->agency_note, FALSE);
    gtk_label_set_text (self->agency_note, note != NULL ? note : "");
    gtk_widget_set_visible (GTK_WIDGET (self->agency_note), note != NULL);
}

static void
update (TouCategoryPage *self)
{
    const char *const *names = tou_agency_choice_get_names (self->choice);
    guint n_names = g_strv_length ((char **) names);

    gtk_widget_set_visible (self->no_agency_box, n_names == 0 && tou_agency_choice_is_known (self->choice));
    gtk_widget_set_visible (self->agency_box, n_names > 0);
    gtk_widget_set_visible (GTK_WIDGET (self->agency_label), n_names == 1);
    if (n_names > 1)
        make_combo (self);
    if (self->agency_combo != NULL)
        gtk_widget_set_visible (GTK_WIDGET (self->agency_combo), n_names > 1);
    gtk_label_set_text (self->agency_label, n_names == 1 ? names[0] : "");
    if (n_names > 1) {
        gtk_label_set_text_with_mnemonic (self->agency_title, _ ("Procuring _agency"));
        fill_combo (self, names);
    } else {
        gtk_label_set_text (self->agency_title, _ ("Procuring agency"));
    }
    update_waiting (self);
    update_note (self);
}

static void
focus_first (TouCategoryPage *self)
{
    if (!tou_agency_choice_is_known (self->choice))
        return;
    if (gtk_widget_get_visible (self->no_agency_box))
        gtk_widget_grab_focus (self->open_profile_button);
    else if (is_combo_shown (self))
        gtk_widget_grab_focus (GTK_WIDGET (self->agency_combo));
    else if (gtk_toggle_button_get_active (self->goods_radio))
        gtk_widget_grab_focus (GTK_WIDGET (self->goods_radio));
    else
        gtk_widget_grab_focus (GTK_WIDGET (self->construction_radio));
}

static void
on_choice_changed (TouCategoryPage *self)
{
    gboolean had_agency = gtk_widget_get_visible (self->agency_box);
    gboolean had_none = gtk_widget_get_visible (self->no_agency_box);

    update (self);
    if (had_agency != gtk_widget_get_visible (self->agency_box)
        || had_none != gtk_widget_get_visible (self->no_agency_box))
        focus_first (self);
}

static void
on_agency_changed (TouCategoryPage *self)
{
    int index = gtk_combo_box_get_active (GTK_COMBO_BOX (self->agency_combo));

    tou_agency_choice_settle (self->choice);
    if (index >= 0)
        tou_agency_choice_select (self->choice, (guint) index);
    tou_agency_choice_set_note (self->choice, NULL);
    update_waiting (self);
}

static void
on_category_toggled (TouCategoryPage *self)
{
    tou_agency_choice_set_category (self->choice, gtk_toggle_button_get_active (self->construction_radio)
                                                      ? TOU_CATEGORY_CONSTRUCTION
                                                      : TOU_CATEGORY_GOODS);
}

/* A radio button takes Enter for itself, and does nothing with it: here it is for what comes next. */
static gboolean
on_radio_key_pressed (GtkWidget *radio, const GdkEventKey *event, TouCategoryPage *self)
{
    guint modifiers = event->state & gtk_accelerator_get_default_mod_mask ();

    if (modifiers != 0
        || (event->keyval != GDK_KEY_Return && event->keyval != GDK_KEY_KP_Enter
            && event->keyval != GDK_KEY_ISO_Enter))
        return GDK_EVENT_PROPAGATE;
    if (gtk_widget_is_sensitive (self->register_button))
        gtk_button_clicked (GTK_BUTTON (self->register_button));
    return GDK_EVENT_STOP;
}

static void
on_register_clicked (TouCategoryPage *self)
{
    tou_page_report (TOU_PAGE (self), NULL);
    on_category_toggled (self);
    tou_agency_choice_use (self->choice);
}

/* Returns: (nullable): why there is no address to open; in practice the profile may not be there yet. */
static const char *
explain_no_bidding (const TouServiceProfile *profile)
{
    if (profile == NULL || g_str_equal (tou_service_profile_get_id (profile), TOU_PRACTICE_PROFILE_ID))
        return _ ("In practice “E-Bidding System” opens nothing. With an agency it opens its system in the "
                  "browser.");
    if (tou_service_profile_get_bidding_url (profile) == NULL)
        return _ ("The service profile of this agency does not say where its e-bidding system is. Please ask "
                  "the agency.");
    return NULL;
}

/* The address can be copied to wherever there is a browser. */
static void
show_bidding_address (TouCategoryPage *self, const char *url)
{
    g_autofree char *note = g_strdup_printf (
        _ ("No browser could be opened. Please open this address in one:\n%s"), url);

    tou_agency_choice_set_note (self->choice, note);
    gtk_label_set_selectable (self->agency_note, TRUE);
}

/* An address on its way to the browser. */
typedef struct {
    TouCategoryPage *page;
    char *url;
} Launch;

static void
on_browser_opened (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autofree Launch *launch = data;
    g_autoptr (TouCategoryPage) self = launch->page;
    g_autofree char *url = launch->url;
    g_autoptr (GError) error = NULL;

    (void) source;
    if (g_app_info_launch_default_for_uri_finish (result, &error)
        || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    g_debug ("no browser: %s", error->message);
    if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        show_bidding_address (self, url);
}

/* Not gtk_show_uri_on_window(), which does not tell of a failure. */
static void
open_browser (TouCategoryPage *self, const char *url)
{
    GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));
    g_autoptr (GdkAppLaunchContext) context = gdk_display_get_app_launch_context (display);
    Launch *launch = g_new (Launch, 1);

    launch->page = g_object_ref (self);
    launch->url = g_strdup (url);
    gdk_app_launch_context_set_timestamp (context, gtk_get_current_event_time ());
    g_app_info_launch_default_for_uri_async (url, G_APP_LAUNCH_CONTEXT (context),
                                             tou_page_get_cancellable (TOU_PAGE (self)), on_browser_opened,
                                             launch);
}

static void
on_bidding_clicked (TouCategoryPage *self)
{
    TouServiceProfile *profile = tou_agency_choice_get_profile (self->choice);
    const char *obstacle = explain_no_bidding (profile);

    tou_agency_choice_set_note (self->choice, obstacle);
    if (obstacle == NULL)
        open_browser (self, tou_service_profile_get_bidding_url (profile));
}

static void
on_practice_clicked (TouCategoryPage *self)
{
    tou_page_report (TOU_PAGE (self), NULL);
    tou_agency_choice_request_practice (self->choice);
}

static void
shown (TouPage *page)
{
    TouCategoryPage *self = TOU_CATEGORY_PAGE (page);

    tou_agency_choice_settle (self->choice);
    update (self);
    focus_first (self);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    TOU_CATEGORY_PAGE (object)->choice = g_value_dup_object (value);
}

static void
constructed (GObject *object)
{
    TouCategoryPage *self = TOU_CATEGORY_PAGE (object);

    G_OBJECT_CLASS (tou_category_page_parent_class)->constructed (object);
    g_signal_connect_object (self->choice, "changed", G_CALLBACK (on_choice_changed), self,
                             G_CONNECT_SWAPPED);
}

static void
dispose (GObject *object)
{
    g_clear_object (&TOU_CATEGORY_PAGE (object)->choice);
    G_OBJECT_CLASS (tou_category_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    g_type_ensure (TOU_TYPE_FOLD);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-category-page.ui");
    gtk_widget_class_bind_template_child (widget_class, TouCategoryPage, no_agency_box);
    gtk_widget_class_bind_template_child (widget_class, TouCategoryPage, open_profile_button);
    gtk_widget_class_bind_template_child (widget_class, TouCategoryPage, agency_box);
    gtk_widget_class_bind_template_child (widget_class, TouCategoryPage, agency_title);
    gtk_widget_class_bind_template_child (widget_class, TouCategoryPage, agency_label);
    gtk_widget_class_bind_template_child (widget_class, TouCategoryPage, agency_row);
    gtk_widget_class_bind_template_child (widget_class, TouCategoryPage, agency_note);
    gtk_widget_class_bind_template_child (widget_class, TouCategoryPage, construction_radio);
    gtk_widget_class_bind_template_child (widget_class, TouCategoryPage, goods_radio);
    gtk_widget_class_bind_template_child (widget_class, TouCategoryPage, register_button);
    gtk_widget_class_bind_template_child (widget_class, TouCategoryPage, wait_spinner);
    gtk_widget_class_bind_template_child (widget_class, TouCategoryPage, wait_label);
    gtk_widget_class_bind_template_callback (widget_class, on_category_toggled);
    gtk_widget_class_bind_template_callback (widget_class, on_radio_key_pressed);
    gtk_widget_class_bind_template_callback (widget_class, on_register_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_bidding_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_practice_clicked);
}

static void
tou_category_page_class_init (TouCategoryPageClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);

    object_class->set_property = set_property;
    object_class->constructed = constructed;
    object_class->dispose = dispose;
    TOU_PAGE_CLASS (klass)->shown = shown;
    g_object_class_install_property (
        object_class, PROP_AGENCY_CHOICE,
        g_param_spec_object ("agency-choice", NULL, NULL, TOU_TYPE_AGENCY_CHOICE,
                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
    bind_template (GTK_WIDGET_CLASS (klass));
}

static void
tou_category_page_init (TouCategoryPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
