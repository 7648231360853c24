#include "tally/ground.h"
#include "tally/ranks.h"
#include "tally/reader.h"

enum { UNIVERSE_BATCH = 2048 };

/* ---- life ---- */

kxi_universe *
kxi_universe_ref(kxi_universe *u)
{
    atomic_fetch_add_explicit(&u->refs, 1, memory_order_relaxed);
    return u;
}

void
kxi_universe_unref(kxi_universe *u)
{
    if (!u || atomic_fetch_sub_explicit(&u->refs, 1, memory_order_acq_rel) != 1)
        return;
    kx_context *ctx = u->ctx;
    kxi_arena_free(&u->arena);
    kxi_dataset_unref(u->dataset);
    kxi_free(&ctx->mem, u, sizeof(*u));
    kxi_context_unref(ctx); /* last: the memory above came through it */
}

/* ---- reading ---- */

uint32_t
kxi_universe_row(const kxi_universe *u, uint32_t table, uint32_t entity)
{
    if (table != u->dataset->schema->units.table)
        return u->dataset->tables[table].entities.rows[entity];
    uint32_t version = u->tree.version[entity];
    return version == KXI_NONE ? KXI_NONE : u->dataset->versions[version].row;
}

kxi_str
kxi_universe_key(const kxi_universe *u, uint32_t subject)
{
    return u->dataset->tables[u->rules->subjects].entities.keys[u->entities[subject]];
}

kxi_str
kxi_universe_name(const kxi_universe *u, uint32_t subject)
{
    uint32_t column = u->rules->name_column;
    uint32_t row = kxi_universe_row(u, u->rules->subjects, u->entities[subject]);
    const kxi_bound *b = u->dataset->tables[u->rules->subjects].columns;
    if (column == KXI_NONE || row == KXI_NONE || !b[column].column || b[column].column->type != KX_TEXT)
        return KXI_STR("");
    kxi_str name = kxi_column_text(b[column].column, row);
    return name.s ? name : KXI_STR("");
}

/* ---- who is scored ---- */

/* Whether each row of the subjects' table meets the scheme's condition; NULL when there is none. */
static kx_status
choose_rows(kxi_universe *u, const kxi_rowset *rs, kxi_arena *scratch, kxi_arena *batch_arena, uint8_t **chosen)
{
    const kxi_rules *rules = u->rules;
    kxi_batch batch = { .rs = rs, .arena = batch_arena };
    const kxi_vec **tables = kxi_arena_array(scratch, rules->row_slot_count + 1, sizeof(*tables));
    kxi_reader reader = { rs, { rules->period, u->as_of }, tables, &batch };
    const kxi_source source = kxi_reader_source(&reader);
    const kxi_prepared *where;
    batch.columns = kxi_arena_array(scratch, rs->columns + 1, sizeof(*batch.columns));
    *chosen = kxi_arena_zero(scratch, rs->rows);
    if (!tables || !batch.columns || !*chosen)
        return KX_E_NOMEM;
    kx_status st = kxi_reader_look_up(rs, rules->subject_where, scratch, tables);
    if (st == KX_OK)
        st = kxi_expr_prepare(rules->subject_where, &source, scratch, u->ctx->max_digits, &where);
    for (size_t first = 0; st == KX_OK && first < rs->rows; first += UNIVERSE_BATCH) {
        size_t n = rs->rows - first < UNIVERSE_BATCH ? rs->rows - first : UNIVERSE_BATCH;
        kxi_vec holds;
        kxi_batch_start(&batch, first, n);
        st = kxi_expr_run(where, &source, first, n, batch_arena, &holds);
        for (size_t i = 0; st == KX_OK && i < n; i++)
            (*chosen)[first + i] = kxi_vec_true(&holds, i);
    }
    return st;
}

static bool
stands(const kxi_universe *u, uint32_t entity)
{
    return u->rules->subjects != u->dataset->schema->units.table || u->tree.at[entity] == entity;
}

static kx_status
list_subjects(kxi_universe *u, const uint8_t *chosen)
{
    uint32_t n = u->dataset->tables[u->rules->subjects].entities.count;
    uint32_t *entities = kxi_arena_array(&u->arena, n, sizeof(*entities));
    uint32_t *subject_of = kxi_arena_array(&u->arena, n, sizeof(*subject_of));
    if (!entities || !subject_of)
        return KX_E_NOMEM;
    for (uint32_t e = 0; e < n; e++) {
        uint32_t row = kxi_universe_row(u, u->rules->subjects, e);
        bool is = row != KXI_NONE && stands(u, e) && (!chosen || chosen[row]);
        subject_of[e] = is ? u->count : KXI_NONE;
        if (is)
            entities[u->count++] = e;
    }
    u->entities = entities;
    u->subject_of = subject_of;
    return KX_OK;
}

static kx_status
find_subjects(kxi_universe *u, kxi_arena *scratch, kxi_arena *batch_arena)
{
    kxi_rowset rs;
    uint8_t *chosen = NULL;
    kx_status st = kxi_rowset_table(u, u->dataset, u->rules->subjects, scratch, &rs);
    if (st == KX_OK && u->rules->subject_where)
        st = choose_rows(u, &rs, scratch, batch_arena, &chosen);
    if (st == KX_OK)
        st = list_subjects(u, chosen);
    if (st == KX_OK && u->rules->subjects == u->dataset->schema->units.table)
        st = kxi_ground_nearest(u, &u->tree, &u->arena, &u->nearest);
    return st;
}

/* ---- among whom ---- */

static void
column_key(const kxi_universe *u, uint32_t column, uint32_t row, kxi_buf *out)
{
    const kxi_column *c = u->dataset->tables[u->rules->subjects].columns[column].column;
    if (c && !c->lists && row != KXI_NONE && kxi_column_known(c, row))
        kxi_column_print(c, row, out);
}

