/* tally/rowset.h: where rows come from, a table of a dataset or the cells of another measure, seen the same way.
 *
 *   column   text and references: entries 0 .. size - 1 of a dictionary, and a number for every row; else plain values
 *   cells    dimension d is column d, its entries are units, buckets, listed or open values; column dim_count: the subject
 *   no column (KXI_NONE): the row itself is the entry
 *
 * Attributes of entities are always read from the universe's dataset: other datasets have the same reference tables, but
 * perhaps in another order of rows.
 *
 * Layer: tally, and only there.
 */
#ifndef KXI_TALLY_ROWSET_H
#define KXI_TALLY_ROWSET_H

#include "tally/tally.h"

/* A small growing list of numbers. */
typedef struct kxi_ids {
    kxi_mem *mem;
    uint32_t *items;
    size_t count, capacity;
} kxi_ids;

static inline bool
kxi_ids_push(kxi_ids *l, uint32_t id)
{
    if (l->count == l->capacity && !kxi_grow(l->mem, &l->items, &l->capacity, l->count + 1))
        return false;
    l->items[l->count++] = id;
    return true;
}
static inline void
kxi_ids_free(kxi_ids *l)
{
    kxi_free(l->mem, l->items, l->capacity * sizeof(*l->items));
    *l = (kxi_ids){ .mem = l->mem };
}

typedef struct kxi_rowset {
    const kxi_universe *u;
    uint32_t table; /* KXI_NONE: cells */
    const kxi_table_spec *spec;
    const kxi_bound_table *bound;
    const kxi_measure *measure; /* whose cells */
    const kxi_cells *cells;
    kxi_fold_time when; /* of the cells */
    size_t rows, columns;
    const uint32_t *row_entity; /* reference tables: row -> entity */
} kxi_rowset;

/* In the arena. */
kx_status kxi_rowset_table(const kxi_universe *u, const kx_dataset *ds, uint32_t table, kxi_arena *a, kxi_rowset *out);
void kxi_rowset_cells(const kxi_universe *u, const kxi_measure *m, const kxi_cells *cells, kxi_fold_time when,
                      kxi_rowset *out);

/* The column as it lies; NULL for cells and for columns the data does not have. */
const kxi_column *kxi_rowset_column(const kxi_rowset *rs, uint32_t column);
bool kxi_rowset_is_list(const kxi_rowset *rs, uint32_t column);
/* Whether the values are entries of a dictionary (KXI_NONE: the row itself), else plain values. */
bool kxi_rowset_coded(const kxi_rowset *rs, uint32_t column);
uint32_t kxi_rowset_size(const kxi_rowset *rs, uint32_t column);
/* Of an entry. Text of cells: a listed or open text; keys of units and entities; lives as long as the rowset. */
kxi_str kxi_rowset_text(const kxi_rowset *rs, uint32_t column, uint32_t entry);
uint32_t kxi_rowset_entity(const kxi_rowset *rs, uint32_t column, uint32_t entry);
/* Append the entities that a path leads to from an entry of its column. */
kx_status kxi_path_follow(const kxi_rowset *rs, const kxi_path *path, uint32_t entry, kxi_ids *out);
/* The same from a row, whatever the path's column. */
kx_status kxi_path_follow_row(const kxi_rowset *rs, const kxi_path *path, uint32_t row, kxi_ids *out);
bool kxi_path_same(const kxi_path *x, const kxi_path *y);

/* Rows [first, first + n) of a rowset while they are worked on; what is read of a column is kept until the next batch. */
typedef struct kxi_batch_column {
    const uint32_t *codes; /* entries, the column's size for null */
    const int64_t *ints;   /* plain values as they are stored */
    const uint8_t *state;  /* with ints: 0 known, 1 null; NULL: all known */
    bool read;             /* ints and state are */
    size_t values;         /* how many: rows, or elements of lists */
} kxi_batch_column;

typedef struct kxi_batch {
    const kxi_rowset *rs;
    kxi_arena *arena;
    size_t first, n;
    kxi_batch_column *columns; /* rs->columns of them, and one for the row itself */
} kxi_batch;

void kxi_batch_start(kxi_batch *b, size_t first, size_t n);
/* NULL when memory is gone. With lists: of all elements of the rows, one row after the other. */
const kxi_batch_column *kxi_batch_codes(kxi_batch *b, uint32_t column);
const kxi_batch_column *kxi_batch_ints(kxi_batch *b, uint32_t column);
/* Where the elements of row i of a list column begin among those read, i up to n; without lists: i. */
static inline size_t
kxi_batch_element(const kxi_batch *b, const kxi_column *c, size_t i)
{
    return c && c->lists ? (size_t)(c->lists[b->first + i] - c->lists[b->first]) : i;
}

#endif
