/* tally/daylog.h: the days of rows by the slot they fell into, for PEAK. Slots that lie near each other are logged together, so
 * that sorting the days out later stays within the cache.
 *
 *   part 0: slots 0 .. 1023     part 1: slots 1024 .. 2047     ...       each a list of chunks, the newest first
 *   item: | slot within its part 10 | day since KXI_DAY_MIN 22 |
 *
 * Layer: tally, and only there.
 */
#ifndef KXI_TALLY_DAYLOG_H
#define KXI_TALLY_DAYLOG_H

#include "base/mem.h"

enum { KXI_DAYS_SLOT_BITS = 10, KXI_DAYS_BITS = 22, KXI_DAYS_CHUNK = 1020 };

typedef struct kxi_day_chunk {
    struct kxi_day_chunk *next;
    uint32_t count;
    uint32_t items[KXI_DAYS_CHUNK];
} kxi_day_chunk;

typedef struct kxi_daylog {
    kxi_day_chunk **parts;
    size_t part_count; /* there is room for */
} kxi_daylog;

void kxi_daylog_free(kxi_daylog *log, kxi_mem *mem);
/* Room for all slots below this. */
bool kxi_daylog_room(kxi_daylog *log, size_t slots, kxi_mem *mem);
/* A new chunk in front of a part's list; false when memory is gone. */
bool kxi_daylog_chunk(kxi_daylog *log, size_t part, kxi_mem *mem);

/* Add the number of items of every slot to counts. */
void kxi_daylog_count(const kxi_daylog *log, uint32_t *counts);

static inline bool
kxi_daylog_add(kxi_daylog *log, uint32_t slot, uint32_t day, kxi_mem *mem)
{
    size_t part = slot >> KXI_DAYS_SLOT_BITS;
    kxi_day_chunk *c = log->parts[part];
    if (!c || c->count == KXI_DAYS_CHUNK) {
        if (!kxi_daylog_chunk(log, part, mem))
            return false;
        c = log->parts[part];
    }
    c->items[c->count++] = slot << KXI_DAYS_BITS | day; /* the slot's upper bits fall off */
    return true;
}

#endif
