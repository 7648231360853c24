/* Columns over all subjects. */
#include "score/engine.h"

kx_status
kxi_engine_num(kxi_engine *e, kx_status st)
{
    if (st == KX_OK || st == KX_E_NOMEM)
        return st == KX_OK ? st : kxi_nomem(e->d);
    return st == KX_E_LIMIT ? KXI_FAIL(e->d, SCORE_DIGITS, KXI_NOWHERE, KXI_A_INT(e->ctx->max_digits)) : st;
}

kx_status
kxi_engine_numbers(kxi_engine *e, kxi_num **nums, uint8_t **states, kxi_vec *out)
{
    *nums = kxi_arena_array(e->a, e->n + 1u, sizeof(**nums));
    *states = kxi_arena_array(e->a, e->n + 1u, sizeof(**states));
    *out = (kxi_vec){ .type = KXI_V_NUMBER, .rep = KXI_REP_NUM, .count = e->n, .state = *states, .v.nums = *nums };
    return *nums && *states ? KX_OK : kxi_nomem(e->d);
}

/* ---- an expression over all subjects ---- */

static kx_status
subject_rows(void *user, uint32_t slot, size_t first, size_t n, kxi_arena *arena, kxi_vec *out)
{
    kxi_vec v;
    (void)arena;
    KXI_TRY(kxi_engine_slot(user, slot, &v));
    *out = v;
    if (v.constant)
        return KX_OK;
    out->count = n;
    if (v.state)
        out->state = v.state + first;
    switch (v.type) {
    case KXI_V_BOOL:
        out->v.yes += first;
        break;
    case KXI_V_TEXT:
        out->v.texts += first;
        break;
    case KXI_V_NUMBER:
        if (v.rep == KXI_REP_NUM) {
            out->v.nums += first;
            break;
        }
        out->v.ints += first;
        break;
    case KXI_V_DATE:
    case KXI_V_DURATION:
        out->v.ints += first;
        break;
    default:
        break;
    }
    return KX_OK;
}

kx_status
kxi_engine_eval(kxi_engine *e, const kxi_expr *expr, kxi_vec *out)
{
    const kxi_source source = { .user = e, .rows = subject_rows };
    const kxi_prepared *prepared;
    *out = (kxi_vec){ .type = KXI_V_NULL, .constant = true, .count = 1 };
    if (!expr)
        return KX_OK;
    KXI_NUM(e, kxi_expr_prepare(expr, &source, e->a, e->ctx->max_digits, &prepared));
    KXI_NUM(e, kxi_expr_run(prepared, &source, 0, e->n, e->a, out));
    return KX_OK;
}

/* ---- slots ---- */

uint32_t
kxi_cells_subject(const kxi_cells *cells, uint32_t subject)
{
    size_t low = 0, high = cells->count;
    if (cells->count && cells->subjects[0] == KXI_NONE)
        return 0; /* over: "all": one cell for everyone */
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (cells->subjects[mid] < subject)
            low = mid + 1;
        else
            high = mid;
    }
    return low < cells->count && cells->subjects[low] == subject ? (uint32_t)low : KXI_NONE;
}

kx_status
kxi_engine_fold(kxi_engine *e, uint32_t fold, const kxi_cells **out)
{
    if (!e->fold_made[fold]) {
        KXI_TRY(kxi_tally_cells(e->tally, fold, e->a, &e->fold_cells[fold], e->d));
        e->fold_made[fold] = true;
    }
    *out = &e->fold_cells[fold];
    return KX_OK;
}

/* What a measure is over no rows. */
static uint8_t
empty_state(enum kxi_op op)
{
    switch (op) {
    case KXI_OP_COUNT:
    case KXI_OP_SUM:
    case KXI_OP_DISTINCT:
    case KXI_OP_PEAK:
        return KXI_IS_KNOWN;
    case KXI_OP_ONE:
        return KXI_IS_NULL;
    default:
        return KXI_IS_NO_ROWS;
    }
}

