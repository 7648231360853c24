/* Folds and slots: each made once, whoever asks for it. */
#include "rules/compile.h"

bool
kxi_reserved(kxi_str name)
{
    static const char *const names[] = { "total",  "rank",  "mark",   "label", "value", "full", "subject",
                                         "cohort", "as_of", "period", "true",  "false", "null", "in" };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (kxi_str_is(name, names[i]))
            return true;
    return false;
}

/* Whether there is such a fold already; else it is added. */
static kx_status
find_fold(kxi_comp *c, const kxi_fold *fold, uint32_t *out, bool *found)
{
    const kxi_fold *have = c->folds.items;
    for (uint32_t i = 0; i < c->folds.count; i++)
        if (have[i].measure == fold->measure && have[i].by_dims == fold->by_dims && have[i].shift == fold->shift) {
            *out = i;
            *found = true;
            return KX_OK;
        }
    *found = false;
    return kxi_list_push(c, &c->folds, fold, out);
}

/* A measure over cells needs the cells, and so on down to a table. */
kx_status
kxi_fold_of(kxi_comp *c, uint32_t measure, bool by_dims, uint32_t shift, uint32_t *out)
{
    kxi_fold fold = { measure, by_dims && kxi_comp_measure(c, measure)->dim_count > 0, shift };
    bool found;
    KXI_TRY(find_fold(c, &fold, out, &found));
    while (!found && kxi_comp_measure(c, fold.measure)->measure != KXI_NONE) {
        uint32_t ignored;
        fold = (kxi_fold){ kxi_comp_measure(c, fold.measure)->measure, true, shift };
        KXI_TRY(find_fold(c, &fold, &ignored, &found));
    }
    return KX_OK;
}

kx_status
kxi_slot_of(kxi_comp *c, const kxi_slot *slot, uint32_t *out)
{
    const kxi_slot *have = c->slots.items;
    for (uint32_t i = 0; i < c->slots.count; i++)
        if (have[i].kind == slot->kind && have[i].column == slot->column && have[i].fold == slot->fold &&
            have[i].group == slot->group && have[i].node == slot->node && have[i].type == slot->type && !have[i].arg &&
            !slot->arg) {
            *out = i;
            return KX_OK;
        }
    return kxi_list_push(c, &c->slots, slot, out);
}
