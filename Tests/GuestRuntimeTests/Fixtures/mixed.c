// A program like real ones in what it does: hashing, matrices, a sieve, sorting, calls through a table,
// division, chasing pointers, bytes and half-words. It commits one word after each part. Built for Linux
// (qemu-riscv32 is the judge), for SP1 and for RISC Zero.
#include <stdint.h>

#ifndef SCALE
#define SCALE 1
#endif

static uint32_t call(uint32_t number, uint32_t x, uint32_t y, uint32_t z);

static uint32_t results[16];
static uint32_t result_count;

#if defined(ABI_LINUX)
static uint32_t call(uint32_t number, uint32_t x, uint32_t y, uint32_t z) {
    register uint32_t a7 __asm__("a7") = number;
    register uint32_t a0 __asm__("a0") = x;
    register uint32_t a1 __asm__("a1") = y;
    register uint32_t a2 __asm__("a2") = z;
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2) : "memory");
    return a0;
}
static void finish(void) {
    call(64, 1, (uint32_t)results, 4 * result_count);
    call(93, 0, 0, 0);
}
#elif defined(ABI_SP1)
static uint32_t call(uint32_t number, uint32_t x, uint32_t y, uint32_t z) {
    register uint32_t t0 __asm__("t0") = number;
    register uint32_t a0 __asm__("a0") = x;
    register uint32_t a1 __asm__("a1") = y;
    register uint32_t a2 __asm__("a2") = z;
    __asm__ volatile("ecall" : "+r"(t0) : "r"(a0), "r"(a1), "r"(a2) : "memory");
    return t0;
}
static void finish(void) {
    call(2, 13, (uint32_t)results, 4 * result_count);
    call(0, 0, 0, 0);
}
#else
static const char name[] = "risc0_zkvm_platform::syscall::nr::SYS_WRITE";
static uint32_t call(uint32_t number, uint32_t x, uint32_t y, uint32_t z) {
    register uint32_t t0 __asm__("t0") = number;
    register uint32_t a0 __asm__("a0") = number == 2 ? 0 : x;
    register uint32_t a1 __asm__("a1") = number == 2 ? 0 : y;
    register uint32_t a2 __asm__("a2") = (uint32_t)name;
    register uint32_t a3 __asm__("a3") = x;
    register uint32_t a4 __asm__("a4") = y;
    register uint32_t a5 __asm__("a5") = z;
    __asm__ volatile("ecall"
                     : "+r"(a0), "+r"(a1)
                     : "r"(t0), "r"(a2), "r"(a3), "r"(a4), "r"(a5)
                     : "memory");
    return a0;
}
static void finish(void) {
    call(2, 3, (uint32_t)results, 4 * result_count);
    call(0, 0, (uint32_t)results, 0);
}
#endif

static void commit(uint32_t value) { results[result_count++] = value; }

void *memset(void *target, int value, unsigned count) {
    uint8_t *bytes = target;
    while (count--) *bytes++ = (uint8_t)value;
    return target;
}

void *memcpy(void *target, const void *source, unsigned count) {
    uint8_t *to = target;
    const uint8_t *from = source;
    while (count--) *to++ = *from++;
    return target;
}

static uint32_t random_state = 12345;
static uint32_t next_random(void) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state;
}

static uint32_t rotate(uint32_t x, int count) { return x >> count | x << (32 - count); }

static uint32_t hash_state[8] = {1, 2, 3, 4, 5, 6, 7, 8};

// SHA-256's rounds, with constants of its own: only the mix of instructions matters.
static void hash_block(uint32_t *w) {
    for (int i = 16; i < 64; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) + w[i - 7] +
               (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
    }
    uint32_t *h = hash_state;
    uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], x = h[7];
    for (uint32_t i = 0; i < 64; i++) {
        uint32_t t1 = x + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) +
                      i * 0x9e3779b9u + w[i];
        uint32_t t2 =
            (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        x = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
    }
    h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e, h[5] += f, h[6] += g, h[7] += x;
}

