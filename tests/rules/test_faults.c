/* Memory that fails while a scheme is compiled. */
#include "suite.h"

#include <stdlib.h>

#include "io/json.h"
#include "model/context.h"

/* A scheme with a bit of everything. Arenas ask for few large blocks; the title moves all that follows, so that from one
 * length to the next other requests meet the end of a block. */
static const struct parts everything = {
    .measures =
        "`n`: {`of`: `acts`, `where`: `kind in worth && unit.level == 'township'`, `keep`: [`date`]},"
        "`cov`: {`of`: `acts`, `per`: [`township`, {`kind`: [`a`, `b`]}, `quarter`, `w`], `at_least`: `township.name == 'x' ? 1 : 2`},"
        "`best`: {`of`: `visits`, `per`: [`thing`], `max`: `thing.size`}, `sum`: {`of`: `best`, `sum`: `value`}",
    .nodes =
        "{`id`: `A`, `points`: 6, `na`: `rescale`, `parts`: [{`id`: `A1`, `points`: 6, `value`: `coverage(cov, township)`,"
        " `curve`: {`steps`: [[1, 6], [0.5, 3]], `else`: 1}, `missing`: `zero`}]},"
        "{`id`: `B`, `points`: 4, `curve`: {`map`: {`好`: 4, `差`: 1}}, `missing`: `full`},"
        "{`id`: `C`, `points`: 0, `value`: `sum / cohort.mean(sum)`, `curve`: {`cases`: [[`value > 1`, 0]]}, `missing`: `n`}",
    .more =
        "`headers`: {`单位`: `unit`}, `levels`: {`county`: [`县`], `township`: [`乡`], `province`: []},"
        "`roles`: {`院长`: {`county`: [`卫生院 院长`]}}, `define`: {`worth`: {`b`: 1, `a`: 2}}, `tracks`: [`x`, `y`],"
        "`windows`: {`w`: [{`name`: `五月`, `from`: `2025-05-01`, `to`: `2025-05-31`}]},"
        "`round`: {`indicator`: {`to`: 0.5, `mode`: `floor`}}, `rank`: {`by`: [`total`, `A`], `ties`: `open`},"
        "`gates`: [{`id`: `V`, `when`: `n > 5`, `ceiling`: `合格`}],"
        "`grades`: [{`name`: `优秀`, `when`: `total > 5`, `places`: {`share`: 0.3, `round`: `floor`, `ties`: `out`}}, {`name`: `合格`}],"
};

/* And schemes that are refused, so that memory can also fail while a message is put together. */
static const struct parts refused[] = {
    { .measures = "`n`: {`of`: `acts`, `wehre`: `ok`}" },
    { .measures = "`n`: {`of`: `duties`}" },
    { .nodes = "{`id`: `A`, `points`: 5, `value`: `cohort.max(B)`}, {`id`: `B`, `points`: 5, `value`: `A`}" },
    { .nodes = "{`id`: `A`, `points`: 5, `value`: `a`}", .more = "`define`: {`a`: `cohort.sum(a)`}," },
    { .nodes = "{`id`: `A`, `points`: 5, `value`: `covrage(cov)`}" },
};

/* The text with a title that is `pad` characters longer. */
static char *
padded(const struct parts *parts, size_t pad)
{
    char *text = scheme_text(parts);
    size_t n = strlen(text), tail = strlen("\"}");
    char *out = malloc(n + pad + 1);
    ck_assert_ptr_nonnull(out);
    memcpy(out, text, n - tail);
    memset(out + n - tail, 'x', pad);
    memcpy(out + n - tail + pad, "\"}", tail + 1);
    free(text);
    return out;
}

struct scenario {
    char *text;
    kx_status status; /* when memory does not fail */
};

static kx_status
compile(kxi_mem *mem, void *user)
{
    const struct scenario *sc = user;
    kx_status st = scheme_try(mem, sc->text, strlen(sc->text));
    return st == sc->status ? KX_OK : st;
}

START_TEST(compiling)
{
    for (size_t pad = 0; pad < 3000; pad += 149) {
        struct scenario sc = { padded(&everything, pad), KX_OK };
        fault_each(_i == 1, compile, &sc);
        free(sc.text);
    }
}
END_TEST

START_TEST(refusing)
{
    for (size_t i = 0; i < COUNT(refused); i++)
        for (size_t pad = 0; pad < 3000; pad += 487) {
            struct scenario sc = { padded(&refused[i], pad), KX_E_SCHEME };
            fault_each(_i == 1, compile, &sc);
            free(sc.text);
        }
}
END_TEST

/* Findings are kept in memory of their own, which may fail as well. */
static kx_status
collect(kxi_mem *mem, void *user)
{
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    kx_context *ctx;
    kxi_findings findings;
    kxi_doc *doc;
    kxi_rules *rules;
    options.alloc = mem->alloc;
    options.alloc_user = mem->user;
    kx_status st = kxi_context_new(&options, &ctx, NULL);
    if (st != KX_OK)
        return st;
    kxi_findings_init(&findings, &ctx->mem, 100);
    kxi_diag d = { .language = KX_LANG_ZH, .collect = true, .all = &findings };
    const char *text = user;
    st = kxi_json_parse(ctx, KXI_STR("s"), kxi_str_of(text), &d, &doc);
    if (st == KX_OK)
        st = kxi_rules_compile(ctx, doc, &d, &rules);
    kxi_findings_free(&findings);
    kxi_context_unref(ctx);
    return st == KX_E_SCHEME ? KX_OK : st;
}

START_TEST(collecting)
{
    char *text = scheme_text(
        &(struct parts){ .measures = "`n`: {`of`: `act`}, `m`: {`of`: `duties`}, `k`: {`of`: `acts`, `sum`: `kind`}",
                         .nodes = "{`id`: `A`, `points`: -1, `value`: `m + k`}, {`id`: `A`, `points`: 3}, {`value`: 1}",
                         .more = "`rank`: {`by`: [`x`], `ties`: `y`}, `gates`: [{`id`: `V`, `when`: `n > 0`}]," });
    fault_each(_i == 1, collect, text);
    free(text);
}
END_TEST

TCase *
fault_tests(void)
{
    TCase *group = tcase_create("faults");
    tcase_set_timeout(group, 120);
    tcase_add_loop_test(group, compiling, 0, 2);
    tcase_add_loop_test(group, refusing, 0, 2);
    tcase_add_loop_test(group, collecting, 0, 2);
    return group;
}
