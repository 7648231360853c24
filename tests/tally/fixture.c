#include "fixture.h"

#include "io/csv.h"
#include "io/json.h"

#include <stdio.h>
#include <stdlib.h>

/* Two provinces; county B2 has no township. */
const char fixture_units[] = "code,name,level,parent\n"
                             "P,Province,province,\nQ,Other,province,\n"
                             "A,Ash,county,P\nB,Birch,county,P\nC,Cedar,county,Q\n"
                             "A1,,township,A\nA2,,township,A\nB1,,township,B\nC1,,township,C\n"
                             "A11,,village,A1\nA12,,village,A1\nC11,,village,C1\n";

static const char tables_text[] =
    "\"acts\": {\"columns\": {\"unit\": \"units\", \"date\": \"date\", \"kind\": \"text?\", \"n\": \"number?\", \"ok\": \"bool?\","
    " \"due\": \"date?\", \"who\": \"people?\", \"tags\": \"text[]?\"}, \"date\": \"date\"},"
    "\"joint\": {\"columns\": {\"crew\": \"units[]\", \"date\": \"date\", \"n\": \"number?\", \"tags\": \"text[]?\", \"nums\":"
    " \"number[]?\"}, \"date\": \"date\"},"
    "\"terms\": {\"columns\": {\"unit\": \"units\", \"role\": \"text?\", \"from\": \"date?\", \"to\": \"date?\"},"
    " \"valid\": [\"from\", \"to\"]},"
    "\"plain\": {\"columns\": {\"unit\": \"units\", \"n\": \"number?\", \"word\": \"text?\"}, \"date\": null},"
    "\"visits\": {\"columns\": {\"contact\": \"contacts\", \"date\": \"date\"}, \"date\": \"date\"},"
    "\"contacts\": {\"columns\": {\"id\": \"text\", \"unit\": \"units\", \"rank\": \"number?\"}, \"key\": \"id\"},"
    "\"people\": {\"columns\": {\"id\": \"text\", \"unit\": \"units\", \"born\": \"date?\", \"team\": \"text?\"}, \"key\": \"id\"}";

/* ---- life ---- */

kx_status
world_begin(struct world *w, kxi_mem *mem)
{
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    w->ctx = NULL;
    w->rules = NULL;
    w->tally = NULL;
    w->ds_count = 0;
    w->threads = 1;
    w->dense_limit = KXI_DENSE_DEFAULT;
    w->piece = KXI_JOB_BATCH;
    options.alloc = mem->alloc;
    options.alloc_user = mem->user;
    options.language = KX_LANG_EN;
    w->err = (kx_error)KX_ERROR_INIT;
    kx_status st = kxi_context_new(&options, &w->ctx, &w->err);
    w->diag = (kxi_diag){ .language = KX_LANG_EN, .err = &w->err };
    if (st == KX_OK)
        kxi_buf_init(&w->shown, &w->ctx->mem);
    return st;
}

void
world_end(struct world *w)
{
    if (!w->ctx)
        return;
    kxi_tally_free(w->tally);
    for (size_t i = 0; i < w->ds_count; i++)
        kxi_dataset_unref(w->ds[i]);
    kxi_rules_free(w->rules);
    kxi_buf_free(&w->shown);
    kxi_context_unref(w->ctx);
}

void
world_init(struct world *w)
{
    kxi_mem mem;
    atomic_init(&w->fault.left, SIZE_MAX);
    atomic_init(&w->fault.live, 0);
    atomic_init(&w->fault.hit, false);
    atomic_init(&w->fault.wrong, false);
    w->fault.once = false;
    kxi_mem_init(&mem, fault_alloc, &w->fault, 0);
    ck_assert_int_eq(world_begin(w, &mem), KX_OK);
}

void
world_free(struct world *w)
{
    world_end(w);
    ck_assert_msg(w->fault.live == 0, "%zu blocks leak", (size_t)w->fault.live);
    ck_assert_msg(!w->fault.wrong, "a block came back with a wrong size");
}

/* ---- schemes ---- */

static void
add_part(kxi_buf *b, size_t *number, kxi_str value)
{
    kxi_buf_cstr(b, *number ? ", " : "");
    kxi_buf_cstr(b, "{\"id\": \"X");
    kxi_buf_int(b, (int64_t)(*number)++);
    kxi_buf_cstr(b, "\", \"points\": 1, \"value\": \"");
    kxi_buf_str(b, value);
    kxi_buf_cstr(b, "\"}");
}

