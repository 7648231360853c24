/* Messages of the layer expr: codes 4000 to 4999. */
#define KXI_MESSAGES_EXPR(X)                                                                                           \
    X(4001, EXPR_UTF8, ERROR, KX_E_SYNTAX, "the expression is not valid UTF-8 from here on", "表达式从此处起不是有效的 UTF-8") \
    X(4002, EXPR_EMPTY, ERROR, KX_E_SYNTAX, "the expression is empty; write a value, a name or a condition", "表达式是空的，请写一个值、名称或条件") \
    X(4003, EXPR_CHARACTER, ERROR, KX_E_SYNTAX, "'{0}' has no meaning in an expression; text stands in quotes", "“{0}”在表达式中没有意义；文字要放在引号里") \
    X(4004, EXPR_INSTEAD, ERROR, KX_E_SYNTAX, "'{0}' is not part of the language; write {1}", "这里不能写“{0}”，请写 {1}") \
    X(4005, EXPR_OPEN_TEXT, ERROR, KX_E_SYNTAX, "the text that begins here has no closing {0}", "从这里开始的文字没有结束的引号 {0}") \
    X(4006, EXPR_ESCAPE, ERROR, KX_E_SYNTAX, "'{0}' is no escape; known are \\\\ \\' \\\" \\n \\t and \\u with four hexadecimal digits", "“{0}”不是转义；可用的有 \\\\ \\' \\\" \\n \\t 以及 \\u 加四位十六进制数字") \
    X(4007, EXPR_NUMBER, ERROR, KX_E_SYNTAX, "'{0}' is no number; write digits with at most one point, as 0.5", "“{0}”不是数；请写数字，至多一个小数点，如 0.5") \
    X(4008, EXPR_DIGITS, ERROR, KX_E_LIMIT, "a number here has more digits than max_digits ({0}) allows", "此处的数超过了 max_digits（{0}）允许的位数") \
    X(4009, EXPR_EXPECTED, ERROR, KX_E_SYNTAX, "expected {0}, but here stands {1}", "此处应为{0}，实际是{1}")           \
    X(4010, EXPR_CHAIN, ERROR, KX_E_SYNTAX, "comparisons cannot follow each other; write a < b && b < c, or set parentheses", "比较不能连写；请写 a < b && b < c，或加括号") \
    X(4011, EXPR_DEPTH, ERROR, KX_E_LIMIT, "nested deeper than max_depth ({0}); move a part into a definition", "嵌套超过了 max_depth（{0}）层；请把一部分移到 define 里") \
    X(4012, EXPR_LONG, ERROR, KX_E_LIMIT, "the expression is longer than {0} bytes; move a part into a table", "表达式超过 {0} 字节；请把一部分移到表里") \
    X(4013, EXPR_SOURCE, ERROR, KX_E_SCHEME, "an expression is a text, a number, true or false; here stands {0}", "表达式应是文本、数、true 或 false，此处是{0}") \
    X(4014, EXPR_FIELD, ERROR, KX_E_SYNTAX, "'.{0}' may only follow a name; elsewhere '.' stands before a function, as x.contains('a')", "“.{0}”只能跟在名称后面；其他地方“.”后应是函数，如 x.contains('a')") \
    X(4020, EXPR_UNKNOWN_NAME, ERROR, KX_E_SCHEME, "'{0}' is not known here", "这里没有“{0}”这个名称")                \
    X(4021, EXPR_UNKNOWN_NAME_NEAR, ERROR, KX_E_SCHEME, "'{0}' is not known here; did you mean '{1}'?", "这里没有“{0}”这个名称，是否想写“{1}”？") \
    X(4022, EXPR_UNKNOWN_FUNCTION, ERROR, KX_E_SCHEME, "there is no function '{0}' here", "这里没有函数“{0}”")         \
    X(4023, EXPR_UNKNOWN_FUNCTION_NEAR, ERROR, KX_E_SCHEME, "there is no function '{0}' here; did you mean '{1}'?", "这里没有函数“{0}”，是否想写“{1}”？") \
    X(4024, EXPR_MACRO, ERROR, KX_E_UNSUPPORTED, "'{0}' over a list is not supported; use 'x in list', or a measure with a condition", "不支持对列表用“{0}”；请用 x in 列表，或带条件的度量") \
    X(4025, EXPR_NO_METHOD, ERROR, KX_E_SCHEME, "'{0}' does not follow a value; write {0}({1})", "“{0}”不能跟在值后面；请写 {0}({1})") \
    X(4026, EXPR_CIRCLE, ERROR, KX_E_SCHEME, "the definition '{0}' leads back to itself: {1}", "定义“{0}”又回到了自己：{1}") \
    X(4030, EXPR_OPERAND, ERROR, KX_E_SCHEME, "'{0}' does not take {1}", "“{0}”不能用于{1}")                           \
    X(4031, EXPR_OPERANDS, ERROR, KX_E_SCHEME, "'{0}' does not take {1} and {2}", "“{0}”不能用于{1}和{2}")             \
    X(4032, EXPR_DATE_TEXT, ERROR, KX_E_SCHEME, "a date cannot be compared with a text; write date('2025-01-31') for a date", "日期不能与文本比较；日期请写成 date('2025-01-31')") \
    X(4033, EXPR_TEXT_ORDER, ERROR, KX_E_SCHEME, "text has no order; compare number(...) or date(...) of it", "文本没有大小；请先用 number(...) 或 date(...) 转换再比较") \
    X(4034, EXPR_NUMBER_TEXT, ERROR, KX_E_SCHEME, "a number cannot be compared with a text; write the number without quotes, or number(...) of the text", "数不能与文本比较；数不要加引号，或用 number(...) 转换文本") \
    X(4035, EXPR_DURATIONS, ERROR, KX_E_SCHEME, "days and months do not mix: a month has no fixed number of days", "天与月不能混用：一个月没有固定的天数") \
    X(4036, EXPR_CONDITION, ERROR, KX_E_SCHEME, "a condition is needed here, true or false; this is {0}", "此处需要条件（真或假），实际是{0}") \
    X(4037, EXPR_BRANCHES, ERROR, KX_E_SCHEME, "both sides of ':' must be of one kind; they are {0} and {1}", "“:”两边应为同一种值，现在是{0}和{1}") \
    X(4038, EXPR_WANT, ERROR, KX_E_SCHEME, "{0} is needed here, and the expression is {1}", "此处需要{0}，而表达式的值是{1}") \
    X(4039, EXPR_TABLE, ERROR, KX_E_SCHEME, "'{0}' is a table of values; look one up with {0}[key]", "“{0}”是取值表；请用 {0}[键] 查值") \
    X(4040, EXPR_INDEX, ERROR, KX_E_SCHEME, "'{0}' cannot be indexed; only tables of values can", "“{0}”不能用 [ ] 取值，只有取值表可以") \
    X(4041, EXPR_KEY, ERROR, KX_E_SCHEME, "'{0}' is not in the table '{1}'", "取值表“{1}”中没有“{0}”")                 \
    X(4042, EXPR_KEY_NEAR, ERROR, KX_E_SCHEME, "'{0}' is not in the table '{1}'; did you mean '{2}'?", "取值表“{1}”中没有“{0}”，是否想写“{2}”？") \
    X(4043, EXPR_ITEMS, ERROR, KX_E_SCHEME, "items of a list must be of one kind; here stands {1} among {0}", "列表各项应为同一种值；这里的{1}与前面的{0}不同") \
    X(4044, EXPR_LIST, ERROR, KX_E_SCHEME, "a list of computed values can only stand after 'in'", "含计算值的列表只能写在 in 后面") \
    X(4045, EXPR_MEMBER, ERROR, KX_E_SCHEME, "after 'in' stands a list or a table of values; this is {0}", "in 后面应是列表或取值表，此处是{0}") \
    X(4046, EXPR_MEMBER_TYPE, ERROR, KX_E_SCHEME, "{0} cannot be in {1}", "{0}不可能在{1}中")     \
    X(4050, EXPR_ARGUMENTS, ERROR, KX_E_SCHEME, "{0} takes {1}; here stand {2}", "{0} 的参数应为 {1}，此处是 {2}")      \
    X(4051, EXPR_CONSTANT, ERROR, KX_E_SCHEME, "this argument of {0} must be a constant {1}", "{0} 的这个参数必须是固定的{1}") \
    X(4052, EXPR_MODE, ERROR, KX_E_SCHEME, "'{0}' is no way of rounding; ways are half-up, half-even, truncate, floor, ceil", "“{0}”不是取舍方式；可用：half-up、half-even、truncate、floor、ceil") \
    X(4053, EXPR_FAILS, ERROR, KX_E_SCHEME, "{0} has no value: {1}", "{0} 没有值：{1}")                                \
    X(4060, EXPR_NOT_EQUAL, WARNING, KX_OK, "'{0}' may be empty, and {0} != ... is true then; write has({0}) && ... if empty ones are not meant", "“{0}”可能为空，此时 != 成立；若不包括空值，请写 has({0}) && ...") \
    X(4061, EXPR_ALWAYS_UNKNOWN, WARNING, KX_OK, "'{0}' is always unknown: {1}", "“{0}”永远算不出：{1}")
