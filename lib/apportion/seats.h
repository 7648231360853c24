/* apportion/seats.h: so many seats among so many claims, exactly. Pure arithmetic; who the claims are is told in plan.h.
 *
 *   divisor methods   every next seat of a claim has a worth, claim / d(seats it has); the seats go to the greatest worths
 *       dhondt            d(k) = k + 1             (Jefferson)
 *       sainte-lague      d(k) = 2k + 1            (Webster)
 *       huntington-hill   d(k) = sqrt(k (k + 1))   the worth is compared squared, claim^2 / (k (k + 1)): no root is drawn
 *       adams             d(k) = k
 *   largest-remainder   whole quotas first, what is left goes to the greatest remainders  (Hamilton, Hare-Niemeyer)
 *
 * Minimum and maximum hold for every claim. A divisor method gives the minimum first and then seats by worth, to nobody past
 * the maximum. The largest remainder has two ways, for laws differ:
 *
 *   KXI_BOUND_QUOTAS  quotas are x * claim held within [lo, hi], with the one x for which they add up to the seats
 *   KXI_BOUND_SEATS   quotas are plain; whole quotas are then lifted to lo and cut to hi, and such a claim has no remainder
 *
 * Worths that are equal at the last seat are a tie: nobody gets these seats (`open`), all who are tied are marked; or ranks
 * break it. Where they are equal elsewhere it makes no difference. A claim of 0 gets its minimum and nothing else. With
 * huntington-hill and adams a claim above 0 always gets a first seat (d(0) = 0), as long as its maximum allows one.
 *
 * Layer: apportion. May include: base, text.
 */
#ifndef KXI_APPORTION_SEATS_H
#define KXI_APPORTION_SEATS_H

#include "base/map.h"
#include "base/num.h"

/* Names as rules write them. */
#define KXI_SEAT_METHODS(X)                   \
    X(LARGEST_REMAINDER, "largest-remainder") \
    X(DHONDT, "dhondt") X(SAINTE_LAGUE, "sainte-lague") X(HUNTINGTON_HILL, "huntington-hill") X(ADAMS, "adams")
enum kxi_seat_method {
#define X(name, text) KXI_SEAT_##name,
    KXI_SEAT_METHODS(X)
#undef X
        KXI_SEAT_METHOD_COUNT
};

/* Of the largest remainder: claims / seats, or floor(claims / (seats + 1)) + 1 (which always bounds seats, not quotas). */
enum kxi_seat_quota { KXI_QUOTA_HARE, KXI_QUOTA_DROOP };
enum kxi_seat_bounds { KXI_BOUND_QUOTAS, KXI_BOUND_SEATS };

#define KXI_SEATS_MOST INT64_C(1000000000000) /* of any one number of seats */
#define KXI_RANK_NONE UINT32_MAX              /* a tie with such a one in it stays a tie */

typedef struct kxi_claim {
    kxi_num weight; /* 0 or more */
    int64_t lo, hi; /* 0 <= lo <= hi <= KXI_SEATS_MOST */
    uint32_t rank;  /* breaks ties: the lower comes first; equal ones stay tied */
} kxi_claim;

typedef struct kxi_contest {
    enum kxi_seat_method method;
    enum kxi_seat_quota quota;
    enum kxi_seat_bounds bounds;
    int64_t seats; /* 0 .. KXI_SEATS_MOST */
    const kxi_claim *claims;
    size_t count;
} kxi_contest;

typedef struct kxi_award {
    int64_t seats;
    kxi_num quota;      /* exact; with KXI_BOUND_QUOTAS within the bounds; of divisor methods seats * claim / claims */
    kxi_num worth;      /* of its last seat: the quotient (squared for huntington-hill), or the remainder */
    bool has_worth;     /* its last seat came by worth, not as a minimum or a whole quota */
    bool tied, ordered; /* in a tie that is open; in one that ranks have broken */
    bool at_lo, at_hi;  /* the bound decided: without it there were fewer, more */
} kxi_award;

/* What cannot be done. */
enum kxi_seat_fault {
    KXI_FAULT_NONE,
    KXI_FAULT_MINIMA, /* the minima alone (sum) are more than the seats */
    KXI_FAULT_MAXIMA, /* all may get no more than sum together, fewer than the seats */
    KXI_FAULT_LEFT    /* the whole quotas within their bounds and one seat for each remainder make no more than sum */
};

typedef struct kxi_verdict {
    enum kxi_seat_fault fault; /* when set, there are no awards */
    int64_t sum;
    kxi_num total;      /* of the claims */
    int64_t open;       /* seats nobody gets, for the tie */
    kxi_num last, next; /* worth of the last seat given, and of the first not given; equal only when ranks decided */
    uint32_t last_claim, next_claim; /* KXI_NONE: there is none */
} kxi_verdict;

/* awards: one for each claim. Numbers and scratch live in c's arena. KX_E_NOMEM, or KX_E_LIMIT when a number is past
 * max_digits; no message. A fault is no failure. */
kx_status kxi_seats_award(kxi_numctx *c, const kxi_contest *contest, kxi_award *awards, kxi_verdict *verdict);

bool kxi_seat_method_find(kxi_str name, enum kxi_seat_method *out);
const char *kxi_seat_method_name(enum kxi_seat_method method);

#endif
