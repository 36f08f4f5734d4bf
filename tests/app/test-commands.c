/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `touroku verify` and `touroku explain` as a person calls them, without a display, on files of a real job.
 */
#include "job.h"
#include "software-card.h"
#include "tou-paths.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    char *output; /* both */
    int status;
} Run;

static struct {
    char *folder;
    char *profile;
    char *request;
    char *receipt;
    char *number;
} kept;

static void
clear_run (Run *self)
{
    g_free (self->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, clear_run)

/* Without a display and with a data folder that is empty. */
static GStrv
make_environment (void)
{
    GStrv environment = g_get_environ ();

    environment = g_environ_unsetenv (environment, "DISPLAY");
    environment = g_environ_unsetenv (environment, "WAYLAND_DISPLAY");
    return g_environ_setenv (environment, "XDG_DATA_HOME", kept.folder, TRUE);
}

static void
run (Run *out_run, const char *first, ...)
{
    g_autofree char *program = tou_paths_get_part (TOU_PART_PROGRAM);
    g_autoptr (GPtrArray) argv = g_ptr_array_new ();
    g_auto (GStrv) environment = make_environment ();
    g_autofree char *output = NULL;
    g_autofree char *errors = NULL;
    g_autoptr (GError) error = NULL;
    int status;
    va_list rest;

    va_start (rest, first);
    g_ptr_array_add (argv, program);
    for (const char *word = first; word != NULL; word = va_arg (rest, const char *))
        g_ptr_array_add (argv, (char *) word);
    g_ptr_array_add (argv, NULL);
    va_end (rest);
    g_spawn_sync (NULL, (char **) argv->pdata, environment, 0, NULL, NULL, &output, &errors, &status, &error);
    g_assert_no_error (error);
    g_assert_true (WIFEXITED (status));
    out_run->status = WEXITSTATUS (status);
    out_run->output = g_strconcat (output, errors, NULL);
    g_test_message ("%s", out_run->output);
}

static void
assert_says (const Run *result, int status, const char *words)
{
    g_assert_nonnull (strstr (result->output, words));
    g_assert_cmpint (result->status, ==, status);
}

static char *
save (const char *name, GBytes *bytes)
{
    char *path = g_build_filename (kept.folder, name, NULL);
    g_autoptr (GError) error = NULL;

    g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);
    g_assert_no_error (error);
    return path;
}

/* A copy of the request with its byte at @offset changed and cut to @size (0: whole). */
static char *
spoil (const char *name, gsize offset, gsize size)
{
    g_autofree char *data = NULL;
    g_autoptr (GBytes) bytes = NULL;
    gsize whole;

    g_assert_true (g_file_get_contents (kept.request, &data, &whole, NULL));
    if (offset > 0)
        data[offset] ^= 1;
    bytes = g_bytes_new (data, size > 0 ? size : whole);
    return save (name, bytes);
}

static void
test_request (void)
{
    g_auto (Run) result = { 0 };

    run (&result, "verify", "--profile", kept.profile, kept.request, NULL);
    assert_says (&result, 0, "The signature is right");
    assert_says (&result, 0, "Application: Registration");
    assert_says (&result, 0, "Company name: 桜川建設株式会社");
    assert_says (&result, 0, "Company name on the IC card: 桜川建設株式会社");
    assert_says (&result, 0, "valid when it was signed");
    assert_says (&result, 0, "sha256, rsa-pkcs1-v1_5");
}

static void
test_receipt (void)
{
    g_auto (Run) result = { 0 };
    g_auto (GStrv) around = NULL;

    run (&result, "verify", "--profile", kept.profile, kept.receipt, kept.request, NULL);
    assert_says (&result, 0, kept.number);
    assert_says (&result, 0, "The receipt is for the application that was given with it.");
    around = g_strsplit (result.output, "given with it.", -1);
    g_assert_cmpuint (g_strv_length (around), ==, 2); /* said once */
}

