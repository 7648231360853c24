#include "io/cells.h"

void
kxi_cells_init(kxi_cells *c, kxi_mem *mem, int32_t type, bool list, uint32_t column, kxi_terms *terms)
{
    *c = (kxi_cells){ .mem = mem, .terms = terms, .type = type, .list = list, .column = column };
    kxi_arena_init(&c->scratch, mem);
}

void
kxi_cells_free(kxi_cells *c)
{
    kxi_free(c->mem, c->small, c->small_capacity * sizeof(*c->small));
    kxi_free(c->mem, c->numbers, c->number_capacity * sizeof(*c->numbers));
    kxi_free(c->mem, c->scales, c->scale_capacity * sizeof(*c->scales));
    kxi_free(c->mem, c->lengths, c->length_capacity * sizeof(*c->lengths));
    kxi_free(c->mem, c->elements, c->element_capacity * sizeof(*c->elements));
    kxi_arena_free(&c->scratch);
    kxi_cells_init(c, c->mem, c->type, c->list, c->column, c->terms);
}

static bool
add_fault(const kxi_cells *c, kxi_faults *faults, size_t row, enum kxi_msg msg, kxi_str text)
{
    if (!kxi_grow(faults->mem, &faults->list, &faults->capacity, faults->count + 1))
        return false;
    faults->list[faults->count++] = (kxi_fault){ (uint32_t)row, c->column, msg, text };
    return true;
}

/* The n converted values that follow the last; room for them was made. */

static kx_status
convert_texts(kxi_cells *c, const kxi_str *fields, size_t n, uint32_t block, kxi_faults *faults)
{
    int32_t *out = c->small + c->count;
    kx_status status = kxi_terms_codes(c->terms, fields, n, block, out);
    for (size_t i = 0; i < n && !status; i++) {
        if (out[i] != KXI_TERM_BAD)
            continue;
        out[i] = KXI_CELL_NULL;
        if (!add_fault(c, faults, i, KXI_MSG_CELL_NUL, fields[i]))
            status = KX_E_NOMEM;
    }
    return status;
}

static kx_status
convert_numbers(kxi_cells *c, const kxi_str *fields, size_t n, kxi_faults *faults)
{
    for (size_t i = 0; i < n; i++) {
        enum kxi_msg msg;
        size_t at = c->count + i;
        kx_status status = kxi_cell_number(&c->scratch, fields[i], &c->numbers[at], &c->scales[at], &msg);
        if (!status && msg && !add_fault(c, faults, i, msg, fields[i]))
            status = KX_E_NOMEM;
        if (status)
            return status;
    }
    return KX_OK;
}

/* "dddd-dd-" as a number: 12 * year + month; 0 when it is something else, or a month that is none. */
static inline uint32_t
month_number(const char *s)
{
    static const uint8_t shape[8] = { '0', '0', '0', '0', '-', '0', '0', '-' };
    uint8_t d[8];
    for (int i = 0; i < 8; i++)
        d[i] = (uint8_t)(s[i] - shape[i]);
    if (d[0] > 9 || d[1] > 9 || d[2] > 9 || d[3] > 9 || d[4] || d[5] > 9 || d[6] > 9 || d[7])
        return 0;
    uint32_t year = d[0] * 1000u + d[1] * 100u + d[2] * 10u + d[3], month = d[5] * 10u + d[6];
    return month - 1 < 12 ? year * 12 + month : 0;
}

/* The day before the month's first, and its days; days 0 when the calendar has no such month. */
static struct month
make_month(uint32_t number)
{
    struct month m = { number, 0, 0 };
    uint32_t year = (number - 1) / 12, month = (number - 1) % 12 + 1;
    kxi_day first, last;
    int32_t days = 31;
    if (!kxi_date_make((int32_t)year, (int32_t)month, 1, &first))
        return m;
    while (!kxi_date_make((int32_t)year, (int32_t)month, days, &last))
        days--;
    m.before = first - 1;
    m.days = days;
    return m;
}

/* 2025-01-31, which nearly all dates are. */
static inline bool
plain_date(kxi_cells *c, kxi_str s, int32_t *out)
{
    if (s.n != 10)
        return false;
    uint32_t number = month_number(s.s);
    unsigned tens = (unsigned char)s.s[8] - (unsigned)'0', ones = (unsigned char)s.s[9] - (unsigned)'0';
    if (!number || tens > 3 || ones > 9)
        return false;
    struct month *m = &c->months[number & 63];
    if (m->number != number)
        *m = make_month(number);
    int32_t day = (int32_t)(tens * 10 + ones);
    *out = m->before + day;
    return day >= 1 && day <= m->days;
}

static kx_status
convert_dates(kxi_cells *c, const kxi_str *fields, size_t n, kxi_faults *faults)
{
    int32_t *out = c->small + c->count;
    for (size_t i = 0; i < n; i++) {
        enum kxi_msg msg;
        if (plain_date(c, fields[i], &out[i]))
            continue;
        kx_status status = kxi_cell_date(&c->scratch, fields[i], &out[i], &msg);
        if (!status && msg && !add_fault(c, faults, i, msg, fields[i]))
            status = KX_E_NOMEM;
        if (status)
            return status;
    }
    return KX_OK;
}

