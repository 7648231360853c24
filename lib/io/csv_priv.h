/* io/csv_priv.h: what the files of the CSV reader share.
 *
 *   csv.c         encodings, the order of things
 *   csv_header.c  from the header to the columns that are read
 *   csv_reader.c  what each thread does: take a block, split, convert, pack
 *   csv_table.c   from blocks to the table
 *   csv_notes.c   messages with their places, kept until it is their turn
 *
 * Whatever is shared between readers is guarded by the lock; a reader's own block is not.
 *
 * Layer: io, private.
 */
#ifndef KXI_IO_CSV_PRIV_H
#define KXI_IO_CSV_PRIV_H

#include <pthread.h>

#include "io/csv.h"
#include "io/input.h"
#include "io/join.h"
#include "io/source.h"

/* A message about a block. Its line is counted from the block's first. */
typedef struct kxi_csv_note {
    enum kxi_msg msg;
    uint32_t line, column; /* line from 0, column from 1 */
    uint64_t offset;
    size_t count;
    kxi_arg args[4]; /* texts lie in the notes' arena */
} kxi_csv_note;

typedef struct kxi_csv_notes {
    kxi_arena arena;
    kxi_csv_note *list;
    size_t count, capacity, limit;
    size_t left_out; /* errors past the limit */
} kxi_csv_notes;

/* From this row of the block on, lines go on from this one. */
typedef struct kxi_csv_jump {
    uint32_t row, line;
} kxi_csv_jump;

/* What is known of a block besides its cells. */
typedef struct kxi_csv_block {
    bool stops;       /* the table ends here: by a fault that leaves the rest unreadable, or by the first of all */
    kx_status status; /* KX_E_NOMEM, KX_E_IO, KX_E_LIMIT: there are no cells */
    int error;        /* of the system, with KX_E_IO */
    uint32_t lines;   /* line feeds */
    kxi_csv_jump *jumps;
    size_t jump_count, jump_capacity;
    kxi_csv_notes notes;
} kxi_csv_block;

/* A column that is read. */
typedef struct kxi_csv_column {
    const kxi_column_spec *spec;
    uint32_t field; /* of a record */
    kxi_str header; /* as written, for messages */
} kxi_csv_column;

typedef struct kxi_csv {
    kx_context *ctx;
    kx_dataset *ds;
    uint32_t table;
    const kxi_table_spec *spec;
    kxi_source *source;
    bool collect, detect, gb18030;
    uint32_t threads;
    kx_progress_fn progress;
    void *progress_user;
    uint64_t progress_base, progress_total;

    /* One attempt, as UTF-8 or as GB18030. */
    kxi_arena arena;
    kxi_csv_column *columns; /* by field */
    size_t column_count, field_count;
    kxi_csv_notes header_notes;
    uint64_t header_line; /* of the block the header is in */
    bool usable;          /* the header has no faults */
    kxi_terms *terms;     /* readers * column_count */
    uint32_t readers;

    /* Shared by the readers. */
    pthread_mutex_t lock;
    kxi_block *blocks;
    kxi_csv_block *infos;
    size_t block_count, block_capacity, info_capacity;
    size_t errors;     /* of blocks that are done */
    uint64_t rows;     /* of blocks that are done */
    uint64_t done;     /* bytes of blocks that are done */
    uint64_t reported; /* those the progress function knows of */
    bool stop;         /* no more blocks are handed out */
    bool ended;        /* all were */
    bool cancelled;    /* by the progress function */
    bool bad_encoding; /* while detecting: a block does not decode */
    kx_status failure; /* of a reader outside of any block */
} kxi_csv;

/* One thread's own. */
typedef struct kxi_csv_reader {
    kxi_csv *csv;
    uint32_t number;
    kxi_raw raw;
    kxi_buf decoded;  /* of GB18030 */
    kxi_arena copies; /* of a batch */
    kxi_cells *cells; /* by column */
    kxi_str *fields;  /* of a batch, column by column, then one column for all that are skipped */
    kxi_str **slots;  /* field -> its column of `fields` */
    kxi_faults faults;
    kxi_split split;
    /* The block being read. */
    uint32_t block;
    kxi_block cells_out;
    kxi_csv_block info;
    uint32_t next_line; /* of the next row if nothing jumps */
    const char *text;   /* decoded; split goes through it */
    unsigned char bad_byte;
    size_t raw_at, text_at; /* how far places were looked up: so many bytes of GB18030 are so many of the text */
} kxi_csv_reader;

/* csv_header.c: reads the header from r->split, which stands before it, and fills in columns and fields. *found is
 * false when the block has only blank lines. Faults are in header_notes, csv->usable says that there are none. */
kx_status kxi_csv_header(kxi_csv *csv, kxi_csv_reader *r, bool *found);

/* csv_reader.c */
void kxi_csv_reader_init(kxi_csv_reader *r, kxi_csv *csv, uint32_t number);
void kxi_csv_reader_free(kxi_csv_reader *r);
/* Take the next block and decode it; *any is false when there is none. The status is the block's, too. */
kx_status kxi_csv_take(kxi_csv_reader *r, bool *any);
/* Make ready for the columns of the header. */
kx_status kxi_csv_reader_columns(kxi_csv_reader *r);
/* Read the block that was taken, then take and read on until there are no more. */
void kxi_csv_read_blocks(kxi_csv_reader *r, bool taken);
void kxi_csv_fail(kxi_csv *csv, kx_status status);
/* Tell the caller how far it is, if anything has changed; on the calling thread only. */
void kxi_csv_progress(kxi_csv *csv);

/* csv_table.c */
void kxi_csv_block_free(kxi_csv *csv, size_t block);
/* Say what was found, then make the table. */
kx_status kxi_csv_finish(kxi_input *in, kxi_csv *csv, kx_table **out);

/* csv_notes.c */
void kxi_csv_notes_init(kxi_csv_notes *n, kxi_mem *mem, size_t limit);
void kxi_csv_notes_free(kxi_csv_notes *n);
/* Room for one more message at a place of the block being read; *note NULL when the limit is reached. */
kx_status kxi_csv_note_add(kxi_csv_reader *r, kxi_csv_notes *n, enum kxi_msg msg, const char *record, uint32_t line,
                           const char *at, kxi_csv_note **note);
/* Arguments: a text as it is, and one the user wrote, cut and made visible. */
kx_status kxi_csv_note_text(kxi_csv_notes *n, kxi_csv_note *note, kxi_str text);
kx_status kxi_csv_note_quoted(kxi_csv_notes *n, kxi_csv_note *note, kxi_str text);
void kxi_csv_note_int(kxi_csv_note *note, int64_t number);
/* The fault the splitter met. */
kx_status kxi_csv_note_split(kxi_csv_reader *r, kxi_csv_notes *n);
/* The faults of the batch, in the order of the input. */
kx_status kxi_csv_note_cells(kxi_csv_reader *r);
/* Report them; first_line is that of the block, from 1. The first error's status, KX_OK when there is none. */
kx_status kxi_csv_notes_say(const kxi_csv *csv, const kxi_csv_notes *n, uint64_t first_line, kxi_diag *d);

#endif
