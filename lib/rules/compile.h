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
    kxi_list tables; /* kxi_table_spec */
    kxi_list row_slots, cell_slots, folds, measures, slots, nodes;
    size_t scheme_measures; /* the first ones; behind them stand those of marks, which no expression can name */
    kxi_list cohort_calls;  /* of cohort.c */
    kxi_round rounds[3];    /* of indicators, blocks and the total that say none themselves */
    /* What names mean just now. */
    uint32_t table, measure;      /* row scope: the source; measure: also cell scope */
    kxi_measure *current;         /* the measure being compiled, not yet in the list */
    uint32_t node;                /* subject scope: the node whose `value`, `mark` and `full` are meant */
    size_t failures;              /* parts that failed while errors are gathered */
    bool knows_value, knows_full; /* whether they are known where the expression at hand is computed */
} kxi_comp;

/* Carry on with the next part when errors are gathered. A part that failed without a message needs one that failed before. */
#define KXI_NEXT(comp, call)                                                \
    do {                                                                    \
        kx_status next_ = (call);                                           \
        if (next_ != KX_OK && (next_ == KX_E_NOMEM || !(comp)->d->collect)) \
            return next_;                                                   \
        (comp)->failures += next_ != KX_OK;                                 \
    } while (0)
#define KXI_TRY(call)            \
    do {                         \
        kx_status try_ = (call); \
        if (try_ != KX_OK)       \
            return try_;         \
    } while (0)

/* A word of a message that is no name of the scheme's. */
#define KXI_A_WORD(comp, en, zh) KXI_A_CSTR((comp)->d->language == KX_LANG_EN ? (en) : (zh))

/* read.c: members of objects. Keys are checked against a list that ends in NULL. */
kx_status kxi_list_push(kxi_comp *c, kxi_list *list, const void *item, uint32_t *index);
kxi_place kxi_at(kxi_comp *c, const kxi_node *node);
/* The member of an object (NULL: of none) by a name that need not be terminated. */
const kxi_node *kxi_member(const kxi_node *object, kxi_str name);
kx_status kxi_read_keys(kxi_comp *c, const kxi_node *object, const char *what, const char *const *known);
kx_status kxi_read_type(kxi_comp *c, const kxi_node *node, enum kxi_node_type type);
kx_status kxi_read_text(kxi_comp *c, const kxi_node *object, const char *key, bool needed, const char *what,
                        kxi_str *out);
kx_status kxi_read_day(kxi_comp *c, const kxi_node *node, kxi_day *out);
/* {"from", "to"}; known: the keys it may have, ending in NULL. */
kx_status kxi_read_span(kxi_comp *c, const kxi_node *node, const char *what, const char *const *known, kxi_span *out);
kx_status kxi_read_bool(kxi_comp *c, const kxi_node *object, const char *key, bool *out);
kx_status kxi_read_count(kxi_comp *c, const kxi_node *node, int64_t least, int64_t most, int64_t *out);
/* The index of the node's text in a list of names; *out as it was when node is NULL. */
kx_status kxi_read_choice(kxi_comp *c, const kxi_node *node, const char *const *names, int *out);
kx_status kxi_read_round(kxi_comp *c, const kxi_node *node, kxi_round *out);
kx_status kxi_read_map(kxi_comp *c, const kxi_node *object, const kxi_map **out);
/* {"优": [0.9, 1]}: the first and the second number of each pair. */
kx_status kxi_read_ranges(kxi_comp *c, const kxi_node *object, const kxi_map **low, const kxi_map **high);
kx_status kxi_join(kxi_comp *c, const char *const *names, kxi_str *out);
/* Normalised and terminated. */
kx_status kxi_normal(kxi_comp *c, kxi_str text, kxi_str *out);
kx_status kxi_fold_text(kxi_comp *c, kxi_str text, kxi_str *out);
/* KEY_NOT_HERE when the object has the key: it stands only with what `with` names. */
kx_status kxi_read_not_here(kxi_comp *c, const kxi_node *object, const char *key, const char *with);
kx_status kxi_read_not_empty(kxi_comp *c, const kxi_node *node);
/* The status of a number operation, with its message. */
kx_status kxi_num_status(kxi_comp *c, const kxi_node *node, kx_status st);

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
kxi_compile kxi_subject_compile(kxi_comp *c, kxi_scope *scope);
/* cohort.c */
kx_status kxi_call_cohort(kxi_comp *c, enum kxi_slot_kind kind, kxi_str function, const kxi_ast *const *args,
                          size_t count, kxi_place place, kxi_binding *out);
