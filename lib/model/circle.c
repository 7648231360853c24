/* Circles in the tree of units, on every day on which it changes.
 *
 * On a day each unit leads to one other: to its parent while it stands, to its heir when it is gone. A circle that was not
 * there the day before goes through a unit that changed, so it is enough to walk from those. */
#include "model/model_priv.h"

enum { DEEP = 1000, SHOWN = 12 };

typedef struct walk {
    kxi_seal *seal;
    const kx_dataset *ds;
    uint8_t *reported; /* a bit a unit: its circle is known */
} walk;

typedef struct event {
    kxi_day day;
    uint32_t unit;
} event;

uint32_t
kxi_version_at(const kx_dataset *ds, uint32_t unit, kxi_day day)
{
    uint32_t found = KXI_NONE;
    uint32_t low = ds->version_first[unit], high = ds->version_first[unit + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ds->versions[middle].from <= day) {
            found = middle;
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return found;
}

static uint32_t
leads_to(const kx_dataset *ds, uint32_t unit, kxi_day day)
{
    uint32_t v = kxi_version_at(ds, unit, day);
    if (v == KXI_NONE)
        return KXI_NONE;
    return day <= ds->versions[v].to ? ds->versions[v].parent : ds->versions[v].into;
}

static kx_status
report_circle(walk *w, uint32_t unit, kxi_day day)
{
    const kxi_entities *e = kxi_dataset_units(w->ds);
    uint32_t least = unit, at = unit, shown = 0;
    kxi_buf text;
    kxi_shown cut;
    do {
        kxi_bit_set(w->reported, at, true);
        least = at < least ? at : least;
        at = leads_to(w->ds, at, day);
    } while (at != unit);
    kxi_buf_init(&text, w->seal->mem);
    at = least;
    do {
        kxi_buf_str(&text, shown < SHOWN ? kxi_show(&cut, e->keys[at]) : KXI_STR("…"));
        kxi_buf_cstr(&text, " → ");
        at = leads_to(w->ds, at, day);
    } while (at != least && shown++ < SHOWN);
    kxi_buf_str(&text, kxi_show(&cut, e->keys[least]));
    char date[11];
    kxi_date_print(day, date);
    size_t row = w->ds->versions[kxi_version_at(w->ds, least, day)].row;
    kxi_place place = kxi_table_place(w->ds->tables[w->ds->schema->units.table].table, row);
    kxi_arg args[] = { KXI_A_STR(kxi_buf_view(&text)), KXI_A_CSTR(date) };
    kx_status status = text.failed          ? kxi_nomem(w->seal->diag)
                       : day == KXI_DAY_MIN ? kxi_diag_add(w->seal->diag, KXI_MSG_TREE_CIRCLE, place, args, 1)
                                            : kxi_diag_add(w->seal->diag, KXI_MSG_TREE_CIRCLE_DAY, place, args, 2);
    kxi_buf_free(&text);
    return status;
}

/* Whether a walk of at most DEEP steps from a unit comes back to it. */
static bool
comes_back(const kx_dataset *ds, uint32_t unit, kxi_day day)
{
    uint32_t at = unit;
    for (int step = 0; step <= DEEP && at != KXI_NONE; step++) {
        at = leads_to(ds, at, day);
        if (at == unit)
            return true;
    }
    return false;
}

static bool
is_reported(const walk *w, uint32_t unit)
{
    return w->reported[unit >> 3] >> (unit & 7) & 1;
}

static kx_status
walk_from(walk *w, uint32_t unit, kxi_day day)
{
    uint32_t at = unit;
    for (int step = 0; step <= DEEP; step++) {
        if (is_reported(w, at))
            return KX_OK;
        at = leads_to(w->ds, at, day);
        if (at == KXI_NONE)
            return KX_OK;
        if (at == unit)
            return report_circle(w, unit, day);
    }
    if (comes_back(w->ds, at, day))
        return report_circle(w, at, day);
    kxi_bit_set(w->reported, unit, true);
    return KXI_FAIL(w->seal->diag, TREE_DEEP, KXI_NOWHERE, KXI_A_STR(kxi_dataset_units(w->ds)->keys[unit]),
                    KXI_A_INT(DEEP));
}

static int
by_day_and_unit(const void *user, uint32_t a, uint32_t b)
{
    const event *x = (const event *)user + a, *y = (const event *)user + b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

static size_t
list_events(const kx_dataset *ds, event *events)
{
    size_t n = 0;
    for (uint32_t unit = 0; unit < kxi_dataset_units(ds)->count; unit++)
        for (uint32_t i = ds->version_first[unit]; i < ds->version_first[unit + 1]; i++) {
            events[n++] = (event){ ds->versions[i].from, unit };
            if (ds->versions[i].to < KXI_DAY_MAX)
                events[n++] = (event){ ds->versions[i].to + 1, unit };
        }
    return n;
}

static kx_status
check_circles(walk *w)
{
    size_t versions = w->ds->version_first[kxi_dataset_units(w->ds)->count];
    kxi_arena *a = &w->seal->scratch;
    event *events = kxi_arena_array(a, 2 * versions + 1, sizeof(*events));
    uint32_t *order = kxi_arena_array(a, 2 * versions + 1, sizeof(*order));
    uint32_t *spare = kxi_arena_array(a, 2 * versions + 1, sizeof(*spare));
    if (!events || !order || !spare)
        return kxi_nomem(w->seal->diag);
    size_t n = list_events(w->ds, events);
    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    kxi_sort(order, spare, n, by_day_and_unit, events);
    kx_status first = KX_OK;
    for (size_t i = 0; i < n; i++) {
        kx_status status = walk_from(w, events[order[i]].unit, events[order[i]].day);
        if (kxi_seal_stops(w->seal, status))
            return status;
        if (status != KX_OK)
            first = status;
    }
    return first;
}

/* Whether the unit or an heir of it stands that day. */
static bool
stands(const kx_dataset *ds, uint32_t unit, kxi_day day)
{
    for (int step = 0; step <= DEEP && unit != KXI_NONE; step++) {
        uint32_t v = kxi_version_at(ds, unit, day);
        if (v == KXI_NONE)
            return false;
        if (day <= ds->versions[v].to)
            return true;
        unit = ds->versions[v].into;
    }
    return false;
}

/* The first day of a version on which its parent is gone for good or for a while, without an heir; KXI_DAY_MIN when there is
 * none. The time before the parent began is not looked at. */
static kxi_day
orphaned(const kx_dataset *ds, const kxi_version *v)
{
    uint32_t end = ds->version_first[v->parent + 1];
    for (uint32_t i = ds->version_first[v->parent]; i < end; i++) {
        const kxi_version *p = &ds->versions[i];
        if (p->to >= v->to)
            break;
        kxi_day day = p->to + 1 > v->from ? p->to + 1 : v->from;
        bool hole = i + 1 == end || p[1].from > day;
        if (hole && !stands(ds, v->parent, day))
            return day;
    }
    return KXI_DAY_MIN;
}

static kx_status
report_orphans(walk *w)
{
    const kx_dataset *ds = w->ds;
    const kxi_entities *e = kxi_dataset_units(ds);
    kx_status status = KX_OK;
    for (uint32_t unit = 0; unit < e->count; unit++)
        for (uint32_t i = ds->version_first[unit]; i < ds->version_first[unit + 1] && status == KX_OK; i++) {
            const kxi_version *v = &ds->versions[i];
            kxi_day day = v->parent == KXI_NONE ? KXI_DAY_MIN : orphaned(ds, v);
            if (day == KXI_DAY_MIN)
                continue;
            kxi_shown a, b;
            char date[11];
            kxi_date_print(day, date);
            status =
                KXI_FAIL(w->seal->diag, UNIT_ORPHAN, kxi_table_place(ds->tables[ds->schema->units.table].table, v->row),
                         KXI_A_ROW(v->row), KXI_A_STR(kxi_show(&a, e->keys[unit])),
                         KXI_A_STR(kxi_show(&b, e->keys[v->parent])), KXI_A_CSTR(date));
        }
    return status;
}

kx_status
kxi_seal_tree(kxi_seal *s)
{
    walk w = { .seal = s, .ds = s->ds };
    w.reported = kxi_arena_zero(&s->scratch, kxi_bit_bytes(kxi_dataset_units(s->ds)->count) + 1);
    if (!w.reported)
        return kxi_nomem(s->diag);
    kx_status status = check_circles(&w);
    return status == KX_OK ? report_orphans(&w) : status;
}
