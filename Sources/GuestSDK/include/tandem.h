// What a Tandem program can do: read its inputs, commit its output, print, hash, and end.
//
// The same source builds for SP1 and for RISC Zero (`tandem program build --vm sp1|risc0`).
// A program has one `main`; returning 0 from it ends the program well, as `tandem_halt` does,
// and returning anything else fails the job, as `tandem_fail` does.
#ifndef TANDEM_H
#define TANDEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Bytes that live as long as the program. `bytes` is word-aligned.
typedef struct {
    const uint8_t *bytes;
    size_t count;
} tandem_bytes;

// The input stored onchain with the job.
tandem_bytes tandem_onchain_input(void);

// The input that came with an offchain job; empty when there is none.
tandem_bytes tandem_offchain_input(void);

// The state of a stateful consumer that came with the job; empty when there is none.
tandem_bytes tandem_state(void);

// Appends to the program's output, the bytes that the operator signs. May be called repeatedly.
void tandem_commit(const void *bytes, size_t count);

// Ends the program; what was committed is its result.
_Noreturn void tandem_halt(void);

// Ends the program and fails the job: nothing is signed. The message, UTF-8, reaches the log.
_Noreturn void tandem_fail(const char *message);

// Writes UTF-8 text to the log. It has no effect on the result.
void tandem_print(const char *text);

// Memory aligned to 16 bytes, all zero the first time it is handed out; fails the job when there
// is none left. Give it back with `tandem_free`.
void *tandem_allocate(size_t count);
void tandem_free(void *memory);

// SHA-256, with the machine's precompile.
typedef struct {
    uint32_t state[8];
    uint32_t block[16];
    uint32_t filled;
    uint64_t total;
} tandem_sha256_hasher;

void tandem_sha256_begin(tandem_sha256_hasher *hasher);
void tandem_sha256_update(tandem_sha256_hasher *hasher, const void *bytes, size_t count);
void tandem_sha256_finish(tandem_sha256_hasher *hasher, uint8_t digest[32]);
void tandem_sha256(const void *bytes, size_t count, uint8_t digest[32]);

// Keccak-256 as Ethereum uses it, with the machine's precompile where it has one (SP1).
typedef struct {
    uint64_t state[25];
    uint32_t filled;
} tandem_keccak256_hasher;

void tandem_keccak256_begin(tandem_keccak256_hasher *hasher);
void tandem_keccak256_update(tandem_keccak256_hasher *hasher, const void *bytes, size_t count);
void tandem_keccak256_finish(tandem_keccak256_hasher *hasher, uint8_t digest[32]);
void tandem_keccak256(const void *bytes, size_t count, uint8_t digest[32]);

#ifdef __cplusplus
}
#endif

#endif
