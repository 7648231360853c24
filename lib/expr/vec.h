/* expr/vec.h: a batch of values of one type, the only thing expressions compute with.
 *
 *   state[i]  0 known, 1 null (nothing recorded), 2.. unknown, with the reason why
 *   numbers   KXI_REP_INT: int64 at a scale of 0..6, as columns lie; KXI_REP_NUM: exact rationals. The same numbers: a batch
 *             changes to rationals when an operation does not fit, never the other way round silently losing digits.
 *   constant  one lane stands for all
 *
 * Arrays are borrowed from a column, or live in the arena of the batch. A batch of dates holds only days there are.
 *
 * Layer: expr. May include: base, text, model.
 */
#ifndef KXI_EXPR_VEC_H
#define KXI_EXPR_VEC_H

#include "base/num.h"
#include "model/table.h"

enum kxi_vtype {
    KXI_V_NULL, /* only nulls, fits every type */
    KXI_V_BOOL,
    KXI_V_NUMBER,
    KXI_V_DATE,
    KXI_V_TEXT,
    KXI_V_DURATION, /* days, or months */
    KXI_V_LIST,
    KXI_V_MAP /* a constant look-up table of the scheme; only indexed */
};

/* Why a value is null or unknown. Names and texts in expr (kxi_state_text). */
#define KXI_STATES(X)                                                                       \
    X(KNOWN, "known", "已知")                                                               \
    X(NULL, "nothing recorded", "没有记录")                                                 \
    X(NULL_OPERAND, "computed from a value that is not recorded", "用到了没有记录的值")     \
    X(DIVISION, "division by zero", "除数为零")                                             \
    X(LOOKUP, "not found in the table it is looked up in", "查表没有找到")                  \
    X(RANGE, "outside the range of dates or numbers", "超出日期或数值范围")                 \
    X(NO_ROWS, "no rows to fold", "没有可汇总的记录")                                       \
    X(TIED, "several records are equally late", "有几条记录同为最晚")                       \
    X(DEPENDS, "a part of it is unknown", "其组成部分未知")                                 \
    X(DIGITS, "does not fit 6 digits after the point: round it", "小数超过 6 位，请先取舍") \
    X(CALLBACK, "the function called for it failed", "所调用的函数失败")                    \
    X(FORMAT, "a text that is not written as a number or a date", "文字不是数或日期的写法") \
    X(FRACTION, "not a whole number where one is needed", "需要整数的地方不是整数")
enum kxi_state {
#define X(name, en, zh) KXI_IS_##name,
    KXI_STATES(X)
#undef X
        KXI_STATE_COUNT
};
#define KXI_IS_UNKNOWN(state) ((state) >= 2)
const char *kxi_state_text(uint8_t state, int32_t language);

enum kxi_rep { KXI_REP_INT, KXI_REP_NUM };

typedef struct kxi_vec {
    enum kxi_vtype type;
    enum kxi_rep rep;     /* numbers */
    uint8_t scale;        /* numbers with KXI_REP_INT */
    bool months;          /* durations: months, else days */
    bool constant;        /* one lane */
    size_t count;         /* lanes, 1 when constant */
    const uint8_t *state; /* NULL: all known */
    union {
        const uint8_t *yes;   /* bool: 0 or 1 */
        const int64_t *ints;  /* numbers with KXI_REP_INT, dates, durations */
        const kxi_num *nums;  /* numbers with KXI_REP_NUM */
        const kxi_str *texts; /* text */
        const int64_t *lists; /* lists: count + 1 offsets into items */
    } v;
    const struct kxi_vec *items; /* lists */
} kxi_vec;

static inline size_t
kxi_vec_lane(const kxi_vec *v, size_t i)
{
    return v->constant ? 0 : i;
}
static inline uint8_t
kxi_vec_state(const kxi_vec *v, size_t i)
{
    return v->type == KXI_V_NULL ? KXI_IS_NULL : v->state ? v->state[kxi_vec_lane(v, i)] : KXI_IS_KNOWN;
}
/* Whether lane i is known and true. */
static inline bool
kxi_vec_true(const kxi_vec *v, size_t i)
{
    return kxi_vec_state(v, i) == KXI_IS_KNOWN && v->type == KXI_V_BOOL && v->v.yes[kxi_vec_lane(v, i)];
}
/* A known number as a rational. */
kx_status kxi_vec_num(kxi_numctx *c, const kxi_vec *v, size_t i, kxi_num *out);

#endif
