// y^2 = x^3 + b and y^2 = x^3 - 3 x + b with x / z^2 for x and y / z^3 for y (Jacobian
// coordinates).
//
// A product by a small number is as cheap as any other under BIGINT, and cheaper than the additions
// that it stands for.
#include "Curves/software.h"

#ifndef TANDEM_SP1_PRECOMPILES

#include "Integers/mulmod.h"

static const tandem_u256 two = {{2}}, three = {{3}}, four = {{4}}, eight = {{8}};

// With the prime at hand.
#define MULTIPLY(result, left, right) tandem_mulmod(result, left, right, &group->prime)
#define SUBTRACT(result, left, right) tandem_u256_submod(result, left, right, &group->prime)
#define ADD(result, left, right) tandem_u256_addmod(result, left, right, &group->prime)

// Three times the square of x, or what stands in its place where a is -3: 3 (x - z^2)(x + z^2).
static void slope(const tandem_group *group, tandem_u256 *result, const tandem_sum *sum) {
    tandem_u256 left = sum->x, right = sum->x;
    if (group->form == TANDEM_WEIERSTRASS_MINUS_3) {
        tandem_u256 square;
        MULTIPLY(&square, &sum->z, &sum->z);
        SUBTRACT(&left, &sum->x, &square);
        ADD(&right, &sum->x, &square);
    }
    MULTIPLY(result, &left, &right);
    MULTIPLY(result, result, &three);
}

// With m the slope and s = 4 x y^2: x' = m^2 - 2 s, y' = m (s - x') - 8 y^4, z' = 2 y z.
void tandem_weierstrass_double(const tandem_group *group, tandem_sum *sum) {
    tandem_u256 m, s, square, fourth, twice;
    slope(group, &m, sum);
    MULTIPLY(&square, &sum->y, &sum->y);
    MULTIPLY(&s, &sum->x, &square);
    MULTIPLY(&s, &s, &four);
    MULTIPLY(&fourth, &square, &square);
    MULTIPLY(&fourth, &fourth, &eight);
    MULTIPLY(&sum->z, &sum->z, &sum->y);
    MULTIPLY(&sum->z, &sum->z, &two);
    MULTIPLY(&sum->x, &m, &m);
    MULTIPLY(&twice, &s, &two);
    SUBTRACT(&sum->x, &sum->x, &twice);
    SUBTRACT(&s, &s, &sum->x);
    MULTIPLY(&sum->y, &m, &s);
    SUBTRACT(&sum->y, &sum->y, &fourth);
}

// With h = x2 z^2 - x and r = y2 z^3 - y: x' = r^2 - h^3 - 2 x h^2, y' = r (x h^2 - x') - y h^3 and
// z' = z h. Where h is zero, x is the same, and so the points are equal or opposite.
void tandem_weierstrass_add(
    const tandem_group *group, tandem_sum *sum, const tandem_point256 *point
) {
    tandem_u256 h, r, square, cube, part;
    MULTIPLY(&square, &sum->z, &sum->z);
    MULTIPLY(&h, &point->x, &square);
    SUBTRACT(&h, &h, &sum->x);
    MULTIPLY(&r, &point->y, &square);
    MULTIPLY(&r, &r, &sum->z);
    SUBTRACT(&r, &r, &sum->y);
    if (tandem_u256_is_zero(&h)) {
        if (tandem_u256_is_zero(&r)) {
            tandem_weierstrass_double(group, sum);
        } else {
            sum->is_present = false;
        }
        return;
    }
    MULTIPLY(&sum->z, &sum->z, &h);
    MULTIPLY(&square, &h, &h);
    MULTIPLY(&cube, &square, &h);
    MULTIPLY(&part, &sum->x, &square);
    MULTIPLY(&sum->x, &r, &r);
    SUBTRACT(&sum->x, &sum->x, &cube);
    MULTIPLY(&square, &part, &two);
    SUBTRACT(&sum->x, &sum->x, &square);
    SUBTRACT(&part, &part, &sum->x);
    MULTIPLY(&r, &r, &part);
    MULTIPLY(&cube, &cube, &sum->y);
    SUBTRACT(&sum->y, &r, &cube);
}

#endif
