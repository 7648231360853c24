#include <pthread.h>

#include "suite.h"

START_TEST(limit_is_kept)
{
    struct fault f = FAULT_NONE;
    kxi_mem mem;
    kxi_mem_init(&mem, fault_alloc, &f, 100);
    void *a = kxi_alloc(&mem, 60);
    ck_assert_ptr_nonnull(a);
    ck_assert_ptr_null(kxi_alloc(&mem, 41));
    ck_assert_ptr_null(kxi_realloc(&mem, a, 60, 101));
    ck_assert_uint_eq(mem.used, 60);
    a = kxi_realloc(&mem, a, 60, 100);
    ck_assert_ptr_nonnull(a);
    ck_assert_uint_eq(mem.used, 100);
    a = kxi_realloc(&mem, a, 100, 10);
    ck_assert_ptr_nonnull(a);
    ck_assert_uint_eq(mem.used, 10);
    ck_assert_uint_eq(mem.peak, 100);
    kxi_free(&mem, a, 10);
    ck_assert_uint_eq(mem.used, 0);
    ck_assert_uint_eq(f.live, 0);
    ck_assert(!f.wrong);
}
END_TEST

START_TEST(without_an_allocator_of_the_callers)
{
    kxi_mem mem;
    kxi_mem_init(&mem, NULL, NULL, 0);
    char *p = kxi_alloc_zero(&mem, 10);
    ck_assert_ptr_nonnull(p);
    p = kxi_realloc(&mem, p, 10, 1000);
    ck_assert_ptr_nonnull(p);
    for (size_t i = 0; i < 10; i++)
        ck_assert_int_eq(p[i], 0);
    ck_assert_ptr_null(kxi_realloc(&mem, p, 1000, 0));
    ck_assert_uint_eq(mem.used, 0);
    ck_assert_uint_ge(mem.peak, 1000);
    kxi_free(&mem, NULL, 5);
    ck_assert_uint_eq(mem.used, 0);
}
END_TEST

START_TEST(sizes_that_overflow_are_refused)
{
    struct kit k;
    kit_init(&k);
    ck_assert_ptr_null(kxi_alloc(&k.mem, 0));
    ck_assert_ptr_null(kxi_alloc_array(&k.mem, SIZE_MAX / 2, 3));
    ck_assert_ptr_null(kxi_arena_array(&k.arena, SIZE_MAX / 2, 3));
    ck_assert_ptr_null(kxi_arena_alloc(&k.arena, SIZE_MAX));
    ck_assert_ptr_null(kxi_arena_alloc(&k.arena, SIZE_MAX - 20));
    uint64_t *array = NULL;
    size_t capacity = 0;
    ck_assert(!kxi_grow(&k.mem, &array, &capacity, SIZE_MAX / 4));
    ck_assert_ptr_null(array);
    ck_assert_uint_eq(capacity, 0);
    kit_free(&k);
}
END_TEST

/* A refused growth leaves the array as it was. */
START_TEST(growth_that_fails_loses_nothing)
{
    struct fault f = { .left = 1 };
    kxi_mem mem;
    kxi_mem_init(&mem, fault_alloc, &f, 0);
    uint32_t *array = NULL;
    size_t capacity = 0;
    ck_assert(kxi_grow(&mem, &array, &capacity, 3));
    ck_assert_uint_ge(capacity, 3);
    for (uint32_t i = 0; i < 3; i++)
        array[i] = i + 7;
    uint32_t *before = array;
    size_t had = capacity;
    ck_assert(!kxi_grow(&mem, &array, &capacity, had + 1));
    ck_assert(f.hit);
    ck_assert_ptr_eq(array, before);
    ck_assert_uint_eq(capacity, had);
    for (uint32_t i = 0; i < 3; i++)
        ck_assert_uint_eq(array[i], i + 7);
    kxi_free(&mem, array, capacity * sizeof(*array));
    ck_assert_uint_eq(f.live, 0);
}
END_TEST

