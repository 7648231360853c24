/* Grades: the first whose condition holds, gates, then places from the top; who finds none tries the next grade. */
#include "score/engine.h"

struct grading {
    kxi_engine *e;
    kxi_vec *when;      /* by grade; of type NULL: always */
    kxi_vec *gate;      /* by gate */
    uint32_t *admitted; /* by cohort */
    bool *settled;      /* a forced grade takes no place and gives none back */
};

static bool
holds(const struct grading *g, size_t grade, uint32_t subject)
{
    return !g->e->r->grades[grade].when || kxi_vec_true(&g->when[grade], subject);
}

/* The first grade from `from` on whose condition holds. */
static uint32_t
first_grade(const struct grading *g, uint32_t subject, size_t from)
{
    for (size_t i = from; i < g->e->r->grade_count; i++)
        if (holds(g, i, subject))
            return (uint32_t)i;
    return KXI_NONE;
}

static void
apply_gate(const struct grading *g, size_t index, uint32_t subject)
{
    const kxi_gate *gate = &g->e->r->gates[index];
    kxi_standing *s = &g->e->standings[subject];
    if (!kxi_vec_true(&g->gate[index], subject))
        return;
    if (gate->effect == KXI_GATE_GRADE) {
        s->grade = gate->grade;
        g->settled[subject] = true;
    } else if (gate->effect == KXI_GATE_CEILING && s->grade != KXI_NONE && s->grade < gate->grade) {
        s->grade = gate->grade;
    }
}

/* The best grade that a ceiling before the places leaves open. */
static uint32_t
ceiling_of(const struct grading *g, uint32_t subject)
{
    uint32_t best = 0;
    for (size_t i = 0; i < g->e->r->gate_count; i++) {
        const kxi_gate *gate = &g->e->r->gates[i];
        if (gate->effect == KXI_GATE_CEILING && !gate->after && kxi_vec_true(&g->gate[i], subject) &&
            gate->grade > best)
            best = gate->grade;
    }
    return best;
}

static void
grade_by_score(struct grading *g)
{
    kxi_engine *e = g->e;
    for (uint32_t i = 0; i < e->n; i++) {
        kxi_standing *s = &e->standings[i];
        s->grade = s->grade_by_score = s->admitted && s->complete ? first_grade(g, i, 0) : KXI_NONE;
        if (!s->admitted)
            continue;
        for (size_t k = 0; k < e->r->gate_count; k++)
            if (!e->r->gates[k].after)
                apply_gate(g, k, i);
    }
}

/* ---- places ---- */

struct cut {
    struct grading *g;
    uint32_t grade, cohort;
    uint32_t *list; /* candidates, best first */
    size_t count;
};

static uint32_t
position(const kxi_engine *e, uint32_t subject)
{
    return e->standings[subject].has_rank ? e->standings[subject].rank : UINT32_MAX;
}

static void
candidates(struct cut *c)
{
    kxi_engine *e = c->g->e;
    c->count = 0;
    for (uint32_t i = e->order_first[c->cohort]; i < e->order_first[c->cohort + 1]; i++)
        if (e->standings[e->order[i]].grade == c->grade && !c->g->settled[e->order[i]])
            c->list[c->count++] = e->order[i];
}

/* Of the cohort: all that are admitted, or those for whom the grade's condition holds. */
static int64_t
members(const struct cut *c)
{
    const kxi_engine *e = c->g->e;
    int64_t n = 0;
    if (e->r->grades[c->grade].of_admitted)
        return c->g->admitted[c->cohort];
    for (uint32_t i = e->order_first[c->cohort]; i < e->order_first[c->cohort + 1]; i++)
        n += holds(c->g, c->grade, e->order[i]);
    return n;
}

static kx_status
place_count(struct cut *c, size_t *out, bool *known)
{
    kxi_engine *e = c->g->e;
    const kxi_grade *grade = &e->r->grades[c->grade];
    kxi_vec v;
    kxi_num n;
    int64_t whole = 0;
    *known = false;
    *out = 0;
    if (!c->count)
        return KX_OK;
    KXI_TRY(kxi_engine_eval(e, grade->share ? grade->share : grade->number, &v));
    if (kxi_vec_state(&v, c->list[0]) != KXI_IS_KNOWN)
        return KX_OK;
    KXI_NUM(e, kxi_vec_num(e->num, &v, c->list[0], &n));
    if (grade->share)
        KXI_NUM(e, kxi_num_mul(e->num, n, kxi_num_int(members(c)), &n));
    KXI_NUM(e, kxi_num_round(e->num, n, grade->round == KXI_ROUND_NONE ? KXI_ROUND_FLOOR : grade->round, 0, &n));
    *known = true;
    if (kxi_num_to_int(n, &whole) && whole > 0)
        *out = (size_t)whole;
    return KX_OK;
}

static void
send_on(struct cut *c, uint32_t subject)
{
    kxi_standing *s = &c->g->e->standings[subject];
    uint32_t ceiling = ceiling_of(c->g, subject);
    s->missed_place = true;
    s->grade = first_grade(c->g, subject, c->grade + 1 > ceiling ? c->grade + 1 : ceiling);
}

