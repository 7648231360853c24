/* Codes as they are added: equal ones are one, constants are computed at once, and each knows on what it varies and whether
 * it may lack a value. */
#include "expr/compiler.h"

enum { LOOK_BACK = 512 }; /* how far an equal code is looked for */

static bool
same_value(const kxi_vec *a, const kxi_vec *b)
{
    uint8_t state = kxi_vec_state(a, 0);
    if (a->type != b->type || a->months != b->months || state != kxi_vec_state(b, 0))
        return false;
    if (a->type == KXI_V_LIST)
        return false;
    if (state != KXI_IS_KNOWN)
        return true;
    if (a->type == KXI_V_TEXT)
        return kxi_str_eq(a->v.texts[0], b->v.texts[0]);
    if (a->type == KXI_V_BOOL)
        return a->v.yes[0] == b->v.yes[0];
    if (a->rep != b->rep || a->scale != b->scale)
        return false;
    return a->rep == KXI_REP_NUM ? kxi_num_eq(a->v.nums[0], b->v.nums[0]) : a->v.ints[0] == b->v.ints[0];
}

static bool
same_apply(const kxi_code *a, const kxi_code *b)
{
    if (a->kernel != b->kernel || a->type != b->type || a->months != b->months || a->count != b->count ||
        a->swapped != b->swapped || a->param != b->param || a->mode != b->mode || a->places != b->places ||
        a->set != b->set || (a->table ? a->table->map : NULL) != (b->table ? b->table->map : NULL))
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (a->args[i] != b->args[i])
            return false;
    return a->kernel != KXI_KERNEL_round_to || kxi_num_eq(a->step, b->step);
}

static bool
same(const kxi_code *a, const kxi_code *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == KXI_CODE_SLOT)
        return a->slot == b->slot && a->domain == b->domain && a->type == b->type;
    if (a->kind == KXI_CODE_APPLY)
        return same_apply(a, b);
    return a->type == KXI_V_MAP || b->type == KXI_V_MAP ? a->map == b->map && a->type == b->type
                                                        : same_value(&a->value, &b->value);
}

static kx_status
add(kxi_compiler *k, const kxi_code *code, uint32_t *out)
{
    size_t from = k->count > LOOK_BACK ? k->count - LOOK_BACK : 0;
    for (size_t i = from; i < k->count; i++)
        if (same(&k->codes[i], code)) {
            *out = (uint32_t)i;
            return KX_OK;
        }
    if (!kxi_grow(k->mem, &k->codes, &k->capacity, k->count + 1))
        return kxi_nomem(k->diag);
    k->codes[k->count] = *code;
    *out = (uint32_t)k->count++;
    return KX_OK;
}

kx_status
kxi_emit_value(kxi_compiler *k, const kxi_ast *ast, const kxi_vec *value, uint32_t *out)
{
    uint8_t state = kxi_vec_state(value, 0);
    kxi_code code = { .kind = KXI_CODE_CONST, .type = value->type, .months = value->months, .domain = KXI_DOMAIN_NONE };
    code.item = value->type == KXI_V_LIST ? value->items->type : KXI_V_NULL;
    code.null = state == KXI_IS_NULL;
    code.unknown = KXI_IS_UNKNOWN(state);
    code.value = *value;
    code.ast = ast;
    kxi_numctx num = { k->arena, k->c->max_digits };
    if (value->type == KXI_V_NUMBER && state == KXI_IS_KNOWN && kxi_vec_num(&num, value, 0, &code.number) != KX_OK)
        return kxi_nomem(k->diag);
    return add(k, &code, out);
}

kx_status
kxi_emit_null(kxi_compiler *k, const kxi_ast *ast, enum kxi_vtype type, enum kxi_vtype item, bool months, uint32_t *out)
{
    kxi_vec null = kxi_vec_null(type, item, months);
    return kxi_emit_value(k, ast, &null, out);
}

kx_status
kxi_emit_number(kxi_compiler *k, const kxi_ast *ast, kxi_num x, uint32_t *out)
{
    kxi_vec value;
    if (kxi_vec_of_number(k->arena, x, &value) != KX_OK)
        return kxi_nomem(k->diag);
    return kxi_emit_value(k, ast, &value, out);
}

kx_status
kxi_emit_slot(kxi_compiler *k, const kxi_ast *ast, const kxi_binding *b, uint32_t *out)
{
    kxi_code code = { .kind = KXI_CODE_SLOT, .type = b->type, .domain = b->domain, .slot = b->slot };
    code.item = b->type == KXI_V_LIST ? b->item : KXI_V_NULL;
    code.null = code.unknown = b->nullable;
    code.ast = ast;
    return add(k, &code, out);
}

kx_status
kxi_emit_map(kxi_compiler *k, const kxi_ast *ast, const kxi_map *map, uint32_t *out)
{
    kxi_code code = { .kind = KXI_CODE_CONST, .type = KXI_V_MAP, .domain = KXI_DOMAIN_NONE, .map = map, .ast = ast };
    return add(k, &code, out);
}

static uint32_t
meet(uint32_t a, uint32_t b)
{
    if (a == KXI_DOMAIN_NONE || a == b)
        return b;
    if (b == KXI_DOMAIN_NONE)
        return a;
    return a == KXI_DOMAIN_RUN ? b : b == KXI_DOMAIN_RUN ? a : KXI_DOMAIN_ROWS;
}

