/* Messages of the layer apportion: codes 10000 to 10999. */
#define KXI_MESSAGES_APPORTION(X) \
    /* 100xx: the rules */ \
    X(10001, SEATS_VERSION, ERROR, KX_E_UNSUPPORTED, \
      "the rules say \"kexie-seats\": {0}; this library reads version 1", \
      "规则写的是 \"kexie-seats\": {0}，本库只认版本 1") \
    X(10002, SEATS_COUNT, ERROR, KX_E_SCHEME, \
      "'{0}' has to be a whole number from 0 to {1}, but is {2}", \
      "“{0}”应为 0 到 {1} 的整数，实际是 {2}") \
    X(10003, SEATS_NUMBER, ERROR, KX_E_SCHEME, \
      "'{0}' has to be a number, or a text such as \"1/3\", but is {1}", \
      "“{0}”应为数，或写成 \"1/3\" 这样的文字，实际是 {1}") \
    X(10004, SEATS_NO_WAY, ERROR, KX_E_SCHEME, \
      "allotment '{0}' does not say where its seats come from: give \"method\" with \"weight\" and \"seats\", or \"number\", " \
      "or \"choice\", or \"bands\"", \
      "名额“{0}”没有写明来源：请给出 \"method\"（连同 \"weight\" 和 \"seats\"）、\"number\"、\"choice\" 或 \"bands\" 之一") \
    X(10005, SEATS_TWO_WAYS, ERROR, KX_E_SCHEME, \
      "allotment '{0}' says both \"{1}\" and \"{2}\"; keep one of them", \
      "名额“{0}”同时写了 \"{1}\" 和 \"{2}\"，请只留一个") \
    X(10006, SEATS_NEEDS, ERROR, KX_E_SCHEME, \
      "\"{1}\" of allotment '{0}' needs \"{2}\" beside it", \
      "名额“{0}”写了 \"{1}\"，还须写明 \"{2}\"") \
    X(10007, SEATS_USELESS, ERROR, KX_E_SCHEME, \
      "\"{1}\" of allotment '{0}' has no effect without {2}; remove it", \
      "名额“{0}”的 \"{1}\" 只在有 {2} 时才起作用，请删去") \
    X(10008, SEATS_NO_ALLOTMENT, ERROR, KX_E_SCHEME, \
      "there is no allotment '{0}' to refer to here; there are {1}", \
      "此处没有可引用的名额“{0}”；已有：{1}") \
    X(10009, SEATS_LATER, ERROR, KX_E_SCHEME, \
      "the allotment '{0}' is not known here: it is computed later, or now; put it before", \
      "此处还不知道名额“{0}”：它在后面才计算，或正在计算；请把它放到前面") \
    X(10010, SEATS_NO_COLUMN, ERROR, KX_E_SCHEME, \
      "\"columns\" declares no column '{0}'; it has {1}", \
      "\"columns\" 中没有声明列“{0}”；已有：{1}") \
    X(10011, SEATS_COLUMN_TYPE, ERROR, KX_E_SCHEME, \
      "'{0}' is no type of a column: write text, number, date or bool, then ? when it may be absent", \
      "“{0}”不是列的类型：可写 text、number、date、bool，后加 ? 表示可缺") \
    X(10012, SEATS_UNIT_TEXT, ERROR, KX_E_SCHEME, \
      "the column '{0}' names the units and has to be of type text", \
      "列“{0}”是单位的名称，类型应为 text") \
    X(10013, SEATS_CHECK_KIND, ERROR, KX_E_SCHEME, \
      "check '{0}' has to have either \"each\", or \"flag\", or bounds (\"at_least\", \"at_most\")", \
      "检查“{0}”须有 \"each\"、\"flag\" 或界限（\"at_least\"、\"at_most\"）之一") \
    X(10014, SEATS_CHECK_OF, ERROR, KX_E_SCHEME, \
      "check '{0}' has to say \"of\" which allotment it is, for there are several: {1}", \
      "有几项名额（{1}），检查“{0}”须用 \"of\" 写明是哪一项") \
    X(10015, SEATS_BOUNDS_CROSS, ERROR, KX_E_SCHEME, \
      "'{0}': at_least is above at_most, so nothing can ever satisfy it", \
      "“{0}”的 at_least 大于 at_most，永远无法满足") \
    X(10016, SEATS_SHARE_RANGE, ERROR, KX_E_SCHEME, \
      "check '{0}' is about a share, so its bounds lie from 0 to 1; write 80 % as 0.8", \
      "检查“{0}”的界限是比例，应在 0 到 1 之间；80% 请写成 0.8") \
    X(10017, SEATS_ADJUST_FORM, ERROR, KX_E_SCHEME, \
      "an adjustment multiplies (\"times\") or adds (\"plus\"), or both; here is neither", \
      "调整应写明 \"times\"（乘）或 \"plus\"（加），此处都没有") \
    X(10018, SEATS_LIST_LONG, ERROR, KX_E_LIMIT, \
      "\"{0}\" has {1} items; at most {2} are read", \
      "\"{0}\" 有 {1} 项，最多 {2} 项") \
    X(10021, SEATS_BAND_ENDS, ERROR, KX_E_SCHEME, \
      "a band begins with \"from\" (it belongs) or \"above\" (it does not), not both; and ends with \"to\" or \"below\"", \
      "一段的起点写 \"from\"（含）或 \"above\"（不含），终点写 \"to\"（含）或 \"below\"（不含），不能两个都写") \
    X(10022, SEATS_BAND_EMPTY, ERROR, KX_E_SCHEME, \
      "band {0} holds no value at all: it ends before it begins", \
      "第 {0} 段不含任何值：终点在起点之前") \
    X(10023, SEATS_BAND_OVERLAP, ERROR, KX_E_SCHEME, \
      "bands {0} and {1} overlap: mend their ends (\"from\" and \"to\" belong, \"above\" and \"below\" do not), or let the one " \
      "written first win with \"overlap\": \"first\"", \
      "第 {0} 段与第 {1} 段重叠：请改端点（from、to 含，above、below 不含），或用 \"overlap\": \"first\" 表示以先写的为准") \
    X(10024, SEATS_BAND_GAP, WARNING, KX_OK, \
      "values between band {0} and band {1} lie in neither; mend the ends, or say with \"decimals\" how many digits the values have", \
      "第 {0} 段与第 {1} 段之间的值不属于任何一段；请改端点，或用 \"decimals\" 写明小数位数") \
    X(10025, SEATS_BAND_GIVES, ERROR, KX_E_SCHEME, \
      "every band gives a \"number\", or every band gives \"min\" and \"max\"; band {0} differs from the first", \
      "各段要么都给 \"number\"，要么都给 \"min\"、\"max\"；第 {0} 段与第 1 段不一致") \
    /* 101xx: the units */ \
    X(10101, SEATS_UNIT_NAMELESS, ERROR, KX_E_DATA, \
      "row {0} has no name in the column '{1}'", \
      "第 {0} 行的“{1}”为空，不知道是哪个单位") \
    X(10102, SEATS_UNIT_TWICE, ERROR, KX_E_DATA, \
      "the unit '{0}' stands in more than one row; a unit has one", \
      "单位“{0}”不止一行；每个单位只能有一行") \
    X(10103, SEATS_UNKNOWN, ERROR, KX_E_DATA, \
      "\"{1}\" of '{0}' is not known ({2}); fill in what it is computed from, or write what then holds with coalesce()", \
      "“{0}”的 \"{1}\" 未知（{2}）；请补全所用的数据，或用 coalesce() 写明此时取何值") \
    X(10104, SEATS_NEGATIVE, ERROR, KX_E_DATA, \
      "\"{1}\" of '{0}' is {2}; it cannot be below 0", \
      "“{0}”的 \"{1}\" 为 {2}，不能小于 0") \
    X(10105, SEATS_FRACTION, ERROR, KX_E_DATA, \
      "\"{1}\" of '{0}' is {2}, but seats are whole; say how it is rounded (\"round\", or floor(), ceil() around it)", \
      "“{0}”的 \"{1}\" 为 {2}，而名额是整数；请写明取舍方式（\"round\"，或在外面加 floor()、ceil()）") \
    X(10106, SEATS_MIN_MAX, ERROR, KX_E_DATA, \
      "'{0}' has a minimum of {1} and a maximum of {2}", \
      "“{0}”的最低名额 {1} 大于最高名额 {2}") \
    X(10107, SEATS_MINIMA, ERROR, KX_E_DATA, \
      "allotment '{0}': the units have {1} seats by their minima alone, but there are {2}", \
      "名额“{0}”：仅各单位的最低名额就有 {1} 个，而总数只有 {2} 个") \
    X(10108, SEATS_MAXIMA, ERROR, KX_E_DATA, \
      "allotment '{0}': all units together may get no more than {1} seats, but there are {2}; raise the maxima (a unit whose " \
      "weight is 0 gets its minimum only)", \
      "名额“{0}”：各单位合计最多只能得 {1} 个，而总数有 {2} 个；请提高最高名额（权重为 0 的单位只得最低名额）") \
    X(10109, SEATS_LEFT, ERROR, KX_E_DATA, \
      "allotment '{0}': whole quotas and one seat for each remainder make {1} of {2} seats; use \"bounds\": \"quotas\", or " \
      "another quota", \
      "名额“{0}”：整数部分加上每个余数一个，只有 {1} 个，而总数有 {2} 个；请用 \"bounds\": \"quotas\"，或换一种基数") \
    X(10110, SEATS_NO_BAND, ERROR, KX_E_DATA, \
      "'{0}' lies in none of the bands: its value is {1}", \
      "“{0}”不属于任何一段：其值为 {1}") \
    X(10111, SEATS_TOO_MANY, ERROR, KX_E_LIMIT, \
      "\"{1}\" of '{0}' is {2}; no number of seats is above {3}", \
      "“{0}”的 \"{1}\" 为 {2}；名额最多 {3} 个") \
    X(10112, SEATS_RESERVE, ERROR, KX_E_SCHEME, \
      "allotment '{0}' keeps {1} seats in reserve, but has {2}", \
      "名额“{0}”总共 {2} 个，却要预留 {1} 个") \
    X(10113, SEATS_SUM, ERROR, KX_E_LIMIT, \
      "allotment '{0}' has more than {1} seats together", \
      "名额“{0}”合计超过 {1} 个") \
    X(10114, SEATS_OF_SUM, ERROR, KX_E_DATA, \
      "allotment '{0}' takes its number from '{1}', where not every unit has chosen yet", \
      "名额“{0}”的总数取自“{1}”，而后者还有单位没有选定") \
    X(10115, SEATS_NO_UNITS, ERROR, KX_E_DATA, \
      "the data has no table \"{0}\"; write {\"units\": [..]}, or a CSV file", \
      "数据中没有表“{0}”；请写成 {\"units\": [..]}，或用 CSV 文件") \
    /* 102xx: what an allotment shows */ \
    X(10201, SEATS_TIE_OPEN, WARNING, KX_OK, \
      "allotment '{0}': {1} seats are left open, for their claims are equal: {2}; decide it with \"ties\": {\"by\": ..}, or by lot", \
      "名额“{0}”：有 {1} 个因并列而未定：{2}；请用 \"ties\": {\"by\": ..} 或抽签决定") \
    X(10202, SEATS_TIE_BROKEN, NOTE, KX_OK, \
      "allotment '{0}': claims were equal, and the order of \"ties\" decided: {1}", \
      "名额“{0}”：有并列，已按 \"ties\" 的次序决定：{1}") \
    X(10203, SEATS_CHOICE_OUTSIDE, WARNING, KX_OK, \
      "allotment '{0}': {1} chose {2}, outside of {3}", \
      "名额“{0}”：{1} 选了 {2}，超出范围 {3}") \
    X(10204, SEATS_CHOICE_OPEN, NOTE, KX_OK, \
      "allotment '{0}': {1} units have not chosen yet: {2}", \
      "名额“{0}”：还有 {1} 个单位没有选定：{2}") \
    X(10205, SEATS_ADJUST_OUTSIDE, WARNING, KX_OK, \
      "allotment '{0}': adjusted, {1} has {2}, outside of {3}", \
      "名额“{0}”：调整后 {1} 为 {2}，超出范围 {3}") \
    X(10206, SEATS_ADJUST_TOTAL, NOTE, KX_OK, \
      "allotment '{0}': adjusting changed the total from {1} to {2}", \
      "名额“{0}”：调整使合计由 {1} 变为 {2}") \
    X(10207, SEATS_CEILING_OVER, WARNING, KX_OK, \
      "allotment '{0}': {1} seats, {3} above the ceiling of {2}", \
      "名额“{0}”：合计 {1} 个，超过上限 {2} 个共 {3} 个") \
    X(10208, SEATS_CEILING_SHARED, NOTE, KX_OK, \
      "allotment '{0}': the units would have {1} seats; the {2} of the ceiling were divided by {3}", \
      "名额“{0}”：各单位本应合计 {1} 个；上限 {2} 个已按 {3} 分配") \
    X(10209, SEATS_TOTAL_DIFFERS, WARNING, KX_OK, \
      "allotment '{0}': the numbers add up to {1} with the reserve, but \"seats\" says {2}", \
      "名额“{0}”：各数连同预留合计 {1} 个，而 \"seats\" 写的是 {2}") \
    X(10210, SEATS_CHECK_LOW, WARNING, KX_OK, \
      "check '{0}': {1} of {2}, but at least {3} are needed; {4} more", \
      "检查“{0}”：{2} 个中有 {1} 个，至少应有 {3} 个，还差 {4} 个") \
    X(10211, SEATS_CHECK_HIGH, WARNING, KX_OK, \
      "check '{0}': {1} of {2}, but at most {3} are allowed; {4} too many", \
      "检查“{0}”：{2} 个中有 {1} 个，至多 {3} 个，多 {4} 个") \
    X(10212, SEATS_CHECK_EACH, WARNING, KX_OK, \
      "check '{0}' does not hold for {1} units: {2}", \
      "检查“{0}”对 {1} 个单位不成立：{2}") \
    X(10213, SEATS_CHECK_FLAG, NOTE, KX_OK, \
      "'{0}' applies to {1} units: {2}", \
      "“{0}”适用于 {1} 个单位：{2}") \
    X(10214, SEATS_CHECK_UNKNOWN, WARNING, KX_OK, \
      "check '{0}' cannot tell for {1} units, whose data is missing: {2}", \
      "检查“{0}”对 {1} 个单位无法判断，缺少数据：{2}")
