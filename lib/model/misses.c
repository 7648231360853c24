/* Values that do not fit, and how they look in a message. */
#include "model/model_priv.h"

void
kxi_misses_init(kxi_misses *m, kxi_mem *mem)
{
    *m = (kxi_misses){ .items = NULL };
    kxi_keymap_init(&m->map, mem, 1);
}

void
kxi_misses_free(kxi_misses *m)
{
    kxi_free(m->map.mem, m->items, m->capacity * sizeof(*m->items));
    kxi_keymap_free(&m->map);
}

kx_status
kxi_misses_add(kxi_misses *m, uint64_t key, size_t at)
{
    uint32_t number;
    bool added;
    if (!kxi_grow(m->map.mem, &m->items, &m->capacity, m->count + 1))
        return KX_E_NOMEM;
    kx_status status = kxi_keymap_add(&m->map, &key, &number, &added);
    if (status != KX_OK)
        return status;
    if (added)
        m->items[m->count++] = (kxi_miss){ key, at, 0 };
    m->items[number].count++;
    return KX_OK;
}

kx_status
kxi_misses_merge(kxi_misses *m, const kxi_dict *dict)
{
    kxi_strmap texts;
    size_t kept = 0;
    kx_status status = KX_OK;
    kxi_strmap_init(&texts, m->map.mem);
    for (size_t i = 0; i < m->count && status == KX_OK; i++) {
        uint32_t number;
        bool added;
        status = kxi_strmap_add(&texts, dict->texts[m->items[i].key], &number, &added);
        if (status == KX_OK && added)
            m->items[kept++] = m->items[i];
        else if (status == KX_OK)
            m->items[number].count += m->items[i].count;
    }
    if (status == KX_OK)
        m->count = kept;
    kxi_strmap_free(&texts);
    return status;
}

enum { SHOWN_CHARACTERS = 40 };

kxi_str
kxi_show(kxi_shown *shown, kxi_str text)
{
    static const char dots[] = "…";
    size_t n = 0, characters = 0;
    for (; n < text.n; n++) {
        bool begins = ((unsigned char)text.s[n] & 0xC0) != 0x80;
        if (begins && (characters++ == SHOWN_CHARACTERS || n > sizeof(shown->s) - 8 - sizeof(dots)))
            break;
    }
    if (n == text.n || n + sizeof(dots) > sizeof(shown->s))
        return text;
    memcpy(shown->s, text.s, n);
    memcpy(shown->s + n, dots, sizeof(dots));
    shown->text = (kxi_str){ shown->s, n + sizeof(dots) - 1 };
    return shown->text;
}

kxi_str
kxi_show_decimal(char out[32], int64_t v, int scale)
{
    uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    char *end = out + 31, *p = end;
    *end = '\0';
    for (; scale > 0 && rest % 10 == 0; scale--)
        rest /= 10;
    for (int digit = 0; rest || digit <= scale; digit++) {
        if (digit == scale && scale > 0)
            *--p = '.';
        *--p = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (v < 0)
        *--p = '-';
    return (kxi_str){ p, (size_t)(end - p) };
}
