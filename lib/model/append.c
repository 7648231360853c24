/* Rows one by one: kxi_table_append.
 *
 * A row is taken in three steps: look at every value, make room in every column (wider, at a larger scale, longer), write.
 * Only the last can be seen in the table, and it cannot fail. What the first two leave behind when a later one fails, an
 * unused text in a dictionary or a wider column, changes no value. */
#include "model/model_priv.h"

struct kxi_appender {
    size_t count; /* columns */
    kxi_intern *texts;
    kxi_cell *cells;
};

void
kxi_appender_free(kx_table *t)
{
    struct kxi_appender *ap = t->appender;
    kxi_mem *mem = &t->ctx->mem;
    if (!ap)
        return;
    for (size_t i = 0; i < ap->count && ap->texts; i++)
        kxi_intern_free(&ap->texts[i]);
    kxi_free(mem, ap->texts, ap->count * sizeof(*ap->texts));
    kxi_free(mem, ap->cells, ap->count * sizeof(*ap->cells));
    kxi_free(mem, ap, sizeof(*ap));
    t->appender = NULL;
}

/* The map of a column's texts; numbers are codes, because copied columns have each text once. One that was moved in need
 * not: KX_E_UNSUPPORTED. */
static kx_status
fill_texts(kxi_intern *in, const kxi_dict *dict)
{
    kx_status status = KX_OK;
    for (uint32_t i = 0; i < dict->count && status == KX_OK; i++) {
        uint32_t number;
        bool added;
        status = kxi_strmap_add(&in->map, dict->texts[i], &number, &added);
        if (status == KX_OK && !added)
            return KX_E_UNSUPPORTED;
    }
    return status;
}

static kx_status
appender_make(kx_table *t)
{
    kxi_mem *mem = &t->ctx->mem;
    struct kxi_appender *ap = kxi_alloc_zero(mem, sizeof(*ap));
    if (!ap)
        return KX_E_NOMEM;
    t->appender = ap;
    ap->count = t->column_count;
    ap->texts = kxi_alloc_array(mem, ap->count, sizeof(*ap->texts));
    ap->cells = kxi_alloc_array(mem, ap->count, sizeof(*ap->cells));
    for (size_t i = 0; i < ap->count && ap->texts; i++)
        kxi_intern_init(&ap->texts[i], mem);
    kx_status status = ap->texts && ap->cells ? KX_OK : KX_E_NOMEM;
    for (size_t i = 0; i < ap->count && status == KX_OK; i++)
        if (t->columns[i].type == KX_TEXT)
            status = fill_texts(&ap->texts[i], t->columns[i].dict);
    if (status != KX_OK)
        kxi_appender_free(t);
    return status;
}

static kx_status
check_columns(const kx_table *t, kxi_diag *d)
{
    kxi_place place = { .input = t->name };
    for (size_t i = 0; i < t->column_count; i++) {
        const kxi_column *c = &t->columns[i];
        if (c->release)
            return KXI_FAIL(d, APPEND_BORROWED, place, KXI_A_STR(c->name));
        if (c->lists)
            return KXI_FAIL(d, APPEND_LIST, place, KXI_A_STR(c->name));
    }
    return KX_OK;
}

/* The text's code. The dictionary gets it first, so that it and the map stay in step when memory ends between them. */
static kx_status
look_at_text(kxi_dict *dict, kxi_intern *in, kxi_str raw, kxi_cell *cell)
{
    kxi_str text;
    uint32_t code = raw.n ? kxi_strmap_find(&in->map, raw) : KXI_NONE, number;
    cell->v = code;
    if (code != KXI_NONE)
        return KX_OK;
    kxi_arena_reset(&in->scratch);
    kx_status status = kxi_text_normalise(&in->scratch, raw, &text);
    cell->null = text.n == 0;
    if (status != KX_OK || text.n == 0)
        return status;
    code = kxi_strmap_find(&in->map, text);
    if (code == KXI_NONE) {
        if ((status = kxi_dict_push(dict, text, &code)) != KX_OK)
            return status;
        if ((status = kxi_strmap_add(&in->map, text, &number, NULL)) != KX_OK)
            dict->count--;
    }
    cell->v = code;
    return status;
}

static kx_status
text_cell(kx_table *t, size_t i, const kx_value *v, kxi_cell *cell, kxi_diag *d)
{
    const kxi_column *c = &t->columns[i];
    kxi_place place = { .input = t->name };
    kxi_str raw = { v->text, v->length };
    if (!raw.s && raw.n)
        return KXI_FAIL(d, NULL_ARGUMENT, place, KXI_A_CSTR("text"));
    if (!raw.s)
        raw.s = "";
    kx_status status = look_at_text(c->dict, &t->appender->texts[i], raw, cell);
    if (status == KX_E_SYNTAX)
        return KXI_FAIL(d, COLUMN_UTF8, place, KXI_A_STR(c->name), KXI_A_ROW(t->rows), KXI_A_INT(kxi_utf8_check(raw)));
    if (status == KX_E_LIMIT)
        return KXI_FAIL(d, TEXTS_LIMIT, place, KXI_A_STR(c->name), KXI_A_INT(INT32_MAX));
    return status == KX_OK ? KX_OK : kxi_nomem(d);
}

