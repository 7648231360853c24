#include "report/view.h"

#include "text/date.h"

#define ABOUT "≈"
enum { ROUGH_DIGITS = 4 };

void
kxi_view_begin(kxi_view *v, const kxi_score *score)
{
    *v = (kxi_view){ .score = score, .rules = score->rules, .universe = score->universe, .ctx = score->rules->ctx };
    v->language = v->ctx->language;
    kxi_arena_init(&v->arena, &v->ctx->mem);
    v->num = (kxi_numctx){ &v->arena, v->ctx->max_digits };
    v->last = score->subject_count;
    v->node = KXI_NONE;
}

/* Subjects are ordered by key. */
static uint32_t
find_subject(const kxi_view *v, kxi_str key)
{
    uint32_t low = 0, high = v->score->subject_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = kxi_str_cmp(kxi_universe_key(v->universe, middle), key);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return KXI_NONE;
}

/* What the caller may have meant: the key of the subject that has this as its name, or the nearest key. */
static kxi_str
guess_subject(kxi_view *v, kxi_str asked)
{
    uint32_t count = v->score->subject_count;
    kxi_str *keys = kxi_arena_array(&v->arena, count, sizeof(*keys));
    for (uint32_t i = 0; keys && i < count; i++) {
        if (kxi_str_eq(kxi_universe_name(v->universe, i), asked))
            return kxi_universe_key(v->universe, i);
        keys[i] = kxi_universe_key(v->universe, i);
    }
    return keys ? kxi_nearest(asked, keys, count) : (kxi_str){ NULL, 0 };
}

static kx_status
only_subject(kxi_view *v, kxi_str asked, kxi_diag *d)
{
    uint32_t subject = find_subject(v, asked);
    if (subject != KXI_NONE) {
        v->first = subject;
        v->last = subject + 1;
        return KX_OK;
    }
    kxi_str near = guess_subject(v, asked);
    if (near.n)
        return KXI_FAIL(d, SUBJECT_NEAR, KXI_NOWHERE, KXI_A_STR(asked), KXI_A_STR(near));
    return KXI_FAIL(d, SUBJECT_UNKNOWN, KXI_NOWHERE, KXI_A_STR(asked), KXI_A_INT(v->score->subject_count));
}

static kx_status
only_node(kxi_view *v, kxi_str asked, kxi_diag *d)
{
    size_t count = v->rules->node_count;
    kxi_str *ids = kxi_arena_array(&v->arena, count, sizeof(*ids));
    if (!ids)
        return kxi_nomem(d);
    for (size_t i = 0; i < count; i++) {
        ids[i] = v->rules->nodes[i].id;
        if (kxi_str_eq(ids[i], asked)) {
            v->node = (uint32_t)i;
            return KX_OK;
        }
    }
    kxi_str near = kxi_nearest(asked, ids, count);
    if (near.n)
        return KXI_FAIL(d, INDICATOR_NEAR, KXI_NOWHERE, KXI_A_STR(asked), KXI_A_STR(near));
    return KXI_FAIL(d, INDICATOR_UNKNOWN, KXI_NOWHERE, KXI_A_STR(asked));
}

kx_status
kxi_view_only(kxi_view *v, const char *subject, const char *indicator, kxi_diag *d)
{
    kx_status st = subject ? only_subject(v, kxi_str_of(subject), d) : KX_OK;
    if (st == KX_OK && indicator)
        st = only_node(v, kxi_str_of(indicator), d);
    return st;
}

void
kxi_view_next(kxi_view *v)
{
    kxi_arena_reset(&v->arena);
}

kx_status
kxi_view_end(kxi_view *v, kxi_diag *d)
{
    kxi_arena_free(&v->arena);
    if (v->status == KX_E_LIMIT)
        return KXI_FAIL(d, NUMBER_DIGITS, KXI_NOWHERE, KXI_A_INT(v->ctx->max_digits));
    return v->status == KX_OK ? KX_OK : kxi_nomem(d);
}

bool
kxi_view_shows(const kxi_view *v, uint32_t node)
{
    while (node != v->node && node != KXI_NONE)
        node = v->rules->nodes[node].parent;
    return node == v->node;
}

