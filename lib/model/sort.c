#include "model/model_priv.h"

/* Merge items [first, middle) and [middle, end), both in order. */
static void
merge(uint32_t *items, uint32_t *scratch, size_t first, size_t middle, size_t end, kxi_compare compare,
      const void *user)
{
    if (compare(user, items[middle - 1], items[middle]) <= 0)
        return;
    size_t left = middle - first, at = first, from = middle;
    memcpy(scratch, items + first, left * sizeof(*items));
    for (size_t i = 0; i < left;) {
        if (from < end && compare(user, scratch[i], items[from]) > 0)
            items[at++] = items[from++];
        else
            items[at++] = scratch[i++];
    }
}

void
kxi_sort(uint32_t *items, uint32_t *scratch, size_t n, kxi_compare compare, const void *user)
{
    for (size_t width = 1; width < n; width *= 2)
        for (size_t first = 0; n - first > width; first += 2 * width) {
            size_t end = n - first > 2 * width ? first + 2 * width : n;
            merge(items, scratch, first, first + width, end, compare, user);
            if (n - first <= 2 * width)
                break;
        }
}