/* Names of the measures are the keys at depth 0 of the text. Each is used by itself and by its cells. */
static void
add_measures(kxi_buf *b, size_t *number, const char *measures)
{
    int depth = 0;
    for (const char *s = measures; *s; s++) {
        depth += (*s == '{' || *s == '[') - (*s == '}' || *s == ']');
        if (*s != '"')
            continue;
        const char *end = strchr(s + 1, '"');
        if (depth == 0) {
            char value[64];
            snprintf(value, sizeof(value), "has(%.*s)", (int)(end - s - 1), s + 1);
            add_part(b, number, kxi_str_of(value));
            snprintf(value, sizeof(value), "cells(%.*s)", (int)(end - s - 1), s + 1);
            add_part(b, number, kxi_str_of(value));
        }
        s = end;
    }
}

static void
add_uses(kxi_buf *b, size_t *number, const char *uses)
{
    while (*uses) {
        size_t n = strcspn(uses, "|");
        add_part(b, number, (kxi_str){ uses, n });
        uses += n + (uses[n] == '|');
    }
}

static void
write_scheme(kxi_buf *b, const char *measures, const char *top, const char *uses)
{
    size_t number = 0;
    kxi_buf_cstr(b, "{\"kexie\": 1, \"id\": \"test\", ");
    kxi_buf_cstr(b, top);
    if (!strstr(top, "\"period\""))
        kxi_buf_cstr(b, "\"period\": {\"from\": \"2025-01-01\", \"to\": \"2025-12-31\"}, ");
    if (!strstr(top, "\"subjects\""))
        kxi_buf_cstr(
            b, "\"subjects\": {\"of\": \"units\", \"where\": \"level == 'county'\", \"cohort\": [\"province\"]}, ");
    kxi_buf_cstr(b, "\"tables\": {");
    kxi_buf_cstr(b, tables_text);
    kxi_buf_cstr(b, "}, \"measures\": {");
    kxi_buf_cstr(b, measures);
    kxi_buf_cstr(b, "}, \"score\": {\"floor\": null, \"cap\": null, \"parts\": [");
    add_measures(b, &number, measures);
    add_uses(b, &number, uses);
    kxi_buf_cstr(b, "]}}");
}

kx_status
try_scheme(struct world *w, const char *measures, const char *top, const char *uses)
{
    kxi_buf b;
    kxi_doc *doc;
    kxi_buf_init(&b, &w->ctx->mem);
    write_scheme(&b, measures, top, uses);
    if (b.failed) {
        kxi_buf_free(&b);
        return kxi_nomem(&w->diag);
    }
    kx_status st = kxi_json_parse(w->ctx, KXI_STR("scheme"), kxi_buf_view(&b), &w->diag, &doc);
    kxi_buf_free(&b);
    return st == KX_OK ? kxi_rules_compile(w->ctx, doc, &w->diag, &w->rules) : st;
}

void
world_scheme_with(struct world *w, const char *measures, const char *top, const char *uses)
{
    kx_status st = try_scheme(w, measures, top, uses);
    ck_assert_msg(st == KX_OK, "scheme: %s %s (%s)", kx_status_name(st), w->err.message, w->err.pointer);
}

void
world_scheme(struct world *w, const char *measures)
{
    world_scheme_with(w, measures, "", "");
}

/* ---- data ---- */

static kx_status
add_csv(struct world *w, kx_dataset *ds, const char *table, const char *text)
{
    uint32_t number = kxi_schema_table(ds->schema, kxi_str_of(table));
    ck_assert_msg(number != KXI_NONE, "no table %s", table);
    return kxi_csv_read(ds, number, kxi_str_of(table), kxi_str_of(text), NULL, &w->diag);
}

