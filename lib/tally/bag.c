/* Bags out of logs: items where the slots of their rows have their cells, in order. */
#include "tally/crew.h"
#include "tally/ranks.h"
#include "tally/store.h"

kx_status
kxi_bag_room(kxi_bag *bag, size_t items, kxi_mem *mem)
{
    if (items == 0)
        return KX_OK;
    bag->items = kxi_alloc(mem, items * sizeof(*bag->items));
    if (!bag->items)
        return KX_E_NOMEM;
    bag->room = items;
    return KX_OK;
}

/* first[c + 1] says how many items cell c has, and becomes where they end. */
static kx_status
lay_out(kxi_bag *bag, size_t cells, kxi_mem *mem)
{
    for (size_t c = 0; c < cells; c++)
        bag->first[c + 1] += bag->first[c];
    return kxi_bag_room(bag, bag->first[cells], mem);
}

/* ---- sorting days ---- */

/* Days that lie within a dozen years are put in order by counting them; all zero between uses. */
enum { NEAR_DAYS = 4096 };
struct day_counts {
    uint64_t bits[NEAR_DAYS / 64];
    uint32_t counts[NEAR_DAYS];
};

static void
order_near(uint32_t *days, size_t n, uint32_t least, uint32_t greatest, struct day_counts *d)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t at = days[i] - least;
        d->counts[at]++;
        d->bits[at / 64] |= UINT64_C(1) << at % 64;
    }
    size_t out = 0;
    for (uint32_t word = 0; word <= (greatest - least) / 64; word++)
        for (; d->bits[word]; d->bits[word] &= d->bits[word] - 1) {
            uint32_t at = word * 64 + (uint32_t)__builtin_ctzll(d->bits[word]);
            for (; d->counts[at]; d->counts[at]--)
                days[out++] = least + at;
        }
}

static void
order_days(uint32_t *days, size_t n, struct day_counts *d, uint32_t *scratch)
{
    uint32_t least = UINT32_MAX, greatest = 0;
    for (size_t i = 0; i < n; i++) {
        least = days[i] < least ? days[i] : least;
        greatest = days[i] > greatest ? days[i] : greatest;
    }
    if (n > 8 && greatest - least < NEAR_DAYS)
        order_near(days, n, least, greatest, d);
    else
        kxi_order_numbers(days, scratch, n);
}

/* ---- days ---- */

/* Filling the bag of one fold; each thread takes parts of the logs, then ranges of cells. */
struct filling {
    kxi_bag *bag;
    size_t cells, longest;
    const kxi_bag_days *sources;
    size_t count, part_count, ranges;
    size_t *at; /* by cell: where its next item goes */
    bool apart; /* slots mean the same in all sources, so parts share no cell */
    kxi_mem *mem;
    struct day_counts *counts; /* by thread */
    uint32_t **scratch;
};

static void
fill_part(const struct filling *f, const kxi_bag_days *source, size_t part)
{
    if (part >= source->log->part_count)
        return;
    const uint32_t *cells = source->cells + (part << KXI_DAYS_SLOT_BITS);
    for (const kxi_day_chunk *c = source->log->parts[part]; c; c = c->next)
        for (uint32_t i = 0; i < c->count; i++)
            f->bag->items[f->at[cells[c->items[i] >> KXI_DAYS_BITS]]++] =
                c->items[i] & ((UINT32_C(1) << KXI_DAYS_BITS) - 1);
}

static void
fill_parts(void *user, size_t thread, size_t part)
{
    const struct filling *f = user;
    (void)thread;
    for (size_t s = 0; s < f->count; s++)
        fill_part(f, &f->sources[s], part);
}

static void
order_range(void *user, size_t thread, size_t range)
{
    const struct filling *f = user;
    size_t from = f->cells / f->ranges * range, to = range + 1 == f->ranges ? f->cells : from + f->cells / f->ranges;
    for (size_t c = from; c < to; c++)
        order_days(f->bag->items + f->bag->first[c], f->bag->first[c + 1] - f->bag->first[c], &f->counts[thread],
                   f->scratch[thread]);
}

