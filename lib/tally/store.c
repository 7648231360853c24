#include "tally/store.h"

#include "tally/ranks.h"

/* ---- life ---- */

bool
kxi_store_has_items(const kxi_measure *m)
{
    return m->op == KXI_OP_DISTINCT || m->op == KXI_OP_PEAK;
}

static void
free_bag(kxi_bag *bag, size_t room, kxi_mem *mem)
{
    kxi_free(mem, bag->first, bag->first ? (room + 1) * sizeof(*bag->first) : 0);
    kxi_free(mem, bag->items, bag->room * sizeof(*bag->items));
}

void
kxi_store_free(kxi_store *s, const kxi_key *key, const kxi_measure *m, kxi_mem *mem)
{
    size_t room = s->room;
    kxi_free(mem, s->keys, room * key->words * sizeof(*s->keys));
    kxi_free(mem, s->rows, room * sizeof(*s->rows));
    kxi_free(mem, s->nulls, room * sizeof(*s->nulls));
    kxi_free(mem, s->reasons, room);
    kxi_free(mem, s->states, room * kxi_state_size(m->op));
    free_bag(&s->items, room, mem);
    free_bag(&s->kept, room, mem);
    *s = (kxi_store){ .count = 0 };
}

static bool
init_bag(kxi_bag *bag, size_t room, kxi_mem *mem)
{
    bag->first = kxi_alloc_array(mem, room + 1, sizeof(*bag->first));
    return bag->first != NULL;
}

kx_status
kxi_store_init(kxi_store *s, size_t room, const kxi_key *key, const kxi_measure *m, kxi_mem *mem)
{
    size_t size = kxi_state_size(m->op);
    *s = (kxi_store){ .room = room };
    if (room == 0)
        return KX_OK;
    s->keys = kxi_alloc_array(mem, room, key->words * sizeof(*s->keys));
    s->rows = kxi_alloc_array(mem, room, sizeof(*s->rows));
    s->nulls = kxi_alloc_array(mem, room, sizeof(*s->nulls));
    s->reasons = kxi_alloc_array(mem, room, 1);
    s->states = size ? kxi_alloc_array(mem, room, size) : NULL;
    bool done = s->keys && s->rows && s->nulls && s->reasons && (s->states || !size);
    done = done && (!kxi_store_has_items(m) || init_bag(&s->items, room, mem));
    done = done && (!m->keep_count || init_bag(&s->kept, room, mem));
    if (done)
        return KX_OK;
    kxi_store_free(s, key, m, mem);
    return KX_E_NOMEM;
}

/* ---- merging ---- */

struct merging {
    const kxi_store *a, *b;
    const kxi_key *key;
    const kxi_measure *m;
    kxi_store *out;
};

static const uint64_t *
key_at(const kxi_store *s, const kxi_key *key, size_t i)
{
    return s->keys + i * key->words;
}

/* Which comes first at positions i and j: -1 a, 1 b, 0 both. */
static int
which(const struct merging *g, size_t i, size_t j)
{
    if (i == g->a->count || j == g->b->count)
        return i == g->a->count ? 1 : -1;
    return kxi_compare_words(key_at(g->a, g->key, i), key_at(g->b, g->key, j), g->key->words);
}

static size_t
count_merged(const struct merging *g)
{
    size_t n = 0;
    for (size_t i = 0, j = 0; i < g->a->count || j < g->b->count; n++) {
        int w = which(g, i, j);
        i += w <= 0;
        j += w >= 0;
    }
    return n;
}

static bool
add_cell(const struct merging *g, const kxi_store *from, size_t i, size_t cell)
{
    kxi_store *out = g->out;
    size_t size = kxi_state_size(g->m->op);
    uint8_t reason = from->reasons[i];
    memcpy(out->keys + cell * g->key->words, key_at(from, g->key, i), g->key->words * sizeof(*out->keys));
    out->rows[cell] += from->rows[i];
    out->nulls[cell] += from->nulls[i];
    if (reason && (!out->reasons[cell] || reason < out->reasons[cell]))
        out->reasons[cell] = reason;
    return !size || kxi_state_add(g->m->op, out->states + cell * size, from->states + i * size);
}

