// Compression: matches by hash chains as in LZ77, Huffman's code for what remains, and the way
// back.
#include "suite.h"

enum {
    TEXT_COUNT = 1 << 15,
    HASH_COUNT = 1 << 12,
    CHAIN_MAX = 16,
    MATCH_MIN = 4,
    MATCH_MAX = 255,
    SYMBOL_COUNT = 256,
    CODE_BITS_MAX = 24,
};

static uint8_t text[TEXT_COUNT], packed[2 * TEXT_COUNT], coded[3 * TEXT_COUNT];
static uint8_t decoded[2 * TEXT_COUNT], unpacked[TEXT_COUNT];
static int32_t latest[HASH_COUNT], previous[TEXT_COUNT];

static void make_text(generator *source) {
    static const char words[16][9] = {"the ",  "of ",    "machine ", "cycle ", "and ",   "proof ",
                                      "a ",    "block ", "is ",      "to ",    "limit ", "memory ",
                                      "not ",  "in ",    "code ",    "exact "};
    uint32_t count = 0;
    while (count < TEXT_COUNT) {
        uint32_t word = next(source);
        const char *from = words[word >> 28 & (word >> 24 | 3)];
        while (*from != 0 && count < TEXT_COUNT) text[count++] = (uint8_t)*from++;
        if ((word & 31) != 0 || count == TEXT_COUNT) continue;
        text[count++] = (uint8_t)('0' + (word >> 8) % 10);
    }
}

// --- LZ77 ---

static uint32_t hash_at(uint32_t place) {
    uint32_t word = (uint32_t)text[place] | (uint32_t)text[place + 1] << 8 |
                    (uint32_t)text[place + 2] << 16 | (uint32_t)text[place + 3] << 24;
    return word * 0x9E3779B1 >> 20;
}

static uint32_t match_length(uint32_t old, uint32_t now) {
    uint32_t count = 0, most = TEXT_COUNT - now;
    if (most > MATCH_MAX) most = MATCH_MAX;
    while (count < most && text[old + count] == text[now + count]) count += 1;
    return count;
}

static uint32_t longest_match(uint32_t now, uint32_t *distance) {
    uint32_t best = 0;
    int32_t old = latest[hash_at(now)];
    for (int step = 0; step < CHAIN_MAX && old >= 0; step += 1, old = previous[old]) {
        uint32_t length = match_length((uint32_t)old, now);
        if (length <= best) continue;
        best = length;
        *distance = now - (uint32_t)old;
    }
    return best;
}

static void remember(uint32_t place) {
    if (place + MATCH_MIN > TEXT_COUNT) return;
    uint32_t hash = hash_at(place);
    previous[place] = latest[hash];
    latest[hash] = (int32_t)place;
}

// A literal is 0 and the byte; a match is its length and its distance in two bytes.
static uint32_t pack(void) {
    for (int index = 0; index < HASH_COUNT; index += 1) latest[index] = -1;
    uint32_t count = 0;
    for (uint32_t now = 0; now < TEXT_COUNT;) {
        uint32_t distance = 0, length = 0;
        if (now + MATCH_MIN <= TEXT_COUNT) length = longest_match(now, &distance);
        if (length < MATCH_MIN) {
            packed[count++] = 0;
            packed[count++] = text[now];
            length = 1;
        } else {
            packed[count++] = (uint8_t)length;
            packed[count++] = (uint8_t)distance;
            packed[count++] = (uint8_t)(distance >> 8);
        }
        for (uint32_t step = 0; step < length; step += 1) remember(now + step);
        now += length;
    }
    return count;
}

static uint32_t unpack(const uint8_t *from, uint32_t count) {
    uint32_t made = 0;
    for (uint32_t at = 0; at < count;) {
        uint32_t length = from[at++];
        if (length == 0) {
            unpacked[made++] = from[at++];
            continue;
        }
        uint32_t distance = from[at] | (uint32_t)from[at + 1] << 8;
        at += 2;
        for (; length > 0; length -= 1, made += 1) unpacked[made] = unpacked[made - distance];
    }
    return made;
}

// --- Huffman ---

static uint32_t weights[2 * SYMBOL_COUNT];
static uint16_t parents[2 * SYMBOL_COUNT];
static uint16_t heap[SYMBOL_COUNT + 1];
static uint32_t heap_count;
static uint8_t lengths[SYMBOL_COUNT];
static uint32_t codes[SYMBOL_COUNT];

static bool is_lighter(uint16_t left, uint16_t right) {
    if (weights[left] != weights[right]) return weights[left] < weights[right];
    return left < right;
}