/* Would catch: "all is well" of a signature whose signer nobody has looked at. */
static void
test_without_profile (void)
{
    g_auto (Run) result = { 0 };

    run (&result, "verify", kept.request, NULL);
    assert_says (&result, 3, "Not checked: no service profile of this service is known here.");
}

static void
test_other_service (void)
{
    g_autofree char *data = NULL;
    g_autofree char *folder = g_path_get_dirname (kept.profile);
    g_autofree char *other = g_build_filename (folder, "other.touroku", NULL);
    g_autoptr (GKeyFile) file = g_key_file_new ();
    g_autoptr (GError) error = NULL;
    g_auto (Run) result = { 0 };

    g_assert_true (g_key_file_load_from_file (file, kept.profile, G_KEY_FILE_NONE, &error));
    g_key_file_set_string (file, "Service", "BaseUrl", "https://127.0.0.1:1/");
    g_assert_true (g_key_file_save_to_file (file, other, &error));
    run (&result, "verify", "--profile", other, kept.request, NULL);
    assert_says (&result, 1, "for another service");
}

/* A receipt's signer is no card issuer's: a profile that swaps the two trusts neither. */
static void
test_untrusted (void)
{
    g_autofree char *folder = g_path_get_dirname (kept.profile);
    g_autofree char *other = g_build_filename (folder, "swapped.touroku", NULL);
    g_autofree char *receipt_file = NULL;
    g_autoptr (GKeyFile) file = g_key_file_new ();
    g_autoptr (GError) error = NULL;
    g_auto (Run) result = { 0 };

    g_assert_true (g_key_file_load_from_file (file, kept.profile, G_KEY_FILE_NONE, &error));
    receipt_file = g_key_file_get_string (file, "Trust", "ReceiptFile", &error);
    g_key_file_set_string (file, "Trust", "CardIssuersFile", receipt_file);
    g_assert_true (g_key_file_save_to_file (file, other, &error));
    run (&result, "verify", "--profile", other, kept.request, NULL);
    assert_says (&result, 1, "does not lead to an authority");
}

static void
test_bad_files (void)
{
    g_autofree char *changed = spoil ("changed.p7m", 200, 0);
    g_autofree char *cut = spoil ("cut.p7m", 0, 900);
    g_autofree char *missing = g_build_filename (kept.folder, "missing.p7m", NULL);
    g_auto (Run) of_changed = { 0 };
    g_auto (Run) of_cut = { 0 };
    g_auto (Run) of_foreign = { 0 };
    g_auto (Run) of_missing = { 0 };

    run (&of_changed, "verify", "--profile", kept.profile, changed, NULL);
    assert_says (&of_changed, 1, "Changed: the file is not what was signed.");
    run (&of_cut, "verify", "--profile", kept.profile, cut, NULL);
    assert_says (&of_cut, 1, "Damaged or foreign");
    run (&of_foreign, "verify", "--profile", kept.profile, kept.profile, NULL);
    assert_says (&of_foreign, 1, "Foreign: this is not");
    run (&of_missing, "verify", "--profile", kept.profile, missing, kept.request, NULL);
    assert_says (&of_missing, 1, "The signature is right");
}

static guint
count_lines (const char *text, const char *begin)
{
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    guint count = 0;

    for (guint i = 0; lines[i] != NULL; i++)
        count += g_str_has_prefix (lines[i], begin);
    return count;
}

/* What a stranger may write into a file that is signed as it should be: lines that look like the report's
 * own, and what a terminal obeys. */
#define FORGED "x\n  Trust: forged\r\n\xe2\x80\xa8  Trust: forged\x1b[2J\x1b]0;title\x07\xe2\x80\xae\xc2\x9b"
#define LONG_SPACES                                                                                          \
    "                                                                             Trust: forged"

