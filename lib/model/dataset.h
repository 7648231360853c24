/* model/dataset.h: tables bound to a schema, checked against each other, then sealed.
 *
 *   "640104001" in activities.unit --(once per dictionary entry)--> unit number 17 --(tree of a day)--> county 3
 *
 * Entities (rows of reference tables by key, units by code) are numbered by the byte order of their keys, so numbers are the
 * same whatever order rows came in.
 *
 * Layer: model. May include: base, text.
 */
#ifndef KXI_MODEL_DATASET_H
#define KXI_MODEL_DATASET_H

#include "model/table.h"

/* A reference table's keys, ascending; for units, each code once. Keys that differ only in width, case or spaces are the
 * same; shown is the one first in byte order. */
typedef struct kxi_entities {
    uint32_t count;
    kxi_str *keys;    /* terminated */
    uint32_t *rows;   /* entity -> row; for units the row of its first version */
    kxi_strmap index; /* text, as written or folded -> number; `rank` turns that into the entity */
    uint32_t *rank;
} kxi_entities;

/* One row of units: how a unit stood from..to. */
typedef struct kxi_version {
    uint32_t row;
    kxi_day from, to;      /* open ends are KXI_DAY_MIN, KXI_DAY_MAX */
    uint32_t parent, into; /* units, or KXI_NONE */
    uint32_t level;        /* index into the schema's levels; KXI_NONE when the schema has none */
} kxi_version;

typedef struct kxi_bound {
    const kxi_column *column; /* NULL when the data has no such (optional) column: null in every row */
    /* References, and the key itself: dictionary code -> entity of the target. For a code some row uses KXI_NONE only when the
     * text is empty. NULL before the seal, and when the dataset has no such target (which nothing then reads). */
    const uint32_t *entities;
    /* Where column comes from: as it was given, as add converted it, as the seal resolved it; the last that is there. */
    const kxi_column *given;
    kxi_column *converted, *resolved; /* owned */
} kxi_bound;

typedef struct kxi_bound_table {
    kx_table *table;    /* counted; NULL when the dataset has no such table */
    kxi_bound *columns; /* one for each column of the spec */
    size_t rows;
    kxi_entities entities; /* reference tables */
    bool failed;           /* was refused while collecting: its absence is not reported again */
} kxi_bound_table;

struct kx_dataset {
    atomic_uint refs;
    kx_context *ctx;
    const kxi_schema *schema;
    void *owner; /* what keeps the schema alive (the scheme); given back by owner_unref */
    void (*owner_unref)(void *);
    bool sealed, collect;
    kxi_bound_table *tables; /* one for each table of the schema */
    kxi_version *versions;   /* of units, by unit, then from */
    uint32_t *version_first; /* units + 1 */
    kxi_findings findings;
    struct {
        size_t first, count, errors, left_out;
    } sealing;         /* what a seal that failed found: dropped when it is tried again */
    kxi_digest digest; /* of the reference tables: keys and used columns, in any row order; set by the seal */
    kxi_arena arena;   /* what the seal makes */
};

/* The owner is the dataset's on success only. */
kx_status kxi_dataset_new(kx_context *ctx, const kxi_schema *schema, void *owner, void (*owner_unref)(void *),
                          kx_dataset **out, kxi_diag *d);
kx_dataset *kxi_dataset_ref(kx_dataset *ds);
void kxi_dataset_unref(kx_dataset *ds);
/* Binds the table's columns by name or header, converts what must be converted (a text or number column given for a
 * reference, 0/1 numbers for a bool, text dates for a date), freezes it. Errors leave the dataset as it was. */
kx_status kxi_dataset_add(kx_dataset *ds, uint32_t table, kx_table *t, kxi_diag *d);
/* Resolves keys, checks uniqueness, builds versions, roles, digest. With ds->collect all findings, else the first error; a
 * dataset with errors among its findings is not sealed. A seal that fails leaves the dataset as it was, but for findings.
 * Afterwards the level of units reads as the scheme's name of it, and role columns hold roles. */
kx_status kxi_dataset_seal(kx_dataset *ds, kxi_diag *d);

static inline const kxi_entities *
kxi_dataset_units(const kx_dataset *ds)
{
    return &ds->tables[ds->schema->units.table].entities;
}
/* The entity with this key, as written in the data or folded; or KXI_NONE. */
uint32_t kxi_entities_find(const kxi_entities *e, kxi_str key);

/* The tree of units as it stands on one day. Numbers are units; arrays live in the arena given. */
#define KXI_LEVEL_NONE UINT8_MAX
typedef struct kxi_tree {
    kxi_day day;
    uint32_t count;
    /* unit -> who stands for it that day: itself, through `into` its heir, or KXI_NONE */
    const uint32_t *at;
    /* unit -> index into versions, valid that day, else the last that began before it; or KXI_NONE */
    const uint32_t *version;
    const uint32_t *parent;    /* of units that stand that day; KXI_NONE at the top */
    const uint8_t *level;      /* KXI_LEVEL_NONE when the unit has not begun, or the schema has no levels */
    const uint32_t *const *up; /* up[level][unit]: the unit itself or its ancestor at that level, KXI_NONE when there is
                                  none; already through `at` */
} kxi_tree;

/* KX_E_DATA when the tree has a circle that day (the seal has checked every day on which it changes). */
kx_status kxi_tree_make(const kx_dataset *ds, kxi_day day, kxi_arena *a, kxi_tree *out);
/* The days within [from, to] on which the tree changes: always begins with from. In the arena. */
kx_status kxi_tree_epochs(const kx_dataset *ds, kxi_day from, kxi_day to, kxi_arena *a, kxi_day **days, size_t *count);
/* Whether the unit existed (versions without a hole) on all of [from, to]. */
bool kxi_unit_throughout(const kx_dataset *ds, uint32_t unit, kxi_day from, kxi_day to);

#endif
