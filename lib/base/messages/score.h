/* Messages of the layer score: codes 7000 to 7999. What a run notices; none stops it. */
#define KXI_MESSAGES_SCORE(X)                                                                                          \
    X(7001, NO_SUBJECTS, WARNING, KX_OK, "no row of '{0}' is a subject: check \"subjects\" and the date {1}", "表“{0}”中没有一行是被考核单位，请检查 \"subjects\" 与日期 {1}") \
    X(7002, INCOMPLETE, WARNING, KX_OK, "{0} {1}: the total is unknown, because of {2} ({3})", "{0} {1}：总分算不出，原因在 {2}（{3}）") \
    X(7003, TIE, NOTE, KX_OK, "{0} subjects share rank {1} in {2}: {3}", "{2}有 {0} 个单位并列第 {1} 名：{3}")           \
    X(7004, PLACE_TIE, WARNING, KX_OK, "{0} subjects are tied at the last of {1} places for '{2}' in {3}: {4}", "{3}“{2}”的 {1} 个名额在末位有 {0} 个单位并列：{4}") \
    X(7005, ROWS_LEFT_OUT, NOTE, KX_OK, "table '{1}', measures {0}: of {2} rows, {3} without a date, {4} without a subject, {5} outside the period or after as_of did not count", "表“{1}”，度量 {0}：共 {2} 行，其中无日期 {3} 行、对不上单位 {4} 行、不在时段内 {5} 行，均未计入") \
    X(7006, ROWS_UNKNOWN, WARNING, KX_OK, "measure '{0}': for {1} rows the condition or value could not be decided", "度量“{0}”：有 {1} 行的条件或取值无法判定") \
    X(7007, GATE_UNKNOWN, WARNING, KX_OK, "{0} {1}: whether gate '{2}' applies cannot be decided ({3}); it was not applied", "{0} {1}：门槛“{2}”是否成立无法判定（{3}），未适用") \
    X(7008, TRACKS_DIFFER, NOTE, KX_OK, "{0} {1}, {2}: track '{3}' says {4}, the official '{5}' says {6}", "{0} {1}，{2}：“{3}”记“{4}”，正式的“{5}”记“{6}”") \
    X(7009, POINTS_UNKNOWN, WARNING, KX_OK, "{0}: the full points of '{1}' are unknown ({2})", "{0}：“{1}”的满分无法确定（{2}）") \
    X(7010, SCORE_DIGITS, ERROR, KX_E_LIMIT, "an exact number needs more than {0} digits (max_digits): round an indicator or a block on the way", "精确数超过 {0} 位（max_digits），请在指标或大类处取舍") \
    X(7011, VALUES_NULL, NOTE, KX_OK, "measure '{0}': {1} rows have nothing recorded where its value stands; they were skipped", "度量“{0}”：有 {1} 行没有记录取值，未计入") \
    X(7012, NO_GRADE, WARNING, KX_OK, "{0} {1}: no grade takes the total {2}; a last grade without \"when\" takes what is left", "{0} {1}：总分 {2} 不属于任何等次；最后一个等次不写 \"when\"，即收下其余的") \
    X(7013, UNRANKED, WARNING, KX_OK, "{0} {1}: has no rank, because something it is ranked by is unknown", "{0} {1}：没有位次，因为排名所依据的值未知") \
    X(7014, PLACES_UNKNOWN, WARNING, KX_OK, "places of '{0}' in {1} cannot be decided for {2}: a rank or the number of places is unknown, out of range or not the same for all; they are open", "{1}“{0}”的名额无法决定，位次或名额数未知、越界或不一致，待定：{2}") \
    X(7015, GRADE_UNKNOWN, WARNING, KX_OK, "{0} {1}: whether grade '{2}' applies cannot be decided ({3}); the next one was tried", "{0} {1}：等次“{2}”是否成立无法判定（{3}），按下一等次") \
    X(7016, NO_COHORT, WARNING, KX_OK, "{0} subjects have no '{1}', by which cohorts are made, and stand by themselves: {2}", "有 {0} 个单位没有分组所依据的“{1}”，另作一组：{2}") \
    X(7017, PLACES_FULL, NOTE, KX_OK, "'{0}' in {1}: {3} places for {2} members; {4} qualify, {5} have one", "{1}“{0}”：基数 {2}，名额 {3} 个，符合条件的 {4} 个，得到的 {5} 个") \
    X(7018, ROWS_KEYLESS, WARNING, KX_OK, "measure '{0}': {1} rows have nothing recorded for one of its dimensions ({2}) and enter no cell of them", "度量“{0}”：有 {1} 行没有记录维度（{2}）的取值，不进入任何一格")