kx_status
try_data(struct world *w, const struct csv *tables, kx_dataset **out)
{
    kx_dataset *ds;
    bool units = false;
    kx_status st = kxi_dataset_new(w->ctx, &w->rules->schema, NULL, NULL, &ds, &w->diag);
    *out = NULL;
    if (st != KX_OK)
        return st;
    for (; st == KX_OK && tables->table; tables++) {
        units |= strcmp(tables->table, "units") == 0;
        st = add_csv(w, ds, tables->table, tables->text);
    }
    if (st == KX_OK && !units)
        st = add_csv(w, ds, "units", fixture_units);
    /* Tables a test does not fill in have no rows. */
    for (uint32_t i = 0; st == KX_OK && i < ds->schema->table_count; i++) {
        const kxi_table_spec *spec = &ds->schema->tables[i];
        if (ds->tables[i].table || !spec->needed)
            continue;
        kxi_buf header;
        kxi_buf_init(&header, &w->ctx->mem);
        for (size_t c = 0; c < spec->column_count; c++) {
            kxi_buf_cstr(&header, c ? "," : "");
            kxi_buf_str(&header, spec->columns[c].name);
        }
        kxi_buf_char(&header, '\n');
        st = header.failed ? kxi_nomem(&w->diag) : add_csv(w, ds, spec->name.s, header.s);
        kxi_buf_free(&header);
    }
    if (st == KX_OK)
        st = kxi_dataset_seal(ds, &w->diag);
    if (st != KX_OK) {
        kxi_dataset_unref(ds);
        return st;
    }
    w->ds[w->ds_count++] = ds;
    *out = ds;
    return KX_OK;
}

kx_dataset *
world_data(struct world *w, const struct csv *tables)
{
    kx_dataset *ds;
    kx_status st = try_data(w, tables, &ds);
    ck_assert_msg(st == KX_OK, "data: %s %s:%u", w->err.message, w->err.input, (unsigned)w->err.line);
    return ds;
}

kx_dataset *
world_table(struct world *w, const char *table, const char *text)
{
    const struct csv tables[] = { { table, text }, { NULL, NULL } };
    return world_data(w, tables);
}

/* ---- tallies ---- */

kxi_day
day(const char *text)
{
    kxi_day d;
    ck_assert_msg(kxi_date_parse(kxi_str_of(text), &d), "no date: %s", text);
    return d;
}

kxi_tally *
world_new_tally(struct world *w, const char *as_of)
{
    kxi_tally *t;
    kx_status st = kxi_tally_new(w->ctx, w->rules, day(as_of), &t, &w->diag);
    ck_assert_int_eq(st, KX_OK);
    t->dense_limit = w->dense_limit;
    t->piece = w->piece;
    return t;
}

kx_status
try_add(struct world *w, kxi_tally *t, kx_dataset *ds, const char *part)
{
    return kxi_tally_add(t, ds, kxi_str_of(part), w->threads, NULL, NULL, &w->diag);
}

void
must_add(struct world *w, kxi_tally *t, kx_dataset *ds, const char *part)
{
    kx_status st = try_add(w, t, ds, part);
    ck_assert_msg(st == KX_OK, "add: %s %s", kx_status_name(st), w->err.message);
}

void
world_tally(struct world *w, const char *as_of)
{
    char part[24];
    kxi_tally_free(w->tally);
    w->tally = world_new_tally(w, as_of);
    for (size_t i = 0; i < w->ds_count; i++) {
        snprintf(part, sizeof(part), "%zu", i);
        must_add(w, w->tally, w->ds[i], part);
    }
}

uint32_t
fold_of(const struct world *w, const char *measure, bool by_dims, uint32_t shift)
{
    for (uint32_t f = 0; f < w->rules->fold_count; f++) {
        const kxi_fold *fold = &w->rules->folds[f];
        if (kxi_str_is(w->rules->measures[fold->measure].name, measure) && fold->shift == shift &&
            fold->by_dims == by_dims)
            return f;
    }
    ck_abort_msg("no fold of %s", measure);
    return KXI_NONE;
}

/* ---- as text ---- */

static kx_status
show_number(kxi_buf *b, kxi_numctx *c, kxi_num x)
{
    kxi_str text;
    kx_status st = kxi_num_print(c, x, &text);
    if (st == KX_OK)
        kxi_buf_str(b, text);
    return st;
}

static kx_status
show_lane(kxi_buf *b, kxi_numctx *c, const kxi_vec *v, size_t i)
{
    char text[11];
    kxi_num x;
    uint8_t state = kxi_vec_state(v, i);
    if (state) {
        kxi_buf_cstr(b, kxi_state_text(state, KX_LANG_EN));
    } else if (v->type == KXI_V_TEXT) {
        kxi_buf_str(b, v->v.texts[i]);
    } else if (v->type == KXI_V_BOOL) {
        kxi_buf_cstr(b, v->v.yes[i] ? "true" : "false");
    } else if (v->type == KXI_V_DATE) {
        kxi_date_print((kxi_day)v->v.ints[i], text);
        kxi_buf_cstr(b, text);
    } else {
        kx_status st = kxi_vec_num(c, v, i, &x);
        return st == KX_OK ? show_number(b, c, x) : st;
    }
    return KX_OK;
}

