#include "io/team.h"

#include <pthread.h>
#include <signal.h>

struct member {
    void (*work)(void *user, uint32_t number);
    void *user;
    uint32_t number;
    pthread_t thread;
};

static void *
run_member(void *arg)
{
    struct member *m = arg;
    m->work(m->user, m->number);
    return NULL;
}

void
kxi_team_run(uint32_t n, void (*work)(void *user, uint32_t number), void *user)
{
    struct member members[KXI_TEAM_MAX];
    sigset_t all, before;
    uint32_t started = 1;
    sigfillset(&all);
    if (n > 1 && pthread_sigmask(SIG_SETMASK, &all, &before) == 0) {
        for (; started < n && started < KXI_TEAM_MAX; started++) {
            struct member *m = &members[started];
            *m = (struct member){ .work = work, .user = user, .number = started };
            if (pthread_create(&m->thread, NULL, run_member, m) != 0)
                break;
        }
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    work(user, 0);
    for (uint32_t i = 1; i < started; i++)
        pthread_join(members[i].thread, NULL);
}
