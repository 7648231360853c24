/* model/model_priv.h: what the files of model share among themselves.
 *
 * Layer: model, and only there.
 */
#ifndef KXI_MODEL_PRIV_H
#define KXI_MODEL_PRIV_H

#include "model/dataset.h"

/* Rows that are looked at together, so that loops over them need no memory. */
#define KXI_BATCH 1024

/* Blocks of a column that it owns may be written to. */
static inline void *
kxi_writable(const void *block)
{
    return (void *)(uintptr_t)block;
}

static inline void
kxi_bit_set(uint8_t *bits, size_t i, bool one)
{
    uint8_t mask = (uint8_t)(1u << (i & 7));
    bits[i >> 3] = (uint8_t)(one ? bits[i >> 3] | mask : bits[i >> 3] & ~mask);
}

static inline size_t
kxi_bit_bytes(size_t bits)
{
    return bits / 8 + (bits % 8 != 0);
}

/* ---- columns (column.c) ---- */

/* Bytes of a value; 0 for bits, CSTR and POOL. */
size_t kxi_layout_width(int32_t layout);
/* "text", "文字", ... for messages. */
kxi_str kxi_type_name(int32_t type, int32_t language);
/* Whether bits [first, first + n) are all one. */
bool kxi_bits_all(const uint8_t *bits, size_t first, size_t n);
/* Mark a value of a column under construction as null; the bits are made, all one, for the column's count when needed. */
kx_status kxi_column_set_null(kxi_mem *mem, kxi_column *c, size_t value);
/* Turn 32-bit codes of a column, which it owns, into the narrowest layout that holds its dictionary. */
kx_status kxi_column_narrow(kxi_mem *mem, kxi_column *c);
/* Room for the values of the column's count in a layout of fixed width, all 0. */
kx_status kxi_column_room(kxi_mem *mem, kxi_column *c, int32_t layout);
/* Give the table's column its name and place; the rows must fit. On success *c is emptied. */
kx_status kxi_table_push(kx_table *t, kxi_str name, kxi_column *c, kxi_diag *d);
void kxi_appender_free(kx_table *t);
/* Row numbers in messages count from 1. */
#define KXI_A_ROW(row) KXI_A_INT((row) + 1)

/* ---- growing (grow.c) ---- */

/* One value more. */
typedef struct kxi_cell {
    bool null;
    int scale; /* numbers: of v */
    int64_t v; /* number, day, 0/1 or code */
} kxi_cell;

/* Room for a value behind the last, in a layout and at a scale that hold it; the cell is brought to that scale. The column's
 * values stay the same numbers. KX_E_DATA when they and the new one do not fit 64 bits at one scale; KX_E_NOMEM. */
kx_status kxi_column_make_room(kxi_mem *mem, kxi_column *c, kxi_cell *cell);
/* Write the value there is room for. */
void kxi_column_put(kxi_column *c, const kxi_cell *cell);

/* ---- distinct texts (dict.c) ---- */

typedef struct kxi_intern {
    kxi_strmap map;    /* normalised texts */
    kxi_arena scratch; /* of one text at a time */
} kxi_intern;

void kxi_intern_init(kxi_intern *in, kxi_mem *mem);
void kxi_intern_free(kxi_intern *in);
/* The number of raw, normalised; KXI_NONE when nothing is left of it. KX_E_SYNTAX (not UTF-8), KX_E_LIMIT, KX_E_NOMEM: no
 * message. */
kx_status kxi_intern_add(kxi_intern *in, kxi_str raw, uint32_t *number);

/* ---- values that do not fit, by distinct value (misses.c) ---- */

typedef struct kxi_miss {
    uint64_t key;   /* a dictionary code, or a number */
    size_t first;   /* where it stands first */
    uint64_t count; /* how often it stands */
} kxi_miss;

/* In order of first use. */
typedef struct kxi_misses {
    kxi_keymap map;
    kxi_miss *items;
    size_t count, capacity;
} kxi_misses;