/* One lane a subject out of the cells that rows reached. */
static kx_status
spread(kxi_engine *e, uint32_t fold, kxi_vec *out)
{
    const kxi_cells *cells;
    KXI_TRY(kxi_engine_fold(e, fold, &cells));
    const kxi_measure *m = &e->r->measures[e->r->folds[fold].measure];
    uint8_t *states = kxi_arena_array(e->a, e->n + 1u, 1), empty = empty_state(m->op);
    kxi_num *nums = kxi_arena_array(e->a, e->n + 1u, sizeof(*nums));
    int64_t *ints = kxi_arena_array(e->a, e->n + 1u, sizeof(*ints));
    kxi_str *texts = kxi_arena_array(e->a, e->n + 1u, sizeof(*texts));
    uint8_t *yes = kxi_arena_array(e->a, e->n + 1u, 1);
    if (!states || !nums || !ints || !texts || !yes)
        return kxi_nomem(e->d);
    *out = (kxi_vec){ .type = m->type, .rep = KXI_REP_NUM, .count = e->n, .state = states };
    for (uint32_t i = 0; i < e->n; i++) {
        uint32_t cell = kxi_cells_subject(cells, i);
        states[i] = cell == KXI_NONE ? empty : kxi_vec_state(&cells->value, cell);
        nums[i] = kxi_num_int(0);
        if (cell == KXI_NONE || states[i] != KXI_IS_KNOWN)
            continue;
        size_t lane = kxi_vec_lane(&cells->value, cell);
        if (m->type == KXI_V_NUMBER)
            KXI_NUM(e, kxi_vec_num(e->num, &cells->value, cell, &nums[i]));
        else if (m->type == KXI_V_TEXT)
            texts[i] = cells->value.v.texts[lane];
        else if (m->type == KXI_V_BOOL)
            yes[i] = cells->value.v.yes[lane];
        else
            ints[i] = cells->value.v.ints[lane];
    }
    if (m->type == KXI_V_NUMBER)
        out->v.nums = nums;
    else if (m->type == KXI_V_TEXT)
        out->v.texts = texts;
    else if (m->type == KXI_V_BOOL)
        out->v.yes = yes;
    else
        out->v.ints = ints;
    return KX_OK;
}

static kx_status
constant_day(kxi_engine *e, kxi_day day, kxi_vec *out)
{
    int64_t *lane = kxi_arena_alloc(e->a, sizeof(*lane));
    if (!lane)
        return kxi_nomem(e->d);
    *lane = day;
    *out = (kxi_vec){ .type = KXI_V_DATE, .constant = true, .count = 1, .v.ints = lane };
    return KX_OK;
}

static kx_status
groups_column(kxi_engine *e, uint32_t slot, kxi_vec *out)
{
    const kxi_grouping *g;
    kxi_num *nums;
    uint8_t *states;
    enum kxi_slot_kind kind = e->r->slots[slot].kind;
    KXI_TRY(kxi_engine_grouping(e, slot, &g));
    KXI_TRY(kxi_engine_numbers(e, &nums, &states, out));
    for (uint32_t i = 0; i < e->n; i++) {
        uint32_t total = g->total[i], met = g->met[i];
        if (kind == KXI_SLOT_COVERAGE && total == 0)
            states[i] = KXI_IS_DIVISION;
        else if (kind == KXI_SLOT_COVERAGE)
            KXI_NUM(e, kxi_num_ratio(e->num, met, total, &nums[i]));
        else
            nums[i] = kxi_num_int(kind == KXI_SLOT_MET ? met : kind == KXI_SLOT_SHORT ? total - met : total);
    }
    return KX_OK;
}

/* The label of a mark, or a value that is text. */
static kx_status
label_column(kxi_engine *e, uint32_t node, kxi_vec *out)
{
    kxi_str *texts = kxi_arena_array(e->a, e->n + 1u, sizeof(*texts));
    uint8_t *states = kxi_arena_array(e->a, e->n + 1u, 1);
    if (!texts || !states)
        return kxi_nomem(e->d);
    for (uint32_t i = 0; i < e->n; i++) {
        const kxi_fact *f = kxi_engine_fact(e, node, i);
        texts[i] = f->label;
        states[i] = f->label.n ? KXI_IS_KNOWN : KXI_IS_NULL;
    }
    *out = (kxi_vec){ .type = KXI_V_TEXT, .count = e->n, .state = states, .v.texts = texts };
    return KX_OK;
}

