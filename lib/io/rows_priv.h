/* io/rows_priv.h: what the files of the reader of JSON datasets share.
 *
 *   rows.c        tables: of rows, of columns; the finished table
 *   rows_value.c  from nodes to cells
 *   rows_names.c  names of columns
 *   rows_note.c   places and messages
 *
 * Layer: io, private.
 */
#ifndef KXI_IO_ROWS_PRIV_H
#define KXI_IO_ROWS_PRIV_H

#include "io/join.h"
#include "io/rows.h"

/* One table of the dataset while it is read. */
struct kxi_rows {
    kxi_input *in;
    const kxi_doc *doc;
    const kxi_node *node; /* of the table */
    uint32_t table;
    const kxi_table_spec *spec;
    kxi_arena arena;   /* of the table */
    kxi_arena scratch; /* of a batch, or a message */
    /* Columns of the input, by first use of their names. */
    kxi_strmap names;
    struct input_column {
        uint32_t spec;        /* KXI_NONE: not read */
        uint32_t read;        /* number among those read */
        const kxi_node *next; /* tables of columns: the next value */
    } * inputs;
    size_t input_capacity;
    uint32_t *of_spec; /* spec column -> input column, or KXI_NONE */
    /* What is read. */
    uint32_t *columns; /* input column of each */
    size_t column_count, column_capacity, rows;
    bool usable; /* nothing was found that keeps the table from being read */
    kxi_cells *cells;
    kxi_terms *terms;
    const kxi_node **nodes; /* of a batch, column by column */
    kxi_faults faults;
    uint64_t *lines; /* pairs, as a table has them */
    size_t line_count, line_capacity;
    uint32_t first_line;
    /* The place looked up last: line feeds before `counted` are `line` - 1. */
    size_t counted, line_start;
    uint32_t line;
};

/* rows_note.c: the line of an offset; a text of the user's, cut and made visible (s NULL: no memory); "a list". */
uint32_t kxi_rows_line(struct kxi_rows *r, size_t offset);
kxi_place kxi_rows_place(struct kxi_rows *r, const kxi_node *node, uint64_t offset);
kxi_str kxi_rows_quoted(struct kxi_rows *r, kxi_str text);
kxi_str kxi_rows_type(const struct kxi_rows *r, const kxi_node *node);
/* Say something of the data; KX_OK when reading goes on. */
kx_status kxi_rows_say(struct kxi_rows *r, enum kxi_msg msg, const kxi_node *node, uint64_t offset, const kxi_arg *args,
                       size_t count);
#define KXI_ROWS_SAY(r, name, node, offset, ...)                                          \
    kxi_rows_say((r), KXI_MSG_##name, (node), (offset), (const kxi_arg[]){ __VA_ARGS__ }, \
                 sizeof((const kxi_arg[]){ __VA_ARGS__ }) / sizeof(kxi_arg))

/* rows_names.c: a name of a column, met in a row or as a member of the table; all of them, for a table without rows;
 * the columns that must be there. */
kx_status kxi_rows_add_name(struct kxi_rows *r, const kxi_node *item);
kx_status kxi_rows_add_all(struct kxi_rows *r);
kx_status kxi_rows_check_required(struct kxi_rows *r);

/* rows_value.c: convert the first n nodes of each column of r->nodes. */
kx_status kxi_rows_batch(struct kxi_rows *r, size_t n);

#endif
