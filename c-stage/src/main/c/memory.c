// Stands in the place of TeaVM's memory.c. What it reserves, the collector (module collector) gives out.
#include "memory.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

char* heap_blocks;
char* heap_states;
int32_t heap_blockCount;
int32_t heap_spareBlocks;

// The most and the least address space that is asked for: a limit (RLIMIT_AS of setrlimit(2)) may refuse the most.
#define HEAP_MOST_BLOCKS (256 << 20 >> 9)
#define HEAP_LEAST_BLOCKS (8 << 20 >> 9)

// A program that cannot be given memory says so. At its start it ends with 111. Later it waits, since PID 1's end would be
// the container's; a program that is not an init does so for five seconds.
static void heap_awaitMemory() {
    static const char message[] = "pintle: error: cannot reserve memory\n";
    static int tries;
    // A full pipe that nobody reads would hold it up for longer than the kernel does, even if it was filled just now: only
    // vmsplice(2) can be told not to wait. What is no pipe has room for a line.
    struct iovec line = {(char*) message, sizeof(message) - 1};
    struct pollfd errors = {.fd = 2, .events = POLLOUT};
    if (tries++ % 600 == 0 && syscall(SYS_vmsplice, 2, &line, 1, 2 /* SPLICE_F_NONBLOCK */) < 0 && errno != EAGAIN
        && poll(&errors, 1, 0) > 0 && write(2, message, sizeof(message) - 1) < 0) tries = 1;
    // An init that is not PID 1 adopts orphans, and no other program does.
    int init = getpid() == 1;
    if (!init) prctl(PR_GET_CHILD_SUBREAPER, &init);
    if (heap_blockCount == 0 || (!init && tries > 50)) _exit(111);
    poll(NULL, 0, 100);
}

static void heap_makeUsable(void* from, size_t size) {
    while (mprotect(from, size, PROT_READ | PROT_WRITE) < 0) heap_awaitMemory();
}

// The table comes first, so that one reservation serves both. The bounds are this file's, not TeaVM's.
void teavm_initHeap(int64_t minHeap, int64_t maxHeap) {
    for (size_t count = HEAP_MOST_BLOCKS;; count /= 2) {
        size_t size = count + count * HEAP_BLOCK_SIZE;
        char* memory = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (memory != MAP_FAILED) {
            heap_makeUsable(memory, count);
            heap_states = memory;
            heap_blocks = memory + count;
            heap_blockCount = (int32_t) count;
            return;
        }
        if (count <= HEAP_LEAST_BLOCKS) heap_awaitMemory();
    }
}

void heap_commit(int32_t from, int32_t count) {
    // Pages may be larger than what is asked for: they are rounded out, and become usable a second time.
    uintptr_t page = getauxval(AT_PAGESZ);
    uintptr_t start = (uintptr_t) heap_blocks + (size_t) from * HEAP_BLOCK_SIZE;
    uintptr_t end = start + (size_t) count * HEAP_BLOCK_SIZE;
    start &= -page;
    end = (end + page - 1) & -page;
    uintptr_t most = (uintptr_t) heap_blocks + (size_t) heap_blockCount * HEAP_BLOCK_SIZE;
    heap_makeUsable((void*) start, (end < most ? end : most) - start);
}

void heap_giveBack(int32_t from, int32_t count) {
    uintptr_t page = getauxval(AT_PAGESZ);
    uintptr_t start = (uintptr_t) heap_blocks + (size_t) from * HEAP_BLOCK_SIZE;
    uintptr_t end = (start + (size_t) count * HEAP_BLOCK_SIZE) & -page;
    start = (start + page - 1) & -page;
    if (start < end) madvise((void*) start, end - start, MADV_DONTNEED);
}

// What the collector writes to would be copied after each fork, if children had it (MADV_DONTFORK of madvise(2)).
void heap_keepFromChildren() {
    madvise(heap_states, heap_blockCount + (size_t) heap_blockCount * HEAP_BLOCK_SIZE, MADV_DONTFORK);
}

// A third of what the collector gives out (Space.java) is kept for what must not fail, or is not; whether it was.
int32_t heap_keepSpare(int32_t wanted) {
    int32_t before = heap_spareBlocks > 0;
    heap_spareBlocks = wanted ? heap_blockCount / 18 : 0;
    return before;
}

// A class counts as initialized from the beginning of its initializer, and one that a full heap ends in the middle would
// leave fields null for ever. So it may take what is kept, and as much beyond the limit as an error may (Space.java).
void heap_initialize(void (*initializer)()) {
    int32_t before = heap_spareBlocks;
    heap_spareBlocks = -256;
    initializer();
    heap_spareBlocks = before;
}

void heap_broken(int32_t place) {
    char message[] = "pintle: error: the heap is broken (0)\n";
    message[sizeof(message) - 4] = '0' + place;
    if (write(2, message, sizeof(message) - 1) < 0) _exit(112);
    abort();
}

// Stands in the place of the C library's allocator, which is larger than what is asked of it: some blocks that stay, one for the
// next child, one for each directory that is being read. The room of a block is a power of two, so that one that was freed is
// kept for any other of its kind; together they are never more than twice what was in use at once. A large block is the
// kernel's. A fuzzer brings an allocator of its own.
#ifndef FUZZER
#define BLOCK_LEAST 16
#define BLOCK_MOST (1 << 15)
#define BLOCK_KINDS 12
#define BLOCK_ROOM (1 << 16)

