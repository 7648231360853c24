#include "io/rows.h"

#include "io/join.h"

enum { SHOWN = 40 };

/* One table of the dataset while it is read. */
struct rows {
    kxi_input *in;
    const kxi_doc *doc;
    const kxi_node *node; /* of the table */
    uint32_t table;
    const kxi_table_spec *spec;
    kxi_arena arena;   /* of the table */
    kxi_arena scratch; /* of a batch, or a message */
    /* Columns of the input, by first use of their names. */
    kxi_strmap names;
    struct input_column {
        uint32_t spec;        /* KXI_NONE: not read */
        uint32_t read;        /* number among those read */
        const kxi_node *next; /* tables of columns: the next value */
    } * inputs;
    size_t input_capacity;
    uint32_t *of_spec; /* spec column -> input column, or KXI_NONE */
    /* What is read. */
    uint32_t *columns; /* input column of each */
    size_t column_count, column_capacity, rows;
    bool usable; /* nothing was found that keeps the table from being read */
    kxi_cells *cells;
    kxi_terms *terms;
    const kxi_node **nodes; /* of a batch, column by column */
    kxi_faults faults;
    uint64_t *lines; /* pairs, as a table has them */
    size_t line_count, line_capacity;
    uint32_t first_line;
    /* The place looked up last: line feeds before `counted` are `line` - 1. */
    size_t counted, line_start;
    uint32_t line;
};

/* ---- places ---- */

static uint32_t
line_of(struct rows *r, size_t offset)
{
    const char *s = r->doc->source.s;
    if (offset < r->counted) {
        r->counted = r->line_start = 0;
        r->line = 1;
    }
    while (r->counted < offset) {
        const char *feed = memchr(s + r->counted, '\n', offset - r->counted);
        r->counted = feed ? (size_t)(feed - s) + 1 : offset;
        if (feed) {
            r->line += r->line < UINT32_MAX;
            r->line_start = r->counted;
        }
    }
    return r->line;
}

static kxi_place
place_of(struct rows *r, const kxi_node *node, uint64_t offset)
{
    kxi_place place = { .input = r->doc->name, .offset = offset, .line = line_of(r, (size_t)offset) };
    size_t start = r->line_start;
    if (start == 0 && offset >= 3 && memcmp(r->doc->source.s, "\xEF\xBB\xBF", 3) == 0)
        start = 3;
    place.column = (uint32_t)kxi_utf8_count((kxi_str){ r->doc->source.s + start, (size_t)offset - start }) + 1;
    place.pointer = kxi_node_pointer(&r->scratch, node);
    return place;
}

/* ---- messages ---- */

static kxi_str
quoted(struct rows *r, kxi_str text)
{
    kxi_buf b;
    kxi_buf_init(&b, r->arena.mem);
    kxi_text_quote(&b, text, SHOWN);
    kxi_str copy = b.failed ? (kxi_str){ NULL, 0 } : kxi_str_copy(&r->scratch, kxi_buf_view(&b));
    kxi_buf_free(&b);
    return copy;
}

static kxi_str
type_name(const struct rows *r, const kxi_node *node)
{
    return kxi_str_of(kxi_node_type_name(node->type, r->in->found.language));
}

/* Say something of the data; KX_OK when reading goes on. */
static kx_status
say(struct rows *r, enum kxi_msg msg, const kxi_node *node, uint64_t offset, const kxi_arg *args, size_t count)
{
    kxi_findings *f = &r->in->ds->findings;
    if (r->in->ds->collect && f->count >= f->limit && kxi_msg_severity(msg) == KXI_ERROR) {
        f->left_out++;
        f->errors++;
        return KX_OK;
    }
    kxi_place place = place_of(r, node, offset);
    for (size_t i = 0; i < count; i++)
        if (args[i].kind == KXI_ARG_STR && !args[i].str.s)
            return kxi_nomem(r->in->failed);
    kx_status status = place.pointer.s ? kxi_diag_add(&r->in->found, msg, place, args, count) : KX_E_NOMEM;
    if (status == KX_E_NOMEM)
        return kxi_nomem(r->in->failed);
    return kxi_input_goes_on(r->in, status) ? KX_OK : status;
}

#define SAY(r, name, node, offset, ...)                                          \
    say((r), KXI_MSG_##name, (node), (offset), (const kxi_arg[]){ __VA_ARGS__ }, \
        sizeof((const kxi_arg[]){ __VA_ARGS__ }) / sizeof(kxi_arg))

/* ---- the columns of the input ---- */

