/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

/* Which card, which certificate, and what the profile of its authority adds to the PIN dialog. */

#include "form-tools.h"

#define READER "ACS ACR39U"

static gboolean
is_sensitive (const char *id)
{
    return gtk_widget_is_sensitive (form_get (id));
}

static gboolean
is_on (const char *radio)
{
    return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (form_get_radio (radio)));
}

static void
choose (const char *radio)
{
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (form_get_radio (radio)), TRUE);
}

static TouCardCertificate *
make_certificate (char hash_digit, const char *holder)
{
    return form_certificate_new (hash_digit, "株式会社練習商事", holder);
}

static TouCardCertificate *
make_expired (char hash_digit, const char *holder)
{
    TouCardCertificate *certificate = make_certificate (hash_digit, holder);

    certificate->not_after_us = FAKE_NOW_US - G_TIME_SPAN_DAY;
    return certificate;
}

/* A card with two certificates; the unlocking gives them, too. */
static TouCardToken *
make_card_of_two (UiBench *bench, TouCardCertificate *one, TouCardCertificate *other)
{
    g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_card_certificate_unref);
    TouCardToken *token = form_token_new ("Reader 1", "Two", TOU_PIN_STATE_OK, one);

    g_ptr_array_add (token->certificates, other);
    g_ptr_array_add (certificates, tou_card_certificate_ref (one));
    g_ptr_array_add (certificates, tou_card_certificate_ref (other));
    fake_cards_set_certificates (bench->fakes->cards, certificates);
    return token;
}

static const char *
describe (const char *radio)
{
    return atk_object_get_description (gtk_widget_get_accessible (form_get_radio (radio)));
}

/* Would catch: a second certificate or card that is nowhere to be seen, or one that has to be guessed at. */
static void
test_every_candidate (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    TouCardCertificate *known = make_certificate ('a', "花子");
    TouCardToken *two = make_card_of_two (bench, known, make_expired ('b', "太郎"));

    known->profile = form_profile_new (NULL, NULL);
    form_put_tokens (bench, two, form_token_new ("Reader 2", "Hidden", TOU_PIN_STATE_OK, NULL),
                     form_token_new ("Reader 3", "One", TOU_PIN_STATE_OK, make_certificate ('c', "次郎")),
                     NULL);
    form_open_dialog (bench);
    g_assert_nonnull (strstr (describe ("花子"), "株式会社練習商事\nIssuer: Example CA\nValid until "));
    g_assert_nonnull (strstr (describe ("花子"), "Reader: Reader 1"));
    g_assert_nonnull (strstr (describe ("太郎"), "Issuer: Practice CA"));
    g_assert_nonnull (strstr (describe ("太郎"), "It has expired."));
    g_assert_nonnull (strstr (describe ("次郎"), "Reader: Reader 3"));
    g_assert_nonnull (strstr (describe ("Hidden"), "only after the PIN"));
    g_assert_false (gtk_widget_is_sensitive (form_get_radio ("太郎")));
    g_assert_false (is_sensitive ("ok_button"));
    choose ("Hidden");
    g_assert_true (is_sensitive ("ok_button"));
    form_answer (GTK_RESPONSE_CANCEL);
}

/* What was chosen before the PIN is not asked for again, nor exchanged for another. */
static void
test_chosen_before_the_pin (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench,
                     make_card_of_two (bench, make_certificate ('a', "花子"), make_certificate ('b', "太郎")),
                     NULL);
    form_open_dialog (bench);
    g_assert_false (is_sensitive ("ok_button"));
    choose ("太郎");
    form_type_pin (FAKE_PIN);
    /* Another certificate of the same card has the same PIN. */
    choose ("花子");
    choose ("太郎");
    g_assert_cmpuint (gtk_entry_get_text_length (GTK_ENTRY (form_get ("pin_entry"))), ==, strlen (FAKE_PIN));
    form_answer (GTK_RESPONSE_OK);
    g_assert_null (form_find_dialog ());
    g_assert_cmpstr (tou_request_flow_get_certificate (bench->fakes->flow)->holder, ==, "太郎");
}

