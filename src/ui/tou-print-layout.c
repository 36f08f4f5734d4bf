/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-print-layout.h"

#include <glib/gi18n-lib.h>

/* A family that has every Japanese character; whatever the system has otherwise. */
#define FONT_FAMILY "Noto Sans CJK JP, sans"
#define TITLE_SIZE 18.0
#define HEADING_SIZE 12.0
#define TEXT_SIZE 9.5
#define NOTE_SIZE 8.5

#define LABEL_PART 0.32 /* of the width */
#define COLUMN_GAP 14.0
#define HEADER_HEIGHT 38.0
#define FOOTER_HEIGHT 26.0

/** How much room there is between the lines. */
typedef struct {
    double row_padding; /* above and below a line of the table */
    double heading_gap;
} Spacing;

static const Spacing usual = { 2.8, 13.0 };
/* For a record that would need a second sheet of paper for a few lines. */
static const Spacing tight = { 1.5, 9.0 };

typedef struct {
    PangoLayout *label; /* the heading's text, when there is no value */
    PangoLayout *value; /* (nullable) */
    const TouSheetSection *section;
    double height;
    double y;
    guint page;
} Block;

struct _TouPrintLayout {
    const TouRecordSheet *sheet;
    PangoContext *context;
    const Spacing *spacing;
    double width;
    double height;
    GPtrArray *blocks; /* (element-type Block) */
    guint n_pages;
};

static void
free_block (Block *block)
{
    g_clear_object (&block->label);
    g_clear_object (&block->value);
    g_free (block);
}

static PangoLayout *
make_text (TouPrintLayout *self, const char *text, double size, PangoWeight weight, double width)
{
    PangoLayout *layout = pango_layout_new (self->context);
    g_autoptr (PangoFontDescription) font = pango_font_description_from_string (FONT_FAMILY);

    /* Absolute: the same size whatever resolution the context was made for. */
    pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
    pango_font_description_set_weight (font, weight);
    pango_layout_set_font_description (layout, font);
    if (width > 0)
        pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
    pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text (layout, text, -1);
    return layout;
}

static double
get_height (PangoLayout *layout)
{
    int height;

    pango_layout_get_size (layout, NULL, &height);
    return (double) height / PANGO_SCALE;
}

static Block *
make_heading (TouPrintLayout *self, const TouSheetSection *section, const char *text)
{
    Block *block = g_new0 (Block, 1);

    block->section = section;
    block->label = make_text (self, text, HEADING_SIZE, PANGO_WEIGHT_BOLD, self->width);
    block->height = self->spacing->heading_gap + get_height (block->label) + self->spacing->row_padding;
    return block;
}

static Block *
make_row (TouPrintLayout *self, const TouSheetSection *section, const TouSheetRow *row)
{
    Block *block = g_new0 (Block, 1);
    double label_width = self->width * LABEL_PART;

    block->section = section;
    block->label = make_text (self, row->label, TEXT_SIZE, PANGO_WEIGHT_NORMAL, label_width);
    block->value = make_text (self, row->value, TEXT_SIZE, PANGO_WEIGHT_NORMAL,
                              self->width - label_width - COLUMN_GAP);
    block->height = MAX (get_height (block->label), get_height (block->value))
                    + 2 * self->spacing->row_padding;
    return block;
}

static void
add_blocks (TouPrintLayout *self)
{
    for (guint i = 0; i < self->sheet->sections->len; i++) {
        const TouSheetSection *section = g_ptr_array_index (self->sheet->sections, i);

        if (section->heading != NULL)
            g_ptr_array_add (self->blocks, make_heading (self, section, section->heading));
        for (guint k = 0; k < section->rows->len; k++)
            g_ptr_array_add (self->blocks, make_row (self, section, g_ptr_array_index (section->rows, k)));
    }
}

/* Returns: (nullable): the block at @index if it belongs to @section */
static const Block *
get_block_of (TouPrintLayout *self, const TouSheetSection *section, guint index)
{
    const Block *block = index < self->blocks->len ? g_ptr_array_index (self->blocks, index) : NULL;

    return block != NULL && block->section == section ? block : NULL;
}

/* No heading without two of its lines, and no line of a section alone on a page. */
static gboolean
keeps_with_next (TouPrintLayout *self, guint index)
{
    const Block *block = g_ptr_array_index (self->blocks, index);
    const Block *before = index > 0 ? get_block_of (self, block->section, index - 1) : NULL;
    gboolean is_first = before == NULL || before->value == NULL;

    if (get_block_of (self, block->section, index + 1) == NULL)
        return FALSE;
    return is_first || get_block_of (self, block->section, index + 2) == NULL;
}

/* What has to stand on the same page. */
static double
get_kept_height (TouPrintLayout *self, guint index)
{
    double height = ((const Block *) g_ptr_array_index (self->blocks, index))->height;

    for (; keeps_with_next (self, index); index++)
        height += ((const Block *) g_ptr_array_index (self->blocks, index + 1))->height;
    return height;
}

