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

/* The worst of the grades that gates force, or leave open at best; KXI_NONE when none applies. The order in which gates
 * are written decides nothing. */
static uint32_t
gated(const struct grading *g, uint32_t subject, int effect, bool after)
{
    uint32_t worst = KXI_NONE;
    for (size_t i = 0; i < g->e->r->gate_count; i++) {
        const kxi_gate *gate = &g->e->r->gates[i];
        if ((int)gate->effect == effect && gate->after == after && kxi_vec_true(&g->gate[i], subject) &&
            (worst == KXI_NONE || gate->grade > worst))
            worst = gate->grade;
    }
    return worst;
}

/* A forced grade, then no better one than the ceiling. */
static void
apply_gates(const struct grading *g, uint32_t subject, bool after)
{
    kxi_standing *s = &g->e->standings[subject];
    uint32_t forced = gated(g, subject, KXI_GATE_GRADE, after), ceiling = gated(g, subject, KXI_GATE_CEILING, after);
    if (forced != KXI_NONE) {
        s->grade = forced;
        g->settled[subject] = true;
    }
    if (ceiling != KXI_NONE && s->grade != KXI_NONE && s->grade < ceiling)
        s->grade = ceiling;
}

static void
grade_by_score(struct grading *g)
{
    kxi_engine *e = g->e;
    for (uint32_t i = 0; i < e->n; i++) {
        kxi_standing *s = &e->standings[i];
        s->grade = s->grade_by_score = s->admitted && s->complete ? first_grade(g, i, 0) : KXI_NONE;
        if (s->admitted)
            apply_gates(g, i, false);
    }
}

/* ---- places ---- */

struct cut {
    struct grading *g;
    uint32_t grade, cohort;
    uint32_t *list; /* candidates, best first; behind them those who have no rank */
    size_t count, unranked;
};

static uint32_t
position(const kxi_engine *e, uint32_t subject)
{
    return e->standings[subject].has_rank ? e->standings[subject].rank : UINT32_MAX;
}

static bool
competes(const struct cut *c, uint32_t subject)
{
    return c->g->e->standings[subject].grade == c->grade && !c->g->settled[subject];
}

static void
candidates(struct cut *c)
{
    kxi_engine *e = c->g->e;
    c->count = c->unranked = 0;
    for (uint32_t i = e->order_first[c->cohort]; i < e->order_first[c->cohort + 1]; i++)
        if (competes(c, e->order[i]))
            c->list[c->count++] = e->order[i];
    for (uint32_t i = 0; i < e->n; i++)
        if (e->u->cohorts[i] == c->cohort && !e->standings[i].has_rank && competes(c, i))
            c->list[c->count + c->unranked++] = i;
}

/* Of the cohort: all that are admitted, or those for whom the grade's condition holds. */
static int64_t
members(const struct cut *c)
{
    const kxi_engine *e = c->g->e;
    int64_t n = 0;
    if (e->r->grades[c->grade].of_admitted)
        return c->g->admitted[c->cohort];
    for (uint32_t i = 0; i < e->n; i++)
        n += e->u->cohorts[i] == c->cohort && e->standings[i].admitted && e->standings[i].complete &&
             holds(c->g, c->grade, i);
    return n;
}

/* The share or number that is said, which is one for the whole cohort. */
static kx_status
places_said(struct cut *c, kxi_num *out, bool *known)
{
    kxi_engine *e = c->g->e;
    const kxi_grade *grade = &e->r->grades[c->grade];
    kxi_vec v;
    KXI_TRY(kxi_engine_eval(e, grade->share ? grade->share : grade->number, &v));
    *known = true;
    for (size_t i = 0; *known && i < c->count; i++) {
        kxi_num n;
        *known = kxi_vec_state(&v, c->list[i]) == KXI_IS_KNOWN;
        if (!*known)
            break;
        KXI_NUM(e, kxi_vec_num(e->num, &v, c->list[i], &n));
        *known = i == 0 || kxi_num_eq(n, *out);
        *out = n;
    }
    int above = 0;
    if (grade->share)
        KXI_NUM(e, kxi_num_cmp(e->num, *out, kxi_num_int(1), &above));
    *known &= kxi_num_sign(*out) >= 0 && above <= 0;
    return KX_OK;
}

static kx_status
place_count(struct cut *c, size_t *out, bool *known)
{
    kxi_engine *e = c->g->e;
    const kxi_grade *grade = &e->r->grades[c->grade];
    kxi_num n = kxi_num_int(0);
    int64_t whole = 0;
    *out = 0;
    KXI_TRY(places_said(c, &n, known));
    if (!*known)
        return KX_OK;
    if (grade->share)
        KXI_NUM(e, kxi_num_mul(e->num, n, kxi_num_int(members(c)), &n));
    KXI_NUM(e, kxi_num_round(e->num, n, grade->round, 0, &n));
    if (kxi_num_to_int(n, &whole) && whole > 0)
        *out = (size_t)whole;
    return KX_OK;
}

