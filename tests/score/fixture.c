#include "fixture.h"

#include "io/json.h"
#include "io/load.h"

#include <stdio.h>

const char fixture_units[] =
    "\"units\": ["
    "{\"code\": \"P\", \"level\": \"province\"}, {\"code\": \"Q\", \"level\": \"province\"},"
    "{\"code\": \"A\", \"level\": \"county\", \"parent\": \"P\", \"x\": 8, \"y\": 10, \"p\": true, \"t\": \"good\", \"d\": \"2025-03-01\"},"
    "{\"code\": \"B\", \"level\": \"county\", \"parent\": \"P\", \"x\": 12, \"y\": 10, \"p\": false, \"t\": \"fair\", \"d\": \"2025-04-01\"},"
    "{\"code\": \"C\", \"level\": \"county\", \"parent\": \"P\", \"x\": 0, \"y\": 0, \"t\": \"bad\", \"d\": \"2025-05-01\"},"
    "{\"code\": \"D\", \"level\": \"county\", \"parent\": \"P\", \"y\": 10, \"p\": true},"
    "{\"code\": \"E\", \"level\": \"county\", \"parent\": \"Q\", \"x\": -3, \"p\": false, \"t\": \"odd\", \"d\": \"2025-07-01\"}]";

static const char head[] =
    "\"kexie\": 1, \"id\": \"test\", \"period\": {\"from\": \"2025-01-01\", \"to\": \"2025-12-31\"},"
    " \"tables\": {\"units\": {\"columns\": {\"x\": \"number?\", \"y\": \"number?\", \"p\": \"bool?\", \"q\": \"bool?\","
    "  \"t\": \"text?\", \"d\": \"date?\"}},"
    "  \"acts\": {\"columns\": {\"unit\": \"units\", \"date\": \"date\", \"n\": \"number?\", \"ok\": \"bool?\", \"kind\": \"text?\"},"
    "   \"date\": \"date\"}},"
    " \"subjects\": {\"of\": \"units\", \"where\": \"level == 'county'\", \"cohort\": [\"province\"]}";

/* ---- life ---- */

kx_status
course_begin(struct course *c, kxi_mem *mem)
{
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    options.alloc = mem->alloc;
    options.alloc_user = mem->user;
    options.language = KX_LANG_EN;
    c->ctx = NULL;
    c->rules = NULL;
    c->data = NULL;
    c->tally = NULL;
    c->score = NULL;
    c->err = (kx_error)KX_ERROR_INIT;
    kx_status st = kxi_context_new(&options, &c->ctx, &c->err);
    c->diag = (kxi_diag){ .language = KX_LANG_EN, .err = &c->err };
    if (st == KX_OK)
        kxi_buf_init(&c->shown, &c->ctx->mem);
    return st;
}

static void
drop_score(struct course *c)
{
    kxi_score_free(c->score);
    kxi_tally_free(c->tally);
    kxi_dataset_unref(c->data);
    kxi_rules_free(c->rules);
    c->score = NULL;
    c->tally = NULL;
    c->data = NULL;
    c->rules = NULL;
}

void
course_end(struct course *c)
{
    if (!c->ctx)
        return;
    drop_score(c);
    kxi_buf_free(&c->shown);
    kxi_context_unref(c->ctx);
}

void
course_init(struct course *c)
{
    kxi_mem mem;
    atomic_init(&c->fault.left, SIZE_MAX);
    atomic_init(&c->fault.live, 0);
    atomic_init(&c->fault.hit, false);
    atomic_init(&c->fault.wrong, false);
    c->fault.once = false;
    kxi_mem_init(&mem, fault_alloc, &c->fault, 0);
    ck_assert_int_eq(course_begin(c, &mem), KX_OK);
}

void
course_free(struct course *c)
{
    course_end(c);
    ck_assert_msg(c->fault.live == 0, "%zu blocks leak", (size_t)c->fault.live);
    ck_assert_msg(!c->fault.wrong, "a block came back with a wrong size");
}

