#include "text/align.h"

#include "text/text.h"

enum { GAP = 2 }; /* spaces between columns */

kx_status
kxi_align_init(kxi_align *t, kxi_mem *mem, const enum kxi_align_side *sides, size_t columns)
{
    memset(t, 0, sizeof(*t));
    kxi_arena_init(&t->arena, mem);
    kxi_buf_init(&t->quoted, mem);
    t->columns = kxi_alloc_array(mem, columns, sizeof(*t->columns));
    if (!t->columns)
        return KX_E_NOMEM;
    t->column_count = columns;
    for (size_t i = 0; i < columns; i++)
        t->columns[i].side = sides[i];
    return KX_OK;
}

void
kxi_align_free(kxi_align *t)
{
    kxi_mem *mem = t->arena.mem;
    kxi_free(mem, t->columns, t->column_count * sizeof(*t->columns));
    kxi_free(mem, t->cells, t->capacity * sizeof(*t->cells));
    kxi_buf_free(&t->quoted);
    kxi_arena_free(&t->arena);
    memset(t, 0, sizeof(*t));
}

/* A copy fit for one line; s is NULL when memory is gone. */
static kxi_str
copy_cell(kxi_align *t, kxi_str s)
{
    t->quoted.n = 0;
    kxi_text_quote(&t->quoted, s, SIZE_MAX);
    return t->quoted.failed ? (kxi_str){ NULL, 0 } : kxi_str_copy(&t->arena, kxi_buf_view(&t->quoted));
}

/* Room for one more row, or NULL. */
static kxi_align_cell *
new_row(kxi_align *t)
{
    size_t need;
    if (t->failed || __builtin_add_overflow(t->count, t->column_count, &need) ||
        !kxi_grow(t->arena.mem, &t->cells, &t->capacity, need)) {
        t->failed = true;
        return NULL;
    }
    return t->cells + t->count;
}

void
kxi_align_row(kxi_align *t, const kxi_str *cells)
{
    kxi_align_cell *row = new_row(t);
    if (!row)
        return;
    for (size_t i = 0; i < t->column_count; i++) {
        row[i].text = copy_cell(t, cells[i]);
        t->failed = t->failed || !row[i].text.s;
        row[i].width = kxi_text_width(row[i].text);
    }
    if (t->failed)
        return;
    for (size_t i = 0; i < t->column_count; i++)
        if (row[i].width > t->columns[i].width)
            t->columns[i].width = row[i].width;
    t->count += t->column_count;
}

void
kxi_align_rule(kxi_align *t)
{
    kxi_align_cell *row = new_row(t);
    if (!row)
        return;
    memset(row, 0, t->column_count * sizeof(*row));
    t->count += t->column_count;
}

/* How wide a column is shown when left ones are cut to at most `cap`. */
static size_t
shown_width(const kxi_align_column *c, size_t cap)
{
    return c->side == KXI_ALIGN_LEFT && c->width > cap ? cap : c->width;
}

static size_t
line_width(const kxi_align *t, size_t cap)
{
    size_t width = GAP * (t->column_count - 1);
    for (size_t i = 0; i < t->column_count; i++)
        width += shown_width(&t->columns[i], cap);
    return width;
}

/* The largest cap with which lines fit; by halving, since a line never gets wider as the cap gets smaller. */
static size_t
find_cap(const kxi_align *t, size_t width)
{
    size_t low = KXI_ALIGN_LEAST, high = width;
    if (!width || line_width(t, SIZE_MAX) <= width)
        return SIZE_MAX;
    while (low < high) {
        size_t middle = high - (high - low) / 2;
        if (line_width(t, middle) <= width)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* As much of the start of s as fits; *width is what it takes. */
static kxi_str
cut(kxi_str s, size_t fits, size_t *width)
{
    size_t at = 0, length;
    *width = 0;
    while (at < s.n) {
        kxi_utf8_at(s, at, &length);
        size_t more = kxi_text_width((kxi_str){ s.s + at, length });
        if (*width + more > fits)
            break;
        *width += more;
        at += length;
    }
    return (kxi_str){ s.s, at };
}

/* Returns the width printed. */
static size_t
print_text(const kxi_align_cell *cell, size_t fits, kxi_buf *out)
{
    if (cell->width <= fits) {
        kxi_buf_str(out, cell->text);
        return cell->width;
    }
    size_t width;
    kxi_buf_str(out, cut(cell->text, fits - 1, &width));
    kxi_buf_cstr(out, "…");
    return width + 1;
}

/* Spaces are owed until something stands behind them, so that none ends a line. */
static void
print_row(const kxi_align *t, const kxi_align_cell *row, size_t cap, kxi_buf *out)
{
    size_t owed = 0;
    for (size_t i = 0; i < t->column_count; i++, owed += GAP) {
        size_t fits = shown_width(&t->columns[i], cap), width = 0;
        bool right = t->columns[i].side == KXI_ALIGN_RIGHT, rule = !row[i].text.s;
        if (right && !rule)
            owed += fits - row[i].width;
        if (rule || row[i].text.n) {
            kxi_buf_repeat(out, ' ', owed);
            owed = 0;
        }
        if (rule)
            kxi_buf_repeat(out, '-', fits);
        else
            width = print_text(&row[i], fits, out);
        if (!right && !rule)
            owed += fits - width;
    }
    kxi_buf_char(out, '\n');
}

kx_status
kxi_align_print(const kxi_align *t, size_t width, kxi_buf *out)
{
    size_t cap = find_cap(t, width);
    for (size_t i = 0; i < t->count && !t->failed; i += t->column_count)
        print_row(t, t->cells + i, cap, out);
    return t->failed || out->failed ? KX_E_NOMEM : KX_OK;
}
