// For bench/turns: what turns of the init's loop take, from the end of one poll(2) to the next, and collections; a line
// for each in the file $PINTLE_TIMES, in microseconds of this process's processor time.
#include "timed.h"

#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static int64_t timed_turn, timed_collection;

static int64_t timed_now() {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void timed_tell(const char* what, int64_t nanos) {
    static int file = -1;
    const char* path = getenv("PINTLE_TIMES");
    if (path == NULL) return;
    if (file < 0) file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    char line[64];
    int length = snprintf(line, sizeof(line), "%s %lld\n", what, (long long) (nanos / 1000));
    if (write(file, line, length) < 0) abort();
}

int timed_poll(void* entries, int count, int timeout) {
    timed_tell("turn", timed_now() - timed_turn);
    int result = poll(entries, count, timeout);
    timed_turn = timed_now();
    return result;
}

void heap_collectionBegins() {
    timed_collection = timed_now();
}

void heap_collectionEnds() {
    timed_tell("collection", timed_now() - timed_collection);
}
