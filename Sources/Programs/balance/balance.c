// The balance of an account: InfinityVM's mock consumer.
//
//   on-chain input   abi.encode(address)
//   output           abi.encode(address, uint256 balance), balance = address / (2^64 - 1)
//
// Anything but 32 bytes of which the first 12 are zero fails the job.
#include "tandem.h"
#include <string.h>

enum { WORD_BYTE_COUNT = 32, ADDRESS_OFFSET = 12 };

static uint64_t load_big_endian(const uint8_t *bytes, int count) {
    uint64_t value = 0;
    for (int index = 0; index < count; index += 1) value = value << 8 | bytes[index];
    return value;
}

static void store_big_endian(uint8_t *bytes, uint64_t value) {
    for (int index = 7; index >= 0; index -= 1, value >>= 8) bytes[index] = (uint8_t)value;
}

// Divides by B - 1, where B = 2^64, without a division: the address is h B^2 + m B + l, and
// B^2 = (B - 1)(B + 1) + 1 and B = (B - 1) + 1, so that
// h B^2 + m B + l = (B - 1)(h B + h + m) + (h + m + l), and h + m + l < 3 (B - 1).
static void divide(uint64_t high, uint64_t middle, uint64_t low, uint64_t quotient[2]) {
    uint64_t upper = high;
    uint64_t lower = high + middle;
    upper += lower < high;
    // The digits' sum, kept below B - 1; each time that B - 1 leaves it, the quotient grows by one.
    uint64_t sum = 0, multiples = 0;
    const uint64_t digits[3] = {high, middle, low};
    for (int index = 0; index < 3; index += 1) {
        uint64_t next = sum + digits[index];
        bool reached = next < sum || next == UINT64_MAX;
        multiples += reached;
        sum = reached ? next + 1 : next;
    }
    quotient[0] = lower + multiples;
    quotient[1] = upper + (quotient[0] < lower);
}

int main(void) {
    tandem_bytes input = tandem_onchain_input();
    if (input.count != WORD_BYTE_COUNT) tandem_fail("the input is not one ABI word");
    for (int index = 0; index < ADDRESS_OFFSET; index += 1) {
        if (input.bytes[index] != 0) tandem_fail("the input is not an address");
    }
    const uint8_t *address = input.bytes + ADDRESS_OFFSET;
    uint64_t quotient[2];
    divide(load_big_endian(address, 4), load_big_endian(address + 4, 8),
           load_big_endian(address + 12, 8), quotient);

    uint8_t output[2 * WORD_BYTE_COUNT] = {0};
    memcpy(output, input.bytes, WORD_BYTE_COUNT);
    store_big_endian(output + 48, quotient[1]);
    store_big_endian(output + 56, quotient[0]);
    tandem_commit(output, sizeof output);
    return 0;
}
