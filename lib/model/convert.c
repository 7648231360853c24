/* Whole columns are converted to what the scheme wants of them. Text is converted once for each dictionary entry. What does
 * not fit is reported once for each distinct value, with the first row that has it and how many do. */
#include "model/model_priv.h"

enum { FITS = 0, EMPTY, BAD };

/* What a dictionary's texts are worth in another type. */
typedef struct worth {
    uint8_t *state; /* FITS, EMPTY, BAD */
    int64_t *value;
    int8_t *scale; /* numbers */
} worth;

static kx_status
nomem(const kxi_conversion *c)
{
    return kxi_nomem(c->diag);
}

static kx_status
report(const kxi_conversion *c, const kxi_column *in, enum kxi_msg msg, kxi_misses *misses)
{
    kx_status status = KX_OK;
    if (in->dict && kxi_misses_merge(misses, in->dict) != KX_OK)
        return nomem(c);
    for (size_t i = 0; i < misses->count; i++) {
        const kxi_miss *m = &misses->items[i];
        kxi_shown shown;
        char digits[32];
        kxi_str text =
            in->dict ? kxi_show(&shown, in->dict->texts[m->key]) : kxi_show_decimal(digits, (int64_t)m->key, in->scale);
        size_t row = kxi_column_row(in, m->first);
        kxi_arg args[] = { KXI_A_STR(in->name), KXI_A_ROW(row), KXI_A_STR(text), KXI_A_INT(m->count) };
        status = kxi_diag_add(c->diag, msg, kxi_table_place(c->table, row), args, 4);
        if (status != KX_E_DATA || !c->diag->collect)
            return status;
    }
    return status;
}

/* A column like in, with its lists, for count values of a type; nothing is null yet. */
static kx_status
column_like(const kxi_conversion *c, const kxi_column *in, int32_t type, int32_t layout, kxi_column **out)
{
    kxi_mem *mem = &c->ds->ctx->mem;
    kxi_column *made = kxi_alloc_zero(mem, sizeof(*made));
    if (!made)
        return nomem(c);
    made->name = c->spec->name;
    made->type = type;
    made->rows = in->rows;
    made->count = in->count;
    kx_status status = kxi_column_room(mem, made, layout);
    if (status == KX_OK && in->lists) {
        size_t size = (in->rows + 1) * sizeof(int64_t);
        void *lists = kxi_alloc(mem, size);
        if (lists)
            made->lists = memcpy(lists, in->lists, size);
        made->lists_size = lists ? size : 0;
        status = lists ? KX_OK : KX_E_NOMEM;
    }
    *out = made;
    if (status == KX_OK)
        return KX_OK;
    kxi_column_drop(mem, out);
    return nomem(c);
}

static bool
is_one_of(kxi_str s, const char *const *words)
{
    for (; *words; words++)
        if (kxi_str_is(s, *words))
            return true;
    return false;
}

/* Reads one text; false when it is not of the type. */
static bool
read_bool(kxi_arena *scratch, kxi_str text, worth *w, size_t i, kx_status *status)
{
    static const char *const yes[] = { "1", "是", "有", "真", "true", "yes", "y", NULL };
    static const char *const no[] = { "0", "否", "无", "假", "false", "no", "n", NULL };
    kxi_str folded;
    *status = kxi_text_fold(scratch, text, &folded);
    if (*status != KX_OK)
        return false;
    w->value[i] = is_one_of(folded, yes);
    return w->value[i] || is_one_of(folded, no);
}

static bool
read_date(kxi_str text, worth *w, size_t i)
{
    kxi_day day;
    if (!kxi_date_parse(text, &day))
        return false;
    w->value[i] = day;
    return true;
}

/* Digits of full width are digits. */
static bool
read_number(kxi_arena *scratch, kxi_str text, worth *w, size_t i, kx_status *status)
{
    kxi_str folded;
    int scale;
    *status = kxi_text_fold(scratch, text, &folded);
    if (*status != KX_OK || kxi_dec_parse(folded, &w->value[i], &scale) != KX_OK)
        return false;
    for (; scale > 0 && w->value[i] % 10 == 0; scale--)
        w->value[i] /= 10;
    w->scale[i] = (int8_t)scale;
    return true;
}

/* One scale for all the numbers of a column. */
static int
common_scale(worth *w, uint32_t count)
{
    int scale = 0;
    for (uint32_t i = 0; i < count; i++)
        if (w->state[i] == FITS && w->scale[i] > scale)
            scale = w->scale[i];
    for (uint32_t i = 0; i < count; i++)
        if (w->state[i] == FITS && !kxi_mul64(w->value[i], kxi_pow10[scale - w->scale[i]], &w->value[i]))
            w->state[i] = BAD;
    return scale;
}

