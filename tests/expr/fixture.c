#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- lanes out of text ---- */

static bool
reads_state(kxi_str s, uint8_t *state)
{
    static const char *const names[] = {
#define X(name, en, zh) #name,
        KXI_STATES(X)
#undef X
    };
    if (kxi_str_is(s, "null")) {
        *state = KXI_IS_NULL;
        return true;
    }
    for (size_t i = 0; s.n > 1 && s.s[0] == '?' && i < COUNT(names); i++)
        if (kxi_str_is((kxi_str){ s.s + 1, s.n - 1 }, names[i])) {
            *state = (uint8_t)i;
            return true;
        }
    return false;
}

/* The pieces of a text between separators, in the arena. */
static kxi_str *
split(struct kit *kit, kxi_str s, const char *separator, size_t *count)
{
    size_t step = strlen(separator), n = 0, capacity = s.n + 1;
    kxi_str *pieces = kxi_arena_array(&kit->arena, capacity, sizeof(*pieces));
    if (!pieces)
        return NULL;
    for (const char *at = s.s, *end = s.s + s.n; *count == 0 || n < *count;) {
        const char *next = at;
        while (next + step <= end && memcmp(next, separator, step) != 0)
            next++;
        if (next + step > end)
            next = end;
        pieces[n++] = (kxi_str){ at, (size_t)(next - at) };
        if (next == end)
            break;
        at = next + step;
    }
    *count = n;
    return pieces;
}

static kx_status vec_of(struct fixture *f, enum kxi_vtype type, enum kxi_vtype item, const kxi_str *lanes, size_t n,
                        kxi_vec *out);

static kx_status
lists_of(struct fixture *f, enum kxi_vtype item, const kxi_str *lanes, size_t n, kxi_vec *out)
{
    kxi_arena *a = &f->kit->arena;
    int64_t *offsets = kxi_arena_array(a, n + 1, sizeof(*offsets));
    kxi_str *items = kxi_arena_array(a, 64 * (n + 1), sizeof(*items));
    kxi_vec *vec = kxi_arena_new(a, kxi_vec);
    if (!offsets || !items || !vec)
        return KX_E_NOMEM;
    size_t total = 0;
    uint8_t state;
    for (size_t i = 0; i < n; i++) {
        size_t count = 0;
        kxi_str *pieces =
            lanes[i].n == 0 || reads_state(lanes[i], &state) ? NULL : split(f->kit, lanes[i], ";", &count);
        if (pieces && lanes[i].s[lanes[i].n - 1] == ';')
            count--; /* `a;` is a list of one */
        for (size_t k = 0; pieces && k < count; k++)
            items[total++] = pieces[k];
        offsets[i + 1] = (int64_t)total;
    }
    out->v.lists = offsets;
    out->items = vec;
    return vec_of(f, item, KXI_V_NULL, items, total, vec);
}

/* Whether all known numbers are integers at a scale; the others are rubbish. */
static bool
fit_scale(const kxi_num *nums, const uint8_t *state, size_t n, int scale, int64_t *ints)
{
    for (size_t i = 0; i < n; i++) {
        ints[i] = INT64_MAX - 77;
        if (!state[i] && !kxi_num_to_dec(nums[i], scale, &ints[i]))
            return false;
    }
    return true;
}

static kx_status
numbers_of(struct fixture *f, const kxi_str *lanes, size_t n, const uint8_t *state, kxi_vec *out)
{
    kxi_num *nums = kxi_arena_array(&f->kit->arena, n, sizeof(*nums));
    int64_t *ints = kxi_arena_array(&f->kit->arena, n, sizeof(*ints));
    if (!nums || !ints)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        nums[i] = (kxi_num){ -1, 0, NULL }; /* no number at all: nobody may look where nothing is known */
        kx_status st = state[i] ? KX_OK : kxi_num_parse(&f->kit->num, lanes[i], &nums[i]);
        if (st != KX_OK)
            return st;
    }
    bool fits = f->mode == MODE_SCALED && fit_scale(nums, state, n, KXI_SCALE, ints);
    int scale = fits ? KXI_SCALE : 0;
    while (!fits && scale <= KXI_SCALE && !(fits = fit_scale(nums, state, n, scale, ints)))
        scale++;
    out->rep = fits && f->mode != MODE_NUMS ? KXI_REP_INT : KXI_REP_NUM;
    if (out->rep == KXI_REP_NUM) {
        out->v.nums = nums;
        return KX_OK;
    }
    out->scale = (uint8_t)scale;
    out->v.ints = ints;
    return KX_OK;
}

