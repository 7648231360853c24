/* The tree of units on one day, and the days on which it changes. */
#include "model/model_priv.h"

/* Not looked at yet; units never have this number. */
#define PENDING (KXI_NONE - 1)

typedef struct making {
    const kx_dataset *ds;
    uint32_t count;
    uint32_t *at, *version, *parent;
    uint8_t *level;
    uint32_t **up;
    size_t levels;
    uint32_t *path;   /* units from one upwards */
    uint8_t *visited; /* 0 not yet, 1 on the path, 2 done */
} making;

static void
find_versions(making *m, kxi_day day)
{
    for (uint32_t u = 0; u < m->count; u++) {
        uint32_t v = kxi_version_at(m->ds, u, day);
        const kxi_version *version = v == KXI_NONE ? NULL : &m->ds->versions[v];
        m->version[u] = v;
        m->level[u] = version && version->level != KXI_NONE ? (uint8_t)version->level : KXI_LEVEL_NONE;
        m->at[u] = !version ? KXI_NONE : day <= version->to ? u : version->into == KXI_NONE ? KXI_NONE : PENDING;
    }
}

/* Heirs of heirs: walk to one that stands, or to nobody, and write it down for all on the way. */
static kx_status
find_heirs(making *m)
{
    for (uint32_t u = 0; u < m->count; u++) {
        uint32_t end = u, steps = 0;
        while (end != KXI_NONE && m->at[end] == PENDING) {
            if (steps++ == m->count)
                return KX_E_DATA;
            end = m->ds->versions[m->version[end]].into;
        }
        uint32_t heir = end == KXI_NONE ? KXI_NONE : m->at[end];
        for (uint32_t w = u; m->at[w] == PENDING;) {
            uint32_t next = m->ds->versions[m->version[w]].into;
            m->at[w] = heir;
            w = next;
        }
    }
    return KX_OK;
}

static void
find_parents(making *m)
{
    for (uint32_t u = 0; u < m->count; u++) {
        uint32_t p = m->at[u] == u ? m->ds->versions[m->version[u]].parent : KXI_NONE;
        m->parent[u] = p == KXI_NONE ? KXI_NONE : m->at[p];
    }
}

/* Ancestors of a unit whose parent has its own. */
static void
take_ancestors(making *m, uint32_t u)
{
    uint32_t p = m->parent[u];
    for (size_t l = 0; l < m->levels; l++)
        m->up[l][u] = p == KXI_NONE ? KXI_NONE : m->up[l][p];
    if (m->level[u] != KXI_LEVEL_NONE)
        m->up[m->level[u]][u] = u;
    m->visited[u] = 2;
}

static kx_status
find_ancestors(making *m)
{
    for (uint32_t u = 0; u < m->count; u++) {
        uint32_t n = 0, x = u;
        for (; x != KXI_NONE && m->visited[x] != 2 && m->at[u] == u; x = m->parent[x]) {
            if (m->visited[x] == 1)
                return KX_E_DATA;
            m->visited[x] = 1;
            m->path[n++] = x;
        }
        while (n)
            take_ancestors(m, m->path[--n]);
    }
    for (uint32_t u = 0; u < m->count; u++)
        for (size_t l = 0; l < m->levels && m->at[u] != u; l++)
            m->up[l][u] = m->at[u] == KXI_NONE ? KXI_NONE : m->up[l][m->at[u]];
    return KX_OK;
}

static bool
make_arrays(making *m, kxi_arena *a, kxi_arena *scratch)
{
    size_t n = (size_t)m->count + 1;
    m->at = kxi_arena_array(a, n, sizeof(*m->at));
    m->version = kxi_arena_array(a, n, sizeof(*m->version));
    m->parent = kxi_arena_array(a, n, sizeof(*m->parent));
    m->level = kxi_arena_array(a, n, sizeof(*m->level));
    m->up = kxi_arena_array(a, m->levels + 1, sizeof(*m->up));
    m->path = kxi_arena_array(scratch, n, sizeof(*m->path));
    m->visited = kxi_arena_array(scratch, n, sizeof(*m->visited));
    if (!m->at || !m->version || !m->parent || !m->level || !m->up || !m->path || !m->visited)
        return false;
    for (size_t l = 0; l < m->levels; l++)
        if (!(m->up[l] = kxi_arena_array(a, n, sizeof(**m->up))))
            return false;
    return true;
}

