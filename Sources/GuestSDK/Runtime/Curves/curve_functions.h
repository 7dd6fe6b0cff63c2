// The public functions of a curve with 256-bit coordinates, in terms of its group.
#ifndef TANDEM_CURVE_FUNCTIONS_H
#define TANDEM_CURVE_FUNCTIONS_H

#include "Curves/group.h"

#define TANDEM_POINT_FUNCTIONS(curve) \
    bool tandem_##curve##_is_on_curve(const tandem_point256 *point) { \
        return tandem_group_contains(&tandem_##curve##_group, point); \
    } \
    void tandem_##curve##_add( \
        tandem_point256 *result, const tandem_point256 *left, const tandem_point256 *right) { \
        tandem_group_add(&tandem_##curve##_group, result, left, right); \
    } \
    void tandem_##curve##_negate(tandem_point256 *result, const tandem_point256 *point) { \
        tandem_group_negate(&tandem_##curve##_group, result, point); \
    }

#define TANDEM_DOUBLE_FUNCTION(curve) \
    void tandem_##curve##_double(tandem_point256 *result, const tandem_point256 *point) { \
        tandem_group_double(&tandem_##curve##_group, result, point); \
    }

#define TANDEM_MULTIPLY_FUNCTION(curve) \
    void tandem_##curve##_multiply( \
        tandem_point256 *result, const tandem_point256 *point, const tandem_u256 *scalar) { \
        tandem_group_multiply(&tandem_##curve##_group, result, point, scalar); \
    }

#define TANDEM_DECOMPRESS_FUNCTION(curve) \
    bool tandem_##curve##_decompress( \
        tandem_point256 *point, const tandem_u256 *x, bool y_is_odd) { \
        return tandem_group_decompress(&tandem_##curve##_group, point, x, y_is_odd); \
    }

#ifdef TANDEM_SP1_PRECOMPILES
#define TANDEM_CALLS(add, double) .add_call = add, .double_call = double
#else
#define TANDEM_CALLS(add, double) .add_call = 0, .double_call = 0
#endif

#endif
