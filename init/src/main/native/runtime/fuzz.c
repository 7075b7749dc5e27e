// What libFuzzer calls. The Java program's main chooses a target, hands over a function that takes inputs, and returns.
#undef main
#include "fuzz.h"

#include <stddef.h>

void (*fuzz_taker)(void* data, int32_t size);

#ifdef FUZZER
extern int teavm_main(int argc, char** argv);

int LLVMFuzzerInitialize(int* argc, char*** argv) {
    return teavm_main(0, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    fuzz_taker((void*) data, (int32_t) size);
    return 0;
}
#endif
