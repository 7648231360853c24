#include "tally/reader.h"

static const kxi_row_slot *
slot_of(const kxi_reader *r, uint32_t slot)
{
    return &r->rs->u->rules->row_slots[slot];
}

/* ---- tables: what a slot says for each entry ---- */

/* The column whose entries a slot varies on. */
static uint32_t
entry_column(const kxi_row_slot *s)
{
    return s->kind == KXI_ROW_COLUMN || s->kind == KXI_ROW_DIM ? s->column : s->path.column;
}

static bool
has_table(const kxi_rowset *rs, const kxi_row_slot *s)
{
    if (s->kind == KXI_ROW_COLUMN)
        return rs->table != KXI_NONE && rs->spec->columns[s->column].type == KX_TEXT &&
               !rs->spec->columns[s->column].list;
    return s->kind == KXI_ROW_REF || s->kind == KXI_ROW_LEVEL || s->kind == KXI_ROW_KEY || s->kind == KXI_ROW_DIM;
}

/* Texts of n entries and a null. */
static kx_status
text_lanes(kxi_arena *a, size_t n, kxi_vec *out, kxi_str **texts, uint8_t **state)
{
    *texts = kxi_arena_array(a, n + 1, sizeof(**texts));
    *state = kxi_arena_zero(a, n + 1);
    if (!*texts || !*state)
        return KX_E_NOMEM;
    (*state)[n] = KXI_IS_NULL;
    *out = (kxi_vec){ .type = KXI_V_TEXT, .count = n + 1, .state = *state, .v = { .texts = *texts } };
    return KX_OK;
}

static kx_status
column_table(const kxi_rowset *rs, uint32_t column, kxi_arena *a, kxi_vec *out)
{
    uint32_t n = kxi_rowset_size(rs, column);
    kxi_str *texts;
    uint8_t *state;
    if (text_lanes(a, n, out, &texts, &state) != KX_OK)
        return KX_E_NOMEM;
    for (uint32_t i = 0; i < n; i++)
        texts[i] = kxi_rowset_text(rs, column, i);
    return KX_OK;
}

/* The one entity that each entry leads to; none for several, which is as good as none to look something up in. */
static kx_status
entities_of(const kxi_rowset *rs, const kxi_path *path, kxi_arena *a, uint32_t **out)
{
    uint32_t n = kxi_rowset_size(rs, path->column);
    kxi_ids ids = { .mem = a->mem };
    kx_status st = KX_OK;
    *out = kxi_arena_array(a, (size_t)n + 1, sizeof(**out));
    if (!*out)
        return KX_E_NOMEM;
    for (uint32_t i = 0; i < n && st == KX_OK; i++) {
        ids.count = 0;
        st = kxi_path_follow(rs, path, i, &ids);
        (*out)[i] = ids.count == 1 ? ids.items[0] : KXI_NONE;
    }
    (*out)[n] = KXI_NONE;
    kxi_ids_free(&ids);
    return st;
}

static kx_status
key_table(const kxi_rowset *rs, const kxi_row_slot *s, const uint32_t *entities, kxi_arena *a, kxi_vec *out)
{
    uint32_t n = kxi_rowset_size(rs, s->path.column);
    const kxi_universe *u = rs->u;
    kxi_str *texts;
    uint8_t *state;
    if (text_lanes(a, n, out, &texts, &state) != KX_OK)
        return KX_E_NOMEM;
    for (uint32_t i = 0; i < n; i++) {
        state[i] = KXI_IS_NULL;
        if (entities[i] == KXI_NONE)
            continue;
        uint8_t level = s->kind == KXI_ROW_LEVEL ? u->tree.level[entities[i]] : 0;
        if (level == KXI_LEVEL_NONE)
            continue;
        texts[i] = s->kind == KXI_ROW_LEVEL ? u->dataset->schema->levels[level].name
                                            : u->dataset->tables[s->path.target].entities.keys[entities[i]];
        state[i] = KXI_IS_KNOWN;
    }
    return KX_OK;
}