static kx_status
read_dict(const kxi_conversion *c, kxi_arena *a, const kxi_dict *dict, worth *w)
{
    kxi_arena scratch;
    kx_status status = KX_OK;
    w->state = kxi_arena_array(a, (size_t)dict->count + 1, sizeof(*w->state));
    w->value = kxi_arena_array(a, (size_t)dict->count + 1, sizeof(*w->value));
    w->scale = kxi_arena_array(a, (size_t)dict->count + 1, sizeof(*w->scale));
    if (!w->state || !w->value || !w->scale)
        return nomem(c);
    kxi_arena_init(&scratch, &c->ds->ctx->mem);
    for (uint32_t i = 0; i < dict->count && status == KX_OK; i++) {
        kxi_str text = dict->texts[i];
        bool fits = c->spec->type == KX_BOOL   ? read_bool(&scratch, text, w, i, &status)
                    : c->spec->type == KX_DATE ? read_date(text, w, i)
                                               : read_number(&scratch, text, w, i, &status);
        w->state[i] = text.n == 0 ? EMPTY : fits ? FITS : BAD;
        kxi_arena_reset(&scratch);
    }
    kxi_arena_free(&scratch);
    return status == KX_OK ? KX_OK : nomem(c);
}

static void
put(kxi_column *out, size_t i, int64_t v)
{
    if (out->layout == KX_LAYOUT_I8)
        ((int8_t *)kxi_writable(out->values))[i] = (int8_t)v;
    else if (out->layout == KX_LAYOUT_I32)
        ((int32_t *)kxi_writable(out->values))[i] = (int32_t)v;
    else
        ((int64_t *)kxi_writable(out->values))[i] = v;
}

static kx_status
fill_from_dict(const kxi_conversion *c, const kxi_column *in, const worth *w, kxi_column *out, kxi_misses *misses)
{
    uint32_t codes[KXI_BATCH];
    kx_status status = KX_OK;
    for (size_t first = 0; first < in->count; first += KXI_BATCH) {
        size_t n = in->count - first < KXI_BATCH ? in->count - first : KXI_BATCH;
        kxi_column_codes(in, first, n, codes);
        for (size_t i = 0; i < n && status == KX_OK; i++) {
            uint8_t state = codes[i] == KXI_NONE ? EMPTY : w->state[codes[i]];
            if (state == FITS)
                put(out, first + i, w->value[codes[i]]);
            else if (state == EMPTY)
                status = kxi_column_set_null(&c->ds->ctx->mem, out, first + i);
            else
                status = kxi_misses_add(misses, codes[i], first + i);
        }
        if (status != KX_OK)
            return nomem(c);
    }
    return KX_OK;
}

static kx_status
from_text(const kxi_conversion *c, const kxi_column *in, kxi_column **out)
{
    static const struct {
        int32_t layout;
        enum kxi_msg msg;
    } targets[] = {
        [KX_NUMBER] = { KX_LAYOUT_I64, KXI_MSG_VALUE_NUMBER },
        [KX_DATE] = { KX_LAYOUT_I32, KXI_MSG_VALUE_DATE },
        [KX_BOOL] = { KX_LAYOUT_I8, KXI_MSG_VALUE_BOOL },
    };
    int32_t type = c->spec->type;
    kxi_arena a;
    kxi_misses misses;
    worth w;
    kxi_arena_init(&a, &c->ds->ctx->mem);
    kxi_misses_init(&misses, &c->ds->ctx->mem);
    kx_status status = read_dict(c, &a, in->dict, &w);
    if (status == KX_OK)
        status = column_like(c, in, type, targets[type].layout, out);
    if (status == KX_OK && type == KX_NUMBER)
        (*out)->scale = common_scale(&w, in->dict->count);
    if (status == KX_OK)
        status = fill_from_dict(c, in, &w, *out, &misses);
    if (status == KX_OK)
        status = report(c, in, targets[type].msg, &misses);
    kxi_misses_free(&misses);
    kxi_arena_free(&a);
    return status;
}

/* The value a stored number stands for in a bool or, as whole number, in a text; false when there is none. */
static bool
whole(const kxi_conversion *c, const kxi_column *in, int64_t stored, int64_t *out)
{
    *out = stored / kxi_pow10[in->scale];
    bool is_whole = stored % kxi_pow10[in->scale] == 0;
    return is_whole && (c->spec->type == KX_TEXT || *out == 0 || *out == 1);
}

static kx_status
from_numbers(const kxi_conversion *c, const kxi_column *in, kxi_keymap *distinct, kxi_column *out, kxi_misses *misses)
{
    int64_t batch[KXI_BATCH], v;
    kx_status status = KX_OK;
    for (size_t first = 0; first < in->count; first += KXI_BATCH) {
        size_t n = in->count - first < KXI_BATCH ? in->count - first : KXI_BATCH;
        kxi_column_ints(in, first, n, batch);
        for (size_t i = 0; i < n && status == KX_OK; i++) {
            uint32_t code;
            uint64_t key;
            if (!kxi_column_known(in, first + i)) {
                status = kxi_column_set_null(&c->ds->ctx->mem, out, first + i);
            } else if (!whole(c, in, batch[i], &v)) {
                status = kxi_misses_add(misses, (uint64_t)batch[i], first + i);
            } else if (out->type == KX_BOOL) {
                put(out, first + i, v);
            } else {
                key = (uint64_t)v;
                status = kxi_keymap_add(distinct, &key, &code, NULL);
                ((uint32_t *)kxi_writable(out->values))[first + i] = code;
            }
        }
        if (status != KX_OK)
            return nomem(c);
    }
    return KX_OK;
}

