// Bits: CRC-32 by table and by bit, counts of ones, reversal, Gray's code, greatest common
// divisors, a shift register.
#include "suite.h"

enum { DATA_COUNT = 1 << 13 };

static uint8_t data[DATA_COUNT];
static uint32_t crc_table[256];

static void make_table(void) {
    for (uint32_t byte = 0; byte < 256; byte += 1) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit += 1) crc = crc >> 1 ^ (0xEDB88320 & (0 - (crc & 1)));
        crc_table[byte] = crc;
    }
}

static uint32_t crc_by_table(uint32_t crc) {
    for (uint32_t index = 0; index < DATA_COUNT; index += 1) {
        crc = crc >> 8 ^ crc_table[(crc ^ data[index]) & 0xFF];
    }
    return ~crc;
}

static uint32_t crc_by_bit(uint32_t crc) {
    for (uint32_t index = 0; index < DATA_COUNT; index += 8) {
        crc ^= data[index];
        for (int bit = 0; bit < 8; bit += 1) crc = crc & 1 ? crc >> 1 ^ 0x82F63B78 : crc >> 1;
    }
    return crc;
}

static uint32_t ones(uint32_t word) {
    word -= word >> 1 & 0x55555555;
    word = (word & 0x33333333) + (word >> 2 & 0x33333333);
    return ((word + (word >> 4)) & 0x0F0F0F0F) * 0x01010101 >> 24;
}

static uint32_t reversed(uint32_t word) {
    word = (word >> 1 & 0x55555555) | (word & 0x55555555) << 1;
    word = (word >> 2 & 0x33333333) | (word & 0x33333333) << 2;
    word = (word >> 4 & 0x0F0F0F0F) | (word & 0x0F0F0F0F) << 4;
    word = (word >> 8 & 0x00FF00FF) | (word & 0x00FF00FF) << 8;
    return word >> 16 | word << 16;
}

static uint32_t bit_length(uint32_t word) {
    uint32_t count = 0;
    for (uint32_t step = 16; step > 0; step >>= 1) {
        if (word >> step == 0) continue;
        word >>= step;
        count += step;
    }
    return count + (word != 0);
}

// Stein's algorithm: shifts and differences.
static uint32_t common_divisor(uint32_t left, uint32_t right) {
    left |= 1;
    right |= 1;
    while (left != right) {
        if (left < right) {
            uint32_t held = left;
            left = right;
            right = held;
        }
        left -= right;
        while ((left & 1) == 0) left >>= 1;
    }
    return left;
}

static uint32_t euclid(uint32_t left, uint32_t right) {
    while (right != 0) {
        uint32_t rest = left % right;
        left = right;
        right = rest;
    }
    return left;
}

uint32_t suite_run(uint32_t round_count) {
    generator source = {13};
    make_table();
    for (uint32_t index = 0; index < DATA_COUNT; index += 1) data[index] = (uint8_t)next(&source);
    uint32_t sum = 0;
    for (uint32_t round = 0; round < round_count; round += 1) {
        sum = crc_by_table(sum);
        sum = crc_by_bit(sum);
        for (uint32_t count = 0; count < 512; count += 1) {
            uint32_t word = next(&source);
            sum += ones(word) * bit_length(sum & word) + reversed(word ^ word >> 1);
        }
        for (uint32_t count = 0; count < 32; count += 1) {
            uint32_t left = next(&source), right = next(&source);
            sum = mixed(sum, common_divisor(left, right) + euclid(left, right));
        }
    }
    return sum;
}
