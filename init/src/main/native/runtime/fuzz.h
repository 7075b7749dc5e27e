// What the Java program of a fuzzer calls in C; see FuzzMain.java.
#pragma once
#include <stdint.h>

extern void (*fuzz_taker)(void* data, int32_t size);

static inline void fuzz_handOver(void* taker) {
    fuzz_taker = (void (*)(void*, int32_t)) taker;
}