/* Facts keep bools and dates as numbers; an expression wants them as they are. */
static kx_status
as_type(kxi_engine *e, enum kxi_vtype type, const kxi_num *nums, kxi_vec *out)
{
    if (type == KXI_V_NUMBER)
        return KX_OK;
    uint8_t *yes = kxi_arena_array(e->a, e->n + 1u, 1);
    int64_t *ints = kxi_arena_array(e->a, e->n + 1u, sizeof(*ints));
    if (!yes || !ints)
        return kxi_nomem(e->d);
    for (uint32_t i = 0; i < e->n; i++) {
        yes[i] = kxi_num_sign(nums[i]) != 0;
        if (!kxi_num_to_int(nums[i], &ints[i]))
            return KXI_FAIL(e->d, INTERNAL, KXI_NOWHERE, KXI_A_CSTR("a date that is no whole day"));
    }
    out->type = type;
    if (type == KXI_V_BOOL)
        out->v.yes = yes;
    else
        out->v.ints = ints;
    return KX_OK;
}

/* Points or the value of a node that was scored before. */
static kx_status
node_column(kxi_engine *e, const kxi_slot *slot, kxi_vec *out)
{
    kxi_num *nums;
    uint8_t *states;
    uint32_t node = slot->kind == KXI_SLOT_TOTAL ? 0 : slot->node;
    bool value = slot->kind == KXI_SLOT_VALUE;
    if (slot->type == KXI_V_TEXT)
        return label_column(e, node, out);
    KXI_TRY(kxi_engine_numbers(e, &nums, &states, out));
    for (uint32_t i = 0; i < e->n; i++) {
        const kxi_fact *f = kxi_engine_fact(e, node, i);
        nums[i] = kxi_num_int(0);
        if (slot->kind == KXI_SLOT_FULL)
            nums[i] = f->full;
        else if (slot->kind == KXI_SLOT_MARK && f->mark_known)
            nums[i] = f->mark;
        else if (slot->kind == KXI_SLOT_MARK)
            states[i] = KXI_IS_NULL;
        else if (value && f->has_value)
            nums[i] = f->value;
        else if (value)
            states[i] = f->value_state ? f->value_state : KXI_IS_NULL;
        else if (f->state == KXI_FACT_UNKNOWN)
            states[i] = KXI_IS_DEPENDS;
        else if (f->state == KXI_FACT_NA)
            states[i] = KXI_IS_NULL;
        else
            nums[i] = f->points;
    }
    return value ? as_type(e, slot->type, nums, out) : KX_OK;
}

static kx_status
rank_column(kxi_engine *e, kxi_vec *out)
{
    kxi_num *nums;
    uint8_t *states;
    KXI_TRY(kxi_engine_rank(e));
    KXI_TRY(kxi_engine_numbers(e, &nums, &states, out));
    for (uint32_t i = 0; i < e->n; i++) {
        nums[i] = kxi_num_int(e->standings[i].rank);
        states[i] = e->standings[i].has_rank ? KXI_IS_KNOWN : KXI_IS_DEPENDS;
    }
    return KX_OK;
}