static kx_status
vec_of(struct fixture *f, enum kxi_vtype type, enum kxi_vtype item, const kxi_str *lanes, size_t n, kxi_vec *out)
{
    kxi_arena *a = &f->kit->arena;
    uint8_t *state = kxi_arena_array(a, n, 1), *yes = kxi_arena_array(a, n, 1);
    int64_t *ints = kxi_arena_array(a, n, sizeof(*ints));
    if (!state || !yes || !ints)
        return KX_E_NOMEM;
    bool any = false;
    for (size_t i = 0; i < n; i++)
        any |= reads_state(lanes[i], &state[i]);
    *out = (kxi_vec){ .type = type, .count = n, .state = any ? state : NULL };
    if (type == KXI_V_NUMBER)
        return numbers_of(f, lanes, n, state, out);
    if (type == KXI_V_LIST)
        return lists_of(f, item, lanes, n, out);
    for (size_t i = 0; i < n; i++) {
        kxi_day day = 0;
        yes[i] = kxi_str_is(lanes[i], "true");
        if (type == KXI_V_DATE && !state[i])
            ck_assert_msg(kxi_date_parse(lanes[i], &day), "no date: %.*s", (int)lanes[i].n, lanes[i].s);
        ints[i] = type == KXI_V_DURATION && !state[i] ? strtoll(lanes[i].s, NULL, 10) : day;
    }
    if (type == KXI_V_BOOL)
        out->v.yes = yes;
    else if (type == KXI_V_TEXT)
        out->v.texts = lanes;
    else
        out->v.ints = ints;
    return KX_OK;
}

/* ---- scope ---- */

static bool
name_is(const kxi_str *path, size_t parts, const char *name)
{
    for (size_t i = 0; i < parts; i++) {
        size_t n = strcspn(name, ".");
        if (path[i].n != n || memcmp(path[i].s, name, n) != 0 || (name[n] == '.') != (i + 1 < parts))
            return false;
        name += n + 1;
    }
    return parts > 0;
}

static bool
bind_constant(struct fixture *f, const struct column *c, kxi_binding *out)
{
    uint8_t state;
    kxi_str lane = kxi_str_of(c->lanes);
    if (f->mode != MODE_CONST || reads_state(lane, &state))
        return false;
    switch (c->type) {
    case KXI_V_NUMBER:
        out->kind = KXI_BIND_NUMBER;
        return kxi_num_parse(&f->kit->num, lane, &out->number) == KX_OK;
    case KXI_V_TEXT:
        out->kind = KXI_BIND_TEXT;
        out->text = lane;
        return true;
    case KXI_V_DATE:
        out->kind = KXI_BIND_DATE;
        return kxi_date_parse(lane, &out->day);
    case KXI_V_BOOL:
        out->kind = KXI_BIND_BOOL;
        out->yes = kxi_str_is(lane, "true");
        return true;
    default:
        return false;
    }
}

static uint32_t
domain_of(const struct fixture *f, const struct column *c)
{
    switch (f->mode) {
    case MODE_DOMAINS:
        return c->domain;
    case MODE_TABLE:
        return KXI_DOMAIN_FIRST + 7;
    case MODE_RUN:
    case MODE_CONST:
        return KXI_DOMAIN_RUN;
    default:
        return KXI_DOMAIN_ROWS;
    }
}

