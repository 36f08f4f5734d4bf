/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

/* The child of test-child-process: says back what it is told, until its connection closes. */

#include "tou-child-process.h"

static const char introspection[] = "<node><interface name='io.github.touroku.TestEcho'><method name='Say'>"
                                    "<arg type='s' direction='in'/><arg type='s' direction='out'/>"
                                    "</method></interface></node>";

static void
on_method_called (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                  const char *method, GVariant *parameters, GDBusMethodInvocation *invocation,
                  gpointer user_data)
{
    const char *text;

    (void) connection, (void) sender, (void) path, (void) interface, (void) method, (void) user_data;
    g_variant_get (parameters, "(&s)", &text);
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", text));
}

static void
on_connection_closed (GMainLoop *loop)
{
    g_main_loop_quit (loop);
}

int
main (void)
{
    static const GDBusInterfaceVTable table = { .method_call = on_method_called };
    g_autoptr (GError) error = NULL;
    g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
    g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);
    g_autoptr (GDBusConnection) connection = tou_child_process_serve (&error);

    if (connection == NULL)
        return 7;
    g_signal_connect_swapped (connection, "closed", G_CALLBACK (on_connection_closed), loop);
    g_dbus_connection_register_object (connection, "/echo", node->interfaces[0], &table, NULL, NULL, NULL);
    g_dbus_connection_start_message_processing (connection);
    g_main_loop_run (loop);
    return 5;
}
