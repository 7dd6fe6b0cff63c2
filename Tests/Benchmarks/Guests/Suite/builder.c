// Text that is put together piece by piece with memcpy, memset and strlen, from patterns with names
// and numbers, and then has words in it replaced.
#include "suite.h"
#include <string.h>

enum { TEXT_MAX = 16384, LINE_COUNT = 40 };

typedef struct {
    char *bytes;
    size_t count;
} text;

static char built[TEXT_MAX], changed[TEXT_MAX];

static void append(text *to, const void *bytes, size_t count) {
    if (count >= TEXT_MAX - to->count) return;
    memcpy(to->bytes + to->count, bytes, count);
    to->count += count;
    to->bytes[to->count] = 0;
}

static void append_string(text *to, const char *string) { append(to, string, strlen(string)); }

static void append_byte(text *to, char byte) { append(to, &byte, 1); }

static void append_decimal(text *to, int32_t value) {
    char digits[11], *first = digits + sizeof digits;
    uint32_t rest = value < 0 ? 0 - (uint32_t)value : (uint32_t)value;
    do {
        *--first = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (value < 0) *--first = '-';
    append(to, first, (size_t)(digits + sizeof digits - first));
}

static void append_hexadecimal(text *to, uint32_t value) {
    char digits[8];
    for (int place = 7; place >= 0; place -= 1, value >>= 4) {
        digits[place] = "0123456789abcdef"[value & 15];
    }
    append(to, digits, sizeof digits);
}

static void append_spaces(text *to, size_t count) {
    if (count >= TEXT_MAX - to->count) return;
    memset(to->bytes + to->count, ' ', count);
    to->count += count;
    to->bytes[to->count] = 0;
}

static void append_line(text *to, const char *pattern, const char *name, uint32_t number) {
    for (; *pattern != 0; pattern += 1) {
        switch (*pattern) {
        case '$': append_string(to, name); break;
        case '#': append_decimal(to, (int32_t)number >> (number & 15)); break;
        case '@': append_hexadecimal(to, number); break;
        default: append_byte(to, *pattern);
        }
    }
}

static void replace(text *to, const char *from, const char *old, const char *new) {
    size_t count = strlen(old);
    while (*from != 0) {
        size_t same = 0;
        while (same < count && from[same] == old[same]) same += 1;
        if (same == count) {
            append_string(to, new);
            from += count;
        } else {
            append_byte(to, *from);
            from += 1;
        }
    }
}

uint32_t suite_run(uint32_t round_count) {
    static const char *const names[] = {
        "alice", "bob", "carol", "a rather longer name than all of the others", "x",
    };
    generator source = {111};
    uint32_t sum = 0;
    for (uint32_t round = 0; round < round_count; round += 1) {
        text first = {built, 0}, second = {changed, 0};
        for (int line = 0; line < LINE_COUNT; line += 1) {
            uint32_t number = next(&source);
            const char *name = names[number % 5];
            append_line(&first, "{\"name\": \"$\", \"value\": #, \"id\": \"@\"}, ", name, number);
            append_spaces(&first, number >> 27);
        }
        replace(&second, first.bytes, "name", "title");
        for (size_t index = 0; index < second.count; index += 97) {
            sum = mixed(sum, (uint8_t)second.bytes[index]);
        }
        sum = mixed(sum, (uint32_t)second.count);
    }
    return sum;
}
