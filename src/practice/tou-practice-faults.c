/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-faults.h"

#include "tou-wire-problem.h"

#include <string.h>

#define MOST_TIMES 1000
#define MOST_SLOW_MS 60000
/* Over what a client takes as a message (1 MiB) and as a revocation list (16 MiB). */
#define HUGE_BYTES (17 * 1024 * 1024)

static const struct {
    const char *name;
    guint least; /* of the value as a number; both 0: takes none */
    guint most;
    gboolean takes_word;
} kinds[] = {
    [TOU_PRACTICE_FAULT_DROP_ANSWER] = { "drop-answer" },
    [TOU_PRACTICE_FAULT_SLOW] = { "slow", 1, MOST_SLOW_MS },
    [TOU_PRACTICE_FAULT_NOT_JSON] = { "not-json" },
    [TOU_PRACTICE_FAULT_TOO_LARGE] = { "too-large" },
    [TOU_PRACTICE_FAULT_STATUS_500] = { "status-500" },
    [TOU_PRACTICE_FAULT_UNKNOWN_CODE] = { "unknown-code", 10000, 99999 },
    [TOU_PRACTICE_FAULT_MISSING_FIELDS] = { "missing-fields" },
    [TOU_PRACTICE_FAULT_UNKNOWN_STATE] = { "unknown-state" },
    [TOU_PRACTICE_FAULT_SESSION_EXPIRED] = { "session-expired" },
    [TOU_PRACTICE_FAULT_WITHOUT] = { "without", .takes_word = TRUE },
};

typedef struct {
    TouPracticeFault kind;
    guint value;
    char *word;
    char *path;
    guint times;
} Entry;

struct _TouPracticeFaults {
    GPtrArray *entries; /* (element-type Entry) */
};

static void
entry_free (Entry *self)
{
    g_free (self->word);
    g_free (self->path);
    g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Entry, entry_free)

TouPracticeFaults *
tou_practice_faults_new (void)
{
    TouPracticeFaults *self = g_new0 (TouPracticeFaults, 1);

    self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
    return self;
}

void
tou_practice_faults_free (TouPracticeFaults *self)
{
    g_ptr_array_unref (self->entries);
    g_free (self);
}

/* Cuts @text at the last @separator; Returns: (nullable): what stood behind it */
static char *
cut_off (char *text, char separator)
{
    char *found = strrchr (text, separator);

    if (found == NULL)
        return NULL;
    *found = '\0';
    return found + 1;
}

static gboolean
read_number (const char *text, guint least, guint most, guint *out_number)
{
    guint64 number;

    if (text == NULL || !g_ascii_string_to_unsigned (text, 10, least, most, &number, NULL))
        return FALSE;
    *out_number = (guint) number;
    return TRUE;
}

static gboolean
read_kind (Entry *entry, const char *name, const char *value)
{
    for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
        if (!g_str_equal (kinds[i].name, name))
            continue;
        entry->kind = (TouPracticeFault) i;
        entry->word = kinds[i].takes_word ? g_strdup (value) : NULL;
        if (kinds[i].takes_word)
            return value != NULL && *value != '\0';
        return kinds[i].most == 0 ? value == NULL
                                  : read_number (value, kinds[i].least, kinds[i].most, &entry->value);
    }
    return FALSE;
}

gboolean
tou_practice_faults_add (TouPracticeFaults *self, const char *text, GError **error)
{
    g_autofree char *rest = g_strdup (text);
    g_autoptr (Entry) entry = g_new0 (Entry, 1);
    const char *times = cut_off (rest, '*');
    const char *value;

    entry->times = 1;
    entry->path = g_strdup (cut_off (rest, '@'));
    value = cut_off (rest, '=');
    if (!read_kind (entry, rest, value)
        || (times != NULL && !read_number (times, 1, MOST_TIMES, &entry->times))) {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "no fault: %s", text);
        return FALSE;
    }
    g_ptr_array_add (self->entries, g_steal_pointer (&entry));
    return TRUE;
}

/* Returns: (nullable): an entry that is due */
static Entry *
find_due (TouPracticeFaults *self, TouPracticeFault fault, const char *path)
{
    for (guint i = 0; i < self->entries->len; i++) {
        Entry *entry = g_ptr_array_index (self->entries, i);

        if (entry->kind == fault && (entry->path == NULL || g_str_has_prefix (path, entry->path)))
            return entry;
    }
    return NULL;
}

