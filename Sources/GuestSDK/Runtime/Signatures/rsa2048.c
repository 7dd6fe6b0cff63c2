// RSA-2048 with the public exponent 65537 (RFC 8017).
#include "tandem_signatures.h"

#include "Integers/words.h"
#include "tandem_integers.h"
#include <string.h>

enum { BYTE_COUNT = 256, WORD_COUNT = 64, SQUARING_COUNT = 16, DIGEST_BYTE_COUNT = 32 };

bool tandem_rsa2048_open(
    const uint8_t signature[256], const uint8_t modulus[256], uint8_t opened[256]
) {
    tandem_u2048 base, power, divisor;
    tandem_u2048_load(&base, signature);
    tandem_u2048_load(&divisor, modulus);
    if (divisor.words[WORD_COUNT - 1] >> 31 == 0 || (divisor.words[0] & 1) == 0) return false;
    if (tandem_words_compare(base.words, divisor.words, WORD_COUNT) >= 0) return false;
    // 65537 = 2^16 + 1.
    tandem_u2048_mulmod(&power, &base, &base, &divisor);
    for (int count = 1; count < SQUARING_COUNT; count += 1) {
        tandem_u2048_mulmod(&power, &power, &power, &divisor);
    }
    tandem_u2048_mulmod(&power, &power, &base, &divisor);
    tandem_u2048_store(&power, opened);
    return true;
}

// 0, 1, bytes of all ones, 0, the name of SHA-256 in DER, the digest (RFC 8017 section 9.2).
bool tandem_rsa2048_verify_sha256(
    const uint8_t digest[32], const uint8_t signature[256], const uint8_t modulus[256]
) {
    static const uint8_t name[] = {
        0x00, 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48,
        0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20,
    };
    uint8_t opened[BYTE_COUNT], expected[BYTE_COUNT];
    if (!tandem_rsa2048_open(signature, modulus, opened)) return false;
    uint8_t *digest_place = expected + BYTE_COUNT - DIGEST_BYTE_COUNT;
    memset(expected, 0xFF, BYTE_COUNT);
    expected[0] = 0;
    expected[1] = 1;
    memcpy(digest_place - sizeof name, name, sizeof name);
    memcpy(digest_place, digest, DIGEST_BYTE_COUNT);
    return memcmp(opened, expected, BYTE_COUNT) == 0;
}
