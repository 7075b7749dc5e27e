/*
 * The service of the benchmarks: tells the harness when it was started, waits for TERM, tells that TERM has come, and
 * ends. With BENCH_ENDS set it ends at once; with BENCH_ORPHANS it first makes so many orphans, which end at once, and
 * tells of each tenth of them that is made. As small and as quick to start as a program can be.
 */
#include "report.h"
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void make_orphans(int count, int harness) {
    struct report made = {.what = STARTED};
    for (int i = 1; i <= count; i++) {
        pid_t child = fork();
        if (child == 0) {
            fork();
            _exit(0);
        }
        waitpid(child, NULL, 0);
        if (i % (count / 10) == 0) {
            made.nanos = nanos();
            send(harness, &made, sizeof made, MSG_NOSIGNAL);
        }
    }
}

int main(void) {
    struct report started = {.nanos = nanos(), .what = STARTED};
    struct report stopping = {.what = STOPPING};
    sigset_t terminate;
    int signal;
    sigemptyset(&terminate);
    sigaddset(&terminate, SIGTERM);
    sigprocmask(SIG_BLOCK, &terminate, NULL);

    struct sockaddr_un address;
    socklen_t length = abstract_address(&address, getenv(SOCKET_VARIABLE));
    int harness = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (connect(harness, (struct sockaddr *)&address, length) < 0) {
        return 1;
    }
    /* Waits here while the harness has much to read; the time was taken before. */
    send(harness, &started, sizeof started, MSG_NOSIGNAL);
    if (getenv("BENCH_ENDS") != NULL) {
        return 0;
    }
    if (getenv(ORPHANS_VARIABLE) != NULL) {
        make_orphans(atoi(getenv(ORPHANS_VARIABLE)), harness);
    }
    sigwait(&terminate, &signal);
    send(harness, &stopping, sizeof stopping, MSG_NOSIGNAL);
    return 0;
}
