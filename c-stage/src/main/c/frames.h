static __attribute__((noinline)) void teavm_enterFrame(TeaVM_StackFrame* frame, int32_t size) {
    // Volatile: else the compiler makes of the loop an instruction that takes far longer to begin than a frame to clear.
    void* volatile* slots = (void**) (frame + 1);
    frame->next = teavm_stackTop;
    frame->jmpTarget = NULL;
    frame->size = size;
    frame->callSiteId = 0;
    for (int32_t i = 0; i < size; ++i) slots[i] = NULL;
    teavm_stackTop = frame;
}
#undef TEAVM_ALLOC_STACK
#define TEAVM_ALLOC_STACK(sz) \
    struct { TeaVM_StackFrame header; void* data[(sz)]; } teavm_shadowStack; \
    teavm_enterFrame(&teavm_shadowStack.header, (sz))
#undef TEAVM_GC_ROOT_RELEASE
#define TEAVM_GC_ROOT_RELEASE(index) ((void) 0)
#define TEAVM_UNGUARDED(call) (call)
