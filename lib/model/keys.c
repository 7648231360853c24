/* Keys of reference tables become entities, and what refers to them becomes their numbers. */
#include "model/model_priv.h"

enum { GUESSES = 20 };

uint32_t
kxi_entities_find(const kxi_entities *e, kxi_str key)
{
    uint32_t number = kxi_strmap_find(&e->index, key);
    return number == KXI_NONE ? KXI_NONE : e->rank[number];
}

/* Keys on their way to becoming entities, by number of first use. */
typedef struct keys {
    kxi_seal *seal;
    kxi_bound_table *bound;
    const kxi_table_spec *spec;
    const kxi_column *column;
    kxi_strmap *index;
    uint32_t *numbers; /* dictionary code -> number, KXI_NONE until it is used */
    uint32_t *rows;    /* number -> first row */
    kxi_str *shown;    /* number -> the least of its spellings */
    uint8_t *odd;      /* dictionary code -> it differs from its folded form */
    bool versions;     /* units: a key may stand in several rows */
} keys;

static kx_status
key_empty(keys *k, size_t row)
{
    return KXI_FAIL(k->seal->diag, KEY_EMPTY, kxi_table_place(k->bound->table, row), KXI_A_STR(k->column->name),
                    KXI_A_ROW(row), KXI_A_STR(k->spec->name));
}

static kx_status
number_of(keys *k, uint32_t code)
{
    kxi_str folded, text = k->column->dict->texts[code];
    kxi_arena *scratch = &k->seal->scratch;
    kx_status status = kxi_text_fold(scratch, text, &folded);
    if (status == KX_OK)
        status = kxi_strmap_add(k->index, folded, &k->numbers[code], NULL);
    if (status == KX_OK)
        k->odd[code] = !kxi_str_eq(text, folded);
    return status == KX_OK ? KX_OK : kxi_nomem(k->seal->diag);
}

static kx_status
add_row(keys *k, size_t row)
{
    uint32_t code = kxi_column_code(k->column, row);
    if (code == KXI_NONE || k->column->dict->texts[code].n == 0)
        return key_empty(k, row);
    kxi_str text = k->column->dict->texts[code];
    size_t known = k->index->count;
    if (k->numbers[code] == KXI_NONE) {
        kx_status status = number_of(k, code);
        if (status != KX_OK)
            return status;
    }
    uint32_t number = k->numbers[code];
    if (number == known) {
        k->rows[number] = (uint32_t)row;
        k->shown[number] = text;
        return KX_OK;
    }
    if (kxi_str_cmp(text, k->shown[number]) < 0)
        k->shown[number] = text;
    if (k->versions)
        return KX_OK;
    kxi_shown shown;
    return KXI_FAIL(k->seal->diag, KEY_TWICE, kxi_table_place(k->bound->table, row), KXI_A_STR(kxi_show(&shown, text)),
                    KXI_A_STR(k->spec->name), KXI_A_ROW(k->rows[number]), KXI_A_ROW(row));
}

static kx_status
add_rows(keys *k)
{
    kx_status first = KX_OK;
    for (size_t row = 0; row < k->bound->rows; row++) {
        kx_status status = add_row(k, row);
        if (kxi_seal_stops(k->seal, status))
            return status;
        if (status != KX_OK)
            first = status;
    }
    return first;
}

static int
by_shown(const void *user, uint32_t a, uint32_t b)
{
    const kxi_str *shown = user;
    return kxi_str_cmp(shown[a], shown[b]);
}

/* Spellings that differ from their folded form lead to the same entity. */
static kx_status
add_spellings(keys *k, uint32_t *rank)
{
    const kxi_dict *dict = k->column->dict;
    for (uint32_t code = 0; code < dict->count; code++) {
        uint32_t number;
        bool added;
        if (!k->odd[code])
            continue;
        if (kxi_strmap_add(k->index, dict->texts[code], &number, &added) != KX_OK)
            return KX_E_NOMEM;
        if (added)
            rank[number] = rank[k->numbers[code]];
    }
    return KX_OK;
}