static kx_status
show_dim(kxi_buf *b, kxi_numctx *c, const kxi_universe *u, const kxi_dim *dim, kxi_span span, const kxi_vec *open,
         uint32_t v)
{
    char name[KXI_BUCKET_NAME];
    switch (dim->kind) {
    case KXI_DIM_LEVEL:
        kxi_buf_str(b, kxi_dataset_units(u->dataset)->keys[v]);
        break;
    case KXI_DIM_BUCKET:
        kxi_bucket_name(span, dim->bucket, v, name);
        kxi_buf_cstr(b, name);
        break;
    case KXI_DIM_WINDOWS:
        kxi_buf_str(b, dim->windows[v].name);
        break;
    case KXI_DIM_LIST:
        kxi_buf_str(b, dim->values[v]);
        break;
    case KXI_DIM_REF:
        kxi_buf_str(b, u->dataset->tables[dim->target].entities.keys[v]);
        break;
    default:
        return show_lane(b, c, open, v);
    }
    return KX_OK;
}

static kx_status
show_key(struct world *w, const kxi_tally *t, uint32_t fold, kxi_numctx *c, uint32_t subject,
         const uint32_t *const *dims, const kxi_vec *open, size_t dim_count, size_t i)
{
    const kxi_universe *u = t->universe;
    const kxi_measure *m = kxi_tally_measure(t, fold);
    kxi_span span = kxi_fold_when(t->rules, &t->rules->folds[fold], t->as_of).span;
    kx_status st = KX_OK;
    kxi_buf_str(&w->shown, subject == KXI_NONE ? KXI_STR("*") : kxi_universe_key(u, subject));
    for (size_t d = 0; st == KX_OK && d < dim_count; d++) {
        if (!dims[d])
            continue;
        kxi_buf_char(&w->shown, '|');
        st = show_dim(&w->shown, c, u, &m->dims[d], span, open ? &open[d] : NULL, dims[d][i]);
    }
    return st;
}

static void
show_kept(kxi_buf *b, const kxi_measure *m, const kxi_cells *cells, size_t i)
{
    for (uint32_t k = cells->kept_first[i]; k < cells->kept_first[i + 1]; k++) {
        kxi_buf_cstr(b, " [");
        for (size_t c = 0; c < m->keep_count; c++) {
            kxi_buf_cstr(b, c ? "|" : "");
            kxi_buf_str(b, cells->kept[k].texts[c]);
        }
        kxi_buf_char(b, ']');
    }
}

static kx_status
show_cell(struct world *w, const kxi_tally *t, uint32_t fold, kxi_numctx *c, const kxi_cells *cells, size_t i)
{
    kxi_buf *b = &w->shown;
    kx_status st = show_key(w, t, fold, c, cells->subjects[i], cells->dims, cells->open, cells->dim_count, i);
    kxi_buf_cstr(b, " = ");
    if (st == KX_OK)
        st = show_lane(b, c, &cells->value, i);
    if (st == KX_OK && cells->numerators && !kxi_vec_state(&cells->value, i)) {
        kxi_buf_cstr(b, " of ");
        st = show_number(b, c, cells->numerators[i]);
        kxi_buf_char(b, '/');
        if (st == KX_OK)
            st = show_number(b, c, cells->denominators[i]);
    }
    kxi_buf_cstr(b, " r");
    kxi_buf_int(b, (int64_t)cells->rows[i]);
    kxi_buf_cstr(b, " n");
    kxi_buf_int(b, (int64_t)cells->nulls[i]);
    if (cells->kept)
        show_kept(b, kxi_tally_measure(t, fold), cells, i);
    kxi_buf_char(b, '\n');
    return st;
}

static kx_status
add_fold(struct world *w, const kxi_tally *t, uint32_t fold)
{
    kxi_arena a;
    kxi_cells cells;
    kxi_arena_init(&a, &w->ctx->mem);
    kxi_numctx c = { &a, 20000 };
    kx_status st = kxi_tally_cells(t, fold, &a, &cells, &w->diag);
    for (size_t i = 0; st == KX_OK && i < cells.count; i++)
        st = show_cell(w, t, fold, &c, &cells, i);
    kxi_arena_free(&a);
    return w->shown.failed ? KX_E_NOMEM : st;
}

