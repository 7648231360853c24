/* Messages of the layer io: codes 8000 to 8999. 80xx JSON text, 81xx files, 82xx CSV text, 83xx columns and values, 84xx JSON
 * datasets. */
#define KXI_MESSAGES_IO(X)                                                                                                  \
    X(8001, JSON_VALUE, ERROR, KX_E_SYNTAX, "expected a JSON value, found \"{0}\"", "此处应为 JSON 值，却是“{0}”")         \
    X(8002, JSON_KEY, ERROR, KX_E_SYNTAX, "expected a key in double quotes, found \"{0}\"",                                 \
      "此处应为双引号括起的键，却是“{0}”")                                                                                 \
    X(8003, JSON_COLON, ERROR, KX_E_SYNTAX, "expected \":\" after the key \"{0}\", found \"{1}\"",                          \
      "键“{0}”之后应为冒号 :，却是“{1}”")                                                                                  \
    X(8004, JSON_COMMA, ERROR, KX_E_SYNTAX, "expected \",\" or \"{0}\", found \"{1}\"", "此处应为 , 或 {0}，却是“{1}”")    \
    X(8005, JSON_EXTRA_COMMA, ERROR, KX_E_SYNTAX, "a comma before \"{0}\" ends nothing; remove it",                         \
      "“{0}”前面多了一个逗号，请删去")                                                                                     \
    X(8006, JSON_CUT_OFF, ERROR, KX_E_SYNTAX,                                                                               \
      "the text ends within {0} that begins at line {1}, column {2}; was the file cut off?",                                \
      "文本在第 {1} 行第 {2} 列开始的{0}之内就结束了；文件是否被截断？")                                                    \
    X(8007, JSON_EMPTY, ERROR, KX_E_SYNTAX, "the text is empty; expected a JSON value", "文本为空，应为 JSON 值")           \
    X(8008, JSON_TRAILING, ERROR, KX_E_SYNTAX, "the JSON value has ended, but \"{0}\" follows; remove it",                  \
      "JSON 值已经结束，后面还有“{0}”，请删去")                                                                            \
    X(8009, JSON_NUMBER, ERROR, KX_E_SYNTAX,                                                                                \
      "\"{0}\" is not a number as JSON writes it: 12, -0.5 or 1e3, but not 01, .5, 5. or +1",                               \
      "“{0}”不是 JSON 的数字写法：可以写 12、-0.5、1e3，不可以写 01、.5、5.、+1")                                          \
    X(8010, JSON_NUMBER_LONG, ERROR, KX_E_LIMIT, "a number of {0} characters; at most {1} are read",                        \
      "数字长达 {0} 个字符，最多 {1} 个")                                                                                  \
    X(8011, JSON_ESCAPE, ERROR, KX_E_SYNTAX, "\"{0}\" is no escape of JSON; write \\\\ for a backslash",                    \
      "“{0}”不是 JSON 的转义；反斜杠本身请写成 \\\\")                                                                      \
    X(8012, JSON_SURROGATE, ERROR, KX_E_SYNTAX, "\"{0}\" is half of a surrogate pair; write the character itself",          \
      "“{0}”只是半个代理对；请直接写出该字符")                                                                             \
    X(8013, JSON_NUL, ERROR, KX_E_SYNTAX, "\\u0000 is refused: no text may hold the character NUL",                         \
      "不接受 \\u0000：文本不能含有 NUL 字符")                                                                             \
    X(8014, JSON_CONTROL, ERROR, KX_E_SYNTAX, "a control character stands in a string: write it as an escape, such as \\n", \
      "字符串里有控制字符；请写成转义，如 \\n")                                                                            \
    X(8015, JSON_DUPLICATE, ERROR, KX_E_SYNTAX, "the key \"{0}\" stands here a second time; the first is in line {1}",      \
      "键“{0}”在此重复出现；第一次在第 {1} 行")                                                                            \
    X(8016, JSON_DEPTH, ERROR, KX_E_LIMIT, "nested deeper than {0}, which is max_depth of the context",                     \
      "嵌套超过 {0} 层（上下文的 max_depth）")                                                                             \
    X(8017, JSON_SIZE, ERROR, KX_E_LIMIT, "the text has {0} bytes; at most {1} are read (max_text of the context)",         \
      "文本有 {0} 字节，最多读取 {1} 字节（上下文的 max_text）")
