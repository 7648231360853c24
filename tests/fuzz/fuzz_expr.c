/* Any bytes as an expression over a few made-up rows. What compiles must come to the same in one batch, row by row, and
 * with numbers as rationals and texts through a dictionary. */
#include <stdlib.h>

#include "expr/expr.h"

enum { ROWS = 6, KINDS = 3, SLOTS = 9, DOMAIN = KXI_DOMAIN_FIRST };

static const int64_t whole[ROWS] = { 0, 1, -7, INT64_MAX, INT64_MIN, 12 };
static const int64_t cents[ROWS] = { 50, -125, 0, 100000000, 333333, 1 };
static const int64_t days[ROWS] = { 0, 20119, KXI_DAY_MIN, KXI_DAY_MAX, 19782, 11016 };
static const uint8_t flags[ROWS] = { 1, 0, 1, 0, 1, 1 };
static const uint8_t holes[ROWS] = { 0, KXI_IS_NULL, 0, KXI_IS_DIVISION, 0, KXI_IS_NULL };
static const uint32_t codes[ROWS] = { 0, 1, 2, 3, 1, 0 };
static const uint8_t last_null[KINDS + 1] = { 0, 0, KXI_IS_TIED, KXI_IS_NULL };
static const int64_t lists[ROWS + 1] = { 0, 1, 1, 3, 3, 3, 3 };

static const struct {
    const char *name;
    enum kxi_vtype type;
    bool nullable;
} names[SLOTS] = {
    { "a", KXI_V_NUMBER, false }, { "b", KXI_V_NUMBER, true }, { "d", KXI_V_DATE, false },
    { "e", KXI_V_DATE, true },    { "f", KXI_V_BOOL, false },  { "g", KXI_V_BOOL, true },
    { "t", KXI_V_TEXT, true },    { "l", KXI_V_LIST, false },  { "年", KXI_V_NUMBER, false },
};

struct play {
    kxi_arena *arena;
    bool domains, rationals;
};

static kx_status
get_name(void *user, const kxi_str *path, size_t parts, kxi_place place, kxi_binding *out, kxi_diag *d)
{
    static const kxi_str keys[] = { { "a", 1 }, { "ab", 2 } };
    static const kxi_num values[] = { { 3, 1, NULL }, { 1, 3, NULL } };
    static const kxi_map map = { keys, values, 2 };
    const struct play *p = user;
    (void)place;
    (void)d;
    if (parts != 1)
        return KX_E_NOTFOUND;
    if (kxi_str_is(path[0], "m")) {
        *out = (kxi_binding){ .kind = KXI_BIND_MAP, .map = &map };
        return KX_OK;
    }
    for (uint32_t i = 0; i < SLOTS; i++)
        if (kxi_str_is(path[0], names[i].name)) {
            *out =
                (kxi_binding){ .kind = KXI_BIND_SLOT, .slot = i, .type = names[i].type, .nullable = names[i].nullable };
            out->item = KXI_V_TEXT;
            if (p->domains)
                out->domain = names[i].type == KXI_V_TEXT ? DOMAIN : i == SLOTS - 1 ? KXI_DOMAIN_RUN : KXI_DOMAIN_ROWS;
            return KX_OK;
        }
    return KX_E_NOTFOUND;
}

static kx_status
to_rationals(const struct play *p, const kxi_vec *v, kxi_vec *out)
{
    kxi_numctx num = { p->arena, 200 };
    kxi_num *nums = kxi_arena_array(p->arena, v->count, sizeof(*nums));
    if (!nums)
        return KX_E_NOMEM;
    for (size_t i = 0; i < v->count; i++)
        if (kxi_vec_state(v, i) == KXI_IS_KNOWN && kxi_vec_num(&num, v, i, &nums[i]) != KX_OK)
            return KX_E_NOMEM;
    *out = *v;
    out->rep = KXI_REP_NUM;
    out->v.nums = nums;
    return KX_OK;
}

static kx_status
get_rows(void *user, uint32_t slot, size_t first, size_t n, kxi_arena *arena, kxi_vec *out)
{
    static const kxi_str kinds[] = { { "a", 1 }, { "ab", 2 }, { "?", 1 }, { NULL, 0 }, { "ab", 2 }, { "a", 1 } };
    static const uint8_t kind_state[ROWS] = { 0, 0, KXI_IS_TIED, KXI_IS_NULL, 0, 0 };
    static const kxi_vec items = { .type = KXI_V_TEXT, .count = 3, .v.texts = kinds };
    static const int64_t year = 2025;
    const struct play *p = user;
    kxi_vec v = { .type = names[slot].type, .count = n, .state = slot % 2 && slot < 6 ? holes + first : NULL };
    (void)arena;
    if (slot == 7) {
        v.items = &items;
        v.v.lists = lists + first;
    } else if (slot == 6) {
        v.v.texts = kinds + first;
        v.state = kind_state + first;
    } else if (slot == 8) {
        v = (kxi_vec){ .type = KXI_V_NUMBER, .constant = true, .count = 1, .v.ints = &year };
    } else if (slot >= 4) {
        v.v.yes = flags + first;
    } else {
        v.scale = slot == 1 ? 2 : 0;
        v.v.ints = (slot == 0 ? whole : slot == 1 ? cents : days) + first;
    }
    *out = v;
    return p->rationals && v.type == KXI_V_NUMBER ? to_rationals(p, &v, out) : KX_OK;
}