/* Would catch: a choice of which each leads nowhere, without a word why. */
static void
test_none_usable (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench, form_token_new ("Reader 1", "One", TOU_PIN_STATE_OK, make_expired ('a', "花子")),
                     form_token_new ("Reader 2", "Other", TOU_PIN_STATE_OK, make_expired ('b', "太郎")),
                     NULL);
    form_open_dialog (bench);
    g_assert_true (form_is_shown ("card_status"));
    g_assert_nonnull (strstr (form_read ("card_status"), "None of these"));
    g_assert_false (gtk_widget_is_sensitive (form_get_radio ("花子")));
    g_assert_false (gtk_widget_is_sensitive (form_get_radio ("太郎")));
    g_assert_false (is_sensitive ("pin_entry"));
    g_assert_false (is_sensitive ("ok_button"));
    form_put_tokens (bench, form_token_new ("Reader 1", "One", TOU_PIN_STATE_OK, make_expired ('a', "花子")),
                     form_token_new ("Reader 2", "Other", TOU_PIN_STATE_OK, make_certificate ('c', "次郎")),
                     NULL);
    g_assert_false (form_is_shown ("card_status"));
    g_assert_true (is_on ("次郎"));
    form_answer (GTK_RESPONSE_CANCEL);
}

static void
put_two_cards (UiBench *bench, const char *first_reader, const char *second_reader)
{
    form_put_tokens (
        bench, form_token_new (first_reader, "One", TOU_PIN_STATE_OK, make_certificate ('a', "花子")),
        form_token_new (second_reader, "Other", TOU_PIN_STATE_OK, make_certificate ('b', "太郎")), NULL);
}

static const char *
get_known (UiBench *bench)
{
    const TouServiceProfile *profile = tou_session_flow_get_profile (bench->fakes->session);

    return fake_store_get_known_card (bench->fakes->store, tou_service_profile_get_id (profile),
                                      tou_session_flow_get_category (bench->fakes->session));
}

static void
use_card_of (UiBench *bench, const char *holder)
{
    g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_card_certificate_unref);

    g_ptr_array_add (certificates, make_certificate ('b', holder));
    fake_cards_set_certificates (bench->fakes->cards, certificates);
    choose (holder);
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    g_assert_null (form_find_dialog ());
}

/* The card of the last time is chosen again, whatever reader it is in. Would catch: a choice remembered by
 * its place. */
static void
test_remembered (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    g_autofree char *hash = g_strnfill (64, 'b');

    put_two_cards (bench, "Reader 1", "Reader 2");
    form_open_dialog (bench);
    g_assert_false (is_on ("花子"));
    g_assert_false (is_on ("太郎"));
    g_assert_null (get_known (bench));
    use_card_of (bench, "太郎");
    g_assert_cmpstr (get_known (bench), ==, hash);

    put_two_cards (bench, "Reader 2", "Reader 1");
    ui_press (bench, "form_back_button");
    ui_press (bench, "register_button");
    g_assert_true (is_on ("太郎"));
    g_assert_true (is_sensitive ("ok_button"));
    form_answer (GTK_RESPONSE_CANCEL);
}

/* An answer of the store that comes late does not take away what the user has chosen meanwhile. */
static void
test_remembered_late (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    TouKnownCard known = { .certificate_sha256 = g_strnfill (64, 'b') };

    fake_script_hold (bench->fakes->script, "get-known-card");
    put_two_cards (bench, "Reader 1", "Reader 2");
    form_open_dialog (bench);
    known.agency_id = (char *) tou_service_profile_get_id (
        tou_session_flow_get_profile (bench->fakes->session));
    known.category = tou_session_flow_get_category (bench->fakes->session);
    fake_store_set_known_card (bench->fakes->store, &known);
    choose ("花子");
    form_type_pin (FAKE_PIN);
    fake_script_release (bench->fakes->script, "get-known-card");
    fake_turn_main_loop ();
    g_assert_true (is_on ("花子"));
    g_assert_cmpuint (gtk_entry_get_text_length (GTK_ENTRY (form_get ("pin_entry"))), ==, strlen (FAKE_PIN));
    form_answer (GTK_RESPONSE_CANCEL);
    g_free (known.certificate_sha256);
}

/* A choice that comes by itself leaves nothing to be chosen. Would catch: a focus that stays among the cards,
 * as when one had to be chosen. */
