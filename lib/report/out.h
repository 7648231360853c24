/* report/out.h: bytes on their way to the caller's function, in pieces.
 *
 * Appending never fails visibly: what went wrong is remembered and asked for once, by kxi_out_end. Callers append on without
 * looking; after a failure nothing more is passed on.
 *
 * Layer: report.
 */
#ifndef KXI_REPORT_OUT_H
#define KXI_REPORT_OUT_H

#include "base/diag.h"

typedef struct kxi_out {
    kxi_buf buf; /* the piece being filled; appended to directly */
    kx_write_fn write;
    void *user;
    bool stopped; /* write said stop */
    char last;    /* the byte before buf, 0 at the start: what a separator depends on */
} kxi_out;

void kxi_out_begin(kxi_out *o, kxi_mem *mem, kx_write_fn write, void *user);
/* Called between records: passes the piece on once it is large. False when it is no use to go on. */
bool kxi_out_step(kxi_out *o);
/* Passes on the rest and frees. */
kx_status kxi_out_end(kxi_out *o, kxi_diag *d);
/* The last byte appended, 0 at the start. */
char kxi_out_last(const kxi_out *o);

/* One field of RFC 4180, quoted where it has to be; first: no comma before it. */
void kxi_csv_field(kxi_out *o, kxi_str s, bool first);
void kxi_csv_line(kxi_out *o);

/* JSON: separators are set by what was written last, so writers only say keys and values. */
void kxi_json_open(kxi_out *o, char bracket);
void kxi_json_close(kxi_out *o, char bracket);
void kxi_json_line(kxi_out *o); /* the next value begins a line */
void kxi_json_key(kxi_out *o, const char *key);
void kxi_json_str(kxi_out *o, kxi_str s); /* null when s.s is NULL */
void kxi_json_int(kxi_out *o, int64_t v);
void kxi_json_bool(kxi_out *o, bool yes);
void kxi_json_null(kxi_out *o);
void kxi_json_raw(kxi_out *o, kxi_str s); /* a number as it is printed */

#endif