static kx_status
order_keys(keys *k)
{
    kxi_entities *e = &k->bound->entities;
    kxi_arena *arena = &k->seal->ds->arena;
    size_t n = k->index->count, codes = k->column->dict->count;
    uint32_t *order = kxi_arena_array(&k->seal->scratch, n + 1, sizeof(*order));
    uint32_t *spare = kxi_arena_array(&k->seal->scratch, n + 1, sizeof(*spare));
    uint32_t *of_code = kxi_arena_array(arena, codes + 1, sizeof(*of_code));
    e->keys = kxi_arena_array(arena, n + 1, sizeof(*e->keys));
    e->rows = kxi_arena_array(arena, n + 1, sizeof(*e->rows));
    e->rank = kxi_arena_array(arena, n + codes + 1, sizeof(*e->rank));
    if (!order || !spare || !of_code || !e->keys || !e->rows || !e->rank)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    kxi_sort(order, spare, n, by_shown, k->shown);
    for (size_t i = 0; i < n; i++) {
        e->keys[i] = k->shown[order[i]];
        e->rows[i] = k->rows[order[i]];
        e->rank[order[i]] = (uint32_t)i;
    }
    e->count = (uint32_t)n;
    for (size_t code = 0; code < codes; code++)
        of_code[code] = k->numbers[code] == KXI_NONE ? KXI_NONE : e->rank[k->numbers[code]];
    k->bound->columns[k->spec->key].entities = of_code;
    return add_spellings(k, e->rank);
}

kx_status
kxi_seal_keys(kxi_seal *s, uint32_t table)
{
    kxi_bound_table *bound = &s->ds->tables[table];
    keys k = { .seal = s, .bound = bound, .spec = &s->schema->tables[table], .index = &bound->entities.index };
    k.column = kxi_bound_column(s->ds, table, k.spec->key);
    k.versions = table == s->schema->units.table;
    if (!k.column)
        return KXI_FAIL(s->diag, COLUMN_MISSING, ((kxi_place){ .input = bound->table->name }), KXI_A_STR(k.spec->name),
                        KXI_A_STR(k.spec->columns[k.spec->key].name));
    size_t codes = (size_t)k.column->dict->count + 1;
    k.numbers = kxi_arena_array(&s->scratch, codes, sizeof(*k.numbers));
    k.rows = kxi_arena_array(&s->scratch, codes, sizeof(*k.rows));
    k.shown = kxi_arena_array(&s->scratch, codes, sizeof(*k.shown));
    k.odd = kxi_arena_array(&s->scratch, codes, sizeof(*k.odd));
    if (!k.numbers || !k.rows || !k.shown || !k.odd)
        return kxi_nomem(s->diag);
    memset(k.numbers, 0xFF, codes * sizeof(*k.numbers));
    kx_status status = add_rows(&k);
    if (kxi_seal_stops(s, status))
        return status;
    if (order_keys(&k) != KX_OK)
        return kxi_nomem(s->diag);
    return status;
}

kx_status
kxi_seal_resolve(kxi_seal *s, const kxi_entities *target, const kxi_column *column, const uint32_t **out)
{
    uint32_t count = column->dict->count;
    uint32_t *entities = kxi_arena_array(&s->ds->arena, (size_t)count + 1, sizeof(*entities));
    kxi_arena scratch;
    kx_status status = entities ? KX_OK : KX_E_NOMEM;
    kxi_arena_init(&scratch, s->mem);
    for (uint32_t i = 0; i < count && status == KX_OK; i++) {
        kxi_str folded, text = column->dict->texts[i];
        entities[i] = text.n ? kxi_entities_find(target, text) : KXI_NONE;
        if (entities[i] != KXI_NONE || text.n == 0)
            continue;
        status = kxi_text_fold(&scratch, text, &folded);
        if (status == KX_OK)
            entities[i] = kxi_entities_find(target, folded);
        kxi_arena_reset(&scratch);
    }
    kxi_arena_free(&scratch);
    *out = entities;
    return status == KX_OK ? KX_OK : kxi_nomem(s->diag);
}