static void
test_remembered_leads_to_the_pin (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    TouUnlockStep *step = tou_request_flow_get_unlock_step (bench->fakes->flow);
    g_autofree char *hash = g_strnfill (64, 'b');

    put_two_cards (bench, "Reader 1", "Reader 2");
    form_open_dialog (bench);
    g_assert_true (gtk_widget_is_focus (form_get_radio ("花子")));
    tou_unlock_step_set_preferred (step, hash);
    g_assert_true (is_on ("太郎"));
    g_assert_true (gtk_widget_is_focus (form_get ("pin_entry")));
    form_answer (GTK_RESPONSE_CANCEL);
}

static guint
count_typed (void)
{
    return gtk_entry_get_text_length (GTK_ENTRY (form_get ("pin_entry")));
}

static void
press_keys (const char *keys)
{
    for (; *keys != '\0'; keys++)
        ui_press_key_in (form_find_dialog (), gdk_unicode_to_keyval ((guint32) *keys), 0);
}

/* Would catch: digits that are typed while the focus is among the cards and that go nowhere, of which one
 * learns by "no PIN was entered". */
static void
test_typed_among_the_cards (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    put_two_cards (bench, "Reader 1", "Reader 2");
    form_open_dialog (bench);
    choose ("花子");
    gtk_widget_grab_focus (form_get_radio ("花子"));
    ui_press_key_in (form_find_dialog (), '1', GDK_CONTROL_MASK);
    g_assert_true (gtk_widget_is_focus (form_get_radio ("花子")));
    press_keys (FAKE_PIN);
    g_assert_true (gtk_widget_is_focus (form_get ("pin_entry")));
    g_assert_cmpuint (count_typed (), ==, strlen (FAKE_PIN));
    /* From anywhere, behind what stands there. */
    gtk_entry_set_text (GTK_ENTRY (form_get ("pin_entry")), "");
    gtk_widget_grab_focus (form_get ("cancel_button"));
    ui_press_key_in (form_find_dialog (), GDK_KEY_KP_0 + (FAKE_PIN[0] - '0'), 0);
    gtk_widget_grab_focus (form_get_radio ("花子"));
    press_keys (&FAKE_PIN[1]);
    form_answer (GTK_RESPONSE_OK);
    g_assert_null (form_find_dialog ());
}

/* Would catch: a PIN that is lost without a word, or kept for a card that nobody has chosen. */
static void
test_typed_before_the_choice (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    put_two_cards (bench, "Reader 1", "Reader 2");
    form_open_dialog (bench);
    g_assert_false (form_is_shown ("notice"));
    press_keys ("1");
    g_assert_cmpstr (form_read ("notice"), ==, "Please choose the IC card first, then enter its PIN.");
    g_assert_true (form_is_shown ("notice"));
    g_assert_false (form_is_shown ("error_view"));
    g_assert_false (is_sensitive ("ok_button"));
    choose ("花子");
    g_assert_false (form_is_shown ("notice"));
    g_assert_cmpuint (count_typed (), ==, 0);
    form_answer (GTK_RESPONSE_CANCEL);
}