static kx_status
note_extra(struct rows *r, const kxi_node *item)
{
    kxi_str *names = kxi_arena_array(&r->scratch, r->spec->column_count + 1, sizeof(*names)), folded, near;
    kx_status status = names ? kxi_text_fold(&r->scratch, item->key, &folded) : KX_E_NOMEM;
    for (size_t i = 0; i < r->spec->column_count && !status; i++)
        status = kxi_text_fold(&r->scratch, r->spec->columns[i].name, &names[i]);
    if (status)
        return kxi_nomem(r->in->failed);
    near = kxi_nearest(folded, names, r->spec->column_count);
    if (near.n)
        return SAY(r, COLUMN_EXTRA_NEAR, item, item->key_offset, KXI_A_STR(quoted(r, item->key)), KXI_A_STR(near));
    return SAY(r, COLUMN_EXTRA, item, item->key_offset, KXI_A_STR(quoted(r, item->key)));
}

/* A name that was not met before. */
static kx_status
add_input(struct rows *r, const kxi_node *item, uint32_t number)
{
    struct input_column c = { .spec = KXI_NONE, .read = KXI_NONE };
    kxi_mem *mem = r->arena.mem;
    if (!kxi_grow(mem, &r->inputs, &r->input_capacity, (size_t)number + 1) ||
        !kxi_grow(mem, &r->columns, &r->column_capacity, r->column_count + 1) ||
        kxi_spec_header(r->spec, &r->scratch, item->key, &c.spec))
        return kxi_nomem(r->in->failed);
    kx_status status = KX_OK;
    if (c.spec == KXI_NONE) {
        status = note_extra(r, item);
    } else if (r->of_spec[c.spec] != KXI_NONE) {
        status = SAY(r, COLUMNS_SAME, item, item->key_offset, KXI_A_STR(r->names.keys[r->of_spec[c.spec]]),
                     KXI_A_STR(quoted(r, item->key)), KXI_A_STR(r->spec->columns[c.spec].name));
        c.spec = KXI_NONE;
    } else {
        r->of_spec[c.spec] = number;
        if (kxi_schema_wants(r->in->ds->schema, r->table, c.spec)) {
            c.read = (uint32_t)r->column_count;
            r->columns[r->column_count++] = number;
        }
    }
    r->inputs[number] = c;
    kxi_arena_reset(&r->scratch);
    return status;
}

static kx_status
add_name(struct rows *r, const kxi_node *item)
{
    uint32_t number;
    bool added;
    if (kxi_strmap_add(&r->names, item->key, &number, &added))
        return kxi_nomem(r->in->failed);
    return added ? add_input(r, item, number) : KX_OK;
}

static kx_status
check_required(struct rows *r)
{
    kx_status status = KX_OK;
    for (uint32_t i = 0; i < r->spec->column_count && !status; i++) {
        if (r->of_spec[i] != KXI_NONE || !r->spec->columns[i].required ||
            !kxi_schema_wants(r->in->ds->schema, r->table, i))
            continue;
        r->usable = false;
        status = SAY(r, COLUMN_MISSING, r->node, r->node->offset, KXI_A_STR(r->spec->name),
                     KXI_A_STR(r->spec->columns[i].name));
    }
    return status;
}

/* ---- values ---- */

/* A node of a kind that the column cannot have. */
static kx_status
add_fault(struct rows *r, size_t row, size_t column, const kxi_node *node)
{
    if (!kxi_grow(r->faults.mem, &r->faults.list, &r->faults.capacity, r->faults.count + 1))
        return KX_E_NOMEM;
    r->faults.list[r->faults.count++] =
        (kxi_fault){ (uint32_t)row, (uint32_t)column, KXI_MSG_CELL_KIND, type_name(r, node) };
    return KX_OK;
}

/* 1e3 and its like: the digits that it is, exactly. What is no decimal of rows stays as it is, and is refused later. */
static kx_status
plain_digits(struct rows *r, kxi_str *digits)
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
read_field(struct rows *r, size_t column, size_t row, const kxi_node *node, kxi_str *field)
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
read_list(struct rows *r, size_t column, size_t row, const kxi_node *node)
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
read_column(struct rows *r, size_t column, size_t n)
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
wanted(const struct rows *r, const kxi_column_spec *spec, bool in_list)
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
say_fault(struct rows *r, const kxi_fault *f)
{
    const kxi_node *node = r->nodes[f->column * KXI_CELLS_BATCH + f->row];
    uint32_t input = r->columns[f->column];
    const kxi_column_spec *spec = &r->spec->columns[r->inputs[input].spec];
    kxi_arg header = KXI_A_STR(quoted(r, r->names.keys[input])), text = KXI_A_STR(quoted(r, f->text));
    kxi_arg third = KXI_A_STR(wanted(r, spec, node->type == KXI_NODE_ARRAY));
    return say(r, f->msg, node, node->offset, (kxi_arg[]){ header, text, third }, 3);
}

