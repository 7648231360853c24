/* Text: joined, searched, measured. Conditions on text vary on dictionary entries, so these rarely run over rows. */
#include "expr/code.h"

static kxi_str
text_at(const kxi_vec *v, size_t i)
{
    return v->v.texts[kxi_vec_lane(v, i)];
}

kx_status
kxi_kernel_concat(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    (void)c;
    kxi_str *lanes = kxi_lanes_new(r, sizeof(*lanes));
    uint8_t *state;
    size_t total = 0;
    if (!lanes)
        return KX_E_NOMEM;
    KXI_TRY(kxi_states_strict(r, args, 2, &state));
    for (size_t i = 0; i < r->n; i++) {
        lanes[i] = (kxi_str){ NULL, 0 };
        if (state && state[i] != KXI_IS_KNOWN)
            continue;
        if (!kxi_add_size(text_at(args[0], i).n, text_at(args[1], i).n, &lanes[i].n) ||
            !kxi_add_size(total, lanes[i].n, &total))
            return KX_E_NOMEM;
    }
    char *bytes = kxi_arena_alloc(r->arena, total);
    if (!bytes)
        return KX_E_NOMEM;
    for (size_t i = 0; i < r->n; i++) {
        if (lanes[i].n == 0)
            continue;
        kxi_str a = text_at(args[0], i), b = text_at(args[1], i);
        if (a.n)
            memcpy(bytes, a.s, a.n);
        if (b.n)
            memcpy(bytes + a.n, b.s, b.n);
        lanes[i].s = bytes;
        bytes += lanes[i].n;
    }
    out->v.texts = lanes;
    out->state = state;
    return KX_OK;
}

static bool
starts(kxi_str s, kxi_str with)
{
    return with.n <= s.n && (with.n == 0 || memcmp(s.s, with.s, with.n) == 0);
}

static bool
ends(kxi_str s, kxi_str with)
{
    return with.n <= s.n && (with.n == 0 || memcmp(s.s + (s.n - with.n), with.s, with.n) == 0);
}

static bool
contains(kxi_str s, kxi_str what)
{
    if (what.n == 0)
        return true;
    while (s.n >= what.n) {
        const char *at = memchr(s.s, what.s[0], s.n - what.n + 1);
        if (!at)
            return false;
        if (memcmp(at, what.s, what.n) == 0)
            return true;
        s.n -= (size_t)(at - s.s) + 1;
        s.s = at + 1;
    }
    return false;
}

static kx_status
test_texts(kxi_run *r, const kxi_vec *const *args, bool (*test)(kxi_str s, kxi_str other), kxi_vec *out)
{
    uint8_t *yes = kxi_lanes_new(r, 1), *state;
    if (!yes)
        return KX_E_NOMEM;
    KXI_TRY(kxi_states_strict(r, args, 2, &state));
    for (size_t i = 0; i < r->n; i++)
        yes[i] = (!state || state[i] == KXI_IS_KNOWN) && test(text_at(args[0], i), text_at(args[1], i));
    out->v.yes = yes;
    out->state = state;
    return KX_OK;
}

kx_status
kxi_kernel_contains(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    (void)c;
    return test_texts(r, args, contains, out);
}

kx_status
kxi_kernel_starts(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    (void)c;
    return test_texts(r, args, starts, out);
}

kx_status
kxi_kernel_ends(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    (void)c;
    return test_texts(r, args, ends, out);
}

/* Characters of a text, items of a list. */
static kx_status
sizes(kxi_run *r, const kxi_vec *const *args, kxi_vec *out)
{
    const kxi_vec *x = args[0];
    int64_t *lanes = kxi_lanes_new(r, sizeof(*lanes));
    uint8_t *state;
    if (!lanes)
        return KX_E_NOMEM;
    KXI_TRY(kxi_states_strict(r, args, 1, &state));
    for (size_t i = 0; i < r->n; i++)
        lanes[i] = state && state[i] != KXI_IS_KNOWN ? 0
                   : x->type == KXI_V_TEXT           ? (int64_t)kxi_utf8_count(x->v.texts[i])
                                                     : x->v.lists[i + 1] - x->v.lists[i];
    out->v.ints = lanes;
    out->state = state;
    return KX_OK;
}

kx_status
kxi_kernel_size_text(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    (void)c;
    return sizes(r, args, out);
}

kx_status
kxi_kernel_size_list(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    (void)c;
    return sizes(r, args, out);
}
