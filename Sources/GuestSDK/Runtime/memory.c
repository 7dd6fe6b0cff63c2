// The memory functions that the compilers call. Built with -fno-builtin, or the loops below would
// be turned into calls of the functions that they define.
#include <stdint.h>
#include <string.h>

#undef memcpy
#undef memmove
#undef memset
#undef memcmp
#undef strlen

typedef uint32_t __attribute__((may_alias)) word;

static int share_alignment(const void *left, const void *right) {
    return (((uintptr_t)left ^ (uintptr_t)right) & 3) == 0;
}

// Copies 32 bytes a round: loads first, so that a machine with a pipeline need not wait.
static void copy_words(word **target, const word **source, size_t *count) {
    word *to = *target;
    const word *from = *source;
    size_t left = *count;
    for (; left >= 32; left -= 32, to += 8, from += 8) {
        word a = from[0], b = from[1], c = from[2], d = from[3];
        word e = from[4], f = from[5], g = from[6], h = from[7];
        to[0] = a, to[1] = b, to[2] = c, to[3] = d;
        to[4] = e, to[5] = f, to[6] = g, to[7] = h;
    }
    for (; left >= 4; left -= 4) *to++ = *from++;
    *target = to;
    *source = from;
    *count = left;
}

// The same when the source lies askew: of each two of its words a part makes one of the target's.
static void copy_askew(word **target, const uint8_t **source, size_t *count) {
    word *to = *target;
    unsigned skew = (uintptr_t)*source & 3, down = 8 * skew, up = 32 - down;
    const word *from = (const word *)(*source - skew);
    size_t left = *count;
    word held = *from++ >> down;
    for (; left >= 16; left -= 16, to += 4, from += 4) {
        word a = from[0], b = from[1], c = from[2], d = from[3];
        to[0] = held | a << up;
        to[1] = a >> down | b << up;
        to[2] = b >> down | c << up;
        to[3] = c >> down | d << up;
        held = d >> down;
    }
    for (; left >= 4; left -= 4) {
        word next = *from++;
        *to++ = held | next << up;
        held = next >> down;
    }
    *source += *count - left;
    *target = to;
    *count = left;
}

// Aligning the target pays from here on.
enum { LONG_MIN = 16 };

void *memcpy(void *restrict target, const void *restrict source, size_t count) {
    uint8_t *to = target;
    const uint8_t *from = source;
    if (count >= LONG_MIN) {
        for (; ((uintptr_t)to & 3) != 0; count -= 1) *to++ = *from++;
        if (((uintptr_t)from & 3) == 0) {
            copy_words((word **)&to, (const word **)&from, &count);
        } else {
            copy_askew((word **)&to, &from, &count);
        }
    } else if ((((uintptr_t)to | (uintptr_t)from) & 3) == 0) {
        for (; count >= 4; count -= 4, to += 4, from += 4) *(word *)to = *(const word *)from;
    }
    for (; count >= 4; count -= 4, to += 4, from += 4) {
        uint8_t a = from[0], b = from[1], c = from[2], d = from[3];
        to[0] = a, to[1] = b, to[2] = c, to[3] = d;
    }
    for (; count > 0; count -= 1) *to++ = *from++;
    return target;
}

void *memmove(void *target, const void *source, size_t count) {
    uint8_t *to = target;
    const uint8_t *from = source;
    // Forward copying is right unless the target begins inside the source.
    if ((uintptr_t)to - (uintptr_t)from >= count) return memcpy(target, source, count);
    to += count;
    from += count;
    if (share_alignment(to, from)) {
        for (; count > 0 && ((uintptr_t)to & 3) != 0; count -= 1) *--to = *--from;
        for (; count >= 4; count -= 4) {
            to -= 4;
            from -= 4;
            *(word *)to = *(const word *)from;
        }
    }
    for (; count > 0; count -= 1) *--to = *--from;
    return target;
}

void *memset(void *target, int byte, size_t count) {
    uint8_t *to = target;
    word pattern = (uint8_t)byte * 0x01010101u;
    for (; count > 0 && ((uintptr_t)to & 3) != 0; count -= 1) *to++ = (uint8_t)byte;
    for (; count >= 16; count -= 16, to += 16) {
        word *words = (word *)to;
        words[0] = pattern, words[1] = pattern, words[2] = pattern, words[3] = pattern;
    }
    for (; count > 0; count -= 1) *to++ = (uint8_t)byte;
    return target;
}

int memcmp(const void *left, const void *right, size_t count) {
    const uint8_t *first = left;
    const uint8_t *second = right;
    if (share_alignment(first, second) && ((uintptr_t)first & 3) == 0) {
        while (count >= 4 && *(const word *)first == *(const word *)second) {
            first += 4, second += 4, count -= 4;
        }
    }
    for (; count > 0; count -= 1, first += 1, second += 1) {
        if (*first != *second) return *first - *second;
    }
    return 0;
}

int bcmp(const void *left, const void *right, size_t count) { return memcmp(left, right, count); }

size_t strlen(const char *text) {
    const char *end = text;
    for (; ((uintptr_t)end & 3) != 0; end += 1) {
        if (*end == 0) return (size_t)(end - text);
    }
    // A zero byte is where subtracting one borrows from a top bit that was clear; above the first
    // one others may seem to be. What is read behind the end lies within its word, and may be read.
    const word *words = (const word *)end;
    word zeros;
    while ((zeros = (*words - 0x01010101u) & ~*words & 0x80808080u) == 0) words += 1;
    size_t whole = (size_t)((const char *)words - text);
    return whole + ((zeros & 0x80) == 0) + ((zeros & 0x8080) == 0) + ((zeros & 0x808080) == 0);
}
