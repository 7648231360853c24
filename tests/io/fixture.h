/* tests/io/fixture.h: a schema with a column of every kind, and a dataset to read into. All data is made up. */
#ifndef KEXIE_TESTS_IO_FIXTURE_H
#define KEXIE_TESTS_IO_FIXTURE_H

#include "io/csv.h"
#include "io/json.h"
#include "support.h"

/* The tables. `things` has: id text (required, also 编号), amount number (also 数量), day date (also 日期), open bool, tags
 * list of text, counts list of numbers, note text that no rule reads. `places` has: code text (required), name text. */
enum { THINGS, PLACES, TABLES };

struct io {
    struct fault fault;
    kx_context *ctx;
    kxi_schema schema;
    kx_error err;
    kxi_diag diag;
    kx_dataset *ds;
    struct kxi_load opt;
    char *shown; /* of show_rows and show_bytes */
};

/* Options may change the context's; NULL: English, nothing else. */
void io_init(struct io *io, const kx_context_options *options);
void io_free(struct io *io);
/* On memory watched elsewhere; io_end asserts nothing. */
kx_status io_begin(struct io *io, kxi_mem *mem);
void io_end(struct io *io);
/* A new dataset instead of the one there is. */
void io_again(struct io *io);

/* Text as the table `things` from the input "t.csv", without and with bytes NUL. */
kx_status read_csv(struct io *io, const char *text);
kx_status read_csv_bytes(struct io *io, const char *text, size_t n);
kx_status read_json(struct io *io, const char *text);

/* The rows of a table, a line each: "3: a|1.5|2025-01-31|1|[x;y]|[]". In front the line of the input; ~ is null. A
 * column the data does not have is left out. "none" without the table. */
const char *show_rows(struct io *io, uint32_t table);
/* All that a table consists of, byte by byte. */
const char *show_bytes(struct io *io, uint32_t table);
/* The findings, a line each: "NAME input:line:column text". */
const char *show_findings(struct io *io);

/* That the dataset has the rows. */
void assert_rows(struct io *io, uint32_t table, const char *expected);
/* That a call failed so, at that place, and that the message has all of the words, which are separated by "|". */
void assert_failed(struct io *io, kx_status status, enum kxi_msg msg, uint32_t line, uint32_t column,
                   const char *words);

/* Numbers without pattern, the same on every machine. */
uint32_t next_random(uint32_t *state, uint32_t below);

#endif