void kxi_misses_init(kxi_misses *m, kxi_mem *mem);
void kxi_misses_free(kxi_misses *m);
kx_status kxi_misses_add(kxi_misses *m, uint64_t key, size_t at);
/* Codes that have the same text become one item. */
kx_status kxi_misses_merge(kxi_misses *m, const kxi_dict *dict);

/* Text of the input inside a message: cut to some forty characters. */
typedef struct kxi_shown {
    char s[176];
    kxi_str text;
} kxi_shown;
kxi_str kxi_show(kxi_shown *shown, kxi_str text);
/* "-12.5"; the digits as they are stored, without zeros at the end. */
kxi_str kxi_show_decimal(char out[32], int64_t v, int scale);

/* ---- sorting (sort.c): merge sort, stable, quick on what is in order already ---- */

typedef int (*kxi_compare)(const void *user, uint32_t a, uint32_t b);
/* scratch: as many as items. */
void kxi_sort(uint32_t *items, uint32_t *scratch, size_t n, kxi_compare compare, const void *user);

/* ---- adding (convert.c, split.c) ---- */

typedef struct kxi_conversion {
    kx_dataset *ds;
    const kx_table *table;
    const kxi_column_spec *spec;
    kxi_diag *diag;
} kxi_conversion;

/* *out is NULL when the column can be read as it is, else a new one of the caller's. */
kx_status kxi_convert(const kxi_conversion *c, const kxi_column *in, kxi_column **out);
/* A text column whose texts hold separators becomes lists; *out NULL when none does. */
kx_status kxi_split(kxi_mem *mem, const kxi_column *in, kxi_column **out);
void kxi_column_drop(kxi_mem *mem, kxi_column **c); /* frees a column on the heap */

/* ---- the seal ---- */

typedef struct kxi_seal {
    kx_dataset *ds;
    const kxi_schema *schema;
    kxi_diag *diag;
    kxi_mem *mem;
    kxi_arena scratch; /* of the whole seal */
    size_t guesses;    /* looking for the nearest key takes long when there are many: how often it was done */
} kxi_seal;

/* Whether work stops at this status: always, but for errors in data while they are collected. */
static inline bool
kxi_seal_stops(const kxi_seal *s, kx_status status)
{
    return status != KX_OK && !(s->diag->collect && status == KX_E_DATA);
}

/* The column of a table, NULL when there is none. */
const kxi_column *kxi_bound_column(const kx_dataset *ds, uint32_t table, uint32_t column);

/* keys.c */
kx_status kxi_seal_keys(kxi_seal *s, uint32_t table);
kx_status kxi_seal_references(kxi_seal *s, uint32_t table);
/* The entity of every code of the column's dictionary, KXI_NONE for what is not there; in the dataset's arena. */
kx_status kxi_seal_resolve(kxi_seal *s, const kxi_entities *target, const kxi_column *column, const uint32_t **out);
/* The key nearest to text, empty when there is none or too many were looked for. */
kxi_str kxi_seal_guess(kxi_seal *s, const kxi_entities *target, kxi_str text);
/* units.c, levels.c, circle.c */
kx_status kxi_seal_units(kxi_seal *s);
/* The level of every row by its number, NULL when the data has no such column. */
kx_status kxi_seal_levels(kxi_seal *s, const kxi_column **levels);
kx_status kxi_seal_tree(kxi_seal *s);
/* roles.c, digest.c */
kx_status kxi_seal_roles(kxi_seal *s, const kxi_role_column *role);
kx_status kxi_seal_digest(kxi_seal *s);
/* periods.c: of records, from may not be after to. */
kx_status kxi_seal_periods(kxi_seal *s, uint32_t table);

/* The last version that began on the day or before, or KXI_NONE. */
uint32_t kxi_version_at(const kx_dataset *ds, uint32_t unit, kxi_day day);

#endif
