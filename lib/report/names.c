/* Names of what the score knows as numbers: stable codes for documents, words for people. */
#include "report/view.h"

bool
kxi_fact_has_points(const kxi_fact *f)
{
    return f->state == KXI_FACT_KNOWN || (f->state == KXI_FACT_NA && !f->left_out);
}

kxi_str
kxi_grade_name(const kxi_rules *rules, uint32_t grade)
{
    return grade == KXI_NONE ? (kxi_str){ NULL, 0 } : rules->grades[grade].name;
}

kxi_str
kxi_gate_grade(const kxi_rules *rules, const kxi_gate *g)
{
    bool grades = g->effect == KXI_GATE_GRADE || g->effect == KXI_GATE_CEILING;
    return kxi_grade_name(rules, grades ? g->grade : KXI_NONE);
}

const char *
kxi_fact_state_name(const kxi_fact *f)
{
    static const char *const names[] = {
        [KXI_FACT_KNOWN] = "known", [KXI_FACT_NA] = "na", [KXI_FACT_UNKNOWN] = "unknown"
    };
    return names[f->state];
}

kxi_str
kxi_state_code(kxi_view *v, uint8_t state)
{
    static const char *const names[KXI_STATE_COUNT] = {
#define X(name, en, zh) [KXI_IS_##name] = #name,
        KXI_STATES(X)
#undef X
    };
    if (state == KXI_IS_KNOWN || state >= KXI_STATE_COUNT)
        return (kxi_str){ NULL, 0 };
    kxi_str name = kxi_str_of(names[state]);
    char *lower = kxi_arena_alloc(&v->arena, name.n + 1);
    if (!lower) {
        v->status = KX_E_NOMEM;
        return (kxi_str){ NULL, 0 };
    }
    for (size_t i = 0; i <= name.n; i++)
        lower[i] = name.s[i] >= 'A' && name.s[i] <= 'Z' ? (char)(name.s[i] + ('a' - 'A')) : name.s[i];
    return (kxi_str){ lower, name.n };
}

const char *
kxi_kind_name(enum kxi_kind kind)
{
    static const char *const names[] = {
        [KXI_ORDINARY] = "ordinary", [KXI_BONUS] = "bonus", [KXI_DEDUCTION] = "deduction"
    };
    return names[kind];
}

const char *
kxi_curve_name(enum kxi_curve_kind kind)
{
    static const char *const names[KXI_CURVE_COUNT] = {
#define X(name, text) [KXI_CURVE_##name] = text,
        KXI_CURVES(X)
#undef X
    };
    return names[kind];
}

const char *
kxi_value_type_name(enum kxi_vtype type)
{
    static const char *const names[] = {
        [KXI_V_NULL] = "null", [KXI_V_BOOL] = "bool",         [KXI_V_NUMBER] = "number", [KXI_V_DATE] = "date",
        [KXI_V_TEXT] = "text", [KXI_V_DURATION] = "duration", [KXI_V_LIST] = "list",     [KXI_V_MAP] = "map",
    };
    return names[type];
}

const char *
kxi_gate_effect_name(const kxi_gate *g)
{
    static const char *const names[] = { [KXI_GATE_ADMIT] = "admit",
                                         [KXI_GATE_GRADE] = "grade",
                                         [KXI_GATE_CEILING] = "ceiling",
                                         [KXI_GATE_CANCEL] = "cancel" };
    return names[g->effect];
}

/* Codes, which are part of the documents, and words. */
static const char *const steps[KXI_STEP_KIND_COUNT][2] = {
#define X(name, code, zh) [KXI_STEP_##name] = { code, zh },
    KXI_STEP_KINDS(X)
#undef X
};
static const char *const gaps[KXI_GAP_KIND_COUNT][2] = {
#define X(name, code, zh) [KXI_GAP_##name] = { code, zh },
    KXI_GAP_KINDS(X)
#undef X
};
static const char *const step_words[KXI_STEP_KIND_COUNT] = {
    [KXI_STEP_CURVE] = "by the curve",
    [KXI_STEP_PARTS] = "parts together",
    [KXI_STEP_MISSING] = "nothing recorded",
    [KXI_STEP_NOT_APPLICABLE] = "does not apply",
    [KXI_STEP_RESCALE] = "carried by the parts that apply, times",
    [KXI_STEP_FACTOR] = "times",
    [KXI_STEP_FLOOR] = "at least",
    [KXI_STEP_CAP] = "at most",
    [KXI_STEP_ROUND] = "rounded",
    [KXI_STEP_ZERO_IF] = "no points at all",
};
static const char *const gap_words[KXI_GAP_KIND_COUNT] = {
    [KXI_GAP_CELL] = "not met",
    [KXI_GAP_VALUE] = "short of full points",
    [KXI_GAP_CHECK] = "conditions that do not hold",
    [KXI_GAP_RECORD] = "records that cost points",
    [KXI_GAP_MISSING] = "not recorded",
    [KXI_GAP_GATE] = "gate that applies",
};

const char *
kxi_step_code(enum kxi_step_kind kind)
{
    return steps[kind][0];
}

const char *
kxi_step_word(enum kxi_step_kind kind, int32_t language)
{
    return language == KX_LANG_EN ? step_words[kind] : steps[kind][1];
}

const char *
kxi_gap_code(enum kxi_gap_kind kind)
{
    return gaps[kind][0];
}

const char *
kxi_gap_word(enum kxi_gap_kind kind, int32_t language)
{
    return language == KX_LANG_EN ? gap_words[kind] : gaps[kind][1];
}

const char *
kxi_view_comma(const kxi_view *v)
{
    return v->language == KX_LANG_EN ? ", " : "，";
}

const char *
kxi_view_semicolon(const kxi_view *v)
{
    return v->language == KX_LANG_EN ? "; " : "；";
}

const char *
kxi_view_colon(const kxi_view *v)
{
    return v->language == KX_LANG_EN ? ": " : "：";
}
