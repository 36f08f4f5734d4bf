/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-secret.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

/* Every byte from the end of the text to the end of the room. */
static void
assert_wiped_after (const TouSecret *secret)
{
    const char *data = tou_secret_get_data (secret);

    for (gsize i = tou_secret_get_size (secret); i <= TOU_SECRET_MAX; i++)
        g_assert_cmpint (data[i], ==, 0);
}

static void
test_insert (void)
{
    g_autoptr (TouSecret) secret = tou_secret_new_from_text ("14");

    g_assert_true (tou_secret_insert (secret, 1, "23x", 2));
    g_assert_true (tou_secret_insert (secret, 4, "五", 3));
    g_assert_cmpstr (tou_secret_get_data (secret), ==, "1234五");
    g_assert_cmpuint (tou_secret_get_size (secret), ==, 7);
    g_assert_cmpuint (tou_secret_get_n_chars (secret), ==, 5);
    g_assert_true (tou_secret_equal_text (secret, "1234五"));
    g_assert_false (tou_secret_equal_text (secret, "1234"));
    g_assert_false (tou_secret_equal_text (secret, "1234六"));
}

/* Would catch: bytes that stay behind the end after erasing. */
static void
test_erase_and_clear (void)
{
    g_autoptr (TouSecret) secret = tou_secret_new_from_text ("123456");

    tou_secret_erase (secret, 1, 3);
    g_assert_cmpstr (tou_secret_get_data (secret), ==, "156");
    assert_wiped_after (secret);
    tou_secret_clear (secret);
    g_assert_cmpuint (tou_secret_get_size (secret), ==, 0);
    assert_wiped_after (secret);
}

static void
test_full (void)
{
    g_autofree char *text = g_strnfill (TOU_SECRET_MAX, 'x');
    g_autoptr (TouSecret) secret = tou_secret_new_from_text (text);

    g_assert_cmpuint (tou_secret_get_size (secret), ==, TOU_SECRET_MAX);
    g_assert_false (tou_secret_insert (secret, 0, "y", 1));
    g_assert_true (tou_secret_equal_text (secret, text));
}

static void
test_copy (void)
{
    g_autoptr (TouSecret) secret = tou_secret_new_from_text ("1234");
    g_autoptr (TouSecret) copy = tou_secret_copy (secret);
    g_autoptr (TouSecret) same = tou_secret_ref (secret);

    tou_secret_clear (secret);
    g_assert_true (tou_secret_equal_text (copy, "1234"));
    g_assert_true (tou_secret_equal_text (same, ""));
}

/* Would catch: a secret that goes into a core dump or a forked child. */
static void
test_mapping_flags (void)
{
    g_autoptr (TouSecret) secret = tou_secret_new_from_text ("1234");
    g_autofree char *smaps = NULL;
    g_auto (GStrv) lines = NULL;
    guint64 address = (guint64) (guintptr) tou_secret_get_data (secret);
    gboolean is_ours = FALSE;

    if (!g_file_get_contents ("/proc/self/smaps", &smaps, NULL, NULL)) {
        g_test_skip ("no /proc/self/smaps");
        return;
    }
    lines = g_strsplit (smaps, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++) {
        char *dash = NULL;
        guint64 start = g_ascii_strtoull (lines[i], &dash, 16);

        if (dash > lines[i] && *dash == '-')
            is_ours = address >= start && address < g_ascii_strtoull (dash + 1, NULL, 16);
        if (!is_ours || !g_str_has_prefix (lines[i], "VmFlags:"))
            continue;
        g_assert_nonnull (strstr (lines[i], " dd"));
        g_assert_nonnull (strstr (lines[i], " dc"));
        return;
    }
    g_test_skip ("the kernel shows no flags of mappings");
}

static void
open_pipe (int fds[2])
{
    g_assert_cmpint (pipe2 (fds, O_CLOEXEC), ==, 0);
}

static void
test_pipe (void)
{
    g_autofree char *text = g_strnfill (TOU_SECRET_MAX, 'x');
    g_autoptr (TouSecret) secret = tou_secret_new_from_text (text);
    g_autoptr (TouSecret) received = NULL;
    g_autoptr (GError) error = NULL;
    int fds[2];

    open_pipe (fds);
    g_assert_true (tou_secret_write_to_fd (secret, fds[1], &error));
    close (fds[1]);
    received = tou_secret_new_from_fd (fds[0], &error);
    g_assert_no_error (error);
    g_assert_true (tou_secret_equal_text (received, text));
    close (fds[0]);
}

static void
test_pipe_too_long (void)
{
    g_autofree char *text = g_strnfill (TOU_SECRET_MAX + 1, 'x');
    g_autoptr (TouSecret) received = NULL;
    g_autoptr (GError) error = NULL;
    int fds[2];

    open_pipe (fds);
    g_assert_cmpint (write (fds[1], text, TOU_SECRET_MAX + 1), ==, TOU_SECRET_MAX + 1);
    close (fds[1]);
    received = tou_secret_new_from_fd (fds[0], &error);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
    g_assert_null (received);
    close (fds[0]);
}

static void
test_bad_fd (void)
{
    g_autoptr (TouSecret) secret = tou_secret_new_from_text ("1234");
    g_autoptr (GError) write_error = NULL;
    g_autoptr (GError) read_error = NULL;
    int fd = open ("/dev/null", O_PATH | O_CLOEXEC);

    g_assert_false (tou_secret_write_to_fd (secret, fd, &write_error));
    g_assert_true (write_error->domain == G_IO_ERROR);
    g_assert_null (tou_secret_new_from_fd (fd, &read_error));
    g_assert_true (read_error->domain == G_IO_ERROR);
    close (fd);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/secret/insert", test_insert);
    g_test_add_func ("/secret/erase-and-clear", test_erase_and_clear);
    g_test_add_func ("/secret/full", test_full);
    g_test_add_func ("/secret/copy", test_copy);
    g_test_add_func ("/secret/mapping-flags", test_mapping_flags);
    g_test_add_func ("/secret/pipe", test_pipe);
    g_test_add_func ("/secret/pipe-too-long", test_pipe_too_long);
    g_test_add_func ("/secret/bad-fd", test_bad_fd);
    return g_test_run ();
}
