/* How rows of one table lead to entities of another: a reference column, then references of what it refers to. */
#include "rules/compile.h"

static kx_status
path_of(kxi_comp *c, uint32_t column, const uint32_t *steps, size_t count, uint32_t target, kxi_path *out)
{
    uint32_t *copy = kxi_arena_array(c->a, count + 1, sizeof(*copy));
    if (!copy)
        return kxi_nomem(c->d);
    for (size_t i = 0; i < count; i++)
        copy[i] = steps[i];
    *out = (kxi_path){ target, column, copy, count };
    return KX_OK;
}

/* "lead", "contact.leader": every part but the last leads on, the last to the target. */
static kx_status
path_said(kxi_comp *c, uint32_t table, uint32_t target, const kxi_node *via, kxi_path *out)
{
    uint32_t columns[8], at = table;
    size_t n = 0;
    bool more = true;
    KXI_TRY(kxi_read_type(c, via, KXI_NODE_STRING));
    kxi_str rest = via->text;
    for (; more && n < 8; n++) {
        const char *dot = rest.n ? memchr(rest.s, '.', rest.n) : NULL;
        kxi_str name = dot ? (kxi_str){ rest.s, (size_t)(dot - rest.s) } : rest;
        more = dot != NULL;
        if (dot)
            rest = (kxi_str){ dot + 1, rest.n - name.n - 1 };
        KXI_TRY(kxi_column_named(c, via, at, name, &columns[n]));
        kxi_use_column(c, at, columns[n]);
        at = kxi_comp_table(c, at)->columns[columns[n]].target;
        if (at == KXI_NONE)
            break;
    }
    if (at != target || more)
        return KXI_FAIL(c->d, BAD_PATH, kxi_at(c, via), KXI_A_STR(via->text), KXI_A_STR(kxi_comp_table(c, table)->name),
                        KXI_A_STR(kxi_comp_table(c, target)->name));
    return path_of(c, columns[0], columns + 1, n - 1, target, out);
}

/* ---- the only way there is ---- */

/* Ways of one or two columns; the first of them is kept, and all are named when there are several. */
struct ways {
    kxi_comp *c;
    uint32_t target;
    uint32_t first, second; /* second KXI_NONE: one column leads there */
    size_t count;
    kxi_buf names; /* "lead, contact.leader" */
};

static void
add_way(struct ways *w, uint32_t table, uint32_t first, uint32_t second)
{
    const kxi_column_spec *column = &kxi_comp_table(w->c, table)->columns[first];
    if (w->count++ == 0) {
        w->first = first;
        w->second = second;
    } else {
        kxi_buf_cstr(&w->names, ", ");
    }
    kxi_buf_str(&w->names, column->name);
    if (second != KXI_NONE) {
        kxi_buf_char(&w->names, '.');
        kxi_buf_str(&w->names, kxi_comp_table(w->c, column->target)->columns[second].name);
    }
}

static void
find_ways(struct ways *w, uint32_t table)
{
    const kxi_table_spec *t = kxi_comp_table(w->c, table);
    for (uint32_t i = 0; i < t->column_count; i++)
        if (t->columns[i].target == w->target)
            add_way(w, table, i, KXI_NONE);
    bool direct = w->count > 0;
    for (uint32_t i = 0; !direct && i < t->column_count; i++) {
        uint32_t next = t->columns[i].target;
        const kxi_table_spec *further = next == KXI_NONE ? NULL : kxi_comp_table(w->c, next);
        for (uint32_t k = 0; further && k < further->column_count; k++)
            if (further->columns[k].target == w->target)
                add_way(w, table, i, k);
    }
}

static kx_status
take_way(const struct ways *w, uint32_t table, const kxi_node *where, kxi_path *out)
{
    const kxi_table_spec *t = kxi_comp_table(w->c, table);
    if (w->names.failed)
        return kxi_nomem(w->c->d);
    if (w->count > 1)
        return KXI_FAIL(w->c->d, AMBIGUOUS_PATH, kxi_at(w->c, where), KXI_A_STR(t->name),
                        KXI_A_STR(kxi_comp_table(w->c, w->target)->name), KXI_A_STR(kxi_buf_view(&w->names)));
    if (w->count == 0)
        return KX_OK;
    kxi_use_column(w->c, table, w->first);
    if (w->second == KXI_NONE)
        return path_of(w->c, w->first, NULL, 0, w->target, out);
    kxi_use_column(w->c, t->columns[w->first].target, w->second);
    return path_of(w->c, w->first, &w->second, 1, w->target, out);
}

kx_status
kxi_path_find(kxi_comp *c, uint32_t table, uint32_t target, const kxi_node *via, const kxi_node *where, kxi_path *out,
              bool *found)
{
    *out = (kxi_path){ KXI_NONE, KXI_NONE, NULL, 0 };
    *found = true;
    if (via)
        return path_said(c, table, target, via, out);
    if (table == target)
        return path_of(c, KXI_NONE, NULL, 0, target, out);
    struct ways w = { .c = c, .target = target, .first = KXI_NONE, .second = KXI_NONE };
    kxi_buf_init(&w.names, &c->ctx->mem);
    find_ways(&w, table);
    kx_status st = take_way(&w, table, where, out);
    kxi_buf_free(&w.names);
    *found = w.count > 0;
    return st;
}
