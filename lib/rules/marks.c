/* Marks: what people entered for an indicator. A fold over the table `marks` for each track. */
#include "rules/compile.h"

static kx_status
text_literal(kxi_comp *c, kxi_buf *b, const char *column, kxi_str text)
{
    kxi_buf_cstr(b, column);
    kxi_buf_cstr(b, " == '");
    for (size_t i = 0; i < text.n; i++) {
        if (text.s[i] == '\'' || text.s[i] == '\\')
            kxi_buf_char(b, '\\');
        kxi_buf_char(b, text.s[i]);
    }
    kxi_buf_char(b, '\'');
    return b->failed ? kxi_nomem(c->d) : KX_OK;
}

static kx_status
compile_row_text(kxi_comp *c, kxi_str text, enum kxi_vtype want, const kxi_expr **out)
{
    /* A string node of our own, so that the row scope is used as for the scheme's own conditions. */
    kxi_node *node = kxi_arena_new(c->a, kxi_node);
    if (!node)
        return kxi_nomem(c->d);
    *node = *kxi_comp_node(c, c->node)->node;
    node->type = KXI_NODE_STRING;
    node->text = kxi_str_copy(c->a, text);
    return node->text.s ? kxi_compile_row(c, node, want, out) : kxi_nomem(c->d);
}

static kx_status
mark_fold(kxi_comp *c, const kxi_rule_node *n, uint32_t track, const char *column, uint32_t *fold)
{
    uint32_t table = kxi_comp_find_table(c, KXI_STR("marks"));
    const kxi_table_spec *t = kxi_comp_table(c, table);
    kxi_measure m = { .name = n->id,
                      .title = n->title,
                      .clause = n->clause,
                      .node = n->node,
                      .table = table,
                      .measure = KXI_NONE,
                      .op = KXI_OP_ONE,
                      .period = KXI_PERIOD_ALL };
    kxi_buf where;
    c->table = table;
    c->measure = KXI_NONE;
    kxi_use_table(c, table);
    kxi_buf_init(&where, &c->ctx->mem);
    kx_status st = text_literal(c, &where, "indicator", n->id);
    if (st == KX_OK && c->r->track_count) {
        kxi_buf_cstr(&where, " && ");
        st = text_literal(c, &where, "track", c->r->tracks[track]);
    }
    if (st == KX_OK)
        st = compile_row_text(c, kxi_buf_view(&where), KXI_V_BOOL, &m.where);
    kxi_buf_free(&where);
    KXI_TRY(st);
    KXI_TRY(compile_row_text(c, kxi_str_of(column), KXI_V_NULL, &m.value));
    m.type = kxi_expr_type(m.value);
    m.subject = (kxi_path){ c->r->subjects, kxi_spec_column(t, KXI_STR("subject")), NULL, 0 };
    m.unit = (kxi_path){ KXI_NONE, KXI_NONE, NULL, 0 };
    kxi_use_column(c, table, m.subject.column);
    uint32_t *keep = kxi_arena_array(c->a, 1, sizeof(*keep));
    if (!keep)
        return kxi_nomem(c->d);
    keep[0] = kxi_spec_column(t, KXI_STR("reason"));
    kxi_use_column(c, table, keep[0]);
    m.keep = keep;
    m.keep_count = 1;
    uint32_t index;
    KXI_TRY(kxi_list_push(c, &c->measures, &m, &index));
    return kxi_fold_of(c, index, false, 0, fold);
}

kx_status
kxi_compile_marks(kxi_comp *c, uint32_t node)
{
    size_t tracks = c->r->track_count ? c->r->track_count : 1;
    kxi_rule_node *n = kxi_comp_node(c, node);
    bool labels = n->curve.kind == KXI_CURVE_MAP || n->curve.kind == KXI_CURVE_RANGE;
    uint32_t *folds = kxi_arena_array(c->a, tracks * 2, sizeof(*folds));
    if (!folds)
        return kxi_nomem(c->d);
    for (uint32_t i = 0; i < tracks; i++) {
        folds[tracks + i] = KXI_NONE;
        KXI_TRY(mark_fold(c, kxi_comp_node(c, node), i, "value", &folds[i]));
        if (labels)
            KXI_TRY(mark_fold(c, kxi_comp_node(c, node), i, "label", &folds[tracks + i]));
    }
    kxi_comp_node(c, node)->marks = folds;
    return KX_OK;
}