/* ---- the line ---- */

static kx_status
compile(struct course *c, const char *parts, const char *top)
{
    kxi_doc *doc;
    kxi_buf *b = &c->shown;
    b->n = 0;
    kxi_buf_cstr(b, "{");
    kxi_buf_cstr(b, top);
    kxi_buf_cstr(b, head);
    if (!strstr(top, "\"score\":")) {
        kxi_buf_cstr(b, ", \"score\": {\"floor\": null, \"cap\": null, \"parts\": [");
        kxi_buf_cstr(b, parts);
        kxi_buf_cstr(b, "]}");
    }
    kxi_buf_cstr(b, "}");
    if (b->failed)
        return kxi_nomem(&c->diag);
    kx_status st = kxi_json_parse(c->ctx, KXI_STR("scheme"), kxi_buf_view(b), &c->diag, &doc);
    return st == KX_OK ? kxi_rules_compile(c->ctx, doc, &c->diag, &c->rules) : st;
}

/* Tables that the rules read and the test does not give have no rows. */
static kx_status
load(struct course *c, const char *data)
{
    static const char *const tables[] = { "units", "acts", "marks" };
    static const char *const rows[] = { fixture_units,
                                        "\"acts\": {\"unit\": [], \"date\": [], \"n\": [], \"ok\": [], \"kind\": []}",
                                        "\"marks\": {\"subject\": [], \"indicator\": [], \"track\": [], \"value\": [],"
                                        " \"label\": [], \"reason\": []}" };
    kxi_buf *b = &c->shown;
    kx_status st = kxi_dataset_new(c->ctx, &c->rules->schema, NULL, NULL, &c->data, &c->diag);
    b->n = 0;
    kxi_buf_cstr(b, "{");
    kxi_buf_cstr(b, data);
    for (size_t i = 0; i < COUNT(tables); i++) {
        char key[16];
        snprintf(key, sizeof(key), "\"%s\":", tables[i]);
        if (strstr(data, key))
            continue;
        kxi_buf_cstr(b, b->n > 1 ? ", " : "");
        kxi_buf_cstr(b, rows[i]);
    }
    kxi_buf_cstr(b, "}");
    if (st == KX_OK && b->failed)
        st = kxi_nomem(&c->diag);
    if (st == KX_OK)
        st = kxi_dataset_read_json(c->data, KXI_STR("data"), kxi_buf_view(b), NULL, &c->diag);
    return st == KX_OK ? kxi_dataset_seal(c->data, &c->diag) : st;
}

kx_status
course_score(struct course *c)
{
    kxi_day day;
    ck_assert(kxi_date_parse(KXI_STR("2025-12-31"), &day));
    kx_status st = kxi_tally_new(c->ctx, c->rules, day, &c->tally, &c->diag);
    if (st == KX_OK)
        st = kxi_tally_add(c->tally, c->data, KXI_STR("all"), 1, NULL, NULL, &c->diag);
    return st == KX_OK ? kxi_score_make(c->ctx, c->rules, c->tally, &c->score, &c->diag) : st;
}

kx_status
course_try(struct course *c, const char *parts, const char *top, const char *data)
{
    drop_score(c);
    kx_status st = compile(c, parts, top);
    if (st == KX_OK)
        st = load(c, data);
    return st == KX_OK ? course_score(c) : st;
}

void
course_run(struct course *c, const char *parts, const char *top, const char *data)
{
    kx_status st = course_try(c, parts, top, data);
    ck_assert_msg(st == KX_OK, "%s: %s (%s %s)", kx_status_name(st), c->err.message, c->err.pointer, parts);
}

/* ---- as text ---- */

static uint32_t
node_of(const struct course *c, const char *id)
{
    for (uint32_t n = 0; n < c->rules->node_count; n++)
        if (kxi_str_is(c->rules->nodes[n].id, id))
            return n;
    ck_abort_msg("no node %s", id);
}