/* A section that goes on at the top of a page says again what it is. */
static void
repeat_heading (TouPrintLayout *self, guint index)
{
    const Block *block = g_ptr_array_index (self->blocks, index);
    g_autofree char *text = NULL;

    if (block->value == NULL || block->section->heading == NULL
        || get_block_of (self, block->section, index - 1) == NULL)
        return;
    /* Translators: the heading of a section that goes on, on the next page */
    text = g_strdup_printf (_ ("%s (continued)"), block->section->heading);
    g_ptr_array_insert (self->blocks, (int) index, make_heading (self, block->section, text));
}

static void
break_pages (TouPrintLayout *self)
{
    double end = self->height - FOOTER_HEIGHT;
    double y = HEADER_HEIGHT;
    guint page = 0;

    for (guint i = 0; i < self->blocks->len; i++) {
        Block *block;

        if (y > HEADER_HEIGHT && y + get_kept_height (self, i) > end) {
            page++;
            y = HEADER_HEIGHT;
            repeat_heading (self, i);
        }
        block = g_ptr_array_index (self->blocks, i);
        block->page = page;
        block->y = y;
        y += block->height;
    }
    self->n_pages = page + 1;
}

static void
lay_out (TouPrintLayout *self, const Spacing *spacing)
{
    self->spacing = spacing;
    g_ptr_array_set_size (self->blocks, 0);
    add_blocks (self);
    break_pages (self);
}

TouPrintLayout *
tou_print_layout_new (const TouRecordSheet *sheet, PangoContext *context, double width, double height)
{
    TouPrintLayout *self = g_new0 (TouPrintLayout, 1);

    self->sheet = sheet;
    self->context = context;
    self->width = width;
    self->height = height;
    self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) free_block);
    lay_out (self, &usual);
    if (self->n_pages > 1)
        lay_out (self, &tight);
    if (self->n_pages > 1)
        lay_out (self, &usual);
    return self;
}

void
tou_print_layout_free (TouPrintLayout *self)
{
    g_ptr_array_unref (self->blocks);
    g_object_unref (self->context);
    g_free (self);
}

guint
tou_print_layout_get_n_pages (const TouPrintLayout *self)
{
    return self->n_pages;
}

static void
show_at (cairo_t *cairo, PangoLayout *layout, double x, double y)
{
    cairo_move_to (cairo, x, y);
    pango_cairo_update_layout (cairo, layout);
    pango_cairo_show_layout (cairo, layout);
}

static void
draw_rule (cairo_t *cairo, double y, double width, double thickness)
{
    cairo_set_line_width (cairo, thickness);
    cairo_move_to (cairo, 0, y);
    cairo_line_to (cairo, width, y);
    cairo_stroke (cairo);
}

static void
draw_practice_mark (TouPrintLayout *self, cairo_t *cairo)
{
    g_autoptr (PangoLayout) mark = make_text (self, _ ("Practice: not a real application"), HEADING_SIZE,
                                              PANGO_WEIGHT_BOLD, 0);
    int width;

    pango_layout_get_size (mark, &width, NULL);
    show_at (cairo, mark, self->width - (double) width / PANGO_SCALE, 4);
}

static void
draw_header (TouPrintLayout *self, cairo_t *cairo)
{
    g_autoptr (PangoLayout) title = make_text (self, self->sheet->title, TITLE_SIZE, PANGO_WEIGHT_BOLD, 0);

    show_at (cairo, title, 0, 0);
    if (self->sheet->is_practice)
        draw_practice_mark (self, cairo);
    draw_rule (cairo, get_height (title) + 6, self->width, 1.2);
}

static void
draw_footer (TouPrintLayout *self, cairo_t *cairo, guint page)
{
    g_autofree char *text = g_strdup_printf (_ ("Page %u of %u"), page + 1, self->n_pages);
    g_autoptr (PangoLayout) layout = make_text (self, text, NOTE_SIZE, PANGO_WEIGHT_NORMAL, self->width);

    pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
    show_at (cairo, layout, 0, self->height - get_height (layout));
}

static void
draw_block (TouPrintLayout *self, cairo_t *cairo, const Block *block)
{
    if (block->value == NULL) {
        show_at (cairo, block->label, 0, block->y + self->spacing->heading_gap);
        return;
    }
    show_at (cairo, block->label, 0, block->y + self->spacing->row_padding);
    show_at (cairo, block->value, self->width * LABEL_PART + COLUMN_GAP,
             block->y + self->spacing->row_padding);
    cairo_set_source_rgb (cairo, 0.75, 0.75, 0.75);
    draw_rule (cairo, block->y + block->height, self->width, 0.4);
    cairo_set_source_rgb (cairo, 0, 0, 0);
}

void
tou_print_layout_draw (TouPrintLayout *self, cairo_t *cairo, guint page)
{
    cairo_set_source_rgb (cairo, 0, 0, 0);
    draw_header (self, cairo);
    for (guint i = 0; i < self->blocks->len; i++) {
        const Block *block = g_ptr_array_index (self->blocks, i);

        if (block->page == page)
            draw_block (self, cairo, block);
    }
    draw_footer (self, cairo, page);
}
