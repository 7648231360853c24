/* tests/tally/fixture.h: a scheme out of its measures, a dataset out of CSV text, a tally, and cells as text. All data is made
 * up.
 *
 *   world_init -> world_scheme -> world_data .. -> world_tally -> show_fold
 */
#ifndef KEXIE_TESTS_TALLY_FIXTURE_H
#define KEXIE_TESTS_TALLY_FIXTURE_H

#include "support.h"
#include "tally/tally_priv.h"

struct world {
    struct fault fault; /* of the world's own memory */
    kx_context *ctx;
    kx_error err;
    kxi_diag diag;
    kxi_rules *rules;
    kx_dataset *ds[8]; /* in the order they were made */
    size_t ds_count;
    kxi_tally *tally;
    kxi_buf shown;
    /* How tallies are made by world_new_tally. */
    uint32_t threads;
    size_t dense_limit, piece;
};

/* One table of a dataset: its name and CSV text. A list of them ends with a NULL name. */
struct csv {
    const char *table, *text;
};

void world_init(struct world *w);
void world_free(struct world *w); /* asserts that nothing is left */
/* On memory watched elsewhere; world_end asserts nothing. */
kx_status world_begin(struct world *w, kxi_mem *mem);
void world_end(struct world *w);

/* Compile a scheme whose measures are given as members of a JSON object, with the tables
 *
 *   acts      events   unit, date, kind, n, ok, due, who (people), tags (list of text)
 *   joint     events   crew (list of units), date, n, tags (list of text), nums (list of numbers)
 *   terms     states   unit, role, from, to
 *   plain     no date  unit, n, word
 *   visits    events   contact (contacts), date
 *   contacts  key id   unit, rank
 *
 * besides units and people. Subjects are counties, in cohorts by province, unless `top` (members of the top level, each with a
 * comma after it) says otherwise. Every measure has a fold by subject, and one by its dimensions; uses: more values, apart by
 * "|", such as "prev(m)". The period is 2025 unless top says otherwise. */
kx_status try_scheme(struct world *w, const char *measures, const char *top, const char *uses);
void world_scheme(struct world *w, const char *measures);
void world_scheme_with(struct world *w, const char *measures, const char *top, const char *uses);
/* A sealed dataset; units, when they are not in the list, are those of fixture_units. */
kx_status try_data(struct world *w, const struct csv *tables, kx_dataset **out);
kx_dataset *world_data(struct world *w, const struct csv *tables);
/* A dataset with one table besides units. */
kx_dataset *world_table(struct world *w, const char *table, const char *text);
extern const char fixture_units[];

/* An empty tally as of the day, made the way the world says; the caller frees it. */
kxi_tally *world_new_tally(struct world *w, const char *as_of);
kx_status try_add(struct world *w, kxi_tally *t, kx_dataset *ds, const char *part);
void must_add(struct world *w, kxi_tally *t, kx_dataset *ds, const char *part);
/* world->tally: all datasets, as of the day. */
void world_tally(struct world *w, const char *as_of);

uint32_t fold_of(const struct world *w, const char *measure, bool by_dims, uint32_t shift);
/* Cells of a fold, a line each, as "A|T1|2025-Q1 = 3 r3 n0 [kept|kept]": subject, dimensions, value or the name of its state,
 * rows, nulls. A share or mean shows as 1/2 (of 2/4). Valid until the next call. */
const char *show_fold(struct world *w, const kxi_tally *t, uint32_t fold);
/* All folds, with their counts of rows. */
const char *show_all(struct world *w, const kxi_tally *t);
kx_status try_show_all(struct world *w, const kxi_tally *t);
/* "seen undated unplaced outside unknown" */
const char *show_counts(struct world *w, const kxi_tally *t, uint32_t fold);
/* The expected cells, a line each; "open" for an open dimension. */
const char *show_grid(struct world *w, const kxi_tally *t, uint32_t fold, uint32_t mask);

/* That the fold by dimensions (or, by_dims false, by subject) of world->tally is this. */
void assert_fold(struct world *w, const char *measure, bool by_dims, const char *expected);
void assert_text(const char *got, const char *expected, const char *what);
/* That a call failed with this message, and that its text has the words. */
void assert_refused(const struct world *w, kx_status st, enum kxi_msg msg, const char *words);

kxi_day day(const char *text);
/* Numbers without pattern, the same on every machine. */
uint32_t next_random(uint32_t *state, uint32_t below);

#endif