START_TEST(arena_blocks_are_apart_and_aligned)
{
    static const size_t sizes[] = { 0, 1, 15, 16, 17, 100, 1000, 5000, 3, 70000, 2, 3000000, 40 };
    struct kit k;
    kit_init(&k);
    for (int round = 0; round < 3; round++) {
        unsigned char *blocks[COUNT(sizes) * 20];
        size_t n = 0;
        for (; n < COUNT(blocks); n++) {
            size_t size = sizes[n % COUNT(sizes)];
            blocks[n] = kxi_arena_alloc(&k.arena, size);
            must(blocks[n] && (uintptr_t)blocks[n] % 16 == 0, "block %zu", n);
            memset(blocks[n], (int)(n & 0xff), size);
        }
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < sizes[i % COUNT(sizes)]; j += 1 + j / 8)
                must(blocks[i][j] == (i & 0xff), "block %zu, byte %zu", i, j);
        kxi_arena_reset(&k.arena);
        ck_assert_uint_eq(k.fault.live, 1);
    }
    unsigned char *zeroed = kxi_arena_array(&k.arena, 10, 10);
    for (size_t i = 0; i < 100; i++)
        ck_assert_uint_eq(zeroed[i], 0);
    kit_free(&k);
}
END_TEST

/* An allocator that only aligns to 8. */
static void *
odd_alloc(void *user, void *ptr, size_t old_size, size_t new_size)
{
    char *old = ptr ? (char *)ptr - 8 : NULL;
    char *fresh = fault_alloc(user, old, old ? old_size + 8 : 0, new_size ? new_size + 8 : 0);
    return fresh ? fresh + 8 : NULL;
}

START_TEST(arena_aligns_what_the_allocator_does_not)
{
    struct fault f = FAULT_NONE;
    kxi_mem mem;
    kxi_arena arena;
    kxi_mem_init(&mem, odd_alloc, &f, 0);
    kxi_arena_init(&arena, &mem);
    for (size_t size = 1; size < 100000; size *= 3) {
        char *p = kxi_arena_alloc(&arena, size);
        ck_assert_ptr_nonnull(p);
        ck_assert_uint_eq((uintptr_t)p % 16, 0);
        memset(p, 1, size);
    }
    kxi_arena_free(&arena);
    ck_assert_uint_eq(f.live, 0);
    ck_assert(!f.wrong);
}
END_TEST

static kx_status
arena_scenario(kxi_mem *mem, void *user)
{
    (void)user;
    kxi_arena a;
    kxi_arena_init(&a, mem);
    kx_status status = KX_OK;
    for (size_t i = 0; i < 300 && status == KX_OK; i++)
        if (!kxi_arena_zero(&a, i * 37))
            status = KX_E_NOMEM;
    kxi_arena_free(&a);
    return status;
}

START_TEST(arena_survives_faults)
{
    fault_each(_i == 1, arena_scenario, NULL);
}
END_TEST

struct worker {
    kxi_mem *mem;
    bool over;
};

static void *
work(void *arg)
{
    struct worker *w = arg;
    for (size_t i = 0; i < 5000; i++) {
        size_t size = 1 + i % 400;
        char *p = kxi_alloc(w->mem, size);
        w->over |= w->mem->used > w->mem->limit;
        char *q = p ? kxi_realloc(w->mem, p, size, size * 2) : NULL;
        kxi_free(w->mem, q ? q : p, q ? size * 2 : size);
    }
    return NULL;
}

START_TEST(threads_share_the_account)
{
    struct fault f = FAULT_NONE;
    kxi_mem mem;
    kxi_mem_init(&mem, fault_alloc, &f, 1000);
    pthread_t threads[4];
    struct worker workers[4];
    for (size_t i = 0; i < 4; i++) {
        workers[i] = (struct worker){ &mem, false };
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    }
    for (size_t i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        ck_assert(!workers[i].over);
    }
    ck_assert_uint_eq(mem.used, 0);
    ck_assert_uint_le(mem.peak, 1000);
    ck_assert_uint_eq(f.live, 0);
}
END_TEST

TCase *
mem_tests(void)
{
    TCase *group = tcase_create("mem");
    tcase_add_test(group, limit_is_kept);
    tcase_add_test(group, without_an_allocator_of_the_callers);
    tcase_add_test(group, sizes_that_overflow_are_refused);
    tcase_add_test(group, growth_that_fails_loses_nothing);
    tcase_add_test(group, arena_blocks_are_apart_and_aligned);
    tcase_add_test(group, arena_aligns_what_the_allocator_does_not);
    tcase_add_loop_test(group, arena_survives_faults, 0, 2);
    tcase_add_test(group, threads_share_the_account);
    return group;
}
