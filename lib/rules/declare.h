/* rules/declare.h: tables while they are gathered from what is known and what the scheme declares. Private to rules. */
#ifndef KXI_RULES_DECLARE_H
#define KXI_RULES_DECLARE_H

#include "rules/compile.h"

/* A column's type as text, target resolved later: types may name tables that stand further down. */
typedef struct kxi_declared {
    kxi_column_spec spec;
    kxi_str type; /* without [] and ? */
    const kxi_node *node;
} kxi_declared;

/* The columns of a table while they are gathered. */
typedef struct kxi_draft {
    kxi_table_spec spec;
    kxi_declared *columns;
    const kxi_node *node; /* of the scheme, or NULL */
    bool known;
} kxi_draft;

#define KXI_KNOWN_TABLES 5

/* Known tables first, then those the scheme adds; drafts has room for all. */
kx_status kxi_draft_tables(kxi_comp *c, const kxi_node *declared, kxi_draft *drafts, size_t *count);
/* What the scheme says of one table. */
kx_status kxi_draft_declare(kxi_comp *c, kxi_draft *t);
/* Types to numbers, once all tables have their names and keys; subjects: the table of subjects. */
kx_status kxi_draft_resolve(kxi_comp *c, kxi_draft *t, kxi_str subjects);

/* headers.c */
kx_status kxi_compile_headers(kxi_comp *c, kxi_table_spec *t, const kxi_node *own, const kxi_node *common);
/* Headers for all tables: each names a column of one of them. */
kx_status kxi_check_headers(kxi_comp *c, const kxi_node *common);

/* levels.c */
kx_status kxi_compile_levels(kxi_comp *c, const kxi_node *node);
kx_status kxi_compile_roles(kxi_comp *c, const kxi_node *node);

#endif
