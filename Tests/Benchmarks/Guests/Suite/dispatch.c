// Calls through tables of functions, virtual calls of shapes, and a state machine in a switch.
#include "suite.h"

enum { CODE_COUNT = 4096, SHAPE_COUNT = 512, OPERATION_COUNT = 16 };

// --- A table of operations ---

typedef uint32_t (*operation)(uint32_t left, uint32_t right);

static uint32_t add(uint32_t a, uint32_t b) { return a + b; }
static uint32_t subtract(uint32_t a, uint32_t b) { return a - b; }
static uint32_t multiply(uint32_t a, uint32_t b) { return a * (b | 1); }
static uint32_t exclusive(uint32_t a, uint32_t b) { return a ^ b; }
static uint32_t either(uint32_t a, uint32_t b) { return a | (b & 0x1111); }
static uint32_t both(uint32_t a, uint32_t b) { return a & (b | 0xFFFF00FF); }
static uint32_t up(uint32_t a, uint32_t b) { return a << (b & 3); }
static uint32_t down(uint32_t a, uint32_t b) { return a >> (b & 3) | a << 29; }
static uint32_t lesser(uint32_t a, uint32_t b) { return a < b ? a + 7 : b; }
static uint32_t greater(uint32_t a, uint32_t b) { return a > b ? a - 9 : b; }
static uint32_t swapped(uint32_t a, uint32_t b) { return (a >> 16 | a << 16) + b; }
static uint32_t averaged(uint32_t a, uint32_t b) { return (a >> 1) + (b >> 1); }
static uint32_t hashed(uint32_t a, uint32_t b) { return mixed(a, b); }
static uint32_t negated(uint32_t a, uint32_t b) { return ~a + b; }
static uint32_t signed_less(uint32_t a, uint32_t b) { return (int32_t)a < (int32_t)b ? b : a + 3; }
static uint32_t counted(uint32_t a, uint32_t b) { return a + (b & 0xFF); }

static const operation operations[OPERATION_COUNT] = {
    add, subtract, multiply, exclusive, either,   both,   up,      down,
    lesser, greater, swapped, averaged, hashed, negated, signed_less, counted,
};

static uint8_t code[CODE_COUNT];

static uint32_t run_operations(uint32_t value) {
    for (uint32_t index = 0; index < CODE_COUNT; index += 1) {
        value = operations[code[index] & 15](value, index * 0x9E3779B1);
    }
    return value;
}

// --- Objects that know their functions ---

typedef struct shape shape;

typedef struct {
    uint32_t (*area)(const shape *self);
    void (*grow)(shape *self, uint32_t by);
} shape_kind;

struct shape {
    const shape_kind *kind;
    uint32_t width;
    uint32_t height;
};

static uint32_t box_area(const shape *self) { return self->width * self->height; }
static uint32_t triangle_area(const shape *self) { return self->width * self->height / 2; }
static uint32_t circle_area(const shape *self) { return self->width * self->width * 355 / 113; }
static void grow_width(shape *self, uint32_t by) { self->width += by & 7; }
static void grow_both(shape *self, uint32_t by) { self->width += 1, self->height ^= by; }

static const shape_kind kinds[3] = {
    {box_area, grow_width}, {triangle_area, grow_both}, {circle_area, grow_width},
};

static shape shapes[SHAPE_COUNT];

static uint32_t run_shapes(uint32_t sum) {
    for (uint32_t index = 0; index < SHAPE_COUNT; index += 1) {
        shape *one = &shapes[index];
        sum += one->kind->area(one);
        one->kind->grow(one, sum);
    }
    return sum;
}

// --- A state machine over bytes ---

typedef enum { OUTSIDE, WORD, NUMBER, SIGN, QUOTED, ESCAPED, COMMENT } state;

static uint32_t run_states(uint32_t sum) {
    state now = OUTSIDE;
    uint32_t tokens = 0;
    for (uint32_t index = 0; index < CODE_COUNT; index += 1) {
        uint8_t byte = code[index] & 15;
        switch (now) {
        case OUTSIDE:
            now = byte < 5 ? WORD : byte < 9 ? NUMBER : byte == 9 ? QUOTED : OUTSIDE;
            if (byte == 12) now = SIGN;
            if (byte == 13) now = COMMENT;
            break;
        case WORD: if (byte > 7) now = OUTSIDE, tokens += 1; break;
        case NUMBER: if (byte > 9) now = byte == 15 ? SIGN : OUTSIDE, tokens += 3; break;
        case SIGN: now = byte < 8 ? NUMBER : OUTSIDE; break;
        case QUOTED:
            if (byte == 14) now = ESCAPED;
            if (byte == 9) now = OUTSIDE, tokens += 5;
            break;
        case ESCAPED: now = QUOTED, sum += byte; break;
        case COMMENT: if (byte == 0) now = OUTSIDE; break;
        }
    }
    return mixed(sum, tokens);
}

uint32_t suite_run(uint32_t round_count) {
    generator source = {8};
    for (uint32_t index = 0; index < SHAPE_COUNT; index += 1) {
        uint32_t word = next(&source);
        shapes[index] = (shape){&kinds[(word >> 16) % 3], word & 63, word >> 6 & 63};
    }
    uint32_t sum = 0;
    for (uint32_t round = 0; round < round_count; round += 1) {
        if (round % 64 == 0) {
            for (uint32_t index = 0; index < CODE_COUNT; index += 1) {
                code[index] = (uint8_t)(next(&source) >> 24);
            }
        }
        sum = run_operations(sum);
        sum = run_shapes(sum);
        sum = run_states(sum);
    }
    return sum;
}
