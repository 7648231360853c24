/* Rows of units become versions: how a unit stood from one day to another. */
#include "model/model_priv.h"

/* The columns of units, NULL when the data has no such column. */
typedef struct units {
    kxi_seal *seal;
    const kx_table *table;
    const kxi_column *code, *parent, *from, *to, *into;
    const kxi_column *level;         /* codes are the numbers of levels */
    const uint32_t *entities;        /* of codes */
    const uint32_t *parents, *heirs; /* of texts in parent and into */
} units;

static kxi_str
unit_code(const units *u, size_t row)
{
    return kxi_column_text(u->code, row);
}

static bool
known(const kxi_column *c, size_t row)
{
    return c && kxi_column_known(c, row);
}

static kx_status
find_columns(units *u)
{
    const kxi_units_spec *spec = &u->seal->schema->units;
    kx_dataset *ds = u->seal->ds;
    kxi_bound_table *bound = &ds->tables[spec->table];
    u->table = bound->table;
    u->code = kxi_bound_column(ds, spec->table, spec->code);
    u->parent = kxi_bound_column(ds, spec->table, spec->parent);
    u->from = kxi_bound_column(ds, spec->table, spec->from);
    u->to = kxi_bound_column(ds, spec->table, spec->to);
    u->into = kxi_bound_column(ds, spec->table, spec->into);
    u->entities = bound->columns[spec->code].entities;
    kx_status status = KX_OK;
    if (u->parent) {
        status = kxi_seal_resolve(u->seal, &bound->entities, u->parent, &u->parents);
        bound->columns[spec->parent].entities = u->parents;
    }
    if (u->into && status == KX_OK) {
        status = kxi_seal_resolve(u->seal, &bound->entities, u->into, &u->heirs);
        bound->columns[spec->into].entities = u->heirs;
    }
    return status;
}

/* The unit a text of parent or into means; reports what is wrong with it and leaves KXI_NONE. */
static kx_status
other_unit(const units *u, size_t row, uint32_t unit, const kxi_column *column, const uint32_t *entities,
           const enum kxi_msg messages[3], uint32_t *out)
{
    uint32_t code = column ? kxi_column_code(column, row) : KXI_NONE;
    *out = code == KXI_NONE ? KXI_NONE : entities[code];
    if (code == KXI_NONE || column->dict->texts[code].n == 0 || (*out != KXI_NONE && *out != unit))
        return KX_OK;
    kxi_shown a, b;
    kxi_str text = column->dict->texts[code], near = { NULL, 0 };
    bool self = *out == unit;
    *out = KXI_NONE;
    if (!self)
        near = kxi_seal_guess(u->seal, kxi_dataset_units(u->seal->ds), text);
    kxi_arg args[] = { KXI_A_ROW(row), KXI_A_STR(kxi_show(&a, unit_code(u, row))), KXI_A_STR(kxi_show(&b, text)),
                       KXI_A_STR(near) };
    return kxi_diag_add(u->seal->diag, messages[self ? 2 : near.n ? 1 : 0], kxi_table_place(u->table, row), args, 4);
}

static kx_status
read_period(const units *u, size_t row, kxi_version *v)
{
    const kxi_units_spec *spec = &u->seal->schema->units;
    const kxi_column_spec *columns = u->seal->schema->tables[spec->table].columns;
    char days[2][11];
    v->from = known(u->from, row) ? (kxi_day)kxi_column_int(u->from, row) : KXI_DAY_MIN;
    v->to = known(u->to, row) ? (kxi_day)kxi_column_int(u->to, row) : KXI_DAY_MAX;
    if (v->from <= v->to)
        return KX_OK;
    kxi_date_print(v->from, days[0]);
    kxi_date_print(v->to, days[1]);
    return KXI_FAIL(u->seal->diag, PERIOD_BACKWARDS, kxi_table_place(u->table, row), KXI_A_ROW(row),
                    KXI_A_STR(columns[spec->from].name), KXI_A_CSTR(days[0]), KXI_A_STR(columns[spec->to].name),
                    KXI_A_CSTR(days[1]));
}

static kx_status
read_version(const units *u, size_t row, uint32_t unit, kxi_version *v)
{
    static const enum kxi_msg parent[] = { KXI_MSG_UNIT_PARENT, KXI_MSG_UNIT_PARENT_NEAR, KXI_MSG_UNIT_OWN_PARENT };
    static const enum kxi_msg into[] = { KXI_MSG_UNIT_INTO, KXI_MSG_UNIT_INTO_NEAR, KXI_MSG_UNIT_INTO_SELF };
    kx_status first = read_period(u, row, v);
    if (kxi_seal_stops(u->seal, first))
        return first;
    kx_status status = other_unit(u, row, unit, u->parent, u->parents, parent, &v->parent);
    if (kxi_seal_stops(u->seal, status))
        return status;
    first = first == KX_OK ? status : first;
    status = other_unit(u, row, unit, u->into, u->heirs, into, &v->into);
    v->row = (uint32_t)row;
    v->level = u->level ? kxi_column_code(u->level, row) : KXI_NONE;
    return status == KX_OK ? first : status;
}

