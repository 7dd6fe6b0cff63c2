// Double precision in software: the SDK's own functions, called by their names so that the host
// computes in the same way. A part of Mandelbrot's set and three bodies that attract each other.
#include "suite.h"

typedef uint64_t real;

real __adddf3(real left, real right);
real __subdf3(real left, real right);
real __muldf3(real left, real right);
real __divdf3(real left, real right);
real __floatsidf(int32_t value);
int32_t __fixdfsi(real value);
int __gtdf2(real left, real right);

enum { SIDE = 24, ITERATION_MAX = 60, BODY_COUNT = 3, STEP_COUNT = 60 };

#define ADD __adddf3
#define SUB __subdf3
#define MUL __muldf3
#define DIV __divdf3

static real ratio(int32_t numerator, int32_t denominator) {
    return DIV(__floatsidf(numerator), __floatsidf(denominator));
}

static uint32_t escape_time(real x, real y) {
    const real four = __floatsidf(4);
    real a = 0, b = 0;
    for (uint32_t count = 0; count < ITERATION_MAX; count += 1) {
        real aa = MUL(a, a), bb = MUL(b, b), ab = MUL(a, b);
        if (__gtdf2(ADD(aa, bb), four) > 0) return count;
        a = ADD(SUB(aa, bb), x);
        b = ADD(ADD(ab, ab), y);
    }
    return ITERATION_MAX;
}

static uint32_t mandelbrot(int32_t shift, uint32_t sum) {
    for (int32_t row = 0; row < SIDE; row += 1) {
        for (int32_t column = 0; column < SIDE; column += 1) {
            real x = ratio(3 * column - 2 * SIDE, SIDE), y = ratio(2 * row - SIDE - shift, SIDE);
            sum += escape_time(x, y) * (uint32_t)(row ^ column);
        }
    }
    return sum;
}

typedef struct {
    real place[2];
    real speed[2];
    real mass;
} body;

// Newton's iteration from a fixed start; the arguments are near one.
static real square_root(real value) {
    const real half = ratio(1, 2);
    real root = __floatsidf(1);
    for (int step = 0; step < 6; step += 1) root = MUL(half, ADD(root, DIV(value, root)));
    return root;
}

static void attract(body *self, const body *other, real step) {
    real x = SUB(other->place[0], self->place[0]), y = SUB(other->place[1], self->place[1]);
    real square = ADD(ADD(MUL(x, x), MUL(y, y)), ratio(1, 100));
    real scale = DIV(MUL(step, other->mass), MUL(square, square_root(square)));
    self->speed[0] = ADD(self->speed[0], MUL(x, scale));
    self->speed[1] = ADD(self->speed[1], MUL(y, scale));
}

static uint32_t three_bodies(uint32_t sum) {
    const real step = ratio(1, 128);
    body bodies[BODY_COUNT];
    for (int32_t index = 0; index < BODY_COUNT; index += 1) {
        bodies[index] = (body){{ratio(index * 3 - 2, 3), ratio(2 - index * index, 5)},
                               {ratio(1 - index, 7), ratio(index, 9)},
                               ratio(index + 1, 2)};
    }
    for (int count = 0; count < STEP_COUNT; count += 1) {
        for (int self = 0; self < BODY_COUNT; self += 1) {
            for (int other = 0; other < BODY_COUNT; other += 1) {
                if (self != other) attract(&bodies[self], &bodies[other], step);
            }
        }
        for (int self = 0; self < BODY_COUNT; self += 1) {
            body *moved = &bodies[self];
            moved->place[0] = ADD(moved->place[0], MUL(moved->speed[0], step));
            moved->place[1] = ADD(moved->place[1], MUL(moved->speed[1], step));
        }
    }
    for (int self = 0; self < BODY_COUNT; self += 1) {
        sum = mixed(sum, (uint32_t)bodies[self].place[0]);
        sum = mixed(sum, (uint32_t)(bodies[self].place[1] >> 32));
    }
    return sum;
}

uint32_t suite_run(uint32_t round_count) {
    uint32_t sum = 0;
    for (uint32_t round = 0; round < round_count; round += 1) {
        sum = mandelbrot((int32_t)(round % 16), sum);
        sum = three_bodies(sum);
    }
    return sum;
}
