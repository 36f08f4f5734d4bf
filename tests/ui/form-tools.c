/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "form-tools.h"

#include <glib/gstdio.h>

TouCardCertificate *
form_certificate_new (char hash_digit, const char *company, const char *holder)
{
    TouCardCertificate *certificate = fake_certificate_new (hash_digit);

    tou_set_text (&certificate->company, company);
    tou_set_text (&certificate->holder, holder);
    return certificate;
}

TouCardProfile *
form_profile_new (const char *telephone, const char *characters)
{
    g_autoptr (GKeyFile) file = g_key_file_new ();
    g_autofree char *folder = g_dir_make_tmp ("touroku-profile-XXXXXX", NULL);
    g_autofree char *path = g_build_filename (folder, "one.card", NULL);
    g_autoptr (GError) error = NULL;
    TouCardProfile *profile;

    g_key_file_set_string (file, "Card", "Id", "example");
    g_key_file_set_string (file, "Card", "Name", "Example CA");
    g_key_file_set_string (file, "Match", "Issuer", "O=Example");
    if (telephone != NULL)
        g_key_file_set_string (file, "Support", "Telephone", telephone);
    if (characters != NULL)
        g_key_file_set_string (file, "Pin", "Characters", characters);
    g_assert_true (g_key_file_save_to_file (file, path, &error));
    profile = tou_card_profile_load (path, &error);
    g_assert_no_error (error);
    g_assert_cmpint (g_remove (path) | g_rmdir (folder), ==, 0);
    return profile;
}

TouCardToken *
form_token_new (const char *reader, const char *label, TouPinState state, TouCardCertificate *certificate)
{
    TouCardToken *token = tou_card_token_new ();

    token->id = g_strdup_printf ("%s:%s", reader, label);
    token->reader = g_strdup (reader);
    token->label = g_strdup (label);
    token->pin_state = state;
    token->pin_min = 4;
    token->pin_max = 16;
    token->hides_certificates = certificate == NULL;
    if (certificate != NULL)
        g_ptr_array_add (token->certificates, certificate);
    return token;
}

void
form_put_tokens (UiBench *bench, TouCardToken *first, ...)
{
    g_autoptr (TouCardInventory) inventory = tou_card_inventory_new ();
    va_list tokens;

    va_start (tokens, first);
    for (TouCardToken *token = first; token != NULL; token = va_arg (tokens, TouCardToken *)) {
        g_ptr_array_add (inventory->readers, tou_reader_new (token->reader, TOU_READER_CARD));
        g_ptr_array_add (inventory->tokens, token);
    }
    va_end (tokens);
    fake_cards_set_inventory (bench->fakes->cards, inventory);
    fake_turn_main_loop ();
}

void
form_put_reader (UiBench *bench, const char *name, TouReaderState state)
{
    g_autoptr (TouCardInventory) inventory = tou_card_inventory_new ();

    if (name != NULL)
        g_ptr_array_add (inventory->readers, tou_reader_new (name, state));
    fake_cards_set_inventory (bench->fakes->cards, inventory);
    fake_turn_main_loop ();
}

void
form_open_dialog (UiBench *bench)
{
    ui_bench_go (bench, TOU_PAGE_MENU);
    ui_press (bench, "register_button");
}

GtkWidget *
form_find_dialog (void)
{
    g_autoptr (GList) windows = gtk_window_list_toplevels ();

    for (GList *l = windows; l != NULL; l = l->next)
        if (TOU_IS_PIN_DIALOG (l->data) && gtk_widget_get_mapped (l->data))
            return l->data;
    return NULL;
}

static void
find_named (GtkWidget *widget, gpointer data)
{
    gpointer *search = data;

    if (GTK_IS_RADIO_BUTTON (widget)
        && g_strcmp0 (atk_object_get_name (gtk_widget_get_accessible (widget)), search[0]) == 0)
        search[1] = widget;
    else if (GTK_IS_CONTAINER (widget))
        gtk_container_forall (GTK_CONTAINER (widget), find_named, data);
}

GtkWidget *
form_find_radio (const char *name)
{
    gpointer search[2] = { (gpointer) name, NULL };

    find_named (form_find_dialog (), search);
    return search[1];
}

GtkWidget *
form_get_radio (const char *name)
{
    GtkWidget *radio = form_find_radio (name);

    g_assert_nonnull (radio);
    return radio;
}

const char *
form_read (const char *id)
{
    return gtk_label_get_text (GTK_LABEL (form_get (id)));
}

GtkWidget *
form_get (const char *id)
{
    GtkWidget *dialog = form_find_dialog ();
    GtkWidget *widget = dialog != NULL ? ui_find (dialog, id) : NULL;

    if (widget == NULL)
        g_error ("The dialog has no “%s”", id);
    return widget;
}

gboolean
form_is_shown (const char *id)
{
    return gtk_widget_get_mapped (form_get (id));
}

void
form_answer (int response)
{
    GtkWidget *dialog = form_find_dialog ();
    GtkWidget *button = gtk_dialog_get_widget_for_response (GTK_DIALOG (dialog), response);

    g_assert_true (gtk_widget_is_sensitive (button));
    gtk_button_clicked (GTK_BUTTON (button));
    fake_turn_main_loop ();
}

void
form_type_pin (const char *pin)
{
    gtk_entry_set_text (GTK_ENTRY (form_get ("pin_entry")), pin);
}

void
form_fill (UiBench *bench)
{
    g_autoptr (TouContact) contact = fake_contact_new ();

    ui_type (bench, "contact_name_entry", contact->name);
    ui_type (bench, "contact_postal_code_entry", contact->postal_code);
    ui_type (bench, "contact_address_entry", contact->address);
    ui_type (bench, "contact_person_entry", contact->person);
    ui_type (bench, "contact_phone_entry", contact->phone);
    ui_type (bench, "contact_fax_entry", contact->fax);
    ui_press (bench, "confirm_button");
}

void
form_go (UiBench *bench, TouPageId page)
{
    form_open_dialog (bench);
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    if (page >= TOU_PAGE_CONFIRM)
        form_fill (bench);
}

static void
count_mnemonics (GtkWidget *widget, gpointer data)
{
    GHashTable *seen = data;

    if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
        && gtk_label_get_mnemonic_keyval (GTK_LABEL (widget)) != GDK_KEY_VoidSymbol) {
        gpointer key = GUINT_TO_POINTER (gtk_label_get_mnemonic_keyval (GTK_LABEL (widget)));

        if (!g_hash_table_add (seen, key))
            g_error ("Two things answer to Alt+%c: “%s”", (int) GPOINTER_TO_UINT (key),
                     gtk_label_get_text (GTK_LABEL (widget)));
    }
    if (GTK_IS_CONTAINER (widget))
        gtk_container_forall (GTK_CONTAINER (widget), count_mnemonics, data);
}

void
form_assert_mnemonics (GtkWidget *window)
{
    g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

    count_mnemonics (window, seen);
    g_assert_cmpuint (g_hash_table_size (seen), >, 2);
}
