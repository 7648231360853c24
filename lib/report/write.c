/* Which writer an option means. */
#include "report/write.h"

#include "report/report.h"

#define BOM "\xef\xbb\xbf"

static void
ranking(kxi_out *o, kxi_view *v, const kx_write_options *options)
{
    kxi_write_ranking(o, v, (size_t)options->width);
}

static void
explain(kxi_out *o, kxi_view *v, const kx_write_options *options)
{
    kxi_write_explain(o, v, (size_t)options->width);
}

static void
gaps(kxi_out *o, kxi_view *v, const kx_write_options *options)
{
    kxi_write_gaps(o, v, (size_t)options->width);
}

static void
scores_csv(kxi_out *o, kxi_view *v, const kx_write_options *options)
{
    kxi_buf_cstr(&o->buf, options->bom ? BOM : "");
    kxi_write_scores_csv(o, v);
}

static void
gaps_csv(kxi_out *o, kxi_view *v, const kx_write_options *options)
{
    kxi_buf_cstr(&o->buf, options->bom ? BOM : "");
    kxi_write_gaps_csv(o, v);
}

static void
gaps_json(kxi_out *o, kxi_view *v, const kx_write_options *options)
{
    (void)options;
    kxi_write_gaps_json(o, v);
}

static void
result_json(kxi_out *o, kxi_view *v, const kx_write_options *options)
{
    (void)options;
    kxi_write_result_json(o, v);
}

typedef void writer(kxi_out *, kxi_view *, const kx_write_options *);
static writer *const writers[KX_WRITE_RESULT + 1][KX_FORMAT_JSON + 1] = {
    [KX_WRITE_SCORES] = { [KX_FORMAT_TEXT] = ranking, [KX_FORMAT_CSV] = scores_csv },
    [KX_WRITE_EXPLAIN] = { [KX_FORMAT_TEXT] = explain },
    [KX_WRITE_GAPS] = { [KX_FORMAT_TEXT] = gaps, [KX_FORMAT_CSV] = gaps_csv, [KX_FORMAT_JSON] = gaps_json },
    [KX_WRITE_RESULT] = { [KX_FORMAT_JSON] = result_json },
};

static const char *const format_names[] = { "", "text", "CSV", "JSON" };

/* The writer, or NULL when that has been reported. */
static kx_status
find_writer(const kx_write_options *options, writer **out, kxi_diag *d)
{
    static const char *const what_names[] = { "", "scores", "explain", "gaps", "result" };
    int32_t what = options->what ? options->what : KX_WRITE_SCORES;
    int32_t format = options->format ? options->format : KX_FORMAT_TEXT;
    if (what < 0 || what > KX_WRITE_RESULT || format < 0 || format > KX_FORMAT_JSON)
        return KXI_FAIL(d, WRITE_UNKNOWN, KXI_NOWHERE, KXI_A_INT(what), KXI_A_INT(format));
    if (options->width < 0)
        return KXI_FAIL(d, WRITE_WIDTH, KXI_NOWHERE, KXI_A_INT(options->width));
    *out = writers[what][format];
    if (!*out)
        return KXI_FAIL(d, WRITE_FORMAT, KXI_NOWHERE, KXI_A_CSTR(what_names[what]), KXI_A_CSTR(format_names[format]));
    return KX_OK;
}

kx_status
kxi_report_write(const kxi_score *score, const kx_write_options *options, kx_write_fn write, void *user, kxi_diag *d)
{
    writer *run = NULL;
    kx_status st = find_writer(options, &run, d);
    if (st != KX_OK)
        return st;
    kxi_view v;
    kxi_out o;
    kxi_view_begin(&v, score);
    st = kxi_view_only(&v, options->subject, options->indicator, d);
    kxi_out_begin(&o, &v.ctx->mem, write, user);
    if (st == KX_OK) {
        run(&o, &v, options);
        if (v.status == KX_OK)
            st = kxi_out_end(&o, d);
        else
            kxi_buf_free(&o.buf);
    }
    kx_status shown = kxi_view_end(&v, st == KX_OK ? d : NULL);
    return st == KX_OK ? shown : st;
}