static void
send_on(struct cut *c, uint32_t subject)
{
    kxi_standing *s = &c->g->e->standings[subject];
    uint32_t ceiling = gated(c->g, subject, KXI_GATE_CEILING, false);
    s->missed_place = true;
    s->grade = first_grade(c->g, subject, ceiling != KXI_NONE && ceiling > c->grade ? ceiling : c->grade + 1);
}

static kx_status
leave_open(struct cut *c, size_t first, size_t last, kxi_str *names)
{
    kxi_engine *e = c->g->e;
    for (size_t i = first; i < last; i++)
        e->standings[c->list[i]].place_open = true;
    return kxi_engine_names(e, c->list + first, last - first, names);
}

static kxi_str
cohort_name(const struct cut *c)
{
    kxi_str name = c->g->e->u->cohort_names[c->cohort];
    return name.n ? name : c->g->e->r->title;
}

static kx_status
tied_cut(struct cut *c, size_t places, size_t first, size_t last)
{
    kxi_engine *e = c->g->e;
    kxi_diag all = { .language = e->ctx->language, .all = &e->s->findings };
    kxi_str names;
    KXI_TRY(e->r->grades[c->grade].ties == KXI_CUT_OPEN ? leave_open(c, first, last, &names)
                                                        : kxi_engine_names(e, c->list + first, last - first, &names));
    return KXI_FAIL(&all, PLACE_TIE, KXI_NOWHERE, KXI_A_INT(last - first), KXI_A_INT(places),
                    KXI_A_STR(e->r->grades[c->grade].name), KXI_A_STR(cohort_name(c)), KXI_A_STR(names));
}

/* Who has no rank cannot be placed, nobody can when the number of places is not known: that is left open. */
static kx_status
undecided(struct cut *c, size_t first, size_t last)
{
    kxi_engine *e = c->g->e;
    kxi_diag all = { .language = e->ctx->language, .all = &e->s->findings };
    kxi_str names;
    if (first == last)
        return KX_OK;
    KXI_TRY(leave_open(c, first, last, &names));
    for (size_t i = first; i < last; i++)
        send_on(c, c->list[i]);
    return KXI_FAIL(&all, PLACES_UNKNOWN, KXI_NOWHERE, KXI_A_STR(e->r->grades[c->grade].name),
                    KXI_A_STR(cohort_name(c)), KXI_A_STR(names));
}

/* How it came that some of those who qualify have no place. */
static kx_status
places_full(struct cut *c, size_t places, size_t kept)
{
    kxi_engine *e = c->g->e;
    kxi_diag all = { .language = e->ctx->language, .all = &e->s->findings };
    return KXI_FAIL(&all, PLACES_FULL, KXI_NOWHERE, KXI_A_STR(e->r->grades[c->grade].name), KXI_A_STR(cohort_name(c)),
                    KXI_A_INT(members(c)), KXI_A_INT(places), KXI_A_INT(c->count), KXI_A_INT(kept));
}

static kx_status
cut_places(struct cut *c)
{
    kxi_engine *e = c->g->e;
    size_t places, kept;
    bool known;
    candidates(c);
    KXI_TRY(undecided(c, c->count, c->count + c->unranked));
    KXI_TRY(place_count(c, &places, &known));
    if (!known)
        return undecided(c, 0, c->count);
    if (places > c->count)
        places = c->count;
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
    return kept < c->count ? places_full(c, places, kept) : KX_OK;
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

/* A condition of a better grade that cannot be decided, and a total that no grade takes. */
static kx_status
note_grade(struct grading *g, uint32_t subject)
{
    kxi_engine *e = g->e;
    const kxi_standing *s = &e->standings[subject];
    kxi_diag all = { .language = e->ctx->language, .all = &e->s->findings };
    kxi_str key = kxi_universe_key(e->u, subject), name = kxi_universe_name(e->u, subject), total;
    size_t last = s->grade_by_score == KXI_NONE ? e->r->grade_count : s->grade_by_score;
    if (!s->admitted || !s->complete)
        return KX_OK;
    for (size_t i = 0; i < last; i++) {
        uint8_t state = e->r->grades[i].when ? kxi_vec_state(&g->when[i], subject) : KXI_IS_KNOWN;
        if (state != KXI_IS_KNOWN)
            KXI_TRY(KXI_FAIL(&all, GRADE_UNKNOWN, KXI_NOWHERE, KXI_A_STR(key), KXI_A_STR(name),
                             KXI_A_STR(e->r->grades[i].name), KXI_A_CSTR(kxi_state_text(state, e->ctx->language))));
    }
    if (last < e->r->grade_count || !last)
        return KX_OK;
    KXI_NUM(e, kxi_num_print(e->num, s->total, &total));
    return KXI_FAIL(&all, NO_GRADE, KXI_NOWHERE, KXI_A_STR(key), KXI_A_STR(name), KXI_A_STR(total));
}

static void
after_places(struct grading *g, uint32_t subject)
{
    kxi_engine *e = g->e;
    kxi_standing *s = &e->standings[subject];
    if (s->admitted)
        apply_gates(g, subject, true);
    for (size_t i = 0; i < e->r->gate_count; i++) {
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
        KXI_TRY(note_grade(&g, i));
        KXI_TRY(list_gates(&g, i));
    }
    return KX_OK;
}
