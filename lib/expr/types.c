/* Types as messages call them. */
#include "expr/compiler.h"

static const char *const names[][2] = {
    [KXI_V_NULL] = { "空值", "null" },     [KXI_V_BOOL] = { "条件（真或假）", "a condition (true or false)" },
    [KXI_V_NUMBER] = { "数", "a number" }, [KXI_V_DATE] = { "日期", "a date" },
    [KXI_V_TEXT] = { "文本", "a text" },   [KXI_V_DURATION] = { "时长", "a duration" },
    [KXI_V_LIST] = { "列表", "a list" },   [KXI_V_MAP] = { "取值表", "a table of values" },
};

static const char *const list_names[][2] = {
    [KXI_V_NULL] = { "空列表", "an empty list" },         [KXI_V_BOOL] = { "条件的列表", "a list of conditions" },
    [KXI_V_NUMBER] = { "数的列表", "a list of numbers" }, [KXI_V_DATE] = { "日期的列表", "a list of dates" },
    [KXI_V_TEXT] = { "文本的列表", "a list of texts" },   [KXI_V_DURATION] = { "时长的列表", "a list of durations" },
};

const char *
kxi_vtype_name(enum kxi_vtype type, int32_t language)
{
    return names[type][language == KX_LANG_EN];
}

const char *
kxi_list_name(enum kxi_vtype item, int32_t language)
{
    return item <= KXI_V_DURATION ? list_names[item][language == KX_LANG_EN] : kxi_vtype_name(KXI_V_LIST, language);
}

kxi_str
kxi_code_kind(const kxi_compiler *k, uint32_t code)
{
    const kxi_code *c = &k->codes[code];
    bool english = k->diag->language == KX_LANG_EN;
    if (c->type == KXI_V_LIST)
        return kxi_str_of(kxi_list_name(c->item, k->diag->language));
    if (c->type == KXI_V_DURATION)
        return kxi_str_of(english ? (c->months ? "a duration in months" : "a duration in days")
                                  : (c->months ? "以月计的时长" : "以天计的时长"));
    return kxi_str_of(kxi_vtype_name(c->type, k->diag->language));
}
