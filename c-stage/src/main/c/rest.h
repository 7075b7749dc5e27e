#pragma once
#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#define REST static inline __attribute__((always_inline))
REST long teavm_restCall(long number, long a, long b, long c, long d, long e) {
#if defined(__x86_64__)
    long result;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    __asm__ volatile("syscall" : "=a"(result)
        : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8) : "rcx", "r11", "memory");
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = number;
    register long result __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    __asm__ volatile("svc 0" : "+r"(result) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
#else
#error "no system call instruction is known for this architecture"
#endif
    if (result < 0) {
        errno = -result;
        return -1;
    }
    return result;
}
REST int teavm_restPoll(void* set, int size, int timeout) {
#if defined(SYS_poll)
    return teavm_restCall(SYS_poll, (long) set, size, timeout, 0, 0);
#else
    struct timespec time = { timeout / 1000, timeout % 1000 * 1000000L };
    return teavm_restCall(SYS_ppoll, (long) set, size, timeout < 0 ? 0 : (long) &time, 0, 8);
#endif
}
// The page that the loop rests in is made a mapping of its own, by an advice that the rest does not have: so no other page
// is mapped for it. Where pages are larger, or this is refused, some are.
extern int32_t meth_dpist_ErrnoH_result(int32_t);
REST int teavm_restAdvise(void* from, size_t size, int advice) {
    teavm_restCall(SYS_madvise, (long) &meth_dpist_ErrnoH_result & -4096L, 4096, MADV_RANDOM, 0, 0);
    return teavm_restCall(SYS_madvise, (long) from, size, advice, 0, 0);
}
