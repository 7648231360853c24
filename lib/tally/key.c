#include "tally/key.h"

static uint8_t
bits_for(uint64_t count)
{
    uint8_t bits = 1;
    while (bits < 32 && UINT64_C(1) << bits < count)
        bits++;
    return bits;
}

static uint8_t
dim_bits(const kxi_universe *u, const kxi_dim *dim, kxi_span span)
{
    switch (dim->kind) {
    case KXI_DIM_LEVEL:
        return bits_for(u->tree.count);
    case KXI_DIM_BUCKET:
        return bits_for(kxi_bucket_count(span, dim->bucket));
    case KXI_DIM_WINDOWS:
        return bits_for(dim->window_count);
    case KXI_DIM_LIST:
        return bits_for(dim->value_count);
    case KXI_DIM_REF:
        return bits_for(u->dataset->tables[dim->target].entities.count);
    default:
        return 32;
    }
}

/* The first part is the most significant: parts fill words from the top, and none lies in two words. */
static void
place_parts(kxi_key *k)
{
    unsigned word = 0, left = 64;
    for (size_t i = 0; i < k->part_count; i++) {
        kxi_part *p = &k->parts[i];
        if (p->bits > left) {
            word++;
            left = 64;
        }
        left -= p->bits;
        p->word = (uint8_t)word;
        p->shift = (uint8_t)left;
    }
    k->words = word + 1;
}

void
kxi_key_groups(const kxi_universe *u, uint32_t fold, uint32_t mask, kxi_key *out)
{
    const kxi_fold *f = &u->rules->folds[fold];
    const kxi_measure *m = &u->rules->measures[f->measure];
    kxi_span span = kxi_fold_when(u->rules, f, u->as_of).span;
    *out = (kxi_key){ .first_dim = !m->over_all };
    if (!m->over_all)
        out->parts[out->part_count++] = (kxi_part){ .bits = bits_for(u->count) };
    for (size_t i = 0; i < m->dim_count; i++)
        if (mask >> i & 1)
            out->parts[out->part_count++] = (kxi_part){ .dim = &m->dims[i], .bits = dim_bits(u, &m->dims[i], span) };
    place_parts(out);
}

void
kxi_key_make(const kxi_universe *u, uint32_t fold, kxi_key *out)
{
    kxi_key_groups(u, fold, u->rules->folds[fold].by_dims ? UINT32_MAX : 0, out);
}

void
kxi_lexicon_init(kxi_lexicon *p, kxi_mem *mem)
{
    kxi_strmap_init(&p->texts, mem);
    kxi_keymap_init(&p->numbers, mem, 1);
    kxi_strmap_init(&p->records, mem);
}

void
kxi_lexicon_free(kxi_lexicon *p)
{
    kxi_strmap_free(&p->texts);
    kxi_keymap_free(&p->numbers);
    kxi_strmap_free(&p->records);
}

kx_status
kxi_lexicon_number(kxi_lexicon *p, int64_t value, uint32_t *out)
{
    const uint64_t key = (uint64_t)value;
    return kxi_keymap_add(&p->numbers, &key, out, NULL);
}

kx_status
kxi_lexicon_record(kxi_lexicon *p, const uint32_t *texts, size_t n, uint32_t *out)
{
    return kxi_strmap_add(&p->records, (kxi_str){ (const char *)texts, n * sizeof(*texts) }, out, NULL);
}
