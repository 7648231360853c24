/* Messages of the layer base: codes 1000 to 1999. */
#define KXI_MESSAGES_BASE(X)                                                                                        \
    X(1001, NOMEM, ERROR, KX_E_NOMEM, "out of memory, or past the context's max_memory; raise that limit or give less data at a time", "内存不足，或超过了上下文的 max_memory；请调高该上限，或分批处理数据") \
    X(1002, INTERNAL, ERROR, KX_E_UNSUPPORTED, "internal error, please report it: {0}", "内部错误，请向维护者报告：{0}") \
    X(1003, TOO_MANY_DIGITS, ERROR, KX_E_LIMIT, "an exact number here needs more than {0} digits; round earlier (\"round\") or raise max_digits", "此处的精确数需要超过 {0} 位数字；请提前修约（\"round\"），或调高 max_digits")
