// RecoverCost COUNT: the processor time of one secp256k1_ecdsa_recover, in microseconds, over
// different messages and keys, with the library that the node uses. Prints one number.
#include <secp256k1.h>
#include <secp256k1_recovery.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SIGNATURE_COUNT = 256 };

static double cpu_seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argument_count, char **arguments) {
    if (argument_count != 2) return 64;
    long count = strtol(arguments[1], NULL, 10);
    secp256k1_context *context = secp256k1_context_create(
        SECP256K1_CONTEXT_SIGN | SECP256K1_CONTEXT_VERIFY);
    static secp256k1_ecdsa_recoverable_signature signatures[SIGNATURE_COUNT];
    static unsigned char messages[SIGNATURE_COUNT][32];
    for (int index = 0; index < SIGNATURE_COUNT; index += 1) {
        unsigned char secret[32];
        memset(secret, index + 1, sizeof secret);
        memset(secret, 1, 1);
        memset(messages[index], 255 - index, sizeof messages[index]);
        if (!secp256k1_ecdsa_sign_recoverable(
                context, &signatures[index], messages[index], secret, NULL, NULL)) return 1;
    }
    double start = cpu_seconds();
    for (long index = 0; index < count; index += 1) {
        secp256k1_pubkey key;
        long place = index % SIGNATURE_COUNT;
        if (!secp256k1_ecdsa_recover(context, &key, &signatures[place], messages[place])) return 1;
    }
    printf("%.3f\n", (cpu_seconds() - start) / (double)count * 1e6);
    secp256k1_context_destroy(context);
    return 0;
}
