// Keccak-256: the sponge of FIPS 202 section 4 with rate 136 and the padding byte 1 of the original
// submission, which Ethereum kept.
#include "machine.h"
#include <string.h>

enum { RATE_BYTE_COUNT = 136 };

void tandem_keccak256_begin(tandem_keccak256_hasher *hasher) { memset(hasher, 0, sizeof *hasher); }

// Adds `count` bytes, all within one block, at the place where the last ones ended.
static void absorb(tandem_keccak256_hasher *hasher, const uint8_t *bytes, size_t count) {
    uint8_t *target = (uint8_t *)hasher->state + hasher->filled;
    hasher->filled += count;
    if ((((uintptr_t)target | (uintptr_t)bytes) & 3) == 0) {
        for (; count >= 4; count -= 4, target += 4, bytes += 4) {
            *(uint32_t *)target ^= *(const uint32_t *)bytes;
        }
    }
    for (; count > 0; count -= 1) *target++ ^= *bytes++;
}

void tandem_keccak256_update(tandem_keccak256_hasher *hasher, const void *bytes, size_t count) {
    const uint8_t *next = bytes;
    while (count > 0) {
        size_t room = RATE_BYTE_COUNT - hasher->filled;
        size_t taken = count < room ? count : room;
        absorb(hasher, next, taken);
        next += taken;
        count -= taken;
        if (hasher->filled < RATE_BYTE_COUNT) return;
        tandem_machine_keccak(hasher->state);
        hasher->filled = 0;
    }
}

void tandem_keccak256_finish(tandem_keccak256_hasher *hasher, uint8_t digest[32]) {
    uint8_t *state = (uint8_t *)hasher->state;
    state[hasher->filled] ^= 0x01;
    state[RATE_BYTE_COUNT - 1] ^= 0x80;
    tandem_machine_keccak(hasher->state);
    memcpy(digest, state, 32);
}

void tandem_keccak256(const void *bytes, size_t count, uint8_t digest[32]) {
    tandem_keccak256_hasher hasher;
    tandem_keccak256_begin(&hasher);
    tandem_keccak256_update(&hasher, bytes, count);
    tandem_keccak256_finish(&hasher, digest);
}
