#include "apportion/pool.h"

kx_status
kxi_pool_init(kxi_pool *p, kxi_numctx *c, const kxi_contest *contest, kxi_award *awards)
{
    *p = (kxi_pool){ .c = c, .contest = contest, .awards = awards };
    p->worths = kxi_arena_array(c->arena, contest->count + 1, sizeof(*p->worths));
    p->heap = kxi_arena_array(c->arena, contest->count + 1, sizeof(*p->heap));
    p->tail = kxi_arena_array(c->arena, contest->count + 1, sizeof(*p->tail));
    return p->worths && p->heap && p->tail ? KX_OK : KX_E_NOMEM;
}

/* Whether a gets a seat before b. Among equal worths and ranks the order does not matter: they get a seat all or none. */
static kx_status
comes_first(kxi_pool *p, uint32_t a, uint32_t b, bool *out)
{
    int order;
    KXI_SEATS_TRY(kxi_num_cmp(p->c, p->worths[a], p->worths[b], &order));
    uint32_t rank_a = p->contest->claims[a].rank, rank_b = p->contest->claims[b].rank;
    *out = order != 0 ? order > 0 : rank_a != rank_b ? rank_a < rank_b : a < b;
    return KX_OK;
}

static kx_status
sift_down(kxi_pool *p, size_t at)
{
    uint32_t claim = p->heap[at];
    for (size_t child = 2 * at + 1; child < p->size; child = 2 * at + 1) {
        bool first;
        if (child + 1 < p->size) {
            KXI_SEATS_TRY(comes_first(p, p->heap[child + 1], p->heap[child], &first));
            child += first;
        }
        KXI_SEATS_TRY(comes_first(p, p->heap[child], claim, &first));
        if (!first)
            break;
        p->heap[at] = p->heap[child];
        at = child;
    }
    p->heap[at] = claim;
    return KX_OK;
}

kx_status
kxi_pool_add(kxi_pool *p, uint32_t claim, kxi_num worth)
{
    size_t at = p->size++;
    p->worths[claim] = worth;
    for (; at > 0; at = (at - 1) / 2) {
        bool first;
        KXI_SEATS_TRY(comes_first(p, claim, p->heap[(at - 1) / 2], &first));
        if (!first)
            break;
        p->heap[at] = p->heap[(at - 1) / 2];
    }
    p->heap[at] = claim;
    return KX_OK;
}

/* The claim on top got its seat: it waits for its next one, or no more. */
static kx_status
go_on(kxi_pool *p, uint32_t claim)
{
    const kxi_claim *c = &p->contest->claims[claim];
    bool finite;
    if (p->contest->method != KXI_SEAT_LARGEST_REMAINDER && p->awards[claim].seats < c->hi)
        KXI_SEATS_TRY(
            kxi_seat_worth(p->c, p->contest->method, c->weight, p->awards[claim].seats, &p->worths[claim], &finite));
    else
        p->heap[0] = p->heap[--p->size];
    return p->size ? sift_down(p, 0) : KX_OK;
}

kx_status
kxi_pool_give(kxi_pool *p, int64_t seats, int64_t *left)
{
    kxi_num last = kxi_num_int(0);
    for (*left = seats; *left > 0 && p->size > 0; --*left) {
        uint32_t claim = p->heap[0];
        kxi_award *award = &p->awards[claim];
        if (p->tail_size && !kxi_num_eq(last, p->worths[claim]))
            p->tail_size = 0;
        p->tail[p->tail_size++] = claim; /* once at each worth: the worths of a claim fall strictly */
        last = award->worth = p->worths[claim];
        award->has_worth = true;
        award->seats++;
        KXI_SEATS_TRY(go_on(p, claim));
    }
    return KX_OK;
}

/* Ranks of the claims at the last seat's worth: whether one lacks a rank, and the greatest that got a seat. */
struct edge {
    kxi_num worth;
    uint32_t rank;
    bool unranked, straddled; /* somebody of that worth, of that worth and rank, got none */
    size_t waiting;
};

static struct edge
find_edge(const kxi_pool *p)
{
    const kxi_claim *claims = p->contest->claims;
    struct edge e = { .worth = p->awards[p->tail[0]].worth };
    for (size_t i = 0; i < p->tail_size; i++) {
        uint32_t rank = claims[p->tail[i]].rank;
        e.rank = rank > e.rank ? rank : e.rank;
        e.unranked |= rank == KXI_RANK_NONE;
    }
    for (size_t i = 0; i < p->size; i++)
        if (kxi_num_eq(p->worths[p->heap[i]], e.worth)) {
            uint32_t rank = claims[p->heap[i]].rank;
            e.waiting++;
            e.unranked |= rank == KXI_RANK_NONE;
            e.straddled |= rank == e.rank;
        }
    return e;
}

static void
mark(const kxi_pool *p, const struct edge *e, uint32_t claim)
{
    bool tied = e->unranked || (e->straddled && p->contest->claims[claim].rank == e->rank);
    p->awards[claim].tied = tied;
    p->awards[claim].ordered = !tied;
}

kx_status
kxi_pool_settle(kxi_pool *p, int64_t *open)
{
    *open = 0;
    if (!p->tail_size)
        return KX_OK;
    struct edge e = find_edge(p);
    if (!e.waiting)
        return KX_OK;
    for (size_t i = 0; i < p->size; i++)
        if (kxi_num_eq(p->worths[p->heap[i]], e.worth))
            mark(p, &e, p->heap[i]);
    for (size_t i = 0; i < p->tail_size; i++) {
        kxi_award *award = &p->awards[p->tail[i]];
        mark(p, &e, p->tail[i]);
        if (award->tied) {
            award->seats--;
            award->has_worth = false;
            ++*open;
        }
    }
    return KX_OK;
}
