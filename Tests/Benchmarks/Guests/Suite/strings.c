// Loops over bytes and words as programs write them for short data: copying, filling, comparing,
// searching, splitting; strings of 8 to 71 bytes.
#include "suite.h"

enum { STRING_COUNT = 256, STRING_MAX = 80, POOL_COUNT = STRING_COUNT * STRING_MAX };

static char pool[POOL_COUNT], copied[POOL_COUNT];
static uint16_t order[STRING_COUNT];

static void copy_bytes(char *to, const char *from, size_t count) {
    for (size_t index = 0; index < count; index += 1) to[index] = from[index];
}

static void fill_bytes(char *to, char byte, size_t count) {
    for (size_t index = 0; index < count; index += 1) to[index] = byte;
}

static size_t length_of(const char *text) {
    size_t count = 0;
    while (text[count] != 0) count += 1;
    return count;
}

static int compare(const char *left, const char *right) {
    while (*left != 0 && *left == *right) left += 1, right += 1;
    return (uint8_t)*left - (uint8_t)*right;
}

static const char *find(const char *text, const char *part) {
    for (; *text != 0; text += 1) {
        size_t index = 0;
        while (part[index] != 0 && text[index] == part[index]) index += 1;
        if (part[index] == 0) return text;
    }
    return NULL;
}

static uint32_t count_words(const char *text) {
    uint32_t count = 0;
    bool inside = false;
    for (; *text != 0; text += 1) {
        bool letter = *text != ' ';
        count += letter && !inside;
        inside = letter;
    }
    return count;
}

static void upper(char *text) {
    for (; *text != 0; text += 1) {
        if (*text >= 'a' && *text <= 'z') *text = (char)(*text - 32);
    }
}

static uint32_t adler(const char *text, size_t count) {
    uint32_t low = 1, high = 0;
    for (size_t index = 0; index < count; index += 1) {
        low += (uint8_t)text[index];
        high += low;
    }
    return high % 65521 << 16 | low % 65521;
}

static void make_strings(generator *source) {
    for (uint32_t index = 0; index < STRING_COUNT; index += 1) {
        char *text = pool + index * STRING_MAX;
        uint32_t count = 8 + (next(source) >> 26);
        for (uint32_t at = 0; at < count; at += 1) {
            uint32_t letter = next(source) >> 28;
            text[at] = letter > 12 ? ' ' : (char)('a' + letter % 5);
        }
        text[count] = 0;
    }
}

static uint32_t copy_and_change(uint32_t sum) {
    char *to = copied;
    for (uint32_t index = 0; index < STRING_COUNT; index += 1) {
        const char *from = pool + index * STRING_MAX;
        size_t count = length_of(from);
        copy_bytes(to, from, count + 1);
        sum += count_words(to);
        upper(to);
        to += count + 1;
    }
    sum = mixed(sum, adler(copied, (size_t)(to - copied)));
    fill_bytes(copied, (char)sum, (size_t)(to - copied));
    return sum;
}

static uint32_t sort_strings(uint32_t sum) {
    for (uint16_t index = 0; index < STRING_COUNT; index += 1) order[index] = index;
    for (uint32_t index = 1; index < STRING_COUNT; index += 1) {
        uint16_t moved = order[index];
        uint32_t place = index;
        const char *text = pool + moved * STRING_MAX;
        for (; place > 0 && compare(pool + order[place - 1] * STRING_MAX, text) > 0; place -= 1) {
            order[place] = order[place - 1];
        }
        order[place] = moved;
    }
    for (uint32_t index = 0; index < STRING_COUNT; index += 16) sum = mixed(sum, order[index]);
    return sum;
}

static uint32_t search_all(uint32_t sum) {
    static const char parts[4][5] = {"abba", "ed a", "cc", "ddd"};
    for (uint32_t index = 0; index < STRING_COUNT; index += 1) {
        const char *text = pool + index * STRING_MAX;
        for (int part = 0; part < 4; part += 1) {
            const char *found = find(text, parts[part]);
            if (found != NULL) sum += (uint32_t)(found - text);
        }
    }
    return sum;
}

uint32_t suite_run(uint32_t round_count) {
    generator source = {11};
    uint32_t sum = 0;
    for (uint32_t round = 0; round < round_count; round += 1) {
        if (round % 4 == 0) make_strings(&source);
        sum = copy_and_change(sum);
        sum = sort_strings(sum);
        sum = search_all(sum);
    }
    return sum;
}
