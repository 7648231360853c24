/* Any bytes as a scheme. What is refused says why and where; what is accepted is whole: every number in it leads somewhere,
 * nodes are ordered, and compiling it again comes to the same. Gathering all errors begins with the first. */
#include <stdlib.h>

#include "io/json.h"
#include "model/context.h"
#include "rules/rules.h"

enum { DEPTH = 40, DIGITS = 200 };

struct outcome {
    kx_error err;
    kxi_findings findings;
    kx_status status;
    kxi_rules *rules;
};

static void
must(bool holds)
{
    if (!holds)
        abort();
}

static void
compile(kx_context *ctx, kxi_str text, bool collect, struct outcome *o)
{
    kxi_doc *doc;
    *o = (struct outcome){ .err = KX_ERROR_INIT };
    kxi_findings_init(&o->findings, &ctx->mem, 200);
    kxi_diag d = { .language = KX_LANG_EN, .err = &o->err, .collect = collect, .all = &o->findings };
    o->status = kxi_json_parse(ctx, KXI_STR("fuzz.json"), text, &d, &doc);
    if (o->status == KX_OK)
        o->status = kxi_rules_compile(ctx, doc, &d, &o->rules);
    must(!o->rules == (o->status != KX_OK));
    must((o->err.status == KX_OK) == (o->status == KX_OK));
    must(o->status == KX_OK || (o->err.message[0] && o->err.line && o->err.column && o->err.offset <= text.n));
    must(o->findings.left_out || !collect || (o->findings.errors > 0) == (o->status != KX_OK));
    for (size_t i = 0; i < o->findings.count; i++)
        must(kxi_utf8_check(o->findings.items[i].text) == o->findings.items[i].text.n);
}

static void
release(struct outcome *o)
{
    kxi_rules_free(o->rules);
    kxi_findings_free(&o->findings);
}

/* ---- what is accepted ---- */

static void
check_path(const kxi_rules *r, uint32_t table, const kxi_path *p)
{
    if (p->target == KXI_NONE)
        return;
    const kxi_table_spec *t = &r->schema.tables[table];
    if (p->column != KXI_NONE) {
        must(p->column < t->column_count);
        table = t->columns[p->column].target;
    }
    for (size_t i = 0; i < p->step_count; i++) {
        must(table < r->schema.table_count && p->steps[i] < r->schema.tables[table].column_count);
        table = r->schema.tables[table].columns[p->steps[i]].target;
    }
    must(table == p->target);
}

static void
check_tables(const kxi_rules *r)
{
    for (size_t i = 0; i < r->schema.table_count; i++) {
        const kxi_table_spec *t = &r->schema.tables[i];
        const uint32_t columns[] = { t->key, t->date, t->from, t->to };
        for (size_t k = 0; k < 4; k++)
            must(columns[k] == KXI_NONE || columns[k] < t->column_count);
        for (size_t k = 0; k < t->column_count; k++)
            must(t->columns[k].target == KXI_NONE || r->schema.tables[t->columns[k].target].key != KXI_NONE);
        for (size_t k = 0; k < t->header_count; k++)
            must(t->headers[k].column < t->column_count);
    }
    must(r->subjects < r->schema.table_count && r->schema.tables[r->subjects].key != KXI_NONE);
}

static void
check_measures(const kxi_rules *r)
{
    for (uint32_t i = 0; i < r->measure_count; i++) {
        const kxi_measure *m = &r->measures[i];
        must((m->table == KXI_NONE) != (m->measure == KXI_NONE) && (m->measure == KXI_NONE || m->measure < i));
        must(m->table == KXI_NONE || m->table < r->schema.table_count);
        must(m->dim_count <= 16 && m->op < KXI_OP_COUNT_);
        must(m->table == KXI_NONE || m->over_all || m->subject.target == r->subjects);
        if (m->table != KXI_NONE) {
            check_path(r, m->table, &m->subject);
            check_path(r, m->table, &m->unit);
        }
        must(!(m->at_least || m->at_most) || m->type == KXI_V_NUMBER);
        for (size_t d = 0; d < m->dim_count; d++) {
            must(!m->at_least || KXI_DIM_CLOSED(&m->dims[d]));
            must(m->dims[d].kind != KXI_DIM_LIST || m->dims[d].value_count > 0);
        }
    }
    for (size_t i = 0; i < r->fold_count; i++)
        must(r->folds[i].measure < r->measure_count);
}

static void
check_slots(const kxi_rules *r, const kxi_expr *e, size_t count)
{
    const uint32_t *slots;
    size_t n = e ? kxi_expr_slots(e, &slots) : 0;
    for (size_t i = 0; i < n; i++)
        must(slots[i] < count);
    (void)r;
}

static void
check_nodes(const kxi_rules *r)
{
    size_t tracks = r->track_count ? r->track_count : 1;
    for (uint32_t i = 0; i < r->node_count; i++) {
        const kxi_rule_node *n = &r->nodes[i];
        const kxi_expr *const all[] = { n->points, n->applies, n->value, n->missing_value, n->weight,
                                        n->factor, n->floor,   n->cap,   n->zero_if };
        must((n->parent == KXI_NONE) == (i == 0) && (i == 0 || n->parent < i));
        must(n->scored == (n->first == KXI_NONE) && (n->next == KXI_NONE || n->next > i));
        must(!n->mark || (n->marks && !n->value && !n->check_count));
        for (size_t k = 0; n->mark && k < tracks * 2; k++)
            must(n->marks[k] < r->fold_count || (k >= tracks && n->marks[k] == KXI_NONE));
        for (size_t k = 0; k < sizeof(all) / sizeof(all[0]); k++)
            check_slots(r, all[k], r->slot_count);
    }
    for (size_t i = 0; i < r->slot_count; i++) {
        const kxi_slot *s = &r->slots[i];
        must(s->fold == KXI_NONE || s->fold < r->fold_count);
        must(s->node == KXI_NONE || s->node < r->node_count);
        check_slots(r, s->arg, r->slot_count);
    }
}

/* Each node once, after its parts, and rank. */
static void
check_order(const kxi_rules *r)
{
    uint32_t *place = calloc(r->node_count, sizeof(*place));
    must(place && r->order_count == r->node_count + 1);
    size_t ranks = 0;
    for (uint32_t i = 0; i < r->order_count; i++) {
        ranks += r->order[i] == KXI_ORDER_RANK;
        if (r->order[i] == KXI_ORDER_RANK)
            continue;
        must(r->order[i] < r->node_count && place[r->order[i]] == 0);
        place[r->order[i]] = i + 1;
    }
    must(ranks == 1);
    for (uint32_t i = 1; i < r->node_count; i++)
        must(place[i] < place[r->nodes[i].parent]);
    free(place);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    kx_context *ctx;
    struct outcome one, all;
    kxi_str text = { (const char *)data, size };
    options.max_depth = DEPTH;
    options.max_digits = DIGITS;
    must(kxi_context_new(&options, &ctx, NULL) == KX_OK);
    compile(ctx, text, false, &one);
    compile(ctx, text, true, &all);
    must((one.status == KX_OK) == (all.status == KX_OK) && one.err.code == all.err.code &&
         one.err.offset == all.err.offset);
    if (one.rules) {
        check_tables(one.rules);
        check_measures(one.rules);
        check_nodes(one.rules);
        check_order(one.rules);
        must(one.rules->slot_count == all.rules->slot_count && one.rules->fold_count == all.rules->fold_count &&
             one.rules->row_slot_count == all.rules->row_slot_count && one.findings.count == all.findings.count);
    }
    release(&one);
    release(&all);
    kxi_context_unref(ctx);
    return 0;
}