/* Would catch: the second half of a PIN that goes to the card that is left. */
static void
test_card_changes_while_typing (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    put_two_cards (bench, "Reader 1", "Reader 2");
    form_open_dialog (bench);
    choose ("花子");
    gtk_widget_grab_focus (form_get ("pin_entry"));
    press_keys ("12");
    form_put_tokens (
        bench, form_token_new ("Reader 2", "Other", TOU_PIN_STATE_OK, make_certificate ('b', "太郎")), NULL);
    fake_turn_main_loop ();
    press_keys (FAKE_PIN);
    g_assert_cmpuint (count_typed (), ==, 0);
    g_assert_true (form_is_shown ("notice"));
    g_assert_false (form_is_shown ("prompt"));
    g_assert_true (gtk_widget_is_focus (form_get ("ok_button")));
    form_answer (GTK_RESPONSE_OK);
    g_assert_nonnull (form_find_dialog ());
    g_assert_false (form_is_shown ("notice"));
    g_assert_true (form_is_shown ("prompt"));
    g_assert_true (gtk_widget_is_focus (form_get ("pin_entry")));
    press_keys (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    g_assert_null (form_find_dialog ());
}

/* Where the card shows its certificates only after the PIN, the one of the last time is chosen there, and no
 * more. */
static void
test_remembered_among_hidden (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    TouCardToken *two = make_card_of_two (bench, make_certificate ('a', "花子"),
                                          make_certificate ('b', "太郎"));
    TouKnownCard known = { .certificate_sha256 = g_strnfill (64, 'b') };

    g_ptr_array_set_size (two->certificates, 0);
    two->hides_certificates = TRUE;
    form_put_tokens (bench, two, NULL);
    ui_bench_go (bench, TOU_PAGE_MENU);
    known.agency_id = (char *) tou_service_profile_get_id (
        tou_session_flow_get_profile (bench->fakes->session));
    known.category = tou_session_flow_get_category (bench->fakes->session);
    fake_store_set_known_card (bench->fakes->store, &known);
    ui_press (bench, "register_button");
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    g_assert_true (form_is_shown ("certificate_list"));
    g_assert_true (is_on ("太郎"));
    form_answer (GTK_RESPONSE_OK);
    g_assert_cmpstr (tou_request_flow_get_certificate (bench->fakes->flow)->holder, ==, "太郎");
    g_free (known.certificate_sha256);
}

static void
assert_fits (void)
{
    GtkWidget *dialog = form_find_dialog ();

    ui_wait_for_frame (dialog);
    g_assert_cmpint (gtk_widget_get_allocated_width (dialog), <=, 640);
    g_assert_cmpint (gtk_widget_get_allocated_height (dialog), <=, 740);
}

static GtkWidget *
find_cut_label (GtkWidget *widget)
{
    g_autoptr (GList) children = GTK_IS_CONTAINER (widget)
                                     ? gtk_container_get_children (GTK_CONTAINER (widget))
                                     : NULL;

    if (GTK_IS_LABEL (widget) && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
        return widget;
    for (GList *l = children; l != NULL; l = l->next) {
        GtkWidget *found = find_cut_label (l->data);

        if (found != NULL)
            return found;
    }
    return NULL;
}

static int
get_top (GtkWidget *widget, const char *within)
{
    int y = 0;

    g_assert_true (gtk_widget_translate_coordinates (widget, form_get (within), 0, 0, NULL, &y));
    return y;
}

/* Would catch: a PIN that is asked for while the card it is for cannot be seen. */
static void
test_chosen_is_in_sight (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    TouCardToken *tokens[5];
    int top;

    for (guint i = 0; i < G_N_ELEMENTS (tokens); i++) {
        g_autofree char *name = g_strdup_printf ("Card %u", i + 1);
        TouCardCertificate *certificate = i < 4 ? make_expired ((char) ('a' + i), name)
                                                : make_certificate ('e', name);

        tokens[i] = form_token_new (name, name, TOU_PIN_STATE_OK, certificate);
    }
    form_put_tokens (bench, tokens[0], tokens[1], tokens[2], tokens[3], tokens[4], NULL);
    form_open_dialog (bench);
    g_assert_true (is_on ("Card 5"));
    ui_wait_for_frame (form_find_dialog ());
    top = get_top (form_get_radio ("Card 5"), "card_scroller");
    g_assert_cmpint (top, >=, 0);
    g_assert_cmpint (top, <, gtk_widget_get_allocated_height (form_get ("card_scroller")));
    form_answer (GTK_RESPONSE_CANCEL);
}

static gboolean
is_cut (const char *radio)
{
    GtkWidget *button = form_get_radio (radio);
    int top = get_top (button, "card_scroller");
    int bottom = top + gtk_widget_get_allocated_height (button);
    int height = gtk_widget_get_allocated_height (form_get ("card_scroller"));

    return top < height && bottom > height;
}

/* Would catch: a card that is cut in half beside an error, and one that is out of sight though there is room.
 */
static void
test_whole_beside_an_error (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    put_two_cards (bench, "Reader 1", "Reader 2");
    form_open_dialog (bench);
    choose ("花子");
    form_type_pin ("9999");
    form_answer (GTK_RESPONSE_OK);
    g_assert_true (form_is_shown ("error_view"));
    assert_fits ();
    g_assert_false (is_cut ("花子"));
    g_assert_false (is_cut ("太郎"));
    g_assert_cmpint (get_top (form_get_radio ("太郎"), "card_scroller"), <,
                     gtk_widget_get_allocated_height (form_get ("card_scroller")));

    form_put_tokens (
        bench, form_token_new ("Reader 1", "One", TOU_PIN_STATE_FINAL_TRY, make_certificate ('a', "花子")),
        form_token_new ("Reader 2", "Other", TOU_PIN_STATE_OK, make_certificate ('b', "太郎")), NULL);
    assert_fits ();
    g_assert_false (is_cut ("花子"));
    g_assert_false (is_cut ("太郎"));
    form_answer (GTK_RESPONSE_CANCEL);
}

/* Would catch: a mark at half the height of an entry, where it belongs to no line. */
static void
test_mark_beside_the_title (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    GtkWidget *radio;

    put_two_cards (bench, "Reader 1", "Reader 2");
    form_open_dialog (bench);
    ui_wait_for_frame (form_find_dialog ());
    radio = form_get_radio ("花子");
    g_assert_cmpint (gtk_widget_get_allocated_baseline (radio), >, 0);
    g_assert_cmpint (gtk_widget_get_allocated_baseline (radio), <,
                     gtk_widget_get_allocated_height (radio) / 3);
    form_answer (GTK_RESPONSE_CANCEL);
}

static const char *
name_focus (void)
{
    GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (form_find_dialog ()));

    return GTK_IS_RADIO_BUTTON (focus) ? atk_object_get_name (gtk_widget_get_accessible (focus))
                                       : gtk_buildable_get_name (GTK_BUILDABLE (focus));
}

/* Once around with Tab, from what has the focus now. */
static char *
list_stops (void)
{
    g_autofree char *first = g_strdup (name_focus ());
    GString *stops = g_string_new (first);

    for (guint i = 0; i < 12; i++) {
        g_signal_emit_by_name (form_find_dialog (), "move-focus", GTK_DIR_TAB_FORWARD);
        if (g_strcmp0 (name_focus (), first) == 0)
            break;
        g_string_append_printf (stops, " %s", name_focus ());
    }
    return g_string_free (stops, FALSE);
}

static void
assert_stops (const char *expected)
{
    g_autofree char *stops = list_stops ();

    g_assert_cmpstr (stops, ==, expected);
}

/* Downwards, several cards one stop. Would catch: a card, the error or the word for a last try that the
 * keyboard does not reach, or reaches in another order than it is read. */
static void
test_tab_order (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench, form_token_new (READER, "One", TOU_PIN_STATE_OK, make_certificate ('a', "花子")),
                     NULL);
    form_open_dialog (bench);
    assert_stops ("pin_entry cancel_button ok_button");
    form_type_pin ("9999");
    form_answer (GTK_RESPONSE_OK);
    assert_stops ("pin_entry cancel_button ok_button error_details_expander error_about_button");
    put_two_cards (bench, "Reader 1", "Reader 2");
    choose ("太郎");
    gtk_widget_grab_focus (form_get_radio ("太郎"));
    assert_stops ("太郎 pin_entry cancel_button ok_button");
    form_type_pin ("9999");
    form_answer (GTK_RESPONSE_OK);
    assert_stops ("pin_entry cancel_button ok_button error_details_expander error_about_button 太郎");
    form_put_tokens (
        bench, form_token_new ("Reader 1", "One", TOU_PIN_STATE_OK, make_certificate ('a', "花子")),
        form_token_new ("Reader 2", "Other", TOU_PIN_STATE_FINAL_TRY, make_certificate ('b', "太郎")), NULL);
    assert_stops ("consent_button pin_entry cancel_button error_details_expander error_about_button 太郎");
    form_answer (GTK_RESPONSE_CANCEL);
}

