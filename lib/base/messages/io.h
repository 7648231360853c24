/* Messages of the layer io: codes 8000 to 8999. */
#define KXI_MESSAGES_IO(X) \
    /* 80xx: JSON text */ \
    X(8001, JSON_VALUE, ERROR, KX_E_SYNTAX, "expected a JSON value, found \"{0}\"", "此处应为 JSON 值，却是“{0}”") \
    X(8002, JSON_KEY, ERROR, KX_E_SYNTAX, "expected a key in double quotes, found \"{0}\"", \
      "此处应为双引号括起的键，却是“{0}”") \
    X(8003, JSON_COLON, ERROR, KX_E_SYNTAX, "expected \":\" after the key \"{0}\", found \"{1}\"", \
      "键“{0}”之后应为冒号 :，却是“{1}”") \
    X(8004, JSON_COMMA, ERROR, KX_E_SYNTAX, "expected \",\" or \"{0}\", found \"{1}\"", "此处应为 , 或 {0}，却是“{1}”") \
    X(8005, JSON_EXTRA_COMMA, ERROR, KX_E_SYNTAX, "a comma before \"{0}\" ends nothing; remove it", \
      "“{0}”前面多了一个逗号，请删去") \
    X(8006, JSON_CUT_OFF, ERROR, KX_E_SYNTAX, \
      "the text ends within {0} that begins at line {1}, column {2}; was the file cut off?", \
      "文本在第 {1} 行第 {2} 列开始的{0}之内就结束了；文件是否被截断？") \
    X(8007, JSON_EMPTY, ERROR, KX_E_SYNTAX, "the text is empty; expected a JSON value", "文本为空，应为 JSON 值") \
    X(8008, JSON_TRAILING, ERROR, KX_E_SYNTAX, "the JSON value has ended, but \"{0}\" follows; remove it", \
      "JSON 值已经结束，后面还有“{0}”，请删去") \
    X(8009, JSON_NUMBER, ERROR, KX_E_SYNTAX, \
      "\"{0}\" is not a number as JSON writes it: 12, -0.5 or 1e3, but not 01, .5, 5. or +1", \
      "“{0}”不是 JSON 的数字写法：可以写 12、-0.5、1e3，不可以写 01、.5、5.、+1") \
    X(8010, JSON_NUMBER_LONG, ERROR, KX_E_LIMIT, "a number of {0} characters; at most {1} are read", \
      "数字长达 {0} 个字符，最多 {1} 个") \
    X(8011, JSON_ESCAPE, ERROR, KX_E_SYNTAX, "\"{0}\" is no escape of JSON; write \\\\ for a backslash", \
      "“{0}”不是 JSON 的转义；反斜杠本身请写成 \\\\") \
    X(8012, JSON_SURROGATE, ERROR, KX_E_SYNTAX, "\"{0}\" is half of a surrogate pair; write the character itself", \
      "“{0}”只是半个代理对；请直接写出该字符") \
    X(8013, JSON_NUL, ERROR, KX_E_SYNTAX, "\\u0000 is refused: no text may hold the character NUL", \
      "不接受 \\u0000：文本不能含有 NUL 字符") \
    X(8014, JSON_CONTROL, ERROR, KX_E_SYNTAX, "a control character stands in a string: write it as an escape, such as \\n", \
      "字符串里有控制字符；请写成转义，如 \\n") \
    X(8015, JSON_DUPLICATE, ERROR, KX_E_SYNTAX, "the key \"{0}\" stands here a second time; the first is in line {1}", \
      "键“{0}”在此重复出现；第一次在第 {1} 行") \
    X(8016, JSON_DEPTH, ERROR, KX_E_LIMIT, "nested deeper than {0}, which is max_depth of the context", \
      "嵌套超过 {0} 层（上下文的 max_depth）") \
    X(8017, JSON_SIZE, ERROR, KX_E_LIMIT, \
      "the text is longer than {0} bytes (max_text of the context)", \
      "文本超过 {0} 字节（上下文的 max_text）") \
    X(8018, JSON_UTF8, ERROR, KX_E_SYNTAX, \
      "this is not UTF-8: {0}; save the file as UTF-8", \
      "此处不是有效的 UTF-8：{0}；请将文件另存为 UTF-8") \
    /* 81xx: files */ \
    X(8101, FILE_MISSING, ERROR, KX_E_IO, \
      "there is no file or folder \"{0}\"", \
      "没有文件或文件夹“{0}”") \
    X(8102, FILE_DENIED, ERROR, KX_E_IO, \
      "\"{0}\" may not be read; check its permissions", \
      "没有读取“{0}”的权限") \
    X(8103, FILE_READ, ERROR, KX_E_IO, \
      "\"{0}\" could not be read (system error {1})", \
      "读取“{0}”失败（系统错误 {1}）") \
    X(8104, FILE_TWICE, ERROR, KX_E_DATA, \
      "both \"{0}\" and \"{1}\" are the table \"{2}\"; keep one of them", \
      "“{0}”和“{1}”都是表“{2}”，请只保留一个") \
    X(8105, FILE_NONE, ERROR, KX_E_DATA, \
      "the folder \"{0}\" has no table of the scheme; a table lies in a CSV file of its name, such as \"{1}.csv\"", \
      "文件夹“{0}”里没有方案中的表；每张表是一个同名的 CSV 文件，如“{1}.csv”") \
    X(8106, TABLE_EXTRA, NOTE, KX_OK, \
      "\"{0}\" is no table of the scheme and is not read", \
      "“{0}”不是方案中的表，未读取") \
    X(8107, TABLE_EXTRA_NEAR, NOTE, KX_OK, \
      "\"{0}\" is no table of the scheme and is not read; did you mean \"{1}\"?", \
      "“{0}”不是方案中的表，未读取；是否应为“{1}”？") \
    X(8108, READ_CANCELLED, ERROR, KX_E_CANCELLED, \
      "reading was cancelled; nothing was added", \
      "读取已取消，没有加入任何数据") \
    /* 82xx: CSV as text */ \
    X(8201, CSV_EMPTY, ERROR, KX_E_SYNTAX, \
      "there is no header; the first line has to name the columns", \
      "没有表头；第一行应写明各列的名称") \
    X(8202, CSV_FIELDS, ERROR, KX_E_SYNTAX, \
      "this record has {0} fields, the header has {1}; check its commas and quotes", \
      "这条记录有 {0} 个字段，而表头有 {1} 个；请检查逗号和引号") \
    X(8203, CSV_OPEN_QUOTE, ERROR, KX_E_SYNTAX, \
      "the quote that opens here is never closed; close it, or was the file cut off?", \
      "这里开始的引号一直没有闭合；请补上，或检查文件是否被截断") \
    X(8204, CSV_STRAY_QUOTE, ERROR, KX_E_SYNTAX, \
      "a quote stands inside a field; put the whole field in quotes and write the quote twice: \"a \"\"b\"\" c\"", \
      "字段中间有引号；请给整个字段加上引号，其中的引号写两遍：\"a \"\"b\"\" c\"") \
    X(8205, CSV_AFTER_QUOTE, ERROR, KX_E_SYNTAX, \
      "expected a comma or the end of the line after the closing quote, found \"{0}\"; a quote inside a field is written twice", \
      "引号闭合之后应为逗号或行尾，却是“{0}”；字段里的引号要写两遍") \
    X(8206, CSV_FIELD_LONG, ERROR, KX_E_LIMIT, \
      "the field that begins here is longer than {0} bytes (max_field of the context); is a quote missing?", \
      "从这里开始的字段超过 {0} 字节（上下文的 max_field）；是否少了引号？") \
    X(8207, CSV_RECORD_LONG, ERROR, KX_E_LIMIT, \
      "the record that begins here is longer than {0} bytes (16 times max_field of the context)", \
      "从这里开始的记录超过 {0} 字节（上下文 max_field 的 16 倍）") \
    X(8208, CSV_CARRIAGE_RETURN, ERROR, KX_E_SYNTAX, \
      "the lines end in carriage returns alone; save the file with line ends LF or CRLF", \
      "各行只以回车符结尾；请以 LF 或 CRLF 换行另存文件") \
    X(8209, CSV_UTF16, ERROR, KX_E_SYNTAX, \
      "the file is UTF-16; save it as \"CSV UTF-8\"", \
      "文件是 UTF-16 编码；请另存为“CSV UTF-8”") \
    X(8210, CSV_ENCODING, ERROR, KX_E_SYNTAX, \
      "this is not UTF-8: {0}; and as GB18030 the file cannot be read either. Save it as UTF-8", \
      "此处不是有效的 UTF-8：{0}；按 GB18030 也读不通整个文件。请另存为 UTF-8") \
    X(8211, CSV_UTF8, ERROR, KX_E_SYNTAX, \
      "this is not UTF-8: {0}; save the file as UTF-8, or say that it is GB18030", \
      "此处不是有效的 UTF-8：{0}；请另存为 UTF-8，或说明编码为 GB18030") \
    X(8212, CSV_GB18030, ERROR, KX_E_SYNTAX, \
      "this is not GB18030: {0}; save the file as UTF-8, or was it cut off?", \
      "此处不是有效的 GB18030：{0}；请另存为 UTF-8，或检查文件是否被截断") \
    /* 83xx: columns and values */ \
    X(8301, COLUMN_EXTRA, NOTE, KX_OK, \
      "the column \"{0}\" is not in the scheme and is not read", \
      "列“{0}”不在方案中，未读取") \
    X(8302, COLUMN_EXTRA_NEAR, NOTE, KX_OK, \
      "the column \"{0}\" is not in the scheme and is not read; did you mean \"{1}\"?", \
      "列“{0}”不在方案中，未读取；是否应为“{1}”？") \
    X(8303, CELL_NUMBER, ERROR, KX_E_DATA, \
      "column \"{0}\": \"{1}\" is not a number; write it as 12 or -3.5", \
      "列“{0}”：“{1}”不是数字；请写成 12 或 -3.5 这样") \
    X(8304, CELL_THOUSANDS, ERROR, KX_E_DATA, \
      "column \"{0}\": \"{1}\" is not a number; write it without separators, as 1234567.8", \
      "列“{0}”：“{1}”不是数字；请不要用千位分隔符，写成 1234567.8 这样") \
    X(8305, CELL_DIGITS, ERROR, KX_E_DATA, \
      "column \"{0}\": \"{1}\" has more than 6 digits after the point or is too large (18 digits are safe)", \
      "列“{0}”：“{1}”的小数超过 6 位，或数太大（18 位以内可保证）") \
    X(8306, CELL_SCALE, ERROR, KX_E_DATA, \
      "column \"{0}\": {1} is too large beside numbers with {2} digits after the point in the same column", \
      "列“{0}”：同列有 {2} 位小数，{1} 就超出了范围") \
    X(8307, CELL_DATE, ERROR, KX_E_DATA, \
      "column \"{0}\": \"{1}\" is not a date; write it as 2025-01-31, without a time of day", \
      "列“{0}”：“{1}”不是有效的日期；请写成 2025-01-31，不带时刻") \
    X(8308, CELL_BOOL, ERROR, KX_E_DATA, \
      "column \"{0}\": \"{1}\" is neither yes nor no; write 1 or 0, 是 or 否", \
      "列“{0}”：“{1}”既不是“是”也不是“否”；请写 1 或 0、是或否") \
    X(8309, CELL_NUL, ERROR, KX_E_DATA, \
      "column \"{0}\": \"{1}\" holds a character NUL, which no text may", \
      "列“{0}”：“{1}”含有 NUL 字符，文本中不允许") \
    X(8310, CELL_KIND, ERROR, KX_E_DATA, \
      "column \"{0}\": this is {1}; write {2}", \
      "列“{0}”：这里是{1}；应写{2}") \
    /* 84xx: JSON datasets */ \
    X(8401, DATA_SHAPE, ERROR, KX_E_DATA, \
      "a dataset is an object of tables, {\"units\": [..], ..}; this is {0}", \
      "数据集应为由表组成的对象 {\"units\": [..], ..}；这里是{0}") \
    X(8402, DATA_TABLE, ERROR, KX_E_DATA, \
      "the table \"{0}\" has to be an array of rows or an object of columns; this is {1}", \
      "表“{0}”应为由行组成的数组，或由列组成的对象；这里是{1}") \
    X(8403, DATA_ROW, ERROR, KX_E_DATA, \
      "a row of the table \"{0}\" has to be an object, {\"column\": value, ..}; this is {1}", \
      "表“{0}”的一行应为对象 {\"列\": 值, ..}；这里是{1}") \
    X(8404, DATA_COLUMN, ERROR, KX_E_DATA, \
      "the column \"{0}\" has to be an array of values; this is {1}", \
      "列“{0}”应为由值组成的数组；这里是{1}") \
    X(8405, DATA_LENGTHS, ERROR, KX_E_DATA, \
      "the column \"{0}\" has {1} values, the column \"{2}\" has {3}; all columns of a table need the same number", \
      "列“{0}”有 {1} 个值，而列“{2}”有 {3} 个；同一张表各列的值数必须相同")
