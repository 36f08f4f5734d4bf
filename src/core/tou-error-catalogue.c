/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-error-catalogue.h"

#include "tou-error-row.h"
#include "tou-registration-service.h"

#include <string.h>

#define UNEXPECTED "19999"

/** The tables in one, ordered by code; rows and entries side by side. */
typedef struct {
    GPtrArray *rows; /* (element-type TouErrorRow) */
    GArray *entries; /* (element-type TouErrorEntry) */
} Catalogue;

static void
add_rows (GPtrArray *rows, const TouErrorRow *table, guint n_rows)
{
    for (guint i = 0; i < n_rows; i++)
        g_ptr_array_add (rows, (gpointer) &table[i]);
}

static int
compare_codes (gconstpointer a, gconstpointer b)
{
    const TouErrorRow *const *left = a, *const *right = b;

    return strcmp ((*left)->code, (*right)->code);
}

/* The rows of the manual are added first, and g_ptr_array_sort() is stable: each code begins with its general
 * row. */
static GPtrArray *
join_rows (void)
{
    GPtrArray *rows = g_ptr_array_new ();

    add_rows (rows, tou_error_rows_code, tou_n_error_rows_code);
    add_rows (rows, tou_error_rows_card, tou_n_error_rows_card);
    add_rows (rows, tou_error_rows_service, tou_n_error_rows_service);
    add_rows (rows, tou_error_rows_program, tou_n_error_rows_program);
    g_ptr_array_sort (rows, compare_codes);
    return rows;
}

static TouErrorEntry
make_entry (const TouErrorRow *row, const char *message)
{
    return (TouErrorEntry){
        .code = row->code,
        .name = row->name,
        .form = row->code[0] <= '1' ? TOU_ERROR_FORM_DIALOG : TOU_ERROR_FORM_PAGE,
        .message = message,
        .cause = row->cause,
        .remedy = row->remedy,
    };
}

static GArray *
make_entries (GPtrArray *rows)
{
    GArray *entries = g_array_sized_new (FALSE, FALSE, sizeof (TouErrorEntry), rows->len);
    const char *message = NULL;

    for (guint i = 0; i < rows->len; i++) {
        const TouErrorRow *row = rows->pdata[i];
        if (row->message != NULL)
            message = row->message;
        TouErrorEntry entry = make_entry (row, message);
        g_array_append_val (entries, entry);
    }
    return entries;
}

static const Catalogue *
get_catalogue (void)
{
    static Catalogue catalogue;
    static gsize is_made;

    if (g_once_init_enter (&is_made)) {
        catalogue.rows = join_rows ();
        catalogue.entries = make_entries (catalogue.rows);
        g_once_init_leave (&is_made, 1);
    }
    return &catalogue;
}

typedef gboolean (*RowTest) (const TouErrorRow *row, gconstpointer key);

static const TouErrorEntry *
find_entry (RowTest test, gconstpointer key)
{
    const Catalogue *catalogue = get_catalogue ();

    for (guint i = 0; i < catalogue->rows->len; i++) {
        if (test (catalogue->rows->pdata[i], key))
            return &g_array_index (catalogue->entries, TouErrorEntry, i);
    }
    return NULL;
}

static gboolean
row_has_code (const TouErrorRow *row, gconstpointer code)
{
    return g_str_equal (row->code, code);
}

static gboolean
row_has_problem (const TouErrorRow *row, gconstpointer problem)
{
    return g_strcmp0 (row->problem, problem) == 0;
}

static gboolean
row_is_for_error (const TouErrorRow *row, gconstpointer key)
{
    const GError *error = key;

    return row->domain != NULL && row->value == error->code
           && g_str_equal (row->domain, g_quark_to_string (error->domain));
}

/* A problem's type is a URI of any scheme; its last part is the name. */
static const char *
get_problem_name (const GError *error)
{
    const char *type = tou_service_error_get_type_uri (error);
    const char *name = type;

    for (const char *c = type; c != NULL && *c != '\0'; c++) {
        if (*c == '/' || *c == ':')
            name = c + 1;
    }
    return name;
}

static gboolean
row_is_for_problem (const TouErrorRow *row, gconstpointer key)
{
    return row->problem != NULL && g_strcmp0 (row->problem, get_problem_name (key)) == 0
           && g_str_equal (row->code, tou_service_error_get_code (key));
}

/* 40001-49999 (manual 6.2) */
static gboolean
is_in_4xxxx (const char *code)
{
    return strlen (code) == 5 && strspn (code, "0123456789") == 5 && code[0] == '4'
           && strcmp (code, "40000") > 0;
}

/* By type, which is the finest, else by code; a code that the manual does not list has advice by its range.
 */
static const TouErrorEntry *
look_up_problem (const GError *error)
{
    const char *code = tou_service_error_get_code (error);
    const TouErrorEntry *entry = find_entry (row_is_for_problem, error);

    if (entry == NULL)
        entry = tou_error_catalogue_lookup_code (code);
    if (entry == NULL)
        entry = find_entry (row_has_problem, is_in_4xxxx (code) ? TOU_ERROR_ANY_4XXXX : TOU_ERROR_ANY_CODE);
    return entry;
}

const TouErrorEntry *
tou_error_catalogue_lookup (const GError *error)
{
    const TouErrorEntry *entry;

    if (g_error_matches (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_PROBLEM)
        && tou_service_error_get_code (error) != NULL)
        return look_up_problem (error);
    entry = find_entry (row_is_for_error, error);
    return entry != NULL ? entry : tou_error_catalogue_lookup_code (UNEXPECTED);
}

const TouErrorEntry *
tou_error_catalogue_lookup_code (const char *code)
{
    return find_entry (row_has_code, code);
}

const TouErrorEntry *
tou_error_catalogue_list_code (const char *code, guint *out_n)
{
    guint n_all;
    const TouErrorEntry *first = tou_error_catalogue_lookup_code (code);
    const TouErrorEntry *end = tou_error_catalogue_get_all (&n_all) + n_all;

    *out_n = 0;
    if (first == NULL && is_in_4xxxx (code)) {
        *out_n = 1;
        return find_entry (row_has_problem, TOU_ERROR_ANY_4XXXX);
    }
    for (const TouErrorEntry *entry = first; entry != NULL && entry < end && g_str_equal (entry->code, code);
         entry++)
        *out_n += 1;
    return first;
}

const TouErrorEntry *
tou_error_catalogue_get_all (guint *out_n)
{
    const Catalogue *catalogue = get_catalogue ();

    *out_n = catalogue->entries->len;
    return (const TouErrorEntry *) (const void *) catalogue->entries->data;
}
