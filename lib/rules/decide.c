/* Decisions over the cohort: rank, gates, grades. */
#include "rules/compile.h"

static kx_status
compile_rank(kxi_comp *c, const kxi_node *rank)
{
    static const char *const known[] = { "by", "ties", NULL };
    static const char *const ties[] = { "competition", "dense", "modified", "open", NULL };
    int chosen = 0;
    if (!rank)
        return KX_OK;
    KXI_TRY(kxi_read_keys(c, rank, "rank", known));
    const kxi_node *by = kxi_node_get(rank, "by"), *how = kxi_node_get(rank, "ties");
    if (!how)
        return KXI_FAIL(c->d, TIES_NOT_SAID, kxi_at(c, rank), KXI_A_CSTR("rank"),
                        KXI_A_CSTR("competition, dense, modified, open"));
    KXI_TRY(kxi_read_choice(c, how, ties, &chosen));
    c->r->ties = (enum kxi_ties)chosen;
    if (!by)
        return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, rank), KXI_A_CSTR("rank"), KXI_A_CSTR("by"));
    KXI_TRY(kxi_read_type(c, by, KXI_NODE_ARRAY));
    KXI_TRY(kxi_read_not_empty(c, by));
    const kxi_expr **list = kxi_arena_array(c->a, by->count + 1u, sizeof(*list));
    if (!list)
        return kxi_nomem(c->d);
    kxi_node_each (item, by)
        KXI_NEXT(c, kxi_compile_subject(c, item, KXI_V_NUMBER, &list[c->r->rank_by_count++]));
    c->r->rank_by = list;
    return KX_OK;
}

static kx_status
check_places(kxi_comp *c, const kxi_node *said, const kxi_grade *grade)
{
    kxi_numctx num = { c->a, c->ctx->max_digits };
    kxi_num n;
    int above = 0;
    if (!kxi_expr_constant_number(grade->share ? grade->share : grade->number, &n))
        return KX_OK;
    if (grade->share)
        KXI_TRY(kxi_num_status(c, said, kxi_num_cmp(&num, n, kxi_num_int(1), &above)));
    return kxi_num_sign(n) < 0 || above > 0 ? KXI_FAIL(c->d, PLACES_RANGE, kxi_at(c, said), KXI_A_STR(said->text))
                                            : KX_OK;
}

static kx_status
read_places(kxi_comp *c, const kxi_node *places, kxi_grade *grade)
{
    static const char *const known[] = { "share", "number", "of", "round", "ties", NULL };
    static const char *const ofs[] = { "admitted", "qualified", NULL };
    static const char *const ties[] = { "out", "in", "open", NULL };
    static const char *const rounds[] = { "half-up", "half-even", "truncate", "floor", "ceil", NULL };
    int of = 0, tie = 0, round = KXI_ROUND_FLOOR - 1; /* there is no half a place, so "none" is not among them */
    KXI_TRY(kxi_read_keys(c, places, "places", known));
    const kxi_node *share = kxi_node_get(places, "share"), *number = kxi_node_get(places, "number");
    if (!share == !number)
        return KXI_FAIL0(c->d, PLACES_FORM, kxi_at(c, places));
    if (!kxi_node_get(c->r->doc->root, "rank"))
        return KXI_FAIL(c->d, RANK_NOT_SAID, kxi_at(c, places), KXI_A_CSTR("places"));
    if (!kxi_node_get(places, "ties"))
        return KXI_FAIL(c->d, TIES_NOT_SAID, kxi_at(c, places), KXI_A_CSTR("places"), KXI_A_CSTR("out, in, open"));
    if (share && !kxi_node_get(places, "round"))
        return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, places), KXI_A_CSTR("places"), KXI_A_CSTR("round"));
    KXI_TRY(kxi_read_choice(c, kxi_node_get(places, "of"), ofs, &of));
    KXI_TRY(kxi_read_choice(c, kxi_node_get(places, "ties"), ties, &tie));
    KXI_TRY(kxi_read_choice(c, kxi_node_get(places, "round"), rounds, &round));
    grade->places = true;
    grade->of_admitted = of == 0;
    grade->ties = (enum kxi_cut_ties)tie;
    grade->round = (enum kxi_round_mode)(round + 1);
    KXI_TRY(kxi_compile_subject(c, share ? share : number, KXI_V_NUMBER, share ? &grade->share : &grade->number));
    return check_places(c, share ? share : number, grade);
}

static kx_status
compile_grade(kxi_comp *c, const kxi_node *node, kxi_grade *grade)
{
    static const char *const known[] = { "name", "when", "places", NULL };
    const kxi_node *when, *places;
    KXI_TRY(kxi_read_keys(c, node, "grade", known));
    grade->node = node;
    KXI_TRY(kxi_read_text(c, node, "name", true, "grade", &grade->name));
    when = kxi_node_get(node, "when");
    places = kxi_node_get(node, "places");
    if (when)
        KXI_NEXT(c, kxi_compile_subject(c, when, KXI_V_BOOL, &grade->when));
    return places ? read_places(c, places, grade) : KX_OK;
}

