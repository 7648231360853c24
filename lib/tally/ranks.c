#include "tally/ranks.h"

int
kxi_compare_words(const uint64_t *a, const uint64_t *b, size_t words)
{
    for (size_t i = 0; i < words; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

/* What is put in order; one of the two. */
struct things {
    const uint64_t *keys;
    size_t words;
    const kxi_str *texts;
};

static bool
in_order(const struct things *t, uint32_t a, uint32_t b)
{
    if (t->texts)
        return kxi_str_cmp(t->texts[a], t->texts[b]) <= 0;
    return kxi_compare_words(t->keys + a * t->words, t->keys + b * t->words, t->words) <= 0;
}

static void
merge_parts(uint32_t *items, uint32_t *scratch, size_t left, size_t n, const struct things *t)
{
    if (in_order(t, items[left - 1], items[left]))
        return;
    memcpy(scratch, items, left * sizeof(*items));
    size_t at = 0, right = left;
    for (size_t i = 0; i < left; at++)
        items[at] = right < n && !in_order(t, scratch[i], items[right]) ? items[right++] : scratch[i++];
}

/* Merge sort from the bottom up; what is in order already costs one comparison each. */
static void
order(uint32_t *items, uint32_t *scratch, size_t n, const struct things *t)
{
    for (size_t width = 1; width < n; width *= 2)
        for (size_t first = 0; first + width < n; first += 2 * width)
            merge_parts(items + first, scratch, width, n - first < 2 * width ? n - first : 2 * width, t);
}

void
kxi_order_keys(uint32_t *items, uint32_t *scratch, size_t n, const uint64_t *keys, size_t words)
{
    const struct things t = { .keys = keys, .words = words };
    order(items, scratch, n, &t);
}

void
kxi_order_texts(uint32_t *items, uint32_t *scratch, size_t n, const kxi_str *texts)
{
    const struct things t = { .texts = texts };
    order(items, scratch, n, &t);
}

static void
insert_sort(uint32_t *items, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        uint32_t v = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1] > v; at--)
            items[at] = items[at - 1];
        items[at] = v;
    }
}

/* One byte of all numbers, least significant first; false when that byte is the same in all. */
static bool
radix_pass(const uint32_t *from, uint32_t *to, size_t n, unsigned shift)
{
    size_t at[257] = { 0 };
    for (size_t i = 0; i < n; i++)
        at[(from[i] >> shift & 255) + 1]++;
    if (at[(from[0] >> shift & 255) + 1] == n)
        return false;
    for (size_t b = 0; b < 256; b++)
        at[b + 1] += at[b];
    for (size_t i = 0; i < n; i++)
        to[at[from[i] >> shift & 255]++] = from[i];
    return true;
}

void
kxi_order_numbers(uint32_t *items, uint32_t *scratch, size_t n)
{
    if (n <= KXI_SHORT) {
        insert_sort(items, n);
        return;
    }
    uint32_t *from = items, *to = scratch;
    for (unsigned shift = 0; shift < 32; shift += 8)
        if (radix_pass(from, to, n, shift)) {
            uint32_t *turn = from;
            from = to;
            to = turn;
        }
    if (from != items)
        memcpy(items, from, n * sizeof(*items));
}