/* The items of cell i of a and cell j of b (KXI_NO_VALUE: none), in order; once: those that are in both are taken once. */
static void
add_items(kxi_bag *out, size_t cell, const kxi_bag *a, size_t i, const kxi_bag *b, size_t j, bool once)
{
    size_t x = i == KXI_NO_VALUE ? 0 : a->first[i], x_end = i == KXI_NO_VALUE ? 0 : a->first[i + 1];
    size_t y = j == KXI_NO_VALUE ? 0 : b->first[j], y_end = j == KXI_NO_VALUE ? 0 : b->first[j + 1];
    size_t at = out->first[cell];
    while (x < x_end || y < y_end) {
        bool from_a = y == y_end || (x < x_end && a->items[x] <= b->items[y]);
        uint32_t item = from_a ? a->items[x] : b->items[y];
        if (once && x < x_end && y < y_end && a->items[x] == b->items[y])
            y++;
        x += from_a;
        y += !from_a;
        out->items[at++] = item;
    }
    out->first[cell + 1] = at;
}

static size_t
bag_size(const kxi_store *s, const kxi_bag *bag)
{
    return s->count ? bag->first[s->count] : 0;
}

static kx_status
merge_cells(struct merging *g)
{
    bool items = kxi_store_has_items(g->m), once = g->m->op == KXI_OP_DISTINCT;
    kxi_store *out = g->out;
    for (size_t i = 0, j = 0; i < g->a->count || j < g->b->count; out->count++) {
        int w = which(g, i, j);
        size_t x = w <= 0 ? i : KXI_NO_VALUE, y = w >= 0 ? j : KXI_NO_VALUE;
        if ((w <= 0 && !add_cell(g, g->a, i, out->count)) || (w >= 0 && !add_cell(g, g->b, j, out->count)))
            return KX_E_LIMIT;
        if (items)
            add_items(&out->items, out->count, &g->a->items, x, &g->b->items, y, once);
        if (g->m->keep_count)
            add_items(&out->kept, out->count, &g->a->kept, x, &g->b->kept, y, false);
        i += w <= 0;
        j += w >= 0;
    }
    return KX_OK;
}

kx_status
kxi_store_merge(const kxi_store *a, const kxi_store *b, const kxi_key *key, const kxi_measure *m, kxi_mem *mem,
                kxi_store *out)
{
    struct merging g = { a, b, key, m, out };
    kx_status st = kxi_store_init(out, count_merged(&g), key, m, mem);
    if (st == KX_OK && kxi_store_has_items(m))
        st = kxi_bag_room(&out->items, bag_size(a, &a->items) + bag_size(b, &b->items), mem);
    if (st == KX_OK && m->keep_count)
        st = kxi_bag_room(&out->kept, bag_size(a, &a->kept) + bag_size(b, &b->kept), mem);
    if (st == KX_OK)
        st = merge_cells(&g);
    if (st != KX_OK)
        kxi_store_free(out, key, m, mem);
    return st;
}

/* ---- the numbers of another pool ---- */

struct translating {
    const kxi_store *from;
    const kxi_lexicon *pool;
    kxi_lexicon *to;
    const kxi_key *key;
    const kxi_measure *m;
    kxi_arena *scratch;
    kxi_store *out;
    uint32_t *longest; /* room for the items of any one cell */
};

static kx_status
move_value(struct translating *t, bool text, uint32_t number, uint32_t *out)
{
    return text ? kxi_strmap_add(&t->to->texts, t->pool->texts.keys[number], out, NULL)
                : kxi_lexicon_number(t->to, kxi_lexicon_value(t->pool, number), out);
}

static kx_status
move_record(struct translating *t, uint32_t record, uint32_t *out)
{
    uint32_t *texts = kxi_arena_array(t->scratch, t->m->keep_count, sizeof(*texts));
    kx_status st = texts ? KX_OK : KX_E_NOMEM;
    for (size_t i = 0; st == KX_OK && i < t->m->keep_count; i++) {
        texts[i] = kxi_lexicon_record_text(t->pool, record, i);
        if (texts[i] != KXI_NONE)
            st = move_value(t, true, texts[i], &texts[i]);
    }
    return st == KX_OK ? kxi_lexicon_record(t->to, texts, t->m->keep_count, out) : st;
}

static kx_status
move_key(struct translating *t, const uint64_t *from, uint64_t *to)
{
    kx_status st = KX_OK;
    memset(to, 0, t->key->words * sizeof(*to));
    for (size_t p = 0; st == KX_OK && p < t->key->part_count; p++) {
        uint32_t number = kxi_key_get(t->key, p, from);
        if (kxi_key_open(t->key, p))
            st = move_value(t, t->key->parts[p].dim->type == KX_TEXT, number, &number);
        if (st == KX_OK)
            kxi_key_put(t->key, p, number, to);
    }
    return st;
}

