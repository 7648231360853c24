/* cohort.mean(x) and its kin: x is an expression of its own, computed for every subject first. */
#include "rules/compile.h"

static kxi_cohort_call *
cohort_call(kxi_comp *c, uint32_t index)
{
    return (kxi_cohort_call *)c->cohort_calls.items + index;
}

/* cohort.mean(a -> ... -> cohort.mean(a: definitions that lead back to a call that is still being compiled. */
static kx_status
call_circle(kxi_comp *c, const kxi_cohort_call *call, kxi_place place)
{
    kxi_buf b;
    kxi_buf_init(&b, &c->ctx->mem);
    for (int i = 0; i < 2; i++) {
        kxi_buf_cstr(&b, i ? " -> " : "");
        kxi_buf_str(&b, call->function);
        kxi_buf_char(&b, '(');
        kxi_buf_str(&b, call->text);
        kxi_buf_char(&b, ')');
    }
    kx_status st = b.failed ? kxi_nomem(c->d) : KXI_FAIL(c->d, CIRCLE, place, KXI_A_STR(kxi_buf_view(&b)));
    kxi_buf_free(&b);
    return st;
}

/* The call is compiled on its own, in a compiler that knows nothing of definitions still open: they are counted here. */
static kx_status
compile_call(kxi_comp *c, enum kxi_slot_kind kind, kxi_str function, const kxi_ast *arg, uint32_t ties, kxi_place place,
             uint32_t *out)
{
    kxi_cohort_call call = { kxi_str_copy(c->a, function), kxi_ast_text(arg), c->node, KXI_NONE, ties, true };
    kxi_scope scope;
    const kxi_compile compile = kxi_subject_compile(c, &scope);
    kxi_slot slot = { .kind = kind, .type = KXI_V_NUMBER, .column = KXI_NONE, .fold = KXI_NONE, .node = c->node };
    uint32_t index, open = 0;
    slot.ties = ties;
    if (!call.function.s)
        return kxi_nomem(c->d);
    for (uint32_t i = 0; i < c->cohort_calls.count; i++)
        open += cohort_call(c, i)->open;
    if (open >= c->ctx->max_depth)
        return KXI_FAIL(c->d, EXPR_DEPTH, place, KXI_A_INT(c->ctx->max_depth));
    KXI_TRY(kxi_list_push(c, &c->cohort_calls, &call, &index));
    kx_status st = kxi_expr_compile_ast(&compile, arg, KXI_V_NUMBER, &slot.arg);
    if (st == KX_OK)
        st = kxi_list_push(c, &c->slots, &slot, out);
    cohort_call(c, index)->open = false;
    cohort_call(c, index)->slot = st == KX_OK ? *out : KXI_NONE;
    return st;
}

/* cohort.rank(x, 'dense'): how equal ones stand; without it as the scheme ranks. */
static kx_status
read_ties(const kxi_ast *arg, uint32_t *ties)
{
    static const struct {
        const char *name;
        enum kxi_ties ties;
    } ways[] = { { "competition", KXI_TIES_COMPETITION },
                 { "dense", KXI_TIES_DENSE },
                 { "modified", KXI_TIES_MODIFIED } };
    kxi_str text;
    for (size_t i = 0; kxi_ast_string(arg, &text) && i < sizeof(ways) / sizeof(ways[0]); i++)
        if (kxi_str_is(text, ways[i].name)) {
            *ties = ways[i].ties;
            return KX_OK;
        }
    return KX_E_NOTFOUND;
}

kx_status
kxi_call_cohort(kxi_comp *c, enum kxi_slot_kind kind, kxi_str function, const kxi_ast *const *args, size_t count,
                kxi_place place, kxi_binding *out)
{
    uint32_t ties = KXI_NONE;
    bool ranks = kind == KXI_SLOT_COHORT_RANK, fits = count == 1;
    if (ranks && count == 2)
        fits = read_ties(args[1], &ties) == KX_OK;
    if (!fits)
        return KXI_FAIL(c->d, ARGUMENTS, place, KXI_A_STR(function),
                        ranks ? KXI_A_CSTR("(value), (value, 'competition' | 'dense' | 'modified')")
                              : KXI_A_CSTR("(value)"));
    *out = (kxi_binding){ .kind = KXI_BIND_SLOT, .type = KXI_V_NUMBER, .domain = KXI_DOMAIN_ROWS, .nullable = true };
    for (uint32_t i = 0; i < c->cohort_calls.count; i++) {
        const kxi_cohort_call *call = cohort_call(c, i);
        if (call->node != c->node || call->ties != ties || !kxi_str_eq(call->function, function) ||
            !kxi_str_eq(call->text, kxi_ast_text(args[0])))
            continue;
        out->slot = call->slot;
        if (call->open)
            return call_circle(c, call, place);
        if (call->slot != KXI_NONE)
            return KX_OK;
    }
    return compile_call(c, kind, function, args[0], ties, place, &out->slot);
}