static char *
save_forged (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouPracticeCa) ca = tou_practice_ca_new (&error);
    g_autoptr (SoftwareCard) card = software_card_issue_good (ca, g_get_real_time ());
    g_autoptr (TouRequest) request = software_card_make_request (card, TOU_OPERATION_REGISTRATION, FORGED,
                                                                 g_get_real_time ());
    g_autoptr (GBytes) cms = NULL;

    g_assert_no_error (error);
    tou_set_text (&request->company->name, FORGED);
    tou_set_text (&request->company->vendor_number, LONG_SPACES);
    tou_set_text (&request->audience, FORGED);
    cms = software_card_sign_request (card, request);
    return save ("x\n  Trust: forged\x1b[31m.p7m", cms);
}

static void
assert_not_forged (const Run *result)
{
    g_assert_cmpuint (count_lines (result->output, "  Trust: "), <=, 1);
    g_assert_cmpuint (count_lines (result->output, "  Trust: forged"), ==, 0);
    g_assert_null (strstr (result->output, "  Trust: forged"));
    for (const char *p = result->output; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_true (*p == '\n'
                       || (!g_unichar_iscntrl (g_utf8_get_char (p))
                           && g_unichar_type (g_utf8_get_char (p)) != G_UNICODE_FORMAT));
}

/* Would catch: a file of a stranger that shows "Trust" as it likes, clears the screen or names the window. */
static void
test_forged (void)
{
    g_autofree char *path = save_forged ();
    g_autofree char *missing = g_strconcat (kept.folder, "/y\n  Trust: forged\x1b[2J", NULL);
    g_autofree char *profile = g_build_filename (kept.folder, "forged.touroku", NULL);
    g_auto (Run) result = { 0 };
    g_auto (Run) of_missing = { 0 };
    g_auto (Run) of_profile = { 0 };

    run (&result, "verify", path, NULL);
    assert_says (&result, 3, "The signature is right");
    assert_not_forged (&result);
    run (&of_missing, "verify", missing, NULL);
    assert_says (&of_missing, 1, "Result: ");
    assert_not_forged (&of_missing);
    g_assert_true (g_file_set_contents (profile, "[Service]\nx\x1b[2J\r  Trust: forged\n", -1, NULL));
    run (&of_profile, "verify", "--profile", profile, kept.request, NULL);
    assert_says (&of_profile, 2, "forged.touroku");
    assert_not_forged (&of_profile);
}

/* Would catch: a program that waits for whoever writes into a pipe, or reads a device without end. */
static void
test_not_a_file (void)
{
    g_autofree char *pipe = g_build_filename (kept.folder, "pipe.p7m", NULL);
    g_autofree char *huge = g_build_filename (kept.folder, "huge.p7m", NULL);
    g_auto (Run) result = { 0 };
    g_auto (Run) of_profile = { 0 };

    g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
    g_assert_true (g_file_set_contents (huge, "", 0, NULL));
    g_assert_cmpint (truncate (huge, G_GINT64_CONSTANT (64) << 30), ==, 0);
    run (&result, "verify", pipe, "/dev/zero", kept.folder, huge, kept.request, NULL);
    assert_says (&result, 1, "pipe.p7m\" is not a regular file");
    assert_says (&result, 1, "/dev/zero\" is not a regular file");
    assert_says (&result, 1, "huge.p7m\" has more than 16777216 bytes");
    g_assert_cmpuint (count_lines (result.output, "  Result: "), ==, 5);
    assert_says (&result, 1, "The signature is right");
    run (&of_profile, "verify", "--profile", pipe, kept.request, NULL);
    assert_says (&of_profile, 2, "is not a regular file");
}

static void
test_explain (void)
{
    g_auto (Run) pin = { 0 };
    g_auto (Run) range = { 0 };
    g_auto (Run) unknown = { 0 };
    g_auto (Run) nothing = { 0 };

    run (&pin, "explain", "03002", NULL);
    assert_says (&pin, 0, "The PIN is wrong.");
    assert_says (&pin, 0, "The card is locked");
    assert_says (&pin, 0, "The card in the reader is another one than before.");
    run (&range, "explain", "41234", NULL);
    assert_says (&range, 0, "between 40001 and 49999");
    run (&unknown, "explain", "99999", NULL);
    assert_says (&unknown, 1, "no error code");
    run (&nothing, "explain", NULL);
    assert_says (&nothing, 2,
                 "touroku: It takes one error code, such as 03002.\n"
                 "How it is called: touroku help explain\n");
}

/* On standard output, as it was asked for. */
static void
test_help (void)
{
    g_auto (Run) all = { 0 };
    g_auto (Run) of_verify = { 0 };
    g_auto (Run) of_option = { 0 };

    run (&all, "help", NULL);
    assert_says (&all, 0, "touroku explain CODE\n      What an error code means and what to do");
    assert_says (&all, 0, "--practice-folder=FOLDER");
    run (&of_verify, "help", "verify", NULL);
    assert_says (&of_verify, 0, "touroku verify [OPTION…] FILE…");
    run (&of_option, "verify", "--help", NULL);
    assert_says (&of_option, 0, "--profile=FILE");
    g_assert_cmpstr (of_option.output, ==, of_verify.output);
}

/* Would catch: a mistyped command that opens a window, which then says that there is no such file. */
static void
test_unknown_words (void)
{
    g_auto (Run) word = { 0 };
    g_auto (Run) late = { 0 };
    g_auto (Run) help = { 0 };
    g_auto (Run) option = { 0 };
    g_auto (Run) hostile = { 0 };

    run (&word, "verfy", "request.p7m", NULL);
    assert_says (&word, 2,
                 "touroku: There is no command “verfy”, and no file of this name.\n"
                 "How it is called: touroku help\n");
    run (&late, "--practice", "explain", "03002", NULL);
    assert_says (&late, 2, "There is no command “explain”");
    run (&help, "help", "verfy", NULL);
    assert_says (&help, 2, "There is no command “verfy”.");
    run (&option, "verify", "--proflie", NULL);
    assert_says (&option, 2, "--proflie");
    assert_says (&option, 2, "How it is called: touroku help verify");
    run (&hostile, "\033[31mred", NULL);
    assert_says (&hostile, 2, "[31mred");
    g_assert_null (strchr (hostile.output, '\033'));
}

/* What has a slash or the ending, or is there, is a file: without a display it gets as far as the window. */
static void
test_files (void)
{
    const char *const words[] = { "agency.touroku", "./verify", kept.profile };

    for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
        g_auto (Run) result = { 0 };

        run (&result, words[i], NULL);
        assert_says (&result, 1, "There is no display");
    }
}

