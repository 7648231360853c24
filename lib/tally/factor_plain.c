/* Factors that need no table of lanes: last days of buckets, plain values. */
#include "tally/job.h"

/* ---- last days of buckets, for states ---- */

kx_status
kxi_factor_state(const kxi_job *job, kxi_factor *f)
{
    uint64_t count = 1;
    for (size_t p = 0; p < f->part_count && count < KXI_DEAD / 2; p++)
        count *= f->span_count[p];
    if (count >= KXI_DEAD / 2)
        return KX_E_LIMIT;
    uint32_t *tuples = kxi_arena_array(job->arena, (size_t)count * f->part_count, sizeof(*tuples));
    if (!tuples)
        return KX_E_NOMEM;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t rest = i;
        for (size_t p = f->part_count; p-- > 0; rest /= f->span_count[p])
            tuples[i * f->part_count + p] = rest % f->span_count[p];
    }
    f->tuples = tuples;
    f->count = (uint32_t)count;
    f->single = false;
    return KX_OK;
}

/* ---- plain values ---- */

static int64_t
listed_plain(int32_t type, kxi_str text)
{
    int64_t value = 0;
    int scale = 0;
    kxi_day day;
    if (type == KX_DATE)
        return kxi_date_parse(text, &day) ? day : INT64_MIN;
    if (type == KX_BOOL)
        return kxi_str_is(text, "true") ? 1 : kxi_str_is(text, "false") ? 0 : INT64_MIN;
    if (kxi_dec_parse(text, &value, &scale) != KX_OK || !kxi_mul64(value, kxi_pow10[KXI_SCALE - scale], &value))
        return INT64_MIN; /* no value can be equal to it */
    return value;
}

kx_status
kxi_factor_value(const kxi_job *job, kxi_factor *f)
{
    const kxi_dim *dim = kxi_factor_dim(f, 0);
    int32_t type = job->rs->spec->columns[f->column].type;
    f->single = !kxi_rowset_is_list(job->rs, f->column);
    f->count = type == KX_BOOL ? 2 : 0;
    f->growing = dim->kind != KXI_DIM_LIST && type != KX_BOOL;
    if (dim->kind != KXI_DIM_LIST)
        return KX_OK;
    int64_t *listed = kxi_arena_array(job->arena, dim->value_count, sizeof(*listed));
    if (!listed)
        return KX_E_NOMEM;
    for (size_t i = 0; i < dim->value_count; i++)
        listed[i] = listed_plain(type, dim->values[i]);
    f->listed = listed;
    f->count = (uint32_t)dim->value_count;
    return KX_OK;
}
