/* base/mem.h: all memory of the library.
 *
 *   kxi_mem    one per context: the caller's allocator, a limit, what is held now and at most; safe to share
 *   kxi_arena  many small blocks that live and die together; one owner
 *   kxi_grow   a growing array that is unchanged when growing fails
 *
 * Layer: base. May include: nothing of ours but the public header.
 */
#ifndef KXI_BASE_MEM_H
#define KXI_BASE_MEM_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <kexie/kexie.h>

typedef struct kxi_mem {
    kx_alloc_fn alloc;
    void *user;
    size_t limit; /* bytes held at a time */
    atomic_size_t used, peak;
} kxi_mem;

/* alloc NULL: malloc, realloc, free. limit 0: none. */
void kxi_mem_init(kxi_mem *mem, kx_alloc_fn alloc, void *user, size_t limit);
/* NULL when the allocator fails, size is 0 or the limit would be passed. */
void *kxi_alloc(kxi_mem *mem, size_t size);
void *kxi_alloc_zero(kxi_mem *mem, size_t size);
/* n elements of size each, zeroed; NULL also when n * size overflows. */
void *kxi_alloc_array(kxi_mem *mem, size_t n, size_t size);
/* On failure ptr is unchanged. */
void *kxi_realloc(kxi_mem *mem, void *ptr, size_t old_size, size_t new_size);
/* size is what was asked for; NULL is allowed. */
void kxi_free(kxi_mem *mem, void *ptr, size_t size);

/* Make *array (elements of size each, *capacity of them) hold at least need; false on failure, all unchanged. */
bool kxi_grow_bytes(kxi_mem *mem, void **array, size_t *capacity, size_t need, size_t size);
#define kxi_grow(mem, array, capacity, need) \
    kxi_grow_bytes((mem), (void **)(array), (capacity), (need), sizeof(**(array)))

typedef struct kxi_arena {
    kxi_mem *mem;
    struct kxi_arena_block *head; /* the newest; all are kept until reset or free */
    char *next, *end;
} kxi_arena;

void kxi_arena_init(kxi_arena *a, kxi_mem *mem);
/* Aligned to 16; never NULL for size 0 unless memory is gone. */
void *kxi_arena_alloc(kxi_arena *a, size_t size);
void *kxi_arena_zero(kxi_arena *a, size_t size);
/* n elements of size each, zeroed; NULL also when n * size overflows. */
void *kxi_arena_array(kxi_arena *a, size_t n, size_t size);
/* Forget everything but keep one block for reuse. */
void kxi_arena_reset(kxi_arena *a);
void kxi_arena_free(kxi_arena *a);

#define kxi_arena_new(a, type) ((type *)kxi_arena_zero((a), sizeof(type)))

#endif
