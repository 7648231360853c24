/* Made by make_gb18030.py --digest: every sequence of GB18030 there is, ascending, shorter ones first, decoded to UTF-8. */
enum { GB18030_SEQUENCES = 1112064, GB18030_UTF8_BYTES = 4382598 };
#define GB18030_FNV1A UINT64_C(0x4C8F4A67F4153811)
