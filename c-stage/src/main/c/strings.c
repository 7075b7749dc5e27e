#include "strings.h"
#define TEXT(number, utf8) char text##number[sizeof(utf8)];
typedef struct {
#include "texts.h"
} TeaVM_Texts;
#undef TEXT
#define TEXT(number, utf8) utf8,
static const TeaVM_Texts teavm_texts = {
#include "texts.h"
};
#undef TEXT
#define TEXT(number, utf8) offsetof(TeaVM_Texts, text##number),
// 16 bits for the release, whose literals are fewer than those of the fuzzed program.
typedef __typeof__(__builtin_choose_expr(sizeof(TeaVM_Texts) <= UINT16_MAX, (uint16_t) 0, (uint32_t) 0)) TeaVM_TextOffset;
static const TeaVM_TextOffset teavm_textOffsets[] = {
#include "texts.h"
    sizeof(TeaVM_Texts)
};
#define TEXT_COUNT (sizeof(teavm_textOffsets) / sizeof(teavm_textOffsets[0]) - 1)
TeaVM_String* teavm_stringPool[TEXT_COUNT];

// Room for all literals: a UTF-8 byte is at most one char, and each array ends at a multiple of 8 bytes.
static alignas(8) char teavm_literals[TEXT_COUNT * (sizeof(TeaVM_String) + sizeof(TeaVM_Array) + 8)
    + sizeof(TeaVM_Texts) * sizeof(char16_t)];
static char* teavm_literalsEnd = teavm_literals;

__attribute__((noinline)) static TeaVM_String* teavm_makeLiteral(int32_t index) {
    const unsigned char* byte = (const unsigned char*) &teavm_texts + teavm_textOffsets[index];
    const unsigned char* end = (const unsigned char*) &teavm_texts + teavm_textOffsets[index + 1] - 1;
    TeaVM_String* string = (TeaVM_String*) teavm_literalsEnd;
    TeaVM_Array* array = (TeaVM_Array*) (string + 1);
    char16_t* data = TEAVM_ARRAY_DATA(array, char16_t);
    char16_t* at = data;
    while (byte < end) {
        uint32_t c = *byte++;
        int more = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
        if (more > 0) c &= 0x3F >> more;
        while (more-- > 0) c = c << 6 | (*byte++ & 0x3F);
        if (c >= 0x10000) {
            *at++ = 0xD7C0 + (c >> 10);
            c = 0xDC00 | (c & 0x3FF);
        }
        *at++ = c;
    }
    // Marked for ever: the collector neither follows nor frees what is outside its heap.
    string->parent.header = TEAVM_PACK_CLASS(teavm_stringClass) | INT32_C(0x80000000);
    array->parent.header = TEAVM_PACK_CLASS(teavm_charArrayClass) | INT32_C(0x80000000);
    array->size = (int32_t) (at - data);
    string->characters = array;
    teavm_literalsEnd = TEAVM_ALIGN(at, 8);
    return teavm_stringPool[index] = string;
}

TeaVM_String* teavm_literal(int32_t index) {
    TeaVM_String* string = teavm_stringPool[index];
    return string != NULL ? string : teavm_makeLiteral(index);
}