kxi_str
kxi_seal_guess(kxi_seal *s, const kxi_entities *target, kxi_str text)
{
    if (s->guesses++ >= GUESSES)
        return (kxi_str){ NULL, 0 };
    return kxi_nearest(text, target->keys, target->count);
}

static kx_status
report_unknown(kxi_seal *s, const kxi_bound_table *from, const kxi_column *column, uint32_t target, kxi_misses *misses)
{
    kx_status status = KX_OK;
    for (size_t i = 0; i < misses->count; i++) {
        kxi_shown shown;
        kxi_str text = column->dict->texts[misses->items[i].key];
        kxi_str near = kxi_seal_guess(s, &s->ds->tables[target].entities, text);
        size_t row = kxi_column_row(column, misses->items[i].first);
        kxi_arg args[] = { KXI_A_STR(column->name),           KXI_A_ROW(row),
                           KXI_A_STR(kxi_show(&shown, text)), KXI_A_STR(s->schema->tables[target].name),
                           KXI_A_INT(misses->items[i].count), KXI_A_STR(near) };
        enum kxi_msg msg = near.n ? KXI_MSG_KEY_UNKNOWN_NEAR : KXI_MSG_KEY_UNKNOWN;
        status = kxi_diag_add(s->diag, msg, kxi_table_place(from->table, row), args, near.n ? 6 : 5);
        if (kxi_seal_stops(s, status))
            return status;
    }
    return status;
}

/* Rows are looked through only when some text of the dictionary is not known. */
static kx_status
find_unknown(const kxi_column *column, const uint32_t *entities, kxi_misses *misses)
{
    uint32_t codes[KXI_BATCH], at = 0;
    const kxi_dict *dict = column->dict;
    while (at < dict->count && (entities[at] != KXI_NONE || dict->texts[at].n == 0))
        at++;
    for (size_t first = 0; at < dict->count && first < column->count; first += KXI_BATCH) {
        size_t n = column->count - first < KXI_BATCH ? column->count - first : KXI_BATCH;
        kxi_column_codes(column, first, n, codes);
        for (size_t i = 0; i < n; i++)
            if (codes[i] != KXI_NONE && entities[codes[i]] == KXI_NONE && dict->texts[codes[i]].n &&
                kxi_misses_add(misses, codes[i], first + i) != KX_OK)
                return KX_E_NOMEM;
    }
    return kxi_misses_merge(misses, dict);
}

static kx_status
seal_reference(kxi_seal *s, kxi_bound_table *from, kxi_bound *bound, uint32_t target)
{
    kxi_misses misses;
    kx_status status = kxi_seal_resolve(s, &s->ds->tables[target].entities, bound->column, &bound->entities);
    if (status != KX_OK)
        return status;
    kxi_misses_init(&misses, s->mem);
    status = find_unknown(bound->column, bound->entities, &misses);
    if (status == KX_OK)
        status = report_unknown(s, from, bound->column, target, &misses);
    else
        status = kxi_nomem(s->diag);
    kxi_misses_free(&misses);
    return status;
}

kx_status
kxi_seal_references(kxi_seal *s, uint32_t table)
{
    kxi_bound_table *from = &s->ds->tables[table];
    const kxi_table_spec *spec = &s->schema->tables[table];
    kx_status first = KX_OK;
    for (size_t i = 0; i < spec->column_count; i++) {
        uint32_t target = spec->columns[i].target;
        kxi_bound *bound = &from->columns[i];
        /* Parents of units were resolved with them; a table that is not there has been reported if somebody reads it. */
        if (target == KXI_NONE || !bound->column || bound->entities || !s->ds->tables[target].table)
            continue;
        kx_status status = seal_reference(s, from, bound, target);
        if (kxi_seal_stops(s, status))
            return status;
        if (status != KX_OK)
            first = status;
    }
    return first;
}
