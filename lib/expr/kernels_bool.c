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
    for (size_t i = 0, n = r->n; i < n; i++)
        yes[i] = !from[i];
    out->v.yes = yes;
    out->state = state;
    return KX_OK;
}

/* The states of a && b (decides 0) or a || b (decides 1), where yes holds the operator's result: known as soon as one side
 * decides. */
static kx_status
kleene_states(kxi_run *r, const kxi_vec *const *args, uint8_t decides, uint8_t *yes, kxi_vec *out)
{
    static const uint8_t known = KXI_IS_KNOWN;
    const kxi_vec *a = args[0], *b = args[1];
    uint8_t *state;
    KXI_TRY(kxi_states_strict(r, args, 2, &state));
    out->state = state;
    out->v.yes = yes;
    if (!state)
        return KX_OK;
    const uint8_t *sa = a->state ? a->state : &known, *sb = b->state ? b->state : &known;
    const uint8_t *ya = a->v.yes, *yb = b->v.yes;
    size_t ta = a->state && !a->constant, tb = b->state && !b->constant, la = !a->constant, lb = !b->constant;
    for (size_t i = 0, n = r->n; i < n; i++) {
        uint8_t by_a = (uint8_t)((sa[i * ta] == KXI_IS_KNOWN) & (ya[i * la] == decides));
        uint8_t by_b = (uint8_t)((sb[i * tb] == KXI_IS_KNOWN) & (yb[i * lb] == decides));
        uint8_t undecided = (uint8_t)((by_a | by_b) - 1); /* all bits, or none */
        yes[i] = (uint8_t)((yes[i] & undecided) | (decides & ~undecided));
        state[i] &= undecided;
    }
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
    memset(yes, 1, r->n);
    for (size_t i = 0, n = state ? r->n : 0; i < n; i++)
        yes[i] = state[i] == KXI_IS_KNOWN;
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
    memset(second, 0, r->n);
    for (size_t i = 0, n = state ? r->n : 0; i < n; i++)
        second[i] = state[i * stride] != KXI_IS_KNOWN;
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
    const uint8_t *yes = when->v.yes;
    for (size_t i = 0, n = r->n; i < n; i++)
        choose[i] = !yes[i * stride];
    KXI_TRY(kxi_vec_pick(r, choose, args[1], args[2], out));
    if (!lacking)
        return KX_OK;
    const uint8_t *picked = out->state;
    for (size_t i = 0, n = picked ? r->n : 0; i < n; i++)
        lacking[i] = lacking[i] ? lacking[i] : picked[i];
    out->state = lacking;
    return KX_OK;
}
