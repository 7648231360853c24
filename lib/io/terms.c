#include "io/terms.h"

/* Texts of up to 16 bytes, which codes and most words are, stand in the slot itself: one cache line answers. */
enum { SHORT = 16, SLOTS_MIN = 64 };

struct kxi_term_slot {
    uint64_t low, high; /* the bytes, zeros behind them; of a longer text its hash and the address of a copy */
    uint32_t n;         /* bytes; 0 is a free slot */
    int32_t code;
};

struct key {
    uint64_t low, high, hash;
};

void
kxi_terms_init(kxi_terms *t, kxi_mem *mem)
{
    *t = (kxi_terms){ .mem = mem };
    kxi_arena_init(&t->bytes, mem);
    kxi_arena_init(&t->scratch, mem);
}

void
kxi_terms_free(kxi_terms *t)
{
    kxi_free(t->mem, t->list, t->capacity * sizeof(*t->list));
    kxi_free(t->mem, t->slots, t->slot_count * sizeof(*t->slots));
    kxi_arena_free(&t->bytes);
    kxi_arena_free(&t->scratch);
    kxi_terms_init(t, t->mem);
}

static inline uint64_t
load(const char *p, size_t n)
{
    uint64_t word = 0;
    memcpy(&word, p, n);
    return word;
}

/* Up to 8 bytes without touching those behind. Where two loads overlap they hold the same bytes. */
static inline uint64_t
load_short(const char *p, size_t n)
{
    if (n == 8)
        return load(p, 8);
    if (n >= 4)
        return load(p, 4) | load(p + n - 4, 4) << 8 * (n - 4);
    uint64_t word = (unsigned char)p[0];
    word |= (uint64_t)(unsigned char)p[n / 2] << 8 * (n / 2);
    return word | (uint64_t)(unsigned char)p[n - 1] << 8 * (n - 1);
}

