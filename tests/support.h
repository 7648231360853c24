/* tests/support.h: what every test suite shares: the runner, an allocator that fails on demand, and the usual company of a
 * function under test (memory, arena, diag, numbers).
 *
 *   SUITE_MAIN("base", mem_tests, map_tests)      each TCase *xyz_tests(void)
 */
#ifndef KEXIE_TESTS_SUPPORT_H
#define KEXIE_TESTS_SUPPORT_H

#include <check.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/num.h"

/* An allocator that fails: `left` allocations (a block that changes its size counts as one) go well, then with `once` a
 * single one fails, else all later ones do. Safe to use from several threads. Every block is filled with rubbish, moves
 * whenever it is resized, and must be given back with the size it was asked for. */
struct fault {
    atomic_size_t left, live; /* live: blocks not yet freed */
    bool once;
    atomic_bool hit;   /* an allocation was refused */
    atomic_bool wrong; /* a block came back with another size than it was asked for */
};
void *fault_alloc(void *user, void *ptr, size_t old_size, size_t new_size);
/* Never fails; for watching live and wrong. */
#define FAULT_NONE       \
    {                    \
        .left = SIZE_MAX \
    }

/* Run scenario again and again, failing allocation 0, 1, 2, ... until none is refused any more: each time it has to return
 * KX_E_NOMEM if one was refused and KX_OK if not, and to leave nothing allocated. */
void fault_each(bool once, kx_status (*scenario)(kxi_mem *mem, void *user), void *user);

/* Company for a function under test. Messages are English, findings are collected in `findings` (errors only when
 * diag.collect is set), numbers have up to 20000 digits. */
struct kit {
    struct fault fault; /* of the kit's own memory; kit_free asserts that nothing is left of it */
    kxi_mem mem;
    kxi_arena arena;
    kx_error err;
    kxi_findings findings;
    kxi_diag diag;
    kxi_numctx num;
};
void kit_init(struct kit *k);
void kit_free(struct kit *k);
/* The same on memory that is watched elsewhere, as within fault_each; kit_end asserts nothing. */
void kit_begin(struct kit *k, kxi_mem *mem);
void kit_end(struct kit *k);

/* A file of the tests by its path below tests/, terminated, *n without the terminator; release with free(). The test fails
 * when it cannot be read. */
char *test_read(const char *path, size_t *n);
/* The path itself, in a static buffer. */
const char *test_path(const char *path);

/* As ck_assert_msg, but free as long as it holds, for loops of many thousands (ck_assert writes to a file each time). */
#define must(condition, ...)           \
    do {                               \
        if (!(condition))              \
            ck_abort_msg(__VA_ARGS__); \
    } while (0)

/* That a piece of text is what was expected, with a readable failure. */
#define assert_str(got, expected)                                                                                    \
    do {                                                                                                             \
        kxi_str got_ = (got);                                                                                        \
        ck_assert_msg(kxi_str_is(got_, (expected)), "\"%.*s\" instead of \"%s\"", (int)got_.n, got_.n ? got_.s : "", \
                      (expected));                                                                                   \
    } while (0)

typedef TCase *(*test_group)(void);
int test_main(const char *name, const test_group *groups, size_t count);
#define SUITE_MAIN(name, ...)                                                 \
    int main(void)                                                            \
    {                                                                         \
        static const test_group groups[] = { __VA_ARGS__ };                   \
        return test_main((name), groups, sizeof(groups) / sizeof(groups[0])); \
    }
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
