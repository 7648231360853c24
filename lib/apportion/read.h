/* apportion/read.h: members of the objects of a rules text. Private to apportion.
 *
 * Every function reports what is wrong with its place and returns that failure. Absent members are told by NULL nodes.
 */
#ifndef KXI_APPORTION_READ_H
#define KXI_APPORTION_READ_H

#include "apportion/plan.h"
#include "base/diag.h"

#define KXI_PLAN_TRY(call)       \
    do {                         \
        kx_status try_ = (call); \
        if (try_ != KX_OK)       \
            return try_;         \
    } while (0)

enum { KXI_PLAN_ITEMS = 1000 };

typedef struct kxi_reader {
    kxi_arena *a;
    kxi_diag *d;
} kxi_reader;

kxi_place kxi_reader_at(kxi_reader *r, const kxi_node *node);
/* node is an object, whose keys are in the list (NULL at its end) or are "note". */
kx_status kxi_reader_keys(kxi_reader *r, const kxi_node *node, const char *what, const char *const *known);
kx_status kxi_reader_type(kxi_reader *r, const kxi_node *node, enum kxi_node_type type);
/* A text, normalised; absent it is empty. */
kx_status kxi_reader_text(kxi_reader *r, const kxi_node *object, const char *key, kxi_str *out);
/* The same, which has to be there and hold something. */
kx_status kxi_reader_needed(kxi_reader *r, const kxi_node *object, const char *key, const char *what, kxi_str *out);
/* A whole number from 0 to most; absent (or null) it leaves *out and *given as they are. */
kx_status kxi_reader_count(kxi_reader *r, const kxi_node *object, const char *key, int64_t most, int64_t *out,
                           bool *given);
/* An exact number, as a number or a text such as "1/3"; absent (or null) it leaves *out and *given as they are. */
kx_status kxi_reader_number(kxi_reader *r, const kxi_node *object, const char *key, kxi_num *out, bool *given);
/* The index of a text in a list of names; absent it leaves *out as it is. */
kx_status kxi_reader_choice(kxi_reader *r, const kxi_node *object, const char *key, const char *const *names, int *out);
kx_status kxi_reader_round(kxi_reader *r, const kxi_node *object, kxi_plan_round *out);
kx_status kxi_reader_bool(kxi_reader *r, const kxi_node *object, const char *key, bool *out);
/* An array of at most KXI_PLAN_ITEMS. */
kx_status kxi_reader_array(kxi_reader *r, const kxi_node *node);
/* The member when it is there and not null. */
const kxi_node *kxi_reader_value(const kxi_node *object, const char *key);
/* "a, b, c"; an empty text when memory is gone. */
kxi_str kxi_reader_list(kxi_reader *r, const kxi_str *names, size_t count);

/* bands.c: the bands of an allotment. */
kx_status kxi_plan_bands(kxi_reader *r, const kxi_node *node, kxi_allotment *a);
/* allot.c: an object, or the rules themselves when they have no list; earlier ones are known. */
kx_status kxi_plan_allotment(kxi_reader *r, const kxi_node *node, bool alone, const kxi_allotment *earlier,
                             size_t count, kxi_allotment *out);
/* check.c */
kx_status kxi_plan_check(kxi_reader *r, const kxi_node *node, const kxi_plan *plan, kxi_seat_check *out);

/* The keys an allotment may have; plan.c lets them stand at the top too. */
extern const char *const kxi_allotment_keys[];

#endif
