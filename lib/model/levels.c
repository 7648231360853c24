/* Levels as data writes them (乡镇) become levels as rules write them (township). */
#include "model/model_priv.h"

static kx_status
report(kxi_seal *s, const kxi_column *codes, const kxi_column *levels, size_t row)
{
    const kx_table *table = s->ds->tables[s->schema->units.table].table;
    kxi_str unit = kxi_column_text(codes, row), text = kxi_column_text(levels, row);
    kxi_shown a, b;
    if (text.n == 0)
        return KXI_FAIL(s->diag, LEVEL_EMPTY, kxi_table_place(table, row), KXI_A_ROW(row),
                        KXI_A_STR(kxi_show(&a, unit)));
    kxi_str *names = kxi_arena_array(&s->scratch, s->schema->level_count, sizeof(*names));
    if (!names)
        return kxi_nomem(s->diag);
    for (size_t i = 0; i < s->schema->level_count; i++)
        names[i] = s->schema->levels[i].name;
    kxi_str near = kxi_nearest(text, names, s->schema->level_count);
    for (size_t i = 0; i < s->schema->level_count && !near.n; i++)
        near = kxi_nearest(text, s->schema->levels[i].aliases, s->schema->levels[i].alias_count);
    kxi_arg args[] = { KXI_A_ROW(row), KXI_A_STR(kxi_show(&a, unit)), KXI_A_STR(kxi_show(&b, text)), KXI_A_STR(near) };
    return kxi_diag_add(s->diag, near.n ? KXI_MSG_LEVEL_UNKNOWN_NEAR : KXI_MSG_LEVEL_UNKNOWN,
                        kxi_table_place(table, row), args, near.n ? 4 : 3);
}

/* The level of every text of the dictionary; KXI_NONE when it is none. */
static kx_status
read_dict(kxi_seal *s, const kxi_dict *dict, uint32_t *levels)
{
    kxi_arena scratch;
    kx_status status = KX_OK;
    kxi_arena_init(&scratch, s->mem);
    for (uint32_t i = 0; i < dict->count && status == KX_OK; i++) {
        status = kxi_schema_level(s->schema, &scratch, dict->texts[i], &levels[i]);
        kxi_arena_reset(&scratch);
    }
    kxi_arena_free(&scratch);
    return status == KX_OK ? KX_OK : kxi_nomem(s->diag);
}

/* A column of the scheme's own names of levels: its codes are their numbers. */
static kx_status
canonical(kxi_seal *s, const kxi_column *in, const uint32_t *levels, kxi_column **out)
{
    kxi_column *made = kxi_alloc_zero(s->mem, sizeof(*made));
    if (!made)
        return kxi_nomem(s->diag);
    *out = made;
    made->name = in->name;
    made->type = KX_TEXT;
    made->rows = made->count = in->rows;
    kx_status status = kxi_dict_new(s->mem, &made->dict);
    for (size_t i = 0; i < s->schema->level_count && status == KX_OK; i++) {
        uint32_t code;
        status = kxi_dict_push(made->dict, s->schema->levels[i].name, &code);
    }
    if (status == KX_OK)
        status = kxi_column_room(s->mem, made, KX_LAYOUT_CODE32);
    for (size_t row = 0; row < in->rows && status == KX_OK; row++) {
        uint32_t code = kxi_column_code(in, row);
        if (code == KXI_NONE || levels[code] == KXI_NONE)
            status = kxi_column_set_null(s->mem, made, row);
        else
            ((uint32_t *)kxi_writable(made->values))[row] = levels[code];
    }
    if (status == KX_OK)
        status = kxi_column_narrow(s->mem, made);
    return status == KX_OK ? KX_OK : kxi_nomem(s->diag);
}

kx_status
kxi_seal_levels(kxi_seal *s, const kxi_column **levels)
{
    const kxi_units_spec *u = &s->schema->units;
    const kxi_column *in = kxi_bound_column(s->ds, u->table, u->level);
    const kxi_column *codes = kxi_bound_column(s->ds, u->table, u->code);
    kx_status first = KX_OK;
    *levels = NULL;
    if (!in || s->schema->level_count == 0)
        return KX_OK;
    uint32_t *known = kxi_arena_array(&s->scratch, (size_t)in->dict->count + 1, sizeof(*known));
    if (!known)
        return kxi_nomem(s->diag);
    kx_status status = read_dict(s, in->dict, known);
    for (size_t row = 0; row < in->rows && status == KX_OK; row++) {
        uint32_t code = kxi_column_code(in, row);
        if ((code != KXI_NONE && known[code] != KXI_NONE) || !kxi_column_known(codes, row))
            continue; /* a row without a key was reported for that */
        first = report(s, codes, in, row);
        if (kxi_seal_stops(s, first))
            return first;
    }
    kxi_bound *bound = &s->ds->tables[u->table].columns[u->level];
    if (status == KX_OK)
        status = canonical(s, in, known, &bound->resolved);
    if (status != KX_OK)
        return status;
    *levels = bound->column = bound->resolved;
    return first;
}
