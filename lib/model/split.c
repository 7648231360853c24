/* A text such as "640104001; 640104002" in a column of lists is several texts. */
#include "model/model_priv.h"

/* Length of the separator text begins with, 0 when it begins with none. */
static size_t
separator(kxi_str s)
{
    static const char *const separators[] = { ";", "；", "、", "|" };
    for (size_t i = 0; i < sizeof(separators) / sizeof(separators[0]); i++) {
        size_t n = strlen(separators[i]);
        if (s.n >= n && memcmp(s.s, separators[i], n) == 0)
            return n;
    }
    return 0;
}

/* The next piece of *rest, which is shortened by it and its separator. */
static kxi_str
next_piece(kxi_str *rest)
{
    kxi_str piece = { rest->s, 0 };
    size_t gap = 0;
    while (piece.n < rest->n && !(gap = separator((kxi_str){ rest->s + piece.n, rest->n - piece.n })))
        piece.n++;
    *rest = (kxi_str){ rest->s + piece.n + gap, rest->n - piece.n - gap };
    return piece;
}

static bool
has_separator(const kxi_dict *dict)
{
    for (uint32_t i = 0; i < dict->count; i++) {
        kxi_str rest = dict->texts[i];
        if (next_piece(&rest).n < dict->texts[i].n)
            return true;
    }
    return false;
}

/* The pieces of every text of the dictionary: codes[starts[i]] .. of text i. */
typedef struct pieces {
    kxi_mem *mem;
    kxi_intern in;
    size_t *starts;
    uint32_t *codes;
    size_t count, capacity;
} pieces;

static kx_status
cut(pieces *p, const kxi_dict *dict)
{
    p->starts = kxi_alloc_array(p->mem, (size_t)dict->count + 1, sizeof(*p->starts));
    if (!p->starts)
        return KX_E_NOMEM;
    for (uint32_t i = 0; i < dict->count; i++) {
        kxi_str rest = dict->texts[i];
        p->starts[i] = p->count;
        while (rest.n) {
            uint32_t code;
            kx_status status = kxi_intern_add(&p->in, next_piece(&rest), &code);
            if (status == KX_OK && code != KXI_NONE && !kxi_grow(p->mem, &p->codes, &p->capacity, p->count + 1))
                status = KX_E_NOMEM;
            if (status != KX_OK)
                return status;
            if (code != KXI_NONE)
                p->codes[p->count++] = code;
        }
    }
    p->starts[dict->count] = p->count;
    return KX_OK;
}

/* The offsets of the lists; how many values that makes. */
static kx_status
make_lists(const pieces *p, const kxi_column *in, kxi_column *out)
{
    int64_t *lists = kxi_alloc_array(p->mem, in->rows + 1, sizeof(*lists));
    if (!lists)
        return KX_E_NOMEM;
    out->lists = lists;
    out->lists_size = (in->rows + 1) * sizeof(*lists);
    size_t at = 0;
    for (size_t row = 0; row < in->rows; row++) {
        uint32_t code = kxi_column_code(in, row);
        size_t more = code == KXI_NONE ? 0 : p->starts[code + 1] - p->starts[code];
        if (!kxi_add_size(at, more, &at) || at > SIZE_MAX / 16)
            return KX_E_NOMEM;
        lists[row + 1] = (int64_t)at;
    }
    out->count = at;
    return KX_OK;
}

static kx_status
fill(pieces *p, const kxi_column *in, kxi_column *out)
{
    kx_status status = make_lists(p, in, out);
    if (status == KX_OK)
        status = kxi_column_room(p->mem, out, KX_LAYOUT_CODE32);
    for (size_t row = 0; row < in->rows && status == KX_OK; row++) {
        uint32_t code = kxi_column_code(in, row);
        size_t n = (size_t)(out->lists[row + 1] - out->lists[row]);
        if (n)
            memcpy((uint32_t *)kxi_writable(out->values) + out->lists[row], p->codes + p->starts[code],
                   n * sizeof(uint32_t));
    }
    if (status == KX_OK)
        status = kxi_dict_take(&p->in.map, &out->dict);
    return status == KX_OK ? kxi_column_narrow(p->mem, out) : status;
}

kx_status
kxi_split(kxi_mem *mem, const kxi_column *in, kxi_column **out)
{
    *out = NULL;
    if (!has_separator(in->dict))
        return KX_OK;
    kxi_column *made = kxi_alloc_zero(mem, sizeof(*made));
    if (!made)
        return KX_E_NOMEM;
    pieces p = { .mem = mem };
    kxi_intern_init(&p.in, mem);
    made->name = in->name;
    made->type = KX_TEXT;
    made->rows = in->rows;
    kx_status status = cut(&p, in->dict);
    if (status == KX_OK)
        status = fill(&p, in, made);
    kxi_free(mem, p.starts, ((size_t)in->dict->count + 1) * sizeof(*p.starts));
    kxi_free(mem, p.codes, p.capacity * sizeof(*p.codes));
    kxi_intern_free(&p.in);
    *out = made;
    if (status != KX_OK)
        kxi_column_drop(mem, out);
    return status;
}