/* slots.c */
kx_status kxi_fold_of(kxi_comp *c, uint32_t measure, bool by_dims, uint32_t shift, uint32_t *out);
kx_status kxi_slot_of(kxi_comp *c, const kxi_slot *slot, uint32_t *out);
/* as_of, period.from, period.to and definitions, which all grains know. as_of, from, to: slots of the grain. */
enum kxi_common { KXI_COMMON_NONE, KXI_COMMON_AS_OF, KXI_COMMON_FROM, KXI_COMMON_TO, KXI_COMMON_BOUND };
kx_status kxi_common_name(kxi_comp *c, const kxi_str *path, size_t parts, kxi_binding *out, enum kxi_common *which);
enum kxi_vtype kxi_column_vtype(const kxi_column_spec *spec);
/* "a date", in the language of messages; as schemes write the type of a column: "date", "units[]". */
kxi_arg kxi_type_arg(kxi_comp *c, enum kxi_vtype type);
kx_status kxi_column_text_type(kxi_comp *c, const kxi_column_spec *spec, kxi_str *out);
size_t kxi_common_names(kxi_comp *c, kxi_str *list, size_t max);
/* Names that mean something in every scheme, so nothing of a scheme can have them. */
bool kxi_reserved(kxi_str name);
/* cohort.c. cohort.mean(x): the column made for it, so that the same call is compiled once and circles are found. */
typedef struct kxi_cohort_call {
    kxi_str function, text;
    uint32_t node, slot, ties;
    bool open;
} kxi_cohort_call;

/* measures.c, dims.c */
kx_status kxi_compile_measures(kxi_comp *c, const kxi_node *root);
kx_status kxi_compile_dims(kxi_comp *c, const kxi_node *per, kxi_measure *m);
uint32_t kxi_find_measure(kxi_comp *c, kxi_str name);
kxi_measure *kxi_comp_measure(kxi_comp *c, uint32_t measure);

/* tree.c, nodes.c, marks.c, curves.c */
kx_status kxi_compile_nodes(kxi_comp *c, const kxi_node *root);
kx_status kxi_compile_curve(kxi_comp *c, const kxi_node *node, kxi_curve *out);
/* Whether the curve fits the node's value; whether a deduction's can give less than 0. */
kx_status kxi_check_curve(kxi_comp *c, uint32_t node);
kx_status kxi_check_sign(kxi_comp *c, uint32_t node);
kx_status kxi_compile_marks(kxi_comp *c, uint32_t node);
/* Of what `value` is; labels are text. */
enum kxi_vtype kxi_value_type(kxi_comp *c, uint32_t node);
uint32_t kxi_find_node(kxi_comp *c, kxi_str id);
kx_status kxi_name_tree(kxi_comp *c, const kxi_node *node, uint32_t parent, uint32_t depth, uint32_t *out);
kxi_rule_node *kxi_comp_node(kxi_comp *c, uint32_t node);

/* decide.c: rank, gates, grades; order.c; check.c: warnings over the whole. */
/* A value that other expressions name has to be a number or a bool. */
kx_status kxi_check_named_values(kxi_comp *c);
kx_status kxi_compile_decisions(kxi_comp *c, const kxi_node *root);
kx_status kxi_compile_order(kxi_comp *c);
kx_status kxi_check_whole(kxi_comp *c);

#endif