/* A dictionary of the distinct numbers' digits. */
static kx_status
digits_dict(const kxi_conversion *c, const kxi_keymap *distinct, kxi_column *out)
{
    kx_status status = kxi_dict_new(&c->ds->ctx->mem, &out->dict);
    for (size_t i = 0; i < distinct->count && status == KX_OK; i++) {
        char digits[32];
        uint32_t code;
        int64_t v = (int64_t)*kxi_keymap_key(distinct, (uint32_t)i);
        status = kxi_dict_push(out->dict, kxi_show_decimal(digits, v, 0), &code);
    }
    if (status == KX_OK)
        status = kxi_column_narrow(&c->ds->ctx->mem, out);
    return status == KX_OK ? KX_OK : nomem(c);
}

static kx_status
from_number(const kxi_conversion *c, const kxi_column *in, kxi_column **out)
{
    bool text = c->spec->type == KX_TEXT;
    kxi_keymap distinct;
    kxi_misses misses;
    kxi_keymap_init(&distinct, &c->ds->ctx->mem, 1);
    kxi_misses_init(&misses, &c->ds->ctx->mem);
    kx_status status = column_like(c, in, c->spec->type, text ? KX_LAYOUT_CODE32 : KX_LAYOUT_I8, out);
    if (status == KX_OK)
        status = from_numbers(c, in, &distinct, *out, &misses);
    if (status == KX_OK)
        status = report(c, in, text ? KXI_MSG_VALUE_WHOLE : KXI_MSG_VALUE_BOOL, &misses);
    if (status == KX_OK && text)
        status = digits_dict(c, &distinct, *out);
    kxi_misses_free(&misses);
    kxi_keymap_free(&distinct);
    return status;
}

static bool
all_null(const kxi_column *in)
{
    for (size_t i = 0; i < in->count; i++)
        if (kxi_column_known(in, i))
            return false;
    return true;
}

/* A column in which nothing is recorded fits every type. */
static kx_status
from_nothing(const kxi_conversion *c, const kxi_column *in, kxi_column **out)
{
    static const int32_t layouts[] = {
        [KX_TEXT] = KX_LAYOUT_CODE8, [KX_NUMBER] = KX_LAYOUT_I8, [KX_DATE] = KX_LAYOUT_I32, [KX_BOOL] = KX_LAYOUT_I8
    };
    kxi_mem *mem = &c->ds->ctx->mem;
    kx_status status = column_like(c, in, c->spec->type, layouts[c->spec->type], out);
    if (status == KX_OK && c->spec->type == KX_TEXT && kxi_dict_new(mem, &(*out)->dict) != KX_OK)
        status = nomem(c);
    for (size_t i = 0; i < in->count && status == KX_OK; i++)
        if (kxi_column_set_null(mem, *out, i) != KX_OK)
            status = nomem(c);
    return status;
}

static kx_status
wrong_kind(const kxi_conversion *c, const kxi_column *in)
{
    int32_t language = c->diag->language;
    return KXI_FAIL(c->diag, COLUMN_KIND, ((kxi_place){ .input = c->table->name }), KXI_A_STR(in->name),
                    KXI_A_STR(kxi_type_name(in->type, language)), KXI_A_STR(kxi_type_name(c->spec->type, language)));
}

kx_status
kxi_convert(const kxi_conversion *c, const kxi_column *in, kxi_column **out)
{
    kxi_mem *mem = &c->ds->ctx->mem;
    kxi_column *split = NULL;
    kx_status status = KX_OK;
    *out = NULL;
    if (in->lists && !c->spec->list)
        return KXI_FAIL(c->diag, COLUMN_LISTS, ((kxi_place){ .input = c->table->name }), KXI_A_STR(in->name));
    if (in->type == KX_TEXT && c->spec->list && !in->lists && kxi_split(mem, in, &split) != KX_OK)
        return nomem(c);
    const kxi_column *from = split ? split : in;
    if (from->type == c->spec->type) {
        *out = split;
        return KX_OK;
    }
    if (from->type == KX_TEXT)
        status = from_text(c, from, out);
    else if (from->type == KX_NUMBER && (c->spec->type == KX_TEXT || c->spec->type == KX_BOOL))
        status = from_number(c, from, out);
    else if (all_null(from))
        status = from_nothing(c, from, out);
    else
        status = wrong_kind(c, from);
    kxi_column_drop(mem, &split);
    if (status != KX_OK)
        kxi_column_drop(mem, out);
    return status;
}
