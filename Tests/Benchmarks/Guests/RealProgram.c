// The program behind the instructions-per-second figure: what programs do, not one tight loop.
//
//   on-chain input   abi.encode(uint256 rounds), at most 2^32 - 1
//   output           abi.encode(uint256 rounds, bytes32 digest of all that was computed)
//
// A round is about 7 million instructions, 145 rounds about 10^9. Every part checks its own result by
// a property that a wrong one would not have, and fails the job otherwise; the digest can be compared
// between machines. To be built without precompiles: the hashing is part of the load.
#include "tandem.h"
#include <string.h>

enum {
    HASHED_BYTE_COUNT = 16 << 10,
    SORTED_COUNT = 8192,
    MATRIX_SIDE = 48,
    SIEVE_LIMIT = 1 << 16,
    PRIME_COUNT = 6542,
    CALL_COUNT = 1 << 15,
    NODE_COUNT = 1 << 14,
    DIVISION_COUNT = 2048,
};

typedef struct {
    uint64_t state;
} generator;

static uint32_t next(generator *source) {
    source->state = source->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(source->state >> 32);
}

static void require(bool holds, const char *part) {
    if (!holds) tandem_fail(part);
}

// --- SHA-256: each round hashes the last digest and a buffer. ---

static void hash(uint8_t digest[32], generator *source) {
    static uint32_t buffer[HASHED_BYTE_COUNT / 4];
    for (uint32_t index = 0; index < HASHED_BYTE_COUNT / 4; index += 1) {
        buffer[index] = next(source);
    }
    tandem_sha256_hasher hasher;
    tandem_sha256_begin(&hasher);
    tandem_sha256_update(&hasher, digest, 32);
    tandem_sha256_update(&hasher, buffer, sizeof buffer);
    tandem_sha256_finish(&hasher, digest);
}

// --- Quicksort with insertion sort below: branches that cannot be foretold. ---

static void insertion_sort(uint32_t *values, uint32_t count) {
    for (uint32_t index = 1; index < count; index += 1) {
        uint32_t value = values[index], place = index;
        for (; place > 0 && values[place - 1] > value; place -= 1) {
            values[place] = values[place - 1];
        }
        values[place] = value;
    }
}

static void sort(uint32_t *values, uint32_t count) {
    while (count > 16) {
        uint32_t pivot = values[count / 2], low = 0, high = count - 1;
        while (true) {
            while (values[low] < pivot) low += 1;
            while (values[high] > pivot) high -= 1;
            if (low >= high) break;
            uint32_t moved = values[low];
            values[low] = values[high];
            values[high] = moved;
            low += 1;
            high -= 1;
        }
        // The smaller part by recursion, which keeps the depth to the logarithm.
        uint32_t left = high + 1;
        if (left < count - left) {
            sort(values, left);
            values += left;
            count -= left;
        } else {
            sort(values + left, count - left);
            count = left;
        }
    }
    insertion_sort(values, count);
}

static uint32_t sorting(generator *source) {
    static uint32_t values[SORTED_COUNT];
    uint32_t sum = 0, mixed = 0;
    for (uint32_t index = 0; index < SORTED_COUNT; index += 1) {
        values[index] = next(source);
        sum += values[index];
    }
    sort(values, SORTED_COUNT);
    for (uint32_t index = 0; index < SORTED_COUNT; index += 1) {
        bool in_order = index == 0 || values[index - 1] <= values[index];
        require(in_order, "the sorted values are not in order");
        sum -= values[index];
        mixed = mixed * 31 + values[index];
    }
    require(sum == 0, "the sorted values are not those that were given");
    return mixed;
}

// --- Matrix product modulo 2^32, checked by multiplying with a vector (Freivalds). ---

typedef uint32_t matrix[MATRIX_SIDE][MATRIX_SIDE];
typedef uint32_t vector[MATRIX_SIDE];

static void transform(vector result, matrix by, const vector from) {
    for (int row = 0; row < MATRIX_SIDE; row += 1) {
        uint32_t sum = 0;
        for (int column = 0; column < MATRIX_SIDE; column += 1) {
            sum += by[row][column] * from[column];
        }
        result[row] = sum;
    }
}

static uint32_t multiplying(generator *source) {
    static matrix left, right, product;
    vector probe, inner, outer, direct;
    for (int row = 0; row < MATRIX_SIDE; row += 1) {
        for (int column = 0; column < MATRIX_SIDE; column += 1) {
            left[row][column] = next(source);
            right[row][column] = next(source);
        }
        probe[row] = next(source);
    }
    for (int row = 0; row < MATRIX_SIDE; row += 1) {
        for (int column = 0; column < MATRIX_SIDE; column += 1) {
            uint32_t sum = 0;
            for (int step = 0; step < MATRIX_SIDE; step += 1) {
                sum += left[row][step] * right[step][column];
            }
            product[row][column] = sum;
        }
    }
    transform(inner, right, probe);
    transform(outer, left, inner);
    transform(direct, product, probe);
    require(memcmp(outer, direct, sizeof direct) == 0, "the matrix product is wrong");
    return product[MATRIX_SIDE - 1][0] ^ product[0][MATRIX_SIDE - 1];
}

// --- Sieve of Eratosthenes: bytes stored with a stride. ---

