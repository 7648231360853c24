/* io/rows.h: the tables of a JSON dataset, from its nodes into columns.
 *
 *   {"units": [{"code": "64", "level": "province"}, ..],      rows
 *    "posts": {"unit": ["64", ..], "role": ["院长", ..]}}     columns
 *
 * null and an absent member are null. Numbers are read from their digits; dates, codes and words are strings; a number
 * that is whole may stand for a code. Lists are arrays.
 *
 * Layer: io, private.
 */
#ifndef KXI_IO_ROWS_H
#define KXI_IO_ROWS_H

#include "io/input.h"
#include "io/json.h"

/* Keep all tables of the dataset in `in`. */
kx_status kxi_rows_read(kxi_input *in, const kxi_doc *doc);

#endif
