/* Any table as CSV, JSON or aligned text: what every column has in common. */
#include "report/report.h"

#include "base/num.h"
#include "report/out.h"
#include "text/align.h"
#include "text/date.h"

/* One value, printed into the arena; no text (NULL) when it is null or memory is gone (*st says which). */
static kxi_str
value_text(const kxi_column *c, size_t i, kxi_numctx *num, kx_status *st)
{
    char date[11];
    kxi_str s = { NULL, 0 };
    kxi_num x;
    if (!kxi_column_known(c, i))
        return s;
    switch (c->type) {
    case KX_TEXT:
        return kxi_column_text(c, i);
    case KX_BOOL:
        return kxi_column_int(c, i) ? KXI_STR("true") : KXI_STR("false");
    case KX_DATE:
        kxi_date_print((kxi_day)kxi_column_int(c, i), date);
        s = kxi_str_copy(num->arena, kxi_str_of(date));
        break;
    default:
        if (kxi_num_dec(num, kxi_column_int(c, i), c->scale, &x) != KX_OK || kxi_num_print(num, x, &s) != KX_OK)
            s.s = NULL;
        break;
    }
    if (!s.s)
        *st = KX_E_NOMEM;
    return s;
}

/* A row's cell; the values of a list are joined by ";". */
static kxi_str
cell_text(const kxi_column *c, size_t row, kxi_numctx *num, kxi_buf *list, kx_status *st)
{
    if (!c->lists)
        return value_text(c, row, num, st);
    list->n = 0;
    for (int64_t i = c->lists[row]; i < c->lists[row + 1]; i++) {
        if (i > c->lists[row])
            kxi_buf_char(list, ';');
        kxi_buf_str(list, value_text(c, (size_t)i, num, st));
    }
    if (list->failed)
        *st = KX_E_NOMEM;
    return list->n && !list->failed ? kxi_str_copy(num->arena, kxi_buf_view(list)) : (kxi_str){ NULL, 0 };
}

struct run {
    const kx_table *table;
    kxi_arena arena; /* of one row */
    kxi_numctx num;
    kxi_buf list;
    kx_status st;
};

static kxi_str
run_cell(struct run *r, size_t column, size_t row)
{
    return cell_text(&r->table->columns[column], row, &r->num, &r->list, &r->st);
}

static void
write_csv(kxi_out *o, struct run *r)
{
    size_t columns = r->table->column_count;
    for (size_t i = 0; i < columns; i++)
        kxi_csv_field(o, r->table->columns[i].name, i == 0);
    kxi_csv_line(o);
    for (size_t row = 0; row < r->table->rows && r->st == KX_OK && kxi_out_step(o); row++) {
        for (size_t i = 0; i < columns; i++)
            kxi_csv_field(o, run_cell(r, i, row), i == 0);
        kxi_csv_line(o);
        kxi_arena_reset(&r->arena);
    }
}

static void
json_value(kxi_out *o, struct run *r, const kxi_column *c, size_t i)
{
    kxi_str s = value_text(c, i, &r->num, &r->st);
    if (s.s && (c->type == KX_NUMBER || c->type == KX_BOOL))
        kxi_json_raw(o, s);
    else
        kxi_json_str(o, s);
}

static void
json_cell(kxi_out *o, struct run *r, const kxi_column *c, size_t row)
{
    kxi_json_str(o, c->name);
    kxi_buf_char(&o->buf, ':');
    if (!c->lists) {
        json_value(o, r, c, row);
        return;
    }
    kxi_json_open(o, '[');
    for (int64_t i = c->lists[row]; i < c->lists[row + 1]; i++)
        json_value(o, r, c, (size_t)i);
    kxi_json_close(o, ']');
}

/* An array of row objects, a line each. */
static void
write_json(kxi_out *o, struct run *r)
{
    kxi_json_open(o, '[');
    for (size_t row = 0; row < r->table->rows && r->st == KX_OK && kxi_out_step(o); row++) {
        kxi_json_line(o);
        kxi_json_open(o, '{');
        for (size_t i = 0; i < r->table->column_count; i++)
            json_cell(o, r, &r->table->columns[i], row);
        kxi_json_close(o, '}');
        kxi_arena_reset(&r->arena);
    }
    kxi_json_close(o, ']');
    kxi_buf_char(&o->buf, '\n');
}

static void
fill_align(kxi_align *t, struct run *r, kxi_str *cells)
{
    size_t columns = r->table->column_count;
    for (size_t i = 0; i < columns; i++)
        cells[i] = r->table->columns[i].name;
    kxi_align_row(t, cells);
    kxi_align_rule(t);
    for (size_t row = 0; row < r->table->rows && r->st == KX_OK && !t->failed; row++) {
        for (size_t i = 0; i < columns; i++)
            cells[i] = run_cell(r, i, row);
        kxi_align_row(t, cells);
        kxi_arena_reset(&r->arena);
    }
}

static void
write_text(kxi_out *o, struct run *r, size_t width)
{
    size_t columns = r->table->column_count;
    kxi_mem *mem = &r->table->ctx->mem;
    kxi_align t;
    if (columns == 0)
        return;
    enum kxi_align_side *sides = kxi_alloc_array(mem, columns, sizeof(*sides));
    kxi_str *cells = kxi_alloc_array(mem, columns, sizeof(*cells));
    for (size_t i = 0; sides && i < columns; i++)
        sides[i] = r->table->columns[i].type == KX_NUMBER ? KXI_ALIGN_RIGHT : KXI_ALIGN_LEFT;
    if (!sides || !cells || kxi_align_init(&t, mem, sides, columns) != KX_OK) {
        r->st = KX_E_NOMEM;
    } else {
        fill_align(&t, r, cells);
        if (kxi_align_print(&t, width, &o->buf) != KX_OK)
            r->st = KX_E_NOMEM;
        kxi_align_free(&t);
    }
    kxi_free(mem, sides, columns * sizeof(*sides));
    kxi_free(mem, cells, columns * sizeof(*cells));
}

static void
write_format(kxi_out *o, struct run *r, const kx_write_options *options)
{
    switch (options->format) {
    case KX_FORMAT_CSV:
        kxi_buf_cstr(&o->buf, options->bom ? "\xef\xbb\xbf" : "");
        write_csv(o, r);
        break;
    case KX_FORMAT_JSON:
        write_json(o, r);
        break;
    default:
        write_text(o, r, (size_t)options->width);
        break;
    }
}

kx_status
kxi_report_write_table(const kx_table *table, const kx_write_options *options, kx_write_fn write, void *user,
                       kxi_diag *d)
{
    if (options->format < 0 || options->format > KX_FORMAT_JSON)
        return KXI_FAIL(d, WRITE_UNKNOWN, KXI_NOWHERE, KXI_A_INT(options->what), KXI_A_INT(options->format));
    if (options->width < 0)
        return KXI_FAIL(d, WRITE_WIDTH, KXI_NOWHERE, KXI_A_INT(options->width));
    struct run r = { .table = table };
    kxi_out o;
    kxi_mem *mem = &table->ctx->mem;
    kxi_arena_init(&r.arena, mem);
    r.num = (kxi_numctx){ &r.arena, table->ctx->max_digits };
    kxi_buf_init(&r.list, mem);
    kxi_out_begin(&o, mem, write, user);
    write_format(&o, &r, options);
    kxi_buf_free(&r.list);
    kxi_arena_free(&r.arena);
    if (r.st != KX_OK) {
        kxi_buf_free(&o.buf);
        return kxi_nomem(d);
    }
    return kxi_out_end(&o, d);
}