static kx_status
reference_table(const kxi_rowset *rs, const kxi_row_slot *s, kxi_arena *a, kxi_vec *out)
{
    const kxi_universe *u = rs->u;
    size_t n = (size_t)kxi_rowset_size(rs, s->path.column) + 1;
    uint32_t *entities;
    if (entities_of(rs, &s->path, a, &entities) != KX_OK)
        return KX_E_NOMEM;
    if (s->kind != KXI_ROW_REF)
        return key_table(rs, s, entities, a, out);
    for (size_t i = 0; i < n; i++)
        if (entities[i] != KXI_NONE)
            entities[i] = kxi_universe_row(u, s->path.target, entities[i]);
    const kxi_bound_table *t = &u->dataset->tables[s->path.target];
    return kxi_vec_of_column(a, t->table ? t->columns[s->then].column : NULL,
                             u->dataset->schema->tables[s->path.target].columns[s->then].type, entities, n, out);
}

static kx_status
bucket_table(const kxi_rowset *rs, const kxi_dim *dim, kxi_arena *a, kxi_vec *out)
{
    uint32_t n = kxi_bucket_count(rs->when.span, dim->bucket);
    kxi_str *texts;
    uint8_t *state;
    if (text_lanes(a, n, out, &texts, &state) != KX_OK)
        return KX_E_NOMEM;
    for (uint32_t i = 0; i < n; i++) {
        char *name = kxi_arena_alloc(a, KXI_BUCKET_NAME);
        if (!name)
            return KX_E_NOMEM;
        kxi_bucket_name(rs->when.span, dim->bucket, i, name);
        texts[i] = kxi_str_of(name);
    }
    return KX_OK;
}

static kx_status
make_table(const kxi_rowset *rs, const kxi_row_slot *s, kxi_arena *a, kxi_vec *out)
{
    if (s->kind == KXI_ROW_COLUMN)
        return column_table(rs, s->column, a, out);
    if (s->kind != KXI_ROW_DIM)
        return reference_table(rs, s, a, out);
    const kxi_dim *dim = &rs->measure->dims[s->column];
    if (dim->kind == KXI_DIM_BUCKET)
        return bucket_table(rs, dim, a, out);
    if (dim->kind != KXI_DIM_COLUMN)
        return column_table(rs, s->column, a, out);
    *out = rs->cells->open[s->column]; /* open values are never null */
    return KX_OK;
}

kx_status
kxi_reader_look_up(const kxi_rowset *rs, const kxi_expr *e, kxi_arena *a, const kxi_vec **tables)
{
    const uint32_t *slots = NULL;
    size_t n = e ? kxi_expr_slots(e, &slots) : 0;
    for (size_t i = 0; i < n; i++) {
        const kxi_row_slot *s = &rs->u->rules->row_slots[slots[i]];
        if (tables[slots[i]] || !has_table(rs, s))
            continue;
        kxi_vec *table = kxi_arena_new(a, kxi_vec);
        if (!table || make_table(rs, s, a, table) != KX_OK)
            return KX_E_NOMEM;
        tables[slots[i]] = table;
    }
    return KX_OK;
}

/* ---- what expressions ask for ---- */

static kx_status
fixed_day(const kxi_reader *r, const kxi_row_slot *s, kxi_arena *a, kxi_vec *out)
{
    int64_t *day = kxi_arena_alloc(a, sizeof(*day));
    if (!day)
        return KX_E_NOMEM;
    *day = s->kind == KXI_ROW_AS_OF ? r->when.as_of : s->kind == KXI_ROW_FROM ? r->when.span.from : r->when.span.to;
    *out = (kxi_vec){ .type = KXI_V_DATE, .constant = true, .count = 1, .v = { .ints = day } };
    return KX_OK;
}

/* Cells that are unknown make what is computed from them unknown. */
static kx_status
cell_values(const kxi_reader *r, size_t first, size_t n, kxi_arena *a, kxi_vec *out)
{
    *out = r->rs->cells->value;
    out->count = n;
    if (out->type == KXI_V_BOOL)
        out->v.yes += first;
    else if (out->type == KXI_V_TEXT)
        out->v.texts += first;
    else if (out->rep == KXI_REP_NUM && out->type == KXI_V_NUMBER)
        out->v.nums += first;
    else
        out->v.ints += first;
    if (!out->state)
        return KX_OK;
    uint8_t *state = kxi_arena_alloc(a, n);
    for (size_t i = 0; state && i < n; i++)
        state[i] = KXI_IS_UNKNOWN(out->state[first + i]) ? KXI_IS_DEPENDS : out->state[first + i];
    out->state = state;
    return state ? KX_OK : KX_E_NOMEM;
}