static kx_status
number_cell(const kx_table *t, const kxi_column *c, const kx_value *v, kxi_cell *cell, kxi_diag *d)
{
    if (v->scale < 0 || v->scale > KXI_SCALE)
        return KXI_FAIL(d, COLUMN_SCALE, ((kxi_place){ .input = t->name }), KXI_A_STR(c->name), KXI_A_INT(v->scale));
    *cell = (kxi_cell){ false, v->scale, v->number };
    for (; cell->scale > 0 && cell->v % 10 == 0; cell->scale--)
        cell->v /= 10;
    return KX_OK;
}

static kx_status
look_at(kx_table *t, size_t i, const kx_value *v, kxi_cell *cell, kxi_diag *d)
{
    const kxi_column *c = &t->columns[i];
    kxi_place place = { .input = t->name };
    kxi_arg args[] = { KXI_A_STR(c->name), KXI_A_ROW(t->rows), KXI_A_INT(v->number), KXI_A_INT(0) };
    *cell = (kxi_cell){ v->type == 0, 0, v->number };
    if (v->type == 0)
        return KX_OK;
    if (v->type < KX_TEXT || v->type > KX_BOOL)
        return KXI_FAIL(d, APPEND_NO_TYPE, place, args[0], args[1], KXI_A_INT(v->type));
    if (v->type != c->type)
        return KXI_FAIL(d, APPEND_TYPE, place, args[0], args[1], KXI_A_STR(kxi_type_name(v->type, d->language)),
                        KXI_A_STR(kxi_type_name(c->type, d->language)));
    if (c->type == KX_TEXT)
        return text_cell(t, i, v, cell, d);
    if (c->type == KX_NUMBER)
        return number_cell(t, c, v, cell, d);
    if (c->type == KX_DATE && (v->number < KXI_DAY_MIN || v->number > KXI_DAY_MAX))
        return kxi_diag_add(d, KXI_MSG_DAY_RANGE, place, args, 3);
    if (c->type == KX_BOOL && v->number != 0 && v->number != 1)
        return kxi_diag_add(d, KXI_MSG_BOOL_RANGE, place, args, 3);
    return KX_OK;
}

static kx_status
make_room(kx_table *t, size_t i, kxi_cell *cell, kxi_diag *d)
{
    kxi_column *c = &t->columns[i];
    kxi_cell given = *cell;
    kx_status status = kxi_column_make_room(&t->ctx->mem, c, cell);
    if (status == KX_E_DATA) {
        char digits[32];
        return KXI_FAIL(d, APPEND_RANGE, ((kxi_place){ .input = t->name }), KXI_A_STR(c->name), KXI_A_ROW(t->rows),
                        KXI_A_STR(kxi_show_decimal(digits, given.v, given.scale)));
    }
    return status == KX_OK ? KX_OK : kxi_nomem(d);
}

/* A value as a caller older or newer than us lays it out. */
static kx_status
read_value(const void *values, size_t i, size_t stride, kx_value *out)
{
    const unsigned char *from = (const unsigned char *)values + i * stride;
    for (size_t k = sizeof(*out); k < stride; k++)
        if (from[k])
            return KX_E_UNSUPPORTED;
    memcpy(out, from, sizeof(*out));
    return KX_OK;
}

static kx_status
append_row(kx_table *t, const kx_value *values, size_t stride, kxi_diag *d)
{
    kxi_cell *cells = t->appender->cells;
    kx_status status = KX_OK;
    for (size_t i = 0; i < t->column_count && status == KX_OK; i++) {
        kx_value v;
        if (read_value(values, i, stride, &v) != KX_OK)
            return KXI_FAIL(d, STRUCT_NEWER, ((kxi_place){ .input = t->name }), KXI_A_CSTR("kx_value"));
        status = look_at(t, i, &v, &cells[i], d);
    }
    for (size_t i = 0; i < t->column_count && status == KX_OK; i++)
        status = make_room(t, i, &cells[i], d);
    if (status != KX_OK)
        return status;
    for (size_t i = 0; i < t->column_count; i++)
        kxi_column_put(&t->columns[i], &cells[i]);
    t->rows++;
    return KX_OK;
}

kx_status
kxi_table_append(kx_table *t, const kx_value *values, size_t count, size_t stride, kxi_diag *d)
{
    kxi_place place = { .input = t->name };
    if (t->frozen)
        return KXI_FAIL0(d, TABLE_FROZEN, place);
    if (count != t->column_count || count == 0)
        return KXI_FAIL(d, APPEND_COUNT, place, KXI_A_INT(count), KXI_A_INT(t->column_count));
    if (!values)
        return KXI_FAIL(d, NULL_ARGUMENT, place, KXI_A_CSTR("values"));
    if (stride < sizeof(kx_value) || stride > 4096)
        return KXI_FAIL(d, APPEND_STRIDE, place, KXI_A_INT(stride));
    if (t->rows >= t->ctx->max_rows)
        return KXI_FAIL(d, ROWS_LIMIT, place, KXI_A_INT(t->ctx->max_rows));
    if (!t->appender) {
        kx_status status = check_columns(t, d);
        if (status != KX_OK)
            return status;
        status = appender_make(t);
        if (status == KX_E_UNSUPPORTED)
            return KXI_FAIL(d, INTERNAL, place, KXI_A_CSTR("a dictionary that has a text twice cannot grow"));
        if (status != KX_OK)
            return kxi_nomem(d);
    }
    return append_row(t, values, stride, d);
}
