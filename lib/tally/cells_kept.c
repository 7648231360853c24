/* The records a measure keeps, in order of their texts. */
#include "tally/cells.h"
#include "tally/ranks.h"

/* Every record of the pool that is asked for, once. */
static kx_status
record_texts(kxi_showing *w, uint32_t record, const kxi_str **shown)
{
    size_t n = w->m->keep_count;
    if (shown[record])
        return KX_OK;
    kxi_str *texts = kxi_arena_array(w->a, n, sizeof(*texts));
    if (!texts)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        uint32_t text = kxi_lexicon_record_text(w->pool, record, i);
        texts[i] = text == KXI_NONE ? KXI_STR("") : kxi_str_copy(w->a, w->pool->texts.keys[text]);
        if (!texts[i].s)
            return KX_E_NOMEM;
    }
    shown[record] = texts;
    return KX_OK;
}

/* Records in the order of their texts: the texts of one, put after each other, with a byte between that none has. */
static kx_status
record_ranks(kxi_showing *w, const kxi_str *const *shown, uint32_t **ranks)
{
    size_t n = w->pool->records.count, count = 0;
    kxi_str *joined = kxi_arena_array(w->scratch, n, sizeof(*joined));
    uint32_t *order = kxi_arena_array(w->scratch, n, sizeof(*order)),
             *spare = kxi_arena_array(w->scratch, n, sizeof(*spare));
    kxi_buf b;
    *ranks = kxi_arena_array(w->scratch, n, sizeof(**ranks));
    if (!joined || !order || !spare || !*ranks)
        return KX_E_NOMEM;
    kxi_buf_init(&b, w->a->mem);
    for (size_t i = 0; i < n; i++) {
        b.n = 0;
        for (size_t k = 0; shown[i] && k < w->m->keep_count; k++) {
            kxi_buf_str(&b, shown[i][k]);
            kxi_buf_char(&b, '\x01');
        }
        joined[i] = kxi_str_copy(w->scratch, b.n ? kxi_buf_view(&b) : KXI_STR(""));
        if (b.failed || !joined[i].s) {
            kxi_buf_free(&b);
            return KX_E_NOMEM;
        }
        if (shown[i])
            order[count++] = (uint32_t)i;
    }
    kxi_buf_free(&b);
    kxi_order_texts(order, spare, count, joined);
    for (size_t i = 0; i < count; i++)
        (*ranks)[order[i]] = (uint32_t)i;
    for (size_t i = 0; i < count; i++) /* a null and an empty text look alike */
        if (i && kxi_str_eq(joined[order[i]], joined[order[i - 1]]))
            (*ranks)[order[i]] = (*ranks)[order[i - 1]];
    return KX_OK;
}

static void
fill_kept(kxi_showing *w, const kxi_str *const *shown, const uint32_t *ranks, uint32_t *first, kxi_kept *kept,
          uint32_t *list, uint32_t *spare, uint32_t *by_rank)
{
    size_t at = 0;
    for (size_t i = 0; i < w->pool->records.count; i++)
        if (shown[i])
            by_rank[ranks[i]] = (uint32_t)i;
    for (size_t i = 0; i < w->s->count; i++) {
        size_t from = w->s->kept.first[w->order[i]], n = w->s->kept.first[w->order[i] + 1] - from;
        for (size_t k = 0; k < n; k++)
            list[k] = ranks[w->s->kept.items[from + k]];
        kxi_order_numbers(list, spare, n);
        first[i] = (uint32_t)at;
        for (size_t k = 0; k < n; k++)
            kept[at++].texts = shown[by_rank[list[k]]];
    }
    first[w->s->count] = (uint32_t)at;
}

kx_status
kxi_cells_kept(kxi_showing *w)
{
    size_t n = w->s->count, records = w->pool->records.count, total = n ? w->s->kept.first[n] : 0;
    const kxi_str **shown = kxi_arena_array(w->scratch, records, sizeof(*shown));
    uint32_t *first = kxi_arena_array(w->a, n + 1, sizeof(*first)), *ranks;
    kxi_kept *kept = kxi_arena_array(w->a, total, sizeof(*kept));
    uint32_t *list = kxi_arena_array(w->scratch, total, sizeof(*list)),
             *spare = kxi_arena_array(w->scratch, total, sizeof(*spare));
    uint32_t *by_rank = kxi_arena_array(w->scratch, records, sizeof(*by_rank));
    if (!shown || !first || !kept || !list || !spare || !by_rank)
        return KX_E_NOMEM;
    for (size_t i = 0; i < total; i++)
        if (record_texts(w, w->s->kept.items[i], shown) != KX_OK)
            return KX_E_NOMEM;
    if (record_ranks(w, shown, &ranks) != KX_OK)
        return KX_E_NOMEM;
    if (n)
        fill_kept(w, shown, ranks, first, kept, list, spare, by_rank);
    w->out->kept_first = first;
    w->out->kept = kept;
    return KX_OK;
}
