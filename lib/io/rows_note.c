#include "io/rows_priv.h"

enum { SHOWN = 40 };

uint32_t
kxi_rows_line(struct kxi_rows *r, size_t offset)
{
    const char *s = r->doc->source.s;
    if (offset < r->counted) {
        r->counted = r->line_start = 0;
        r->line = 1;
    }
    while (r->counted < offset) {
        const char *feed = memchr(s + r->counted, '\n', offset - r->counted);
        r->counted = feed ? (size_t)(feed - s) + 1 : offset;
        if (feed) {
            r->line += r->line < UINT32_MAX;
            r->line_start = r->counted;
        }
    }
    return r->line;
}

kxi_place
kxi_rows_place(struct kxi_rows *r, const kxi_node *node, uint64_t offset)
{
    kxi_place place = { .input = r->doc->name, .offset = offset, .line = kxi_rows_line(r, (size_t)offset) };
    size_t start = r->line_start;
    if (start == 0 && offset >= 3 && memcmp(r->doc->source.s, "\xEF\xBB\xBF", 3) == 0)
        start = 3;
    place.column = (uint32_t)kxi_utf8_count((kxi_str){ r->doc->source.s + start, (size_t)offset - start }) + 1;
    place.pointer = kxi_node_pointer(&r->scratch, node);
    return place;
}

kxi_str
kxi_rows_quoted(struct kxi_rows *r, kxi_str text)
{
    kxi_buf b;
    kxi_buf_init(&b, r->arena.mem);
    kxi_text_quote(&b, text, SHOWN);
    kxi_str copy = b.failed ? (kxi_str){ NULL, 0 } : kxi_str_copy(&r->scratch, kxi_buf_view(&b));
    kxi_buf_free(&b);
    return copy;
}

kxi_str
kxi_rows_type(const struct kxi_rows *r, const kxi_node *node)
{
    return kxi_str_of(kxi_node_type_name(node->type, r->in->found.language));
}

kx_status
kxi_rows_say(struct kxi_rows *r, enum kxi_msg msg, const kxi_node *node, uint64_t offset, const kxi_arg *args,
             size_t count)
{
    kxi_findings *f = &r->in->ds->findings;
    if (r->in->ds->collect && f->count >= f->limit && kxi_msg_severity(msg) == KXI_ERROR) {
        f->left_out++;
        f->errors++;
        return KX_OK;
    }
    kxi_place place = kxi_rows_place(r, node, offset);
    for (size_t i = 0; i < count; i++)
        if (args[i].kind == KXI_ARG_STR && !args[i].str.s)
            return kxi_nomem(r->in->failed);
    kx_status status = place.pointer.s ? kxi_diag_add(&r->in->found, msg, place, args, count) : KX_E_NOMEM;
    if (status == KX_E_NOMEM)
        return kxi_nomem(r->in->failed);
    return kxi_input_goes_on(r->in, status) ? KX_OK : status;
}