/* Names as long as a card may have them, with and without places to break a line. */
static void
test_long_names (void)
{
    g_autofree char *word = g_strnfill (256, 'W');
    g_autofree char *kanji = g_malloc0 (256 * 3 + 1);
    g_autoptr (UiBench) bench = ui_bench_new ();
    TouCardCertificate *one, *other;
    GtkWidget *radio;

    for (int i = 0; i < 256; i++)
        memcpy (kanji + (gsize) i * 3, "登", 3);
    one = form_certificate_new ('a', kanji, word);
    other = form_certificate_new ('b', word, kanji);
    tou_set_text (&one->issuer, kanji);
    tou_set_text (&other->issuer, word);
    form_put_tokens (bench, form_token_new (word, kanji, TOU_PIN_STATE_FINAL_TRY, one),
                     form_token_new (kanji, word, TOU_PIN_STATE_COUNT_LOW, other), NULL);
    form_open_dialog (bench);
    radio = form_get_radio (word);
    choose (word);
    assert_fits ();
    g_assert_nonnull (find_cut_label (radio));
    g_assert_true (gtk_widget_get_has_tooltip (radio));
    /* A screen reader gets all of it. */
    g_assert_nonnull (strstr (describe (word), kanji));
    form_answer (GTK_RESPONSE_CANCEL);
}