static kx_status
scope_name(void *user, const kxi_str *path, size_t parts, kxi_place place, kxi_binding *out, kxi_diag *d)
{
    struct fixture *f = user;
    (void)place;
    (void)d;
    for (size_t i = 0; i < f->count; i++) {
        const struct column *c = &f->columns[i];
        if (!name_is(path, parts, c->name))
            continue;
        *out = (kxi_binding){ .kind = KXI_BIND_SLOT, .slot = (uint32_t)i, .type = c->type, .item = c->item };
        out->domain = domain_of(f, c);
        out->nullable = strstr(c->lanes, "null") || strchr(c->lanes, '?');
        bind_constant(f, c, out);
        return KX_OK;
    }
    for (size_t i = 0; i < COUNT(f->maps) && f->map_names[i]; i++)
        if (name_is(path, parts, f->map_names[i])) {
            *out = (kxi_binding){ .kind = KXI_BIND_MAP, .map = f->maps[i] };
            return KX_OK;
        }
    char name[64];
    snprintf(name, sizeof(name), "%.*s", (int)path[0].n, path[0].s);
    const kxi_node *node = f->definitions && parts == 1 ? kxi_node_get(f->definitions, name) : NULL;
    if (!node)
        return KX_E_NOTFOUND;
    *out = (kxi_binding){ .kind = KXI_BIND_NODE, .node = node };
    return KX_OK;
}

static size_t
scope_names(void *user, kxi_str *list, size_t max)
{
    struct fixture *f = user;
    size_t n = 0;
    for (size_t i = 0; i < f->count && n < max; i++)
        list[n++] = kxi_str_of(f->columns[i].name);
    for (size_t i = 0; i < COUNT(f->maps) && f->map_names[i] && n < max; i++)
        list[n++] = kxi_str_of(f->map_names[i]);
    return n;
}

kxi_compile
fixture_compiler(struct fixture *f, kxi_scope *scope)
{
    *scope = (kxi_scope){ .user = f, .name = scope_name, .names = scope_names };
    return (kxi_compile){ .arena = &f->kit->arena,
                          .scope = scope,
                          .max_depth = f->max_depth ? f->max_depth : 64,
                          .max_digits = f->kit->num.max_digits,
                          .diag = &f->kit->diag };
}

kx_status
fixture_compile(struct fixture *f, const char *text, enum kxi_vtype want, const kxi_expr **out)
{
    kxi_scope scope;
    kxi_compile c = fixture_compiler(f, &scope);
    return kxi_expr_compile_text(&c, kxi_str_of(text), want, out);
}

/* ---- source ---- */

/* Lanes [first, first + n) of the rows, out of what is written for rows or entries. */
static kx_status
column_rows(struct fixture *f, uint32_t slot, size_t first, size_t n, kxi_vec *out)
{
    const struct column *c = &f->columns[slot];
    size_t count = 0;
    kxi_str *written = split(f->kit, kxi_str_of(c->lanes), " | ", &count);
    kxi_str *lanes = kxi_arena_array(&f->kit->arena, n, sizeof(*lanes));
    if (!written || !lanes)
        return KX_E_NOMEM;
    const uint32_t *codes = c->domain >= KXI_DOMAIN_FIRST ? f->codes[c->domain - KXI_DOMAIN_FIRST] : NULL;
    for (size_t i = 0; i < n; i++)
        lanes[i] = count == 1 ? written[0] : written[codes ? codes[first + i] : first + i];
    return vec_of(f, c->type, c->item, lanes, n, out);
}

static kx_status
source_rows(void *user, uint32_t slot, size_t first, size_t n, kxi_arena *arena, kxi_vec *out)
{
    (void)arena;
    return column_rows(user, slot, first, n, out);
}

static kx_status
source_entries(void *user, uint32_t slot, uint32_t domain, kxi_arena *arena, kxi_vec *out)
{
    struct fixture *f = user;
    const struct column *c = &f->columns[slot];
    (void)arena;
    if (domain == KXI_DOMAIN_RUN)
        return column_rows(f, slot, 0, 1, out);
    if (f->mode == MODE_DOMAINS) {
        size_t count = 0;
        kxi_str *written = split(f->kit, kxi_str_of(c->lanes), " | ", &count);
        ck_assert_uint_eq(domain, c->domain);
        ck_assert_uint_eq(count, f->sizes[domain - KXI_DOMAIN_FIRST] + 1);
        return written ? vec_of(f, c->type, c->item, written, count, out) : KX_E_NOMEM;
    }
    /* MODE_TABLE: the rows, and a null nobody asks for */
    kxi_str *lanes = kxi_arena_array(&f->kit->arena, f->rows + 1, sizeof(*lanes));
    size_t count = 0;
    kxi_str *written = split(f->kit, kxi_str_of(c->lanes), " | ", &count);
    if (!lanes || !written)
        return KX_E_NOMEM;
    const uint32_t *codes = c->domain >= KXI_DOMAIN_FIRST ? f->codes[c->domain - KXI_DOMAIN_FIRST] : NULL;
    for (size_t i = 0; i < f->rows; i++)
        lanes[i] = count == 1 ? written[0] : written[codes ? codes[i] : i];
    lanes[f->rows] = KXI_STR("null");
    return vec_of(f, c->type, c->item, lanes, f->rows + 1, out);
}

