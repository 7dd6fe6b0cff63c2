// RISC Zero's BIGINT, BIGINT2, SHA and Keccak calls, and forked children.
#include "checks.h"
#include "tandem_risc0.h"

static void bigint_check(const uint8_t *operands, size_t count, uint8_t *result) {
    const tandem_u256 *numbers = (const void *)operands;
    (void)count;
    tandem_risc0_bigint((void *)result, &numbers[0], &numbers[1], &numbers[2]);
}

// The result in place of the first operand, and of the second.
static void bigint_in_place_check(const uint8_t *operands, size_t count, uint8_t *result) {
    tandem_u256 numbers[3];
    (void)count;
    memcpy(numbers, operands, sizeof numbers);
    tandem_risc0_bigint(&numbers[0], &numbers[0], &numbers[1], &numbers[2]);
    memcpy(result, &numbers[0], sizeof *numbers);
    memcpy(&numbers[0], operands, sizeof *numbers);
    tandem_risc0_bigint(&numbers[1], &numbers[0], &numbers[1], &numbers[2]);
    memcpy(result + sizeof *numbers, &numbers[1], sizeof *numbers);
}

// The operands: how many bytes each of seven arenas has, a blob's length, the blob, and what the
// arenas hold. The result is what the arenas hold afterwards.
static void bigint2_check(const uint8_t *operands, size_t count, uint8_t *result) {
    const uint32_t *words = (const void *)operands;
    const uint8_t *content = operands + 32 + words[7];
    void *arenas[7];
    (void)count;
    size_t offset = 0;
    for (int index = 0; index < 7; index += 1) {
        arenas[index] = result + offset;
        offset += words[index];
    }
    memcpy(result, content, offset);
    tandem_risc0_bigint2(words + 8, arenas);
}

// A state of 32 bytes, then blocks.
static void sha_check(const uint8_t *operands, size_t count, uint8_t *result) {
    memcpy(result, operands, 32);
    tandem_risc0_sha256_compress(
        (void *)result, (const void *)(operands + 32), (uint32_t)(count - 32) / 64);
}

static void keccak_check(const uint8_t *operands, size_t count, uint8_t *result) {
    (void)count;
    tandem_risc0_keccak_permute((void *)result, (const void *)operands);
}

typedef struct {
    const uint8_t *operands;
    size_t count;
} job;

static uint32_t runs;

static void work(void *context, uint32_t pipe) {
    job *given = context;
    runs += 1000;
    tandem_risc0_pipe_write(pipe, given->operands, given->count / 2);
    tandem_risc0_pipe_write(
        pipe, given->operands + given->count / 2, given->count - given->count / 2);
    given->operands = NULL;
}

// What the child wrote, then the number of children, which its own counting did not change.
static void unconstrained_check(const uint8_t *operands, size_t count, uint8_t *result) {
    job given = {operands, count};
    tandem_risc0_unconstrained(work, &given, result, count);
    if (given.operands != operands) tandem_fail("the child left traces");
    runs += 1;
    memcpy(result + count, &runs, sizeof runs);
}

static const check checks[] = {
    {"bigint", bigint_check},
    {"bigint_in_place", bigint_in_place_check},
    {"bigint2", bigint2_check},
    {"sha_compress", sha_check},
    {"keccak_permute", keccak_check},
    {"unconstrained", unconstrained_check},
};

int main(void) { return run_checks(checks, CHECK_COUNT(checks)); }
