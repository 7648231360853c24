/* io/team.h: a few threads, the calling one among them, that pull work until there is none.
 *
 * Layer: io, private.
 */
#ifndef KXI_IO_TEAM_H
#define KXI_IO_TEAM_H

#include <stdint.h>

#define KXI_TEAM_MAX 256

/* Run work(user, 0) here and work(user, 1) .. work(user, n - 1) on threads of their own, and wait for all. A thread
 * that cannot be had is done without: no number but 0 may be needed. The threads take no signals. */
void kxi_team_run(uint32_t n, void (*work)(void *user, uint32_t number), void *user);

#endif
