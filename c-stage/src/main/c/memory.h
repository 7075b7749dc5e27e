// Stands in the place of TeaVM's memory.h: the heap's address space, and the table of static fields that hold references.
#pragma once
#include <stdint.h>

// Blocks of 512 bytes (Blocks.java), and a byte for each that says what it is used for.
#define HEAP_BLOCK_SIZE 512
extern char* heap_blocks;
extern char* heap_states;
extern int32_t heap_blockCount;
extern int32_t heap_spareBlocks;
static inline void* heap_firstBlock() { return heap_blocks; }
static inline void* heap_firstState() { return heap_states; }
static inline int32_t heap_mostBlocks() { return heap_blockCount; }
static inline int32_t heap_leastSpareBlocks() { return heap_spareBlocks; }

extern void teavm_initHeap(int64_t minHeap, int64_t maxHeap);
extern void heap_commit(int32_t from, int32_t count);
extern void heap_giveBack(int32_t from, int32_t count);
extern void heap_keepFromChildren();
extern int32_t heap_keepSpare(int32_t wanted);
extern void heap_initialize(void (*initializer)());
extern void heap_broken(int32_t place);

// Monitors are counted from here (core.h). This program has none.
#define teavm_gc_heapAddress ((void*) heap_blocks)

#ifdef HEAP_VERIFIED
#define heap_isVerified() 1
extern int32_t heap_isCollectionDue();
extern int32_t heap_isRefused();
extern int32_t heap_isClass(void* address);
extern void heap_poison(int32_t block);
#else
#define heap_isVerified() 0
#define heap_isCollectionDue() 0
#define heap_isRefused() 0
#define heap_isClass(address) 1
#define heap_poison(block) ((void) 0)
#endif

#ifdef HEAP_TIMED
extern void heap_collectionBegins();
extern void heap_collectionEnds();
#else
#define heap_collectionBegins() ((void) 0)
#define heap_collectionEnds() ((void) 0)
#endif

extern void*** teavm_gc_staticRoots;
extern void teavm_registerStaticGcRoots(void*** roots, int count);
extern void teavm_initStaticGcRoots();
