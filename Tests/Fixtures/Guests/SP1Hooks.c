// Every hook of SP1, and unconstrained mode. The expected result is all parts of the answer, one
// after the other.
#include "checks.h"
#include "tandem_sp1.h"

static void ask(uint32_t hook, const uint8_t *question, size_t count, uint8_t *result, int parts) {
    tandem_sp1_ask(hook, question, count);
    for (int part = 0; part < parts; part += 1) {
        tandem_bytes answer = tandem_sp1_answer();
        memcpy(result, answer.bytes, answer.count);
        result += answer.count;
        // A single byte says which parts follow; only roots that exist are asked for here.
    }
}

#define HOOK(name, hook, parts) \
    static void name##_check(const uint8_t *operands, size_t count, uint8_t *result) { \
        ask(hook, operands, count, result, parts); \
    }

HOOK(ecrecover, TANDEM_SP1_HOOK_ECRECOVER, 3)
HOOK(ecrecover_none, TANDEM_SP1_HOOK_ECRECOVER, 2)
HOOK(ed_decompress, TANDEM_SP1_HOOK_ED_DECOMPRESS, 1)
HOOK(ed_decompress_none, TANDEM_SP1_HOOK_ED_DECOMPRESS, 3)
HOOK(rsa_mul_mod, TANDEM_SP1_HOOK_RSA_MUL_MOD, 2)
HOOK(bls12381_sqrt, TANDEM_SP1_HOOK_BLS12381_SQRT, 2)
HOOK(bls12381_inverse, TANDEM_SP1_HOOK_BLS12381_INVERSE, 1)
HOOK(fp_sqrt, TANDEM_SP1_HOOK_FP_SQRT, 2)
HOOK(fp_inverse, TANDEM_SP1_HOOK_FP_INVERSE, 1)

typedef struct {
    const uint8_t *operands;
    size_t count;
    uint8_t *result;
} job;

static uint32_t runs;

// Writes over everything that it can reach, and leaves the bytes behind, the second half first.
static void work(void *context) {
    job *given = context;
    size_t half = given->count / 2;
    uint32_t before = runs;
    runs += 1000;
    for (volatile uint32_t count = 0; count < 10000; count += 1) {}
    memset(given->result, 0xAA, given->count);
    if (before != runs) {
        tandem_sp1_hint(given->operands + half, given->count - half);
        tandem_sp1_hint(given->operands, half);
    }
    given->operands = NULL;
}

// What the block left, then the number of blocks, which its own counting did not change.
static void unconstrained_check(const uint8_t *operands, size_t count, uint8_t *result) {
    job given = {operands, count, result};
    tandem_sp1_unconstrained(work, &given);
    if (given.operands != operands || result[0] != 0) tandem_fail("the block left traces");
    for (int part = 0; part < 2; part += 1) {
        tandem_bytes answer = tandem_sp1_answer();
        memcpy(result, answer.bytes, answer.count);
        result += answer.count;
    }
    runs += 1;
    memcpy(result, &runs, sizeof runs);
}

static const check checks[] = {
    {"ecrecover", ecrecover_check},
    {"ecrecover_none", ecrecover_none_check},
    {"ed_decompress", ed_decompress_check},
    {"ed_decompress_none", ed_decompress_none_check},
    {"rsa_mul_mod", rsa_mul_mod_check},
    {"bls12381_sqrt", bls12381_sqrt_check},
    {"bls12381_inverse", bls12381_inverse_check},
    {"fp_sqrt", fp_sqrt_check},
    {"fp_inverse", fp_inverse_check},
    {"unconstrained", unconstrained_check},
};

int main(void) { return run_checks(checks, CHECK_COUNT(checks)); }
