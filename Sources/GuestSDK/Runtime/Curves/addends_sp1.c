// Sums of many points (addends.h).
#include "Curves/addends.h"

#ifdef TANDEM_SP1_PRECOMPILES

#include "Integers/words.h"

enum { WORD_COUNT = 8 };

static tandem_point256 *place(tandem_addends *addends, uint32_t side, uint32_t index) {
    return &addends->points[index * addends->side_count + side];
}

// A copy in line: points are put aside a hundred times for each sum.
static inline void copy(tandem_u256 *target, const tandem_u256 *source) {
#pragma clang loop unroll_count(8)
    for (uint32_t index = 0; index < WORD_COUNT; index += 1) {
        target->words[index] = source->words[index];
    }
}

static inline __attribute__((always_inline)) void append(
    tandem_addends *addends, uint32_t side, const tandem_group *group, bool x_changes,
    const tandem_point256 *point, bool is_opposite
) {
    tandem_point256 *added = place(addends, side, addends->counts[side]);
    addends->counts[side] += 1;
    const tandem_u256 *changed = x_changes ? &point->x : &point->y;
    tandem_u256 *target = x_changes ? &added->x : &added->y;
    copy(x_changes ? &added->y : &added->x, x_changes ? &point->y : &point->x);
    // Of other numbers, hardly any has this word zero.
    if (!is_opposite || (changed->words[0] == 0 && tandem_u256_is_zero(changed))) {
        copy(target, changed);
    } else {
        tandem_words_subtract_inline(
            target->words, group->prime.words, changed->words, WORD_COUNT);
    }
}

static void append_on_edwards(
    tandem_addends *addends, uint32_t side, const tandem_group *group,
    const tandem_point256 *point, bool is_opposite
) {
    append(addends, side, group, true, point, is_opposite);
}

static void append_on_weierstrass(
    tandem_addends *addends, uint32_t side, const tandem_group *group,
    const tandem_point256 *point, bool is_opposite
) {
    append(addends, side, group, false, point, is_opposite);
}

typedef void append_function(
    tandem_addends *addends, uint32_t side, const tandem_group *group,
    const tandem_point256 *point, bool is_opposite);

static append_function *append_on(const tandem_group *group) {
    return group->form == TANDEM_EDWARDS ? append_on_edwards : append_on_weierstrass;
}

// Some bits from `bit` on.
static uint32_t window(const tandem_u256 *scalar, uint32_t bit, uint32_t count) {
    uint32_t index = bit / 32, offset = bit % 32;
    uint32_t value = scalar->words[index] >> offset;
    if (offset > 32 - count && index + 1 < WORD_COUNT) {
        value |= scalar->words[index + 1] << (32 - offset);
    }
    return value & ((1u << count) - 1);
}

// Digits up to half the numbers of a window: a greater one is as much less than all of them, and
// one more in the next window.
void tandem_addends_append_windows(
    tandem_addends *addends, uint32_t side, const tandem_group *group,
    const tandem_windows *windows, const tandem_u256 *scalar, uint32_t bit_count,
    bool is_negative
) {
    append_function *append_point = append_on(group);
    uint32_t half = 1u << (windows->bit_count - 1), carry = 0;
    const tandem_point256 *points = windows->points;
    for (uint32_t bit = 0; bit < bit_count; bit += windows->bit_count) {
        uint32_t digit = window(scalar, bit, windows->bit_count) + carry;
        carry = digit > half;
        if (carry != 0) digit = 2 * half - digit;
        if (digit > 0) {
            append_point(addends, side, group, &points[digit - 1], is_negative != (carry != 0));
        }
        points += half;
    }
}

// A scalar in digits 0, 1 and -1, of which no two in a row are not zero: the scalar is the
// difference of two numbers, whose bits are those of three times the scalar and of the scalar, one
// place down, where both differ.
typedef struct {
    tandem_u256 plus, minus;
} signed_bits;

static void recode(signed_bits *bits, const tandem_u256 *scalar) {
    tandem_u256 triple;
    tandem_u256_add(&triple, scalar, scalar);
    tandem_u256_add(&triple, &triple, scalar);
    for (int index = 0; index < WORD_COUNT; index += 1) {
        bits->plus.words[index] = triple.words[index] & ~scalar->words[index];
        bits->minus.words[index] = scalar->words[index] & ~triple.words[index];
    }
}

void tandem_addends_append_powers(
    tandem_addends *addends, const tandem_group *group, const tandem_point256 *point,
    const tandem_u256 *scalars, const bool *are_negative, uint32_t bit_count
) {
    // No multiple of an identity is worth adding, and it has no double by SP1's calls.
    if (tandem_group_is_identity(group, point)) return;
    signed_bits bits[TANDEM_SIDE_COUNT_MAX];
    for (uint32_t side = 0; side < addends->side_count; side += 1) {
        recode(&bits[side], &scalars[side]);
    }
    tandem_point256 power = *point;
    append_function *append_point = append_on(group);
    // All bits are one place up.
    for (uint32_t bit = 1; bit <= bit_count; bit += 1) {
        if (bit > 1) sp1_call(group->double_call, &power, &power);
        for (uint32_t side = 0; side < addends->side_count; side += 1) {
            bool is_minus = tandem_words_bit(bits[side].minus.words, bit);
            if (!is_minus && !tandem_words_bit(bits[side].plus.words, bit)) continue;
            append_point(addends, side, group, &power, is_minus != are_negative[side]);
        }
    }
}

// The sum in place of `point`, on Weierstrass' curves, where SP1's call is for neither equal nor
// opposite points, nor for the identity.
static void add_with_care(
    const tandem_group *group, tandem_point256 *point, const tandem_point256 *other
) {
    if (tandem_are_equal(&point->x, &other->x) || tandem_group_is_identity(group, point)
        || tandem_group_is_identity(group, other)) {
        tandem_group_add(group, point, point, other);
    } else {
        sp1_call(group->add_call, point, other);
    }
}

static void add_along(
    const tandem_group *group, tandem_point256 *points, const tandem_point256 *others,
    uint32_t count
) {
    if (group->form == TANDEM_EDWARDS) {
        for (uint32_t index = 0; index < count; index += 1) {
            sp1_call(group->add_call, &points[index], &others[index]);
        }
    } else {
        for (uint32_t index = 0; index < count; index += 1) {
            add_with_care(group, &points[index], &others[index]);
        }
    }
}

void tandem_addends_sum(
    tandem_addends *addends, const tandem_group *group, tandem_point256 *sums
) {
    uint32_t side_count = addends->side_count, count = 1;
    tandem_point256 identity = {0};
    if (group->form == TANDEM_EDWARDS) identity.y.words[0] = 1;
    for (uint32_t side = 0; side < side_count; side += 1) {
        if (addends->counts[side] > count) count = addends->counts[side];
    }
    for (uint32_t side = 0; side < side_count; side += 1) {
        for (uint32_t index = addends->counts[side]; index < count; index += 1) {
            *place(addends, side, index) = identity;
        }
    }
    while (count > 1) {
        uint32_t rest = (count + 1) / 2;
        tandem_point256 *points = addends->points;
        add_along(group, points, points + rest * side_count, (count - rest) * side_count);
        count = rest;
    }
    for (uint32_t side = 0; side < side_count; side += 1) sums[side] = *place(addends, side, 0);
}

#endif
