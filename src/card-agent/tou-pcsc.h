/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <winscard.h>

G_BEGIN_DECLS

/* Readers and cards as PC/SC knows them (PC/SC Workgroup, part 5; pcsc-lite). What is there and what is not
 * is asked here and not of a card module, whose answers about a card that was just pulled differ from module
 * to module. Any thread. */

/** TouPcscReader: one reader at one moment. */
typedef struct {
    char *name; /* UTF-8 */
    gboolean has_card;
    gboolean is_exclusive; /* another program holds the card for itself */
    guint n_events; /* pcsc-lite's count of cards put in and taken out; another one: not the same visit */
} TouPcscReader;

/** tou_pcsc_list_readers: asks the service now. Returns: (transfer full) (element-type TouPcscReader): empty
 * without a service or without readers */
GPtrArray *tou_pcsc_list_readers (void);

/** tou_pcsc_is_visit_over: @name: of a reader; @n_events: its count when the visit of its card began;
 * @wait_ms: a card that is taken out is noticed a little later. Returns: whether the card has been taken out
 * since, or the reader; %FALSE without a service */
gboolean tou_pcsc_is_visit_over (const char *name, guint n_events, guint wait_ms);

/** tou_pcsc_describe: Returns: (transfer full): a text that is the same for the same readers, cards and
 * visits */
char *tou_pcsc_describe (const GPtrArray *readers);

/** tou_pcsc_find_reader: @name: as a PKCS#11 module gives it, cut to 64 bytes and trimmed; where several
 * readers begin so, the first with a card is meant. Returns: (transfer none) (nullable) */
const TouPcscReader *tou_pcsc_find_reader (const GPtrArray *readers, const char *name);

/** tou_pcsc_dup_names: Returns: (transfer full) (nullable) (array zero-terminated=1): the readers of
 * @context, %NULL when the service does not answer; none at all is an empty array */
GStrv tou_pcsc_dup_names (SCARDCONTEXT context);

G_END_DECLS