static size_t
longest_cell(const kxi_bag *bag, size_t cells)
{
    size_t longest = 0;
    for (size_t c = 0; c < cells; c++)
        if (bag->first[c + 1] - bag->first[c] > longest)
            longest = bag->first[c + 1] - bag->first[c];
    return longest;
}

static kx_status
run_filling(struct filling *f, size_t threads)
{
    kx_status st = KX_OK;
    for (size_t t = 0; st == KX_OK && t < threads; t++) {
        f->scratch[t] = kxi_alloc(f->mem, f->longest * sizeof(**f->scratch));
        st = f->scratch[t] ? KX_OK : KX_E_NOMEM;
    }
    if (st == KX_OK)
        st = kxi_crew_each(f->apart ? threads : 1, f->part_count, fill_parts, f, f->mem);
    if (st == KX_OK)
        st = kxi_crew_each(threads, f->ranges, order_range, f, f->mem);
    for (size_t t = 0; t < threads; t++)
        kxi_free(f->mem, f->scratch[t], f->longest * sizeof(**f->scratch));
    return st;
}

kx_status
kxi_bag_days_fill(kxi_bag *bag, const uint64_t *rows, size_t cells, const kxi_bag_days *sources, size_t count,
                  bool apart, kxi_mem *mem)
{
    struct filling f = { .bag = bag, .cells = cells, .sources = sources, .count = count, .apart = apart, .mem = mem };
    if (cells == 0)
        return KX_OK;
    for (size_t c = 0; c < cells; c++)
        bag->first[c + 1] = rows[c];
    if (lay_out(bag, cells, mem) != KX_OK)
        return KX_E_NOMEM;
    for (size_t s = 0; s < count; s++)
        if (sources[s].log->part_count > f.part_count)
            f.part_count = sources[s].log->part_count;
    f.longest = longest_cell(bag, cells);
    f.ranges = cells < 64 ? 1 : 64;
    f.at = kxi_alloc(mem, cells * sizeof(*f.at));
    f.counts = kxi_alloc_array(mem, count, sizeof(*f.counts));
    f.scratch = kxi_alloc_array(mem, count, sizeof(*f.scratch));
    kx_status st = f.at && f.counts && f.scratch ? KX_OK : KX_E_NOMEM;
    if (st == KX_OK) {
        memcpy(f.at, bag->first, cells * sizeof(*f.at));
        st = run_filling(&f, count);
    }
    kxi_free(mem, f.at, cells * sizeof(*f.at));
    kxi_free(mem, f.counts, count * sizeof(*f.counts));
    kxi_free(mem, f.scratch, count * sizeof(*f.scratch));
    return st;
}

/* ---- records ---- */

static void
put_records(kxi_bag *bag, size_t *at, const kxi_bag_source *source)
{
    for (size_t i = 0; i < source->log->count; i++)
        bag->items[at[source->cells[source->log->items[i].slot]]++] = source->log->items[i].what;
}

kx_status
kxi_bag_fill(kxi_bag *bag, size_t cells, const kxi_bag_source *sources, size_t count, kxi_mem *mem)
{
    if (cells == 0)
        return KX_OK;
    for (size_t s = 0; s < count; s++)
        for (size_t i = 0; i < sources[s].log->count; i++)
            bag->first[sources[s].cells[sources[s].log->items[i].slot] + 1]++;
    if (lay_out(bag, cells, mem) != KX_OK)
        return KX_E_NOMEM;
    size_t *at = kxi_alloc(mem, cells * sizeof(*at)), longest = longest_cell(bag, cells);
    uint32_t *scratch = kxi_alloc(mem, (longest + 1) * sizeof(*scratch));
    bool done = at && scratch;
    if (done) {
        memcpy(at, bag->first, cells * sizeof(*at));
        for (size_t s = 0; s < count; s++)
            put_records(bag, at, &sources[s]);
        for (size_t c = 0; c < cells; c++)
            kxi_order_numbers(bag->items + bag->first[c], scratch, bag->first[c + 1] - bag->first[c]);
    }
    kxi_free(mem, at, cells * sizeof(*at));
    kxi_free(mem, scratch, (longest + 1) * sizeof(*scratch));
    return done ? KX_OK : KX_E_NOMEM;
}
