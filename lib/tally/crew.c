#include "tally/crew.h"

#include <pthread.h>

struct shared {
    const kxi_crew *team;
    atomic_size_t next, done; /* pieces handed out; rows finished */
    atomic_bool stop;
};

struct member {
    struct shared *shared;
    kxi_worker *worker;
    pthread_t thread;
    bool runs;
};

static bool
work_piece(struct shared *s, kxi_worker *w)
{
    const kxi_crew *team = s->team;
    size_t first = atomic_fetch_add_explicit(&s->next, 1, memory_order_relaxed) * team->piece;
    if (first >= team->rows)
        return false;
    size_t end = team->rows - first < team->piece ? team->rows : first + team->piece;
    for (; first < end; first += KXI_JOB_BATCH) {
        size_t n = end - first < KXI_JOB_BATCH ? end - first : KXI_JOB_BATCH;
        if (atomic_load_explicit(&s->stop, memory_order_relaxed))
            return false;
        if (kxi_worker_batch(w, first, n) != KX_OK) {
            atomic_store_explicit(&s->stop, true, memory_order_relaxed);
            return false;
        }
        atomic_fetch_add_explicit(&s->done, n, memory_order_relaxed);
    }
    return true;
}

static void *
member_work(void *arg)
{
    struct member *m = arg;
    while (work_piece(m->shared, m->worker))
        ;
    return NULL;
}

static bool
lead(struct shared *s)
{
    const kxi_crew *team = s->team;
    while (work_piece(s, &team->workers[0])) {
        size_t done = atomic_load_explicit(&s->done, memory_order_relaxed);
        if (team->progress && team->progress(team->user, team->before + done, team->total)) {
            atomic_store_explicit(&s->stop, true, memory_order_relaxed);
            return false;
        }
    }
    return true;
}

kx_status
kxi_crew_run(const kxi_crew *team, const kxi_worker **failed)
{
    struct shared s = { .team = team };
    kxi_mem *mem = team->workers[0].mem;
    struct member *members = kxi_alloc_array(mem, team->count, sizeof(*members));
    *failed = NULL;
    if (!members)
        return KX_E_NOMEM;
    /* A thread that cannot be had leaves its rows to the others. */
    for (size_t i = 1; i < team->count; i++) {
        members[i].shared = &s;
        members[i].worker = &team->workers[i];
        members[i].runs = pthread_create(&members[i].thread, NULL, member_work, &members[i]) == 0;
    }
    bool cancelled = !lead(&s);
    for (size_t i = 1; i < team->count; i++)
        if (members[i].runs)
            pthread_join(members[i].thread, NULL);
    kxi_free(mem, members, team->count * sizeof(*members));
    for (size_t i = 0; i < team->count; i++)
        if (team->workers[i].status != KX_OK) {
            *failed = &team->workers[i];
            return team->workers[i].status;
        }
    return cancelled ? KX_E_CANCELLED : KX_OK;
}

/* ---- loops ---- */

struct loop {
    void (*work)(void *user, size_t thread, size_t i);
    void *user;
    size_t count;
    atomic_size_t next;
};

struct runner {
    struct loop *loop;
    size_t thread;
    pthread_t id;
    bool runs;
};

static void *
run_loop(void *arg)
{
    struct runner *r = arg;
    struct loop *l = r->loop;
    for (;;) {
        size_t i = atomic_fetch_add_explicit(&l->next, 1, memory_order_relaxed);
        if (i >= l->count)
            return NULL;
        l->work(l->user, r->thread, i);
    }
}

kx_status
kxi_crew_each(size_t threads, size_t count, void (*work)(void *user, size_t thread, size_t i), void *user, kxi_mem *mem)
{
    struct loop loop = { .work = work, .user = user, .count = count };
    size_t n = threads < count ? threads : count;
    struct runner first = { .loop = &loop }, *others = n > 1 ? kxi_alloc_array(mem, n, sizeof(*others)) : NULL;
    if (n > 1 && !others)
        return KX_E_NOMEM;
    for (size_t i = 1; i < n; i++) {
        others[i] = (struct runner){ .loop = &loop, .thread = i };
        others[i].runs = pthread_create(&others[i].id, NULL, run_loop, &others[i]) == 0;
    }
    run_loop(&first);
    for (size_t i = 1; i < n; i++)
        if (others[i].runs)
            pthread_join(others[i].id, NULL);
    kxi_free(mem, others, n * sizeof(*others));
    return KX_OK;
}