static void push(uint16_t symbol) {
    heap_count += 1;
    uint32_t place = heap_count;
    while (place > 1 && is_lighter(symbol, heap[place / 2])) {
        heap[place] = heap[place / 2];
        place /= 2;
    }
    heap[place] = symbol;
}

static uint16_t pop(void) {
    uint16_t first = heap[1], last = heap[heap_count];
    heap_count -= 1;
    uint32_t place = 1;
    while (2 * place <= heap_count) {
        uint32_t child = 2 * place;
        if (child < heap_count && is_lighter(heap[child + 1], heap[child])) child += 1;
        if (!is_lighter(heap[child], last)) break;
        heap[place] = heap[child];
        place = child;
    }
    heap[place] = last;
    return first;
}

// Lengths of codes, from a tree joined from its lightest parts.
static void measure_codes(uint32_t count) {
    for (int symbol = 0; symbol < SYMBOL_COUNT; symbol += 1) weights[symbol] = 1;
    for (uint32_t index = 0; index < count; index += 1) weights[packed[index]] += 16;
    heap_count = 0;
    for (uint16_t symbol = 0; symbol < SYMBOL_COUNT; symbol += 1) push(symbol);
    uint16_t joined = SYMBOL_COUNT;
    for (; heap_count > 1; joined += 1) {
        uint16_t first = pop(), second = pop();
        weights[joined] = weights[first] + weights[second];
        parents[first] = joined;
        parents[second] = joined;
        push(joined);
    }
    for (int symbol = 0; symbol < SYMBOL_COUNT; symbol += 1) {
        uint8_t length = 0;
        for (uint16_t at = (uint16_t)symbol; at != joined - 1; at = parents[at]) length += 1;
        lengths[symbol] = length;
    }
}

// Codes of one length follow each other in the order of symbols; shorter ones come first.
static void assign_codes(void) {
    uint32_t code = 0;
    for (uint32_t length = 1; length <= CODE_BITS_MAX; length += 1, code <<= 1) {
        for (int symbol = 0; symbol < SYMBOL_COUNT; symbol += 1) {
            if (lengths[symbol] == length) codes[symbol] = code++;
        }
    }
}

static uint32_t encode(uint32_t count) {
    uint32_t bits = 0, held = 0, made = 0;
    for (uint32_t index = 0; index < count; index += 1) {
        uint8_t symbol = packed[index];
        for (int bit = lengths[symbol] - 1; bit >= 0; bit -= 1) {
            held = held << 1 | (codes[symbol] >> bit & 1);
            bits += 1;
            if (bits % 8 == 0) coded[made++] = (uint8_t)held;
        }
    }
    if (bits % 8 != 0) coded[made++] = (uint8_t)(held << (8 - bits % 8));
    return made;
}

static void decode(uint32_t count) {
    static uint32_t first_code[CODE_BITS_MAX + 1], first_place[CODE_BITS_MAX + 2];
    static uint8_t symbols[SYMBOL_COUNT];
    uint32_t place = 0;
    for (uint32_t length = 1; length <= CODE_BITS_MAX; length += 1) {
        first_place[length] = place;
        for (int symbol = 0; symbol < SYMBOL_COUNT; symbol += 1) {
            if (lengths[symbol] != length) continue;
            if (place == first_place[length]) first_code[length] = codes[symbol];
            symbols[place++] = (uint8_t)symbol;
        }
    }
    first_place[CODE_BITS_MAX + 1] = place;
    uint32_t bit = 0;
    for (uint32_t index = 0; index < count; index += 1) {
        uint32_t code = 0, length = 0, offset;
        do {
            code = code << 1 | (coded[bit >> 3] >> (7 - (bit & 7)) & 1);
            bit += 1;
            length += 1;
            offset = code - first_code[length];
        } while (offset >= first_place[length + 1] - first_place[length]);
        decoded[index] = symbols[first_place[length] + offset];
    }
}

uint32_t suite_run(uint32_t round_count) {
    generator source = {10};
    uint32_t sum = 0;
    for (uint32_t round = 0; round < round_count; round += 1) {
        make_text(&source);
        uint32_t count = pack();
        measure_codes(count);
        assign_codes();
        sum = mixed(sum, encode(count));
        decode(count);
        sum = mixed(sum, unpack(decoded, count));
        for (uint32_t index = 0; index < TEXT_COUNT; index += 1) {
            if (text[index] != unpacked[index]) return 0xDEAD;
        }
    }
    return sum;
}
