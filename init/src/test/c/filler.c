/*
 * Somebody who fills a pipe at the worst time.
 *
 *   filler FIFO COMMAND...   runs COMMAND, with room in FIFO whenever it polls, and with none whenever it has polled
 *
 * It ends as COMMAND does.
 */
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* ptrace(2), since Linux 5.3: what a stop at a system call is about. */
#ifndef PTRACE_GET_SYSCALL_INFO
#define PTRACE_GET_SYSCALL_INFO 0x420e
#endif
struct call {
    uint8_t stop;
    uint8_t padding[3];
    uint32_t architecture;
    uint64_t instruction, stack, number, arguments[6];
};
enum { ENTRY = 1, EXIT = 2 };

static char bytes[4096];

static int is_poll(long number) {
#ifdef SYS_poll
    if (number == SYS_poll) return 1;
#endif
    return number == SYS_ppoll;
}

static void drain(int fifo) {
    while (read(fifo, bytes, sizeof bytes) > 0) continue;
}

static void fill(int fifo) {
    while (write(fifo, bytes, sizeof bytes) > 0) continue;
    while (write(fifo, bytes, 1) > 0) continue;
}

int main(int argc, char **argv) {
    int fifo = argc > 2 ? open(argv[1], O_RDWR | O_NONBLOCK | O_CLOEXEC) : -1;
    if (fifo < 0) {
        perror("filler");
        return 2;
    }
    pid_t child = fork();
    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, 0, 0);
        raise(SIGSTOP);
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    int status, polling = 0;
    waitpid(child, &status, 0);
    if (ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) < 0) {
        perror("filler: ptrace");
        kill(child, SIGKILL);
        return 2;
    }
    for (int signal = 0;;) {
        ptrace(PTRACE_SYSCALL, child, 0, signal);
        if (waitpid(child, &status, 0) < 0) return 2;
        if (WIFEXITED(status)) return WEXITSTATUS(status);
        if (WIFSIGNALED(status)) return 128 + WTERMSIG(status);
        signal = WSTOPSIG(status);
        if (signal == SIGTRAP) signal = 0;
        if (signal != (SIGTRAP | 0x80)) continue;
        signal = 0;
        struct call call;
        if (ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof call, &call) < 0) {
            perror("filler: PTRACE_GET_SYSCALL_INFO");
            return 2;
        }
        if (call.stop == ENTRY && is_poll((long) call.number)) {
            polling = 1;
            drain(fifo);
        } else if (call.stop == EXIT && polling) {
            polling = 0;
            fill(fifo);
        }
    }
}
