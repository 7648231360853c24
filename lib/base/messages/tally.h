/* Messages of the layer tally: codes 6000 to 6999. */
#define KXI_MESSAGES_TALLY(X)                                                                                          \
    X(6001, TALLY_NOT_SEALED, ERROR, KX_E_ARGUMENT, "the dataset is not sealed; seal it before it is evaluated",        \
      "数据集尚未封存；请先封存再评价")                                                                                \
    X(6002, TALLY_OTHER_SCHEME, ERROR, KX_E_MISMATCH,                                                                   \
      "'{0}' was made with another scheme than this tally; add up only what one scheme text has counted",               \
      "“{0}”所用的方案与本统计不同；只有同一份方案的统计才能相加")                                                     \
    X(6003, TALLY_OTHER_DATE, ERROR, KX_E_MISMATCH,                                                                     \
      "the other tally was made as of {1}, this one as of {0}; tally it again with the same date",                      \
      "另一统计的截止日是 {1}，本统计是 {0}；请以同一截止日重新统计")                                                  \
    X(6004, TALLY_OTHER_PERIOD, ERROR, KX_E_MISMATCH,                                                                   \
      "the other tally was made for another period than this one; tally it again for the same period",                 \
      "另一统计的时段与本统计不同；请按同一时段重新统计")                                                              \
    X(6005, TALLY_OTHER_TABLES, ERROR, KX_E_MISMATCH,                                                                   \
      "the reference tables (units, people and others with a key) of '{0}' differ from those of this tally; all parts "  \
      "must be counted against the same ones",                                                                         \
      "“{0}”的基础表（单位、人员等有主键的表）与本统计不同；各部分须依据同一套基础表统计")                              \
    X(6006, TALLY_PART_TWICE, ERROR, KX_E_MISMATCH,                                                                     \
      "the part '{0}' is in this tally already; nothing was added, so that no row counts twice",                        \
      "“{0}”这一部分已在本统计中；为免重复计数，没有加入")                                                             \
    X(6007, TALLY_CELLS, ERROR, KX_E_LIMIT,                                                                             \
      "measure '{0}' has more than {1} cells; give it fewer dimensions, or raise max_cells of the context",              \
      "度量“{0}”的统计格超过 {1} 个；请减少维度，或提高上下文的 max_cells")                                            \
    X(6008, TALLY_DIGITS, ERROR, KX_E_LIMIT,                                                                            \
      "a number in measure '{0}' has more digits than the context's max_digits; round it in the scheme",                \
      "度量“{0}”中有数字超过上下文的 max_digits 位；请在方案中取舍")                                                   \
    X(6009, TALLY_CANCELLED, ERROR, KX_E_CANCELLED, "cancelled on request; the tally is as it was",                     \
      "已按要求取消；统计保持原样")                                                                                    \
    X(6010, TALLY_TREE, ERROR, KX_E_DATA, "the tree of units has a circle on {0}; check the parents in '{1}'",           \
      "单位树在 {0} 存在循环；请检查“{1}”中的上级单位")                                                                \
    X(6011, TALLY_SUM, ERROR, KX_E_LIMIT, "a sum of measure '{0}' does not fit 128 bits", "度量“{0}”的合计超出 128 位")
