#include "log.h"
#include <unistd.h>
void teavm_logCodePoint(int32_t c) {
    char text[4];
    int size = 0;
    if (c < 0x80) {
        text[size++] = c;
    } else {
        if (c < 0x800) {
            text[size++] = 0xC0 | c >> 6;
        } else {
            if (c < 0x10000) {
                text[size++] = 0xE0 | c >> 12;
            } else {
                text[size++] = 0xF0 | c >> 18;
                text[size++] = 0x80 | (c >> 12 & 0x3F);
            }
            text[size++] = 0x80 | (c >> 6 & 0x3F);
        }
        text[size++] = 0x80 | (c & 0x3F);
    }
    if (write(2, text, size) < 0) return;
}
void teavm_printString(char16_t* s) {
    while (*s != 0) teavm_logCodePoint(*s++);
}
void teavm_printWString(wchar_t* s) {
    while (*s != 0) teavm_logCodePoint(*s++);
}
void teavm_printInt(int32_t i) {
    uint32_t rest = i < 0 ? -(uint32_t) i : (uint32_t) i;
    if (i < 0) teavm_logCodePoint('-');
    if (rest >= 10) teavm_printInt(rest / 10);
    teavm_logCodePoint('0' + rest % 10);
}
void teavm_logchar(int32_t c) {
    char text = (char) c;
    if (write(2, &text, 1) < 0) return;
}