/* A column of the subjects' table, as it stands on as_of. */
static kx_status
subject_column(kxi_engine *e, const kxi_slot *slot, kxi_vec *out)
{
    const kxi_bound *bound = &e->u->dataset->tables[e->r->subjects].columns[slot->column];
    const kxi_column *column = bound->column;
    uint8_t *states = kxi_arena_array(e->a, e->n + 1u, 1), *yes = kxi_arena_array(e->a, e->n + 1u, 1);
    int64_t *ints = kxi_arena_array(e->a, e->n + 1u, sizeof(*ints));
    kxi_str *texts = kxi_arena_array(e->a, e->n + 1u, sizeof(*texts));
    if (!states || !yes || !ints || !texts)
        return kxi_nomem(e->d);
    *out = (kxi_vec){ .type = slot->type, .rep = KXI_REP_INT, .count = e->n, .state = states };
    for (uint32_t i = 0; i < e->n; i++) {
        uint32_t row = kxi_universe_row(e->u, e->r->subjects, e->u->entities[i]);
        if (!column || row == KXI_NONE || !kxi_column_known(column, row)) {
            states[i] = KXI_IS_NULL;
            continue;
        }
        if (slot->type == KXI_V_TEXT)
            texts[i] = kxi_column_text(column, row);
        else
            ints[i] = kxi_column_int(column, row);
        yes[i] = ints[i] != 0;
    }
    out->scale = column && slot->type == KXI_V_NUMBER ? (uint8_t)column->scale : 0;
    if (slot->type == KXI_V_TEXT)
        out->v.texts = texts;
    else if (slot->type == KXI_V_BOOL)
        out->v.yes = yes;
    else
        out->v.ints = ints;
    return KX_OK;
}

static kx_status
key_column(kxi_engine *e, enum kxi_slot_kind kind, kxi_vec *out)
{
    kxi_str *texts = kxi_arena_array(e->a, e->n + 1u, sizeof(*texts));
    if (!texts)
        return kxi_nomem(e->d);
    for (uint32_t i = 0; i < e->n; i++)
        texts[i] = kind == KXI_SLOT_KEY ? kxi_universe_key(e->u, i)
                                        : e->r->schema.levels[e->u->tree.level[e->u->entities[i]]].name;
    *out = (kxi_vec){ .type = KXI_V_TEXT, .count = e->n, .v.texts = texts };
    return KX_OK;
}

static kx_status
make_slot(kxi_engine *e, uint32_t index, kxi_vec *out)
{
    const kxi_slot *slot = &e->r->slots[index];
    switch (slot->kind) {
    case KXI_SLOT_COLUMN:
        return subject_column(e, slot, out);
    case KXI_SLOT_KEY:
    case KXI_SLOT_LEVEL:
        return key_column(e, slot->kind, out);
    case KXI_SLOT_AS_OF:
        return constant_day(e, e->u->as_of, out);
    case KXI_SLOT_FROM:
        return constant_day(e, e->r->period.from, out);
    case KXI_SLOT_TO:
        return constant_day(e, e->r->period.to, out);
    case KXI_SLOT_FOLD:
        return spread(e, slot->fold, out);
    case KXI_SLOT_COVERAGE:
    case KXI_SLOT_MET:
    case KXI_SLOT_SHORT:
    case KXI_SLOT_CELLS:
        return groups_column(e, index, out);
    case KXI_SLOT_LABEL:
        return label_column(e, slot->node, out);
    case KXI_SLOT_MARK:
    case KXI_SLOT_VALUE:
    case KXI_SLOT_POINTS:
    case KXI_SLOT_FULL:
    case KXI_SLOT_TOTAL:
        return node_column(e, slot, out);
    case KXI_SLOT_RANK:
        return rank_column(e, out);
    default:
        return kxi_engine_cohort(e, slot, out);
    }
}

/* Slots of the node at hand change while it is scored, so they are made anew each time. */
static bool
keeps(enum kxi_slot_kind kind)
{
    switch (kind) {
    case KXI_SLOT_MARK:
    case KXI_SLOT_LABEL:
    case KXI_SLOT_VALUE:
    case KXI_SLOT_FULL:
        return false;
    default:
        return true;
    }
}

kx_status
kxi_engine_slot(kxi_engine *e, uint32_t slot, kxi_vec *out)
{
    if (!e->slot_made[slot]) {
        KXI_TRY(make_slot(e, slot, &e->slots[slot]));
        e->slot_made[slot] = keeps(e->r->slots[slot].kind);
    }
    *out = e->slots[slot];
    return KX_OK;
}
