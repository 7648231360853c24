#include "model/fixture.h"
#include "model/suite.h"

START_TEST(defaults)
{
    kx_context *ctx;
    kx_error err = KX_ERROR_INIT;
    ck_assert_int_eq(kxi_context_new(NULL, &ctx, &err), KX_OK);
    ck_assert_int_eq(ctx->language, KX_LANG_ZH);
    ck_assert_uint_eq(ctx->max_depth, 64);
    ck_assert_uint_eq(ctx->max_rows, 2147483647);
    ck_assert_uint_eq(ctx->max_text, 268435456);
    ck_assert_uint_eq(ctx->max_field, 1048576);
    ck_assert_uint_eq(ctx->max_cells, 268435456);
    ck_assert_uint_eq(ctx->max_digits, 20000);
    ck_assert_uint_eq(ctx->max_findings, 10000);
    ck_assert_uint_eq(ctx->mem.limit, UINT64_C(64) << 30);
    ck_assert_uint_eq(ctx->mem.used, sizeof(*ctx));
    kxi_context_unref(kxi_context_ref(ctx));
    kxi_context_unref(ctx);
    kxi_context_unref(NULL);
}
END_TEST

static const struct {
    const char *name;
    size_t offset, width;
    uint64_t value;
    enum kxi_msg msg;
} limits[] = {
    { "max_depth at most 500", offsetof(kx_context_options, max_depth), 4, 500, KXI_MSG_NONE },
    { "max_depth past 500", offsetof(kx_context_options, max_depth), 4, 501, KXI_MSG_OPTION_RANGE },
    { "max_rows at most 2^31 - 1", offsetof(kx_context_options, max_rows), 8, 2147483647, KXI_MSG_NONE },
    { "max_rows past 2^31 - 1", offsetof(kx_context_options, max_rows), 8, 2147483648, KXI_MSG_OPTION_RANGE },
    { "max_rows past int64", offsetof(kx_context_options, max_rows), 8, UINT64_MAX, KXI_MSG_OPTION_RANGE },
    { "max_cells", offsetof(kx_context_options, max_cells), 8, UINT32_MAX, KXI_MSG_OPTION_RANGE },
    { "language", offsetof(kx_context_options, language), 4, 2, KXI_MSG_OPTION_RANGE },
    { "size", offsetof(kx_context_options, size), sizeof(size_t), 8, KXI_MSG_STRUCT_SIZE },
};

START_TEST(limit)
{
    kx_context_options o = KX_CONTEXT_OPTIONS_INIT;
    kx_error err = KX_ERROR_INIT;
    kx_context *ctx;
    memcpy((char *)&o + limits[_i].offset, &limits[_i].value, limits[_i].width);
    kx_status status = kxi_context_new(&o, &ctx, &err);
    ck_assert_msg(status == kxi_msg_status(limits[_i].msg), "%s: %d", limits[_i].name, (int)status);
    ck_assert_int_eq(err.code, kxi_msg_code(limits[_i].msg));
    ck_assert((ctx != NULL) == (status == KX_OK));
    kxi_context_unref(ctx);
}
END_TEST

START_TEST(newer_caller)
{
    struct {
        kx_context_options o;
        uint64_t more;
    } newer = { KX_CONTEXT_OPTIONS_INIT, 0 };
    kx_error err = KX_ERROR_INIT;
    kx_context *ctx;
    newer.o.size = sizeof(newer);
    ck_assert_int_eq(kxi_context_new(&newer.o, &ctx, &err), KX_OK);
    kxi_context_unref(ctx);
    newer.more = 1;
    ck_assert_int_eq(kxi_context_new(&newer.o, &ctx, &err), KX_E_UNSUPPORTED);
    ck_assert_ptr_null(ctx);
}
END_TEST

START_TEST(memory)
{
    struct fault f = FAULT_NONE;
    kx_context_options o = KX_CONTEXT_OPTIONS_INIT;
    kx_error err = KX_ERROR_INIT;
    kx_context *ctx;
    o.alloc = fault_alloc;
    o.alloc_user = &f;
    o.max_memory = 16;
    ck_assert_int_eq(kxi_context_new(&o, &ctx, &err), KX_E_NOMEM);
    ck_assert_int_eq(err.status, KX_E_NOMEM);
    o.max_memory = 100000;
    ck_assert_int_eq(kxi_context_new(&o, &ctx, NULL), KX_OK);
    ck_assert_uint_eq(f.live, 1);
    kxi_context_unref(ctx);
    ck_assert_uint_eq(f.live, 0);
    ck_assert(!f.wrong);
    f.left = 0;
    ck_assert_int_eq(kxi_context_new(&o, &ctx, NULL), KX_E_NOMEM);
}
END_TEST

TCase *
context_tests(void)
{
    TCase *t = tcase_create("context");
    tcase_add_test(t, defaults);
    tcase_add_loop_test(t, limit, 0, COUNT(limits));
    tcase_add_test(t, newer_caller);
    tcase_add_test(t, memory);
    return t;
}
