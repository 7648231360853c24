/* From the blocks of a file to a table: what was found is said, columns and line numbers are joined. */
#include "io/csv_priv.h"

#include <stdatomic.h>

#include "io/team.h"

void
kxi_csv_block_free(kxi_csv *csv, size_t i)
{
    kxi_mem *mem = &csv->ctx->mem;
    kxi_block *b = &csv->blocks[i];
    kxi_csv_block *info = &csv->infos[i];
    for (size_t c = 0; b->parts && c < csv->column_count; c++)
        kxi_part_free(mem, &b->parts[c]);
    kxi_free(mem, b->parts, csv->column_count * sizeof(*b->parts));
    b->parts = NULL;
    kxi_free(mem, info->jumps, info->jump_capacity * sizeof(*info->jumps));
    info->jumps = NULL;
    info->jump_capacity = 0;
    kxi_csv_notes_free(&info->notes);
}

/* Say what was found, in the order of the input. Blocks behind one that stops are dropped. */
static kx_status
say_notes(kxi_input *in, kxi_csv *csv)
{
    uint64_t line = csv->header_line;
    kx_status status = kxi_csv_notes_say(csv, &csv->header_notes, line, &in->found);
    if (status)
        return status; /* a header with faults: the table cannot be used */
    if (!csv->columns)
        return KXI_FAIL0(&in->found, CSV_EMPTY, ((kxi_place){ .input = csv->source->name, .line = 1, .column = 1 }));
    size_t kept = 0;
    for (bool stops = false; kept < csv->block_count && !stops; kept++) {
        status = kxi_csv_notes_say(csv, &csv->infos[kept].notes, line, &in->found);
        if (status && !kxi_input_goes_on(in, status))
            return status;
        line += csv->infos[kept].lines;
        stops = csv->infos[kept].stops;
    }
    while (csv->block_count > kept)
        kxi_csv_block_free(csv, --csv->block_count);
    return KX_OK;
}

static kx_status
count_rows(kxi_input *in, kxi_csv *csv)
{
    csv->rows = 0;
    for (size_t i = 0; i < csv->block_count; i++)
        csv->rows += csv->blocks[i].rows;
    if (csv->rows <= csv->ctx->max_rows)
        return KX_OK;
    return KXI_FAIL(&in->found, ROWS_LIMIT, ((kxi_place){ .input = csv->source->name }), KXI_A_INT(csv->ctx->max_rows));
}

/* Columns are joined by as many threads as read them. */
struct joining {
    kxi_csv *csv;
    kxi_join *joins; /* one a column */
    kxi_column *columns;
    kx_status *statuses;
    atomic_size_t next;
};

static void
join_some(void *user, uint32_t number)
{
    struct joining *j = user;
    (void)number;
    for (size_t i = atomic_fetch_add(&j->next, 1); i < j->csv->column_count; i = atomic_fetch_add(&j->next, 1))
        j->statuses[i] = kxi_join_column(&j->joins[i], &j->columns[i]);
}

static void
plan_join(kxi_csv *csv, size_t column, kxi_join *j)
{
    kxi_mem *mem = &csv->ctx->mem;
    *j = (kxi_join){ .mem = mem, .spec = csv->columns[column].spec, .column = (uint32_t)column };
    j->blocks = csv->blocks;
    j->block_count = csv->block_count;
    j->rows = (size_t)csv->rows;
    j->terms = &csv->terms[column];
    j->readers = csv->readers;
    j->stride = csv->column_count;
    j->misfits = (kxi_misfits){ .mem = mem, .limit = csv->collect ? csv->ctx->max_findings : 1 };
}

/* Numbers that do not fit beside the others of their column. */
static kx_status
say_misfits(kxi_input *in, kxi_csv *csv, const kx_table *t, size_t column, const kxi_misfits *m)
{
    for (size_t i = 0; i < m->count; i++) {
        char text[32];
        const kxi_misfit *misfit = &m->list[i];
        kxi_str number = kxi_cell_print(text, misfit->number, misfit->scale);
        kx_status status =
            KXI_FAIL(&in->found, CELL_SCALE, kxi_table_place(t, misfit->row), KXI_A_STR(csv->columns[column].header),
                     KXI_A_STR(number), KXI_A_INT(misfit->column_scale));
        if (!kxi_input_goes_on(in, status))
            return status;
    }
    in->ds->findings.left_out += csv->collect ? m->left_out : 0;
    in->ds->findings.errors += csv->collect ? m->left_out : 0;
    return KX_OK;
}

