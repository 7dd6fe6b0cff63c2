// An interpreter of a small stack machine in one switch, running loops, calls and a sort.
#include "suite.h"

enum { STACK_COUNT = 64, MEMORY_COUNT = 256, SORTED_COUNT = 48 };

typedef enum {
    PUSH, LOAD, STORE, LOAD_AT, STORE_AT, ADD, SUBTRACT, MULTIPLY, REMAINDER, AND, EXCLUSIVE,
    SHIFT_RIGHT, LESS, EQUAL, NOT, JUMP, JUMP_IF_ZERO, CALL, RETURN, DUPLICATE, DROP, HALT,
} opcode;

// An operation and its operand in the upper 24 bits.
#define DO(operation, operand) ((uint32_t)(operation) | (uint32_t)(operand) << 8)

static uint32_t memory[MEMORY_COUNT];

// Variables in memory[0...15], the array to sort from memory[64].
enum { I = 0, J = 1, STEPS = 2, N = 3, SUM = 4, SEED = 5, ARRAY = 64 };

// clang-format off
static const uint32_t program[] = {
    // Fill the array from a linear congruential generator.
    /* 0 */ DO(PUSH, 0), DO(STORE, I),
    /* 2 */ DO(LOAD, I), DO(PUSH, SORTED_COUNT), DO(LESS, 0), DO(JUMP_IF_ZERO, 23),
    /* 6 */ DO(LOAD, SEED), DO(PUSH, 1103515), DO(MULTIPLY, 0), DO(PUSH, 12345), DO(ADD, 0),
    /* 11 */ DO(STORE, SEED), DO(LOAD, SEED), DO(PUSH, 7), DO(SHIFT_RIGHT, 0),
    /* 15 */ DO(PUSH, ARRAY), DO(LOAD, I), DO(ADD, 0), DO(STORE_AT, 0),
    /* 19 */ DO(LOAD, I), DO(CALL, 89), DO(STORE, I), DO(JUMP, 2),
    // Sort it, exchanging neighbours.
    /* 23 */ DO(PUSH, 1), DO(STORE, I),
    /* 25 */ DO(LOAD, I), DO(PUSH, SORTED_COUNT), DO(LESS, 0), DO(JUMP_IF_ZERO, 66),
    /* 29 */ DO(LOAD, I), DO(STORE, J),
    /* 31 */ DO(LOAD, J), DO(JUMP_IF_ZERO, 62),
    /* 33 */ DO(PUSH, ARRAY), DO(LOAD, J), DO(ADD, 0), DO(LOAD_AT, 0),
    /* 37 */ DO(PUSH, ARRAY - 1), DO(LOAD, J), DO(ADD, 0), DO(LOAD_AT, 0), DO(LESS, 0),
    /* 42 */ DO(JUMP_IF_ZERO, 62),
    /* 43 */ DO(PUSH, ARRAY), DO(LOAD, J), DO(ADD, 0), DO(LOAD_AT, 0),
    /* 47 */ DO(PUSH, ARRAY - 1), DO(LOAD, J), DO(ADD, 0), DO(LOAD_AT, 0),
    /* 51 */ DO(PUSH, ARRAY), DO(LOAD, J), DO(ADD, 0), DO(STORE_AT, 0),
    /* 55 */ DO(PUSH, ARRAY - 1), DO(LOAD, J), DO(ADD, 0), DO(STORE_AT, 0),
    /* 59 */ DO(LOAD, J), DO(CALL, 92), DO(JUMP, 65),
    /* 62 */ DO(LOAD, I), DO(CALL, 89), DO(JUMP, 95),
    /* 65 */ DO(JUMP, 97),
    // Collatz' steps of every number to N.
    /* 66 */ DO(PUSH, 0), DO(STORE, STEPS), DO(PUSH, 27), DO(STORE, N),
    /* 70 */ DO(LOAD, N), DO(PUSH, 1), DO(EQUAL, 0), DO(NOT, 0), DO(JUMP_IF_ZERO, 88),
    /* 75 */ DO(LOAD, STEPS), DO(CALL, 89), DO(STORE, STEPS),
    /* 78 */ DO(LOAD, N), DO(PUSH, 1), DO(AND, 0), DO(JUMP_IF_ZERO, 99),
    /* 82 */ DO(LOAD, N), DO(PUSH, 3), DO(MULTIPLY, 0), DO(CALL, 89), DO(STORE, N), DO(JUMP, 70),
    /* 88 */ DO(JUMP, 104),
    // Functions: one more, one less.
    /* 89 */ DO(PUSH, 1), DO(ADD, 0), DO(RETURN, 0),
    /* 92 */ DO(PUSH, 1), DO(SUBTRACT, 0), DO(RETURN, 0),
    /* 95 */ DO(STORE, I), DO(JUMP, 25),
    /* 97 */ DO(STORE, J), DO(JUMP, 31),
    /* 99 */ DO(LOAD, N), DO(PUSH, 1), DO(SHIFT_RIGHT, 0), DO(STORE, N), DO(JUMP, 70),
    // A sum of the sorted array and of the steps.
    /* 104 */ DO(PUSH, 0), DO(STORE, I), DO(LOAD, STEPS), DO(STORE, SUM),
    /* 108 */ DO(LOAD, I), DO(PUSH, SORTED_COUNT), DO(LESS, 0), DO(JUMP_IF_ZERO, 125),
    /* 112 */ DO(LOAD, SUM), DO(PUSH, 31), DO(MULTIPLY, 0),
    /* 115 */ DO(PUSH, ARRAY), DO(LOAD, I), DO(ADD, 0), DO(LOAD_AT, 0), DO(EXCLUSIVE, 0),
    /* 120 */ DO(STORE, SUM), DO(LOAD, I), DO(CALL, 89), DO(STORE, I), DO(JUMP, 108),
    /* 125 */ DO(LOAD, SUM), DO(DUPLICATE, 0), DO(PUSH, 97), DO(REMAINDER, 0), DO(ADD, 0),
    /* 130 */ DO(HALT, 0),
};
// clang-format on

