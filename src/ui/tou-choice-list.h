/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouChoiceList:
 *
 * A few things of which one is taken: cards, certificates. One thing alone is only shown; several are radio
 * buttons, each with a digit as mnemonic. A thing that cannot be taken is shown with the reason. A line that
 * is too long is cut, and the tooltip has all of it.
 *
 * Signal "changed": the user chose another one. Main thread.
 */
#define TOU_TYPE_CHOICE_LIST (tou_choice_list_get_type ())
G_DECLARE_FINAL_TYPE (TouChoiceList, tou_choice_list, TOU, CHOICE_LIST, GtkBox)

/** TouChoice: what is said of one thing. Borrowed by the calls below. */
typedef struct {
    const char *title;
    const char *detail;  /* (nullable): further lines */
    const char *problem; /* (nullable): why it cannot be taken */
} TouChoice;

/** tou_choice_list_fill: replaces all things. @selected: the index of the one taken at first; -1: none yet,
 * one thing alone excepted. No "changed". A focus that was on one of them is on one of them again. */
void tou_choice_list_fill (TouChoiceList *self, const TouChoice *choices, guint n_choices, int selected);

/** tou_choice_list_get_selected: Returns: the index of the one taken, -1: there is none. */
int tou_choice_list_get_selected (TouChoiceList *self);

/** tou_choice_list_focus: puts the focus on the radio button that is on, or the first. Returns: whether there
 * is one. */
gboolean tou_choice_list_focus (TouChoiceList *self);

/** tou_choice_list_set_scroller: @scroller, which holds @self for good, shows what has the focus, and the one
 * that is taken at first. */
void tou_choice_list_set_scroller (TouChoiceList *self, GtkScrolledWindow *scroller);

/** tou_choice_list_show_selected: the one that is taken is in sight when the list is laid out next. */
void tou_choice_list_show_selected (TouChoiceList *self);

/** tou_choice_list_measure_whole: Returns: the greatest height up to @height at which none of those that are
 * seen at first is cut; more where the tallest needs it. */
int tou_choice_list_measure_whole (TouChoiceList *self, int height);

/** tou_choice_list_has_focus: whether one of them has the focus of its window. */
gboolean tou_choice_list_has_focus (TouChoiceList *self);

G_END_DECLS