static kx_status
take_columns(kxi_input *in, kxi_csv *csv, struct joining *j, kx_table *t)
{
    kx_status status = KX_OK;
    for (size_t i = 0; i < csv->column_count && !status; i++)
        status = j->statuses[i] ? kxi_nomem(in->failed) : KX_OK;
    for (size_t i = 0; i < csv->column_count && !status; i++) {
        status = say_misfits(in, csv, t, i, &j->joins[i].misfits);
        if (!status)
            status = kxi_table_take(t, &j->columns[i], in->failed);
    }
    return status;
}

static kx_status
join_columns(kxi_input *in, kxi_csv *csv, kx_table *t)
{
    size_t n = csv->column_count;
    kxi_mem *mem = &csv->ctx->mem;
    struct joining j = { .csv = csv };
    t->rows = (size_t)csv->rows; /* also when no column is read */
    if (!n)
        return KX_OK;
    j.joins = kxi_arena_array(&csv->arena, n, sizeof(*j.joins));
    j.columns = kxi_arena_array(&csv->arena, n, sizeof(*j.columns));
    j.statuses = kxi_arena_array(&csv->arena, n, sizeof(*j.statuses));
    if (!j.joins || !j.columns || !j.statuses)
        return kxi_nomem(in->failed);
    atomic_init(&j.next, 0);
    for (size_t i = 0; i < n; i++)
        plan_join(csv, i, &j.joins[i]);
    kxi_team_run(csv->readers < n ? csv->readers : (uint32_t)n, join_some, &j);
    kx_status status = take_columns(in, csv, &j, t);
    for (size_t i = 0; i < n; i++) {
        kxi_column_free(mem, &j.columns[i]);
        kxi_free(mem, j.joins[i].misfits.list, j.joins[i].misfits.capacity * sizeof(kxi_misfit));
    }
    return status;
}

/* Pairs (row, line) of the whole table; jumps that turn out to be none, between blocks, are left out. With NULL they
 * are counted only. */
static size_t
join_lines(const kxi_csv *csv, uint32_t *first_line, uint64_t *pairs)
{
    uint64_t base = csv->header_line, row = 0, next_row = 0, next_line = 0;
    size_t count = 0;
    for (size_t b = 0; b < csv->block_count; b++) {
        const kxi_csv_block *info = &csv->infos[b];
        for (size_t i = 0; i < info->jump_count; i++) {
            uint64_t at = row + info->jumps[i].row, line = base + info->jumps[i].line;
            if (at == 0)
                *first_line = line < UINT32_MAX ? (uint32_t)line : UINT32_MAX;
            if (at > 0 && line != next_line + (at - next_row)) {
                if (pairs) {
                    pairs[2 * count] = at;
                    pairs[2 * count + 1] = line;
                }
                count++;
            }
            next_row = at;
            next_line = line;
        }
        row += csv->blocks[b].rows;
        base += info->lines;
    }
    return count;
}

static kx_status
set_lines(kxi_input *in, const kxi_csv *csv, kx_table *t)
{
    uint32_t first = 0;
    uint64_t *pairs = NULL;
    size_t count = join_lines(csv, &first, NULL);
    if (count) {
        pairs = kxi_alloc_array(&csv->ctx->mem, count, 2 * sizeof(*pairs));
        if (!pairs)
            return kxi_nomem(in->failed);
        join_lines(csv, &first, pairs);
    }
    kxi_table_set_lines(t, first, pairs, count);
    return KX_OK;
}

static kx_status
make_table(kxi_input *in, kxi_csv *csv, kx_table **out)
{
    kx_table *t;
    kx_status status = kxi_table_new(csv->ctx, csv->source->name, &t, &in->found);
    if (status)
        return status;
    status = set_lines(in, csv, t);
    if (!status)
        status = join_columns(in, csv, t);
    if (status) {
        kxi_table_unref(t);
        return status;
    }
    *out = t;
    return KX_OK;
}

kx_status
kxi_csv_finish(kxi_input *in, kxi_csv *csv, kx_table **out)
{
    kx_status status = say_notes(in, csv);
    if (!status)
        status = count_rows(in, csv);
    return status ? status : make_table(in, csv, out);
}