static void
put_card_of (UiBench *bench, TouPinState state, const char *telephone, const char *characters)
{
    TouCardCertificate *certificate = make_certificate ('a', "花子");

    certificate->profile = form_profile_new (telephone, characters);
    form_put_tokens (bench, form_token_new (READER, "Card", state, certificate), NULL);
}

/* Beside the last try stands whom to ask, before the word for it is given. Would catch: a number that is made
 * up. */
static void
test_authority (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    put_card_of (bench, TOU_PIN_STATE_OK, "0570-000000", NULL);
    form_open_dialog (bench);
    g_assert_false (form_is_shown ("authority_label"));
    put_card_of (bench, TOU_PIN_STATE_FINAL_TRY, "0570-000000", NULL);
    g_assert_true (form_is_shown ("authority_label"));
    g_assert_cmpstr (form_read ("authority_label"), ==,
                     "Questions about the PIN: Example CA, telephone 0570-000000");
    g_assert_false (is_sensitive ("ok_button"));
    put_card_of (bench, TOU_PIN_STATE_LOCKED, "0570-000000", NULL);
    g_assert_true (form_is_shown ("authority_label"));
    put_card_of (bench, TOU_PIN_STATE_FINAL_TRY, NULL, NULL);
    g_assert_nonnull (strstr (form_read ("authority_label"), "in the letter that came with the card"));
    form_put_tokens (bench, form_token_new (READER, "Card", TOU_PIN_STATE_FINAL_TRY, NULL), NULL);
    g_assert_nonnull (strstr (form_read ("authority_label"), "in the letter that came with the card"));
    form_answer (GTK_RESPONSE_CANCEL);
}

/* A letter is warned of where the card has digits, and never refused. */
static void
test_letters (void)
{
    static const struct {
        const char *characters;
        const char *pin;
        gboolean is_warned;
    } rows[] = {
        { "digits", "1234", FALSE }, { "digits", "12a4", TRUE }, { "letters", "ABC123", FALSE },
        { NULL, "ABC123", FALSE },   { "digits", "", FALSE },    { "letters", "ＡＢ", TRUE },
    };
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_open_dialog (bench);
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        put_card_of (bench, TOU_PIN_STATE_OK, NULL, rows[i].characters);
        form_type_pin (rows[i].pin);
        fake_turn_main_loop ();
        g_assert_cmpint (form_is_shown ("notice"), ==, rows[i].is_warned);
        g_assert_true (is_sensitive ("ok_button"));
    }
    form_answer (GTK_RESPONSE_CANCEL);
}

int
main (int argc, char **argv)
{
    ui_test_init (&argc, &argv);
    g_test_add_func ("/ui/card-choice/every-candidate", test_every_candidate);
    g_test_add_func ("/ui/card-choice/chosen-before-the-pin", test_chosen_before_the_pin);
    g_test_add_func ("/ui/card-choice/none-usable", test_none_usable);
    g_test_add_func ("/ui/card-choice/remembered", test_remembered);
    g_test_add_func ("/ui/card-choice/remembered-late", test_remembered_late);
    g_test_add_func ("/ui/card-choice/remembered-leads-to-the-pin", test_remembered_leads_to_the_pin);
    g_test_add_func ("/ui/card-choice/typed-among-the-cards", test_typed_among_the_cards);
    g_test_add_func ("/ui/card-choice/typed-before-the-choice", test_typed_before_the_choice);
    g_test_add_func ("/ui/card-choice/card-changes-while-typing", test_card_changes_while_typing);
    g_test_add_func ("/ui/card-choice/remembered-among-hidden", test_remembered_among_hidden);
    g_test_add_func ("/ui/card-choice/chosen-is-in-sight", test_chosen_is_in_sight);
    g_test_add_func ("/ui/card-choice/whole-beside-an-error", test_whole_beside_an_error);
    g_test_add_func ("/ui/card-choice/mark-beside-the-title", test_mark_beside_the_title);
    g_test_add_func ("/ui/card-choice/tab-order", test_tab_order);
    g_test_add_func ("/ui/card-choice/long-names", test_long_names);
    g_test_add_func ("/ui/card-choice/authority", test_authority);
    g_test_add_func ("/ui/card-choice/letters", test_letters);
    return g_test_run ();
}
