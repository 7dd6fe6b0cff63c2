// SHA-256 (FIPS 180-4 section 6.2) over the machine's compression function.
#include "machine.h"
#include <string.h>

enum { BLOCK_BYTE_COUNT = 64, LENGTH_OFFSET = 56 };

void tandem_sha256_begin(tandem_sha256_hasher *hasher) {
    static const uint32_t initial[8] = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    };
    for (int index = 0; index < 8; index += 1) {
        hasher->state[index] = tandem_sha256_state_order(initial[index]);
    }
    hasher->filled = 0;
    hasher->total = 0;
}

void tandem_sha256_update(tandem_sha256_hasher *hasher, const void *bytes, size_t count) {
    const uint8_t *next = bytes;
    uint8_t *block = (uint8_t *)hasher->block;
    hasher->total += count;
    if (hasher->filled > 0) {
        size_t room = BLOCK_BYTE_COUNT - hasher->filled;
        size_t taken = count < room ? count : room;
        memcpy(block + hasher->filled, next, taken);
        hasher->filled += taken;
        next += taken;
        count -= taken;
        if (hasher->filled < BLOCK_BYTE_COUNT) return;
        tandem_machine_sha256(hasher->state, block, 1);
        hasher->filled = 0;
    }
    size_t blocks = count / BLOCK_BYTE_COUNT;
    if (blocks > 0) tandem_machine_sha256(hasher->state, next, blocks);
    hasher->filled = count % BLOCK_BYTE_COUNT;
    memcpy(block, next + blocks * BLOCK_BYTE_COUNT, hasher->filled);
}

void tandem_sha256_finish(tandem_sha256_hasher *hasher, uint8_t digest[32]) {
    uint8_t *block = (uint8_t *)hasher->block;
    uint64_t bits = hasher->total * 8;
    block[hasher->filled] = 0x80;
    memset(block + hasher->filled + 1, 0, BLOCK_BYTE_COUNT - 1 - hasher->filled);
    if (hasher->filled >= LENGTH_OFFSET) {
        tandem_machine_sha256(hasher->state, block, 1);
        memset(block, 0, LENGTH_OFFSET);
    }
    hasher->block[14] = tandem_swap_bytes((uint32_t)(bits >> 32));
    hasher->block[15] = tandem_swap_bytes((uint32_t)bits);
    tandem_machine_sha256(hasher->state, block, 1);
    for (int index = 0; index < 8; index += 1) {
        uint32_t word = tandem_swap_bytes(tandem_sha256_state_order(hasher->state[index]));
        memcpy(digest + 4 * index, &word, sizeof word);
    }
}

void tandem_sha256(const void *bytes, size_t count, uint8_t digest[32]) {
    tandem_sha256_hasher hasher;
    tandem_sha256_begin(&hasher);
    tandem_sha256_update(&hasher, bytes, count);
    tandem_sha256_finish(&hasher, digest);
}
