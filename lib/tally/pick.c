/* Vectors out of columns and out of other vectors. */
#include "tally/reader.h"

static enum kxi_vtype
vtype_of(int32_t type)
{
    static const enum kxi_vtype types[] = { KXI_V_NULL, KXI_V_TEXT, KXI_V_NUMBER, KXI_V_DATE, KXI_V_BOOL };
    return types[type];
}

/* Lanes for n values of a type that is no list; *values is for the caller to fill. State is left to the caller. */
static kx_status
lanes(kxi_arena *a, enum kxi_vtype type, size_t n, kxi_vec *out, void **values)
{
    static const size_t sizes[] = { [KXI_V_NULL] = 1, [KXI_V_BOOL] = 1, [KXI_V_TEXT] = sizeof(kxi_str) };
    size_t size = type == KXI_V_NULL || type == KXI_V_BOOL || type == KXI_V_TEXT ? sizes[type] : sizeof(int64_t);
    *out = (kxi_vec){ .type = type, .rep = KXI_REP_INT, .count = n };
    *values = kxi_arena_array(a, n, size);
    if (!*values)
        return KX_E_NOMEM;
    if (type == KXI_V_BOOL)
        out->v.yes = *values;
    else if (type == KXI_V_TEXT)
        out->v.texts = *values;
    else
        out->v.ints = *values;
    return KX_OK;
}

/* ---- columns ---- */

static void
put_value(const kxi_column *c, size_t at, size_t lane, void *values)
{
    if (c->type == KX_TEXT)
        ((kxi_str *)values)[lane] = kxi_column_text(c, at);
    else if (c->type == KX_BOOL)
        ((uint8_t *)values)[lane] = (uint8_t)kxi_column_int(c, at);
    else
        ((int64_t *)values)[lane] = kxi_column_int(c, at);
}

/* Values at[i] of a column, KXI_NO_VALUE is null. */
static kx_status
pick(kxi_arena *a, const kxi_column *c, int32_t type, const size_t *at, size_t n, kxi_vec *out)
{
    void *values;
    kx_status st = lanes(a, vtype_of(type), n, out, &values);
    uint8_t *state = kxi_arena_zero(a, n);
    if (st != KX_OK || !state)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        if (!c || at[i] == KXI_NO_VALUE || !kxi_column_known(c, at[i]))
            state[i] = KXI_IS_NULL;
        else
            put_value(c, at[i], i, values);
    }
    out->state = state;
    out->scale = (uint8_t)(c && type == KX_NUMBER ? c->scale : 0);
    return KX_OK;
}

static size_t
list_length(const kxi_column *c, uint32_t row)
{
    return row == KXI_NONE ? 0 : (size_t)(c->lists[row + 1] - c->lists[row]);
}

static kx_status
pick_lists(kxi_arena *a, const kxi_column *c, int32_t type, const uint32_t *rows, size_t n, kxi_vec *out)
{
    int64_t *offsets = kxi_arena_array(a, n + 1, sizeof(*offsets));
    kxi_vec *items = kxi_arena_new(a, kxi_vec);
    if (!offsets || !items)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        offsets[i + 1] = offsets[i] + (int64_t)list_length(c, rows[i]);
    size_t *at = kxi_arena_array(a, (size_t)offsets[n], sizeof(*at));
    if (!at)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < list_length(c, rows[i]); k++)
            at[(size_t)offsets[i] + k] = (size_t)c->lists[rows[i]] + k;
    *out = (kxi_vec){ .type = KXI_V_LIST, .count = n, .v = { .lists = offsets }, .items = items };
    return pick(a, c, type, at, (size_t)offsets[n], items);
}

kx_status
kxi_vec_of_column(kxi_arena *a, const kxi_column *c, int32_t type, const uint32_t *rows, size_t n, kxi_vec *out)
{
    if (c && c->lists)
        return pick_lists(a, c, type, rows, n, out);
    size_t *at = kxi_arena_array(a, n, sizeof(*at));
    if (!at)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        at[i] = rows[i] == KXI_NONE ? KXI_NO_VALUE : rows[i];
    return pick(a, c, type, at, n, out);
}