/* Would catch: a data folder below wherever the program was started. */
static void
test_relative_folder (void)
{
    g_autofree char *program = tou_paths_get_part (TOU_PART_PROGRAM);
    g_autofree char *wrong = g_build_filename (kept.folder, "rel", NULL);
    g_autofree char *right = g_build_filename (kept.folder, ".local", "share", "touroku", NULL);
    const char *const argv[] = { program, "verify", kept.request, NULL };
    g_auto (GStrv) environment = make_environment ();
    g_autoptr (GError) error = NULL;

    environment = g_environ_setenv (environment, "XDG_DATA_HOME", "rel", TRUE);
    environment = g_environ_setenv (environment, "HOME", kept.folder, TRUE);
    g_spawn_sync (kept.folder, (char **) argv, environment, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                  NULL, NULL, &error);
    g_assert_no_error (error);
    g_assert_false (g_file_test (wrong, G_FILE_TEST_EXISTS));
    g_assert_true (g_file_test (right, G_FILE_TEST_IS_DIR));
}

/* Would catch: a toolkit's own warning, or silence, where a person starts the window without a display. */
static void
test_no_display (void)
{
    g_auto (Run) result = { 0 };
    g_auto (Run) practice = { 0 };

    run (&result, NULL);
    assert_says (&result, 1,
                 "There is no display for Touroku’s window. With a virtual one: xvfb-run -a touroku\n");
    g_assert_null (strstr (result.output, "WARNING"));
    run (&practice, "--practice", NULL);
    assert_says (&practice, 1, "There is no display");
    g_assert_null (strstr (practice.output, "WARNING"));
}