static kx_status
list_values(const kxi_reader *r, uint32_t column, size_t first, size_t n, kxi_arena *a, kxi_vec *out)
{
    uint32_t *rows = kxi_arena_array(a, n, sizeof(*rows));
    if (!rows)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        rows[i] = (uint32_t)(first + i);
    const kxi_column *c = kxi_rowset_column(r->rs, column);
    if (c && c->lists)
        return kxi_vec_of_column(a, c, r->rs->spec->columns[column].type, rows, n, out);
    /* A column that came without lists: lists of one, or of none for null. */
    kxi_vec *items = kxi_arena_new(a, kxi_vec);
    int64_t *offsets = kxi_arena_array(a, n + 1, sizeof(*offsets));
    if (!items || !offsets)
        return KX_E_NOMEM;
    size_t known = 0;
    for (size_t i = 0; i < n; i++) {
        if (c && kxi_column_known(c, first + i))
            rows[known++] = (uint32_t)(first + i);
        offsets[i + 1] = (int64_t)known;
    }
    *out = (kxi_vec){ .type = KXI_V_LIST, .count = n, .v = { .lists = offsets }, .items = items };
    return kxi_vec_of_column(a, c, r->rs->spec->columns[column].type, rows, known, items);
}

static kx_status
plain_values(const kxi_reader *r, uint32_t column, size_t first, size_t n, kxi_arena *a, kxi_vec *out)
{
    const kxi_column_spec *spec = &r->rs->spec->columns[column];
    const kxi_column *c = kxi_rowset_column(r->rs, column);
    if (spec->list)
        return list_values(r, column, first, n, a, out);
    const kxi_batch_column *b = kxi_batch_ints(r->batch, column);
    size_t at = first - r->batch->first;
    if (!b)
        return KX_E_NOMEM;
    *out = (kxi_vec){ .type = spec->type == KX_DATE   ? KXI_V_DATE
                              : spec->type == KX_BOOL ? KXI_V_BOOL
                                                      : KXI_V_NUMBER,
                      .scale = (uint8_t)(c && spec->type == KX_NUMBER ? c->scale : 0),
                      .count = n,
                      .state = b->state ? b->state + at : NULL,
                      .v = { .ints = b->ints + at } };
    if (out->type != KXI_V_BOOL)
        return KX_OK;
    uint8_t *yes = kxi_arena_alloc(a, n);
    for (size_t i = 0; yes && i < n; i++)
        yes[i] = b->ints[at + i] != 0;
    out->v.yes = yes;
    return yes ? KX_OK : KX_E_NOMEM;
}

static kx_status
source_rows(void *user, uint32_t slot, size_t first, size_t n, kxi_arena *arena, kxi_vec *out)
{
    const kxi_reader *r = user;
    const kxi_row_slot *s = slot_of(r, slot);
    if (r->tables[slot]) {
        const kxi_batch_column *b = kxi_batch_codes(r->batch, entry_column(s));
        return b ? kxi_vec_take(arena, r->tables[slot], b->codes + (first - r->batch->first), n, out) : KX_E_NOMEM;
    }
    if (s->kind == KXI_ROW_COLUMN)
        return plain_values(r, s->column, first, n, arena, out);
    return s->kind == KXI_ROW_VALUE ? cell_values(r, first, n, arena, out) : fixed_day(r, s, arena, out);
}

static kx_status
source_entries(void *user, uint32_t slot, uint32_t domain, kxi_arena *arena, kxi_vec *out)
{
    const kxi_reader *r = user;
    if (domain == KXI_DOMAIN_RUN)
        return fixed_day(r, slot_of(r, slot), arena, out);
    *out = *r->tables[slot];
    return KX_OK;
}

static kx_status
source_codes(void *user, uint32_t domain, size_t first, size_t n, kxi_arena *arena, const uint32_t **out)
{
    const kxi_reader *r = user;
    const kxi_batch_column *b = kxi_batch_codes(r->batch, domain - KXI_DOMAIN_FIRST);
    (void)n;
    (void)arena;
    *out = b ? b->codes + (first - r->batch->first) : NULL;
    return b ? KX_OK : KX_E_NOMEM;
}

static size_t
source_size(void *user, uint32_t domain)
{
    const kxi_reader *r = user;
    return kxi_rowset_size(r->rs, domain - KXI_DOMAIN_FIRST);
}

kxi_source
kxi_reader_source(kxi_reader *r)
{
    return (kxi_source){ r, source_rows, source_entries, source_codes, source_size };
}
