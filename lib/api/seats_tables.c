/* The tables of an apportionment. Their fields are described in doc/apportionment.md; the order of the fields and their names
 * are part of the interface. */
#include "api/seats.h"

#include "report/builder.h"
#include "report/report.h"

#define VALUE KX_NUMBER, KXI_SCALE
#define COUNT KX_NUMBER, 0
#define TEXT KX_TEXT, 0
#define BOOL KX_BOOL, 0

/* clang-format off */
#define SEAT_FIELDS(X) \
    X(ALLOTMENT, "allotment", TEXT) X(UNIT, "unit", TEXT) X(NAME, "name", TEXT) X(SEATS, "seats", COUNT) \
    X(GIVEN, "given", COUNT) X(CLAIM, "claim", VALUE) X(CLAIM_EXACT, "claim_exact", TEXT) X(QUOTA, "quota", VALUE) \
    X(QUOTA_EXACT, "quota_exact", TEXT) X(MIN, "min", COUNT) X(MAX, "max", COUNT) X(FLAGS, "flags", TEXT) X(WHY, "why", TEXT)
#define ALLOTMENT_FIELDS(X) \
    X(ALLOTMENT, "allotment", TEXT) X(TITLE, "title", TEXT) X(CLAUSE, "clause", TEXT) X(WAY, "way", TEXT) \
    X(METHOD, "method", TEXT) X(TOTAL, "total", COUNT) X(RESERVE, "reserve", COUNT) X(UNITS, "units", COUNT) \
    X(SEATS, "seats", COUNT) X(OPEN, "open", COUNT) X(UNCHOSEN, "unchosen", COUNT) X(CEILING, "ceiling", COUNT) \
    X(OVER, "over", COUNT) X(CLAIMS_EXACT, "claims_exact", TEXT) X(LAST_UNIT, "last_unit", TEXT) \
    X(LAST_EXACT, "last_exact", TEXT) X(NEXT_UNIT, "next_unit", TEXT) X(NEXT_EXACT, "next_exact", TEXT)
#define CHECK_FIELDS(X) \
    X(CHECK, "check", TEXT) X(TITLE, "title", TEXT) X(CLAUSE, "clause", TEXT) X(ALLOTMENT, "allotment", TEXT) \
    X(KIND, "kind", TEXT) X(GROUP, "group", TEXT) X(UNIT, "unit", TEXT) X(MET, "met", BOOL) X(HAS, "has", COUNT) \
    X(OF, "of", COUNT) X(SHARE_EXACT, "share_exact", TEXT) X(BOUND, "bound", TEXT) X(NEEDS, "needs", COUNT) \
    X(MISS, "miss", COUNT) X(ALONE, "alone", COUNT)
/* clang-format on */

#define X(id, name, ...) SEAT_##id,
enum { SEAT_FIELDS(X) SEAT_COUNT };
#undef X
#define X(id, name, ...) ALLOTMENT_##id,
enum { ALLOTMENT_FIELDS(X) ALLOTMENT_COUNT };
#undef X
#define X(id, name, ...) CHECK_##id,
enum { CHECK_FIELDS(X) CHECK_COUNT };
#undef X
#define X(id, name, ...) { name, __VA_ARGS__ },
static const kxi_field seat_fields[] = { SEAT_FIELDS(X) };
static const kxi_field allotment_fields[] = { ALLOTMENT_FIELDS(X) };
static const kxi_field check_fields[] = { CHECK_FIELDS(X) };
#undef X

/* What all tables are made with. */
struct writer {
    const kxi_unit_table *t;
    kx_context *ctx;
    kxi_arena arena; /* of one row */
    kxi_numctx num;
    kxi_buf line;
    kxi_builder b;
    kx_status st;
};

static void
note(struct writer *w, kx_status st)
{
    w->st = w->st == KX_OK ? st : w->st;
}

