/* Foreign text becomes a dictionary of normalised texts and codes.
 *
 *   CSTR, POOL, and codes that are copied:  one entry for each distinct text, in order of first use; codes as narrow as fits
 *   codes that are lent:                    the pool's strings one by one, so that the codes lie as they are
 */
#include "model/view.h"

#include <stdalign.h>

/* What to say of a text that could not be taken: at is a row, or a string of the pool. */
static kx_status
text_failed(const kxi_adding *a, kx_status status, kxi_str text, enum kxi_msg syntax, size_t at)
{
    kxi_arg name = KXI_A_STR(a->name);
    if (status == KX_E_NOMEM)
        return kxi_nomem(a->diag);
    if (status == KX_E_LIMIT)
        return KXI_FAIL(a->diag, TEXTS_LIMIT, a->place, name, KXI_A_INT(INT32_MAX));
    kxi_arg args[] = { name, KXI_A_ROW(at), KXI_A_INT(kxi_utf8_check(text)) };
    return kxi_diag_add(a->diag, syntax, a->place, args, 3);
}

static bool
has_pool(const kxi_adding *a)
{
    return a->view.layout != KX_LAYOUT_CSTR;
}

static kx_status
check_pool(const kxi_adding *a)
{
    const kx_column *v = &a->view;
    kxi_arg name = KXI_A_STR(a->name);
    if (v->pool > INT32_MAX)
        return KXI_FAIL(a->diag, TEXTS_LIMIT, a->place, name, KXI_A_INT(INT32_MAX));
    if (v->layout == KX_LAYOUT_POOL && v->pool != a->column.count)
        return KXI_FAIL(a->diag, POOL_COUNT, a->place, name, KXI_A_INT(v->pool), KXI_A_INT(a->column.count));
    if (v->pool == 0)
        return KX_OK;
    if (!v->pool_offsets || (uintptr_t)v->pool_offsets % alignof(int64_t))
        return KXI_FAIL(a->diag, COLUMN_POINTER, a->place, name, KXI_A_CSTR("pool_offsets"));
    for (size_t i = 0; i <= v->pool; i++)
        if (v->pool_offsets[i] < (i ? v->pool_offsets[i - 1] : 0))
            return KXI_FAIL(a->diag, POOL_OFFSETS, a->place, name, KXI_A_ROW(i ? i - 1 : 0));
    if (v->pool_offsets[v->pool] > v->pool_offsets[0] && !v->pool_bytes)
        return KXI_FAIL(a->diag, COLUMN_POINTER, a->place, name, KXI_A_CSTR("pool_bytes"));
    return KX_OK;
}

static kxi_str
pool_text(const kx_column *v, size_t i)
{
    size_t from = (size_t)v->pool_offsets[i], to = (size_t)v->pool_offsets[i + 1];
    return from == to ? (kxi_str){ "", 0 } : (kxi_str){ v->pool_bytes + from, to - from };
}

/* Codes in the column's values, as they were given, are inside the pool wherever they count. */
static kx_status
check_codes(const kxi_adding *a)
{
    uint32_t batch[KXI_BATCH];
    const kxi_column *c = &a->column;
    size_t width = kxi_layout_width(c->layout);
    uint64_t end = UINT64_C(1) << (8 * width - 1); /* from here on they are negative */
    if (a->view.pool < end)
        end = a->view.pool;
    for (size_t first = 0; first < c->count; first += KXI_BATCH) {
        size_t n = c->count - first < KXI_BATCH ? c->count - first : KXI_BATCH;
        kxi_column_codes(c, first, n, batch);
        for (size_t i = 0; i < n; i++) {
            if (batch[i] < end || !kxi_column_known(c, first + i))
                continue;
            int64_t shown = width == 1 ? (int8_t)batch[i] : width == 2 ? (int16_t)batch[i] : (int32_t)batch[i];
            return KXI_FAIL(a->diag, CODE_OUTSIDE, a->place, KXI_A_STR(a->name),
                            KXI_A_ROW(kxi_column_row(c, first + i)), KXI_A_INT(shown), KXI_A_INT(a->view.pool));
        }
    }
    return KX_OK;
}

/* Text i of a column of strings; s is NULL for null. */
static kxi_str
plain_text(const kxi_adding *a, size_t i)
{
    if (!kxi_column_known(&a->column, i))
        return (kxi_str){ NULL, 0 };
    if (a->view.layout == KX_LAYOUT_POOL)
        return pool_text(&a->view, i);
    return kxi_str_of(((const char *const *)a->view.values)[i]);
}

/* Our validity, ready to be written to. */
static kx_status
own_validity(kxi_adding *a)
{
    kxi_column *c = &a->column;
    if (!c->validity || c->validity_size)
        return KX_OK;
    size_t size = kxi_bit_bytes(c->count);
    uint8_t *copy = kxi_alloc(a->mem, size);
    if (!copy)
        return kxi_nomem(a->diag);
    c->validity = memcpy(copy, c->validity, size);
    c->validity_size = size;
    return KX_OK;
}

static kx_status
set_null(kxi_adding *a, size_t value)
{
    kx_status status = own_validity(a);
    if (status != KX_OK)
        return status;
    return kxi_column_set_null(a->mem, &a->column, value) == KX_OK ? KX_OK : kxi_nomem(a->diag);
}

