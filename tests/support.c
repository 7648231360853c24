#include "support.h"

#include <stdio.h>
#include <stdlib.h>

/* Stands before every block of fault_alloc. */
struct block {
    size_t size;
    size_t guard;
};
enum { GUARD = 0x6b657869, RUBBISH = 0xa5 };

static bool
refuse(struct fault *f)
{
    size_t left = atomic_load(&f->left);
    while (left > 0)
        if (left == SIZE_MAX || atomic_compare_exchange_weak(&f->left, &left, left - 1))
            return false;
    if (f->once && atomic_exchange(&f->hit, true))
        return false;
    atomic_store(&f->hit, true);
    return true;
}

static struct block *
block_of(struct fault *f, void *ptr, size_t size)
{
    struct block *b = (struct block *)ptr - 1;
    if (b->size != size || b->guard != GUARD)
        atomic_store(&f->wrong, true);
    return b;
}

void *
fault_alloc(void *user, void *ptr, size_t old_size, size_t new_size)
{
    struct fault *f = user;
    struct block *old = ptr ? block_of(f, ptr, old_size) : NULL;
    if (new_size == 0) {
        if (old)
            atomic_fetch_sub(&f->live, 1);
        free(old);
        return NULL;
    }
    struct block *b = refuse(f) ? NULL : malloc(sizeof(*b) + new_size);
    if (!b)
        return NULL;
    *b = (struct block){ new_size, GUARD };
    memset(b + 1, RUBBISH, new_size);
    if (old) {
        memcpy(b + 1, ptr, old_size < new_size ? old_size : new_size);
        free(old);
    } else {
        atomic_fetch_add(&f->live, 1);
    }
    return b + 1;
}

void
fault_each(bool once, kx_status (*scenario)(kxi_mem *mem, void *user), void *user)
{
    for (size_t n = 0;; n++) {
        struct fault f = { .left = n, .once = once };
        kxi_mem mem;
        kxi_mem_init(&mem, fault_alloc, &f, 0);
        kx_status status = scenario(&mem, user);
        ck_assert_msg(f.live == 0, "%zu blocks leak when allocation %zu fails", (size_t)f.live, n);
        ck_assert_msg(mem.used == 0, "%zu bytes are still booked when allocation %zu fails", (size_t)mem.used, n);
        ck_assert_msg(!f.wrong, "a block came back with a wrong size when allocation %zu fails", n);
        ck_assert_msg(status == (f.hit ? KX_E_NOMEM : KX_OK), "allocation %zu: status %d", n, (int)status);
        if (!f.hit)
            break;
    }
}

void
kit_begin(struct kit *k, kxi_mem *mem)
{
    kxi_arena_init(&k->arena, mem);
    kxi_findings_init(&k->findings, mem, 1000);
    k->err = (kx_error)KX_ERROR_INIT;
    k->diag = (kxi_diag){ .language = KX_LANG_EN, .err = &k->err, .all = &k->findings };
    k->num = (kxi_numctx){ &k->arena, 20000 };
}

void
kit_end(struct kit *k)
{
    kxi_findings_free(&k->findings);
    kxi_arena_free(&k->arena);
}

void
kit_init(struct kit *k)
{
    k->fault = (struct fault)FAULT_NONE;
    kxi_mem_init(&k->mem, fault_alloc, &k->fault, 0);
    kit_begin(k, &k->mem);
}

void
kit_free(struct kit *k)
{
    kit_end(k);
    ck_assert_msg(k->fault.live == 0, "%zu blocks leak", (size_t)k->fault.live);
    ck_assert_msg(k->mem.used == 0, "%zu bytes are still booked", (size_t)k->mem.used);
    ck_assert_msg(!k->fault.wrong, "a block came back with a wrong size");
}

const char *
test_path(const char *path)
{
    static char full[1024];
    snprintf(full, sizeof(full), "%s/%s", KEXIE_TESTS_DIR, path);
    return full;
}

char *
test_read(const char *path, size_t *n)
{
    FILE *in = fopen(test_path(path), "rb");
    ck_assert_msg(in != NULL, "cannot open %s", path);
    ck_assert_msg(fseek(in, 0, SEEK_END) == 0, "cannot measure %s", path);
    long size = ftell(in);
    ck_assert_msg(size >= 0 && fseek(in, 0, SEEK_SET) == 0, "cannot measure %s", path);
    char *text = malloc((size_t)size + 1);
    ck_assert_msg(text != NULL, "no memory for %s", path);
    *n = fread(text, 1, (size_t)size, in);
    fclose(in);
    ck_assert_msg(*n == (size_t)size, "cannot read all of %s", path);
    text[*n] = '\0';
    return text;
}

int
test_main(const char *name, const test_group *groups, size_t count)
{
    Suite *suite = suite_create(name);
    for (size_t i = 0; i < count; i++)
        suite_add_tcase(suite, groups[i]());
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int run = srunner_ntests_run(runner), failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return run > 0 && failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
