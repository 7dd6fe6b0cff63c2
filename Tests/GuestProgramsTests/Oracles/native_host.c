// Stands in for the SDK when a guest is compiled for this machine: the same program on another
// processor, with OpenSSL's SHA-256. The argument is the 32-byte on-chain input in hexadecimal; the
// output is printed in hexadecimal.
#include "tandem.h"
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint8_t input[32];
static EVP_MD_CTX *context;

tandem_bytes tandem_onchain_input(void) { return (tandem_bytes){input, sizeof input}; }

void tandem_commit(const void *bytes, size_t count) {
    const uint8_t *next = bytes;
    for (size_t index = 0; index < count; index += 1) printf("%02x", next[index]);
}

_Noreturn void tandem_fail(const char *message) {
    fprintf(stderr, "%s\n", message);
    exit(1);
}

void tandem_sha256_begin(tandem_sha256_hasher *hasher) {
    (void)hasher;
    if (context == NULL) context = EVP_MD_CTX_new();
    EVP_DigestInit_ex(context, EVP_sha256(), NULL);
}

void tandem_sha256_update(tandem_sha256_hasher *hasher, const void *bytes, size_t count) {
    (void)hasher;
    EVP_DigestUpdate(context, bytes, count);
}

void tandem_sha256_finish(tandem_sha256_hasher *hasher, uint8_t digest[32]) {
    (void)hasher;
    EVP_DigestFinal_ex(context, digest, NULL);
}

int guest_main(void);

int main(int count, char **arguments) {
    if (count != 2 || strlen(arguments[1]) != 2 * sizeof input) return 64;
    for (size_t index = 0; index < sizeof input; index += 1) {
        unsigned value;
        if (sscanf(arguments[1] + 2 * index, "%2x", &value) != 1) return 64;
        input[index] = (uint8_t)value;
    }
    return guest_main();
}