/* Faults lie column by column; they are said row by row. */
static kx_status
say_faults(struct rows *r, size_t n)
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

static kx_status
read_batch(struct rows *r, size_t n)
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

static kx_status
begin_cells(struct rows *r)
{
    size_t n = r->column_count;
    r->cells = kxi_arena_array(&r->arena, n, sizeof(*r->cells));
    r->terms = kxi_arena_array(&r->arena, n, sizeof(*r->terms));
    r->nodes = kxi_arena_array(&r->arena, n * KXI_CELLS_BATCH, sizeof(*r->nodes));
    if (!r->cells || !r->terms || !r->nodes) {
        r->cells = NULL;
        return kxi_nomem(r->in->failed);
    }
    for (size_t i = 0; i < n; i++) {
        const kxi_column_spec *spec = &r->spec->columns[r->inputs[r->columns[i]].spec];
        kxi_terms_init(&r->terms[i], r->arena.mem);
        kxi_cells_init(&r->cells[i], r->arena.mem, spec->type, spec->list, (uint32_t)i, &r->terms[i]);
    }
    return KX_OK;
}

static kx_status
check_rows(struct rows *r, uint64_t rows)
{
    uint64_t most = r->in->ds->ctx->max_rows;
    if (rows <= most)
        return KX_OK;
    r->usable = false;
    return SAY(r, ROWS_LIMIT, r->node, r->node->offset, KXI_A_INT(most));
}

/* ---- tables of rows ---- */

static kx_status
note_line(struct rows *r, uint64_t row, const kxi_node *item)
{
    uint64_t line = line_of(r, (size_t)item->offset), *last = r->lines + 2 * r->line_count;
    if (row == 0)
        r->first_line = (uint32_t)line;
    uint64_t expected = r->line_count ? last[-1] + (row - last[-2]) : r->first_line + row;
    if (line == expected)
        return KX_OK;
    if (!kxi_grow(r->arena.mem, &r->lines, &r->line_capacity, 2 * r->line_count + 2))
        return kxi_nomem(r->in->failed);
    r->lines[2 * r->line_count] = row;
    r->lines[2 * r->line_count + 1] = line;
    r->line_count++;
    return KX_OK;
}

/* What columns there are shows only when all rows were looked at. */
static kx_status
look_at_rows(struct rows *r)
{
    uint64_t rows = 0;
    kx_status status = check_rows(r, r->node->count);
    for (const kxi_node *row = r->node->child; row && !status; row = row->next) {
        if (row->type != KXI_NODE_OBJECT) {
            status = SAY(r, DATA_ROW, row, row->offset, KXI_A_STR(r->spec->name), KXI_A_STR(type_name(r, row)));
            continue;
        }
        status = note_line(r, rows++, row);
        for (const kxi_node *item = row->child; item && !status; item = item->next)
            status = add_name(r, item);
    }
    return status;
}

static void
place_row(struct rows *r, const kxi_node *row, size_t at)
{
    for (size_t i = 0; i < r->column_count; i++)
        r->nodes[i * KXI_CELLS_BATCH + at] = NULL;
    for (const kxi_node *item = row->child; item; item = item->next) {
        uint32_t read = r->inputs[kxi_strmap_find(&r->names, item->key)].read;
        if (read != KXI_NONE)
            r->nodes[read * KXI_CELLS_BATCH + at] = item;
    }
}

static kx_status
read_rows(struct rows *r)
{
    size_t n = 0;
    kx_status status = KX_OK;
    for (const kxi_node *row = r->node->child; row && !status; row = row->next) {
        if (row->type != KXI_NODE_OBJECT)
            continue;
        place_row(r, row, n++);
        if (n < KXI_CELLS_BATCH)
            continue;
        status = read_batch(r, n);
        n = 0;
    }
    return status ? status : read_batch(r, n);
}

/* An empty array has all columns, without rows. */
static kx_status
add_all_columns(struct rows *r)
{
    for (uint32_t i = 0; i < r->spec->column_count; i++) {
        kxi_node item = { .key = r->spec->columns[i].name };
        kx_status status = add_name(r, &item);
        if (status)
            return status;
    }
    return KX_OK;
}

/* ---- tables of columns ---- */

