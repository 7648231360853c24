/* rules/compile.h: what the files that compile a scheme share. Private to rules.
 *
 *   top level -> tables -> subjects -> measures -> score tree -> rank, gates, grades -> order
 *
 * Everything is kept in growing lists in the arena while names are still being met, and frozen into kxi_rules at the end.
 * With diag->collect an error in one part does not keep the others from being read: KXI_NEXT goes on to the next.
 */
#ifndef KXI_RULES_COMPILE_H
#define KXI_RULES_COMPILE_H

#include "rules/rules.h"

/* A growing list in the arena; items move when it grows. */
typedef struct kxi_list {
    void *items;
    size_t count, capacity, size;
} kxi_list;

typedef struct kxi_comp {
    kxi_rules *r;
    kxi_arena *a;
    kxi_diag *d;
    kx_context *ctx;
    const kxi_node *define; /* object or NULL */
    const kxi_node *windows;
    kxi_list tables;     /* kxi_table_spec */
    kxi_list row_slots, cell_slots, folds, measures, slots, nodes;
    bool *measure_used;  /* by measure */
    /* What names mean just now. */
    uint32_t table, measure; /* row scope: the source; measure: also cell scope */
    kxi_measure *current;    /* the measure being compiled, not yet in the list */
    uint32_t node;           /* subject scope: the node whose value, mark and points are meant */
} kxi_comp;

/* Carry on with the next part when errors are gathered. */
#define KXI_NEXT(comp, call)                                                     \
    do {                                                                         \
        kx_status next_ = (call);                                                \
        if (next_ != KX_OK && (next_ == KX_E_NOMEM || !(comp)->d->collect))      \
            return next_;                                                        \
    } while (0)
#define KXI_TRY(call)             \
    do {                          \
        kx_status try_ = (call);  \
        if (try_ != KX_OK)        \
            return try_;          \
    } while (0)

/* read.c: members of objects. Keys are checked against a list that ends in NULL. */
kx_status kxi_list_push(kxi_comp *c, kxi_list *list, const void *item, uint32_t *index);
kxi_place kxi_at(kxi_comp *c, const kxi_node *node);
kx_status kxi_read_keys(kxi_comp *c, const kxi_node *object, const char *what, const char *const *known);
kx_status kxi_read_type(kxi_comp *c, const kxi_node *node, enum kxi_node_type type);
kx_status kxi_read_text(kxi_comp *c, const kxi_node *object, const char *key, bool needed, const char *what, kxi_str *out);
kx_status kxi_read_day(kxi_comp *c, const kxi_node *node, kxi_day *out);
kx_status kxi_read_span(kxi_comp *c, const kxi_node *node, kxi_span *out);
kx_status kxi_read_bool(kxi_comp *c, const kxi_node *object, const char *key, bool *out);
kx_status kxi_read_count(kxi_comp *c, const kxi_node *node, int64_t least, int64_t most, int64_t *out);
/* The index of the node's text in a list of names; *out as it was when node is NULL. */
kx_status kxi_read_choice(kxi_comp *c, const kxi_node *node, const char *const *names, int *out);
kx_status kxi_read_round(kxi_comp *c, const kxi_node *node, kxi_round *out);
kx_status kxi_read_map(kxi_comp *c, const kxi_node *object, const kxi_map **out);
kx_status kxi_join(kxi_comp *c, const char *const *names, kxi_str *out);
kx_status kxi_normal(kxi_comp *c, kxi_str text, kxi_str *out);

/* tables.c */
kx_status kxi_compile_tables(kxi_comp *c, const kxi_node *root);
kxi_table_spec *kxi_comp_table(kxi_comp *c, uint32_t table);
uint32_t kxi_comp_find_table(kxi_comp *c, kxi_str name);
kx_status kxi_table_named(kxi_comp *c, const kxi_node *node, kxi_str name, uint32_t *out);
kx_status kxi_column_named(kxi_comp *c, const kxi_node *node, uint32_t table, kxi_str name, uint32_t *out);
void kxi_use_column(kxi_comp *c, uint32_t table, uint32_t column);
void kxi_use_table(kxi_comp *c, uint32_t table);
/* A list of a table's column names for a message. */
kxi_str kxi_column_list(kxi_comp *c, uint32_t table);

/* paths.c */
/* From rows of `table` to `target` by the text of "via", or by the only way there is. found false: none, no message. */
kx_status kxi_path_find(kxi_comp *c, uint32_t table, uint32_t target, const kxi_node *via, const kxi_node *where,
                        kxi_path *out, bool *found);

/* scope_row.c, scope_cell.c, scope_subject.c */
kx_status kxi_compile_row(kxi_comp *c, const kxi_node *node, enum kxi_vtype want, const kxi_expr **out);
kx_status kxi_compile_cell(kxi_comp *c, const kxi_node *node, enum kxi_vtype want, const kxi_expr **out);
kx_status kxi_compile_subject(kxi_comp *c, const kxi_node *node, enum kxi_vtype want, const kxi_expr **out);
kx_status kxi_fold_of(kxi_comp *c, uint32_t measure, bool by_dims, uint32_t shift, uint32_t *out);
kx_status kxi_slot_of(kxi_comp *c, const kxi_slot *slot, uint32_t *out);
/* as_of, period.from, period.to and definitions, which all grains know. as_of, from, to: slots of the grain. */
enum kxi_common { KXI_COMMON_NONE, KXI_COMMON_AS_OF, KXI_COMMON_FROM, KXI_COMMON_TO, KXI_COMMON_BOUND };
kx_status kxi_common_name(kxi_comp *c, const kxi_str *path, size_t parts, kxi_binding *out, enum kxi_common *which);
enum kxi_vtype kxi_column_vtype(const kxi_column_spec *spec);
size_t kxi_common_names(kxi_comp *c, kxi_str *list, size_t max);

/* measures.c, dims.c */
kx_status kxi_compile_measures(kxi_comp *c, const kxi_node *root);
kx_status kxi_compile_dims(kxi_comp *c, const kxi_node *per, kxi_measure *m);
uint32_t kxi_find_measure(kxi_comp *c, kxi_str name);
kxi_measure *kxi_comp_measure(kxi_comp *c, uint32_t measure);

/* nodes.c, curves.c */
kx_status kxi_compile_nodes(kxi_comp *c, const kxi_node *root);
kx_status kxi_compile_curve(kxi_comp *c, const kxi_node *node, kxi_curve *out);
uint32_t kxi_find_node(kxi_comp *c, kxi_str id);
kxi_rule_node *kxi_comp_node(kxi_comp *c, uint32_t node);

/* decide.c: rank, gates, grades; order.c; checks.c: warnings over the whole. */
kx_status kxi_compile_decisions(kxi_comp *c, const kxi_node *root);
kx_status kxi_compile_order(kxi_comp *c);
kx_status kxi_check_whole(kxi_comp *c);

#endif
