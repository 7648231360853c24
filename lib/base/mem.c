#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static void *
default_alloc(void *user, void *ptr, size_t old_size, size_t new_size)
{
    (void)user;
    (void)old_size;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    return realloc(ptr, new_size);
}

void
kxi_mem_init(kxi_mem *mem, kx_alloc_fn alloc, void *user, size_t limit)
{
    mem->alloc = alloc ? alloc : default_alloc;
    mem->user = alloc ? user : NULL;
    mem->limit = limit ? limit : SIZE_MAX;
    atomic_init(&mem->used, 0);
    atomic_init(&mem->peak, 0);
}

/* Book size bytes before asking for them, so that threads together never pass the limit. */
static bool
reserve(kxi_mem *mem, size_t size)
{
    size_t used = atomic_load_explicit(&mem->used, memory_order_relaxed);
    do {
        if (size > mem->limit || used > mem->limit - size)
            return false;
    } while (!atomic_compare_exchange_weak_explicit(&mem->used, &used, used + size, memory_order_relaxed,
                                                    memory_order_relaxed));
    return true;
}

static void
give_back(kxi_mem *mem, size_t size)
{
    atomic_fetch_sub_explicit(&mem->used, size, memory_order_relaxed);
}

static void
note_peak(kxi_mem *mem)
{
    size_t used = atomic_load_explicit(&mem->used, memory_order_relaxed);
    size_t peak = atomic_load_explicit(&mem->peak, memory_order_relaxed);
    while (used > peak &&
           !atomic_compare_exchange_weak_explicit(&mem->peak, &peak, used, memory_order_relaxed, memory_order_relaxed))
        ;
}

void *
kxi_alloc(kxi_mem *mem, size_t size)
{
    if (size == 0 || !reserve(mem, size))
        return NULL;
    void *ptr = mem->alloc(mem->user, NULL, 0, size);
    if (!ptr) {
        give_back(mem, size);
        return NULL;
    }
    note_peak(mem);
    return ptr;
}

void *
kxi_alloc_zero(kxi_mem *mem, size_t size)
{
    void *ptr = kxi_alloc(mem, size);
    return ptr ? memset(ptr, 0, size) : NULL;
}

void *
kxi_alloc_array(kxi_mem *mem, size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes))
        return NULL;
    return kxi_alloc_zero(mem, bytes);
}

void *
kxi_realloc(kxi_mem *mem, void *ptr, size_t old_size, size_t new_size)
{
    if (!ptr)
        return kxi_alloc(mem, new_size);
    if (new_size == 0) {
        kxi_free(mem, ptr, old_size);
        return NULL;
    }
    if (new_size > old_size && !reserve(mem, new_size - old_size))
        return NULL;
    void *moved = mem->alloc(mem->user, ptr, old_size, new_size);
    if (!moved) {
        if (new_size > old_size)
            give_back(mem, new_size - old_size);
        return NULL;
    }
    if (new_size < old_size)
        give_back(mem, old_size - new_size);
    note_peak(mem);
    return moved;
}

void
kxi_free(kxi_mem *mem, void *ptr, size_t size)
{
    if (!ptr)
        return;
    mem->alloc(mem->user, ptr, size, 0);
    give_back(mem, size);
}

bool
kxi_grow_bytes(kxi_mem *mem, void **array, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity)
        return true;
    size_t more = *capacity < 8 ? 8 : *capacity + *capacity / 2;
    if (more < need)
        more = need;
    size_t bytes;
    if (__builtin_mul_overflow(more, size, &bytes))
        return false;
    void *moved = kxi_realloc(mem, *array, *capacity * size, bytes);
    if (!moved)
        return false;
    *array = moved;
    *capacity = more;
    return true;
}
