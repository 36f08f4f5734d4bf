/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TouCommand: a word that may stand first on the command line. Commands need no window and no display. All of
 * them are in one table, which --help and `touroku help` are made of; the tests compare the manual pages and
 * the completions of the shells with these.
 */
typedef struct {
    const char *name;
    const char *arguments; /* as in a usage line; for gettext */
    const char *summary;   /* half a line; for gettext */
    /** run: runs it and waits for its end. @argv: from the command's name on. Returns: the exit status: 0:
     * well, 1: not well (an unknown code, a file that is not what it should be), 2: it was called wrongly;
     * more with each command. */
    int (*run) (int argc, char **argv);
} TouCommand;

/** tou_command_find: Returns: (transfer none) (nullable): the command with this name. */
const TouCommand *tou_command_find (const char *name);

/** tou_command_dup_list: Returns: (transfer full): the commands, a line each, translated. */
char *tou_command_dup_list (void);

/**
 * tou_command_check_file: whether @word, which is no command, is meant as a file: it has a slash in it, ends
 * in
 * `.touroku`, or there is a file with this name. Any other word is taken for a mistyped command.
 * Errors: G_OPTION_ERROR, with the word in the message, translated.
 */
gboolean tou_command_check_file (const char *word, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_command_parse: the options of command @name; on --help it shows them and ends the program.
 * @entries: (nullable): options besides --help. Errors: G_OPTION_ERROR. */
gboolean tou_command_parse (const char *name, const GOptionEntry *entries, int *argc, char ***argv,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_command_complain: says on standard error what is wrong with the call of command @name (nullable: of
 * the program itself), and where help is. Returns: 2, the exit status. */
int tou_command_complain (const char *name, const char *message);

/** The commands. */
int tou_explain_command (int argc, char **argv);
int tou_help_command (int argc, char **argv);
/** Also 3: the signature is right, but whose it is could not be checked. */
int tou_verify_command (int argc, char **argv);

G_END_DECLS
