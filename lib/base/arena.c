/* The arena of base/mem.h: a list of blocks, each twice as large as the one before up to BLOCK_MAX.
 *
 *   head -> [ header | used ...... next .. end ] -> [ header | ...... ] -> NULL
 *
 * A request that would waste most of a block gets one of its own, behind the head, which goes on being filled. */
#include "base/mem.h"

#include <string.h>

enum { ALIGN = 16, BLOCK_MIN = 4096, BLOCK_MAX = 1 << 20 };

struct kxi_arena_block {
    struct kxi_arena_block *older;
    size_t size; /* of the whole allocation */
};

static size_t
align_up(size_t n)
{
    return (n + (ALIGN - 1)) & ~(size_t)(ALIGN - 1);
}

/* The caller's allocator may align to less than ALIGN. */
static char *
block_start(struct kxi_arena_block *b)
{
    return (char *)align_up((uintptr_t)(b + 1));
}

void
kxi_arena_init(kxi_arena *a, kxi_mem *mem)
{
    *a = (kxi_arena){ .mem = mem };
}

static struct kxi_arena_block *
block_new(kxi_arena *a, size_t payload)
{
    size_t size;
    if (__builtin_add_overflow(payload, sizeof(struct kxi_arena_block) + ALIGN, &size))
        return NULL;
    struct kxi_arena_block *b = kxi_alloc(a->mem, size);
    if (b)
        *b = (struct kxi_arena_block){ NULL, size };
    return b;
}

static void
use_block(kxi_arena *a, struct kxi_arena_block *b)
{
    a->head = b;
    a->next = block_start(b);
    a->end = (char *)b + b->size;
}

/* Room for size bytes (a multiple of ALIGN) when the head has not enough. */
static void *
alloc_slow(kxi_arena *a, size_t size)
{
    size_t wanted = a->head ? a->head->size * 2 : BLOCK_MIN;
    if (wanted > BLOCK_MAX)
        wanted = BLOCK_MAX;
    bool own = size > wanted / 4;
    struct kxi_arena_block *b = block_new(a, own ? size : wanted);
    if (!b)
        return NULL;
    if (own && a->head) {
        b->older = a->head->older;
        a->head->older = b;
        return block_start(b);
    }
    b->older = a->head;
    use_block(a, b);
    void *ptr = a->next;
    a->next += size;
    return ptr;
}

void *
kxi_arena_alloc(kxi_arena *a, size_t size)
{
    if (size > SIZE_MAX - ALIGN)
        return NULL;
    size = size ? align_up(size) : ALIGN;
    if (!a->head || (size_t)(a->end - a->next) < size)
        return alloc_slow(a, size);
    void *ptr = a->next;
    a->next += size;
    return ptr;
}

void *
kxi_arena_zero(kxi_arena *a, size_t size)
{
    void *ptr = kxi_arena_alloc(a, size);
    return ptr ? memset(ptr, 0, size) : NULL;
}

void *
kxi_arena_array(kxi_arena *a, size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes))
        return NULL;
    return kxi_arena_zero(a, bytes);
}

static void
free_from(kxi_arena *a, struct kxi_arena_block *b)
{
    while (b) {
        struct kxi_arena_block *older = b->older;
        kxi_free(a->mem, b, b->size);
        b = older;
    }
}

void
kxi_arena_reset(kxi_arena *a)
{
    if (!a->head)
        return;
    free_from(a, a->head->older);
    a->head->older = NULL;
    use_block(a, a->head);
}

void
kxi_arena_free(kxi_arena *a)
{
    free_from(a, a->head);
    kxi_arena_init(a, a->mem);
}