static inline uint64_t
mix(uint64_t low, uint64_t high)
{
    unsigned __int128 product =
        (unsigned __int128)(low ^ UINT64_C(0x6a09e667f3bcc909)) * (high ^ UINT64_C(0xbb67ae8584caa73b));
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* 17 to 32 bytes: all of them, in two pieces that may overlap. */
static inline uint64_t
hash_medium(const char *p, size_t n)
{
    uint64_t head = mix(load(p, 8), load(p + 8, 8) + n);
    return mix(head ^ load(p + n - SHORT, 8), load(p + n - 8, 8));
}

/* Which slot comes first is nobody's business but ours: the byte order of the machine may show in it. */
static inline struct key
key_of(kxi_str s)
{
    struct key k = { 0, 0, 0 };
    if (s.n > SHORT) {
        k.low = k.hash = s.n > 2 * SHORT ? kxi_str_hash(s) : hash_medium(s.s, s.n);
        return k;
    }
    if (s.n > 8) {
        k.low = load(s.s, 8);
        k.high = load(s.s + s.n - 8, 8) >> 8 * (SHORT - s.n);
    } else if (s.n) {
        k.low = load_short(s.s, s.n);
    }
    k.hash = mix(k.low, k.high + s.n);
    return k;
}

static inline bool
slot_is(const struct kxi_term_slot *slot, kxi_str s, const struct key *k)
{
    if (slot->n != s.n || slot->low != k->low)
        return false;
    return s.n <= SHORT ? slot->high == k->high : memcmp((const char *)(uintptr_t)slot->high, s.s, s.n) == 0;
}

/* The slot that has s, or the free one where it belongs. */
static inline struct kxi_term_slot *
find_slot(const kxi_terms *t, kxi_str s, const struct key *k)
{
    size_t mask = t->slot_count - 1, at = k->hash & mask;
    while (t->slots[at].n && !slot_is(&t->slots[at], s, k))
        at = (at + 1) & mask;
    return &t->slots[at];
}

static uint64_t
slot_hash(const struct kxi_term_slot *slot)
{
    return slot->n > SHORT ? slot->low : mix(slot->low, slot->high + slot->n);
}

/* Slots are at most three quarters full. */
static bool
grow_slots(kxi_terms *t)
{
    size_t count = t->slot_count ? t->slot_count * 2 : SLOTS_MIN;
    struct kxi_term_slot *slots = kxi_alloc_array(t->mem, count, sizeof(*slots));
    if (!slots)
        return false;
    for (size_t i = 0; i < t->slot_count; i++) {
        if (!t->slots[i].n)
            continue;
        size_t at = slot_hash(&t->slots[i]) & (count - 1);
        while (slots[at].n)
            at = (at + 1) & (count - 1);
        slots[at] = t->slots[i];
    }
    kxi_free(t->mem, t->slots, t->slot_count * sizeof(*t->slots));
    t->slots = slots;
    t->slot_count = count;
    return true;
}

/* The normalised text of a new spelling becomes a term, unless nothing is left of it. */
static kx_status
add_term(kxi_terms *t, kxi_str raw, uint32_t block, int32_t *code)
{
    kxi_str text;
    *code = KXI_TERM_BAD;
    if (memchr(raw.s, 0, raw.n))
        return KX_OK;
    kx_status status = kxi_text_normalise(&t->scratch, raw, &text);
    if (status)
        return status == KX_E_SYNTAX ? KX_OK : status;
    *code = KXI_CELL_NULL;
    if (text.n == 0)
        return KX_OK;
    if (t->count >= INT32_MAX)
        return KX_E_LIMIT;
    if (!kxi_grow(t->mem, &t->list, &t->capacity, t->count + 1))
        return KX_E_NOMEM;
    text = kxi_str_copy(&t->bytes, text);
    if (!text.s)
        return KX_E_NOMEM;
    *code = (int32_t)t->count;
    t->list[t->count++] = (kxi_term){ text, block };
    return KX_OK;
}

/* A long spelling needs a copy to be compared with; that of its term will do when it is the same. */
static bool
fill_slot(kxi_terms *t, struct kxi_term_slot *slot, kxi_str raw, const struct key *k, int32_t code)
{
    uint64_t high = k->high;
    if (raw.n > SHORT) {
        bool same = code >= 0 && kxi_str_eq(t->list[code].text, raw);
        kxi_str copy = same ? t->list[code].text : kxi_str_copy(&t->bytes, raw);
        if (!copy.s)
            return false;
        high = (uint64_t)(uintptr_t)copy.s;
    }
    *slot = (struct kxi_term_slot){ k->low, high, (uint32_t)raw.n, code };
    t->taken++;
    return true;
}

static kx_status
add_spelling(kxi_terms *t, kxi_str raw, const struct key *k, uint32_t block, int32_t *code)
{
    if (raw.n > UINT32_MAX)
        return KX_E_LIMIT;
    if (t->taken >= t->slot_count - t->slot_count / 4 && !grow_slots(t))
        return KX_E_NOMEM;
    kx_status status = add_term(t, raw, block, code);
    kxi_arena_reset(&t->scratch);
    if (status)
        return status;
    return fill_slot(t, find_slot(t, raw, k), raw, k, *code) ? KX_OK : KX_E_NOMEM;
}

/* First all keys, so that the slots of many texts are on their way from memory at once; then the look-ups. */
kx_status
kxi_terms_codes(kxi_terms *t, const kxi_str *texts, size_t n, uint32_t block, int32_t *codes)
{
    struct key keys[KXI_TERMS_BATCH];
    if (!t->slot_count && !grow_slots(t))
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        keys[i] = key_of(texts[i]);
        __builtin_prefetch(&t->slots[keys[i].hash & (t->slot_count - 1)]);
    }
    for (size_t i = 0; i < n; i++) {
        if (texts[i].n == 0) {
            codes[i] = KXI_CELL_NULL;
            continue;
        }
        const struct kxi_term_slot *slot = find_slot(t, texts[i], &keys[i]);
        kx_status status = KX_OK;
        if (slot->n)
            codes[i] = slot->code;
        else
            status = add_spelling(t, texts[i], &keys[i], block, &codes[i]);
        if (status)
            return status;
    }
    return KX_OK;
}
