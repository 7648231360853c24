/* Messages of the layer text: codes 2000 to 2999. The layers that know the input report them. */
#define KXI_MESSAGES_TEXT(X)                                                                                                \
    X(2001, TEXT_UTF8, ERROR, KX_E_SYNTAX,                                                                                  \
      "this is not UTF-8: {0}; save the file as UTF-8, or say that it is GB18030",                                          \
      "此处不是有效的 UTF-8：{0}；请另存为 UTF-8，或说明编码为 GB18030")                                                    \
    X(2002, TEXT_GB18030, ERROR, KX_E_SYNTAX,                                                                               \
      "this is not GB18030: {0}; save the file as UTF-8, or check that it was not cut or mixed with another encoding",      \
      "此处不是有效的 GB18030：{0}；请另存为 UTF-8，或检查文件是否被截断、是否混入了其他编码")                              \
    X(2003, TEXT_DATE, ERROR, KX_E_DATA,                                                                                    \
      "\"{0}\" is not a date; write it as 2025-01-31, 2025/1/31 or 2025年1月31日, without a time of day",                   \
      "“{0}”不是有效的日期；请写成 2025-01-31、2025/1/31 或 2025年1月31日，不带时刻")
