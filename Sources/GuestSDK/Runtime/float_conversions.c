// Between IEEE 754 binary32 and other types, by way of binary64.
#include <stdint.h>

uint64_t __floatundidf(uint64_t value);
int64_t __fixdfdi(uint64_t bits);
uint64_t __fixunsdfdi(uint64_t bits);
int32_t __fixdfsi(uint64_t bits);
uint32_t __fixunsdfsi(uint64_t bits);

enum { FRACTION_BITS = 23, EXPONENT_SPECIAL = 0xFF, BIAS_DIFFERENCE = 1023 - 127 };

uint64_t __extendsfdf2(uint32_t bits) {
    uint64_t sign = (uint64_t)(bits >> 31) << 63;
    uint32_t field = bits >> FRACTION_BITS & EXPONENT_SPECIAL;
    uint32_t fraction = bits & ((1 << FRACTION_BITS) - 1);
    if (field == EXPONENT_SPECIAL) {
        return fraction != 0 ? (uint64_t)0x7FF8 << 48 : sign | (uint64_t)0x7FF << 52;
    }
    if (field == 0) {
        if (fraction == 0) return sign;
        int shift = __builtin_clz(fraction) - 8;
        fraction = fraction << shift & ((1 << FRACTION_BITS) - 1);
        field = 1 - shift;
    }
    return sign | (uint64_t)(field + BIAS_DIFFERENCE) << 52 | (uint64_t)fraction << 29;
}

uint32_t __truncdfsf2(uint64_t bits) {
    uint32_t sign = (uint32_t)(bits >> 63) << 31;
    int32_t field = (int32_t)(bits >> 52 & 0x7FF);
    uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
    if (field == 0x7FF) return fraction != 0 ? 0x7FC00000 : sign | 0x7F800000;
    // Below half of the least number everything rounds to zero, binary64's own subnormals too.
    if (field == 0 || field < BIAS_DIFFERENCE - FRACTION_BITS - 1) return sign;
    uint64_t significand = fraction | (uint64_t)1 << 52;
    int32_t narrow = field - BIAS_DIFFERENCE;
    if (narrow >= EXPONENT_SPECIAL) return sign | 0x7F800000;
    int32_t shift = 29;
    if (narrow < 1) {
        shift += 1 - narrow;
        narrow = 1;
    }
    uint32_t rounded = (uint32_t)(significand >> shift);
    uint64_t rest = significand & (((uint64_t)1 << shift) - 1);
    uint64_t half = (uint64_t)1 << (shift - 1);
    if (rest > half || (rest == half && (rounded & 1) != 0)) rounded += 1;
    return sign | (((uint32_t)(narrow - 1) << FRACTION_BITS) + rounded);
}

// Integers that binary64 would round lose 16 bits first, and a one at the end of the rest stands
// for them: the 48 bits left are exact, and are rounded once.
uint32_t __floatundisf(uint64_t value) {
    const uint64_t cut = 0xFFFF;
    if (value >> 53 != 0) value = (value & ~cut) | (uint64_t)((value & cut) != 0) << 16;
    return __truncdfsf2(__floatundidf(value));
}

uint32_t __floatdisf(int64_t value) {
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    return __floatundisf(magnitude) | (value < 0 ? (uint32_t)1 << 31 : 0);
}

uint64_t __fixunssfdi(uint32_t bits) { return __fixunsdfdi(__extendsfdf2(bits)); }
int64_t __fixsfdi(uint32_t bits) { return __fixdfdi(__extendsfdf2(bits)); }
uint32_t __fixunssfsi(uint32_t bits) { return __fixunsdfsi(__extendsfdf2(bits)); }
int32_t __fixsfsi(uint32_t bits) { return __fixdfsi(__extendsfdf2(bits)); }