static kx_status
get_entries(void *user, uint32_t slot, uint32_t domain, kxi_arena *arena, kxi_vec *out)
{
    static const kxi_str kinds[KINDS + 1] = { { "a", 1 }, { "ab", 2 }, { "?", 1 }, { NULL, 0 } };
    if (domain == KXI_DOMAIN_RUN)
        return get_rows(user, slot, 0, 1, arena, out);
    *out = (kxi_vec){ .type = KXI_V_TEXT, .count = KINDS + 1, .state = last_null, .v.texts = kinds };
    return KX_OK;
}

static kx_status
get_codes(void *user, uint32_t domain, size_t first, size_t n, kxi_arena *arena, const uint32_t **out)
{
    (void)user;
    (void)domain;
    (void)n;
    (void)arena;
    *out = codes + first;
    return KX_OK;
}

static size_t
get_size(void *user, uint32_t domain)
{
    (void)user;
    (void)domain;
    return KINDS;
}

static void
must(bool holds)
{
    if (!holds)
        abort();
}

static bool
same_lane(kxi_arena *arena, const kxi_vec *x, size_t i, const kxi_vec *y, size_t j)
{
    kxi_numctx num = { arena, 100000 };
    kxi_num a, b;
    size_t p = kxi_vec_lane(x, i), q = kxi_vec_lane(y, j);
    if (x->type != y->type || kxi_vec_state(x, i) != kxi_vec_state(y, j))
        return false;
    if (kxi_vec_state(x, i) != KXI_IS_KNOWN)
        return true;
    switch (x->type) {
    case KXI_V_NUMBER:
        if (kxi_vec_num(&num, x, i, &a) != KX_OK || kxi_vec_num(&num, y, j, &b) != KX_OK)
            return true; /* memory */
        return kxi_num_eq(a, b);
    case KXI_V_BOOL:
        return x->v.yes[p] == y->v.yes[q] && x->v.yes[p] <= 1;
    case KXI_V_TEXT:
        return kxi_str_eq(x->v.texts[p], y->v.texts[q]);
    case KXI_V_LIST:
        return x->v.lists[p + 1] - x->v.lists[p] == y->v.lists[q + 1] - y->v.lists[q];
    default:
        return x->v.ints[p] == y->v.ints[q];
    }
}

/* Compile and run in one way; false when it does not compile or does not run. */
static bool
run(struct play *p, kxi_str text, size_t first, size_t n, kxi_vec *out)
{
    kx_error err = KX_ERROR_INIT;
    kxi_diag diag = { .language = KX_LANG_EN, .err = &err };
    kxi_scope scope = { .user = p, .name = get_name };
    kxi_compile c = { .arena = p->arena, .scope = &scope, .max_depth = 64, .max_digits = 200, .diag = &diag };
    kxi_source source = { p, get_rows, get_entries, get_codes, get_size };
    const kxi_expr *e;
    const kxi_prepared *prepared;
    kx_status st = kxi_expr_compile_text(&c, text, KXI_V_NULL, &e);
    must(st == err.status && (st == KX_OK || (err.message[0] && err.line && err.column && err.offset <= text.n)));
    return st == KX_OK && kxi_expr_prepare(e, &source, p->arena, 200, &prepared) == KX_OK &&
           kxi_expr_run(prepared, &source, first, n, p->arena, out) == KX_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kxi_mem mem;
    kxi_arena arena;
    kxi_vec all, one, other;
    kxi_mem_init(&mem, NULL, NULL, 256 << 20);
    kxi_arena_init(&arena, &mem);
    struct play rows = { &arena, false, false }, mixed = { &arena, true, true };
    kxi_str text = { (const char *)data, size };
    if (run(&rows, text, 0, ROWS, &all)) {
        for (size_t i = 0; i < ROWS; i++)
            must(!run(&rows, text, i, 1, &one) || same_lane(&arena, &all, i, &one, 0));
        if (run(&mixed, text, 0, ROWS, &other))
            for (size_t i = 0; i < ROWS; i++)
                must(same_lane(&arena, &all, i, &other, i));
    }
    kxi_arena_free(&arena);
    must(mem.used == 0);
    return 0;
}