static void
put_num(struct course *c, kxi_num x)
{
    kxi_str text;
    ck_assert_int_eq(kxi_num_print(&c->score->num, x, &text), KX_OK);
    kxi_buf_str(&c->shown, text);
}

static void
put_state(struct course *c, uint8_t state)
{
    static const char *const names[] = {
#define X(name, en, zh) [KXI_IS_##name] = #name,
        KXI_STATES(X)
#undef X
    };
    for (const char *s = names[state]; *s; s++)
        kxi_buf_char(&c->shown, *s == '_' ? '_' : (char)(*s | 0x20));
}

static void
put_steps(struct course *c, const kxi_fact *f)
{
    static const char *const names[] = {
#define X(name, en, zh) [KXI_STEP_##name] = en,
        KXI_STEP_KINDS(X)
#undef X
    };
    for (size_t i = 0; i < f->step_count; i++) {
        const kxi_step_fact *s = &f->steps[i];
        bool by = s->kind == KXI_STEP_FACTOR || s->kind == KXI_STEP_RESCALE || s->kind == KXI_STEP_CAP ||
                  s->kind == KXI_STEP_FLOOR;
        kxi_buf_cstr(&c->shown, i ? ", " : ": ");
        kxi_buf_cstr(&c->shown, names[s->kind]);
        if (by) {
            kxi_buf_char(&c->shown, ' ');
            put_num(c, s->by);
        }
        if (s->kind == KXI_STEP_CURVE && s->which != KXI_NONE) {
            kxi_buf_cstr(&c->shown, " #");
            kxi_buf_int(&c->shown, (int64_t)s->which + 1);
        }
        if (s->kind == KXI_STEP_PARTS && s->which != KXI_NONE) {
            kxi_buf_char(&c->shown, ' ');
            kxi_buf_str(&c->shown, c->rules->nodes[s->which].id);
        }
        kxi_buf_cstr(&c->shown, by || s->which != KXI_NONE ? " = " : " ");
        put_num(c, s->points);
    }
}

static void
put_fact(struct course *c, const kxi_fact *f)
{
    if (f->state == KXI_FACT_UNKNOWN) {
        kxi_buf_char(&c->shown, '?');
        put_state(c, f->reason);
        return;
    }
    if (f->state == KXI_FACT_NA)
        kxi_buf_cstr(&c->shown, f->left_out ? "na" : "na ");
    if (f->state == KXI_FACT_NA && f->left_out)
        return;
    put_num(c, f->points);
    if (kxi_num_sign(f->full)) {
        kxi_buf_char(&c->shown, '/');
        put_num(c, f->full);
    }
    if (kxi_num_sign(f->lost)) {
        kxi_buf_cstr(&c->shown, " lost ");
        put_num(c, f->lost);
    }
    put_steps(c, f);
}

static const char *
shown(struct course *c)
{
    kxi_buf_char(&c->shown, '\0');
    ck_assert(!c->shown.failed);
    return kxi_buf_view(&c->shown).s;
}

static void
put_subject(struct course *c, uint32_t subject)
{
    kxi_buf_cstr(&c->shown, c->shown.n ? "\n" : "");
    kxi_buf_str(&c->shown, kxi_universe_key(c->score->universe, subject));
    kxi_buf_char(&c->shown, ' ');
}

const char *
show_node(struct course *c, const char *node)
{
    uint32_t n = node_of(c, node);
    c->shown.n = 0;
    for (uint32_t i = 0; i < c->score->subject_count; i++) {
        put_subject(c, i);
        put_fact(c, kxi_score_fact(c->score, n, i));
    }
    return shown(c);
}

static void
put_amount(struct course *c, bool known, kxi_num x, kxi_str text)
{
    if (known)
        put_num(c, x);
    else
        kxi_buf_str(&c->shown, text.n ? text : KXI_STR("?"));
}