static kxi_str
print(struct writer *w, kxi_num x)
{
    kxi_str s = { NULL, 0 };
    note(w, kxi_num_print(&w->num, x, &s));
    return s;
}

/* A number for reading, at most 6 digits after the point, and in the field after it the whole truth. */
static void
set_number(struct writer *w, size_t field, kxi_num x)
{
    kxi_num shown = x;
    note(w, kxi_num_round(&w->num, x, KXI_ROUND_HALF_UP, KXI_SCALE, &shown));
    kxi_builder_num(&w->b, field, shown);
    kxi_builder_text(&w->b, field + 1, print(w, x));
}

static void
set_unit(struct writer *w, size_t field, uint32_t unit)
{
    if (unit != KXI_NONE)
        kxi_builder_text(&w->b, field, w->t->names[unit]);
}

static kxi_str
take_line(struct writer *w)
{
    if (w->line.failed)
        note(w, KX_E_NOMEM);
    return w->line.n && !w->line.failed ? kxi_buf_view(&w->line) : KXI_STR("");
}

/* ---- seats ---- */

/* "39576757 / sqrt(51 * 52)": the claim by the divisor of the seat after `seats`. */
static void
write_quotient(struct writer *w, const kxi_allotment *a, kxi_num claim, int64_t seats)
{
    kxi_buf_str(&w->line, print(w, claim));
    kxi_buf_cstr(&w->line, " / ");
    switch (a->method) {
    case KXI_SEAT_HUNTINGTON_HILL:
        kxi_buf_cstr(&w->line, "sqrt(");
        kxi_buf_int(&w->line, seats);
        kxi_buf_cstr(&w->line, " * ");
        kxi_buf_int(&w->line, seats + 1);
        kxi_buf_char(&w->line, ')');
        break;
    case KXI_SEAT_SAINTE_LAGUE:
        kxi_buf_int(&w->line, 2 * seats + 1);
        break;
    default:
        kxi_buf_int(&w->line, a->method == KXI_SEAT_ADAMS ? seats : seats + 1);
        break;
    }
}

/* "number 130.5; round 131; max 130". */
static kxi_str
why(struct writer *w, const kxi_allotment *a, const kxi_seat *s)
{
    int64_t seats = 0;
    w->line.n = 0;
    for (size_t i = 0; i < s->step_count; i++) {
        kxi_buf_cstr(&w->line, i ? "; " : "");
        kxi_buf_cstr(&w->line, kxi_seat_step_name(s->steps[i].kind));
        kxi_buf_char(&w->line, ' ');
        if (s->steps[i].kind == KXI_SEAT_STEP_QUOTIENT && kxi_num_to_int(s->steps[i].value, &seats))
            write_quotient(w, a, s->claim, seats);
        else
            kxi_buf_str(&w->line, print(w, s->steps[i].value));
    }
    return take_line(w);
}

static kxi_str
flag_list(struct writer *w, uint32_t flags)
{
    w->line.n = 0;
    for (int bit = 0; bit < KXI_SEAT_FLAG_COUNT; bit++)
        if (flags & (1u << bit)) {
            kxi_buf_cstr(&w->line, w->line.n ? ";" : "");
            kxi_buf_cstr(&w->line, kxi_seat_flag_name(bit));
        }
    return take_line(w);
}

