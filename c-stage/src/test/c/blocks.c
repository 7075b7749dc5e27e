// Plays with the blocks of memory.c, which stand in the place of the C library's allocator, and says what is wrong with them.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SLOTS 64

static struct { unsigned char* memory; size_t size; unsigned char fill; } slots[SLOTS];
static uint64_t seed;

static unsigned next(unsigned below) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned) (seed >> 33) % below;
}

static int wrong(const char* what) {
    dprintf(2, "%s\n", what);
    return 1;
}

static int holds(int i, size_t size) {
    for (size_t at = 0; at < size; at++) {
        if (slots[i].memory[at] != slots[i].fill) return 0;
    }
    return 1;
}

static void fill(int i, unsigned char* memory, size_t size) {
    slots[i].memory = memory;
    slots[i].size = size;
    slots[i].fill = (unsigned char) next(256);
    memset(memory, slots[i].fill, size);
}

// Mostly small, as what is asked for is; some beyond the largest that is kept.
static size_t anySize() {
    unsigned kind = next(100);
    return kind < 80 ? next(300) : kind < 98 ? next(33000) : 32000 + next(200000);
}

static int step(int i) {
    size_t size = anySize();
    unsigned char* before = slots[i].memory;
    if (before != NULL && !holds(i, slots[i].size)) return wrong("a block has another's bytes");
    switch (next(4)) {
        case 0:
            free(before);
            fill(i, malloc(size), size);
            break;
        case 1:
            free(before);
            slots[i].memory = calloc(1 + size / 16, 16);
            slots[i].fill = 0;
            if (!holds(i, size)) return wrong("calloc gives what is not zero");
            fill(i, slots[i].memory, size);
            break;
        case 2: {
            size_t kept = slots[i].size < size ? slots[i].size : size;
            slots[i].memory = realloc(before, size);
            if (before != NULL && !holds(i, kept)) return wrong("realloc loses bytes");
            fill(i, slots[i].memory, size);
            break;
        }
        default:
            free(before);
            slots[i].memory = NULL;
            slots[i].size = 0;
    }
    return (uintptr_t) slots[i].memory % 16 == 0 ? 0 : wrong("a block is not aligned");
}

// Pages of address space; the first number of statm (proc(5)).
static long pages() {
    FILE* file = fopen("/proc/self/statm", "r");
    long count = -1;
    if (file == NULL || fscanf(file, "%ld", &count) != 1) return -1;
    fclose(file);
    return count;
}

int main(int count, char** words) {
    seed = count > 1 ? strtoull(words[1], NULL, 10) : 1;
    long most = 0;
    for (int i = 0; i < 200000; i++) {
        if (step((int) next(SLOTS))) return 1;
        if (i == 50000) most = pages();
    }
    // A block is at most twice as large as asked for, and one of each kind may be kept for each in use.
    if (most <= 0 || pages() > 2 * most) return wrong("it grows");
    if (calloc((size_t) 1 << 40, (size_t) 1 << 40) != NULL) return wrong("calloc takes a product that overflows");
    if (realloc(NULL, PTRDIFF_MAX) != NULL) return wrong("realloc takes more than there is");
    return 0;
}
