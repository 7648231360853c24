/* Foreign columns become ours: kxi_table_add_view. Everything is checked before it is used; what is copied is checked in the
 * copy, so that nobody can change it in between. Columns of text are in viewtext.c. */
#include "model/view.h"

#include <stdalign.h>

static kx_status
bad_pointer(const kxi_adding *a, const char *field)
{
    return KXI_FAIL(a->diag, COLUMN_POINTER, a->place, KXI_A_STR(a->name), KXI_A_CSTR(field));
}

static bool
is_aligned(const void *p, size_t to)
{
    return (uintptr_t)p % to == 0;
}

static bool
layout_fits(int32_t type, int32_t layout)
{
    bool whole = layout >= KX_LAYOUT_I8 && layout <= KX_LAYOUT_I64;
    switch (type) {
    case KX_TEXT:
        return layout >= KX_LAYOUT_CSTR && layout <= KX_LAYOUT_CODE32;
    case KX_BOOL:
        return layout == KX_LAYOUT_I8 || layout == KX_LAYOUT_BITS;
    default:
        return whole;
    }
}

static kx_status
check_shape(const kxi_adding *a)
{
    const kx_column *v = &a->view;
    kxi_arg name = KXI_A_STR(a->name);
    if (a->name.n == 0)
        return KXI_FAIL(a->diag, COLUMN_NAME, a->place, KXI_A_INT(a->table->column_count + 1));
    if (v->reserved)
        return KXI_FAIL(a->diag, COLUMN_RESERVED, a->place, name);
    if (v->type < KX_TEXT || v->type > KX_BOOL)
        return KXI_FAIL(a->diag, COLUMN_TYPE, a->place, name, KXI_A_INT(v->type));
    if (!layout_fits(v->type, v->layout))
        return KXI_FAIL(a->diag, COLUMN_LAYOUT, a->place, name, KXI_A_INT(v->layout),
                        KXI_A_STR(kxi_type_name(v->type, a->diag->language)));
    if (v->type == KX_NUMBER && (v->scale < 0 || v->scale > KXI_SCALE))
        return KXI_FAIL(a->diag, COLUMN_SCALE, a->place, name, KXI_A_INT(v->scale));
    if (v->rows > a->table->ctx->max_rows)
        return KXI_FAIL(a->diag, ROWS_LIMIT, a->place, KXI_A_INT(a->table->ctx->max_rows));
    if (a->table->column_count && v->rows != a->table->rows)
        return KXI_FAIL(a->diag, COLUMN_ROWS, a->place, name, KXI_A_INT(v->rows), KXI_A_INT(a->table->rows));
    if (v->lists && !is_aligned(v->lists, alignof(int64_t)))
        return bad_pointer(a, "lists");
    return KX_OK;
}

kx_status
kxi_adding_block(kxi_adding *a, const void *from, size_t size, const void **block, size_t *block_size)
{
    *block = from;
    if (a->lent || size == 0)
        return KX_OK;
    void *copy = kxi_alloc(a->mem, size);
    if (!copy)
        return kxi_nomem(a->diag);
    *block = memcpy(copy, from, size);
    *block_size = size;
    return KX_OK;
}

/* The lists' offsets, and with them how many values there are. */
static kx_status
add_lists(kxi_adding *a)
{
    kxi_column *c = &a->column;
    c->count = c->rows;
    if (!a->view.lists)
        return KX_OK;
    kx_status status =
        kxi_adding_block(a, a->view.lists, (c->rows + 1) * sizeof(int64_t), (const void **)&c->lists, &c->lists_size);
    if (status != KX_OK)
        return status;
    for (size_t i = 0; i <= c->rows; i++)
        if (c->lists[i] < (i ? c->lists[i - 1] : 0))
            return KXI_FAIL(a->diag, LIST_OFFSETS, a->place, KXI_A_STR(a->name), KXI_A_ROW(i ? i - 1 : 0));
    if ((uint64_t)c->lists[c->rows] > SIZE_MAX / 16)
        return KXI_FAIL(a->diag, ROWS_LIMIT, a->place, KXI_A_INT(a->table->ctx->max_rows));
    c->count = (size_t)c->lists[c->rows];
    return KX_OK;
}