static kx_status
check_column(struct rows *r, const kxi_node *item)
{
    const kxi_node *first = r->node->child;
    if (item->type == KXI_NODE_ARRAY && item->count == first->count)
        return KX_OK;
    r->usable = false;
    if (item->type != KXI_NODE_ARRAY)
        return SAY(r, DATA_COLUMN, item, item->offset, KXI_A_STR(quoted(r, item->key)), KXI_A_STR(type_name(r, item)));
    return SAY(r, DATA_LENGTHS, item, item->offset, KXI_A_STR(quoted(r, item->key)), KXI_A_INT(item->count),
               KXI_A_STR(quoted(r, first->key)), KXI_A_INT(first->count));
}

static kx_status
look_at_columns(struct rows *r)
{
    kx_status status = r->node->child ? check_rows(r, r->node->child->count) : KX_OK;
    for (const kxi_node *item = r->node->child; item && !status; item = item->next) {
        status = check_column(r, item);
        if (!status)
            status = add_name(r, item);
        if (!status)
            r->inputs[kxi_strmap_find(&r->names, item->key)].next = item->child;
    }
    return status;
}

static kx_status
read_columns(struct rows *r)
{
    size_t rows = r->node->child ? r->node->child->count : 0;
    kx_status status = KX_OK;
    for (size_t done = 0; done < rows && !status;) {
        size_t n = rows - done < KXI_CELLS_BATCH ? rows - done : KXI_CELLS_BATCH;
        for (size_t c = 0; c < r->column_count; c++) {
            struct input_column *input = &r->inputs[r->columns[c]];
            for (size_t i = 0; i < n; i++, input->next = input->next->next)
                r->nodes[c * KXI_CELLS_BATCH + i] = input->next;
        }
        status = read_batch(r, n);
        done += n;
    }
    return status;
}

/* ---- the finished table ---- */

static kx_status
say_misfits(struct rows *r, const kx_table *t, kxi_str header, const kxi_misfits *m)
{
    for (size_t i = 0; i < m->count; i++) {
        char text[32];
        kxi_place place = kxi_table_place(t, m->list[i].row);
        kx_status status = KXI_FAIL(&r->in->found, CELL_SCALE, place, KXI_A_STR(header),
                                    KXI_A_STR(kxi_cell_print(text, m->list[i].number, m->list[i].scale)),
                                    KXI_A_INT(m->list[i].column_scale));
        if (!kxi_input_goes_on(r->in, status))
            return status;
    }
    r->in->ds->findings.left_out += m->left_out;
    r->in->ds->findings.errors += m->left_out;
    return KX_OK;
}

static kx_status
join_column(struct rows *r, size_t column, kx_table *t)
{
    kxi_mem *mem = r->arena.mem;
    uint32_t input = r->columns[column];
    kxi_part part;
    kxi_column made;
    kxi_block block = { .reader = 0, .rows = r->rows, .parts = &part };
    kxi_join j = { .mem = mem, .spec = &r->spec->columns[r->inputs[input].spec], .blocks = &block, .block_count = 1 };
    j.rows = r->rows;
    j.terms = &r->terms[column];
    j.readers = j.stride = 1;
    j.misfits = (kxi_misfits){ .mem = mem, .limit = r->in->ds->collect ? r->in->ds->ctx->max_findings : 1 };
    if (kxi_cells_pack(&r->cells[column], &part))
        return kxi_nomem(r->in->failed);
    kx_status status = kxi_join_column(&j, &made);
    if (status) {
        kxi_part_free(mem, &part);
        status = kxi_nomem(r->in->failed);
    } else {
        status = say_misfits(r, t, r->names.keys[input], &j.misfits);
        if (!status)
            status = kxi_table_take(t, &made, r->in->failed);
        kxi_column_free(mem, &made);
    }
    kxi_free(mem, j.misfits.list, j.misfits.capacity * sizeof(*j.misfits.list));
    return status;
}

static kx_status
set_lines(struct rows *r, kx_table *t)
{
    uint64_t *lines = NULL;
    if (r->line_count) {
        lines = kxi_alloc_array(r->arena.mem, r->line_count, 2 * sizeof(*lines));
        if (!lines)
            return kxi_nomem(r->in->failed);
        memcpy(lines, r->lines, r->line_count * 2 * sizeof(*lines));
    }
    kxi_table_set_lines(t, r->first_line, lines, r->line_count);
    return KX_OK;
}