static kx_status
compile_grades(kxi_comp *c, const kxi_node *list)
{
    if (!list)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, list, KXI_NODE_ARRAY));
    kxi_grade *grades = kxi_arena_array(c->a, list->count + 1u, sizeof(*grades));
    if (!grades)
        return kxi_nomem(c->d);
    c->r->grades = grades;
    kxi_node_each (node, list) {
        kxi_grade *grade = &grades[c->r->grade_count];
        grade->name = KXI_STR("");
        KXI_NEXT(c, compile_grade(c, node, grade));
        for (size_t i = 0; i < c->r->grade_count; i++)
            if (grade->name.n && kxi_str_eq(grades[i].name, grade->name))
                KXI_NEXT(c,
                         KXI_FAIL(c->d, DUPLICATE_NAME, kxi_at(c, node), KXI_A_STR(grade->name), KXI_A_CSTR("grades")));
        c->r->grade_count++;
    }
    return KX_OK;
}

static kx_status
grade_named(kxi_comp *c, const kxi_node *node, uint32_t *out)
{
    KXI_TRY(kxi_read_type(c, node, KXI_NODE_STRING));
    const char **names = kxi_arena_array(c->a, c->r->grade_count + 1, sizeof(*names));
    if (!names)
        return kxi_nomem(c->d);
    for (uint32_t i = 0; i < c->r->grade_count; i++) {
        names[i] = c->r->grades[i].name.s;
        if (kxi_str_eq(c->r->grades[i].name, node->text)) {
            *out = i;
            return KX_OK;
        }
    }
    kxi_str all;
    KXI_TRY(kxi_join(c, names, &all));
    return KXI_FAIL(c->d, UNKNOWN_GRADE, kxi_at(c, node), KXI_A_STR(node->text), KXI_A_STR(all));
}

static kx_status
gate_effect(kxi_comp *c, const kxi_node *node, kxi_gate *gate)
{
    const kxi_node *grade = kxi_node_get(node, "grade"), *ceiling = kxi_node_get(node, "ceiling");
    const kxi_node *admit = kxi_node_get(node, "admit"), *cancel = kxi_node_get(node, "cancel");
    bool admits = true, cancels = false;
    if (!!grade + !!ceiling + !!admit + !!cancel != 1)
        return KXI_FAIL(c->d, GATE_EFFECT, kxi_at(c, node), KXI_A_STR(gate->id));
    gate->grade = KXI_NONE;
    KXI_TRY(kxi_read_bool(c, node, "admit", &admits));
    KXI_TRY(kxi_read_bool(c, node, "cancel", &cancels));
    if ((admit && admits) || (cancel && !cancels))
        return KXI_FAIL(c->d, GATE_EFFECT, kxi_at(c, node), KXI_A_STR(gate->id));
    gate->effect = grade ? KXI_GATE_GRADE : ceiling ? KXI_GATE_CEILING : admit ? KXI_GATE_ADMIT : KXI_GATE_CANCEL;
    if (admit || cancel)
        return kxi_read_not_here(c, node, "after", "grade, ceiling");
    return grade_named(c, grade ? grade : ceiling, &gate->grade);
}

static kx_status
compile_gate(kxi_comp *c, const kxi_node *node, kxi_gate *gate)
{
    static const char *const known[] = { "id",      "title", "clause", "when",  "grade",
                                         "ceiling", "admit", "cancel", "after", NULL };
    static const char *const afters[] = { "places", NULL };
    const kxi_node *when, *after;
    int chosen = 0;
    KXI_TRY(kxi_read_keys(c, node, "gate", known));
    gate->node = node;
    KXI_TRY(kxi_read_text(c, node, "id", true, "gate", &gate->id));
    KXI_TRY(kxi_read_text(c, node, "title", false, "", &gate->title));
    KXI_TRY(kxi_read_text(c, node, "clause", false, "", &gate->clause));
    when = kxi_node_get(node, "when");
    after = kxi_node_get(node, "after");
    if (!when)
        return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, node), KXI_A_CSTR("gate"), KXI_A_CSTR("when"));
    KXI_NEXT(c, kxi_read_choice(c, after, afters, &chosen));
    gate->after = after != NULL;
    KXI_NEXT(c, kxi_compile_subject(c, when, KXI_V_BOOL, &gate->when));
    return gate_effect(c, node, gate);
}

static kx_status
compile_gates(kxi_comp *c, const kxi_node *list)
{
    if (!list)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, list, KXI_NODE_ARRAY));
    kxi_gate *gates = kxi_arena_array(c->a, list->count + 1u, sizeof(*gates));
    if (!gates)
        return kxi_nomem(c->d);
    kxi_node_each (node, list) {
        kxi_gate *gate = &gates[c->r->gate_count];
        gate->id = KXI_STR("");
        KXI_NEXT(c, compile_gate(c, node, gate));
        for (size_t i = 0; i < c->r->gate_count; i++)
            if (gate->id.n && kxi_str_eq(gates[i].id, gate->id))
                KXI_NEXT(c, KXI_FAIL(c->d, DUPLICATE_NAME, kxi_at(c, node), KXI_A_STR(gate->id), KXI_A_CSTR("gates")));
        c->r->gate_count++;
    }
    c->r->gates = gates;
    return KX_OK;
}

kx_status
kxi_compile_decisions(kxi_comp *c, const kxi_node *root)
{
    c->node = KXI_NONE;
    KXI_NEXT(c, compile_rank(c, kxi_node_get(root, "rank")));
    KXI_NEXT(c, compile_grades(c, kxi_node_get(root, "grades")));
    KXI_NEXT(c, compile_gates(c, kxi_node_get(root, "gates")));
    return KX_OK;
}