/* The first gap of a subject >= this one. */
static size_t
first_gap(const kxi_score *score, uint32_t subject)
{
    size_t low = 0, high = score->gap_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (score->gaps[middle].subject < subject)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void
kxi_view_gaps(const kxi_view *v, uint32_t subject, size_t *from, size_t *to)
{
    *from = first_gap(v->score, subject);
    *to = first_gap(v->score, subject + 1);
}

bool
kxi_view_shows_gap(const kxi_view *v, const kxi_gap *gap)
{
    return gap->node == KXI_NONE ? v->node == KXI_NONE : kxi_view_shows(v, gap->node);
}

/* ---- printing ---- */

static kxi_str
checked(kxi_view *v, kx_status st, kxi_str s)
{
    if (st == KX_OK)
        return s;
    if (v->status == KX_OK)
        v->status = st;
    return (kxi_str){ NULL, 0 };
}

kxi_str
kxi_view_num(kxi_view *v, kxi_num x)
{
    kxi_str s = { NULL, 0 };
    kx_status st = kxi_num_print(&v->num, x, &s);
    return checked(v, st, s);
}

kxi_str
kxi_view_fixed(kxi_view *v, kxi_num x, int places)
{
    kxi_str s = { NULL, 0 };
    kx_status st = kxi_num_print_fixed(&v->num, x, places, KXI_ROUND_HALF_UP, &s);
    return checked(v, st, s);
}

kxi_str
kxi_view_points(kxi_view *v, kxi_num x)
{
    return kxi_view_fixed(v, x, v->rules->show);
}

kxi_str
kxi_view_int(kxi_view *v, int64_t i)
{
    return kxi_view_num(v, kxi_num_int(i));
}

/* a, the middle, b: one text. */
static kxi_str
glue(kxi_view *v, kxi_str a, char middle, kxi_str b)
{
    char *to = kxi_arena_alloc(&v->arena, a.n + b.n + 2);
    if (!to)
        return checked(v, KX_E_NOMEM, a);
    if (a.n)
        memcpy(to, a.s, a.n);
    to[a.n] = middle;
    if (b.n)
        memcpy(to + a.n + 1, b.s, b.n);
    to[a.n + 1 + b.n] = '\0';
    return (kxi_str){ to, a.n + 1 + b.n };
}

kxi_str
kxi_view_short(kxi_view *v, kxi_num x)
{
    kxi_str s = kxi_view_num(v, x);
    if (!s.n || !memchr(s.s, '/', s.n))
        return s;
    s = kxi_view_fixed(v, x, ROUGH_DIGITS);
    char *to = kxi_arena_alloc(&v->arena, sizeof(ABOUT) + s.n);
    if (!to || !s.n)
        return checked(v, KX_E_NOMEM, s);
    memcpy(to, ABOUT, sizeof(ABOUT) - 1);
    memcpy(to + sizeof(ABOUT) - 1, s.s, s.n);
    to[sizeof(ABOUT) - 1 + s.n] = '\0';
    return (kxi_str){ to, sizeof(ABOUT) - 1 + s.n };
}

kxi_str
kxi_view_fraction(kxi_view *v, kxi_num n, kxi_num d)
{
    kxi_str top = kxi_view_num(v, n), bottom = kxi_view_num(v, d);
    return glue(v, top, '/', bottom);
}

kxi_str
kxi_view_joined(kxi_view *v, kxi_str a, kxi_str b)
{
    return glue(v, a, ' ', b);
}

kxi_str
kxi_view_date(kxi_view *v, kxi_day day)
{
    char text[11];
    kxi_date_print(day, text);
    kxi_str s = kxi_str_copy(&v->arena, kxi_str_of(text));
    return checked(v, s.s ? KX_OK : KX_E_NOMEM, s);
}

kxi_str
kxi_view_value(kxi_view *v, const kxi_fact *f)
{
    int64_t i = 0;
    if (!f->has_value)
        return (kxi_str){ NULL, 0 };
    switch (f->value_type) {
    case KXI_V_BOOL:
        return kxi_num_sign(f->value) ? KXI_STR("true") : KXI_STR("false");
    case KXI_V_DATE:
        kxi_num_to_int(f->value, &i);
        return kxi_view_date(v, (kxi_day)i);
    case KXI_V_TEXT:
        return f->label.s ? f->label : KXI_STR("");
    default:
        return kxi_view_num(v, f->value);
    }
}

kxi_str
kxi_view_has(kxi_view *v, const kxi_gap *g)
{
    return g->has_known ? kxi_view_num(v, g->has) : kxi_view_text(g->has_text);
}

kxi_str
kxi_view_needs(kxi_view *v, const kxi_gap *g)
{
    return g->needs_known ? kxi_view_num(v, g->needs) : kxi_view_text(g->needs_text);
}

kxi_str
kxi_view_responsible(const kxi_view *v, const kxi_gap *g)
{
    const kxi_schema *schema = &v->rules->schema;
    uint32_t units = schema->units.table;
    kxi_str says = g->measure == KXI_NONE ? (kxi_str){ NULL, 0 } : v->rules->measures[g->measure].responsible;
    if (!says.n || units == KXI_NONE)
        return kxi_view_text(says);
    uint32_t column = kxi_spec_column(&schema->tables[units], says);
    if (column == KXI_NONE)
        return says;
    uint32_t unit = g->unit;
    if (unit == KXI_NONE && v->rules->subjects == units)
        unit = v->universe->entities[g->subject];
    uint32_t row = unit == KXI_NONE ? KXI_NONE : kxi_universe_row(v->universe, units, unit);
    const kxi_column *values = v->universe->dataset->tables[units].columns[column].column;
    return row == KXI_NONE || !values || values->type != KX_TEXT ? (kxi_str){ NULL, 0 } : kxi_column_text(values, row);
}

kxi_str
kxi_view_text(kxi_str s)
{
    return s.n ? s : (kxi_str){ NULL, 0 };
}

static const char *
phrase_text(enum kxi_phrase phrase, int32_t language)
{
    static const char *const texts[KXI_PHRASE_COUNT][2] = {
#define X(name, en, zh) [KXI_P_##name] = { zh, en },
        KXI_PHRASES(X)
#undef X
    };
    return texts[phrase][language == KX_LANG_EN];
}

kxi_str
kxi_view_phrase(kxi_view *v, enum kxi_phrase phrase, const kxi_str *args, size_t count)
{
    kxi_str text = kxi_str_of(phrase_text(phrase, v->language));
    size_t room = text.n;
    for (size_t i = 0; i < count; i++)
        room += args[i].n;
    char *to = kxi_arena_alloc(&v->arena, room + 1); /* each argument stands at most once in a phrase */
    if (!to)
        return checked(v, KX_E_NOMEM, text);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        size_t at = text.s[i] == '{' ? (size_t)(text.s[i + 1] - '0') : count;
        if (at >= count) {
            to[n++] = text.s[i];
            continue;
        }
        if (args[at].n)
            memcpy(to + n, args[at].s, args[at].n);
        n += args[at].n;
        i += 2;
    }
    to[n] = '\0';
    return (kxi_str){ to, n };
}