typedef struct Block {
    size_t room;
    struct Block* next;
} __attribute__((aligned(16))) Block;

#ifdef HEAP_VERIFIED
// Classes are known by their addresses, and those of arrays of arrays are made in blocks.
static char block_first[1 << 18] __attribute__((aligned(16)));
#else
static char block_first[12 << 10] __attribute__((aligned(16)));
#endif
static char* block_fresh = block_first;
static char* block_end = block_first + sizeof(block_first);
static Block* block_kept[BLOCK_KINDS];

static void* block_map(size_t size) {
    void* memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

static Block** block_kind(size_t room) { return &block_kept[__builtin_ctz((unsigned) room / BLOCK_LEAST)]; }

static Block* block_cut(size_t room) {
    if ((size_t) (block_end - block_fresh) < sizeof(Block) + room) {
        char* more = block_map(BLOCK_ROOM);
        if (more == NULL) return NULL;
        block_fresh = more;
        block_end = more + BLOCK_ROOM;
    }
    Block* block = (Block*) block_fresh;
    block_fresh += sizeof(Block) + room;
    return block;
}

// A block with at least so much room; NULL where there is no memory for it.
static Block* block_take(size_t size) {
    Block* block;
    size_t room = BLOCK_LEAST;
    if (size > BLOCK_MOST) {
        room = size;
        block = size > PTRDIFF_MAX - sizeof(Block) ? NULL : block_map(sizeof(Block) + room);
    } else {
        while (room < size) room *= 2;
        Block** kept = block_kind(room);
        block = *kept;
        if (block != NULL) {
            *kept = block->next;
        } else {
            block = block_cut(room);
        }
    }
    if (block != NULL) block->room = room;
    return block;
}

static void* block_await(size_t size) {
    Block* block;
    while ((block = block_take(size)) == NULL) heap_awaitMemory();
    return block + 1;
}

void* malloc(size_t size) { return block_await(size); }

void* calloc(size_t count, size_t each) {
    size_t size;
    if (__builtin_mul_overflow(count, each, &size)) return NULL;
    return memset(block_await(size), 0, size);
}

void free(void* memory) {
    if (memory == NULL) return;
    Block* block = (Block*) memory - 1;
    if (block->room > BLOCK_MOST) {
        munmap(block, sizeof(Block) + block->room);
        return;
    }
    Block** kept = block_kind(block->room);
    block->next = *kept;
    *kept = block;
}

// This one does not wait: a child that there is no memory for is tried again later.
void* realloc(void* memory, size_t size) {
    Block* before = memory == NULL ? NULL : (Block*) memory - 1;
    if (before != NULL && size <= before->room) return memory;
    Block* block = block_take(size);
    if (block == NULL) return NULL;
    if (before != NULL) {
        memcpy(block + 1, memory, before->room);
        free(memory);
    }
    return block + 1;
}
#endif

#ifdef HEAP_VERIFIED
extern char __executable_start[];

// Collects before each n-th allocation: $PINTLE_COLLECT_EVERY, or each.
int32_t heap_isCollectionDue() {
    static int32_t every, left;
    if (every == 0) {
        const char* text = getenv("PINTLE_COLLECT_EVERY");
        every = text == NULL ? 1 : atoi(text);
        if (every <= 0) every = 1;
        left = every;
    }
    if (--left > 0) return 0;
    left = every;
    return 1;
}

// Refuses the $PINTLE_REFUSE_FROM-th of those allocations that may be refused, and those after it until none may.
int32_t heap_isRefused() {
    static int32_t left = -1, refusing;
    if (left < 0) {
        const char* text = getenv("PINTLE_REFUSE_FROM");
        left = text == NULL ? 0 : atoi(text);
    }
    if (heap_spareBlocks <= 0) {
        refusing = 0;
    } else if (left > 0 && --left == 0) {
        refusing = 1;
    }
    return refusing;
}

// Classes lie in the program, those of arrays of arrays in its blocks; a fuzzer's allocator has these by sbrk.
int32_t heap_isClass(void* address) {
    static char* end;
    if ((char*) address >= end) end = sbrk(0);
    return ((uintptr_t) address & 7) == 0 && (char*) address >= __executable_start && (char*) address < end;
}

void heap_poison(int32_t block) {
    memset(heap_blocks + (size_t) block * HEAP_BLOCK_SIZE, 0xA5, HEAP_BLOCK_SIZE);
}
#endif

// TeaVM's table of static fields: how many there are, then where each is. The thinned build has it as a constant.
#ifndef TEAVM_CONSTANT_ROOTS
void*** teavm_gc_staticRoots;

static void*** heap_roots;
static int heap_rootCount, heap_rootRoom;

void teavm_registerStaticGcRoots(void*** more, int count) {
    if (heap_rootCount + count + 1 > heap_rootRoom) {
        heap_rootRoom = (heap_rootCount + count + 1) * 2;
        heap_roots = realloc(heap_roots, sizeof(void**) * heap_rootRoom);
        if (heap_roots == NULL) _exit(111);
    }
    memcpy(heap_roots + 1 + heap_rootCount, more, sizeof(void**) * count);
    heap_rootCount += count;
}

void teavm_initStaticGcRoots() {
    if (heap_roots == NULL) heap_roots = calloc(1, sizeof(void**));
    heap_roots[0] = (void**) (intptr_t) heap_rootCount;
    teavm_gc_staticRoots = heap_roots;
}
#endif
