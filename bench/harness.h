/* What runs a supervisor as PID 1 of a pid namespace of its own, with a /proc of its own, and looks at it from outside. */
#ifndef HARNESS_H
#define HARNESS_H

#include "report.h"
#include <ctype.h>
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_SERVICES = 4096, PATIENCE_MS = 60000, SETTLE_US = 1000000 };

static pid_t supervisor;
static int supervisor_gone;    /* a pidfd */
static const int64_t *began;   /* written by the supervisor's process before it is executed */
static char namespace[64];     /* as /proc/PID/ns/pid tells it */
static int reports;            /* the socket that services report to */
static pid_t services[MOST_SERVICES];
static int starts, told;
static int64_t last_start;

static void open_reports(void) {
    char name[32];
    struct sockaddr_un address;
    int yes = 1;
    snprintf(name, sizeof name, "pintle-bench-%d", getpid());
    setenv(SOCKET_VARIABLE, name, 1);
    socklen_t length = abstract_address(&address, name);
    reports = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    /* With credentials, the kernel translates a service's pid to this namespace. */
    if (bind(reports, (struct sockaddr *)&address, length) < 0 ||
        setsockopt(reports, SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes) < 0) {
        err(1, "cannot make a socket for reports");
    }
}

/* What `unshare --mount-proc` does, and the clock read last of all. */
static void execute(char **command, int64_t *clock) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0) {
        err(1, "cannot open /dev/null");
    }
    if (unshare(CLONE_NEWNS) < 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
        mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0) {
        err(1, "cannot mount /proc");
    }
    *clock = nanos();
    execvp(command[0], command);
    err(1, "cannot execute %s", command[0]);
}

static void name_namespace(const char *pid, char *name, size_t size) {
    char path[300];
    snprintf(path, sizeof path, "/proc/%s/ns/pid", pid);
    ssize_t length = readlink(path, name, size - 1);
    name[length < 0 ? 0 : length] = 0;
}

static void launch(char **command) {
    int64_t *clock = mmap(NULL, sizeof *clock, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (clock == MAP_FAILED || unshare(CLONE_NEWPID) < 0) {
        err(1, "cannot make a pid namespace");
    }
    supervisor = fork();
    if (supervisor == 0) {
        execute(command, clock);
    }
    supervisor_gone = (int)syscall(SYS_pidfd_open, supervisor, 0);
    if (supervisor_gone < 0) {
        err(1, "cannot watch %s", command[0]);
    }
    began = clock;
    char pid[16];
    snprintf(pid, sizeof pid, "%d", supervisor);
    name_namespace(pid, namespace, sizeof namespace);
}

/* Takes one report, where there is one. */
static int take_report(void) {
    struct report report;
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(struct ucred))];
    } control;
    struct iovec part = {&report, sizeof report};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    if (recvmsg(reports, &message, 0) != sizeof report) {
        return 0;
    }
    if (report.what == STOPPING) {
        told++;
        return 1;
    }
    struct ucred sender;
    memcpy(&sender, CMSG_DATA(&control.header), sizeof sender);
    services[starts++ % MOST_SERVICES] = sender.pid;
    if (report.nanos > last_start) {
        last_start = report.nanos;
    }
    return 1;
}

/* Takes reports until there were so many starts (1) or the supervisor is gone (0). */
static int await_starts(int wanted) {
    struct pollfd events[] = {{reports, POLLIN, 0}, {supervisor_gone, POLLIN, 0}};
    while (starts < wanted) {
        int ready = poll(events, 2, PATIENCE_MS);
        if (ready == 0) {
            kill(supervisor, SIGKILL);
            errx(1, "gave up after %d starts", starts);
        }
        if (!take_report() && (events[1].revents & POLLIN)) {
            return 0;
        }
    }
    return 1;
}

static void await_all_started(int wanted) {
    if (!await_starts(wanted)) {
        errx(1, "the supervisor ended after %d starts", starts);
    }
}

/* The sum over the lines of a file in /proc that begin so. */
static long proc_value(const char *pid, const char *file, const char *key) {
    char path[300], line[256];
    long sum = 0;
    snprintf(path, sizeof path, "/proc/%s/%s", pid, file);
    FILE *stream = fopen(path, "re");
    if (stream == NULL) {
        return 0;
    }
    while (fgets(line, sizeof line, stream) != NULL) {
        if (strncmp(line, key, strlen(key)) == 0) {
            sum += strtol(line + strlen(key), NULL, 10);
        }
    }
    fclose(stream);
    return sum;
}

/* SIGTERM, until it is gone; its exit code. */
static int stop(int64_t *took) {
    int status;
    int64_t asked = nanos();
    kill(supervisor, SIGTERM);
    await_starts(1 << 30);
    *took = nanos() - asked;
    while (take_report()) {
    }
    waitpid(supervisor, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

#endif
