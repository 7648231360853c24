#include "report/report.h"

#include "report/builder.h"

#define FIELDS(X)                    \
    X(SEVERITY, "severity", KX_TEXT) \
    X(CODE, "code", KX_NUMBER)       \
    X(INPUT, "input", KX_TEXT)       \
    X(LINE, "line", KX_NUMBER)       \
    X(COLUMN, "column", KX_NUMBER) X(POINTER, "pointer", KX_TEXT) X(MESSAGE, "message", KX_TEXT)
#define X(id, name, type) FIELD_##id,
enum { FIELDS(X) FIELD_COUNT };
#undef X
#define X(id, name, type) { name, type, 0 },
static const kxi_field fields[] = { FIELDS(X) };
#undef X

/* By input, then line and column; what has no place comes last. */
static bool
stands_before(const kxi_finding *a, const kxi_finding *b)
{
    int order = kxi_str_cmp(a->place.input, b->place.input);
    if (order)
        return order < 0;
    if (!a->place.line || !b->place.line)
        return a->place.line && !b->place.line;
    if (a->place.line != b->place.line)
        return a->place.line < b->place.line;
    return a->place.column < b->place.column;
}

/* Stable, by insertion: findings come nearly in order, and there is a limit to their number. */
static const kxi_finding **
sorted(kxi_mem *mem, const kxi_findings *f, bool by_place)
{
    const kxi_finding **list = kxi_alloc_array(mem, f->count, sizeof(*list));
    for (size_t i = 0; list && i < f->count; i++) {
        size_t to = i;
        while (by_place && to > 0 && stands_before(&f->items[i], list[to - 1])) {
            list[to] = list[to - 1];
            to--;
        }
        list[to] = &f->items[i];
    }
    return list;
}

static void
finding_row(kxi_builder *b, const kxi_finding *f)
{
    kxi_builder_text(b, FIELD_SEVERITY, kxi_str_of(kxi_severity_name(f->severity)));
    kxi_builder_int(b, FIELD_CODE, kxi_msg_code(f->msg));
    if (f->place.input.n)
        kxi_builder_text(b, FIELD_INPUT, f->place.input);
    if (f->place.line) {
        kxi_builder_int(b, FIELD_LINE, f->place.line);
        if (f->place.column)
            kxi_builder_int(b, FIELD_COLUMN, f->place.column);
    }
    if (f->place.pointer.n)
        kxi_builder_text(b, FIELD_POINTER, f->place.pointer);
    kxi_builder_text(b, FIELD_MESSAGE, f->text);
}

/* The list is never cut in silence: its last row says how many are not in it. */
static kx_status
left_out_row(kxi_builder *b, kx_context *ctx, size_t left_out)
{
    kxi_findings note;
    kxi_findings_init(&note, &ctx->mem, 1);
    kxi_diag d = { .language = ctx->language, .all = &note };
    kx_status st = KXI_FAIL(&d, FINDINGS_LEFT_OUT, KXI_NOWHERE, KXI_A_INT(left_out), KXI_A_INT(ctx->max_findings));
    if (st == KX_OK && note.count && kxi_builder_row(b))
        finding_row(b, &note.items[0]);
    kxi_findings_free(&note);
    return st;
}

kx_status
kxi_report_findings(kx_context *ctx, const kxi_findings *findings, bool by_place, kx_table **out, kxi_diag *d)
{
    const kxi_finding **list = NULL;
    *out = NULL;
    if (findings->count) {
        list = sorted(&ctx->mem, findings, by_place);
        if (!list)
            return kxi_nomem(d);
    }
    kxi_builder b;
    kxi_builder_begin(&b, ctx, fields, FIELD_COUNT);
    for (size_t i = 0; i < findings->count && kxi_builder_row(&b); i++)
        finding_row(&b, list[i]);
    if (findings->left_out && b.status == KX_OK && left_out_row(&b, ctx, findings->left_out) != KX_OK)
        b.status = KX_E_NOMEM;
    kxi_free(&ctx->mem, list, findings->count * sizeof(*list));
    return kxi_builder_end(&b, "findings", out, d);
}