kx_status
kxi_tree_make(const kx_dataset *ds, kxi_day day, kxi_arena *a, kxi_tree *out)
{
    making m = { .ds = ds, .levels = ds->schema->level_count };
    kxi_arena scratch;
    m.count = ds->schema->units.table == KXI_NONE ? 0 : kxi_dataset_units(ds)->count;
    kxi_arena_init(&scratch, &ds->ctx->mem);
    kx_status status = make_arrays(&m, a, &scratch) ? KX_OK : KX_E_NOMEM;
    if (status == KX_OK) {
        find_versions(&m, day);
        status = find_heirs(&m);
    }
    if (status == KX_OK) {
        find_parents(&m);
        status = find_ancestors(&m);
    }
    kxi_arena_free(&scratch);
    *out = (kxi_tree){ .day = day };
    if (status == KX_OK)
        *out = (kxi_tree){ day, m.count, m.at, m.version, m.parent, m.level, (const uint32_t *const *)m.up };
    return status;
}

static int
by_number(const void *user, uint32_t a, uint32_t b)
{
    (void)user;
    return (a > b) - (a < b);
}

/* Days are counted from KXI_DAY_MIN here, so that none is negative. */
static size_t
list_changes(const kx_dataset *ds, kxi_day from, kxi_day to, uint32_t *days)
{
    size_t n = 0, count = ds->version_first ? ds->version_first[kxi_dataset_units(ds)->count] : 0;
    for (size_t i = 0; i < count; i++) {
        const kxi_version *v = &ds->versions[i];
        if (v->from > from && v->from <= to)
            days[n++] = (uint32_t)(v->from - KXI_DAY_MIN);
        if (v->to >= from && v->to < to)
            days[n++] = (uint32_t)(v->to + 1 - KXI_DAY_MIN);
    }
    return n;
}

kx_status
kxi_tree_epochs(const kx_dataset *ds, kxi_day from, kxi_day to, kxi_arena *a, kxi_day **days, size_t *count)
{
    size_t versions = ds->version_first ? ds->version_first[kxi_dataset_units(ds)->count] : 0;
    kxi_arena scratch;
    kxi_arena_init(&scratch, &ds->ctx->mem);
    uint32_t *changes = kxi_arena_array(&scratch, 2 * versions + 1, sizeof(*changes));
    uint32_t *spare = kxi_arena_array(&scratch, 2 * versions + 1, sizeof(*spare));
    size_t n = 0, kept = 1;
    kxi_day *list = NULL;
    if (changes && spare) {
        n = list_changes(ds, from, to, changes);
        kxi_sort(changes, spare, n, by_number, NULL);
        list = kxi_arena_array(a, n + 1, sizeof(*list));
    }
    if (list)
        list[0] = from;
    for (size_t i = 0; i < n && list; i++)
        if (i == 0 || changes[i] != changes[i - 1])
            list[kept++] = (kxi_day)changes[i] + KXI_DAY_MIN;
    kxi_arena_free(&scratch);
    *days = list;
    *count = list ? kept : 0;
    return list ? KX_OK : KX_E_NOMEM;
}

bool
kxi_unit_throughout(const kx_dataset *ds, uint32_t unit, kxi_day from, kxi_day to)
{
    for (uint32_t i = ds->version_first[unit]; i < ds->version_first[unit + 1] && from <= to; i++) {
        const kxi_version *v = &ds->versions[i];
        if (v->to < from)
            continue;
        if (v->from > from)
            return false;
        if (v->to >= to)
            return true;
        from = v->to + 1;
    }
    return from > to;
}
