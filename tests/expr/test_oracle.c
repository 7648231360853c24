/* Random expressions against values worked out elsewhere (oracle.py), in every way rows can be handed out and cut. */
#include "suite.h"
#include "table.h"

enum { CHUNK = 100 };
static const size_t batches[] = { 0, 1, 3 };

static void
check_vector(const struct table *t, const struct vector *v, enum mode mode, size_t batch)
{
    struct kit kit;
    struct fixture f;
    kit_init(&kit);
    table_fixture(t, &kit, &f);
    f.mode = mode;
    f.batch = batch;
    const char *got = fixture_eval(&f, v->text);
    ck_assert_msg(strcmp(got, v->value) == 0, "%s (mode %d, batches of %zu)\n  got      %s\n  expected %s", v->text,
                  (int)mode, batch, got, v->value);
    kit_free(&kit);
}

START_TEST(vectors)
{
    struct table t;
    table_read(&t);
    for (size_t i = (size_t)_i * CHUNK; i < t.vector_count && i < (size_t)(_i + 1) * CHUNK; i++)
        for (int mode = MODE_ROWS; mode <= MODE_TABLE; mode++)
            for (size_t b = 0; b < COUNT(batches); b++)
                check_vector(&t, &t.vectors[i], (enum mode)mode, batches[b]);
    table_free(&t);
}
END_TEST

TCase *
oracle_tests(void)
{
    TCase *t = tcase_create("oracle");
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, vectors, 0, 1500 / CHUNK);
    return t;
}
