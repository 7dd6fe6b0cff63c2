// Text: writes JSON from data, reads it back with a tokenizer over bytes, and sums what it finds.
#include "suite.h"

enum { TEXT_BYTE_COUNT_MAX = 1 << 16, ITEM_COUNT = 400, DEPTH_MAX = 16 };

static char text[TEXT_BYTE_COUNT_MAX];

// --- Writing ---

static char *write_text(char *to, const char *from) {
    while (*from != 0) *to++ = *from++;
    return to;
}

static char *write_number(char *to, int32_t value) {
    char digits[10];
    int count = 0;
    uint32_t rest = value < 0 ? 0 - (uint32_t)value : (uint32_t)value;
    if (value < 0) *to++ = '-';
    do {
        digits[count++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    while (count > 0) *to++ = digits[--count];
    return to;
}

static char *write_name(char *to, generator *source) {
    uint32_t word = next(source);
    for (uint32_t index = 0; index < 4 + (word & 7); index += 1) {
        uint32_t letter = word >> index & 31;
        if (letter > 29) *to++ = '\\';
        *to++ = letter > 29 ? '"' : letter > 25 ? ' ' : (char)('a' + letter);
    }
    return to;
}

static char *write_item(char *to, generator *source) {
    to = write_text(to, "{\"id\": ");
    to = write_number(to, (int32_t)next(source));
    to = write_text(to, ", \"name\": \"");
    to = write_name(to, source);
    to = write_text(to, "\", \"active\": ");
    to = write_text(to, next(source) & 1 ? "true" : "false");
    to = write_text(to, ", \"tags\": [");
    uint32_t count = next(source) & 3;
    for (uint32_t index = 0; index < count; index += 1) {
        if (index > 0) to = write_text(to, ", ");
        to = write_number(to, (int32_t)(next(source) >> 20));
    }
    return write_text(to, "], \"none\": null}");
}

static size_t write_document(generator *source) {
    char *to = text;
    *to++ = '[';
    for (int index = 0; index < ITEM_COUNT; index += 1) {
        if (index > 0) to = write_text(to, ",\n  ");
        to = write_item(to, source);
    }
    *to++ = ']';
    return (size_t)(to - text);
}

// --- Reading ---

typedef struct {
    const char *at;
    const char *end;
    uint32_t sum;
    uint32_t failure;
} reader;

static void skip_space(reader *input) {
    while (input->at < input->end) {
        char byte = *input->at;
        if (byte != ' ' && byte != '\n' && byte != '\t' && byte != '\r') break;
        input->at += 1;
    }
}

static void read_string(reader *input) {
    uint32_t hash = 5381;
    input->at += 1;
    while (input->at < input->end && *input->at != '"') {
        if (*input->at == '\\') input->at += 1;
        hash = hash * 33 + (uint8_t)*input->at;
        input->at += 1;
    }
    input->at += 1;
    input->sum = mixed(input->sum, hash);
}

static void read_number(reader *input) {
    bool negative = *input->at == '-';
    uint32_t value = 0;
    if (negative) input->at += 1;
    while (input->at < input->end && *input->at >= '0' && *input->at <= '9') {
        value = value * 10 + (uint32_t)(*input->at - '0');
        input->at += 1;
    }
    input->sum = mixed(input->sum, negative ? 0 - value : value);
}

static void read_word(reader *input, const char *word) {
    for (; *word != 0; word += 1, input->at += 1) {
        if (input->at >= input->end || *input->at != *word) input->failure += 1;
    }
    input->sum += 1;
}

static void read_value(reader *input, int depth);

static void read_members(reader *input, char last, int depth) {
    input->at += 1;
    skip_space(input);
    while (input->at < input->end && *input->at != last) {
        read_value(input, depth + 1);
        skip_space(input);
        if (*input->at == ',' || *input->at == ':') input->at += 1;
        skip_space(input);
    }
    input->at += 1;
}

static void read_value(reader *input, int depth) {
    skip_space(input);
    if (input->at >= input->end || depth > DEPTH_MAX) {
        input->failure += 1;
        return;
    }
    switch (*input->at) {
    case '{': read_members(input, '}', depth); break;
    case '[': read_members(input, ']', depth); break;
    case '"': read_string(input); break;
    case 't': read_word(input, "true"); break;
    case 'f': read_word(input, "false"); break;
    case 'n': read_word(input, "null"); break;
    default: read_number(input); break;
    }
}

uint32_t suite_run(uint32_t round_count) {
    generator source = {7};
    uint32_t sum = 0;
    for (uint32_t round = 0; round < round_count; round += 1) {
        size_t count = write_document(&source);
        for (int again = 0; again < 4; again += 1) {
            reader input = {text, text + count, sum, 0};
            read_value(&input, 0);
            sum = mixed(input.sum, input.failure);
        }
    }
    return sum;
}
