/* Programs: condition and value of a measure, decided per entry of a dictionary where that is possible. */
#include "tally/job.h"

static kx_status
where_table(const kxi_job *job, kxi_program *p, uint32_t domain, const kxi_vec *lanes)
{
    size_t n = (size_t)kxi_rowset_size(job->rs, domain - KXI_DOMAIN_FIRST) + 1;
    uint32_t *table = kxi_arena_array(job->arena, n, sizeof(*table));
    uint8_t *unknown = kxi_arena_array(job->arena, n, 1);
    bool any = false;
    if (!table || !unknown)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        table[i] = kxi_vec_true(lanes, i) ? 0 : KXI_DEAD;
        unknown[i] = kxi_vec_state(lanes, i) != KXI_IS_KNOWN;
        any |= unknown[i];
    }
    p->where = KXI_WHERE_ENTRY;
    p->where_column = domain - KXI_DOMAIN_FIRST;
    p->where_table = table;
    p->where_unknown = any ? unknown : NULL;
    return KX_OK;
}

static kx_status
plan_where(const kxi_job *job, kxi_program *p, const kxi_source *source)
{
    uint32_t domain;
    const kxi_vec *lanes;
    p->where = KXI_WHERE_ALWAYS;
    if (!p->m->where)
        return KX_OK;
    kx_status st = kxi_expr_prepare(p->m->where, source, job->arena, job->rs->u->ctx->max_digits, &p->condition);
    p->where = KXI_WHERE_ROW;
    if (st != KX_OK || !kxi_prepared_table(p->condition, &domain, &lanes))
        return st;
    if (domain >= KXI_DOMAIN_FIRST)
        return where_table(job, p, domain, lanes);
    p->where = kxi_vec_state(lanes, 0) != KXI_IS_KNOWN ? KXI_WHERE_UNKNOWN
               : kxi_vec_true(lanes, 0)                ? KXI_WHERE_ALWAYS
                                                       : KXI_WHERE_NEVER;
    return KX_OK;
}

static kx_status
plan_texts(const kxi_job *job, kxi_program *p, uint32_t domain, const kxi_vec *lanes)
{
    size_t n = (size_t)kxi_rowset_size(job->rs, domain - KXI_DOMAIN_FIRST) + 1;
    uint32_t *codes = kxi_arena_array(job->arena, n, sizeof(*codes));
    if (!codes)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        uint8_t state = kxi_vec_state(lanes, i);
        kx_status st = KX_OK;
        codes[i] = KXI_TEXT_STATE | state;
        if (state == KXI_IS_KNOWN)
            st = kxi_strmap_add(&p->value_texts, lanes->v.texts[kxi_vec_lane(lanes, i)], &codes[i], NULL);
        if (st != KX_OK)
            return st;
    }
    p->value_codes = codes;
    p->value_column = domain - KXI_DOMAIN_FIRST;
    return KX_OK;
}

static kx_status
plan_value(const kxi_job *job, kxi_program *p, const kxi_source *source)
{
    uint32_t digits = job->rs->u->ctx->max_digits, domain;
    const kxi_vec *lanes;
    kx_status st = KX_OK;
    if (p->m->value)
        st = kxi_expr_prepare(p->m->value, source, job->arena, digits, &p->value);
    if (st == KX_OK && p->m->then)
        st = kxi_expr_prepare(p->m->then, source, job->arena, digits, &p->then);
    if (st == KX_OK && p->value && kxi_expr_type(p->m->value) == KXI_V_TEXT &&
        kxi_prepared_table(p->value, &domain, &lanes) && domain >= KXI_DOMAIN_FIRST)
        st = plan_texts(job, p, domain, lanes);
    return st;
}

static kx_status
plan_place(kxi_job *job, kxi_program *p, uint32_t fold, kxi_diag *d)
{
    if (p->m->over_all || job->rs->table == KXI_NONE)
        return KX_OK;
    kxi_factor wanted = { .m = p->m, .part_count = 1, .when = p->when, .days = p->base.days };
    wanted.kind = kxi_part_source(job->rs, p->m, NULL, &wanted.column);
    kx_status st = kxi_job_factor(job, fold, &wanted, &p->place, d);
    p->same_place = (uint32_t)(p - job->programs);
    for (uint32_t i = 0; st == KX_OK && i < p->same_place; i++)
        if (job->programs[i].place == p->place && job->programs[i].same_base == p->same_base)
            p->same_place = i;
    return st;
}

static kx_status
fill_program(kxi_job *job, kxi_program *p, uint32_t fold, kxi_diag *d)
{
    kxi_reader reader = { job->rs, p->when, job->tables, NULL };
    const kxi_source source = kxi_reader_source(&reader);
    const kxi_expr *exprs[] = { p->m->where, p->m->value, p->m->then };
    kxi_strmap_init(&p->value_texts, job->arena->mem);
    for (size_t i = 0; i < 3; i++)
        if (kxi_reader_look_up(job->rs, exprs[i], job->arena, job->tables) != KX_OK)
            return KX_E_NOMEM;
    kx_status st = plan_where(job, p, &source);
    if (st == KX_OK)
        st = plan_value(job, p, &source);
    if (st == KX_E_LIMIT)
        return KXI_FAIL(d, TALLY_DIGITS, KXI_NOWHERE, KXI_A_STR(p->m->name));
    return st == KX_OK ? plan_place(job, p, fold, d) : st;
}

kx_status
kxi_job_program(kxi_job *job, kxi_plan *plan, kxi_fold_time when, kxi_diag *d)
{
    kxi_program wanted = { .m = plan->m, .shift = job->rs->u->rules->folds[plan->fold].shift, .when = when };
    kx_status st = kxi_base_make(job, plan, when, &wanted.base);
    if (st != KX_OK)
        return st;
    for (size_t i = 0; i < job->program_count; i++)
        if (job->programs[i].m == wanted.m && job->programs[i].shift == wanted.shift &&
            kxi_base_same(&job->programs[i].base, &wanted.base)) {
            plan->program = (uint32_t)i;
            return KX_OK;
        }
    plan->program = wanted.same_base = (uint32_t)job->program_count;
    for (uint32_t i = 0; i < plan->program; i++)
        if (kxi_base_same(&job->programs[i].base, &wanted.base)) {
            wanted.same_base = i;
            break;
        }
    job->programs[job->program_count] = wanted;
    return fill_program(job, &job->programs[job->program_count++], plan->fold, d);
}
