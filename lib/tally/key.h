/* tally/key.h: the key of a cell: subject and dimensions, packed into as few words as they need.
 *
 *   | subject 12 | township 20 | quarter 2 |  -> one word, and comparing words compares keys
 *
 * The number of bits follows from the reference tables and the rules alone, so keys of all parts of a tally are alike. Units
 * and entities are their numbers, buckets, windows and listed values their index; values of open dimensions are numbers of
 * the tally's pool, in order of first use.
 *
 * Layer: tally, and only there.
 */
#ifndef KXI_TALLY_KEY_H
#define KXI_TALLY_KEY_H

#include "tally/tally.h"

enum { KXI_PARTS = 17 }; /* a subject and 16 dimensions */

typedef struct kxi_part {
    const kxi_dim *dim; /* NULL: the subject */
    uint8_t word, shift, bits;
} kxi_part;

typedef struct kxi_key {
    kxi_part parts[KXI_PARTS];
    size_t part_count;
    size_t words;       /* at least 1 */
    uint32_t first_dim; /* part of dimension 0: 1 with a subject, else 0 */
} kxi_key;

void kxi_key_make(const kxi_universe *u, uint32_t fold, kxi_key *out);
/* Of the subject and the dimensions in a mask. */
void kxi_key_groups(const kxi_universe *u, uint32_t fold, uint32_t mask, kxi_key *out);

static inline void
kxi_key_put(const kxi_key *k, size_t part, uint32_t value, uint64_t *words)
{
    words[k->parts[part].word] |= (uint64_t)value << k->parts[part].shift;
}
static inline uint32_t
kxi_key_get(const kxi_key *k, size_t part, const uint64_t *words)
{
    const kxi_part *p = &k->parts[part];
    return (uint32_t)(words[p->word] >> p->shift & ((UINT64_C(1) << p->bits) - 1));
}
/* Whether the part's numbers are of the pool: an open dimension. */
static inline bool
kxi_key_open(const kxi_key *k, size_t part)
{
    return k->parts[part].dim && k->parts[part].dim->kind == KXI_DIM_COLUMN;
}

/* What numbers of open dimensions, of DISTINCT, of text values and of kept records stand for. */
typedef struct kxi_lexicon {
    kxi_strmap texts;
    kxi_keymap numbers; /* int64: at scale 6, days, 0 and 1 */
    kxi_strmap records; /* so many texts, as their numbers in texts, one after the other */
} kxi_lexicon;

void kxi_lexicon_init(kxi_lexicon *p, kxi_mem *mem);
void kxi_lexicon_free(kxi_lexicon *p);
kx_status kxi_lexicon_number(kxi_lexicon *p, int64_t value, uint32_t *out);
static inline int64_t
kxi_lexicon_value(const kxi_lexicon *p, uint32_t number)
{
    return (int64_t)*kxi_keymap_key(&p->numbers, number);
}
/* A record of n texts; KXI_NONE for one that is null. */
kx_status kxi_lexicon_record(kxi_lexicon *p, const uint32_t *texts, size_t n, uint32_t *out);
static inline uint32_t
kxi_lexicon_record_text(const kxi_lexicon *p, uint32_t record, size_t i)
{
    uint32_t text;
    memcpy(&text, p->records.keys[record].s + i * sizeof(text), sizeof(text));
    return text;
}

#endif