/* DISTINCT: values; PEAK: days stay days; kept: records. */
static kx_status
move_items(struct translating *t, const kxi_bag *from, size_t i, kxi_bag *to, size_t cell, bool kept)
{
    bool text = !kept && t->m->op == KXI_OP_DISTINCT && kxi_expr_type(t->m->value) == KXI_V_TEXT;
    size_t begin = to->first[cell], at = begin;
    kx_status st = KX_OK;
    for (size_t k = from->first[i]; st == KX_OK && k < from->first[i + 1]; k++, at++) {
        to->items[at] = from->items[k];
        if (kept)
            st = move_record(t, from->items[k], &to->items[at]);
        else if (t->m->op == KXI_OP_DISTINCT)
            st = move_value(t, text, from->items[k], &to->items[at]);
    }
    kxi_order_numbers(to->items + begin, t->longest, at - begin);
    to->first[cell + 1] = at;
    return st;
}

static kx_status
move_cell(struct translating *t, size_t i, size_t cell, const uint64_t *key)
{
    const kxi_store *from = t->from;
    kxi_store *out = t->out;
    size_t size = kxi_state_size(t->m->op);
    uint32_t number;
    kx_status st = KX_OK;
    memcpy(out->keys + cell * t->key->words, key, t->key->words * sizeof(*key));
    out->rows[cell] = from->rows[i];
    out->nulls[cell] = from->nulls[i];
    out->reasons[cell] = from->reasons[i];
    if (size) {
        memcpy(out->states + cell * size, from->states + i * size, size);
        int64_t *text = kxi_state_number(t->m, out->states + cell * size);
        if (text) {
            st = move_value(t, true, (uint32_t)*text, &number);
            *text = number;
        }
    }
    if (st == KX_OK && kxi_store_has_items(t->m))
        st = move_items(t, &from->items, i, &out->items, cell, false);
    if (st == KX_OK && t->m->keep_count)
        st = move_items(t, &from->kept, i, &out->kept, cell, true);
    return st;
}

static size_t
longest_list(const kxi_store *s, const kxi_bag *bag)
{
    size_t longest = 0;
    for (size_t i = 0; bag->first && i < s->count; i++)
        if (bag->first[i + 1] - bag->first[i] > longest)
            longest = bag->first[i + 1] - bag->first[i];
    return longest;
}

static kx_status
translate(struct translating *t)
{
    size_t n = t->from->count, words = t->key->words;
    size_t items = longest_list(t->from, &t->from->items), kept = longest_list(t->from, &t->from->kept);
    uint64_t *keys = kxi_arena_array(t->scratch, n, words * sizeof(*keys));
    uint32_t *order = kxi_arena_array(t->scratch, n, sizeof(*order)),
             *spare = kxi_arena_array(t->scratch, n, sizeof(*spare));
    t->longest = kxi_arena_array(t->scratch, items > kept ? items : kept, sizeof(*t->longest));
    kx_status st = keys && order && spare && t->longest ? KX_OK : KX_E_NOMEM;
    for (size_t i = 0; st == KX_OK && i < n; i++) {
        order[i] = (uint32_t)i;
        st = move_key(t, key_at(t->from, t->key, i), keys + i * words);
    }
    if (st == KX_OK)
        kxi_order_keys(order, spare, n, keys, words);
    for (; st == KX_OK && t->out->count < n; t->out->count++)
        st = move_cell(t, order[t->out->count], t->out->count, keys + order[t->out->count] * words);
    return st;
}

kx_status
kxi_store_translate(const kxi_store *s, const kxi_lexicon *from, kxi_lexicon *to, const kxi_key *key,
                    const kxi_measure *m, kxi_mem *mem, kxi_store *out)
{
    kxi_arena scratch;
    struct translating t = { .from = s, .pool = from, .to = to, .key = key, .m = m, .scratch = &scratch, .out = out };
    kxi_arena_init(&scratch, mem);
    kx_status st = kxi_store_init(out, s->count, key, m, mem);
    if (st == KX_OK && kxi_store_has_items(m))
        st = kxi_bag_room(&out->items, bag_size(s, &s->items), mem);
    if (st == KX_OK && m->keep_count)
        st = kxi_bag_room(&out->kept, bag_size(s, &s->kept), mem);
    if (st == KX_OK)
        st = translate(&t);
    if (st != KX_OK)
        kxi_store_free(out, key, m, mem);
    kxi_arena_free(&scratch);
    return st;
}
