/* Values of units: expressions over the columns of their table, what the rules define, and the seats of earlier allotments. */
#include "api/seats.h"

#include <stdlib.h>

#define TRY(call)                \
    do {                         \
        kx_status try_ = (call); \
        if (try_ != KX_OK)       \
            return try_;         \
    } while (0)

/* ---- columns as batches, by unit ---- */

struct named {
    kxi_str name;
    uint32_t row;
};

static int
by_name(const void *x, const void *y)
{
    const struct named *a = x, *b = y;
    int order = kxi_str_cmp(a->name, b->name);
    return order ? order : a->row < b->row ? -1 : a->row > b->row;
}

static kx_status
sort_units(kxi_unit_table *t)
{
    const kxi_column *c = t->table->columns[kxi_plan_column_find(t->rules->plan, t->rules->plan->unit)].column;
    size_t n = t->table->rows;
    struct named *list = kxi_arena_array(t->arena, n + 1, sizeof(*list));
    t->rows = kxi_arena_array(t->arena, n + 1, sizeof(*t->rows));
    t->names = kxi_arena_array(t->arena, n + 1, sizeof(*t->names));
    if (!list || !t->rows || !t->names)
        return kxi_nomem(t->d);
    for (uint32_t i = 0; i < n; i++) {
        list[i] = (struct named){ c ? kxi_column_text(c, i) : KXI_STR(""), i };
        if (!list[i].name.n)
            return KXI_FAIL(t->d, SEATS_UNIT_NAMELESS, kxi_table_place(t->table->table, i), KXI_A_INT(i + 1),
                            KXI_A_STR(t->rules->plan->unit));
    }
    qsort(list, n, sizeof(*list), by_name);
    for (size_t i = 0; i < n; i++) {
        t->rows[i] = list[i].row;
        t->names[i] = list[i].name;
    }
    return KX_OK;
}

kx_status
kxi_unit_table_init(kxi_unit_table *t, const kxi_seat_rules *rules, const kx_dataset *ds, kxi_arena *arena, kxi_diag *d)
{
    *t = (kxi_unit_table){ .rules = rules, .table = &ds->tables[0], .arena = arena, .d = d };
    t->columns = kxi_arena_array(arena, rules->plan->column_count + 1, sizeof(*t->columns));
    t->made = kxi_arena_array(arena, rules->plan->column_count + 1, sizeof(*t->made));
    if (!t->columns || !t->made)
        return kxi_nomem(d);
    return sort_units(t);
}

/* A batch over all units with room for n lanes of a size. */
static void *
lanes(kxi_unit_table *t, enum kxi_vtype type, size_t size, uint8_t **states, kxi_vec *out)
{
    size_t n = t->table->rows;
    *states = kxi_arena_array(t->arena, n + 1, 1);
    *out = (kxi_vec){ .type = type, .rep = KXI_REP_INT, .count = n, .state = *states };
    return *states ? kxi_arena_array(t->arena, n + 1, size) : NULL;
}

static kx_status
make_column(kxi_unit_table *t, uint32_t column)
{
    static const enum kxi_vtype types[] = {
        [KX_TEXT] = KXI_V_TEXT, [KX_NUMBER] = KXI_V_NUMBER, [KX_DATE] = KXI_V_DATE, [KX_BOOL] = KXI_V_BOOL
    };
    static const size_t sizes[] = {
        [KX_TEXT] = sizeof(kxi_str), [KX_NUMBER] = sizeof(int64_t), [KX_DATE] = sizeof(int64_t), [KX_BOOL] = 1
    };
    const kxi_column *c = t->table->columns[column].column;
    kxi_vec *v = &t->columns[column];
    uint8_t *states;
    int32_t type = t->rules->plan->columns[column].type;
    *v = (kxi_vec){ .type = KXI_V_NULL, .constant = true, .count = 1 };
    if (!c)
        return KX_OK;
    void *values = lanes(t, types[type], sizes[type], &states, v);
    if (!values)
        return kxi_nomem(t->d);
    v->scale = type == KX_NUMBER ? (uint8_t)c->scale : 0;
    for (size_t i = 0; i < t->table->rows; i++) {
        size_t row = t->rows[i];
        states[i] = kxi_column_known(c, row) ? KXI_IS_KNOWN : KXI_IS_NULL;
        if (states[i] == KXI_IS_NULL)
            continue; /* its lane stays zero, which is a day and a number */
        if (type == KX_TEXT)
            ((kxi_str *)values)[i] = kxi_column_text(c, row);
        else if (type == KX_BOOL)
            ((uint8_t *)values)[i] = kxi_column_int(c, row) != 0;
        else
            ((int64_t *)values)[i] = kxi_column_int(c, row);
    }
    if (type == KX_TEXT)
        v->v.texts = values;
    else if (type == KX_BOOL)
        v->v.yes = values;
    else
        v->v.ints = values;
    t->made[column] = true;
    return KX_OK;
}

