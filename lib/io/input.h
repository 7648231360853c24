/* io/input.h: what all kinds of input share: telling what was found apart from what failed, files, and adding tables.
 *
 *   found   faults of the data: with ds->collect they are findings and reading goes on, else the first is the error
 *   failed  no memory, an unreadable file, a cancelled call: always the error
 *
 * Layer: io, private.
 */
#ifndef KXI_IO_INPUT_H
#define KXI_IO_INPUT_H

#include "io/load.h"
#include "io/source.h"

/* One call that reads tables. */
typedef struct kxi_input {
    kx_dataset *ds;
    const struct kxi_load *opt; /* never NULL */
    kxi_diag *failed;           /* the caller's */
    kxi_diag found;
    size_t finding_count, finding_left_out, finding_errors; /* before the call */
    struct kxi_made {
        uint32_t table;
        kx_table *made;
    } * tables; /* read, not yet in the dataset */
    size_t table_count, table_capacity;
    uint64_t progress_base, progress_total; /* bytes of what was read before; of all */
} kxi_input;

/* Whether a status is of something found in the data, which collecting goes past. */
static inline bool
kxi_input_goes_on(const kxi_input *in, kx_status status)
{
    return in->ds->collect && (status == KX_E_DATA || status == KX_E_SYNTAX || status == KX_E_LIMIT);
}

/* Begins; KX_E_ARGUMENT when the dataset is sealed. */
kx_status kxi_input_begin(kxi_input *in, kx_dataset *ds, const struct kxi_load *opt, kxi_diag *d);
/* The table called name (matched folded), or KXI_NONE, which is then noted at the place with the nearest name. */
kx_status kxi_input_table(kxi_input *in, kxi_arena *a, kxi_str name, kxi_place place, uint32_t *table);
/* KX_E_DATA when the dataset, or this call, has the table already. */
kx_status kxi_input_check(kxi_input *in, uint32_t table, kxi_str name);
/* Keep a table for the end, counted on success; NULL for one that could not be used, whose absence needs no words. */
kx_status kxi_input_keep(kxi_input *in, uint32_t table, kx_table *t);
/* Adds all tables that were kept, or none, when status is KX_OK; gives everything back. What the call returns. */
kx_status kxi_input_end(kxi_input *in, kx_status status);

/* Read one table of CSV; *out is the caller's, NULL when it cannot be used. A fault of the data was said in
 * in->found, all other failures in in->failed. */
kx_status kxi_csv_table(kxi_input *in, uint32_t table, kxi_source *source, kx_table **out);
/* The message for the system's error number. */
kx_status kxi_input_error(kxi_diag *d, kxi_str path, int error);

#endif
