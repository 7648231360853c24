/* io/split.h: the fields of CSV records, a batch at a time.
 *
 *   a,"b ""c""",d\r\n      ->  a | b "c" | d
 *
 * Fields point into the text; only those with doubled quotes are copied. A field nobody wants costs its search and no
 * more. Grammar: RFC 4180, with LF or CRLF, blank lines skipped.
 *
 * Layer: io, private.
 */
#ifndef KXI_IO_SPLIT_H
#define KXI_IO_SPLIT_H

#include "io/cells.h"

#define KXI_SPLIT_PAD 64     /* bytes that are read behind the text: all '\n' */
#define KXI_RECORD_FIELDS 16 /* a record may have that many times max_field bytes */

/* Why a text may end within a record, besides being over. */
enum kxi_cut { KXI_CUT_NONE, KXI_CUT_LONG, KXI_CUT_ENCODING };

typedef struct kxi_split {
    const char *p, *end; /* the rest of the text */
    enum kxi_cut cut;
    uint64_t max_field, max_record;
    kxi_arena *copies; /* of fields with doubled quotes; as long as the batch */
    size_t fields;     /* of the header */
    kxi_str **slots;   /* where field f of record i goes: slots[f][i] */
    uint32_t line;     /* of p: lines that ended before it */
    /* The batch: n records without fault, then maybe one with. */
    size_t n;
    const char *start[KXI_CELLS_BATCH];
    uint32_t lines[KXI_CELLS_BATCH]; /* of each start */
    /* The fault, KXI_MSG_NONE when there is none. After CSV_FIELDS splitting can go on, after others not: it is not
     * known where the next record begins. */
    enum kxi_msg msg;
    const char *fault_start, *fault_at; /* of the record; the place itself */
    uint32_t fault_line;                /* of the record */
    size_t fault_fields;                /* CSV_FIELDS: how many there are */
} kxi_split;

/* The next batch: up to KXI_CELLS_BATCH records. KX_E_NOMEM; faults are in the struct. */
kx_status kxi_split_batch(kxi_split *s);
/* The start of field number `field` of a record that was split without fault. */
const char *kxi_split_find(const kxi_split *s, const char *record, size_t field);
/* The fields of one record, any number of them, into an array of the arena; for the header. *count 0: there is no
 * record. Its start is start[0]; faults as above. */
kx_status kxi_split_header(kxi_split *s, kxi_arena *a, kxi_str **fields, size_t *count);

/* Where the last record ends that is whole in s, given that s begins outside of quotes; 0 when none does. */
size_t kxi_split_boundary(kxi_str s);

#endif
