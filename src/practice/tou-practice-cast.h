/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who and what there is in practice: companies, users, cards. All of it is made up. Static tables. */

typedef struct {
    const char *vendor_number;
    const char *name;
    const char *name_roman;
    const char *postal_code;
    const char *address;
    const char *representative_name;
    const char *representative_title;
    const char *phone;
    const char *fax;
    const char *user_id;
    const char *password;
    /* What newer qualification data says: the company has moved and has another representative. */
    const char *newer_postal_code;
    const char *newer_address;
    const char *newer_representative_name;
} TouPracticeCompanyRole;

typedef struct {
    const char *id;
    const char *title_en;
    const char *title_ja;
    guint company; /* index into the companies */
    const char *holder;
    const char *holder_roman;
    const char *address; /* (nullable): not on the card */
    int valid_from_days; /* from the making of the folder */
    int valid_to_days;
    gboolean is_revoked;
} TouPracticeCardRole;

const TouPracticeCompanyRole *tou_practice_cast_get_companies (guint *out_n);
const TouPracticeCardRole *tou_practice_cast_get_cards (guint *out_n);

/** What the readers are called, and what is in them at first. */
#define TOU_PRACTICE_READER_1 "Touroku Practice Reader 1"
#define TOU_PRACTICE_READER_2 "Touroku Practice Reader 2"
#define TOU_PRACTICE_FIRST_CARD "sakuragawa"

G_END_DECLS