static kx_status
tied_cut(struct cut *c, size_t places, size_t first, size_t last)
{
    kxi_engine *e = c->g->e;
    kxi_diag all = { .language = e->ctx->language, .all = &e->s->findings };
    for (size_t i = first; i < last; i++)
        e->standings[c->list[i]].place_open = e->r->grades[c->grade].ties == KXI_CUT_OPEN;
    kxi_str cohort = e->u->cohort_names[c->cohort], names;
    KXI_TRY(kxi_engine_names(e, c->list + first, last - first, &names));
    return KXI_FAIL(&all, PLACE_TIE, KXI_NOWHERE, KXI_A_INT(last - first), KXI_A_INT(places),
                    KXI_A_STR(e->r->grades[c->grade].name), KXI_A_STR(cohort.n ? cohort : e->r->title),
                    KXI_A_STR(names));
}

static kx_status
cut_places(struct cut *c)
{
    kxi_engine *e = c->g->e;
    size_t places, kept;
    bool known;
    candidates(c);
    KXI_TRY(place_count(c, &places, &known));
    if (c->count <= places || !known)
        places = known ? c->count : 0;
    kept = places;
    if (places < c->count && places && position(e, c->list[places - 1]) == position(e, c->list[places])) {
        size_t first = places - 1, last = places + 1;
        while (first && position(e, c->list[first - 1]) == position(e, c->list[places]))
            first--;
        while (last < c->count && position(e, c->list[last]) == position(e, c->list[places]))
            last++;
        kept = e->r->grades[c->grade].ties == KXI_CUT_IN ? last : first;
        KXI_TRY(tied_cut(c, places, first, last));
    }
    for (size_t i = kept; i < c->count; i++)
        send_on(c, c->list[i]);
    return KX_OK;
}

static kx_status
give_places(struct grading *g)
{
    kxi_engine *e = g->e;
    struct cut c = { .g = g, .list = kxi_arena_array(e->a, e->n + 1u, sizeof(uint32_t)) };
    if (!c.list)
        return kxi_nomem(e->d);
    for (c.grade = 0; c.grade < e->r->grade_count; c.grade++)
        for (c.cohort = 0; e->r->grades[c.grade].places && c.cohort < e->u->cohort_count; c.cohort++)
            KXI_TRY(cut_places(&c));
    return KX_OK;
}

/* ---- gates that apply, and those that cannot be decided ---- */

static kx_status
list_gates(struct grading *g, uint32_t subject)
{
    kxi_engine *e = g->e;
    kxi_standing *s = &e->standings[subject];
    uint32_t *list = kxi_arena_array(e->a, e->r->gate_count + 1, sizeof(*list));
    kxi_diag all = { .language = e->ctx->language, .all = &e->s->findings };
    if (!list)
        return kxi_nomem(e->d);
    s->gates = list;
    for (size_t i = 0; i < e->r->gate_count; i++) {
        uint8_t state = kxi_vec_state(&g->gate[i], subject);
        if (kxi_vec_true(&g->gate[i], subject))
            list[s->gate_count++] = (uint32_t)i;
        if (state != KXI_IS_KNOWN)
            KXI_TRY(KXI_FAIL(&all, GATE_UNKNOWN, KXI_NOWHERE, KXI_A_STR(kxi_universe_key(e->u, subject)),
                             KXI_A_STR(kxi_universe_name(e->u, subject)), KXI_A_STR(e->r->gates[i].id),
                             KXI_A_CSTR(kxi_state_text(state, e->ctx->language))));
    }
    return KX_OK;
}

static void
after_places(struct grading *g, uint32_t subject)
{
    kxi_engine *e = g->e;
    kxi_standing *s = &e->standings[subject];
    for (size_t i = 0; i < e->r->gate_count; i++) {
        if (e->r->gates[i].after && s->admitted)
            apply_gate(g, i, subject);
        if (e->r->gates[i].effect == KXI_GATE_CANCEL && kxi_vec_true(&g->gate[i], subject)) {
            s->cancelled = true;
            s->grade = KXI_NONE;
        }
    }
}

kx_status
kxi_engine_grades(kxi_engine *e)
{
    struct grading g = { .e = e };
    g.when = kxi_arena_array(e->a, e->r->grade_count + 1, sizeof(*g.when));
    g.gate = kxi_arena_array(e->a, e->r->gate_count + 1, sizeof(*g.gate));
    g.settled = kxi_arena_array(e->a, e->n + 1u, sizeof(*g.settled));
    g.admitted = kxi_arena_array(e->a, e->u->cohort_count + 1u, sizeof(*g.admitted));
    if (!g.when || !g.gate || !g.settled || !g.admitted)
        return kxi_nomem(e->d);
    for (uint32_t i = 0; i < e->n; i++)
        g.admitted[e->u->cohorts[i]] += e->standings[i].admitted;
    for (size_t i = 0; i < e->r->grade_count; i++)
        KXI_TRY(kxi_engine_eval(e, e->r->grades[i].when, &g.when[i]));
    for (size_t i = 0; i < e->r->gate_count; i++)
        KXI_TRY(kxi_engine_eval(e, e->r->gates[i].when, &g.gate[i]));
    grade_by_score(&g);
    KXI_TRY(give_places(&g));
    for (uint32_t i = 0; i < e->n; i++) {
        after_places(&g, i);
        KXI_TRY(list_gates(&g, i));
    }
    return KX_OK;
}
