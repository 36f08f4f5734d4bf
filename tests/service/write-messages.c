/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "messages.h"
#include "tou-wire-answer.h"
#include "tou-wire-problem.h"
#include "tou-wire-request.h"

/* Prints one of every message that is written, for tools/check-openapi: what the code writes must be what
 * docs/service-api.yaml says. */

static void
print_message (const char *schema, GBytes *json)
{
    g_autoptr (GBytes) owned = json;

    g_print ("%s\t%.*s\n", schema, (int) g_bytes_get_size (owned),
             (const char *) g_bytes_get_data (owned, NULL));
}

static void
print_requests (void)
{
    for (TouOperation i = TOU_OPERATION_REGISTRATION; i <= TOU_OPERATION_CONTACT_CHANGE; i++) {
        g_autoptr (TouRequest) request = message_make_request (i);
        print_message ("Request", tou_wire_write_request (request));
    }
}

static void
print_authorization (void)
{
    g_autoptr (TouAuthorization) authorization = message_make_authorization ();

    print_message ("Authorization", tou_wire_write_authorization (authorization));
}

static void
print_answers (void)
{
    g_autoptr (TouServiceInfo) info = message_make_service_info ();
    g_autoptr (TouSession) session = message_make_session ();
    g_autoptr (TouRegistration) registration = message_make_registration ();
    g_autoptr (TouReceipt) receipt = message_make_receipt ();
    g_autoptr (GPtrArray) applications = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_application_free);

    g_ptr_array_add (applications, message_make_application (TOU_REVIEW_STATE_DENIED, "違います。"));
    print_message ("ServiceInfo", tou_wire_write_service_info (info, MESSAGE_AUDIENCE));
    print_message ("Session", tou_wire_write_session (session, "c2Vzc2lvbi0wMDAwMDAwMDAwMDAw"));
    print_message ("Registration", tou_wire_write_registration (registration));
    print_message ("Applications", tou_wire_write_applications (applications));
    print_message ("Accepted", tou_wire_write_accepted (receipt));
    print_message ("Receipt", tou_wire_write_receipt (receipt, MESSAGE_AUDIENCE, TOU_OPERATION_CARD_RENEWAL,
                                                      TOU_CATEGORY_GOODS));
}

static void
print_problems (void)
{
    guint n;
    const TouWireProblemKind *kinds = tou_wire_problem_get_kinds (&n);

    for (guint i = 0; i < n; i++) {
        g_autoptr (TouWireProblem) problem = tou_wire_problem_new (kinds[i].name, "because");
        print_message ("Problem", tou_wire_write_problem (problem));
    }
}

static void
print_sign_in (void)
{
    g_autoptr (TouSecret) password = tou_secret_new_from_text ("p\"\\/!~");
    g_autoptr (GError) error = NULL;
    g_autoptr (TouSecret) json = tou_wire_write_sign_in ("bidder1", password, TOU_CATEGORY_GOODS, &error);

    g_assert_no_error (error);
    print_message ("SignIn", g_bytes_new (tou_secret_get_data (json), tou_secret_get_size (json)));
}

int
main (int argc, char **argv)
{
    print_requests ();
    print_authorization ();
    print_answers ();
    print_problems ();
    print_sign_in ();
    print_message ("OtherCategory", tou_wire_write_other_category (TOU_CATEGORY_CONSTRUCTION));
    return 0;
}