static void
seat_row(struct writer *w, const kxi_allotment *a, uint32_t unit, const kxi_seat *s)
{
    const kxi_plan *plan = w->t->rules->plan;
    uint32_t name = plan->name.n ? kxi_plan_column_find(plan, plan->name) : KXI_NONE;
    const kxi_column *c = name == KXI_NONE ? NULL : w->t->table->columns[name].column;
    kxi_builder_text(&w->b, SEAT_ALLOTMENT, a->id);
    set_unit(w, SEAT_UNIT, unit);
    if (c)
        kxi_builder_text(&w->b, SEAT_NAME, kxi_column_text(c, w->t->rows[unit]));
    if (s->known) {
        kxi_builder_int(&w->b, SEAT_SEATS, s->seats);
        kxi_builder_int(&w->b, SEAT_GIVEN, s->given);
    }
    if (s->has_claim)
        set_number(w, SEAT_CLAIM, s->claim);
    if (s->has_quota)
        set_number(w, SEAT_QUOTA, s->quota);
    kxi_builder_int(&w->b, SEAT_MIN, s->lo);
    if (s->hi < KXI_SEATS_MOST)
        kxi_builder_int(&w->b, SEAT_MAX, s->hi);
    kxi_builder_text(&w->b, SEAT_FLAGS, flag_list(w, s->flags));
    kxi_builder_text(&w->b, SEAT_WHY, why(w, a, s));
}

static void
seat_rows(struct writer *w)
{
    const kxi_outcome *out = &w->t->outcome;
    for (size_t k = 0; k < out->plan->allotment_count; k++)
        for (uint32_t i = 0; i < w->t->table->rows; i++) {
            const kxi_seat *s = &out->allotted[k].seats[i];
            if (!s->in)
                continue;
            if (w->st != KX_OK || !kxi_builder_row(&w->b))
                return;
            seat_row(w, out->allotted[k].rules, i, s);
            kxi_arena_reset(&w->arena);
        }
}

/* ---- allotments ---- */

static void
allotment_row(struct writer *w, const kxi_allotted *x)
{
    static const char *const ways[] = { "method", "number", "choice" };
    const kxi_allotment *a = x->rules;
    kxi_builder_text(&w->b, ALLOTMENT_ALLOTMENT, a->id);
    kxi_builder_text(&w->b, ALLOTMENT_TITLE, a->title.n ? a->title : (kxi_str){ NULL, 0 });
    kxi_builder_text(&w->b, ALLOTMENT_CLAUSE, a->clause.n ? a->clause : (kxi_str){ NULL, 0 });
    kxi_builder_text(&w->b, ALLOTMENT_WAY, kxi_str_of(ways[a->way]));
    if (x->divided)
        kxi_builder_text(&w->b, ALLOTMENT_METHOD, kxi_str_of(kxi_seat_method_name(a->method)));
    if (x->has_total)
        kxi_builder_int(&w->b, ALLOTMENT_TOTAL, x->total);
    kxi_builder_int(&w->b, ALLOTMENT_RESERVE, a->reserve);
    kxi_builder_int(&w->b, ALLOTMENT_UNITS, (int64_t)x->members);
    kxi_builder_int(&w->b, ALLOTMENT_SEATS, x->sum);
    kxi_builder_int(&w->b, ALLOTMENT_OPEN, x->open);
    kxi_builder_int(&w->b, ALLOTMENT_UNCHOSEN, (int64_t)x->open_choices);
    if (a->has_ceiling) {
        kxi_builder_int(&w->b, ALLOTMENT_CEILING, a->ceiling);
        kxi_builder_int(&w->b, ALLOTMENT_OVER, x->over);
    }
    if (!x->divided)
        return;
    kxi_builder_text(&w->b, ALLOTMENT_CLAIMS_EXACT, print(w, x->claims));
    set_unit(w, ALLOTMENT_LAST_UNIT, x->last_unit);
    if (x->last_unit != KXI_NONE)
        kxi_builder_text(&w->b, ALLOTMENT_LAST_EXACT, print(w, x->last));
    set_unit(w, ALLOTMENT_NEXT_UNIT, x->next_unit);
    if (x->next_unit != KXI_NONE)
        kxi_builder_text(&w->b, ALLOTMENT_NEXT_EXACT, print(w, x->next));
}

static void
allotment_rows(struct writer *w)
{
    const kxi_outcome *out = &w->t->outcome;
    for (size_t k = 0; k < out->plan->allotment_count && w->st == KX_OK && kxi_builder_row(&w->b); k++) {
        allotment_row(w, &out->allotted[k]);
        kxi_arena_reset(&w->arena);
    }
}