static void
put_gap(struct course *c, const kxi_gap *g)
{
    static const char *const names[] = {
#define X(name, en, zh) [KXI_GAP_##name] = en,
        KXI_GAP_KINDS(X)
#undef X
    };
    const kxi_str texts[] = { kxi_str_of(names[g->kind]), g->unit_key, g->where };
    for (size_t i = 0; i < COUNT(texts); i++)
        if (texts[i].n) {
            kxi_buf_cstr(&c->shown, i ? " " : "");
            kxi_buf_str(&c->shown, texts[i]);
        }
    if (g->has_known || g->needs_known || g->has_text.n || g->needs_text.n) {
        kxi_buf_char(&c->shown, ' ');
        put_amount(c, g->has_known, g->has, g->has_text);
        kxi_buf_cstr(&c->shown, g->upper ? ">" : "<");
        put_amount(c, g->needs_known, g->needs, g->needs_text);
    }
    if (g->loss_known) {
        kxi_buf_cstr(&c->shown, " costs ");
        put_num(c, g->loss);
    }
}

const char *
show_gaps(struct course *c, const char *node)
{
    uint32_t n = node ? node_of(c, node) : KXI_NONE;
    c->shown.n = 0;
    for (size_t i = 0; i < c->score->gap_count; i++) {
        const kxi_gap *g = &c->score->gaps[i];
        if (g->node != n)
            continue;
        put_subject(c, g->subject);
        put_gap(c, g);
    }
    return shown(c);
}

static void
put_words(struct course *c, const kxi_standing *s)
{
    const struct {
        bool holds;
        const char *word;
    } words[] = { { !s->admitted, " out" },
                  { s->cancelled, " cancelled" },
                  { s->missed_place, " missed" },
                  { s->place_open, " open" } };
    for (size_t i = 0; i < COUNT(words); i++)
        kxi_buf_cstr(&c->shown, words[i].holds ? words[i].word : "");
    for (size_t i = 0; i < s->gate_count; i++) {
        kxi_buf_char(&c->shown, ' ');
        kxi_buf_str(&c->shown, c->rules->gates[s->gates[i]].id);
    }
}

const char *
show_standings(struct course *c)
{
    c->shown.n = 0;
    for (uint32_t i = 0; i < c->score->subject_count; i++) {
        const kxi_standing *s = &c->score->standings[i];
        put_subject(c, i);
        if (s->complete)
            put_num(c, s->total);
        else
            kxi_buf_char(&c->shown, '?');
        if (s->has_rank) {
            kxi_buf_char(&c->shown, ' ');
            kxi_buf_int(&c->shown, s->rank);
            kxi_buf_cstr(&c->shown, s->tied ? "=" : "");
        }
        if (s->grade != KXI_NONE) {
            kxi_buf_char(&c->shown, ' ');
            kxi_buf_str(&c->shown, c->rules->grades[s->grade].name);
        }
        if (s->grade_by_score != s->grade) {
            kxi_buf_cstr(&c->shown, " by score ");
            kxi_buf_str(&c->shown,
                        s->grade_by_score == KXI_NONE ? KXI_STR("-") : c->rules->grades[s->grade_by_score].name);
        }
        put_words(c, s);
    }
    return shown(c);
}

const char *
show_notes(struct course *c)
{
    c->shown.n = 0;
    for (size_t i = 0; i < c->score->findings.count; i++) {
        kxi_buf_cstr(&c->shown, i ? " " : "");
        kxi_buf_int(&c->shown, kxi_msg_code(c->score->findings.items[i].msg));
    }
    return shown(c);
}

/* ---- checking ---- */

void
assert_text(const char *got, const char *expected, const char *what)
{
    ck_assert_msg(strcmp(got, expected) == 0, "%s\n--- got\n%s\n--- expected\n%s", what, got, expected);
}

void
run_node_case(const struct node_case *t)
{
    struct course c;
    course_init(&c);
    course_run(&c, t->part, t->top ? t->top : "", "");
    assert_text(show_node(&c, "N"), t->expected, t->part);
    course_free(&c);
}
