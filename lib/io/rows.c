#include "io/rows.h"

#include "io/rows_priv.h"

static kx_status
begin_cells(struct kxi_rows *r)
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
check_rows(struct kxi_rows *r, uint64_t rows)
{
    uint64_t most = r->in->ds->ctx->max_rows;
    if (rows <= most)
        return KX_OK;
    r->usable = false;
    return KXI_ROWS_SAY(r, ROWS_LIMIT, r->node, r->node->offset, KXI_A_INT(most));
}

/* ---- tables of rows ---- */

static kx_status
note_line(struct kxi_rows *r, uint64_t row, const kxi_node *item)
{
    uint64_t line = kxi_rows_line(r, (size_t)item->offset), expected = r->first_line + row;
    if (row == 0)
        r->first_line = (uint32_t)(expected = line);
    if (r->line_count)
        expected = r->lines[2 * r->line_count - 1] + (row - r->lines[2 * r->line_count - 2]);
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
look_at_rows(struct kxi_rows *r)
{
    uint64_t rows = 0;
    kx_status status = check_rows(r, r->node->count);
    for (const kxi_node *row = r->node->child; row && !status; row = row->next) {
        if (row->type != KXI_NODE_OBJECT) {
            status =
                KXI_ROWS_SAY(r, DATA_ROW, row, row->offset, KXI_A_STR(r->spec->name), KXI_A_STR(kxi_rows_type(r, row)));
            continue;
        }
        status = note_line(r, rows++, row);
        for (const kxi_node *item = row->child; item && !status; item = item->next)
            status = kxi_rows_add_name(r, item);
    }
    return status;
}

static void
place_row(struct kxi_rows *r, const kxi_node *row, size_t at)
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
read_rows(struct kxi_rows *r)
{
    size_t n = 0;
    kx_status status = KX_OK;
    for (const kxi_node *row = r->node->child; row && !status; row = row->next) {
        if (row->type != KXI_NODE_OBJECT)
            continue;
        place_row(r, row, n++);
        if (n < KXI_CELLS_BATCH)
            continue;
        status = kxi_rows_batch(r, n);
        n = 0;
    }
    return status ? status : kxi_rows_batch(r, n);
}

/* ---- tables of columns ---- */

static kx_status
check_column(struct kxi_rows *r, const kxi_node *item)
{
    const kxi_node *first = r->node->child;
    if (item->type == KXI_NODE_ARRAY && item->count == first->count)
        return KX_OK;
    r->usable = false;
    if (item->type != KXI_NODE_ARRAY)
        return KXI_ROWS_SAY(r, DATA_COLUMN, item, item->offset, KXI_A_STR(kxi_rows_quoted(r, item->key)),
                            KXI_A_STR(kxi_rows_type(r, item)));
    return KXI_ROWS_SAY(r, DATA_LENGTHS, item, item->offset, KXI_A_STR(kxi_rows_quoted(r, item->key)),
                        KXI_A_INT(item->count), KXI_A_STR(kxi_rows_quoted(r, first->key)), KXI_A_INT(first->count));
}

static kx_status
look_at_columns(struct kxi_rows *r)
{
    kx_status status = r->node->child ? check_rows(r, r->node->child->count) : KX_OK;
    for (const kxi_node *item = r->node->child; item && !status; item = item->next) {
        status = check_column(r, item);
        if (!status)
            status = kxi_rows_add_name(r, item);
        if (!status)
            r->inputs[kxi_strmap_find(&r->names, item->key)].next = item->child;
    }
    return status;
}

static kx_status
read_columns(struct kxi_rows *r)
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
        status = kxi_rows_batch(r, n);
        done += n;
    }
    return status;
}

/* ---- the finished table ---- */

static kx_status
say_misfits(struct kxi_rows *r, const kx_table *t, kxi_str header, const kxi_misfits *m)
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
join_column(struct kxi_rows *r, size_t column, kx_table *t)
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
set_lines(struct kxi_rows *r, kx_table *t)
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
make_table(struct kxi_rows *r)
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
read_table(struct kxi_rows *r)
{
    bool by_rows = r->node->type == KXI_NODE_ARRAY;
    kx_status status = by_rows ? look_at_rows(r) : look_at_columns(r);
    if (!status && by_rows && r->node->count == 0)
        status = kxi_rows_add_all(r);
    if (!status)
        status = kxi_rows_check_required(r);
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
rows_free(struct kxi_rows *r)
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
    struct kxi_rows r = { .in = in, .doc = doc, .node = node, .line = 1, .usable = true, .faults = { .mem = mem } };
    kxi_arena_init(&r.arena, mem);
    kxi_arena_init(&r.scratch, mem);
    kxi_strmap_init(&r.names, mem);
    kxi_place place = kxi_rows_place(&r, node, node->key_offset);
    kx_status status =
        place.pointer.s ? kxi_input_table(in, &r.arena, node->key, place, &r.table) : kxi_nomem(in->failed);
    if (!status && r.table != KXI_NONE) {
        size_t columns = in->ds->schema->tables[r.table].column_count;
        r.spec = &in->ds->schema->tables[r.table];
        r.of_spec = kxi_arena_array(&r.arena, columns + 1, sizeof(*r.of_spec));
        for (size_t i = 0; r.of_spec && i < columns; i++)
            r.of_spec[i] = KXI_NONE;
        status = r.of_spec ? kxi_input_check(in, r.table, doc->name) : kxi_nomem(in->failed);
        if (!status && node->type != KXI_NODE_ARRAY && node->type != KXI_NODE_OBJECT)
            status = KXI_ROWS_SAY(&r, DATA_TABLE, node, node->offset, KXI_A_STR(r.spec->name),
                                  KXI_A_STR(kxi_rows_type(&r, node)));
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
