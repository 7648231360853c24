/* Messages of the layer rules: codes 5000 to 5999. */
#define KXI_MESSAGES_RULES(X)                                                                                          \
    X(5001, EXPECTED_TYPE, ERROR, KX_E_SCHEME, "'{0}' must be {1}, but is {2}", "“{0}”应为{1}，实际是{2}")              \
    X(5002, UNKNOWN_KEY, ERROR, KX_E_SCHEME, "unknown key '{0}' in {1}; known are {2}", "{1}中没有名为“{0}”的键；可用的有 {2}") \
    X(5003, UNKNOWN_KEY_NEAR, ERROR, KX_E_SCHEME, "unknown key '{0}' in {1}; did you mean '{2}'?", "{1}中没有名为“{0}”的键，是否想写“{2}”？") \
    X(5004, MISSING_KEY, ERROR, KX_E_SCHEME, "{0} needs the key '{1}'", "{0}缺少键“{1}”")                               \
    X(5005, SCHEME_VERSION, ERROR, KX_E_UNSUPPORTED, "the scheme says \"kexie\": {0}; this library reads version 1", "方案写的是 \"kexie\": {0}，本库只认版本 1") \
    X(5006, SCHEME_DATE, ERROR, KX_E_SCHEME, "'{0}' is not a date such as 2025-01-31", "“{0}”不是日期，应写作 2025-01-31") \
    X(5007, SCHEME_PERIOD, ERROR, KX_E_SCHEME, "the period ends on {1}, before it starts on {0}", "时段的结束日 {1} 早于开始日 {0}") \
    X(5008, UNKNOWN_CHOICE, ERROR, KX_E_SCHEME, "'{0}' is none of {1}", "“{0}”不在可选项之列：{1}")                      \
    X(5009, DUPLICATE_NAME, ERROR, KX_E_SCHEME, "the name '{0}' is taken already, by {1}", "名称“{0}”已被{1}占用")       \
    X(5010, UNKNOWN_TABLE, ERROR, KX_E_SCHEME, "the scheme has no table '{0}'; tables are {1}", "方案中没有表“{0}”；已有的表：{1}") \
    X(5011, UNKNOWN_COLUMN, ERROR, KX_E_SCHEME, "table '{0}' has no column '{1}'; its columns are {2}", "表“{0}”没有列“{1}”；它的列有：{2}") \
    X(5012, SPEC_TYPE, ERROR, KX_E_SCHEME, "'{0}' is no type of a column: write text, number, date, bool or the name of a table with a key, then [] for a list, ? when it may be absent", "“{0}”不是列的类型：可写 text、number、date、bool 或有 key 的表名，后加 [] 表示多值，加 ? 表示可缺") \
    X(5013, NOT_A_REFERENCE, ERROR, KX_E_SCHEME, "'{0}' of table '{1}' is no reference to a table with a key, so '{2}' cannot be looked up through it", "表“{1}”的列“{0}”不指向有 key 的表，不能由它查“{2}”") \
    X(5014, UNKNOWN_DIMENSION, ERROR, KX_E_SCHEME, "'{0}' is no level, bucket of time, window or column of '{1}'", "“{0}”不是层级、时间段、窗口，也不是“{1}”的列") \
    X(5015, AMBIGUOUS_DIMENSION, ERROR, KX_E_SCHEME, "'{0}' is both {1} and {2}; rename one", "“{0}”既是{1}又是{2}，请改名以区分") \
    X(5016, NO_PATH, ERROR, KX_E_SCHEME, "rows of '{0}' do not lead to '{1}': give a column that refers to it, or \"over\": \"all\"", "“{0}”的行到不了“{1}”：请给出指向它的列，或写 \"over\": \"all\"") \
    X(5017, AMBIGUOUS_PATH, ERROR, KX_E_SCHEME, "rows of '{0}' lead to '{1}' by more than one column ({2}); say which with \"via\"", "“{0}”有多列（{2}）指向“{1}”，请用 \"via\" 指明") \
    X(5018, BAD_PATH, ERROR, KX_E_SCHEME, "\"via\": \"{0}\" does not lead from '{1}' to '{2}'", "\"via\": \"{0}\" 不能从“{1}”到达“{2}”") \
    X(5019, TWO_FOLDS, ERROR, KX_E_SCHEME, "measure '{0}' names both {1} and {2}; a measure has one", "度量“{0}”同时写了 {1} 和 {2}，只能有一种") \
    X(5020, NOT_A_QUOTA, ERROR, KX_E_SCHEME, "measure '{0}' has no bound: give it \"at_least\" or \"at_most\" before asking for {1}()", "度量“{0}”没有 \"at_least\" 或 \"at_most\"，不能求 {1}()") \
    X(5021, OPEN_AT_LEAST, ERROR, KX_E_SCHEME, "\"at_least\" over the open dimension '{0}': only values that occur have cells, so a missing one would never be noticed; list the values, or refer to a table", "\"at_least\" 用在开放维度“{0}”上：没有记录的值不会成格，缺了也看不出；请列出取值或改为引用表") \
    X(5022, UNKNOWN_MEASURE, ERROR, KX_E_SCHEME, "there is no measure '{0}'", "没有名为“{0}”的度量")                   \
    X(5023, MEASURE_ORDER, ERROR, KX_E_SCHEME, "measure '{0}' folds '{1}', which must stand before it and have dimensions (\"per\")", "度量“{0}”汇总“{1}”，后者须写在前面并带有维度（\"per\"）") \
    X(5024, NOT_A_DIMENSION, ERROR, KX_E_SCHEME, "'{0}' is no dimension of '{1}'; it has {2}", "“{0}”不是“{1}”的维度；它的维度：{2}") \
    X(5025, ARGUMENTS, ERROR, KX_E_SCHEME, "{0} takes {1}", "{0} 的参数应为 {1}")                                       \
    X(5026, CIRCLE, ERROR, KX_E_SCHEME, "values depend on each other in a circle: {0}", "取值互相依赖成环：{0}")         \
    X(5027, MUST_SAY_BOUND, ERROR, KX_E_SCHEME, "'{0}' has a bonus or deduction inside and must say its {1} (null: none)", "“{0}”内含加分或扣分，必须写明 {1}（null 表示不设）") \
    X(5028, NO_POINTS, ERROR, KX_E_SCHEME, "'{0}' says no points, which {1} needs", "“{0}”没有写 points，而 {1} 需要它") \
    X(5029, VALUE_AND_PARTS, ERROR, KX_E_SCHEME, "'{0}' has both {1} and {2}; it is an indicator or a block", "“{0}”同时有 {1} 和 {2}；只能是指标或大类之一") \
    X(5030, CURVE_FORM, ERROR, KX_E_SCHEME, "this is no curve: write \"ratio\", or an object with one of each, steps, cases, map, line, at", "这不是曲线：可写 \"ratio\"，或含 each、steps、cases、map、line、at 之一的对象") \
    X(5031, PAIR_FORM, ERROR, KX_E_SCHEME, "'{0}' wants pairs such as {1}", "“{0}”应为成对的值，如 {1}")               \
    X(5032, STEPS_ORDER, ERROR, KX_E_SCHEME, "step {0} is never reached: its bound is not below the one before it", "第 {0} 档永远到不了：其界限不低于上一档") \
    X(5033, LINE_ORDER, ERROR, KX_E_SCHEME, "point {0} of the line does not lie to the right of the one before it", "折线的第 {0} 点不在前一点右边") \
    X(5034, POINTS_SUM, WARNING, KX_OK, "the parts of '{0}' add up to {1} points, but it declares {2}", "“{0}”各项合计 {1} 分，与写明的 {2} 分不符") \
    X(5035, UNKNOWN_GRADE, ERROR, KX_E_SCHEME, "there is no grade '{0}'; grades are {1}", "没有等次“{0}”；已有：{1}")   \
    X(5036, GATE_EFFECT, ERROR, KX_E_SCHEME, "gate '{0}' must have exactly one of \"grade\", \"ceiling\", \"admit\": false, \"cancel\": true", "门槛“{0}”须恰有 \"grade\"、\"ceiling\"、\"admit\": false、\"cancel\": true 之一") \
    X(5037, MAP_FORM, ERROR, KX_E_SCHEME, "'{0}' of a table of values must be a number", "取值表中“{0}”的值应为数")     \
    X(5038, NO_TITLES, ERROR, KX_E_SCHEME, "role '{0}' must have a list of titles, or levels with lists of titles", "角色“{0}”应给出职务名称列表，或按层级给出") \
    X(5039, RESERVED_NAME, ERROR, KX_E_SCHEME, "'{0}' has a meaning of its own in expressions; choose another name", "“{0}”在表达式中另有含义，请换个名称") \
    X(5040, CURVE_VALUE, ERROR, KX_E_SCHEME, "the curve of '{0}' takes {1}, but its value is {2}; labels go through \"map\", anything else through \"cases\"", "“{0}”的曲线要求{1}，而取值是{2}；标签用 \"map\"，其他用 \"cases\"") \
    X(5041, SUBJECT_TABLE, ERROR, KX_E_SCHEME, "subjects must be rows of a table with a key, and '{0}' has none", "被考核单位须取自有 key 的表，“{0}”没有 key") \
    X(5042, TABLE_KIND, ERROR, KX_E_SCHEME, "table '{0}' must say one of \"key\", \"date\" (null: every row counts) or \"valid\": [from, to]", "表“{0}”须写明 \"key\"、\"date\"（null 表示每行都算）或 \"valid\": [起, 止] 之一") \
    X(5043, MISSING_NOT_SAID, WARNING, KX_OK, "the value of '{0}' may be unknown (nothing recorded, or nothing to divide by); say what then with \"missing\"", "“{0}”的值可能算不出（没有记录或分母为零），请用 \"missing\" 说明如何处理") \
    X(5044, UNUSED_MEASURE, WARNING, KX_OK, "nothing uses measure '{0}'", "度量“{0}”没有被用到")                        \
    X(5045, TIES_NOT_SAID, ERROR, KX_E_SCHEME, "'{0}' must say \"ties\": {1}", "“{0}”须写明并列办法 \"ties\"：{1}")      \
    X(5046, WEIGHT_NOT_SAID, ERROR, KX_E_SCHEME, "'{0}' stands in a weighted block and needs a \"weight\"", "“{0}”在加权大类中，须写 \"weight\"") \
    X(5047, NO_NODES, ERROR, KX_E_SCHEME, "the list of parts of '{0}' is empty", "“{0}”的 parts 是空的")                              \
    X(5048, NEGATIVE_POINTS, ERROR, KX_E_SCHEME, "points of '{0}' are {1}; write them as a positive number, also for a deduction", "“{0}”的 points 为 {1}；扣分项也应写正数") \
    X(5049, ROUND_FORM, ERROR, KX_E_SCHEME, "rounding is {\"places\": 2, \"mode\": \"half-up\"} or {\"to\": 0.5, \"mode\": ..}; places 0 to 12, to above 0", "取舍写作 {\"places\": 2, \"mode\": \"half-up\"} 或 {\"to\": 0.5, \"mode\": ..}；places 为 0 到 12，to 大于 0") \
    X(5050, KEY_NOT_HERE, ERROR, KX_E_SCHEME, "'{0}' stands only with {1}", "“{0}”只能与 {1} 一起写")                    \
    X(5051, COLUMN_ROLE, ERROR, KX_E_SCHEME, "column '{0}' of table '{1}' is {2}; {3} needs a column of type {4}", "表“{1}”的列“{0}”是 {2}，而 {3} 要求 {4} 类型的列") \
    X(5052, KNOWN_COLUMN, ERROR, KX_E_SCHEME, "column '{0}' of table '{1}' is known as {2} and cannot be declared as {3}; choose another name for yours", "表“{1}”的列“{0}”已规定为 {2}，不能声明为 {3}；请另取列名") \
    X(5053, KNOWN_KIND, ERROR, KX_E_SCHEME, "the table '{0}' always has the key 'code' and is valid from 'from' to 'to'; leave out \"key\", \"date\" and \"valid\"", "表“{0}”固定以 code 为主键、以 from 和 to 为起止日期；请去掉 \"key\"、\"date\"、\"valid\"") \
    X(5054, LIST_COLUMN, ERROR, KX_E_SCHEME, "column '{0}' of table '{1}' holds lists, and one value is needed here", "表“{1}”的列“{0}”是多值列，而此处需要单个值") \
    X(5055, LIST_VALUE, ERROR, KX_E_SCHEME, "'{0}' can never be a value of '{1}', which holds {2}", "“{0}”不可能是“{1}”的值，后者是{2}") \
    X(5056, EMPTY_LIST, ERROR, KX_E_SCHEME, "'{0}' is empty; give at least one entry, or leave it out", "“{0}”是空的；请至少写一项，或整个去掉") \
    X(5057, FOLD_TYPE, ERROR, KX_E_SCHEME, "{0} of measure '{1}' takes {2}, not {3}", "度量“{1}”的 {0} 要求{2}，不能用于{3}") \
    X(5058, DATE_NEEDED, ERROR, KX_E_SCHEME, "{0} of measure '{1}' goes by date, and rows of '{2}' have none", "度量“{1}”的 {0} 按日期计算，而“{2}”的行没有日期") \
    X(5059, COUNT_RANGE, ERROR, KX_E_SCHEME, "'{0}' must be a whole number from {1} to {2}, not {3}", "“{0}”应为 {1} 到 {2} 的整数，不能是 {3}") \
    X(5060, UNKNOWN_LEVEL, ERROR, KX_E_SCHEME, "'{0}' is no level; levels are {1}", "没有层级“{0}”；已有：{1}")          \
    X(5061, RANK_NOT_SAID, ERROR, KX_E_SCHEME, "'{0}' goes by rank, and the scheme has none; add \"rank\" with \"by\" and \"ties\"", "“{0}”要用到位次，而方案没有排名；请加上 \"rank\"（含 \"by\" 和 \"ties\"）") \
    X(5062, DEDUCTION_SIGN, ERROR, KX_E_SCHEME, "'{0}' is a deduction, but its curve never gives less than 0; write what is taken off as negative points", "“{0}”是扣分项，但曲线给不出负分；扣掉的分请写成负数") \
    X(5063, PLACES_FORM, ERROR, KX_E_SCHEME, "places say how many by one of \"share\" and \"number\"", "名额须在 \"share\" 和 \"number\" 中写且只写一个") \
    X(5064, OPEN_PERIOD, ERROR, KX_E_SCHEME, "measure '{0}' has a bound for each '{1}' of all time; give it a \"period\" with two ends", "度量“{0}”对不限时间的每个“{1}”设了要求；请给出有起止的 \"period\"") \
    X(5065, VALUE_TYPE, ERROR, KX_E_SCHEME, "the value of '{0}' is {1}, so other expressions cannot name it; name its points, '{0}', or what it is made of", "“{0}”的取值是{1}，别处不能引用；可引用其得分“{0}”，或直接写它的来源") \
    X(5066, HEADER_COLUMN, ERROR, KX_E_SCHEME, "no table has a column '{0}' for the header '{1}'", "没有哪张表有列“{0}”，表头“{1}”无从对应") \
    X(5067, OWN_NAME, ERROR, KX_E_SCHEME, "'{0}' has no meaning here; it is {1}", "“{0}”在这里没有意义；它是{1}") \
    X(5068, PLACES_RANGE, ERROR, KX_E_SCHEME, "{0} is no number of places: a share is from 0 to 1 (0.3 for 30 %), a number 0 or more", "{0} 不能作名额：share 在 0 与 1 之间（30% 写作 0.3），number 不小于 0")
