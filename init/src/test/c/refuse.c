/*
 * Runs a program below a seccomp filter that refuses system calls, as an old kernel does (ENOSYS) or a container's
 * profile (EPERM), or one with less to offer (EOPNOTSUPP).
 *
 * usage: refuse EPERM|ENOSYS|EOPNOTSUPP CALL[,CALL…] PROGRAM ARG…
 *
 * The structures are those of linux/filter.h, which a compiler for musl does not have.
 */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { LOAD_WORD = 0x20, JUMP_IF_EQUAL = 0x15, RETURN = 0x06, SECCOMP_MODE_FILTER = 2, MOST = 64 };
static const uint32_t ALLOW = 0x7fff0000, FAIL_WITH = 0x00050000;

struct instruction {
    uint16_t code;
    uint8_t if_true, if_false;
    uint32_t value;
};

struct program {
    uint16_t length;
    struct instruction *instructions;
};

static const struct {
    const char *name;
    int number;
} CALLS[] = {
#ifdef SYS_signalfd
    {"signalfd", SYS_signalfd},
#endif
    {"signalfd4", SYS_signalfd4}, {"pipe2", SYS_pipe2},         {"accept4", SYS_accept4}, {"prctl", SYS_prctl},
    {"madvise", SYS_madvise},     {"prlimit64", SYS_prlimit64}, {"socket", SYS_socket},
    {"splice", SYS_splice},       {"fallocate", SYS_fallocate},
#ifdef SYS_poll
    {"poll", SYS_poll},
#endif
#ifdef SYS_memfd_create
    {"memfd_create", SYS_memfd_create}, {"getrandom", SYS_getrandom},
#endif
};

static int number_of(const char *name) {
    for (size_t i = 0; i < sizeof CALLS / sizeof CALLS[0]; i++) {
        if (strcmp(CALLS[i].name, name) == 0) {
            return CALLS[i].number;
        }
    }
    return -1;
}

int main(int argc, char **argv) {
    static struct instruction filter[MOST];
    struct program program = {0, filter};
    if (argc < 4) {
        fprintf(stderr, "usage: refuse EPERM|ENOSYS|EOPNOTSUPP CALL[,CALL…] PROGRAM ARG…\n");
        return 2;
    }
    uint32_t error = strcmp(argv[1], "EPERM") == 0 ? EPERM : strcmp(argv[1], "ENOSYS") == 0 ? ENOSYS : EOPNOTSUPP;
    filter[program.length++] = (struct instruction){LOAD_WORD, 0, 0, 0};
    for (char *name = strtok(argv[2], ","); name != NULL && program.length < MOST - 2; name = strtok(NULL, ",")) {
        int number = number_of(name);
        /* What this architecture has not is refused as it is. */
        if (number >= 0) {
            filter[program.length++] = (struct instruction){JUMP_IF_EQUAL, 0, 1, number};
            filter[program.length++] = (struct instruction){RETURN, 0, 0, FAIL_WITH | error};
        }
    }
    filter[program.length++] = (struct instruction){RETURN, 0, 0, ALLOW};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0) {
        perror("cannot install a filter");
        return 99;
    }
    execvp(argv[3], argv + 3);
    perror(argv[3]);
    return 127;
}
