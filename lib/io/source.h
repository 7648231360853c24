/* io/source.h: an input as blocks of whole CSV records.
 *
 *   bytes ..... \n ........ "a \n b" ... \n ....     read so many bytes, find the last record's end,
 *   [  block 0     ][  block 1            ][ ...     what is behind it begins the next block
 *
 * Files are read, not mapped: one that is cut short under us is merely shorter. Quotes, commas and line feeds are
 * never part of another character, neither in UTF-8 nor in GB18030, so cutting needs no decoding.
 *
 * Layer: io, private.
 */
#ifndef KXI_IO_SOURCE_H
#define KXI_IO_SOURCE_H

#include "io/split.h"

typedef struct kxi_source {
    kxi_mem *mem;
    kxi_str name;  /* of the input, for messages */
    int file;      /* -1: text */
    kxi_str text;  /* borrowed */
    uint64_t size; /* bytes, as far as is known before reading */
    size_t block;
    uint64_t max_record;
    uint64_t at; /* bytes read */
    char *rest;  /* the beginning of the next block */
    size_t rest_n, rest_capacity;
    bool ended;
} kxi_source;

/* One block, in a buffer that is used again. */
typedef struct kxi_raw {
    kxi_mem *mem;
    char *s; /* KXI_SPLIT_PAD bytes follow the last */
    size_t n, capacity;
    uint64_t offset; /* of s[0] in the input */
    enum kxi_cut cut;
} kxi_raw;

void kxi_source_text(kxi_source *s, kxi_mem *mem, kxi_str name, kxi_str text);
/* file: an open descriptor at its beginning; closed by kxi_source_free. */
void kxi_source_file(kxi_source *s, kxi_mem *mem, kxi_str name, int file, uint64_t size);
void kxi_source_free(kxi_source *s);
/* Begin again. KX_E_IO: *error is the system's number. */
kx_status kxi_source_rewind(kxi_source *s, int *error);
/* The next block; raw->n 0 at the end. KX_E_NOMEM, or KX_E_IO with the system's number in *error. */
kx_status kxi_source_next(kxi_source *s, kxi_raw *raw, int *error);

/* The first n bytes without reading on; *there is false when the input is shorter. KX_E_IO. */
kx_status kxi_source_peek(const kxi_source *s, char *to, size_t n, bool *there, int *error);
/* From the beginning, whether all of the input decodes; if not, where the first byte stands that does not (for UTF-8
 * also its line and column). Leaves the source at some place: rewind it. KX_E_NOMEM, KX_E_IO. */
kx_status kxi_source_check(kxi_source *s, bool gb18030, bool *sound, kxi_place *bad, unsigned char *byte, int *error);

void kxi_raw_init(kxi_raw *raw, kxi_mem *mem);
void kxi_raw_free(kxi_raw *raw);

#endif