static kx_status
source_codes(void *user, uint32_t domain, size_t first, size_t n, kxi_arena *arena, const uint32_t **out)
{
    struct fixture *f = user;
    if (f->mode == MODE_DOMAINS) {
        *out = f->codes[domain - KXI_DOMAIN_FIRST] + first;
        return KX_OK;
    }
    uint32_t *codes = kxi_arena_array(arena, n, sizeof(*codes));
    if (!codes)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        codes[i] = (uint32_t)(first + i);
    *out = codes;
    return KX_OK;
}

static size_t
source_size(void *user, uint32_t domain)
{
    struct fixture *f = user;
    return f->mode == MODE_DOMAINS ? f->sizes[domain - KXI_DOMAIN_FIRST] : f->rows;
}

kxi_source
fixture_source(struct fixture *f)
{
    return (kxi_source){ f, source_rows, source_entries, source_codes, source_size };
}

/* ---- showing ---- */

static void
show_number(struct kit *kit, const kxi_vec *v, size_t i, kxi_buf *out)
{
    kxi_num x;
    kxi_str text;
    if (kxi_vec_num(&kit->num, v, i, &x) != KX_OK || kxi_num_print(&kit->num, x, &text) != KX_OK)
        out->failed = true;
    else
        kxi_buf_str(out, text);
}

void
show_lane(struct kit *kit, const kxi_vec *v, size_t i, kxi_buf *out)
{
    static const char *const names[] = {
#define X(name, en, zh) #name,
        KXI_STATES(X)
#undef X
    };
    uint8_t state = kxi_vec_state(v, i);
    size_t lane = kxi_vec_lane(v, i);
    char day[11];
    if (state == KXI_IS_NULL) {
        kxi_buf_cstr(out, "null");
    } else if (state) {
        kxi_buf_char(out, '?');
        kxi_buf_cstr(out, names[state]);
    } else if (v->type == KXI_V_NUMBER) {
        show_number(kit, v, i, out);
    } else if (v->type == KXI_V_BOOL) {
        ck_assert_uint_le(v->v.yes[lane], 1);
        kxi_buf_cstr(out, v->v.yes[lane] ? "true" : "false");
    } else if (v->type == KXI_V_TEXT) {
        kxi_buf_str(out, v->v.texts[lane]);
    } else if (v->type == KXI_V_DATE) {
        kxi_date_print((kxi_day)v->v.ints[lane], day);
        kxi_buf_cstr(out, day);
    } else if (v->type == KXI_V_DURATION) {
        kxi_buf_int(out, v->v.ints[lane]);
        kxi_buf_cstr(out, v->months ? "mo" : "d");
    } else {
        for (int64_t j = v->v.lists[lane]; j < v->v.lists[lane + 1]; j++) {
            show_lane(kit, v->items, (size_t)j, out);
            kxi_buf_char(out, ';');
        }
    }
}

kx_status
fixture_run(struct fixture *f, const kxi_expr *e, const char **out)
{
    struct kit *kit = f->kit;
    kxi_source source = fixture_source(f);
    const kxi_prepared *p;
    kx_status st = kxi_expr_prepare(e, &source, &kit->arena, kit->num.max_digits, &p);
    kxi_buf text;
    kxi_buf_init(&text, kit->arena.mem);
    size_t step = f->batch ? f->batch : f->rows;
    for (size_t first = 0; st == KX_OK && first < f->rows; first += step) {
        size_t n = f->rows - first < step ? f->rows - first : step;
        kxi_vec v;
        st = kxi_expr_run(p, &source, first, n, &kit->arena, &v);
        for (size_t i = 0; st == KX_OK && i < n; i++) {
            if (first + i > 0)
                kxi_buf_cstr(&text, " | ");
            show_lane(kit, &v, i, &text);
        }
    }
    kxi_str copy = kxi_str_copy(&kit->arena, kxi_buf_view(&text));
    if (st == KX_OK && (text.failed || !copy.s))
        st = KX_E_NOMEM;
    kxi_buf_free(&text);
    *out = copy.s;
    return st;
}

