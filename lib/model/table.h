/* model/table.h: typed columns as they lie in memory.
 *
 *   column:  values (1, 2, 4 or 8 bytes, or bits)  + validity bits  + list offsets
 *            text is a code into a dictionary of distinct, normalised strings
 *
 * To the rules every number is the same exact decimal: stored integer / 10^scale. A column keeps its own width and scale.
 * kx_table is both what callers fill and what results hand out.
 *
 * Layer: model. May include: base, text.
 */
#ifndef KXI_MODEL_TABLE_H
#define KXI_MODEL_TABLE_H

#include "model/context.h"
#include "model/schema.h"

/* Strings by code. Several codes may hold the same text when a caller lent us its codes: whoever compares, compares texts
 * once per code, never per row. */
typedef struct kxi_dict {
    kxi_mem *mem;
    kxi_arena arena; /* copies of the strings, terminated */
    kxi_str *texts;
    uint32_t count;
    size_t capacity;
    _Atomic(struct kxi_pool *) pool; /* as the ABI shows it: made on demand, also by threads that share the table */
} kxi_dict;

typedef struct kxi_column {
    kxi_str name;   /* terminated; never owned: a table keeps the names of its columns */
    int32_t type;   /* KX_... */
    int32_t layout; /* KX_LAYOUT_I8 .. I64, BITS, or CODE8 .. CODE32 (text; codes are never negative) */
    int32_t scale;  /* numbers */
    size_t rows;    /* of the table */
    size_t count;   /* values: rows, or with lists the last offset */
    const void *values;
    const uint8_t *validity; /* a bit a value, 0 is null; NULL when none is null */
    const int64_t *lists;    /* NULL, or rows + 1 offsets */
    kxi_dict *dict;          /* text: owned */
    /* Owned blocks (their sizes, for freeing; may be more than is used); 0 when borrowed. */
    size_t values_size, validity_size, lists_size;
    kx_release_fn release; /* for borrowed blocks */
    void *release_user;
} kxi_column;

struct kx_table {
    atomic_uint refs;
    kx_context *ctx;
    kxi_str name; /* what errors call it: a file name, or what the caller said; terminated */
    kxi_column *columns;
    size_t column_count, column_capacity;
    size_t rows;
    bool frozen;     /* in a dataset or handed out: nothing may be added */
    bool text_input; /* rows have lines */
    /* Rows whose line is not `first_line + row`: pairs (row, line), ascending: from that row on. */
    const uint64_t *lines;
    size_t line_count;
    uint32_t first_line; /* line of row 0 */
    kxi_arena names;     /* of the table and its columns */
    /* private to table.c: builders of appended rows */
    struct kxi_appender *appender;
};

kx_status kxi_table_new(kx_context *ctx, kxi_str name, kx_table **out, kxi_diag *d);
kx_table *kxi_table_ref(kx_table *t);
void kxi_table_unref(kx_table *t);
/* The public calls behind kx_table_add_column, _append, _column. Text is normalised, and text that is then empty is null.
 * Everything foreign is checked before it is used: layouts, offsets, codes, days, bools, UTF-8. Appended numbers widen their
 * column: its width, and its scale as far as 6 digits. kxi_table_view writes as much of *out as out->size says; KX_E_ARGUMENT,
 * KX_E_NOTFOUND, or KX_E_NOMEM when the pool of a text column could not be made. */
kx_status kxi_table_add_view(kx_table *t, const kx_column *view, kx_release_fn release, void *user, kxi_diag *d);
kx_status kxi_table_append(kx_table *t, const kx_value *values, size_t count, size_t stride, kxi_diag *d);
kx_status kxi_table_view(const kx_table *t, size_t index, kx_column *out);
/* Move a finished column in: on success *column is emptied, on failure it is the caller's still. Blocks must come from the
 * context's memory with the sizes said; the name is copied, so whoever made it keeps it. Text must be normalised and valid,
 * codes inside the dictionary, days and bools in range: nothing of this is looked at again. */
kx_status kxi_table_take(kx_table *t, kxi_column *column, kxi_diag *d);
void kxi_column_free(kxi_mem *mem, kxi_column *c);
/* Adopt line numbers (kxi_alloc'd, line_count pairs of uint64; NULL when there are none). */
void kxi_table_set_lines(kx_table *t, uint32_t first_line, uint64_t *lines, size_t line_count);
/* Index of a column by exact name, or KXI_NONE. */
uint32_t kxi_table_find(const kx_table *t, kxi_str name);
/* Where a value stands: input name and, for text inputs, line (columns are named in messages, not numbered). */
kxi_place kxi_table_place(const kx_table *t, size_t row);

/* Dictionaries. */
kx_status kxi_dict_new(kxi_mem *mem, kxi_dict **out);
void kxi_dict_free(kxi_dict *dict); /* NULL is allowed */
/* Appends a string as the next code, without looking whether it is there (whoever builds keeps the map). Copied. */
kx_status kxi_dict_push(kxi_dict *dict, kxi_str text, uint32_t *code);
/* A dictionary out of a map: number n of the map becomes code n. The map is emptied on success. */
kx_status kxi_dict_take(kxi_strmap *map, kxi_dict **out);
/* The texts one after the other, count + 1 offsets; as long as no text is added. */
kx_status kxi_dict_pool(const kxi_dict *dict, const int64_t **offsets, const char **bytes);

/* Reading. */
static inline bool
kxi_column_known(const kxi_column *c, size_t value)
{
    return !c->validity || (c->validity[value >> 3] >> (value & 7) & 1);
}
/* One value; numbers at the column's scale. Not for text. What a null value holds is not defined, also not its range. */
int64_t kxi_column_int(const kxi_column *c, size_t value);
uint32_t kxi_column_code(const kxi_column *c, size_t value); /* KXI_NONE for null */
kxi_str kxi_column_text(const kxi_column *c, size_t value);  /* { NULL, 0 } for null */
/* Values [first, first + n) widened; out of a batch, no per-value branches on the layout. */
void kxi_column_ints(const kxi_column *c, size_t first, size_t n, int64_t *out);
void kxi_column_codes(const kxi_column *c, size_t first, size_t n, uint32_t *out); /* null is KXI_NONE */
/* 0 known, 1 null for each; returns false (out untouched) when the column has no nulls in the range. */
bool kxi_column_nulls(const kxi_column *c, size_t first, size_t n, uint8_t *out);
/* The row a value belongs to. */
size_t kxi_column_row(const kxi_column *c, size_t value);
/* The first value of a row, or KXI_NO_VALUE when the row's list is empty. */
#define KXI_NO_VALUE SIZE_MAX
size_t kxi_column_first(const kxi_column *c, size_t row);

#endif
