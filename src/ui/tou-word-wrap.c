/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-word-wrap.h"

/* Longer than this it may be broken after all: it has to fit somewhere. */
#define LONGEST_WORD 16

static gboolean
is_katakana (gunichar character)
{
    return (character >= 0x30A1 && character <= 0x30FA) || character == 0x30FC; /* ァ to ヺ, ー */
}

static gboolean
is_of_date (gunichar character)
{
    return g_unichar_isdigit (character) || character == 0x5E74 /* 年 */ || character == 0x6708    /* 月 */
           || character == 0x65E5 /* 日 */ || character == 0x6642 /* 時 */ || character == 0x5206; /* 分 */
}

static gboolean
is_letter (gunichar character)
{
    return character < 0x80 && g_unichar_isalnum (character);
}

/* Returns: the end of the word that begins at @text, or @text where none does. */
static const char *
skip_word (const char *text)
{
    const char *end = text;
    const char *katakana;

    while (is_letter (g_utf8_get_char (end)))
        end = g_utf8_next_char (end);
    katakana = end;
    while (is_katakana (g_utf8_get_char (end)))
        end = g_utf8_next_char (end);
    if (end > katakana)
        return end;
    if (!g_ascii_isdigit (*text))
        return text;
    for (end = text; is_of_date (g_utf8_get_char (end));)
        end = g_utf8_next_char (end);
    return end;
}

static void
keep (PangoAttrList **list, const char *text, const char *start, const char *end)
{
    PangoAttribute *attribute;

    if (g_utf8_strlen (start, end - start) < 2 || g_utf8_strlen (start, end - start) > LONGEST_WORD)
        return;
    if (*list == NULL)
        *list = pango_attr_list_new ();
    attribute = pango_attr_allow_breaks_new (FALSE);
    attribute->start_index = (guint) (start - text);
    attribute->end_index = (guint) (end - text);
    pango_attr_list_insert (*list, attribute);
}

PangoAttrList *
tou_word_wrap_find (const char *text)
{
    PangoAttrList *list = NULL;
    const char *next = text;

    while (*next != '\0') {
        const char *end = skip_word (next);

        if (end > next)
            keep (&list, text, next, end);
        next = end > next ? end : g_utf8_next_char (next);
    }
    return list;
}

static void
on_label_changed (GtkLabel *label)
{
    PangoAttrList *list = tou_word_wrap_find (gtk_label_get_text (label));

    gtk_label_set_attributes (label, list);
    g_clear_pointer (&list, pango_attr_list_unref);
}

/* A part of what is to be set may have been before. */
static void
set_label (GtkLabel *label)
{
    if (g_signal_handler_find (label, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, (gpointer) on_label_changed, NULL)
        != 0)
        return;
    g_signal_connect (label, "notify::label", G_CALLBACK (on_label_changed), NULL);
    on_label_changed (label);
}

static void
set_one (GtkWidget *widget, gpointer data)
{
    if (GTK_IS_LABEL (widget)) {
        if (gtk_label_get_line_wrap (GTK_LABEL (widget)))
            set_label (GTK_LABEL (widget));
    } else if (GTK_IS_CONTAINER (widget)) {
        gtk_container_forall (GTK_CONTAINER (widget), set_one, NULL);
    }
}

void
tou_word_wrap_set (GtkWidget *root)
{
    set_one (root, NULL);
}
