#include "io/join.h"

void
kxi_renumbering_free(kxi_join *j, struct kxi_renumbering *r)
{
    for (size_t i = 0; r->codes && i < j->readers; i++)
        kxi_free(j->mem, r->codes[i], j->terms[i * j->stride].count * sizeof(int32_t));
    kxi_free(j->mem, r->codes, j->readers * sizeof(*r->codes));
    kxi_free(j->mem, r->next, j->readers * sizeof(*r->next));
}

static bool
renumbering_alloc(kxi_join *j, struct kxi_renumbering *r)
{
    r->codes = kxi_alloc_array(j->mem, j->readers, sizeof(*r->codes));
    r->next = kxi_alloc_array(j->mem, j->readers, sizeof(*r->next));
    if (!r->codes || !r->next)
        return false;
    for (size_t i = 0; i < j->readers; i++) {
        size_t count = j->terms[i * j->stride].count;
        r->codes[i] = count ? kxi_alloc(j->mem, count * sizeof(int32_t)) : NULL;
        if (count && !r->codes[i])
            return false;
    }
    return true;
}

/* The reader whose next term came first in the input; a block has only one reader. */
static size_t
earliest(const kxi_join *j, const struct kxi_renumbering *r)
{
    size_t best = j->readers;
    uint32_t block = UINT32_MAX;
    for (size_t i = 0; i < j->readers; i++) {
        const kxi_terms *t = &j->terms[i * j->stride];
        if (r->next[i] < t->count && (best == j->readers || t->list[r->next[i]].block < block)) {
            best = i;
            block = t->list[r->next[i]].block;
        }
    }
    return best;
}

kx_status
kxi_renumber(kxi_join *j, struct kxi_renumbering *r, kxi_strmap *map)
{
    if (!renumbering_alloc(j, r))
        return KX_E_NOMEM;
    for (size_t i = earliest(j, r); i < j->readers; i = earliest(j, r)) {
        const kxi_terms *t = &j->terms[i * j->stride];
        uint32_t block = t->list[r->next[i]].block;
        for (; r->next[i] < t->count && t->list[r->next[i]].block == block; r->next[i]++) {
            uint32_t number;
            kx_status status = kxi_strmap_add(map, t->list[r->next[i]].text, &number, NULL);
            if (!status && number > INT32_MAX)
                status = KX_E_LIMIT;
            if (status)
                return status;
            r->codes[i][r->next[i]] = (int32_t)number;
        }
    }
    return KX_OK;
}
