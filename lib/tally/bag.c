#include "tally/ranks.h"
#include "tally/store.h"

kx_status
kxi_bag_room(kxi_bag *bag, size_t items, kxi_mem *mem)
{
    if (items == 0)
        return KX_OK;
    bag->items = kxi_alloc_array(mem, items, sizeof(*bag->items));
    if (!bag->items)
        return KX_E_NOMEM;
    bag->room = items;
    return KX_OK;
}

/* first[c + 1] counts the items of cell c, then becomes where they end. */
static size_t
count_items(kxi_bag *bag, size_t cells, const kxi_bag_source *sources, size_t count)
{
    for (size_t s = 0; s < count; s++)
        for (size_t i = 0; i < sources[s].log->count; i++)
            bag->first[sources[s].cells[sources[s].log->items[i].slot] + 1]++;
    for (size_t c = 0; c < cells; c++)
        bag->first[c + 1] += bag->first[c];
    return bag->first[cells];
}

kx_status
kxi_bag_fill(kxi_bag *bag, size_t cells, const kxi_bag_source *sources, size_t count, kxi_mem *mem)
{
    if (cells == 0)
        return KX_OK;
    size_t total = count_items(bag, cells, sources, count), longest = 0;
    kx_status st = kxi_bag_room(bag, total, mem);
    if (st != KX_OK || total == 0)
        return st;
    /* first[c] moves to the end of cell c as it is filled, which is where cell c + 1 begins. */
    for (size_t s = 0; s < count; s++)
        for (size_t i = 0; i < sources[s].log->count; i++) {
            const kxi_log_item *item = &sources[s].log->items[i];
            bag->items[bag->first[sources[s].cells[item->slot]]++] = item->what;
        }
    memmove(bag->first + 1, bag->first, cells * sizeof(*bag->first));
    bag->first[0] = 0;
    for (size_t c = 0; c < cells; c++)
        if (bag->first[c + 1] - bag->first[c] > longest)
            longest = bag->first[c + 1] - bag->first[c];
    uint32_t *scratch = kxi_alloc_array(mem, longest, sizeof(*scratch));
    if (!scratch)
        return KX_E_NOMEM;
    for (size_t c = 0; c < cells; c++)
        kxi_order_numbers(bag->items + bag->first[c], scratch, bag->first[c + 1] - bag->first[c]);
    kxi_free(mem, scratch, longest * sizeof(*scratch));
    return KX_OK;
}
