/* What may be asked of a compiled expression. */
#include "expr/expr.h"

#include "expr/compiler.h"

static const kxi_code *
root_of(const kxi_expr *e)
{
    return &e->codes[e->root];
}

enum kxi_vtype
kxi_expr_type(const kxi_expr *e)
{
    return root_of(e)->type;
}

bool
kxi_expr_may_lack(const kxi_expr *e)
{
    return root_of(e)->null || root_of(e)->unknown;
}

bool
kxi_expr_constant_number(const kxi_expr *e, kxi_num *out)
{
    return kxi_code_number(root_of(e), out);
}

bool
kxi_expr_constant_text(const kxi_expr *e, kxi_str *out)
{
    return kxi_code_text(root_of(e), out);
}

bool
kxi_expr_quotient(const kxi_expr *e, const kxi_expr **numerator, const kxi_expr **denominator)
{
    *numerator = e->numerator;
    *denominator = e->denominator;
    return e->numerator != NULL;
}

bool
kxi_expr_is_slot(const kxi_expr *e, uint32_t *slot)
{
    if (root_of(e)->kind != KXI_CODE_SLOT)
        return false;
    *slot = root_of(e)->slot;
    return true;
}

size_t
kxi_expr_slots(const kxi_expr *e, const uint32_t **slots)
{
    *slots = e->slots;
    return e->slot_count;
}

kxi_str
kxi_expr_source_text(const kxi_expr *e)
{
    return e->text;
}