const char *
fixture_eval(struct fixture *f, const char *text)
{
    const kxi_expr *e;
    const char *out;
    kx_status st = fixture_compile(f, text, KXI_V_NULL, &e);
    ck_assert_msg(st == KX_OK, "%s: %s, column %u", text, f->kit->err.message, f->kit->err.column);
    st = fixture_run(f, e, &out);
    ck_assert_msg(st == KX_OK, "%s: run %d", text, (int)st);
    return out;
}

/* ---- odds and ends ---- */

const kxi_map *
make_map(struct kit *kit, const char *text)
{
    size_t count = 0;
    kxi_str *pairs = text[0] ? split(kit, kxi_str_of(text), ";", &count) : NULL;
    kxi_map *map = kxi_arena_new(&kit->arena, kxi_map);
    kxi_str *keys = kxi_arena_array(&kit->arena, count, sizeof(*keys));
    kxi_num *values = kxi_arena_array(&kit->arena, count, sizeof(*values));
    if (!map || !keys || !values || (text[0] && !pairs))
        return NULL;
    for (size_t i = 0; i < count; i++) {
        const char *equals = memchr(pairs[i].s, '=', pairs[i].n);
        keys[i] = (kxi_str){ pairs[i].s, (size_t)(equals - pairs[i].s) };
        kxi_str value = { equals + 1, pairs[i].n - keys[i].n - 1 };
        if (kxi_num_parse(&kit->num, value, &values[i]) != KX_OK)
            return NULL;
        ck_assert_msg(i == 0 || kxi_str_cmp(keys[i - 1], keys[i]) < 0, "keys of a map must ascend: %s", text);
    }
    *map = (kxi_map){ keys, values, count };
    return map;
}

static void
make_member(struct kit *kit, const char *member, kxi_buf *source, kxi_node *node)
{
    const char *equals = strchr(member, '='), *decoded = strchr(member, '~');
    kxi_str value = { equals + 1, decoded ? (size_t)(decoded - equals - 1) : strlen(equals + 1) };
    node->key = (kxi_str){ member, (size_t)(equals - member) };
    node->key_offset = source->n;
    kxi_buf_char(source, '"');
    kxi_buf_str(source, node->key);
    kxi_buf_cstr(source, "\": ");
    node->offset = source->n;
    kxi_buf_str(source, value);
    node->end = source->n;
    if (value.s[0] == '"') {
        node->type = KXI_NODE_STRING;
        node->text = decoded ? kxi_str_of(decoded + 1) : (kxi_str){ value.s + 1, value.n - 2 };
    } else if (value.s[0] == 't') {
        node->type = KXI_NODE_BOOL;
        node->yes = true;
    } else if (value.s[0] == '[') {
        node->type = KXI_NODE_ARRAY;
    } else {
        node->type = KXI_NODE_NUMBER;
        node->text = value;
    }
    node->text = kxi_str_copy(&kit->arena, node->text);
}

const kxi_node *
make_object(struct kit *kit, const char *const *members, size_t count)
{
    kxi_doc *doc = kxi_arena_new(&kit->arena, kxi_doc);
    kxi_node *nodes = kxi_arena_array(&kit->arena, count + 1, sizeof(*nodes));
    kxi_buf source;
    kxi_buf_init(&source, kit->arena.mem);
    if (!doc || !nodes)
        return NULL;
    kxi_buf_cstr(&source, "{\n");
    for (size_t i = 0; i < count; i++) {
        kxi_node *node = &nodes[i + 1];
        *node =
            (kxi_node){ .index = (uint32_t)i, .doc = doc, .parent = nodes, .next = i + 1 < count ? node + 1 : NULL };
        make_member(kit, members[i], &source, node);
        kxi_buf_cstr(&source, i + 1 < count ? ",\n" : "\n}");
    }
    nodes[0] = (kxi_node){ .type = KXI_NODE_OBJECT, .count = (uint32_t)count, .end = source.n, .doc = doc };
    nodes[0].child = count ? &nodes[1] : NULL;
    doc->name = KXI_STR("scheme.json");
    doc->source = kxi_str_copy(&kit->arena, kxi_buf_view(&source));
    doc->root = nodes;
    kxi_buf_free(&source);
    return doc->source.s ? nodes : NULL;
}

