// Runs the runtime's own functions on what the test sends, so that it can compare their results.
//
//   on-chain input    one letter that names what to do
//   off-chain input   its operands
#include "tandem.h"
#include <string.h>

static uint64_t load(const uint8_t *bytes) {
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

static void commit_word(uint64_t value) { tandem_commit(&value, sizeof value); }

// Pairs of little-endian 64-bit numbers, of which the second is not zero.
static void divide_pairs(tandem_bytes input) {
    for (size_t offset = 0; offset + 16 <= input.count; offset += 16) {
        uint64_t left = load(input.bytes + offset), right = load(input.bytes + offset + 8);
        commit_word(left / right);
        commit_word(left % right);
        commit_word((uint64_t)((int64_t)left / (int64_t)right));
        commit_word((uint64_t)((int64_t)left % (int64_t)right));
        commit_word(left << (right & 63));
        commit_word(left >> (right & 63));
        commit_word((uint64_t)((int64_t)left >> (right & 63)));
    }
}

// What compilers call to divide 128-bit numbers; a 32-bit machine passes them by reference.
typedef struct {
    uint64_t low, high;
} wide;

void __udivti3(wide *result, const wide *dividend, const wide *divisor);
void __umodti3(wide *result, const wide *dividend, const wide *divisor);
void __divti3(wide *result, const wide *dividend, const wide *divisor);
void __modti3(wide *result, const wide *dividend, const wide *divisor);

// Pairs of little-endian 128-bit numbers, of which the second is not zero.
static void divide_wide_pairs(tandem_bytes input) {
    for (size_t offset = 0; offset + 32 <= input.count; offset += 32) {
        wide pair[2], results[4];
        memcpy(pair, input.bytes + offset, sizeof pair);
        __udivti3(&results[0], &pair[0], &pair[1]);
        __umodti3(&results[1], &pair[0], &pair[1]);
        __divti3(&results[2], &pair[0], &pair[1]);
        __modti3(&results[3], &pair[0], &pair[1]);
        tandem_commit(results, sizeof results);
    }
}

// Pairs of doubles that are numbers: what each operation makes of them.
static void calculate(tandem_bytes input) {
    for (size_t offset = 0; offset + 16 <= input.count; offset += 16) {
        double pair[2];
        memcpy(pair, input.bytes + offset, sizeof pair);
        double left = pair[0], right = pair[1];
        float small_left = (float)left, small_right = (float)right;
        double results[4] = {left + right, left - right, left * right, left / right};
        float small[4] = {
            small_left + small_right, small_left - small_right,
            small_left * small_right, small_left / small_right,
        };
        uint8_t orders[4] = {left < right, left <= right, left == right, left > right};
        int64_t number;
        memcpy(&number, &left, sizeof number);
        double converted[2] = {(double)number, (double)(uint64_t)number};
        int64_t whole = left > -9e18 && left < 9e18 ? (int64_t)left : 0;
        tandem_commit(results, sizeof results);
        tandem_commit(small, sizeof small);
        tandem_commit(orders, sizeof orders);
        tandem_commit(converted, sizeof converted);
        tandem_commit(&whole, sizeof whole);
    }
}

// Triples of bytes: memmove from the first to the second place, as many bytes as the third says;
// the other functions on memory at places made of the same bytes.
static void move_about(tandem_bytes input) {
    static uint8_t area[512];
    for (size_t index = 0; index < sizeof area; index += 1) area[index] = (uint8_t)(index * 7);
    for (size_t offset = 0; offset + 3 <= input.count; offset += 3) {
        const uint8_t *move = input.bytes + offset;
        memmove(area + move[1], area + move[0], move[2]);
        memset(area + 256 + move[0] % 128, move[1], move[2] % 128);
        memcpy(area + 384 + move[1] % 64, area + move[2] % 64, move[0] % 64);
        int order = memcmp(area, area + move[1], move[2]);
        area[0] ^= (uint8_t)((order > 0) - (order < 0) + 1);
        area[511] = 0;
        area[1] ^= (uint8_t)strlen((const char *)area + move[1]);
    }
    tandem_commit(area, sizeof area);
}

// Each byte asks for a block of so many bytes, or gives the last one back when it is zero.
// Committed is the number of live blocks that lost their content, which must be none.
static void allocate_and_free(tandem_bytes input) {
    static uint8_t *blocks[256];
    static uint8_t sizes[256];
    uint8_t live = 0, damaged = 0;
    for (size_t index = 0; index < input.count; index += 1) {
        uint8_t size = input.bytes[index];
        if (size != 0 && live < 255) {
            blocks[live] = tandem_allocate(size);
            sizes[live] = size;
            memset(blocks[live], live ^ size, size);
            live += 1;
        } else if (live > 0) {
            live -= 1;
            tandem_free(blocks[live]);
        }
    }
    for (uint8_t block = 0; block < live; block += 1) {
        damaged += (uintptr_t)blocks[block] % 16 != 0;
        for (uint8_t index = 0; index < sizes[block]; index += 1) {
            damaged += blocks[block][index] != (block ^ sizes[block]);
        }
    }
    tandem_commit(&damaged, 1);
    tandem_commit(&live, 1);
}

static void commit_counted(tandem_bytes bytes) {
    commit_word(bytes.count);
    tandem_commit(bytes.bytes, bytes.count);
}

// In pieces of growing length, so that every way of filling a block is taken.
static void hash_in_pieces(tandem_bytes input) {
    uint8_t digest[32];
    tandem_sha256_hasher sha256;
    tandem_keccak256_hasher keccak256;
    tandem_sha256_begin(&sha256);
    tandem_keccak256_begin(&keccak256);
    size_t offset = 0;
    for (size_t piece = 0; offset < input.count; piece += 1) {
        size_t count = input.count - offset < piece ? input.count - offset : piece;
        tandem_sha256_update(&sha256, input.bytes + offset, count);
        tandem_keccak256_update(&keccak256, input.bytes + offset, count);
        offset += count;
    }
    tandem_sha256_finish(&sha256, digest);
    tandem_commit(digest, sizeof digest);
    tandem_keccak256_finish(&keccak256, digest);
    tandem_commit(digest, sizeof digest);
}

static uint32_t deep(uint32_t depth) {
    volatile uint32_t room[256];
    for (int index = 0; index < 256; index += 1) room[index] = depth;
    return depth == 0 ? 0 : deep(depth - 1) + room[depth % 256];
}

int main(void) {
    tandem_bytes operation = tandem_onchain_input();
    tandem_bytes input = tandem_offchain_input();
    if (operation.count != 1) return 1;
    uint8_t digest[32];
    switch (operation.bytes[0]) {
    case 'd': divide_pairs(input); break;
    case 'w': divide_wide_pairs(input); break;
    case 'c': calculate(input); break;
    case 'm': move_about(input); break;
    case 'a': allocate_and_free(input); break;
    case 's':
        tandem_sha256(input.bytes, input.count, digest);
        tandem_commit(digest, sizeof digest);
        break;
    case 'k':
        tandem_keccak256(input.bytes, input.count, digest);
        tandem_commit(digest, sizeof digest);
        break;
    case 'h': hash_in_pieces(input); break;
    case 'e':
        commit_counted(operation);
        commit_counted(input);
        commit_counted(tandem_state());
        break;
    case 'n': break;
    case 'p': tandem_print("grün\n"); break;
    case 'f': tandem_fail("as asked");
    case 't': __builtin_trap();
    case 'o': tandem_allocate(0x7FFFFFFF); break;
    case 'r': return (int)deep(1 << 20);
    default: return 1;
    }
    return 0;
}
