#!/usr/bin/env python3
"""Make the table by which GB18030 is decoded, and the digest its test compares with.

    python3 make_gb18030.py > gb18030_table.c
    python3 make_gb18030.py --digest > ../../tests/text/gb18030_digest.h

The facts are those of Python's own gb18030 codec, which has the edition of 2000, and of the lists below for what the
editions of 2005 and 2022 changed. The lists win whatever edition a newer Python has.
"""
import sys

# 2005: these two changed places.
EDITION_2005 = {0xA8BC: 0x1E3F, 0x8135F437: 0xE7C7}

# 2022: pairs that had stood for private code points now stand for the characters themselves. The standard gives the
# four-byte codes of these characters to the private code points in exchange; the Unicode Technical Committee
# (L2/23-003R) recommends to go on reading them as what they were, and so do we: no text of any edition becomes private.
EDITION_2022 = {
    0xA6D9: (0xFE10, 0x84318236), 0xA6DA: (0xFE12, 0x84318238), 0xA6DB: (0xFE11, 0x84318237),
    0xA6DC: (0xFE13, 0x84318239), 0xA6DD: (0xFE14, 0x84318330), 0xA6DE: (0xFE15, 0x84318331),
    0xA6DF: (0xFE16, 0x84318332), 0xA6EC: (0xFE17, 0x84318333), 0xA6ED: (0xFE18, 0x84318334),
    0xA6F3: (0xFE19, 0x84318335), 0xFE59: (0x9FB4, 0x82359037), 0xFE61: (0x9FB5, 0x82359038),
    0xFE66: (0x9FB6, 0x82359039), 0xFE67: (0x9FB7, 0x82359130), 0xFE6D: (0x9FB8, 0x82359131),
    0xFE7E: (0x9FB9, 0x82359132), 0xFE90: (0x9FBA, 0x82359133), 0xFEA0: (0x9FBB, 0x82359134),
}

# Six pairs that are private in every edition although their characters have had code points of their own since Unicode
# 3.1. As glibc does, they are read as these, so that a name matches however it was typed.
BEYOND = {0xFE51: 0x20087, 0xFE52: 0x20089, 0xFE53: 0x200CC, 0xFE6C: 0x215D7, 0xFE76: 0x2298F, 0xFE91: 0x241FE}

CHANGES = {**EDITION_2005, **BEYOND}
for pair, (code_point, four) in EDITION_2022.items():
    CHANGES[pair] = CHANGES[four] = code_point

LAST_BMP = 39419  # linear index of 84 31 A4 39, U+FFFF
FIRST_BEYOND = 189000  # of 90 30 81 30, U+10000


def pair_bytes(index):
    lead, trail = divmod(index, 190)
    return bytes((0x81 + lead, 0x40 + trail + (trail >= 0x3F)))


def four_bytes(linear):
    linear, d = divmod(linear, 10)
    linear, c = divmod(linear, 126)
    a, b = divmod(linear, 10)
    return bytes((0x81 + a, 0x30 + b, 0x81 + c, 0x30 + d))


def decode(sequence):
    number = int.from_bytes(sequence, "big")
    return CHANGES[number] if number in CHANGES else ord(sequence.decode("gb18030"))


def rows(numbers, form, per_row):
    texts = [form(n) for n in numbers]
    return "\n".join("    " + " ".join(texts[i:i + per_row]) for i in range(0, len(texts), per_row))


def print_table():
    pairs = [decode(pair_bytes(i)) for i in range(126 * 190)]
    beyond = [(i, code_point) for i, code_point in enumerate(pairs) if code_point > 0xFFFF]
    fours = [decode(four_bytes(i)) for i in range(LAST_BMP + 1)]
    runs = [(i, code_point) for i, code_point in enumerate(fours) if i == 0 or code_point != fours[i - 1] + 1]
    print(f"""/* Made by make_gb18030.py; change it there.
 *
 * The mapping is that of GB 18030-2022, read as the Unicode Technical Committee recommends (L2/23-003R): the four-byte codes
 * that the edition of 2022 gave to 18 private code points keep the characters they had in 2000 and 2005. Besides, FE51, FE52,
 * FE53, FE6C, FE76 and FE91, private in all editions, are read as the ideographs of Extension B they show. A8BC and 8135F437
 * are as they have been since 2005 (U+1E3F, U+E7C7). */
#include "text/gb18030_table.h"

/* clang-format off */
const uint16_t kxi_gb18030_pairs[126 * 190] = {{
{rows(pairs, lambda c: f"0x{c if c <= 0xFFFF else 0:04X},", 14)}
}};

const kxi_gb18030_beyond kxi_gb18030_beyonds[KXI_GB18030_BEYONDS] = {{
{rows(beyond, lambda b: f"{{ {b[0]}, 0x{b[1]:X} }},", 6)}
}};

const kxi_gb18030_run kxi_gb18030_runs[KXI_GB18030_RUNS] = {{
{rows(runs, lambda r: f"{{ {r[0]}, 0x{r[1]:04X} }},", 6)}
}};
/* clang-format on */""")
    print(f"{len(runs)} runs, {len(beyond)} beyond the BMP", file=sys.stderr)


def all_sequences():
    for byte in range(0x80):
        yield bytes((byte,))
    for index in range(126 * 190):
        yield pair_bytes(index)
    for linear in list(range(LAST_BMP + 1)) + list(range(FIRST_BEYOND, FIRST_BEYOND + 0x100000)):
        yield four_bytes(linear)


def print_digest():
    count, size, digest = 0, 0, 0xCBF29CE484222325
    for sequence in all_sequences():
        text = chr(decode(sequence) if len(sequence) > 1 else sequence[0]).encode()
        count, size = count + 1, size + len(text)
        for byte in text:
            digest = (digest ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    print(f"""/* Made by make_gb18030.py --digest: every sequence of GB18030 there is, ascending, shorter ones first, decoded to UTF-8. */
enum {{ GB18030_SEQUENCES = {count}, GB18030_UTF8_BYTES = {size} }};
#define GB18030_FNV1A UINT64_C(0x{digest:016X})""")


if __name__ == "__main__":
    print_digest() if "--digest" in sys.argv[1:] else print_table()
