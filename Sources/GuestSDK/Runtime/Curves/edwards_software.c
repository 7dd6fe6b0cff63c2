// -x^2 + y^2 = 1 + d x^2 y^2 with x / z, y / z and t = x y / z (extended coordinates). As -1 has a
// root and d has none, the sum is right for all points (Hisil, Wong, Carter and Dawson, 2008,
// section 3.1).
#include "Curves/software.h"

#ifndef TANDEM_SP1_PRECOMPILES

#include "Integers/mulmod.h"

static const tandem_u256 two = {{2}};

// With the prime at hand.
#define MULTIPLY(result, left, right) tandem_mulmod(result, left, right, &group->prime)
#define SUBTRACT(result, left, right) tandem_u256_submod(result, left, right, &group->prime)
#define ADD(result, left, right) tandem_u256_addmod(result, left, right, &group->prime)

// x' = e f, y' = g h, z' = f g, t' = e h.
static void assemble(
    const tandem_group *group, tandem_sum *sum, const tandem_u256 *e, const tandem_u256 *f,
    const tandem_u256 *g, const tandem_u256 *h
) {
    MULTIPLY(&sum->x, e, f);
    MULTIPLY(&sum->y, g, h);
    MULTIPLY(&sum->z, f, g);
    MULTIPLY(&sum->t, e, h);
}

// All four with the opposite sign to that of the usual formula, which is the same point.
void tandem_edwards_double(const tandem_group *group, tandem_sum *sum) {
    tandem_u256 x_square, y_square, e, f, g, h;
    MULTIPLY(&x_square, &sum->x, &sum->x);
    MULTIPLY(&y_square, &sum->y, &sum->y);
    MULTIPLY(&e, &sum->x, &sum->y);
    MULTIPLY(&e, &e, &two);
    SUBTRACT(&g, &y_square, &x_square);
    MULTIPLY(&f, &sum->z, &sum->z);
    MULTIPLY(&f, &f, &two);
    SUBTRACT(&f, &f, &g);
    ADD(&h, &x_square, &y_square);
    assemble(group, sum, &e, &f, &g, &h);
}

void tandem_edwards_add(
    const tandem_group *group, tandem_sum *sum, const tandem_point256 *point
) {
    tandem_u256 a, b, c, d, left, right;
    SUBTRACT(&left, &sum->y, &sum->x);
    SUBTRACT(&right, &point->y, &point->x);
    MULTIPLY(&a, &left, &right);
    ADD(&left, &sum->y, &sum->x);
    ADD(&right, &point->y, &point->x);
    MULTIPLY(&b, &left, &right);
    MULTIPLY(&c, &point->x, &point->y);
    MULTIPLY(&c, &c, &group->b);
    MULTIPLY(&c, &c, &sum->t);
    MULTIPLY(&c, &c, &two);
    MULTIPLY(&d, &sum->z, &two);
    SUBTRACT(&left, &b, &a);
    ADD(&right, &b, &a);
    SUBTRACT(&a, &d, &c);
    ADD(&b, &d, &c);
    assemble(group, sum, &left, &a, &b, &right);
}

#endif
