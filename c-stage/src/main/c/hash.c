// The hash by which maps find strings. Java's is public, and what has the hash of all else is easily made: each look into such a map
// would take as long as there are entries. This one is another in each process. A switch over strings still uses Java's, whose
// values are in the code.
#include <sys/random.h>

static int32_t teavm_hashOfString(void* string) {
    static uint32_t key;
    if (key == 0) {
#ifndef FUZZER // What it finds, it finds again.
        // Where that is refused, or too early, the key is known, and names can be made to hold it up.
        getrandom(&key, sizeof(key), GRND_NONBLOCK);
#endif
        key = (key ^ 0x9E3779B9) | 1;
    }
    TeaVM_Array* characters = ((TeaVM_String*) string)->characters;
    const char16_t* character = TEAVM_ARRAY_DATA(characters, char16_t);
    uint32_t hash = key;
    for (int32_t left = characters->size; left > 0; left--) {
        hash = (hash ^ *character++) * key;
        hash ^= hash >> 15;
    }
    return (int32_t) hash;
}
