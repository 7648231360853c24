#include "apportion/run.h"

enum { NAMES_SHOWN = 12 };

kxi_place
kxi_say_place(const kxi_run *r, size_t unit)
{
    return r->source->place(r->source->user, unit);
}

/* What could not be said is not said half: the run remembers, and fails at its end. */
static kxi_str
lost(kxi_run *r)
{
    r->lost = true;
    return KXI_STR("?");
}

kxi_str
kxi_say_num(kxi_run *r, kxi_num x)
{
    kxi_str s;
    return kxi_num_print(&r->num, x, &s) == KX_OK ? s : lost(r);
}

static kxi_str
kept(kxi_run *r, kxi_buf *b)
{
    kxi_str s = b->failed ? (kxi_str){ NULL, 0 } : kxi_str_copy(r->a, b->n ? kxi_buf_view(b) : KXI_STR(""));
    kxi_buf_free(b);
    return s.s ? s : lost(r);
}

kxi_str
kxi_say_range(kxi_run *r, int64_t lo, int64_t hi)
{
    kxi_buf b;
    kxi_buf_init(&b, r->a->mem);
    kxi_buf_int(&b, lo);
    kxi_buf_cstr(&b, " .. ");
    if (hi < KXI_SEATS_MOST)
        kxi_buf_int(&b, hi);
    return kept(r, &b);
}

kxi_str
kxi_say_units(kxi_run *r, const bool *which, size_t *count)
{
    kxi_buf b;
    kxi_buf_init(&b, r->a->mem);
    *count = 0;
    for (size_t i = 0; i < r->source->count; i++) {
        if (!which[i])
            continue;
        if (++*count > NAMES_SHOWN)
            continue;
        kxi_buf_cstr(&b, *count > 1 ? ", " : "");
        kxi_buf_str(&b, r->source->names[i]);
    }
    if (*count > NAMES_SHOWN) {
        kxi_buf_cstr(&b, ", … (+");
        kxi_buf_int(&b, (int64_t)(*count - NAMES_SHOWN));
        kxi_buf_char(&b, ')');
    }
    return kept(r, &b);
}

kx_status
kxi_say_unknown(kxi_run *r, size_t unit, const char *key, uint8_t state)
{
    return KXI_FAIL(r->d, SEATS_UNKNOWN, kxi_say_place(r, unit), KXI_A_STR(r->source->names[unit]), KXI_A_CSTR(key),
                    KXI_A_CSTR(r->source->reason(r->source->user, state, r->d->language)));
}

void
kxi_seat_add_step(kxi_seat *s, enum kxi_seat_step_kind kind, kxi_num value)
{
    s->steps[s->step_count++] = (kxi_seat_step){ kind, value };
}

const char *
kxi_seat_step_name(enum kxi_seat_step_kind kind)
{
    static const char *const names[] = {
#define X(name, text) text,
        KXI_SEAT_STEPS(X)
#undef X
    };
    return names[kind];
}

const char *
kxi_seat_flag_name(enum kxi_seat_flag_bit bit)
{
    static const char *const names[] = {
#define X(name, text) text,
        KXI_SEAT_FLAGS(X)
#undef X
    };
    return names[bit];
}
