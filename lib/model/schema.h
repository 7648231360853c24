/* model/schema.h: what tables a scheme knows. rules fills it in from the scheme, io and dataset check rows against it.
 *
 *   reference  has a key: small, unique, looked up, part of a tally's fingerprint (units, people, tasks, contacts, ...)
 *   events     have a date: counted within a period
 *   states     have from and to: read on a day; an empty end is open, both ends belong
 *   plain      neither, as the scheme says with "date": null: every row counts
 *
 * `units` is the one reference table whose key may stand in several rows: one for each stretch of time (from, to).
 *
 * Layer: model. May include: base, text.
 */
#ifndef KXI_MODEL_SCHEMA_H
#define KXI_MODEL_SCHEMA_H

#include "base/map.h"
#include "text/date.h"
#include "text/text.h"

typedef struct kxi_column_spec {
    kxi_str name;
    int32_t type;    /* KX_TEXT, KX_NUMBER, KX_DATE, KX_BOOL */
    uint32_t target; /* a reference: the table whose key the text is; else KXI_NONE */
    bool list;       /* several values a row; in CSV separated by ; or ； or 、 or | */
    bool required;   /* its absence is an error; else an absent column is null in every row */
    bool used;       /* some rule reads it; columns that are not are not loaded (but see kxi_schema_wants) */
} kxi_column_spec;

typedef struct kxi_header {
    kxi_str folded;  /* of a header in the input */
    uint32_t column; /* of the spec */
} kxi_header;

enum kxi_table_kind { KXI_REFERENCE, KXI_EVENTS, KXI_STATES, KXI_PLAIN };

typedef struct kxi_table_spec {
    kxi_str name;
    enum kxi_table_kind kind;
    const kxi_column_spec *columns;
    size_t column_count;
    const kxi_header *headers; /* what the scheme maps; a column's own name always matches too */
    size_t header_count;
    uint32_t key;      /* reference: column of the key; else KXI_NONE */
    uint32_t date;     /* events: column of the date */
    uint32_t from, to; /* states and units: columns, KXI_NONE when the table has none */
    bool needed;       /* some rule reads it: its absence is an error */
} kxi_table_spec;

/* Column numbers of the known columns of units and posts; KXI_NONE when the scheme has no such table. */
typedef struct kxi_units_spec {
    uint32_t table;
    uint32_t code, name, level, parent, from, to, into;
} kxi_units_spec;

/* One title that counts as a role: "卫生院院长" is a 院长 (at a level, or everywhere when level is KXI_NONE). */
typedef struct kxi_title {
    kxi_str folded;
    uint32_t role;  /* index into roles */
    uint32_t level; /* index into levels, or KXI_NONE */
} kxi_title;

/* A text column of some table that is filled from a column of titles where it is empty. */
typedef struct kxi_role_column {
    uint32_t table, role, title, unit; /* columns; unit gives the level, KXI_NONE when titles do not depend on it */
} kxi_role_column;

typedef struct kxi_level {
    kxi_str name;           /* as rules write it: "township" */
    const kxi_str *aliases; /* folded; how data may write it besides: 乡镇 */
    size_t alias_count;
} kxi_level;

typedef struct kxi_schema {
    const kxi_table_spec *tables;
    size_t table_count;
    kxi_units_spec units;
    const kxi_level *levels; /* from the top down */
    size_t level_count;
    const kxi_str *roles;
    size_t role_count;
    const kxi_title *titles;
    size_t title_count;
    const kxi_role_column *role_columns;
    size_t role_column_count;
} kxi_schema;

/* Whether a column has to be loaded: a rule reads it, or the dataset itself does: keys, dates, from and to, what units
 * stand in each other by, titles of roles. */
bool kxi_schema_wants(const kxi_schema *s, uint32_t table, uint32_t column);
/* By exact name; KXI_NONE when there is none. */
uint32_t kxi_schema_table(const kxi_schema *s, kxi_str name);
uint32_t kxi_spec_column(const kxi_table_spec *t, kxi_str name);
/* The column a header of the input means, matched on the folded form (scratch for folding), or KXI_NONE. */
kx_status kxi_spec_header(const kxi_table_spec *t, kxi_arena *scratch, kxi_str header, uint32_t *column);
/* The level a text of the data means (name or alias, folded), or KXI_NONE. */
kx_status kxi_schema_level(const kxi_schema *s, kxi_arena *scratch, kxi_str text, uint32_t *level);

#endif