static bool
nonzero(const kxi_code *c)
{
    kxi_num x;
    return kxi_code_number(c, &x) && kxi_num_sign(x) != 0;
}

/* What the result may lack, from what the operands may. */
static void
note_lacks(const kxi_compiler *k, kxi_code *code)
{
    const kxi_code *a[3] = { NULL, NULL, NULL };
    bool unknown = false, lacks = false;
    for (uint32_t i = 0; i < code->count; i++) {
        a[i] = &k->codes[code->args[i]];
        unknown = unknown || a[i]->unknown;
        lacks = lacks || a[i]->unknown || a[i]->null;
    }
    code->null = false;
    switch (kxi_kernel_lack(code->kernel)) {
    case KXI_LACK_STRICT:
        code->unknown = lacks;
        break;
    case KXI_LACK_MAKES:
        code->unknown = lacks || !(code->kernel == KXI_KERNEL_div || code->kernel == KXI_KERNEL_mod) || !nonzero(a[1]);
        break;
    case KXI_LACK_UNKNOWN:
        code->unknown = unknown;
        break;
    case KXI_LACK_NEVER:
        code->unknown = false;
        break;
    case KXI_LACK_PICK:
        code->null = a[1]->null || a[2]->null;
        code->unknown = a[0]->null || unknown;
        break;
    case KXI_LACK_LAST:
        code->null = (a[0]->null || a[0]->unknown) && a[1]->null;
        code->unknown = (a[0]->null || a[0]->unknown) && a[1]->unknown;
        break;
    }
}

kx_status
kxi_emit_warning(kxi_compiler *k, const kxi_ast *ast, enum kxi_msg msg, const kxi_arg *args, size_t count)
{
    const kxi_findings *all = k->diag->all;
    kxi_place place = kxi_ast_at(k, ast);
    for (size_t i = 0; all && ast->source->node && i < all->count; i++) {
        const kxi_finding *f = &all->items[i];
        if (f->msg == msg && f->place.offset == place.offset && kxi_str_eq(f->place.pointer, place.pointer) &&
            kxi_str_eq(f->place.input, place.input))
            return KX_OK;
    }
    return kxi_diag_add(k->diag, msg, place, args, count);
}

/* Computing a constant came to nothing, though nothing was missing. */
static kx_status
no_value(kxi_compiler *k, const kxi_ast *ast, uint8_t state, bool must)
{
    kxi_arg why[] = { KXI_A_STR(kxi_ast_text(ast)), KXI_A_CSTR(kxi_state_text(state, k->diag->language)) };
    return must ? kxi_diag_add(k->diag, KXI_MSG_EXPR_FAILS, kxi_ast_at(k, ast), why, 2)
                : kxi_emit_warning(k, ast, KXI_MSG_EXPR_ALWAYS_UNKNOWN, why, 2);
}

/* All operands are constants: compute it now. */
static kx_status
fold(kxi_compiler *k, const kxi_code *code, bool must, uint32_t *out)
{
    kxi_run run = { .arena = k->arena, .num = { k->arena, k->c->max_digits }, .n = 1 };
    const kxi_vec *args[3];
    bool known = true;
    for (uint32_t i = 0; i < code->count; i++) {
        args[i] = &k->codes[code->args[i]].value;
        known = known && kxi_vec_state(args[i], 0) == KXI_IS_KNOWN;
    }
    kxi_vec value;
    kx_status st = kxi_code_apply(&run, code, args, &value);
    if (st == KX_OK)
        st = kxi_vec_compact(k->arena, &value);
    if (st == KX_E_LIMIT)
        return KXI_FAIL(k->diag, EXPR_DIGITS, kxi_ast_at(k, code->ast), KXI_A_INT(k->c->max_digits));
    if (st != KX_OK)
        return kxi_nomem(k->diag);
    uint8_t state = kxi_vec_state(&value, 0);
    if (known && state != KXI_IS_KNOWN)
        KXI_TRY(no_value(k, code->ast, state, must));
    return kxi_emit_value(k, code->ast, &value, out);
}

kx_status
kxi_emit_apply(kxi_compiler *k, const kxi_code *given, bool must, uint32_t *out)
{
    kxi_code code = *given;
    bool constant = true;
    code.kind = KXI_CODE_APPLY;
    code.domain = KXI_DOMAIN_NONE;
    for (uint32_t i = 0; i < code.count; i++) {
        const kxi_code *a = &k->codes[code.args[i]];
        constant = constant && a->kind == KXI_CODE_CONST;
        code.domain = meet(code.domain, a->domain);
    }
    if (constant)
        return fold(k, &code, must, out);
    note_lacks(k, &code);
    return add(k, &code, out);
}

bool
kxi_code_text(const kxi_code *c, kxi_str *out)
{
    if (c->kind != KXI_CODE_CONST || c->type != KXI_V_TEXT || c->null || c->unknown)
        return false;
    *out = c->value.v.texts[0];
    return true;
}

bool
kxi_code_number(const kxi_code *c, kxi_num *out)
{
    if (c->kind != KXI_CODE_CONST || c->type != KXI_V_NUMBER || c->null || c->unknown)
        return false;
    *out = c->number;
    return true;
}