/* Would catch: a person on a machine without a display who waits for the whole build to hear of it. */
static void
test_run_without_display (void)
{
    g_autofree char *script = g_test_build_filename (G_TEST_DIST, "..", "run", NULL);
    const char *const argv[] = { script, "--no-install", NULL };
    g_auto (GStrv) environment = make_environment ();
    g_autofree char *output = NULL;
    g_autofree char *errors = NULL;
    g_autoptr (GError) error = NULL;
    int status;

    g_spawn_sync (NULL, (char **) argv, environment, 0, NULL, NULL, &output, &errors, &status, &error);
    g_assert_no_error (error);
    g_assert_cmpint (WEXITSTATUS (status), ==, 1);
    g_assert_cmpstr (output, ==, "");
    g_assert_cmpstr (errors, ==, "There is no display here. With a virtual one: xvfb-run -a ./run\n");
}

/* One registration on real parts, whose two files are kept. */
static void
keep_files (void)
{
    g_autoptr (TouReceipt) receipt = NULL;
    g_autoptr (GError) error = NULL;
    Job job;

    job_init (&job, NULL);
    kept.folder = g_strdup (job.folder);
    job_connect (&job);
    job_sign_in (&job);
    g_assert_true (job_unlock (&job, TOU_PRACTICE_PIN, &error));
    g_assert_no_error (error);
    job_fill (&job);
    receipt = job_submit (&job, &error);
    g_assert_no_error (error);
    kept.profile = g_build_filename (job.folder, "practice", "service.touroku", NULL);
    kept.request = save ("request.p7m", tou_request_flow_get_submission (job.registration)->cms);
    kept.receipt = save ("receipt.p7s", receipt->cms);
    kept.number = g_strdup (receipt->reception_number);
    job_clear (&job);
}

static void
remove_folder (void)
{
    const char *const argv[] = { "rm", "-rf", kept.folder, NULL };

    g_assert_true (g_str_has_prefix (kept.folder, g_get_tmp_dir ()));
    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
    g_free (kept.folder);
    g_free (kept.profile);
    g_free (kept.request);
    g_free (kept.receipt);
    g_free (kept.number);
}

int
main (int argc, char **argv)
{
    int status;

    g_test_init (&argc, &argv, NULL);
    keep_files ();
    g_test_add_func ("/commands/verify/request", test_request);
    g_test_add_func ("/commands/verify/receipt", test_receipt);
    g_test_add_func ("/commands/verify/without-profile", test_without_profile);
    g_test_add_func ("/commands/verify/other-service", test_other_service);
    g_test_add_func ("/commands/verify/untrusted", test_untrusted);
    g_test_add_func ("/commands/verify/bad-files", test_bad_files);
    g_test_add_func ("/commands/verify/forged", test_forged);
    g_test_add_func ("/commands/verify/not-a-file", test_not_a_file);
    g_test_add_func ("/commands/explain", test_explain);
    g_test_add_func ("/commands/help", test_help);
    g_test_add_func ("/commands/unknown-words", test_unknown_words);
    g_test_add_func ("/commands/files", test_files);
    g_test_add_func ("/commands/relative-folder", test_relative_folder);
    g_test_add_func ("/commands/no-display", test_no_display);
    g_test_add_func ("/commands/run-without-display", test_run_without_display);
    status = g_test_run ();
    remove_folder ();
    return status;
}
