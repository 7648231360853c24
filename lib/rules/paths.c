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
    kxi_str rest = via->text;
    KXI_TRY(kxi_read_type(c, via, KXI_NODE_STRING));
    for (bool more = true; more && n < 8; n++) {
        const char *dot = memchr(rest.s, '.', rest.n);
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
    if (at != target)
        return KXI_FAIL(c->d, BAD_PATH, kxi_at(c, via), KXI_A_STR(via->text), KXI_A_STR(kxi_comp_table(c, table)->name),
                        KXI_A_STR(kxi_comp_table(c, target)->name));
    return path_of(c, columns[0], columns + 1, n - 1, target, out);
}

/* The only column of `table` that refers to `target`; *more names them when there are several. */
static uint32_t
direct(kxi_comp *c, uint32_t table, uint32_t target, size_t *found)
{
    const kxi_table_spec *t = kxi_comp_table(c, table);
    bool tree = table == c->r->schema.units.table;
    uint32_t column = KXI_NONE;
    for (uint32_t i = 0; i < t->column_count; i++)
        if (t->columns[i].target == target && !(tree && target == table)) {
            column = i;
            (*found)++;
        }
    return column;
}

static kx_status
ambiguous(kxi_comp *c, uint32_t table, uint32_t target, const kxi_node *where)
{
    const kxi_table_spec *t = kxi_comp_table(c, table);
    const char **names = kxi_arena_array(c->a, t->column_count + 1, sizeof(*names));
    size_t n = 0;
    kxi_str all;
    if (!names)
        return kxi_nomem(c->d);
    for (size_t i = 0; i < t->column_count; i++)
        if (t->columns[i].target == target)
            names[n++] = t->columns[i].name.s;
    KXI_TRY(kxi_join(c, names, &all));
    return KXI_FAIL(c->d, AMBIGUOUS_PATH, kxi_at(c, where), KXI_A_STR(t->name), KXI_A_STR(kxi_comp_table(c, target)->name),
                    KXI_A_STR(all));
}

kx_status
kxi_path_find(kxi_comp *c, uint32_t table, uint32_t target, const kxi_node *via, const kxi_node *where, kxi_path *out,
              bool *found)
{
    size_t count = 0;
    *out = (kxi_path){ KXI_NONE, KXI_NONE, NULL, 0 };
    *found = true;
    if (via)
        return path_said(c, table, target, via, out);
    if (table == target)
        return path_of(c, KXI_NONE, NULL, 0, target, out);
    uint32_t column = direct(c, table, target, &count);
    if (count > 1)
        return ambiguous(c, table, target, where);
    if (count == 1) {
        kxi_use_column(c, table, column);
        return path_of(c, column, NULL, 0, target, out);
    }
    const kxi_table_spec *t = kxi_comp_table(c, table);
    uint32_t first = KXI_NONE, second = KXI_NONE;
    for (uint32_t i = 0; i < t->column_count; i++) {
        size_t further = 0;
        uint32_t step = t->columns[i].target == KXI_NONE ? KXI_NONE : direct(c, t->columns[i].target, target, &further);
        if (further == 0)
            continue;
        count += further;
        first = i;
        second = step;
    }
    if (count > 1)
        return KXI_FAIL(c->d, AMBIGUOUS_PATH, kxi_at(c, where), KXI_A_STR(t->name),
                        KXI_A_STR(kxi_comp_table(c, target)->name), KXI_A_STR(kxi_column_list(c, table)));
    *found = count == 1;
    if (!*found)
        return KX_OK;
    kxi_use_column(c, table, first);
    kxi_use_column(c, t->columns[first].target, second);
    return path_of(c, first, &second, 1, target, out);
}