/* Bits without a zero are left out, so that whoever reads takes the short way. */
static kx_status
add_validity(kxi_adding *a)
{
    kxi_column *c = &a->column;
    if (!a->view.validity || kxi_bits_all(a->view.validity, 0, c->count))
        return KX_OK;
    return kxi_adding_block(a, a->view.validity, kxi_bit_bytes(c->count), (const void **)&c->validity,
                            &c->validity_size);
}

kx_status
kxi_adding_fixed(kxi_adding *a)
{
    kxi_column *c = &a->column;
    size_t width = kxi_layout_width(a->view.layout);
    size_t size = width ? c->count * width : kxi_bit_bytes(c->count);
    if (c->count && (!a->view.values || !is_aligned(a->view.values, width ? width : 1)))
        return bad_pointer(a, "values");
    c->layout = a->view.layout;
    return kxi_adding_block(a, a->view.values, size, &c->values, &c->values_size);
}

static kx_status
check_range(const kxi_adding *a, int64_t low, int64_t high)
{
    int64_t batch[KXI_BATCH];
    const kxi_column *c = &a->column;
    for (size_t first = 0; first < c->count; first += KXI_BATCH) {
        size_t n = c->count - first < KXI_BATCH ? c->count - first : KXI_BATCH;
        kxi_column_ints(c, first, n, batch);
        for (size_t i = 0; i < n; i++) {
            if ((batch[i] >= low && batch[i] <= high) || !kxi_column_known(c, first + i))
                continue;
            kxi_arg args[] = { KXI_A_STR(a->name), KXI_A_ROW(kxi_column_row(c, first + i)), KXI_A_INT(batch[i]) };
            return kxi_diag_add(a->diag, c->type == KX_DATE ? KXI_MSG_DAY_RANGE : KXI_MSG_BOOL_RANGE, a->place, args,
                                3);
        }
    }
    return KX_OK;
}

static kx_status
add_values(kxi_adding *a)
{
    kxi_column *c = &a->column;
    if (c->type == KX_TEXT)
        return kxi_adding_text(a);
    kx_status status = kxi_adding_fixed(a);
    if (status == KX_OK && c->type == KX_DATE)
        return check_range(a, KXI_DAY_MIN, KXI_DAY_MAX);
    if (status == KX_OK && c->type == KX_BOOL)
        return check_range(a, 0, 1);
    return status;
}

static kx_status
add_column(kxi_adding *a)
{
    kxi_column *c = &a->column;
    kx_status status = check_shape(a);
    if (status != KX_OK)
        return status;
    c->type = a->view.type;
    c->scale = c->type == KX_NUMBER ? a->view.scale : 0;
    c->rows = (size_t)a->view.rows;
    status = add_lists(a);
    if (status == KX_OK)
        status = add_validity(a);
    if (status == KX_OK)
        status = add_values(a);
    return status == KX_OK ? kxi_table_push(a->table, a->name, c, a->diag) : status;
}

kx_status
kxi_table_add_view(kx_table *t, const kx_column *view, kx_release_fn release, void *user, kxi_diag *d)
{
    kxi_adding a = {
        .table = t, .mem = &t->ctx->mem, .diag = d, .lent = release != NULL, .place = { .input = t->name }
    };
    kx_column standard = KX_COLUMN_INIT;
    a.view = standard;
    if (t->frozen)
        return KXI_FAIL0(d, TABLE_FROZEN, a.place);
    if (!view)
        return KXI_FAIL(d, NULL_ARGUMENT, a.place, KXI_A_CSTR("column"));
    kx_status status = kxi_options_read(&a.view, sizeof(a.view), sizeof(a.view), view);
    if (status == KX_E_UNSUPPORTED)
        return KXI_FAIL(d, STRUCT_NEWER, a.place, KXI_A_CSTR("kx_column"));
    if (status != KX_OK)
        return KXI_FAIL(d, STRUCT_SIZE, a.place, KXI_A_CSTR("kx_column"), KXI_A_CSTR("KX_COLUMN_INIT"));
    a.name = kxi_str_of(a.view.name);
    status = add_column(&a);
    if (status != KX_OK) {
        kxi_column_free(a.mem, &a.column);
        return status;
    }
    t->columns[t->column_count - 1].release = release;
    t->columns[t->column_count - 1].release_user = release ? user : NULL;
    return KX_OK;
}
