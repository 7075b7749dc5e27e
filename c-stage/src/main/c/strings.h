#pragma once
#include "runtime.h"
extern TeaVM_String* teavm_stringPool[];
extern TeaVM_String* teavm_literal(int32_t index) __attribute__((const, returns_nonnull));
#define TEAVM_GET_STRING(index) teavm_literal(index)
#define TEAVM_GET_STRING_ADDRESS(index) (teavm_stringPool + (index))
