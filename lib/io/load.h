/* io/load.h: tables from files into a dataset.
 *
 *   folder    one CSV file a table: activities.csv is the table `activities` (matched on the folded form)
 *   file      a JSON dataset: {"units": [{"code": "64", ..}, ..], "posts": {"unit": ["64", ..], ..}}
 *
 * Notes and warnings become findings of the dataset; d carries the error. When a call fails the dataset is as it was:
 * the tables of one call are added together or not at all, and its findings are taken back. With ds->collect, which
 * the caller has set, errors in the data are findings and the call succeeds: a bad value is null, a bad record or
 * table is left out.
 *
 * Layer: io. May include: base, text, model.
 */
#ifndef KXI_IO_LOAD_H
#define KXI_IO_LOAD_H

#include "model/dataset.h"

/* Zero in any field means its default. */
struct kxi_load {
    int32_t encoding;        /* KX_ENCODING_..., of CSV; JSON is always UTF-8 */
    uint32_t threads;        /* that parse, the caller's included; 0 is 1; any number gives the same bytes */
    size_t block;            /* bytes parsed at a time; for tests, which make it small */
    kx_progress_fn progress; /* on the calling thread, counts bytes */
    void *progress_user;
};

/* path as the caller wrote it, terminated; it also names the input in messages. */
kx_status kxi_dataset_load(kx_dataset *ds, const char *path, const struct kxi_load *opt, kxi_diag *d);
/* An object of tables; each an array of row objects or an object of column arrays. */
kx_status kxi_dataset_read_json(kx_dataset *ds, kxi_str input, kxi_str text, const struct kxi_load *opt, kxi_diag *d);

#endif