static uint32_t sieving(void) {
    static uint8_t composite[SIEVE_LIMIT];
    memset(composite, 0, sizeof composite);
    uint32_t count = 0, last = 0;
    for (uint32_t number = 2; number < SIEVE_LIMIT; number += 1) {
        if (composite[number]) continue;
        count += 1;
        last = number;
        if (number >= 256) continue;
        for (uint32_t multiple = number * number; multiple < SIEVE_LIMIT; multiple += number) {
            composite[multiple] = 1;
        }
    }
    require(count == PRIME_COUNT, "the number of primes is wrong");
    return last;
}

// --- Calls through a table, as interpreters and virtual methods make them. Each step has an
// undoing one, and undoing all in reverse must lead back. ---

typedef uint32_t (*operation)(uint32_t value, uint32_t argument);

static uint32_t rotate(uint32_t value, uint32_t count) {
    return value << (count & 31) | value >> (-count & 31);
}

static uint32_t add(uint32_t value, uint32_t argument) { return value + argument; }
static uint32_t subtract(uint32_t value, uint32_t argument) { return value - argument; }
static uint32_t mix(uint32_t value, uint32_t argument) { return value ^ argument; }
static uint32_t turn_up(uint32_t value, uint32_t argument) { return rotate(value, argument); }
static uint32_t turn_down(uint32_t value, uint32_t argument) { return rotate(value, -argument); }
static uint32_t invert(uint32_t value, uint32_t argument) { return ~value + argument; }
static uint32_t revert(uint32_t value, uint32_t argument) { return ~(value - argument); }

static const operation doing[8] = {add, subtract, mix, turn_up, turn_down, invert, revert, mix};
static const operation undoing[8] = {subtract, add, mix, turn_down, turn_up, revert, invert, mix};

static uint32_t calling(generator *source) {
    static uint32_t arguments[CALL_COUNT];
    uint32_t start = next(source), value = start;
    for (uint32_t index = 0; index < CALL_COUNT; index += 1) {
        arguments[index] = next(source);
        value = doing[arguments[index] >> 29](value, arguments[index]);
    }
    uint32_t reached = value;
    for (uint32_t index = CALL_COUNT; index > 0; index -= 1) {
        value = undoing[arguments[index - 1] >> 29](value, arguments[index - 1]);
    }
    require(value == start, "undoing the calls does not lead back");
    return reached;
}

// --- A chain of pointers in random order: each load waits for the one before. ---

typedef struct node {
    struct node *next;
    uint32_t value;
} node;

static uint32_t chasing(generator *source) {
    static node nodes[NODE_COUNT];
    static uint32_t order[NODE_COUNT];
    for (uint32_t index = 0; index < NODE_COUNT; index += 1) order[index] = index;
    for (uint32_t index = NODE_COUNT - 1; index > 0; index -= 1) {
        uint32_t other = next(source) % (index + 1), moved = order[index];
        order[index] = order[other];
        order[other] = moved;
    }
    for (uint32_t index = 0; index < NODE_COUNT; index += 1) {
        nodes[order[index]] = (node){&nodes[order[(index + 1) % NODE_COUNT]], index};
    }
    const node *start = &nodes[order[0]], *place = start;
    uint32_t mixed = 0;
    for (uint32_t step = 0; step < 2 * NODE_COUNT; step += 1) {
        mixed = mixed * 33 + place->value;
        place = place->next;
    }
    require(place == start, "the chain does not close");
    return mixed;
}

// --- Division of 64-bit numbers, in software on these machines. ---

static uint32_t dividing(generator *source) {
    uint64_t mixed = 0;
    for (uint32_t index = 0; index < DIVISION_COUNT; index += 1) {
        uint64_t dividend = (uint64_t)next(source) << 32 | next(source);
        uint64_t divisor = (((uint64_t)next(source) << 32 | next(source)) >> (index & 63)) + 1;
        if (divisor == 0) divisor = 1;
        uint64_t quotient = dividend / divisor, rest = dividend % divisor;
        require(rest < divisor && quotient * divisor + rest == dividend, "a division is wrong");
        mixed = mixed * 31 + quotient + rest;
    }
    return (uint32_t)mixed ^ (uint32_t)(mixed >> 32);
}

static void run(uint32_t rounds, uint8_t digest[32]) {
    generator source = {0x74616e64656d};
    memset(digest, 0, 32);
    for (uint32_t round = 0; round < rounds; round += 1) {
        uint32_t results[6] = {
            sorting(&source), multiplying(&source), sieving(),
            calling(&source), chasing(&source),     dividing(&source),
        };
        for (int index = 0; index < 24; index += 1) digest[index] ^= ((uint8_t *)results)[index];
        hash(digest, &source);
    }
}

int main(void) {
    static const uint8_t zeros[28];
    tandem_bytes input = tandem_onchain_input();
    if (input.count != 32 || memcmp(input.bytes, zeros, sizeof zeros) != 0) {
        tandem_fail("the input is not a number of rounds");
    }
    const uint8_t *low = input.bytes + 28;
    uint8_t digest[32];
    run((uint32_t)low[0] << 24 | low[1] << 16 | low[2] << 8 | low[3], digest);
    tandem_commit(input.bytes, 32);
    tandem_commit(digest, sizeof digest);
    return 0;
}