const struct column single_columns[] = {
    { "one", KXI_V_NUMBER, KXI_V_NULL, "1", 0 },
    { "two", KXI_V_NUMBER, KXI_V_NULL, "2", 0 },
    { "zero", KXI_V_NUMBER, KXI_V_NULL, "0", 0 },
    { "half_", KXI_V_NUMBER, KXI_V_NULL, "0.5", 0 },
    { "third", KXI_V_NUMBER, KXI_V_NULL, "1/3", 0 },
    { "neg", KXI_V_NUMBER, KXI_V_NULL, "-7.25", 0 },
    { "micro", KXI_V_NUMBER, KXI_V_NULL, "0.000001", 0 },
    { "most", KXI_V_NUMBER, KXI_V_NULL, "9223372036854775807", 0 },
    { "least", KXI_V_NUMBER, KXI_V_NULL, "-9223372036854775808", 0 },
    { "nn", KXI_V_NUMBER, KXI_V_NULL, "null", 0 },
    { "un", KXI_V_NUMBER, KXI_V_NULL, "?DIVISION", 0 },
    { "yes", KXI_V_BOOL, KXI_V_NULL, "true", 0 },
    { "no", KXI_V_BOOL, KXI_V_NULL, "false", 0 },
    { "nb", KXI_V_BOOL, KXI_V_NULL, "null", 0 },
    { "ub", KXI_V_BOOL, KXI_V_NULL, "?LOOKUP", 0 },
    { "abc", KXI_V_TEXT, KXI_V_NULL, "abc", 0 },
    { "名称", KXI_V_TEXT, KXI_V_NULL, "县科协", 0 },
    { "level", KXI_V_TEXT, KXI_V_NULL, "省级", 0 },
    { "stray", KXI_V_TEXT, KXI_V_NULL, "村级", 0 },
    { "ten", KXI_V_TEXT, KXI_V_NULL, " 10.50 ", 0 },
    { "nt", KXI_V_TEXT, KXI_V_NULL, "null", 0 },
    { "ut", KXI_V_TEXT, KXI_V_NULL, "?TIED", 0 },
    { "d1", KXI_V_DATE, KXI_V_NULL, "2025-01-31", 0 },
    { "d2", KXI_V_DATE, KXI_V_NULL, "2024-02-29", 0 },
    { "last", KXI_V_DATE, KXI_V_NULL, "9999-12-31", 0 },
    { "nd", KXI_V_DATE, KXI_V_NULL, "null", 0 },
    { "ud", KXI_V_DATE, KXI_V_NULL, "?NO_ROWS", 0 },
    { "u.kind", KXI_V_TEXT, KXI_V_NULL, "town", 0 },
    { "u.size.all", KXI_V_NUMBER, KXI_V_NULL, "50000", 0 },
    { "tags", KXI_V_LIST, KXI_V_TEXT, "a;b", 0 },
    { "holes", KXI_V_LIST, KXI_V_TEXT, "a;null", 0 },
    { "murky", KXI_V_LIST, KXI_V_NUMBER, "1;?RANGE;2.5", 0 },
    { "bare", KXI_V_LIST, KXI_V_TEXT, "", 0 },
    { "nl", KXI_V_LIST, KXI_V_TEXT, "null", 0 },
    { "ul", KXI_V_LIST, KXI_V_TEXT, "?DEPENDS", 0 },
    { "days3", KXI_V_DURATION, KXI_V_NULL, "3", 0 },
};
const size_t single_count = COUNT(single_columns);

void
fixture_single(struct fixture *f, struct kit *kit)
{
    *f = (struct fixture){ .kit = kit, .columns = single_columns, .count = single_count, .rows = 1 };
    f->maps[0] = make_map(kit, "国家级=10;省级=5.5;第三=1/3");
    f->map_names[0] = "worth";
    f->maps[1] = make_map(kit, "");
    f->map_names[1] = "nothing";
}
