/* Messages of the layers report and api: codes 9000 to 9999. */
#define KXI_MESSAGES_API(X)                                                                                           \
    X(9001, ARG_NULL, ERROR, KX_E_ARGUMENT, "{0}: {1} is NULL; it has to be given", "{0}：参数 {1} 为 NULL，必须提供") \
    X(9002, ARG_RANGE, ERROR, KX_E_ARGUMENT, "{0}: {1} is {2}, which is not allowed here", "{0}：{1} 为 {2}，此处不允许") \
    X(9003, TALLY_EMPTY, ERROR, KX_E_ARGUMENT,                                                                        \
      "nothing was added to the tally, so it has no subjects; call kx_tally_add() first",                             \
      "统计中还没有任何数据，因而没有被考核单位；请先调用 kx_tally_add()")                                            \
    X(9004, TABLE_NOT_KNOWN, ERROR, KX_E_NOTFOUND, "the scheme has no table {0}; its tables are {1}",                 \
      "方案中没有名为 {0} 的表；它的表有：{1}")                                                                       \
    X(9005, TABLE_NOT_KNOWN_NEAR, ERROR, KX_E_NOTFOUND, "the scheme has no table {0}; did you mean {1}?",             \
      "方案中没有名为 {0} 的表；是否指 {1}？")                                                                        \
    X(9101, WRITE_STOPPED, ERROR, KX_E_CALLBACK, "the output was stopped by the function that takes it",              \
      "接收输出的函数要求停止")                                                                                       \
    X(9102, WRITE_UNKNOWN, ERROR, KX_E_ARGUMENT,                                                                      \
      "what = {0}, format = {1}: there is no such output; see KX_WRITE_... and KX_FORMAT_...",                        \
      "what = {0}，format = {1}：没有这种输出；见 KX_WRITE_... 与 KX_FORMAT_...")                                     \
    X(9103, WRITE_FORMAT, ERROR, KX_E_UNSUPPORTED, "{0} cannot be written as {1}; doc/result.md lists what can",      \
      "{0} 不能写成 {1} 格式；可用的格式见 doc/result.md")                                                            \
    X(9104, WRITE_WIDTH, ERROR, KX_E_ARGUMENT, "a width of {0} columns; it has to be 0 (no limit) or more",           \
      "宽度为 {0} 列；应为 0（不限）或更大")                                                                          \
    X(9105, SUBJECT_UNKNOWN, ERROR, KX_E_NOTFOUND, "no subject {0} among the {1} that are scored; subjects are named by their key", \
      "{1} 个被考核单位中没有 {0}；请用单位的编码")                                                                   \
    X(9106, SUBJECT_NEAR, ERROR, KX_E_NOTFOUND, "no subject {0}; did you mean {1}?", "没有被考核单位 {0}；是否指 {1}？") \
    X(9107, INDICATOR_UNKNOWN, ERROR, KX_E_NOTFOUND, "the scheme has no indicator or block {0}", "方案中没有指标或大类 {0}") \
    X(9108, INDICATOR_NEAR, ERROR, KX_E_NOTFOUND, "the scheme has no indicator or block {0}; did you mean {1}?",      \
      "方案中没有指标或大类 {0}；是否指 {1}？")                                                                       \
    X(9109, NUMBER_DIGITS, ERROR, KX_E_LIMIT, "a number to be shown has more than max_digits ({0}) digits",           \
      "要显示的数超过了 max_digits（{0}）位")                                                                         \
    X(9110, TABLE_WHICH, ERROR, KX_E_ARGUMENT, "there is no table {0} of a result; see KX_RESULT_...",                \
      "结果中没有编号为 {0} 的表；见 KX_RESULT_...")                                                                  \
    X(9111, TABLE_ROWS, ERROR, KX_E_LIMIT,                                                                            \
      "the table {0} would have more than max_rows ({1}) rows; raise the limit of the context",                       \
      "表 {0} 将超过 max_rows（{1}）行；请调高上下文的上限")                                                          \
    X(9112, FINDINGS_LEFT_OUT, NOTE, KX_OK, "{0} more findings are not listed; the limit max_findings is {1}",        \
      "另有 {0} 条未列出；上限 max_findings 为 {1}")
