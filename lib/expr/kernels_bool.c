/* Conditions. && and || are Kleene's, with null as one more unknown; has and coalesce look at states only. */
#include "expr/code.h"

kx_status
kxi_kernel_not(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    (void)c;
    const uint8_t *from = args[0]->v.yes;
    uint8_t *yes = kxi_lanes_new(r, 1), *state;
    if (!yes)
        return KX_E_NOMEM;
    KXI_TRY(kxi_states_strict(r, args, 1, &state));
    for (size_t i = 0; i < r->n; i++)
        yes[i] = !from[i];
    out->v.yes = yes;
    out->state = state;
    return KX_OK;
}

/* The states of a && b (decides 0) or a || b (decides 1): known as soon as one side decides. */
static kx_status
kleene_states(kxi_run *r, const kxi_vec *const *args, uint8_t decides, const uint8_t *yes, kxi_vec *out)
{
    static const uint8_t known = KXI_IS_KNOWN;
    const kxi_vec *a = args[0], *b = args[1];
    uint8_t *state;
    KXI_TRY(kxi_states_strict(r, args, 2, &state));
    out->state = state;
    out->v.yes = yes;
    if (!state)
        return KX_OK;
    uint8_t *fixed = kxi_lanes_new(r, 1);
    if (!fixed)
        return KX_E_NOMEM;
    const uint8_t *pa = a->state ? a->state : &known, *pb = b->state ? b->state : &known;
    size_t ta = a->state && !a->constant, tb = b->state && !b->constant, la = !a->constant, lb = !b->constant;
    for (size_t i = 0; i < r->n; i++) {
        bool da = pa[i * ta] == KXI_IS_KNOWN && a->v.yes[i * la] == decides;
        bool db = pb[i * tb] == KXI_IS_KNOWN && b->v.yes[i * lb] == decides;
        bool decided = da | db;
        fixed[i] = decided ? decides : yes[i];
        state[i] = decided ? KXI_IS_KNOWN : state[i];
    }
    out->v.yes = fixed;
    return KX_OK;
}

kx_status
kxi_kernel_and(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    (void)c;
    uint8_t *yes = kxi_lanes_new(r, 1);
    if (!yes)
        return KX_E_NOMEM;
    KXI_LANES(r->n, args[0]->v.yes, args[0]->constant, args[1]->v.yes, args[1]->constant, yes[i] = a & b);
    return kleene_states(r, args, 0, yes, out);
}

kx_status
kxi_kernel_or(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    (void)c;
    uint8_t *yes = kxi_lanes_new(r, 1);
    if (!yes)
        return KX_E_NOMEM;
    KXI_LANES(r->n, args[0]->v.yes, args[0]->constant, args[1]->v.yes, args[1]->constant, yes[i] = a | b);
    return kleene_states(r, args, 1, yes, out);
}

kx_status
kxi_kernel_has(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    (void)c;
    const uint8_t *state = args[0]->state;
    uint8_t *yes = kxi_lanes_new(r, 1);
    if (!yes)
        return KX_E_NOMEM;
    for (size_t i = 0; i < r->n; i++)
        yes[i] = state ? state[i] == KXI_IS_KNOWN : 1;
    out->v.yes = yes;
    return KX_OK;
}

kx_status
kxi_kernel_coalesce(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    (void)c;
    const uint8_t *state = args[0]->state;
    uint8_t *second = kxi_lanes_new(r, 1);
    if (!second)
        return KX_E_NOMEM;
    size_t stride = !args[0]->constant;
    for (size_t i = 0; i < r->n; i++)
        second[i] = state && state[i * stride] != KXI_IS_KNOWN;
    return kxi_vec_pick(r, second, args[0], args[1], out);
}

kx_status
kxi_kernel_cond(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    (void)c;
    const kxi_vec *when = args[0];
    uint8_t *choose = kxi_lanes_new(r, 1), *lacking;
    if (!choose)
        return KX_E_NOMEM;
    KXI_TRY(kxi_states_strict(r, &when, 1, &lacking));
    size_t stride = !when->constant;
    for (size_t i = 0; i < r->n; i++)
        choose[i] = !when->v.yes[i * stride];
    KXI_TRY(kxi_vec_pick(r, choose, args[1], args[2], out));
    if (!lacking)
        return KX_OK;
    for (size_t i = 0; out->state && i < r->n; i++)
        lacking[i] = lacking[i] ? lacking[i] : out->state[i];
    out->state = lacking;
    return KX_OK;
}