/* ---- checks ---- */

static void
check_row(struct writer *w, const kxi_seat_finding *f)
{
    const kxi_seat_check *c = f->check;
    bool sum = c->kind == KXI_CHECK_SUM;
    kxi_num share = kxi_num_int(0);
    kxi_builder_text(&w->b, CHECK_CHECK, c->id);
    kxi_builder_text(&w->b, CHECK_TITLE, c->title.n ? c->title : (kxi_str){ NULL, 0 });
    kxi_builder_text(&w->b, CHECK_CLAUSE, c->clause.n ? c->clause : (kxi_str){ NULL, 0 });
    kxi_builder_text(&w->b, CHECK_ALLOTMENT, w->t->rules->plan->allotments[c->of].id);
    kxi_builder_text(&w->b, CHECK_KIND,
                     kxi_str_of(!sum       ? c->kind == KXI_CHECK_EACH ? "each" : "flag"
                                : c->share ? "share"
                                           : "sum"));
    if (c->per)
        kxi_builder_text(&w->b, CHECK_GROUP, f->group);
    set_unit(w, CHECK_UNIT, f->unit);
    if (c->kind != KXI_CHECK_FLAG)
        kxi_builder_int(&w->b, CHECK_MET, f->met);
    if (!sum)
        return;
    kxi_builder_int(&w->b, CHECK_HAS, f->has);
    kxi_builder_int(&w->b, CHECK_OF, f->of);
    if (c->share && f->of) {
        note(w, kxi_num_ratio(&w->num, f->has, f->of, &share));
        kxi_builder_text(&w->b, CHECK_SHARE_EXACT, print(w, share));
    }
    kxi_builder_text(&w->b, CHECK_BOUND, f->upper || !c->has_least ? KXI_STR("at_most") : KXI_STR("at_least"));
    kxi_builder_int(&w->b, CHECK_NEEDS, f->needs);
    kxi_builder_int(&w->b, CHECK_MISS, f->miss);
    if (!f->met && f->alone >= 0)
        kxi_builder_int(&w->b, CHECK_ALONE, f->alone);
}

static void
check_rows(struct writer *w)
{
    const kxi_outcome *out = &w->t->outcome;
    for (size_t k = 0; k < out->check_count && w->st == KX_OK && kxi_builder_row(&w->b); k++) {
        check_row(w, &out->checks[k]);
        kxi_arena_reset(&w->arena);
    }
}

/* ---- all of them ---- */

static kx_status
make(struct writer *w, const kxi_field *fields, size_t count, const char *name, void (*rows)(struct writer *),
     kx_table **out, kxi_diag *d)
{
    kxi_builder_begin(&w->b, w->ctx, fields, count);
    rows(w);
    if (w->b.status == KX_OK && w->st != KX_OK)
        w->b.status = w->st;
    return kxi_builder_end(&w->b, name, out, d);
}

kx_status
kxi_seat_tables(const kxi_unit_table *t, kx_seats *out, kxi_diag *d)
{
    struct writer w = { .t = t, .ctx = t->rules->ctx };
    kxi_arena_init(&w.arena, &w.ctx->mem);
    kxi_buf_init(&w.line, &w.ctx->mem);
    w.num = (kxi_numctx){ &w.arena, w.ctx->max_digits };
    kx_status st = make(&w, seat_fields, SEAT_COUNT, "seats", seat_rows, &out->seats, d);
    if (st == KX_OK)
        st = make(&w, allotment_fields, ALLOTMENT_COUNT, "allotments", allotment_rows, &out->allotments, d);
    if (st == KX_OK)
        st = make(&w, check_fields, CHECK_COUNT, "checks", check_rows, &out->checks, d);
    kxi_buf_free(&w.line);
    kxi_arena_free(&w.arena);
    return st;
}
