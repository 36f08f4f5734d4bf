/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-card"

#include "tou-inventory-merge.h"

#define READER "Reader 00 00"

static void
add_token (TouCardInventory *inventory, const char *reader, const char *id, const char *sha256)
{
    TouCardToken *token = tou_card_token_new ();

    token->id = g_strdup (id);
    token->reader = g_strdup (reader);
    token->label = g_strdup (id);
    if (sha256 != NULL) {
        TouCardCertificate *certificate = tou_card_certificate_new ();

        certificate->sha256 = g_strdup (sha256);
        g_ptr_array_add (token->certificates, certificate);
    }
    g_ptr_array_add (inventory->tokens, token);
}

static TouCardInventory *
make_part (TouReaderState state)
{
    TouCardInventory *part = tou_card_inventory_new ();

    g_ptr_array_add (part->readers, tou_reader_new (READER, state));
    return part;
}

static const TouCardToken *
get_token (const TouCardInventory *inventory, guint index)
{
    return g_ptr_array_index (inventory->tokens, index);
}

/* Bugs: a reader is there twice; a module that does not know the card hides that another one does. */
static void
test_readers (void)
{
    static const TouReaderState states[] = { TOU_READER_EMPTY, TOU_READER_CARD, TOU_READER_BUSY,
                                             TOU_READER_UNRECOGNISED };
    g_autoptr (TouCardInventory) whole = tou_card_inventory_new ();

    for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
        g_autoptr (TouCardInventory) part = make_part (states[i]);

        tou_inventory_merge_add (whole, part, i);
    }
    g_assert_cmpuint (whole->readers->len, ==, 1);
    g_assert_cmpint (((TouReader *) whole->readers->pdata[0])->state, ==, TOU_READER_CARD);
}

/* Bugs: one card is offered twice because two modules know it, or two cards once. */
static void
test_same_card (void)
{
    g_autoptr (TouCardInventory) whole = tou_card_inventory_new ();
    g_autoptr (TouCardInventory) first = make_part (TOU_READER_CARD);
    g_autoptr (TouCardInventory) second = make_part (TOU_READER_CARD);

    add_token (first, READER, "0:aa", "11");
    add_token (second, READER, "0:aa", "11");
    add_token (second, READER, "1:bb", "22");
    add_token (second, "Other 00 00", "2:cc", "11");
    tou_inventory_merge_add (whole, first, 4);
    tou_inventory_merge_add (whole, second, 7);
    g_assert_cmpuint (whole->tokens->len, ==, 3);
    g_assert_cmpstr (get_token (whole, 0)->id, ==, "4/0:aa");
    g_assert_cmpstr (get_token (whole, 1)->id, ==, "7/1:bb");
    g_assert_cmpstr (get_token (whole, 2)->id, ==, "7/2:cc");
}

/* Bugs: two tokens that show nothing before the PIN are taken for one; so are two of one card. */
static void
test_tokens_without_certificates (void)
{
    g_autoptr (TouCardInventory) whole = tou_card_inventory_new ();
    g_autoptr (TouCardInventory) first = make_part (TOU_READER_CARD);
    g_autoptr (TouCardInventory) second = make_part (TOU_READER_CARD);

    add_token (first, READER, "0:aa", NULL);
    add_token (first, READER, "1:aa", NULL);
    add_token (second, READER, "0:aa", NULL);
    tou_inventory_merge_add (whole, first, 0);
    tou_inventory_merge_add (whole, second, 1);
    g_assert_cmpuint (whole->tokens->len, ==, 3);
}

/* Bugs: a PIN goes to another module's token. */
static void
test_ids (void)
{
    guint member = 9;

    g_assert_cmpstr (tou_inventory_merge_split_id ("12/0:aa/b", &member), ==, "0:aa/b");
    g_assert_cmpuint (member, ==, 12);
    g_assert_null (tou_inventory_merge_split_id ("0:aa", &member));
    g_assert_null (tou_inventory_merge_split_id ("/0:aa", &member));
    g_assert_null (tou_inventory_merge_split_id ("99999999999/0:aa", &member));
}

/* Bugs: a late answer with news is not told, one without makes the window list again and again. */
static void
test_describe (void)
{
    g_autoptr (TouCardInventory) part = make_part (TOU_READER_CARD);
    g_autoptr (TouCardInventory) same = make_part (TOU_READER_CARD);
    g_autofree char *before = tou_inventory_merge_describe (part);
    g_autofree char *again = tou_inventory_merge_describe (same);
    g_autofree char *none = tou_inventory_merge_describe (NULL);
    g_autofree char *with_token = NULL;
    g_autofree char *with_wrong_pin = NULL;

    g_assert_cmpstr (before, ==, again);
    g_assert_cmpstr (before, !=, none);
    add_token (part, READER, "0:aa", "11");
    with_token = tou_inventory_merge_describe (part);
    g_assert_cmpstr (before, !=, with_token);
    ((TouCardToken *) part->tokens->pdata[0])->pin_state = TOU_PIN_STATE_COUNT_LOW;
    with_wrong_pin = tou_inventory_merge_describe (part);
    g_assert_cmpstr (with_token, !=, with_wrong_pin);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/inventory-merge/readers", test_readers);
    g_test_add_func ("/inventory-merge/same-card", test_same_card);
    g_test_add_func ("/inventory-merge/tokens-without-certificates", test_tokens_without_certificates);
    g_test_add_func ("/inventory-merge/ids", test_ids);
    g_test_add_func ("/inventory-merge/describe", test_describe);
    return g_test_run ();
}
