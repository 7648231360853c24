#include "io/rows_priv.h"

/* A node of a kind that the column cannot have. */
static kx_status
add_fault(struct kxi_rows *r, size_t row, size_t column, const kxi_node *node)
{
    if (!kxi_grow(r->faults.mem, &r->faults.list, &r->faults.capacity, r->faults.count + 1))
        return KX_E_NOMEM;
    r->faults.list[r->faults.count++] =
        (kxi_fault){ (uint32_t)row, (uint32_t)column, KXI_MSG_CELL_KIND, kxi_rows_type(r, node) };
    return KX_OK;
}

/* 1e3 and its like: the digits that it is, exactly. What is no decimal of rows stays as it is, and is refused later. */
static kx_status
plain_digits(struct kxi_rows *r, kxi_str *digits)
{
    kxi_numctx num = { &r->scratch, r->in->ds->ctx->max_digits };
    kxi_num value;
    char *text = kxi_arena_alloc(&r->scratch, 32);
    if (!text)
        return KX_E_NOMEM;
    kx_status status = kxi_num_parse(&num, *digits, &value);
    for (uint32_t scale = 0; scale <= KXI_SCALE && !status; scale++) {
        int64_t v;
        if (!kxi_num_to_dec(value, (int)scale, &v))
            continue;
        *digits = kxi_cell_print(text, v, scale);
        break;
    }
    return status == KX_E_NOMEM ? status : KX_OK;
}

static bool
has_sign_of(kxi_str s, const char *signs)
{
    for (size_t i = 0; i < s.n; i++)
        if (strchr(signs, s.s[i]))
            return true;
    return false;
}

/* What a column of the type makes of a node; false when it is of a kind that cannot be. */
static bool
field_of(int32_t type, const kxi_node *node, kxi_str *field)
{
    *field = node->text;
    switch (node->type) {
    case KXI_NODE_NULL:
        *field = (kxi_str){ NULL, 0 };
        return true;
    case KXI_NODE_STRING:
        return true;
    case KXI_NODE_NUMBER:
        return type == KX_NUMBER || type == KX_BOOL || (type == KX_TEXT && !has_sign_of(node->text, ".eE"));
    case KXI_NODE_BOOL:
        *field = node->yes ? KXI_STR("1") : KXI_STR("0");
        return type == KX_BOOL;
    default:
        return false;
    }
}

static kx_status
read_field(struct kxi_rows *r, size_t column, size_t row, const kxi_node *node, kxi_str *field)
{
    int32_t type = r->cells[column].type;
    if (!node || !field_of(type, node, field)) {
        *field = (kxi_str){ NULL, 0 };
        return node ? add_fault(r, row, column, node) : KX_OK;
    }
    if (type == KX_NUMBER && node->type == KXI_NODE_NUMBER && has_sign_of(*field, "eE"))
        return plain_digits(r, field);
    return KX_OK;
}

static kx_status
read_list(struct kxi_rows *r, size_t column, size_t row, const kxi_node *node)
{
    size_t count = 0;
    kx_status status = KX_OK;
    kxi_str *fields = NULL;
    if (node && node->type == KXI_NODE_ARRAY) {
        fields = kxi_arena_array(&r->scratch, (size_t)node->count + 1, sizeof(*fields));
        if (!fields)
            return KX_E_NOMEM;
        for (const kxi_node *item = node->child; item && !status; item = item->next)
            status = read_field(r, column, row, item, &fields[count++]);
    } else if (node && node->type != KXI_NODE_NULL) {
        status = add_fault(r, row, column, node);
    }
    if (status)
        return status;
    return kxi_cells_add_list(&r->cells[column], (uint32_t)row, fields, count, 0, &r->faults);
}

static kx_status
read_column(struct kxi_rows *r, size_t column, size_t n)
{
    const kxi_node **nodes = r->nodes + column * KXI_CELLS_BATCH;
    kxi_str fields[KXI_CELLS_BATCH];
    kx_status status = KX_OK;
    for (size_t i = 0; i < n && !status; i++)
        status =
            r->cells[column].list ? read_list(r, column, i, nodes[i]) : read_field(r, column, i, nodes[i], &fields[i]);
    if (status || r->cells[column].list)
        return status;
    return kxi_cells_add(&r->cells[column], fields, n, 0, &r->faults);
}

/* What a column wants to see in JSON. */
static kxi_str
wanted(const struct kxi_rows *r, const kxi_column_spec *spec, bool in_list)
{
    static const char *const names[][2] = { { "字符串", "a string" },
                                            { "数字", "a number" },
                                            { "日期字符串，如 \"2025-01-31\"", "a date as a string, \"2025-01-31\"" },
                                            { "true 或 false", "true or false" } };
    bool english = r->in->found.language == KX_LANG_EN;
    if (spec->list && !in_list)
        return english ? KXI_STR("an array, [value, ..]") : KXI_STR("数组，如 [值, ..]");
    return kxi_str_of(names[spec->type - KX_TEXT][english]);
}

static kx_status
say_fault(struct kxi_rows *r, const kxi_fault *f)
{
    const kxi_node *node = r->nodes[f->column * KXI_CELLS_BATCH + f->row];
    uint32_t input = r->columns[f->column];
    const kxi_column_spec *spec = &r->spec->columns[r->inputs[input].spec];
    kxi_arg header = KXI_A_STR(kxi_rows_quoted(r, r->names.keys[input])), text = KXI_A_STR(kxi_rows_quoted(r, f->text));
    kxi_arg third = KXI_A_STR(wanted(r, spec, node->type == KXI_NODE_ARRAY));
    return kxi_rows_say(r, f->msg, node, node->offset, (kxi_arg[]){ header, text, third }, 3);
}

/* Faults lie column by column; they are said row by row. */
static kx_status
say_faults(struct kxi_rows *r, size_t n)
{
    size_t said = 0;
    kx_status status = KX_OK;
    for (uint32_t row = 0; row < n && said < r->faults.count && !status; row++)
        for (size_t i = 0; i < r->faults.count && !status; i++) {
            if (r->faults.list[i].row != row)
                continue;
            status = say_fault(r, &r->faults.list[i]);
            said++;
        }
    r->faults.count = 0;
    return status;
}

kx_status
kxi_rows_batch(struct kxi_rows *r, size_t n)
{
    kx_status status = KX_OK;
    for (size_t i = 0; i < r->column_count && !status; i++)
        status = read_column(r, i, n);
    if (status == KX_E_LIMIT)
        return KXI_FAIL(r->in->failed, TEXTS_LIMIT, ((kxi_place){ .input = r->doc->name }), KXI_A_STR(r->spec->name),
                        KXI_A_INT(INT32_MAX));
    if (status)
        return kxi_nomem(r->in->failed);
    r->rows += n;
    status = say_faults(r, n);
    kxi_arena_reset(&r->scratch);
    return status;
}