/* The keys of a subject's cohort, one after the other, with a character between them that text never has. */
static kx_status
cohort_key(const kxi_universe *u, uint32_t subject, kxi_arena *scratch, kxi_buf *b, kxi_str *out)
{
    uint32_t entity = u->entities[subject], row = kxi_universe_row(u, u->rules->subjects, entity);
    b->n = 0;
    for (size_t k = 0; k < u->rules->cohort_count; k++) {
        const kxi_cohort_key *key = &u->rules->cohort[k];
        if (k)
            kxi_buf_char(b, '\x1f');
        if (key->level != KXI_NONE) {
            uint32_t unit = u->nearest ? u->tree.up[key->level][entity] : KXI_NONE;
            if (unit != KXI_NONE)
                kxi_buf_str(b, kxi_dataset_units(u->dataset)->keys[unit]);
        } else {
            column_key(u, key->column, row, b);
        }
    }
    *out = b->failed ? (kxi_str){ NULL, 0 } : kxi_str_copy(scratch, b->n ? kxi_buf_view(b) : KXI_STR(""));
    return out->s ? KX_OK : KX_E_NOMEM;
}

static kx_status
cohort_name(kxi_arena *a, kxi_str key, kxi_buf *b, kxi_str *out)
{
    b->n = 0;
    for (size_t i = 0; i < key.n; i++)
        if (key.s[i] == '\x1f')
            kxi_buf_cstr(b, " / ");
        else
            kxi_buf_char(b, key.s[i]);
    *out = b->failed ? (kxi_str){ NULL, 0 } : kxi_str_copy(a, b->n ? kxi_buf_view(b) : KXI_STR(""));
    return out->s ? KX_OK : KX_E_NOMEM;
}

static kx_status
number_cohorts(kxi_universe *u, const kxi_str *keys, const uint32_t *order, kxi_buf *b)
{
    uint32_t *cohorts = kxi_arena_array(&u->arena, u->count, sizeof(*cohorts));
    kxi_str *names = kxi_arena_array(&u->arena, (size_t)u->count + 1, sizeof(*names));
    if (!cohorts || !names)
        return KX_E_NOMEM;
    for (uint32_t i = 0; i < u->count; i++) {
        if (i == 0 || !kxi_str_eq(keys[order[i]], keys[order[i - 1]]))
            if (cohort_name(&u->arena, keys[order[i]], b, &names[u->cohort_count++]) != KX_OK)
                return KX_E_NOMEM;
        cohorts[order[i]] = u->cohort_count - 1;
    }
    u->cohorts = cohorts;
    u->cohort_names = names;
    return KX_OK;
}

static kx_status
find_cohorts(kxi_universe *u, kxi_arena *scratch, kxi_buf *b)
{
    kxi_str *keys = kxi_arena_array(scratch, u->count, sizeof(*keys));
    uint32_t *order = kxi_arena_array(scratch, u->count, sizeof(*order));
    uint32_t *spare = kxi_arena_array(scratch, u->count, sizeof(*spare));
    if (!keys || !order || !spare)
        return KX_E_NOMEM;
    for (uint32_t i = 0; i < u->count; i++) {
        order[i] = i;
        if (cohort_key(u, i, scratch, b, &keys[i]) != KX_OK)
            return KX_E_NOMEM;
    }
    kxi_order_texts(order, spare, u->count, keys);
    return number_cohorts(u, keys, order, b);
}

/* ---- making ---- */

static kx_status
fill(kxi_universe *u, kxi_diag *d)
{
    const kx_dataset *ds = u->dataset;
    kxi_mem *mem = &u->ctx->mem;
    kxi_arena scratch, batch;
    kxi_buf buf;
    kxi_ground ground;
    kx_status st = KX_OK;
    kxi_arena_init(&scratch, mem);
    kxi_arena_init(&batch, mem);
    kxi_buf_init(&buf, mem);
    if (ds->schema->units.table != KXI_NONE && ds->tables[ds->schema->units.table].table)
        st = kxi_ground_make(u, u->as_of, &u->arena, &ground, d);
    if (st == KX_OK) {
        if (ds->schema->units.table != KXI_NONE && ds->tables[ds->schema->units.table].table)
            u->tree = *ground.tree;
        st = find_subjects(u, &scratch, &batch);
        if (st == KX_OK)
            st = find_cohorts(u, &scratch, &buf);
        if (st == KX_E_NOMEM)
            kxi_nomem(d);
        else if (st == KX_E_LIMIT)
            KXI_FAIL(d, TALLY_DIGITS, KXI_NOWHERE, KXI_A_CSTR("subjects"));
    }
    kxi_buf_free(&buf);
    kxi_arena_free(&batch);
    kxi_arena_free(&scratch);
    return st;
}

kx_status
kxi_universe_new(kx_context *ctx, const kxi_rules *rules, kx_dataset *dataset, kxi_day as_of, kxi_universe **out,
                 kxi_diag *d)
{
    *out = NULL;
    if (!dataset->sealed)
        return KXI_FAIL0(d, TALLY_NOT_SEALED, KXI_NOWHERE);
    kxi_universe *u = kxi_alloc_zero(&ctx->mem, sizeof(*u));
    if (!u)
        return kxi_nomem(d);
    atomic_init(&u->refs, 1);
    kxi_arena_init(&u->arena, &ctx->mem);
    u->ctx = kxi_context_ref(ctx);
    u->dataset = kxi_dataset_ref(dataset);
    u->rules = rules;
    u->as_of = as_of;
    kx_status st = fill(u, d);
    if (st == KX_OK)
        *out = u;
    else
        kxi_universe_unref(u);
    return st;
}
