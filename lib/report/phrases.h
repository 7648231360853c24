/* report/phrases.h: the words of texts in both languages. {0} .. {3} are arguments.
 *
 * Layer: report.
 */
#ifndef KXI_REPORT_PHRASES_H
#define KXI_REPORT_PHRASES_H

#define KXI_PHRASES(X)                                                                  \
    X(RANK, "rank", "名次")                                                             \
    X(SUBJECT, "subject", "单位")                                                       \
    X(NAME, "name", "名称")                                                             \
    X(TOTAL, "total", "总分")                                                           \
    X(GRADE, "grade", "等次")                                                           \
    X(NOTE, "note", "备注")                                                             \
    X(NO_SUBJECTS, "No subjects: no row of the subjects' table is scored.",             \
      "没有被考核单位：主体表中没有符合条件的行。")                                     \
    X(COHORT, "Cohort: {0}", "同组：{0}")                                               \
    X(NOT_ADMITTED, "not admitted", "不参评")                                           \
    X(CANCELLED, "result cancelled", "结果取消")                                        \
    X(INCOMPLETE, "incomplete", "不完整")                                               \
    X(TIED, "tied", "并列")                                                             \
    X(MISSED_PLACE, "no place left", "名额已满")                                        \
    X(PLACE_OPEN, "tied at the cut", "名额边界并列待定")                                \
    X(COLUMNS_LEFT_OUT, "{0} more blocks do not fit this width; the CSV has them all.", \
      "另有 {0} 个大类因宽度不够未列出，CSV 中齐全。")                                  \
    X(NO_TOTAL, "total unknown", "总分未知")                                            \
    X(RANKED, "rank {0} of {1}", "第 {0} 名（共 {1}）")                                 \
    X(UNRANKED, "not ranked", "无名次")                                                 \
    X(GRADED, "grade {0}", "等次 {0}")                                                  \
    X(BY_SCORE, "by score alone: {0}", "仅按得分为 {0}")                                \
    X(GATE, "Gate {0}", "限定 {0}")                                                     \
    X(GATE_ADMIT, "not admitted", "不参评")                                             \
    X(GATE_GRADE, "grade is {0}", "等次定为 {0}")                                       \
    X(GATE_CEILING, "grade at most {0}", "等次不高于 {0}")                              \
    X(GATE_CANCEL, "result cancelled", "取消结果")                                      \
    X(AT_MOST_BONUS, "at most {0}", "最多加 {0}")                                       \
    X(AT_MOST_DEDUCTION, "at most -{0}", "最多扣 {0}")                                  \
    X(LOST, "lost {0}", "失 {0}")                                                       \
    X(UNKNOWN, "unknown: {0}", "未知：{0}")                                             \
    X(NA, "not applicable", "不适用")                                                   \
    X(NA_LEFT_OUT, "not applicable, its points leave the scale", "不适用，不计入满分")  \
    X(VALUE, "value {0}", "值 {0}")                                                     \
    X(NO_VALUE, "value: {0}", "值：{0}")                                                \
    X(TRACK, "by {0}", "以{0}为准")                                                     \
    X(REASON, "entered because: {0}", "理由：{0}")                                      \
    X(WEIGHT, "weight {0}", "权重 {0}")                                                 \
    X(STEP_WHICH, "row {0}", "第 {0} 档")                                               \
    X(PART_TAKEN, "taken from {0}", "取 {0}")                                           \
    X(STEP_NONE, "no row applies", "无档可用")                                          \
    X(GAPS_OF_KIND, "{0}: {1}", "{0}：{1} 处")                                          \
    X(GAPS_OF_MEASURE, "{0}, {2}: {1}", "{0}（{2}）：{1} 处")                           \
    X(HAS, "has {0}", "现有 {0}")                                                       \
    X(NEEDS, "needs {0}", "需 {0}")                                                     \
    X(AT_MOST, "at most {0}", "至多 {0}")                                               \
    X(BETWEEN, "{0} to {1}", "{0} 至 {1}")                                              \
    X(COSTS, "costs {0}", "失 {0} 分")                                                  \
    X(RESPONSIBLE, "responsible: {0}", "责任：{0}")                                     \
    X(YES, "yes", "是")                                                                 \
    X(NO, "no", "否")                                                                   \
    X(NO_GAPS, "Nothing is missing.", "没有缺口。")                                     \
    X(GAP_TOTAL, "{0} gaps in all.", "共 {0} 处缺口。")                                 \
    X(SCHEME_LINE, "{0}, as of {1}, period {2} to {3}", "{0}，截至 {1}，考核期 {2} 至 {3}")

enum kxi_phrase {
#define X(name, en, zh) KXI_P_##name,
    KXI_PHRASES(X)
#undef X
        KXI_PHRASE_COUNT
};

#endif