/* Seats of an earlier allotment: 0 for whoever does not take part, null for whoever has not chosen. */
static kx_status
make_seats(kxi_unit_table *t, size_t allotment, kxi_vec *out)
{
    uint8_t *states;
    int64_t *seats = lanes(t, KXI_V_NUMBER, sizeof(*seats), &states, out);
    if (!seats)
        return kxi_nomem(t->d);
    for (size_t i = 0; i < t->table->rows; i++) {
        const kxi_seat *s = &t->outcome.allotted[allotment].seats[i];
        states[i] = s->in && !s->known ? KXI_IS_NULL : KXI_IS_KNOWN;
        seats[i] = s->in && s->known ? s->seats : 0;
    }
    out->v.ints = seats;
    return KX_OK;
}

/* ---- names of expressions ---- */

struct entry {
    kxi_str key;
    kxi_num value;
};

static int
by_key(const void *a, const void *b)
{
    return kxi_str_cmp(((const struct entry *)a)->key, ((const struct entry *)b)->key);
}

/* {"市级": 0.08, ..}, a table of values. */
static kx_status
make_map(kxi_unit_table *t, const kxi_node *object, const kxi_map **out)
{
    struct entry *entries = kxi_arena_array(t->arena, object->count + 1u, sizeof(*entries));
    kxi_map *map = kxi_arena_new(t->arena, kxi_map);
    kxi_str *keys = kxi_arena_array(t->arena, object->count + 1u, sizeof(*keys));
    kxi_num *values = kxi_arena_array(t->arena, object->count + 1u, sizeof(*values));
    kxi_numctx num = { t->arena, t->rules->ctx->max_digits };
    size_t n = 0;
    if (!entries || !map || !keys || !values)
        return kxi_nomem(t->d);
    kxi_node_each (member, object) {
        if (kxi_text_normalise(t->arena, member->key, &entries[n].key) == KX_E_NOMEM)
            return kxi_nomem(t->d);
        kx_status st =
            member->type == KXI_NODE_NUMBER ? kxi_num_parse(&num, member->text, &entries[n].value) : KX_E_SYNTAX;
        if (st == KX_E_NOMEM)
            return kxi_nomem(t->d);
        if (st != KX_OK)
            return KXI_FAIL(t->d, SEATS_NUMBER, kxi_node_place(t->arena, member), KXI_A_STR(member->key),
                            KXI_A_CSTR(kxi_node_type_name(member->type, t->d->language)));
        n++;
    }
    qsort(entries, n, sizeof(*entries), by_key);
    for (size_t i = 0; i < n; i++) {
        if (i && kxi_str_eq(entries[i].key, entries[i - 1].key))
            return KXI_FAIL(t->d, DUPLICATE_NAME, kxi_node_place(t->arena, object), KXI_A_STR(entries[i].key),
                            KXI_A_STR(object->key));
        keys[i] = entries[i].key;
        values[i] = entries[i].value;
    }
    *map = (kxi_map){ keys, values, n };
    *out = map;
    return KX_OK;
}

static kx_status
bind_define(kxi_unit_table *t, const kxi_node *node, kxi_binding *out)
{
    out->kind = KXI_BIND_NODE;
    out->node = node;
    if (node->type != KXI_NODE_OBJECT)
        return KX_OK;
    out->kind = KXI_BIND_MAP;
    out->type = KXI_V_MAP;
    return make_map(t, node, &out->map);
}

static kx_status
find_name(void *user, const kxi_str *path, size_t parts, kxi_place place, kxi_binding *out, kxi_diag *d)
{
    static const enum kxi_vtype types[] = {
        [KX_TEXT] = KXI_V_TEXT, [KX_NUMBER] = KXI_V_NUMBER, [KX_DATE] = KXI_V_DATE, [KX_BOOL] = KXI_V_BOOL
    };
    kxi_unit_table *t = user;
    const kxi_plan *plan = t->rules->plan;
    if (parts != 1)
        return KX_E_NOTFOUND;
    uint32_t column = kxi_plan_column_find(plan, path[0]);
    out->kind = KXI_BIND_SLOT;
    out->domain = KXI_DOMAIN_ROWS;
    out->nullable = true;
    if (column != KXI_NONE) {
        out->slot = column;
        out->type = types[plan->columns[column].type];
        return KX_OK;
    }
    for (uint32_t i = 0; i < plan->allotment_count; i++)
        if (kxi_str_eq(plan->allotments[i].id, path[0])) {
            out->slot = (uint32_t)plan->column_count + i;
            out->type = KXI_V_NUMBER;
            return i < t->outcome.made ? KX_OK : KXI_FAIL(d, SEATS_LATER, place, KXI_A_STR(path[0]));
        }
    if (plan->has_as_of && kxi_str_is(path[0], "as_of")) {
        out->kind = KXI_BIND_DATE;
        out->type = KXI_V_DATE;
        out->day = plan->as_of;
        return KX_OK;
    }
    if (plan->define)
        kxi_node_each (member, plan->define)
            if (kxi_str_eq(member->key, path[0]))
                return bind_define(t, member, out);
    return KX_E_NOTFOUND;
}

