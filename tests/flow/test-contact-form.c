/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fake-bench.h"
#include "tou-contact-form.h"
#include "tou-flow-error.h"

static TouContactForm *
make_form (FakeBench *bench)
{
    TouContactForm *form = tou_contact_form_new (bench->session, TOU_RECORD_STORE (bench->store),
                                                 TOU_OPERATION_CONTACT_CHANGE);

    fake_bench_sign_in (bench);
    g_assert_false (tou_contact_form_take_owner (form));
    return form;
}

static void
put_draft (FakeBench *bench)
{
    g_autoptr (TouDraft) draft = tou_draft_new ();

    draft->agency_id = g_strdup ("practice");
    draft->user_id = g_strdup (FAKE_USER);
    draft->category = TOU_CATEGORY_CONSTRUCTION;
    draft->operation = TOU_OPERATION_CONTACT_CHANGE;
    draft->saved_at_us = FAKE_NOW_US - G_TIME_SPAN_DAY;
    draft->contact = fake_contact_new ();
    tou_set_text (&draft->contact->name, "下書き");
    fake_store_set_draft (bench->store, draft);
}

/* Would catch: a registered contact that is saved as if someone had typed it, and hides the real draft. */
static void
test_prefill_is_no_draft (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (TouContactForm) form = make_form (bench);
    g_autoptr (TouContact) registered = fake_contact_new ();

    tou_contact_form_prefill (form, registered);
    g_assert_true (tou_contact_equal (tou_contact_form_get_contact (form), registered));
    tou_contact_form_set_contact (form, registered);
    tou_contact_form_leave (form);
    fake_turn_main_loop ();
    g_assert_cmpuint (fake_script_count (bench->script, "put-draft"), ==, 0);
}

static void
test_draft_replaces_prefill (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (TouContact) registered = fake_contact_new ();

    put_draft (bench);
    g_autoptr (TouContactForm) form = make_form (bench);
    tou_contact_form_prefill (form, registered);
    fake_turn_main_loop ();
    g_assert_cmpstr (tou_contact_form_get_contact (form)->name, ==, "下書き");
    tou_contact_form_prefill (form, registered);
    g_assert_cmpstr (tou_contact_form_get_contact (form)->name, ==, "下書き");
}

static void
test_prefill_gives_way_to_typing (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (TouContactForm) form = make_form (bench);
    g_autoptr (TouContact) registered = fake_contact_new ();
    g_autoptr (TouContact) typed = fake_contact_new ();
    TouField field;
    g_autoptr (GError) error = NULL;

    tou_set_text (&typed->fax, "FAX");
    tou_set_text (&typed->company_phone, "03-1111-2222");
    tou_set_text (&typed->company_fax, "03-0000-0000");
    tou_contact_form_set_contact (form, typed);
    tou_contact_form_prefill (form, registered);
    g_assert_cmpstr (tou_contact_form_get_contact (form)->fax, ==, "FAX");
    g_assert_false (tou_contact_form_check (form, &field, &error));
    g_assert_error (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_FORM);
    g_assert_cmpint (field, ==, TOU_FIELD_CONTACT_FAX);
}

/* Would catch: a draft that is said to be kept and is not, or is of another time. */
static void
test_draft_time (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (TouContactForm) form = make_form (bench);
    g_autoptr (TouContact) typed = fake_contact_new ();

    fake_turn_main_loop ();
    tou_contact_form_set_contact (form, typed);
    g_assert_cmpint (tou_contact_form_get_draft_time_us (form), ==, 0);
    fake_script_fail (bench->script, "put-draft",
                      g_error_new_literal (TOU_STORE_ERROR, TOU_STORE_ERROR_FULL, "full"));
    tou_contact_form_flush (form);
    fake_turn_main_loop ();
    g_assert_cmpint (tou_contact_form_get_draft_time_us (form), ==, 0);
    tou_set_text (&typed->name, "契約課");
    tou_contact_form_set_contact (form, typed);
    tou_contact_form_flush (form);
    fake_turn_main_loop ();
    g_assert_cmpint (tou_contact_form_get_draft_time_us (form), >=, FAKE_NOW_US);
    tou_contact_form_forget_draft (form);
    g_assert_cmpint (tou_contact_form_get_draft_time_us (form), ==, 0);
}

static void
test_loaded_draft_time (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();

    put_draft (bench);
    g_autoptr (TouContactForm) form = make_form (bench);
    fake_turn_main_loop ();
    g_assert_cmpint (tou_contact_form_get_draft_time_us (form), ==, FAKE_NOW_US - G_TIME_SPAN_DAY);
}

/* Would catch: what was typed for one category kept for that one alone, though it stays in the form. */
static void
test_draft_of_the_other_category (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (TouContactForm) form = tou_contact_form_new (bench->session, TOU_RECORD_STORE (bench->store),
                                                            TOU_OPERATION_REGISTRATION);
    g_autoptr (TouContact) typed = fake_contact_new ();

    fake_bench_sign_in (bench);
    g_assert_false (tou_contact_form_take_owner (form));
    fake_turn_main_loop ();
    tou_contact_form_set_contact (form, typed);
    tou_session_flow_set_category (bench->session, TOU_CATEGORY_GOODS);
    fake_turn_main_loop ();
    fake_bench_sign_in (bench);
    g_assert_false (tou_contact_form_take_owner (form));
    tou_contact_form_flush (form);
    fake_turn_main_loop ();
    g_assert_cmpint (tou_contact_form_get_draft_time_us (form), >=, FAKE_NOW_US);
    g_assert_nonnull (fake_store_get_draft (bench->store, FAKE_USER, TOU_CATEGORY_CONSTRUCTION));
    g_assert_nonnull (fake_store_get_draft (bench->store, FAKE_USER, TOU_CATEGORY_GOODS));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/contact-form/prefill-is-no-draft", test_prefill_is_no_draft);
    g_test_add_func ("/contact-form/draft-replaces-prefill", test_draft_replaces_prefill);
    g_test_add_func ("/contact-form/prefill-gives-way-to-typing", test_prefill_gives_way_to_typing);
    g_test_add_func ("/contact-form/draft-time", test_draft_time);
    g_test_add_func ("/contact-form/loaded-draft-time", test_loaded_draft_time);
    g_test_add_func ("/contact-form/draft-of-the-other-category", test_draft_of_the_other_category);
    return g_test_run ();
}