const char *
show_fold(struct world *w, const kxi_tally *t, uint32_t fold)
{
    w->shown.n = 0;
    kx_status st = add_fold(w, t, fold);
    ck_assert_msg(st == KX_OK, "cells: %s %s", kx_status_name(st), w->err.message);
    return w->shown.n ? w->shown.s : "";
}

const char *
show_counts(struct world *w, const kxi_tally *t, uint32_t fold)
{
    kxi_row_counts n;
    kxi_tally_counts(t, fold, &n);
    const uint64_t all[] = { n.seen, n.undated, n.unplaced, n.outside, n.unknown };
    w->shown.n = 0;
    for (size_t i = 0; i < COUNT(all); i++) {
        kxi_buf_cstr(&w->shown, i ? " " : "");
        kxi_buf_int(&w->shown, (int64_t)all[i]);
    }
    return w->shown.s;
}

kx_status
try_show_all(struct world *w, const kxi_tally *t)
{
    kx_status st = KX_OK;
    w->shown.n = 0;
    for (uint32_t f = 0; st == KX_OK && f < w->rules->fold_count; f++) {
        kxi_row_counts n;
        const kxi_fold *fold = &w->rules->folds[f];
        kxi_tally_counts(t, f, &n);
        kxi_buf_str(&w->shown, w->rules->measures[fold->measure].name);
        kxi_buf_cstr(&w->shown, fold->by_dims ? " by dims, " : ", ");
        kxi_buf_int(&w->shown, fold->shift);
        const uint64_t all[] = { n.seen, n.undated, n.unplaced, n.outside, n.unknown };
        for (size_t i = 0; i < COUNT(all); i++) {
            kxi_buf_char(&w->shown, ' ');
            kxi_buf_int(&w->shown, (int64_t)all[i]);
        }
        kxi_buf_char(&w->shown, '\n');
        st = add_fold(w, t, f);
    }
    return w->shown.failed ? KX_E_NOMEM : st;
}

const char *
show_all(struct world *w, const kxi_tally *t)
{
    kx_status st = try_show_all(w, t);
    ck_assert_msg(st == KX_OK, "cells: %s %s", kx_status_name(st), w->err.message);
    return w->shown.s;
}

const char *
show_grid(struct world *w, const kxi_tally *t, uint32_t fold, uint32_t mask)
{
    kxi_arena a;
    kxi_grid grid;
    kxi_arena_init(&a, &w->ctx->mem);
    kxi_numctx c = { &a, 20000 };
    w->shown.n = 0;
    kx_status st = kxi_grid_groups(t->universe, fold, mask, &a, &grid, &w->diag);
    ck_assert_msg(st == KX_OK, "grid: %s", w->err.message);
    if (!grid.closed)
        kxi_buf_cstr(&w->shown, "open\n");
    for (size_t i = 0; i < grid.count; i++) {
        show_key(w, t, fold, &c, grid.subjects[i], grid.dims, NULL, kxi_tally_measure(t, fold)->dim_count, i);
        kxi_buf_char(&w->shown, '\n');
    }
    kxi_arena_free(&a);
    return w->shown.n ? w->shown.s : "";
}

/* ---- asserting ---- */

void
assert_text(const char *got, const char *expected, const char *what)
{
    ck_assert_msg(strcmp(got, expected) == 0, "%s: got\n%sinstead of\n%s", what, got, expected);
}

void
assert_fold(struct world *w, const char *measure, bool by_dims, const char *expected)
{
    assert_text(show_fold(w, w->tally, fold_of(w, measure, by_dims, 0)), expected, measure);
}

void
assert_refused(const struct world *w, kx_status st, enum kxi_msg msg, const char *words)
{
    ck_assert_msg(st == kxi_msg_status(msg), "status %s: %s", kx_status_name(st), w->err.message);
    ck_assert_msg(w->err.code == kxi_msg_code(msg), "code %d: %s", (int)w->err.code, w->err.message);
    ck_assert_msg(strstr(w->err.message, words) != NULL, "\"%s\" does not say %s", w->err.message, words);
}

uint32_t
next_random(uint32_t *state, uint32_t below)
{
    *state = *state * UINT32_C(1664525) + UINT32_C(1013904223);
    return below ? (uint32_t)((uint64_t)(*state >> 8) * below >> 24) : *state;
}