/* Takes one of its times, with which it may go. */
static void
use_up (TouPracticeFaults *self, Entry *entry)
{
    if (--entry->times == 0)
        g_ptr_array_remove (self->entries, entry);
}

gboolean
tou_practice_faults_take (TouPracticeFaults *self, TouPracticeFault fault, const char *path, guint *out_value)
{
    Entry *entry = find_due (self, fault, path);

    if (entry == NULL)
        return FALSE;
    if (out_value != NULL)
        *out_value = entry->value;
    use_up (self, entry);
    return TRUE;
}

static TouPracticeAnswer *
refuse_with_code (guint code)
{
    g_autoptr (TouWireProblem) problem = tou_wire_problem_new ("bad-request", NULL);
    TouPracticeAnswer *answer;

    g_free (problem->code);
    problem->code = g_strdup_printf ("%05u", code);
    g_free (problem->type_uri);
    problem->type_uri = g_strdup ("about:blank");
    answer = tou_practice_answer_new_json (problem->status, tou_wire_write_problem (problem));
    answer->content_type = "application/problem+json";
    return answer;
}

TouPracticeAnswer *
tou_practice_faults_refuse (TouPracticeFaults *self, const char *path)
{
    guint code;

    if (tou_practice_faults_take (self, TOU_PRACTICE_FAULT_STATUS_500, path, NULL))
        return tou_practice_answer_new_problem ("internal", "asked for", NULL);
    if (tou_practice_faults_take (self, TOU_PRACTICE_FAULT_UNKNOWN_CODE, path, &code))
        return refuse_with_code (code);
    return NULL;
}

static void
replace_body (TouPracticeAnswer *answer, gpointer data, gsize size)
{
    g_clear_pointer (&answer->body, g_bytes_unref);
    answer->body = g_bytes_new_take (data, size);
}

/* Text for text, wherever it stands. */
static void
replace_text (TouPracticeAnswer *answer, const char *find, const char *put)
{
    gsize size;
    const char *data;
    GString *text;

    if (answer->body == NULL)
        return;
    data = g_bytes_get_data (answer->body, &size);
    text = g_string_new_len (data, (gssize) size);
    g_string_replace (text, find, put, 0);
    size = text->len;
    replace_body (answer, g_string_free (text, FALSE), size);
}

/* A member of another name is one that no reader knows. */
static void
leave_out (TouPracticeFaults *self, const char *path, TouPracticeAnswer *answer)
{
    Entry *entry = find_due (self, TOU_PRACTICE_FAULT_WITHOUT, path);
    g_autofree char *find = NULL;
    g_autofree char *put = NULL;

    if (entry == NULL)
        return;
    find = g_strdup_printf ("\"%s\":", entry->word);
    put = g_strdup_printf ("\"not_%s\":", entry->word);
    replace_text (answer, find, put);
    use_up (self, entry);
}

void
tou_practice_faults_spoil (TouPracticeFaults *self, const char *path, TouPracticeAnswer *answer)
{
    static const char page[] = "<!DOCTYPE html><title>Maintenance</title><p>メンテナンス中です。</p>\n";

    if (tou_practice_faults_take (self, TOU_PRACTICE_FAULT_NOT_JSON, path, NULL)) {
        answer->content_type = "text/html; charset=utf-8";
        replace_body (answer, g_strdup (page), strlen (page));
    }
    if (tou_practice_faults_take (self, TOU_PRACTICE_FAULT_MISSING_FIELDS, path, NULL))
        replace_body (answer, g_strdup ("{}"), strlen ("{}"));
    leave_out (self, path, answer);
    if (tou_practice_faults_take (self, TOU_PRACTICE_FAULT_UNKNOWN_STATE, path, NULL))
        replace_text (answer, "\"state\":\"", "\"state\":\"not-");
    if (tou_practice_faults_take (self, TOU_PRACTICE_FAULT_TOO_LARGE, path, NULL))
        replace_body (answer, g_strnfill (HUGE_BYTES, ' '), HUGE_BYTES);
}