/* ---- vectors ---- */

static kx_status
take_lists(kxi_arena *a, const kxi_vec *table, const uint32_t *codes, size_t n, kxi_vec *out)
{
    const int64_t *from = table->v.lists;
    int64_t *offsets = kxi_arena_array(a, n + 1, sizeof(*offsets));
    kxi_vec *items = kxi_arena_new(a, kxi_vec);
    if (!offsets || !items)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        offsets[i + 1] = offsets[i] + from[codes[i] + 1] - from[codes[i]];
    uint32_t *at = kxi_arena_array(a, (size_t)offsets[n], sizeof(*at));
    if (!at)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        for (int64_t k = 0; k < offsets[i + 1] - offsets[i]; k++)
            at[offsets[i] + k] = (uint32_t)(from[codes[i]] + k);
    out->v.lists = offsets;
    out->items = items;
    return kxi_vec_take(a, table->items, at, (size_t)offsets[n], items);
}

static kx_status
take_values(kxi_arena *a, const kxi_vec *table, const uint32_t *codes, size_t n, kxi_vec *out)
{
    kxi_vec made;
    void *values;
    if (table->type == KXI_V_NUMBER && table->rep == KXI_REP_NUM) {
        kxi_num *nums = kxi_arena_array(a, n, sizeof(*nums));
        for (size_t i = 0; nums && i < n; i++)
            nums[i] = table->v.nums[codes[i]];
        out->v.nums = nums;
        return nums ? KX_OK : KX_E_NOMEM;
    }
    if (lanes(a, table->type, n, &made, &values) != KX_OK)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        if (table->type == KXI_V_TEXT)
            ((kxi_str *)values)[i] = table->v.texts[codes[i]];
        else if (table->type == KXI_V_BOOL)
            ((uint8_t *)values)[i] = table->v.yes[codes[i]];
        else if (table->type != KXI_V_NULL)
            ((int64_t *)values)[i] = table->v.ints[codes[i]];
    }
    out->v = made.v;
    return KX_OK;
}

kx_status
kxi_vec_take(kxi_arena *a, const kxi_vec *table, const uint32_t *codes, size_t n, kxi_vec *out)
{
    *out = *table;
    if (table->constant)
        return KX_OK;
    out->count = n;
    if (table->state) {
        uint8_t *state = kxi_arena_alloc(a, n);
        if (!state)
            return KX_E_NOMEM;
        for (size_t i = 0; i < n; i++)
            state[i] = table->state[codes[i]];
        out->state = state;
    }
    return table->type == KXI_V_LIST ? take_lists(a, table, codes, n, out) : take_values(a, table, codes, n, out);
}

/* ---- one value as text ---- */

static void
print_decimal(int64_t v, int scale, kxi_buf *out)
{
    uint64_t digits = v < 0 ? 0 - (uint64_t)v : (uint64_t)v, unit = (uint64_t)kxi_pow10[scale], part = digits % unit;
    if (v < 0)
        kxi_buf_char(out, '-');
    if (digits / unit > INT64_MAX) /* only -2^63 itself */
        kxi_buf_cstr(out, "9223372036854775808");
    else
        kxi_buf_int(out, (int64_t)(digits / unit));
    if (part == 0)
        return;
    kxi_buf_char(out, '.');
    while (part) {
        unit /= 10;
        kxi_buf_char(out, (char)('0' + part / unit));
        part %= unit;
    }
}

void
kxi_column_print(const kxi_column *c, size_t at, kxi_buf *out)
{
    char day[11];
    switch (c->type) {
    case KX_TEXT:
        kxi_buf_str(out, kxi_column_text(c, at));
        break;
    case KX_DATE:
        kxi_date_print((kxi_day)kxi_column_int(c, at), day);
        kxi_buf_cstr(out, day);
        break;
    case KX_BOOL:
        kxi_buf_cstr(out, kxi_column_int(c, at) ? "true" : "false");
        break;
    default:
        print_decimal(kxi_column_int(c, at), c->scale, out);
    }
}
