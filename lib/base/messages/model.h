/* Messages of the layer model: codes 3000 to 3999. */
#define KXI_MESSAGES_MODEL(X)                                                                                       \
    /* 300x: the context */                                                                                        \
    X(3001, OPTION_RANGE, ERROR, KX_E_ARGUMENT, "the option {0} is {1}; it may be {2} to {3}",                      \
      "选项 {0} 为 {1}，只能是 {2} 到 {3}")                                                                          \
    X(3002, STRUCT_SIZE, ERROR, KX_E_ARGUMENT, "the size of {0} is not set; initialise it with {1}",                \
      "{0} 的 size 没有设置，请用 {1} 初始化")                                                                       \
    X(3003, STRUCT_NEWER, ERROR, KX_E_UNSUPPORTED,                                                                  \
      "{0} sets a field this version does not know; leave it zero or use a newer library",                          \
      "{0} 设置了本版本不认识的字段，请置零，或改用新版本的库")                                                          \
    /* 301x to 303x: tables */                                                                                     \
    X(3010, TABLE_FROZEN, ERROR, KX_E_ARGUMENT,                                                                     \
      "the table cannot be changed any more: it is in a dataset or was handed out; fill a new one",                 \
      "该表已加入数据集或已交出，不能再改，请另建一张表")                                                                \
    X(3011, NULL_ARGUMENT, ERROR, KX_E_ARGUMENT, "the argument {0} is NULL", "参数 {0} 为 NULL")                     \
    X(3012, COLUMN_NAME, ERROR, KX_E_ARGUMENT, "column {0} of the table has no name; set name", "第 {0} 列没有名称，请设置 name")  \
    X(3013, COLUMN_TYPE, ERROR, KX_E_ARGUMENT, "column \"{0}\": there is no type {1}; use KX_TEXT, KX_NUMBER, KX_DATE or KX_BOOL", \
      "列“{0}”：没有类型 {1}，可用 KX_TEXT、KX_NUMBER、KX_DATE、KX_BOOL")                                             \
    X(3014, COLUMN_LAYOUT, ERROR, KX_E_ARGUMENT, "column \"{0}\": layout {1} cannot hold {2}; see KX_LAYOUT_... in kexie.h",       \
      "列“{0}”：布局 {1} 不能存放{2}，请看 kexie.h 中的 KX_LAYOUT_...")                                               \
    X(3015, COLUMN_SCALE, ERROR, KX_E_ARGUMENT, "column \"{0}\": the scale is {1}; it may be 0 to 6",                \
      "列“{0}”：小数位数为 {1}，只能是 0 到 6")                                                                      \
    X(3016, COLUMN_RESERVED, ERROR, KX_E_ARGUMENT, "column \"{0}\": reserved must be 0", "列“{0}”：reserved 必须为 0") \
    X(3017, COLUMN_POINTER, ERROR, KX_E_ARGUMENT, "column \"{0}\": {1} is NULL or not aligned to its type",          \
      "列“{0}”：{1} 为 NULL，或没有按类型对齐")                                                                      \
    X(3018, COLUMN_ROWS, ERROR, KX_E_DATA, "column \"{0}\" has {1} rows, the table has {2}; all columns need the same number",     \
      "列“{0}”有 {1} 行，而表有 {2} 行，各列行数必须相同")                                                             \
    X(3019, COLUMN_TWICE, ERROR, KX_E_DATA, "there are two columns named \"{0}\"; rename or drop one",               \
      "有两列都叫“{0}”，请改名或去掉一列")                                                                           \
    X(3020, LIST_OFFSETS, ERROR, KX_E_DATA, "column \"{0}\": the list offsets run backwards at row {1}",             \
      "列“{0}”：第 {1} 条记录的列表偏移倒退了")                                                                      \
    X(3021, POOL_OFFSETS, ERROR, KX_E_DATA, "column \"{0}\": the pool's offsets run backwards at string {1}",        \
      "列“{0}”：字符串池第 {1} 个偏移倒退了")                                                                        \
    X(3022, POOL_COUNT, ERROR, KX_E_DATA, "column \"{0}\": the pool has {1} strings for {2} values; it needs one each",            \
      "列“{0}”：字符串池有 {1} 个字符串，却有 {2} 个值，应当一一对应")                                                   \
    X(3023, CODE_OUTSIDE, ERROR, KX_E_DATA,                                                                         \
      "column \"{0}\", row {1}: code {2} is not in the pool of {3} strings; mark missing values in validity",       \
      "列“{0}”第 {1} 条记录：代码 {2} 不在 {3} 个字符串的池中，缺失值请在 validity 中标出")                               \
    X(3024, COLUMN_UTF8, ERROR, KX_E_SYNTAX, "column \"{0}\", row {1}: the text is not valid UTF-8 (byte {2})",        \
      "列“{0}”第 {1} 条记录：文字不是有效的 UTF-8（第 {2} 字节）")                                                     \
    X(3025, POOL_UTF8, ERROR, KX_E_SYNTAX, "column \"{0}\", string {1} of the pool is not valid UTF-8 (byte {2})",   \
      "列“{0}”：字符串池第 {1} 个字符串不是有效的 UTF-8（第 {2} 字节）")                                               \
    X(3026, DAY_RANGE, ERROR, KX_E_DATA, "column \"{0}\", row {1}: day {2} is outside of the years 1 to 9999",       \
      "列“{0}”第 {1} 条记录：日期天数 {2} 超出公元 1 年到 9999 年")                                                    \
    X(3027, BOOL_RANGE, ERROR, KX_E_DATA, "column \"{0}\", row {1}: {2} is neither 0 nor 1",                         \
      "列“{0}”第 {1} 条记录：{2} 既不是 0 也不是 1")                                                                 \
    X(3028, ROWS_LIMIT, ERROR, KX_E_LIMIT, "the table has more than {0} rows; raise max_rows of the context",        \
      "表超过 {0} 行，可提高上下文的 max_rows")                                                                      \
    X(3029, TEXTS_LIMIT, ERROR, KX_E_LIMIT, "column \"{0}\" has more different texts than {1}, the most one column can hold",      \
      "列“{0}”的不同文字超过 {1} 个，这是一列的上限")                                                                  \
    X(3030, NAME_UTF8, ERROR, KX_E_SYNTAX, "the name of a table or column is not valid UTF-8", "表名或列名不是有效的 UTF-8") \
    X(3031, APPEND_BORROWED, ERROR, KX_E_ARGUMENT, "column \"{0}\" was lent with a release function; only tables of copied columns can grow", \
      "列“{0}”是借用的（给了 release），只有全部复制的表才能逐行追加")                                                   \
    X(3032, APPEND_LIST, ERROR, KX_E_ARGUMENT,                                                                      \
      "column \"{0}\" holds lists, which cannot be appended; declare it as text and separate the values by ;",      \
      "列“{0}”是列表，不能逐行追加，请声明为文字列，各值用 ; 分隔")                                                       \
    X(3033, APPEND_COUNT, ERROR, KX_E_ARGUMENT, "{0} values were given for {1} columns", "给了 {0} 个值，而表有 {1} 列") \
    X(3034, APPEND_STRIDE, ERROR, KX_E_ARGUMENT, "the stride {0} is not that of kx_value; pass sizeof(kx_value)",    \
      "stride 为 {0}，不是 kx_value 的大小，请传 sizeof(kx_value)")                                                  \
    X(3035, APPEND_TYPE, ERROR, KX_E_DATA, "column \"{0}\", row {1}: the value is {2}, the column holds {3}",        \
      "列“{0}”第 {1} 条记录：给的是{2}，该列存放{3}")                                                                 \
    X(3036, APPEND_RANGE, ERROR, KX_E_DATA,                                                                         \
      "column \"{0}\", row {1}: {2} does not fit beside the other numbers of the column (64 bits at one scale)",    \
      "列“{0}”第 {1} 条记录：{2} 与该列其他数合在一起超出范围（同一小数位数下的 64 位整数）")                               \
    X(3037, APPEND_NO_TYPE, ERROR, KX_E_DATA, "column \"{0}\", row {1}: a value has type {2}, which is none",        \
      "列“{0}”第 {1} 条记录：值的类型 {2} 不存在")                                                                    \
    /* 304x, 305x: tables become part of a dataset */                                                              \
    X(3040, DATASET_SEALED, ERROR, KX_E_ARGUMENT, "the dataset is sealed and cannot be changed; make a new one",     \
      "数据集已封存，不能再改，请另建一个")                                                                            \
    X(3041, TABLE_TWICE, ERROR, KX_E_DATA, "the table \"{0}\" is given twice; put its rows together in one",         \
      "表“{0}”给了两次，请合并为一张")                                                                               \
    X(3042, COLUMNS_SAME, ERROR, KX_E_DATA, "the columns \"{0}\" and \"{1}\" are both the scheme's \"{2}\"; keep one of them",     \
      "列“{0}”和“{1}”都对应方案中的“{2}”，请只保留一列")                                                               \
    X(3043, COLUMN_MISSING, ERROR, KX_E_DATA, "the table \"{0}\" has no column \"{1}\"; add it, or map its header in the scheme",   \
      "表“{0}”缺少列“{1}”，请补上，或在方案中写明表头的对应")                                                            \
    X(3044, COLUMN_MISSING_NEAR, ERROR, KX_E_DATA,                                                                  \
      "the table \"{0}\" has no column \"{1}\"; did you mean \"{2}\"? Rename it, or map this header in the scheme", \
      "表“{0}”缺少列“{1}”，是否就是“{2}”？请改名，或在方案中写明这个表头的对应")                                          \
    X(3045, COLUMN_UNUSED, NOTE, KX_OK, "the column \"{0}\" of \"{1}\" is not in the scheme and is not read",        \
      "表“{1}”的列“{0}”不在方案中，未读取")                                                                          \
    X(3046, COLUMN_KIND, ERROR, KX_E_DATA, "the column \"{0}\" holds {1}, the scheme wants {2}",                     \
      "列“{0}”存放{1}，方案要求{2}")                                                                                 \
    X(3047, COLUMN_LISTS, ERROR, KX_E_DATA, "the column \"{0}\" holds lists, the scheme wants one value a row",      \
      "列“{0}”是列表，方案要求每行一个值")                                                                            \
    X(3048, VALUE_DATE, ERROR, KX_E_DATA, "column \"{0}\", row {1}: \"{2}\" is no date ({3} rows have it); write it as 2025-01-31", \
      "列“{0}”第 {1} 条记录：“{2}”不是日期（共 {3} 处），请写成 2025-01-31")                                            \
    X(3049, VALUE_NUMBER, ERROR, KX_E_DATA,                                                                         \
      "column \"{0}\", row {1}: \"{2}\" is no number with at most 6 digits after the point ({3} rows have it)",     \
      "列“{0}”第 {1} 条记录：“{2}”不是小数不超过 6 位的数（共 {3} 处）")                                                \
    X(3050, VALUE_BOOL, ERROR, KX_E_DATA,                                                                           \
      "column \"{0}\", row {1}: \"{2}\" is neither yes nor no ({3} rows have it); write 1 or 0, 是 or 否",          \
      "列“{0}”第 {1} 条记录：“{2}”既不是“是”也不是“否”（共 {3} 处），请写 1 或 0、是或否")                                \
    X(3051, VALUE_WHOLE, ERROR, KX_E_DATA, "column \"{0}\", row {1}: {2} is not a whole number and cannot be a code ({3} rows have it)", \
      "列“{0}”第 {1} 条记录：{2} 不是整数，不能作为代码（共 {3} 处）")                                                   \
    /* 306x: keys and references */                                                                                \
    X(3060, TABLE_MISSING, ERROR, KX_E_DATA, "the table \"{0}\" is missing; the scheme's rules read it", "缺少表“{0}”，方案的规则要用到它") \
    X(3061, KEY_EMPTY, ERROR, KX_E_DATA, "the key \"{0}\" is empty in row {1}; every row of \"{2}\" needs one",      \
      "表“{2}”第 {1} 条记录的“{0}”为空，每条都必须有")                                                                \
    X(3062, KEY_TWICE, ERROR, KX_E_DATA, "\"{0}\" is the key of two rows of \"{1}\": {2} and {3}; each may stand once", \
      "表“{1}”第 {2} 条和第 {3} 条记录的主键都是“{0}”，每个只能出现一次")                                                \
    X(3063, KEY_UNKNOWN, ERROR, KX_E_DATA, "column \"{0}\", row {1}: there is no \"{2}\" in the table \"{3}\" ({4} rows name it)", \
      "列“{0}”第 {1} 条记录：表“{3}”中没有“{2}”（共 {4} 处）")                                                         \
    X(3064, KEY_UNKNOWN_NEAR, ERROR, KX_E_DATA,                                                                     \
      "column \"{0}\", row {1}: there is no \"{2}\" in the table \"{3}\" ({4} rows name it); did you mean \"{5}\"?", \
      "列“{0}”第 {1} 条记录：表“{3}”中没有“{2}”（共 {4} 处），是否应为“{5}”？")                                          \
    X(3065, PERIOD_BACKWARDS, ERROR, KX_E_DATA, "row {0}: \"{1}\" ({2}) is after \"{3}\" ({4}); a period cannot end before it begins", \
      "第 {0} 条记录：“{1}”（{2}）晚于“{3}”（{4}），期间不能先结束后开始")                                                \
    X(3066, DATA_ERRORS, ERROR, KX_E_DATA, "{0} errors were found in the data; the first: {1}", "数据中有 {0} 处错误，第一处：{1}") \
    /* 307x: units */                                                                                              \
    X(3070, UNIT_OVERLAP, ERROR, KX_E_DATA,                                                                         \
      "the unit \"{0}\" stands in rows {1} and {2} for the same days; give them from and to that do not overlap",   \
      "单位“{0}”的第 {1} 条和第 {2} 条记录有重叠的日期，请填写互不重叠的起止日期")                                          \
    X(3071, UNIT_PARENT, ERROR, KX_E_DATA, "row {0}: the parent \"{2}\" of the unit \"{1}\" is not a unit; add it or mend the code", \
      "第 {0} 条记录：单位“{1}”的上级“{2}”不在单位表中，请补上或更正代码")                                                \
    X(3072, UNIT_PARENT_NEAR, ERROR, KX_E_DATA, "row {0}: the parent \"{2}\" of the unit \"{1}\" is not a unit; did you mean \"{3}\"?", \
      "第 {0} 条记录：单位“{1}”的上级“{2}”不在单位表中，是否应为“{3}”？")                                                \
    X(3073, UNIT_OWN_PARENT, ERROR, KX_E_DATA, "row {0}: the unit \"{1}\" is its own parent; leave the parent of the topmost unit empty", \
      "第 {0} 条记录：单位“{1}”的上级是它自己，最上级单位的上级请留空")                                                   \
    X(3074, UNIT_INTO, ERROR, KX_E_DATA, "row {0}: the unit \"{1}\" goes into \"{2}\", which is not a unit; add it or mend the code", \
      "第 {0} 条记录：单位“{1}”并入的“{2}”不在单位表中，请补上或更正代码")                                                \
    X(3075, UNIT_INTO_NEAR, ERROR, KX_E_DATA, "row {0}: the unit \"{1}\" goes into \"{2}\", which is not a unit; did you mean \"{3}\"?", \
      "第 {0} 条记录：单位“{1}”并入的“{2}”不在单位表中，是否应为“{3}”？")                                                \
    X(3076, UNIT_INTO_SELF, ERROR, KX_E_DATA, "row {0}: the unit \"{1}\" goes into itself; name the unit that took it over", \
      "第 {0} 条记录：单位“{1}”并入了它自己，请写接收它的单位")                                                          \
    X(3077, UNIT_INTO_OPEN, WARNING, KX_OK, "row {0}: the unit \"{1}\" goes into \"{2}\" but has no last day; nothing is moved", \
      "第 {0} 条记录：单位“{1}”写了并入“{2}”，却没有截止日期，不作转移")                                                 \
    X(3078, LEVEL_EMPTY, ERROR, KX_E_DATA, "row {0}: the unit \"{1}\" has no level", "第 {0} 条记录：单位“{1}”没有层级") \
    X(3079, LEVEL_UNKNOWN, ERROR, KX_E_DATA, "row {0}: the unit \"{1}\" has the level \"{2}\", which the scheme does not know", \
      "第 {0} 条记录：单位“{1}”的层级“{2}”不在方案中")                                                               \
    X(3080, LEVEL_UNKNOWN_NEAR, ERROR, KX_E_DATA,                                                                   \
      "row {0}: the unit \"{1}\" has the level \"{2}\", which the scheme does not know; did you mean \"{3}\"?",     \
      "第 {0} 条记录：单位“{1}”的层级“{2}”不在方案中，是否应为“{3}”？")                                                 \
    X(3081, TREE_CIRCLE, ERROR, KX_E_DATA, "the units hang from each other in a circle: {0}", "单位的上下级关系成了环：{0}") \
    X(3082, TREE_CIRCLE_DAY, ERROR, KX_E_DATA, "on {1} the units hang from each other in a circle: {0}",             \
      "{1} 单位的上下级关系成了环：{0}")                                                                              \
    X(3083, TREE_DEEP, ERROR, KX_E_DATA, "more than {1} units hang under each other at \"{0}\"", "“{0}”处的单位层层相接超过 {1} 级") \
    X(3084, UNIT_ORPHAN, WARNING, KX_OK,                                                                            \
      "row {0}: the parent \"{2}\" of the unit \"{1}\" no longer exists on {3} and names no heir in into; from then on \"{1}\" has no parent", \
      "第 {0} 条记录：单位“{1}”的上级“{2}”在 {3} 已不存在，也没有写并入何处，此后“{1}”没有上级")                           \
    /* 309x: roles */                                                                                              \
    X(3090, TITLE_UNMATCHED, WARNING, KX_OK,                                                                        \
      "column \"{0}\", row {1}: the title \"{2}\" is no role of the scheme ({3} rows have it); list it under roles if it counts", \
      "列“{0}”第 {1} 条记录：职务“{2}”没有对应的角色（共 {3} 处），如应计入请列入方案的 roles")