static kx_status
finish_dict(kxi_adding *a, kxi_intern *in)
{
    kx_status status = kxi_dict_take(&in->map, &a->column.dict);
    if (status == KX_OK)
        status = kxi_column_narrow(a->mem, &a->column);
    return status == KX_OK ? KX_OK : kxi_nomem(a->diag);
}

static kx_status
intern_plain(kxi_adding *a, kxi_intern *in)
{
    kxi_column *c = &a->column;
    if (c->count && a->view.layout == KX_LAYOUT_CSTR &&
        (!a->view.values || (uintptr_t)a->view.values % alignof(const char *)))
        return KXI_FAIL(a->diag, COLUMN_POINTER, a->place, KXI_A_STR(a->name), KXI_A_CSTR("values"));
    if (kxi_column_room(a->mem, c, KX_LAYOUT_CODE32) != KX_OK)
        return kxi_nomem(a->diag);
    uint32_t *codes = kxi_writable(c->values);
    for (size_t i = 0; i < c->count; i++) {
        uint32_t code;
        kxi_str text = plain_text(a, i);
        kx_status status = kxi_intern_add(in, text, &code);
        if (status != KX_OK)
            return text_failed(a, status, text, KXI_MSG_COLUMN_UTF8, kxi_column_row(c, i));
        codes[i] = code == KXI_NONE ? 0 : code;
        if (code == KXI_NONE && kxi_column_known(c, i) && (status = set_null(a, i)) != KX_OK)
            return status;
    }
    return finish_dict(a, in);
}

/* What every string of the pool becomes; KXI_NONE when nothing is left of it. */
static kx_status
intern_pool(kxi_adding *a, kxi_intern *in, uint32_t *codes)
{
    for (size_t i = 0; i < a->view.pool; i++) {
        kx_status status = kxi_intern_add(in, pool_text(&a->view, i), &codes[i]);
        if (status != KX_OK)
            return text_failed(a, status, pool_text(&a->view, i), KXI_MSG_POOL_UTF8, i);
    }
    return KX_OK;
}

/* The codes that were copied, in the numbers of the dictionary. */
static kx_status
recode(kxi_adding *a, const uint32_t *codes)
{
    kxi_column given = a->column, *c = &a->column;
    c->values = NULL;
    c->values_size = 0;
    kx_status status = kxi_column_room(a->mem, c, KX_LAYOUT_CODE32) == KX_OK ? KX_OK : kxi_nomem(a->diag);
    for (size_t i = 0; i < c->count && status == KX_OK; i++) {
        uint32_t code = kxi_column_code(&given, i);
        if (code == KXI_NONE)
            continue;
        if (codes[code] == KXI_NONE)
            status = set_null(a, i);
        else
            ((uint32_t *)kxi_writable(c->values))[i] = codes[code];
        given.validity = c->validity; /* it may have moved */
    }
    if (given.values_size)
        kxi_free(a->mem, kxi_writable(given.values), given.values_size);
    return status;
}

/* Lent codes stay; where the text is empty they get a null. */
static kx_status
keep_codes(kxi_adding *a, const kxi_intern *in, const uint32_t *codes)
{
    kxi_column *c = &a->column;
    kx_status status = kxi_dict_new(a->mem, &c->dict);
    bool empty = false;
    for (size_t i = 0; i < a->view.pool && status == KX_OK; i++) {
        uint32_t code;
        empty = empty || codes[i] == KXI_NONE;
        status = kxi_dict_push(c->dict, codes[i] == KXI_NONE ? KXI_STR("") : in->map.keys[codes[i]], &code);
    }
    if (status != KX_OK)
        return kxi_nomem(a->diag);
    for (size_t i = 0; empty && i < c->count && status == KX_OK; i++) {
        uint32_t code = kxi_column_code(c, i);
        if (code != KXI_NONE && codes[code] == KXI_NONE)
            status = set_null(a, i);
    }
    return status;
}

static kx_status
add_codes(kxi_adding *a, kxi_intern *in)
{
    kx_status status = kxi_adding_fixed(a);
    if (status == KX_OK)
        status = check_codes(a);
    if (status != KX_OK)
        return status;
    size_t size = ((size_t)a->view.pool + 1) * sizeof(uint32_t);
    uint32_t *codes = kxi_alloc(a->mem, size);
    if (!codes)
        return kxi_nomem(a->diag);
    status = intern_pool(a, in, codes);
    if (status == KX_OK && a->lent)
        status = keep_codes(a, in, codes);
    else if (status == KX_OK && (status = recode(a, codes)) == KX_OK)
        status = finish_dict(a, in);
    kxi_free(a->mem, codes, size);
    return status;
}

kx_status
kxi_adding_text(kxi_adding *a)
{
    kx_status status = has_pool(a) ? check_pool(a) : KX_OK;
    if (status != KX_OK)
        return status;
    kxi_intern in;
    kxi_intern_init(&in, a->mem);
    bool codes = a->view.layout >= KX_LAYOUT_CODE8;
    status = codes ? add_codes(a, &in) : intern_plain(a, &in);
    kxi_intern_free(&in);
    return status;
}