static kx_status
read_versions(units *u, kxi_version *versions, uint32_t *of, size_t *count)
{
    kx_status first = KX_OK;
    *count = 0;
    for (size_t row = 0; row < u->code->rows; row++) {
        uint32_t code = kxi_column_code(u->code, row);
        uint32_t unit = code == KXI_NONE ? KXI_NONE : u->entities[code];
        if (unit == KXI_NONE)
            continue; /* an empty key, which was reported */
        kx_status status = read_version(u, row, unit, &versions[*count]);
        if (kxi_seal_stops(u->seal, status))
            return status;
        if (status != KX_OK)
            first = status;
        of[(*count)++] = unit;
    }
    return first;
}

struct by_unit {
    const kxi_version *versions;
    const uint32_t *of;
};

static int
by_unit_and_day(const void *user, uint32_t a, uint32_t b)
{
    const struct by_unit *u = user;
    if (u->of[a] != u->of[b])
        return u->of[a] < u->of[b] ? -1 : 1;
    return (u->versions[a].from > u->versions[b].from) - (u->versions[a].from < u->versions[b].from);
}

/* Versions by unit and day, in the dataset. */
static kx_status
order_versions(units *u, const kxi_version *versions, const uint32_t *of, size_t count)
{
    kx_dataset *ds = u->seal->ds;
    kxi_entities *e = &ds->tables[ds->schema->units.table].entities;
    uint32_t *order = kxi_arena_array(&u->seal->scratch, count + 1, sizeof(*order));
    uint32_t *spare = kxi_arena_array(&u->seal->scratch, count + 1, sizeof(*spare));
    ds->versions = kxi_arena_array(&ds->arena, count + 1, sizeof(*ds->versions));
    ds->version_first = kxi_arena_array(&ds->arena, (size_t)e->count + 1, sizeof(*ds->version_first));
    if (!order || !spare || !ds->versions || !ds->version_first)
        return kxi_nomem(u->seal->diag);
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    kxi_sort(order, spare, count, by_unit_and_day, &(struct by_unit){ versions, of });
    for (size_t i = 0; i < count; i++) {
        uint32_t unit = of[order[i]];
        ds->versions[i] = versions[order[i]];
        if (i == 0 || of[order[i - 1]] != unit)
            e->rows[unit] = ds->versions[i].row;
        ds->version_first[unit + 1] = (uint32_t)i + 1;
    }
    return KX_OK;
}

static kx_status
check_overlaps(units *u)
{
    const kx_dataset *ds = u->seal->ds;
    const kxi_entities *e = kxi_dataset_units(ds);
    kx_status first = KX_OK;
    for (uint32_t unit = 0; unit < e->count; unit++)
        for (uint32_t i = ds->version_first[unit] + 1; i < ds->version_first[unit + 1]; i++) {
            const kxi_version *a = &ds->versions[i - 1], *b = &ds->versions[i];
            if (a->to < b->from)
                continue;
            uint32_t rows[] = { a->row < b->row ? a->row : b->row, a->row < b->row ? b->row : a->row };
            kxi_shown shown;
            kx_status status =
                KXI_FAIL(u->seal->diag, UNIT_OVERLAP, kxi_table_place(u->table, rows[1]),
                         KXI_A_STR(kxi_show(&shown, e->keys[unit])), KXI_A_ROW(rows[0]), KXI_A_ROW(rows[1]));
            if (kxi_seal_stops(u->seal, status))
                return status;
            first = status;
        }
    return first;
}

/* A unit that never ends leaves nothing to an heir. */
static kx_status
check_open_heirs(units *u)
{
    const kx_dataset *ds = u->seal->ds;
    const kxi_entities *e = kxi_dataset_units(ds);
    kx_status status = KX_OK;
    for (uint32_t unit = 0; unit < e->count && status == KX_OK; unit++) {
        const kxi_version *v = &ds->versions[ds->version_first[unit + 1] - 1];
        if (v->into == KXI_NONE || v->to != KXI_DAY_MAX)
            continue;
        kxi_shown a, b;
        status = KXI_FAIL(u->seal->diag, UNIT_INTO_OPEN, kxi_table_place(u->table, v->row), KXI_A_ROW(v->row),
                          KXI_A_STR(kxi_show(&a, e->keys[unit])), KXI_A_STR(kxi_show(&b, e->keys[v->into])));
    }
    return status;
}

kx_status
kxi_seal_units(kxi_seal *s)
{
    const kxi_units_spec *spec = &s->schema->units;
    units u = { .seal = s };
    if (!kxi_bound_column(s->ds, spec->table, spec->code))
        return KX_E_DATA; /* reported with the keys, while collecting */
    kx_status first = kxi_seal_levels(s, &u.level);
    if (kxi_seal_stops(s, first))
        return first;
    kx_status status = find_columns(&u);
    if (status != KX_OK)
        return status;
    size_t count;
    kxi_version *versions = kxi_arena_array(&s->scratch, u.code->rows + 1, sizeof(*versions));
    uint32_t *of = kxi_arena_array(&s->scratch, u.code->rows + 1, sizeof(*of));
    if (!versions || !of)
        return kxi_nomem(s->diag);
    status = read_versions(&u, versions, of, &count);
    if (kxi_seal_stops(s, status))
        return status;
    first = first == KX_OK ? status : first;
    status = order_versions(&u, versions, of, count);
    if (status != KX_OK)
        return status;
    kx_status (*const checks[])(units *) = { check_overlaps, check_open_heirs };
    for (size_t i = 0; i < 2; i++) {
        status = checks[i](&u);
        if (kxi_seal_stops(s, status))
            return status;
        first = first == KX_OK ? status : first;
    }
    status = kxi_seal_tree(s);
    return status == KX_OK ? first : status;
}