static void hashing(void) {
    uint32_t w[64];
    for (int i = 0; i < SCALE * 40; i++) {
        for (int j = 0; j < 16; j++) w[j] = next_random();
        hash_block(w);
    }
    commit(hash_state[0]);
}

static int32_t left[32][32], right[32][32], product[32][32];

static void matrices(void) {
    uint32_t sum = 0;
    for (int k = 0; k < SCALE; k++) {
        for (int i = 0; i < 32 * 32; i++) left[0][i] = next_random(), right[0][i] = next_random();
        for (int i = 0; i < 32; i++)
            for (int j = 0; j < 32; j++) {
                uint32_t cell = 0;
                for (int m = 0; m < 32; m++) cell += (uint32_t)left[i][m] * right[m][j];
                product[i][j] = cell;
                sum += cell;
            }
    }
    commit(sum);
}

static uint8_t composite[1 << 15];

static void sieve(void) {
    uint32_t count = 0;
    for (int k = 0; k < SCALE; k++) {
        memset(composite, 0, sizeof composite);
        for (uint32_t i = 2; i * i < sizeof composite; i++)
            if (!composite[i])
                for (uint32_t j = i * i; j < sizeof composite; j += i) composite[j] = 1;
        for (uint32_t i = 2; i < sizeof composite; i++) count += !composite[i];
    }
    commit(count);
}

static uint32_t values[4096];

static void quicksort(uint32_t *a, int low, int high) {
    while (low < high) {
        uint32_t pivot = a[(low + high) / 2];
        int i = low, j = high;
        while (i <= j) {
            while (a[i] < pivot) i++;
            while (a[j] > pivot) j--;
            if (i <= j) {
                uint32_t swap = a[i];
                a[i++] = a[j];
                a[j--] = swap;
            }
        }
        if (j - low < high - i) {
            quicksort(a, low, j);
            low = i;
        } else {
            quicksort(a, i, high);
            high = j;
        }
    }
}

static void sorting(void) {
    uint32_t mix = 0;
    for (int k = 0; k < SCALE; k++) {
        for (int i = 0; i < 4096; i++) values[i] = next_random();
        quicksort(values, 0, 4095);
        for (int i = 0; i < 4096; i++) mix = mix * 31 + values[i];
    }
    commit(mix);
}

static uint32_t triple(uint32_t x) { return x * 3 + 1; }
static uint32_t fold(uint32_t x) { return x ^ x >> 3; }
static uint32_t shift(uint32_t x) { return x + 77; }
static uint32_t square(uint32_t x) { return x * x; }
static uint32_t (*volatile table[4])(uint32_t) = {triple, fold, shift, square};

static void dispatch(void) {
    uint32_t value = 1;
    for (int i = 0; i < SCALE * 3000; i++) value = table[next_random() & 3](value);
    commit(value);
}

static void division(void) {
    uint32_t sum = 0;
    for (int i = 0; i < SCALE * 3000; i++) {
        uint32_t x = next_random(), y = next_random() & 0xfff;
        sum += x / (y + 1) + (uint32_t)((int32_t)x % (int32_t)(y - 2048 ? y - 2048 : 1));
        sum += (uint32_t)((uint64_t)x * y >> 32) + (uint32_t)((int64_t)(int32_t)x * y >> 32);
    }
    commit(sum);
}

static void pointers(void) {
    uint32_t place = 0;
    for (uint32_t i = 0; i < 4096; i++) values[i] = (i * 40501u + 1) & 4095;
    for (int i = 0; i < SCALE * 10000; i++) place = values[place];
    commit(place);
}

static int16_t halves[4096];

static void small_values(void) {
    int32_t sum = 0;
    for (int k = 0; k < SCALE; k++) {
        for (int i = 0; i < 4096; i++) halves[i] = (int16_t)next_random();
        for (int i = 0; i < 4096; i++) sum += halves[i] + ((int8_t *)halves)[i];
    }
    commit((uint32_t)sum);
}

int main(void) {
    hashing();
    matrices();
    sieve();
    sorting();
    dispatch();
    division();
    pointers();
    small_values();
    finish();
    return 0;
}