static size_t
list_names(void *user, kxi_str *list, size_t max)
{
    const kxi_unit_table *t = user;
    const kxi_plan *plan = t->rules->plan;
    size_t n = 0;
    for (size_t i = 0; i < plan->column_count && n < max; i++)
        list[n++] = plan->columns[i].name;
    for (size_t i = 0; i < t->outcome.made && n < max; i++)
        list[n++] = plan->allotments[i].id;
    if (plan->define)
        kxi_node_each (member, plan->define)
            if (n < max)
                list[n++] = member->key;
    return n;
}

/* ---- running them ---- */

static kx_status
get_rows(void *user, uint32_t slot, size_t first, size_t n, kxi_arena *arena, kxi_vec *out)
{
    kxi_unit_table *t = user;
    size_t columns = t->rules->plan->column_count;
    (void)first; /* always 0: one batch */
    (void)n;
    (void)arena;
    if (slot >= columns)
        return make_seats(t, slot - columns, out);
    if (!t->made[slot])
        TRY(make_column(t, slot));
    *out = t->columns[slot];
    return KX_OK;
}

static kx_status
evaluate(kxi_unit_table *t, const kxi_node *node, enum kxi_vtype want, kxi_diag *d, kxi_vec *out)
{
    const kx_context *ctx = t->rules->ctx;
    const kxi_scope scope = { t, find_name, NULL, NULL, list_names };
    const kxi_source source = { .user = t, .rows = get_rows };
    const kxi_compile compile = { t->arena, &scope, ctx->max_depth, ctx->max_digits, d };
    const kxi_expr *expr;
    const kxi_prepared *prepared;
    TRY(kxi_expr_compile(&compile, node, want, &expr));
    kx_status st = kxi_expr_prepare(expr, &source, t->arena, ctx->max_digits, &prepared);
    if (st == KX_OK)
        st = kxi_expr_run(prepared, &source, 0, t->table->rows, t->arena, out);
    if (st == KX_E_LIMIT)
        return KXI_FAIL(d, TOO_MANY_DIGITS, kxi_node_place(t->arena, node), KXI_A_INT(ctx->max_digits));
    return kxi_api_done(d, st);
}

static kx_status
get_numbers(void *user, const kxi_node *node, kxi_num *out, uint8_t *states, kxi_diag *d)
{
    kxi_unit_table *t = user;
    kxi_numctx num = { t->arena, t->rules->ctx->max_digits };
    kxi_vec v;
    TRY(evaluate(t, node, KXI_V_NUMBER, d, &v));
    for (size_t i = 0; i < t->table->rows; i++) {
        states[i] = kxi_vec_state(&v, i);
        if (states[i] != KXI_IS_KNOWN)
            out[i] = kxi_num_int(0);
        else
            TRY(kxi_api_done(d, kxi_vec_num(&num, &v, i, &out[i])));
    }
    return KX_OK;
}

static kx_status
get_flags(void *user, const kxi_node *node, bool *out, uint8_t *states, kxi_diag *d)
{
    kxi_unit_table *t = user;
    kxi_vec v;
    TRY(evaluate(t, node, KXI_V_BOOL, d, &v));
    for (size_t i = 0; i < t->table->rows; i++) {
        states[i] = kxi_vec_state(&v, i);
        out[i] = kxi_vec_true(&v, i);
    }
    return KX_OK;
}

static kx_status
get_texts(void *user, const kxi_node *node, kxi_str *out, uint8_t *states, kxi_diag *d)
{
    kxi_unit_table *t = user;
    kxi_vec v;
    TRY(evaluate(t, node, KXI_V_TEXT, d, &v));
    for (size_t i = 0; i < t->table->rows; i++) {
        states[i] = kxi_vec_state(&v, i);
        out[i] = states[i] == KXI_IS_KNOWN ? v.v.texts[kxi_vec_lane(&v, i)] : KXI_STR("");
    }
    return KX_OK;
}

static const char *
get_reason(void *user, uint8_t state, int32_t language)
{
    (void)user;
    return kxi_state_text(state, language);
}

static kxi_place
get_place(void *user, size_t unit)
{
    const kxi_unit_table *t = user;
    return kxi_table_place(t->table->table, t->rows[unit]);
}

kxi_seat_source
kxi_unit_source(kxi_unit_table *t)
{
    return (kxi_seat_source){ t, t->table->rows, t->names, get_numbers, get_flags, get_texts, get_reason, get_place };
}
