/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** TouErrorRow: one explained cause as it stands in the tables tou-error-rows-*.c, with the errors that it is
 * for. Private to core. */
typedef struct {
    const char *code;
    const char *name;
    const char *message; /* with the first row of each code; the others take it from there */
    const char *cause;
    const char *remedy;
    const char *domain;  /* (nullable): the text of its quark */
    int value;           /* of that domain */
    const char *problem; /* (nullable): last part of a problem document's "type", or one of the words below */
} TouErrorRow;

/** For problem documents with a code that the manual does not list. */
#define TOU_ERROR_ANY_4XXXX "*4"
#define TOU_ERROR_ANY_CODE "*"

extern const TouErrorRow tou_error_rows_code[];
extern const guint tou_n_error_rows_code;
extern const TouErrorRow tou_error_rows_card[];
extern const guint tou_n_error_rows_card;
extern const TouErrorRow tou_error_rows_service[];
extern const guint tou_n_error_rows_service;
extern const TouErrorRow tou_error_rows_program[];
extern const guint tou_n_error_rows_program;

G_END_DECLS
