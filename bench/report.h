/* What a service tells the harness: one datagram to an abstract socket, whose name is in the environment. */
#ifndef REPORT_H
#define REPORT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>

#define SOCKET_VARIABLE "BENCH_SOCKET"
#define ORPHANS_VARIABLE "BENCH_ORPHANS"

enum what { STARTED, STOPPING };

struct report {
    int64_t nanos;
    int32_t what;
};

static inline int64_t nanos(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

/* Abstract, so that it can be reached whatever the root directory is. No name is the empty name. */
static inline socklen_t abstract_address(struct sockaddr_un *address, const char *name) {
    size_t most = sizeof address->sun_path - 1;
    size_t length = name == NULL ? 0 : strlen(name);
    length = length < most ? length : most;
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    if (length > 0) {
        memcpy(address->sun_path + 1, name, length);
    }
    return offsetof(struct sockaddr_un, sun_path) + 1 + length;
}

#endif
