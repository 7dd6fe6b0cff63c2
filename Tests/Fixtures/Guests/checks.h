// What the self-checking guests share. The off-chain input is a list of cases, in words:
//
//   the name of a check, 32 bytes, filled up with zeros
//   the number of bytes of the operands, and of the expected result
//   the operands and the expected result, each filled up to a word
//
// The first case that comes out otherwise ends the program, with its name and place. When all are
// right, the output is how many there were.
#ifndef CHECKS_H
#define CHECKS_H

#include "tandem.h"
#include <string.h>

enum { NAME_BYTE_COUNT = 32, RESULT_BYTE_COUNT_MAX = 1024 };

typedef struct {
    const char *name;
    // Fills the result, whose length is the case's, from word-aligned operands.
    void (*run)(const uint8_t *operands, size_t count, uint8_t *result);
} check;

static void print_number(uint32_t number) {
    char text[11];
    int place = sizeof text - 1;
    text[place] = 0;
    do {
        place -= 1;
        text[place] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    tandem_print(text + place);
}

static void print_bytes(const char *label, const uint8_t *bytes, size_t count) {
    static const char digits[] = "0123456789abcdef";
    tandem_print(label);
    for (size_t index = 0; index < count; index += 1) {
        char text[3] = {digits[bytes[index] >> 4], digits[bytes[index] & 15], 0};
        tandem_print(text);
    }
    tandem_print("\n");
}

static const check *find_check(const check *checks, size_t count, const uint8_t *name) {
    for (size_t index = 0; index < count; index += 1) {
        size_t length = strlen(checks[index].name);
        if (memcmp(checks[index].name, name, length + 1) == 0) return &checks[index];
    }
    tandem_print((const char *)name);
    tandem_fail(": there is no such check");
}

static int run_checks(const check *checks, size_t count) {
    tandem_bytes input = tandem_offchain_input();
    uint32_t done = 0;
    for (size_t offset = 0; offset < input.count; done += 1) {
        static uint32_t words[RESULT_BYTE_COUNT_MAX / 4];
        uint8_t *result = (uint8_t *)words;
        uint32_t lengths[2];
        const uint8_t *name = input.bytes + offset;
        const check *found = find_check(checks, count, name);
        memcpy(lengths, name + NAME_BYTE_COUNT, sizeof lengths);
        const uint8_t *operands = name + NAME_BYTE_COUNT + sizeof lengths;
        const uint8_t *expected = operands + (lengths[0] + 3) / 4 * 4;
        if (lengths[1] > RESULT_BYTE_COUNT_MAX) tandem_fail("an expected result is too long");
        memset(result, 0, lengths[1]);
        found->run(operands, lengths[0], result);
        if (memcmp(result, expected, lengths[1]) != 0) {
            tandem_print(found->name);
            tandem_print(", case ");
            print_number(done);
            print_bytes("\n  operands ", operands, lengths[0]);
            print_bytes("  expected ", expected, lengths[1]);
            print_bytes("  came     ", result, lengths[1]);
            tandem_fail("a case came out otherwise");
        }
        offset = (size_t)(expected - input.bytes) + (lengths[1] + 3) / 4 * 4;
    }
    tandem_commit(&done, sizeof done);
    return 0;
}

#define CHECK_COUNT(checks) (sizeof(checks) / sizeof *(checks))

#endif
