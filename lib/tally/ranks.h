/* tally/ranks.h: putting things in order without asking anyone for memory behind our back.
 *
 * Layer: tally, and only there.
 */
#ifndef KXI_TALLY_RANKS_H
#define KXI_TALLY_RANKS_H

#include "base/str.h"

/* Numbers of n keys of so many words, in ascending order of the keys; equal keys keep their order. items holds 0 .. n - 1 in
 * any order, scratch as many. */
void kxi_order_keys(uint32_t *items, uint32_t *scratch, size_t n, const uint64_t *keys, size_t words);
/* The same for texts, by bytes. */
void kxi_order_texts(uint32_t *items, uint32_t *scratch, size_t n, const kxi_str *texts);
/* Plain numbers ascending. scratch as many, needed only when there are more than KXI_SHORT. */
enum { KXI_SHORT = 48 };
void kxi_order_numbers(uint32_t *items, uint32_t *scratch, size_t n);
/* -1, 0, 1 */
int kxi_compare_words(const uint64_t *a, const uint64_t *b, size_t words);

#endif