static uint32_t execute(void) {
    uint32_t stack[STACK_COUNT], calls[STACK_COUNT];
    uint32_t *top = stack;
    uint32_t depth = 0;
    const uint32_t *at = program;
    stack[0] = 0;
    while (true) {
        uint32_t instruction = *at++, operand = instruction >> 8;
        switch ((opcode)(instruction & 0xFF)) {
        case PUSH: *++top = operand; break;
        case LOAD: *++top = memory[operand]; break;
        case STORE: memory[operand] = *top--; break;
        case LOAD_AT: *top = memory[*top % MEMORY_COUNT]; break;
        case STORE_AT: memory[top[0] % MEMORY_COUNT] = top[-1], top -= 2; break;
        case ADD: top[-1] += top[0], top -= 1; break;
        case SUBTRACT: top[-1] -= top[0], top -= 1; break;
        case MULTIPLY: top[-1] *= top[0], top -= 1; break;
        case REMAINDER: top[-1] %= top[0], top -= 1; break;
        case AND: top[-1] &= top[0], top -= 1; break;
        case EXCLUSIVE: top[-1] ^= top[0], top -= 1; break;
        case SHIFT_RIGHT: top[-1] >>= top[0] & 31, top -= 1; break;
        case LESS: top[-1] = top[-1] < top[0], top -= 1; break;
        case EQUAL: top[-1] = top[-1] == top[0], top -= 1; break;
        case NOT: top[0] = top[0] == 0; break;
        case JUMP: at = program + operand; break;
        case JUMP_IF_ZERO: if (*top-- == 0) at = program + operand; break;
        case CALL: calls[depth++] = (uint32_t)(at - program), at = program + operand; break;
        case RETURN: at = program + calls[--depth]; break;
        case DUPLICATE: top[1] = top[0], top += 1; break;
        case DROP: top -= 1; break;
        case HALT: return *top;
        }
    }
}

uint32_t suite_run(uint32_t round_count) {
    uint32_t sum = 0;
    memory[SEED] = 11;
    for (uint32_t round = 0; round < round_count; round += 1) sum = mixed(sum, execute());
    return sum;
}