static kx_status
make_table(struct rows *r)
{
    kx_table *t;
    kx_status status = kxi_table_new(r->in->ds->ctx, r->doc->name, &t, &r->in->found);
    if (status)
        return status;
    t->rows = r->rows; /* also when no column is read */
    if (r->node->type == KXI_NODE_ARRAY)
        status = set_lines(r, t);
    for (size_t i = 0; i < r->column_count && !status; i++)
        status = join_column(r, i, t);
    if (!status)
        status = kxi_input_keep(r->in, r->table, t);
    kxi_table_unref(t);
    return status;
}

static kx_status
read_table(struct rows *r)
{
    bool by_rows = r->node->type == KXI_NODE_ARRAY;
    kx_status status = by_rows ? look_at_rows(r) : look_at_columns(r);
    if (!status && by_rows && r->node->count == 0)
        status = add_all_columns(r);
    if (!status)
        status = check_required(r);
    if (status)
        return status;
    if (!r->usable)
        return kxi_input_keep(r->in, r->table, NULL);
    status = begin_cells(r);
    if (!status)
        status = by_rows ? read_rows(r) : read_columns(r);
    return status ? status : make_table(r);
}

static void
rows_free(struct rows *r)
{
    kxi_mem *mem = r->arena.mem;
    for (size_t i = 0; r->cells && i < r->column_count; i++) {
        kxi_cells_free(&r->cells[i]);
        kxi_terms_free(&r->terms[i]);
    }
    kxi_strmap_free(&r->names);
    kxi_free(mem, r->inputs, r->input_capacity * sizeof(*r->inputs));
    kxi_free(mem, r->columns, r->column_capacity * sizeof(*r->columns));
    kxi_free(mem, r->faults.list, r->faults.capacity * sizeof(*r->faults.list));
    kxi_free(mem, r->lines, r->line_capacity * sizeof(*r->lines));
    kxi_arena_free(&r->arena);
    kxi_arena_free(&r->scratch);
}

static kx_status
read_member(kxi_input *in, const kxi_doc *doc, const kxi_node *node)
{
    kxi_mem *mem = &in->ds->ctx->mem;
    struct rows r = { .in = in, .doc = doc, .node = node, .line = 1, .usable = true, .faults = { .mem = mem } };
    kxi_arena_init(&r.arena, mem);
    kxi_arena_init(&r.scratch, mem);
    kxi_strmap_init(&r.names, mem);
    kxi_place place = place_of(&r, node, node->key_offset);
    kx_status status = kxi_input_table(in, &r.arena, node->key, place, &r.table);
    if (!status && r.table != KXI_NONE) {
        size_t columns = in->ds->schema->tables[r.table].column_count;
        r.spec = &in->ds->schema->tables[r.table];
        r.of_spec = kxi_arena_array(&r.arena, columns + 1, sizeof(*r.of_spec));
        for (size_t i = 0; r.of_spec && i < columns; i++)
            r.of_spec[i] = KXI_NONE;
        status = r.of_spec ? kxi_input_check(in, r.table, doc->name) : kxi_nomem(in->failed);
        if (!status && node->type != KXI_NODE_ARRAY && node->type != KXI_NODE_OBJECT)
            status = SAY(&r, DATA_TABLE, node, node->offset, KXI_A_STR(r.spec->name), KXI_A_STR(type_name(&r, node)));
        else if (!status)
            status = read_table(&r);
        if (kxi_input_goes_on(in, status))
            status = KX_OK;
    }
    rows_free(&r);
    return status;
}

/* On the calling thread, which reads everything. */
static kx_status
report_progress(kxi_input *in, const kxi_doc *doc, uint64_t done)
{
    if (!in->opt->progress || in->opt->progress(in->opt->progress_user, done, doc->source.n) == 0)
        return KX_OK;
    return KXI_FAIL0(in->failed, READ_CANCELLED, KXI_NOWHERE);
}

kx_status
kxi_rows_read(kxi_input *in, const kxi_doc *doc)
{
    const kxi_node *root = doc->root;
    if (root->type != KXI_NODE_OBJECT) {
        kxi_arena scratch;
        kxi_arena_init(&scratch, &in->ds->ctx->mem);
        const char *type = kxi_node_type_name(root->type, in->found.language);
        kx_status status = KXI_FAIL(in->failed, DATA_SHAPE, kxi_node_place(&scratch, root), KXI_A_CSTR(type));
        kxi_arena_free(&scratch);
        return status;
    }
    kx_status status = report_progress(in, doc, 0);
    for (const kxi_node *table = root->child; table && !status; table = table->next) {
        status = read_member(in, doc, table);
        if (!status)
            status = report_progress(in, doc, table->end);
    }
    return status;
}
