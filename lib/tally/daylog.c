#include "tally/daylog.h"

#include <string.h>

void
kxi_daylog_free(kxi_daylog *log, kxi_mem *mem)
{
    for (size_t p = 0; p < log->part_count; p++)
        while (log->parts[p]) {
            kxi_day_chunk *next = log->parts[p]->next;
            kxi_free(mem, log->parts[p], sizeof(**log->parts));
            log->parts[p] = next;
        }
    kxi_free(mem, log->parts, log->part_count * sizeof(*log->parts));
    *log = (kxi_daylog){ NULL, 0 };
}

bool
kxi_daylog_room(kxi_daylog *log, size_t slots, kxi_mem *mem)
{
    size_t need = (slots >> KXI_DAYS_SLOT_BITS) + 1, had = log->part_count;
    if (need <= had)
        return true;
    if (!kxi_grow(mem, &log->parts, &log->part_count, need))
        return false;
    memset(log->parts + had, 0, (log->part_count - had) * sizeof(*log->parts));
    return true;
}

bool
kxi_daylog_chunk(kxi_daylog *log, size_t part, kxi_mem *mem)
{
    kxi_day_chunk *c = kxi_alloc(mem, sizeof(*c));
    if (!c)
        return false;
    c->next = log->parts[part];
    c->count = 0;
    log->parts[part] = c;
    return true;
}

void
kxi_daylog_count(const kxi_daylog *log, uint32_t *counts)
{
    for (size_t p = 0; p < log->part_count; p++, counts += (size_t)1 << KXI_DAYS_SLOT_BITS)
        for (const kxi_day_chunk *c = log->parts[p]; c; c = c->next)
            for (uint32_t i = 0; i < c->count; i++)
                counts[c->items[i] >> KXI_DAYS_BITS]++;
}