static kx_status
convert_bools(kxi_cells *c, const kxi_str *fields, size_t n, kxi_faults *faults)
{
    int32_t *out = c->small + c->count;
    for (size_t i = 0; i < n; i++) {
        enum kxi_msg msg;
        kx_status status = kxi_cell_bool(&c->scratch, fields[i], &out[i], &msg);
        if (!status && msg && !add_fault(c, faults, i, msg, fields[i]))
            status = KX_E_NOMEM;
        if (status)
            return status;
    }
    return KX_OK;
}

static bool
make_room(kxi_cells *c, size_t n)
{
    if (c->type != KX_NUMBER)
        return kxi_grow(c->mem, &c->small, &c->small_capacity, c->count + n);
    return kxi_grow(c->mem, &c->numbers, &c->number_capacity, c->count + n) &&
           kxi_grow(c->mem, &c->scales, &c->scale_capacity, c->count + n);
}

/* n <= KXI_CELLS_BATCH values. */
static kx_status
convert(kxi_cells *c, const kxi_str *fields, size_t n, uint32_t block, kxi_faults *faults)
{
    kx_status status;
    if (n == 0)
        return KX_OK;
    if (!make_room(c, n))
        return KX_E_NOMEM;
    switch (c->type) {
    case KX_TEXT:
        status = convert_texts(c, fields, n, block, faults);
        break;
    case KX_NUMBER:
        status = convert_numbers(c, fields, n, faults);
        break;
    case KX_DATE:
        status = convert_dates(c, fields, n, faults);
        break;
    default:
        status = convert_bools(c, fields, n, faults);
        break;
    }
    if (c->scratch.head)
        kxi_arena_reset(&c->scratch);
    if (!status)
        c->count += n;
    return status;
}

static bool
is_null(const kxi_cells *c, size_t i)
{
    return c->type == KX_NUMBER ? c->scales[i] == KXI_SCALE_NULL : c->small[i] == KXI_CELL_NULL;
}

/* A list holds no nulls: what was empty, or refused, is left out. */
static void
drop_nulls(kxi_cells *c, size_t first)
{
    size_t kept = first;
    for (size_t i = first; i < c->count; i++) {
        if (is_null(c, i))
            continue;
        if (c->type == KX_NUMBER) {
            c->numbers[kept] = c->numbers[i];
            c->scales[kept] = c->scales[i];
        } else {
            c->small[kept] = c->small[i];
        }
        kept++;
    }
    c->count = kept;
}

kx_status
kxi_cells_add_list(kxi_cells *c, uint32_t row, const kxi_str *elements, size_t n, uint32_t block, kxi_faults *faults)
{
    size_t first = c->count, first_fault = faults->count;
    if (!kxi_grow(c->mem, &c->lengths, &c->length_capacity, c->rows + 1))
        return KX_E_NOMEM;
    for (size_t done = 0; done < n;) {
        size_t more = n - done < KXI_CELLS_BATCH ? n - done : KXI_CELLS_BATCH;
        kx_status status = convert(c, elements + done, more, block, faults);
        if (status)
            return status;
        done += more;
    }
    for (size_t i = first_fault; i < faults->count; i++)
        faults->list[i].row = row;
    drop_nulls(c, first);
    if (c->count - first > UINT32_MAX)
        return KX_E_LIMIT;
    c->lengths[c->rows++] = (uint32_t)(c->count - first);
    return KX_OK;
}

/* Bytes of the separator of lists that stands at s: ; | 、 ； or 0. */
static size_t
separator(kxi_str s)
{
    if (s.s[0] == ';' || s.s[0] == '|')
        return 1;
    return s.n >= 3 && (memcmp(s.s, "、", 3) == 0 || memcmp(s.s, "；", 3) == 0) ? 3 : 0;
}

static bool
split_list(kxi_cells *c, kxi_str field, size_t *count)
{
    size_t start = 0;
    *count = 0;
    for (size_t at = 0; at <= field.n;) {
        size_t n = at < field.n ? separator((kxi_str){ field.s + at, field.n - at }) : 1;
        if (n && at > start) {
            if (!kxi_grow(c->mem, &c->elements, &c->element_capacity, *count + 1))
                return false;
            c->elements[(*count)++] = (kxi_str){ field.s + start, at - start };
        }
        at += n ? n : 1;
        start = n ? at : start;
    }
    return true;
}

kx_status
kxi_cells_add(kxi_cells *c, const kxi_str *fields, size_t n, uint32_t block, kxi_faults *faults)
{
    if (!c->list) {
        kx_status status = convert(c, fields, n, block, faults);
        c->rows = c->count;
        return status;
    }
    for (size_t i = 0; i < n; i++) {
        size_t count;
        if (!split_list(c, fields[i], &count))
            return KX_E_NOMEM;
        kx_status status = kxi_cells_add_list(c, (uint32_t)i, c->elements, count, block, faults);
        if (status)
            return status;
    }
    return KX_OK;
}
