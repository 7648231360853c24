/* io/csv.h: CSV (RFC 4180) into the typed columns of a table of the schema.
 *
 *   input -> blocks that end at a record's end -> threads: split, convert -> parts -> columns, in input order
 *
 * One header line, LF or CRLF, quotes with doubled quotes and line ends inside, blank lines skipped, an empty field
 * is null, every record as many fields as the header. UTF-8 with or without BOM, or GB18030. Headers are matched by
 * kxi_spec_header; columns no rule uses are skipped.
 *
 * Layer: io. May include: base, text, model.
 */
#ifndef KXI_IO_CSV_H
#define KXI_IO_CSV_H

#include "io/load.h"

/* Read text as the table with this number in ds->schema and add it; see io/load.h for failures. opt may be NULL. */
kx_status kxi_csv_read(kx_dataset *ds, uint32_t table, kxi_str input, kxi_str text, const struct kxi_load *opt,
                       kxi_diag *d);

#endif
