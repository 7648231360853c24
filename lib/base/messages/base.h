/* Messages of the layer base: codes 1000 to 1999. */
#define KXI_MESSAGES_BASE(X)                                                                                        \
    X(1001, NOMEM, ERROR, KX_E_NOMEM, "out of memory, or past the context's max_memory", "内存不足，或超过了上下文的 max_memory") \
    X(1002, INTERNAL, ERROR, KX_E_UNSUPPORTED, "internal: {0}", "内部错误：{0}")
