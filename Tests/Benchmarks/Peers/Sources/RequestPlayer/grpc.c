// Unary gRPC calls over cleartext HTTP/2 (RFC 9113, RFC 7541): as much of both as a client needs
// that sends small messages and looks only at frames, never into compressed header blocks.
#include "player.h"

#include <string.h>

const char *const grpc_path = "/coprocessor_node.v1.CoprocessorNode/SubmitJob";

enum {
    FRAME_HEADER_BYTE_COUNT = 9,
    DATA = 0, HEADERS = 1, RST_STREAM = 3, SETTINGS = 4, PING = 6, GOAWAY = 7, WINDOW_UPDATE = 8,
    END_STREAM = 1, ACK = 1, END_HEADERS = 4,
    // gRPC's prefix, and SubmitJobResponse with its one field of 32 bytes.
    PREFIX_BYTE_COUNT = 5, SUCCESS_BYTE_COUNT = PREFIX_BYTE_COUNT + 2 + 32,
    INITIAL_WINDOW = 65535,
    // More than all answers together, so that no update is needed later.
    RECEIVE_WINDOW_INCREMENT = 1 << 30,
};

static void store(uint8_t *at, uint32_t value) {
    for (int index = 3; index >= 0; index -= 1, value >>= 8) at[index] = (uint8_t)value;
}

static uint32_t load(const uint8_t *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void append_frame_header(
    buffer *to, size_t count, uint8_t type, uint8_t flags, uint32_t stream
) {
    uint8_t header[FRAME_HEADER_BYTE_COUNT];
    store(header, (uint32_t)count << 8 | type);
    header[4] = flags;
    store(header + 5, stream);
    append(to, header, sizeof header);
}

static void open_connection(connection *on) {
    append(&on->out, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 24);
    append_frame_header(&on->out, 0, SETTINGS, 0, 0);
    append_frame_header(&on->out, 4, WINDOW_UPDATE, 0, 0);
    uint8_t increment[4];
    store(increment, RECEIVE_WINDOW_INCREMENT);
    append(&on->out, increment, sizeof increment);
    on->send_window = INITIAL_WINDOW;
}

static bool can_send(const connection *on, body next) {
    return on->send_window >= (int64_t)next.count + PREFIX_BYTE_COUNT;
}

// A header field that enters the dynamic table (RFC 7541, section 6.2.1).
static size_t indexed_literal(uint8_t *at, uint8_t name, const char *value) {
    size_t count = strlen(value);
    at[0] = 0x40 | name;
    at[1] = (uint8_t)count;
    memcpy(at + 2, value, count);
    return 2 + count;
}

// The first block fills the dynamic table; later ones name its entries, as gRPC clients do.
static size_t header_block(uint8_t *at, bool first) {
    static const uint8_t later[] = {0x83, 0x86, 0xc1, 0xc0, 0xbf, 0xbe};
    if (!first) {
        memcpy(at, later, sizeof later);
        return sizeof later;
    }
    static const uint8_t te[] = "\x40\x02te\x08trailers";
    size_t count = 0;
    at[count++] = 0x83;  // :method POST
    at[count++] = 0x86;  // :scheme http
    count += indexed_literal(at + count, 4, grpc_path);
    count += indexed_literal(at + count, 1, "127.0.0.1");
    count += indexed_literal(at + count, 31, "application/grpc");
    memcpy(at + count, te, sizeof te - 1);
    return count + sizeof te - 1;
}

static void append_request(connection *on, body next) {
    uint32_t stream = 2 * on->sent_count + 1;
    uint8_t block[256];
    size_t block_count = header_block(block, on->sent_count == 0);
    append_frame_header(&on->out, block_count, HEADERS, END_HEADERS, stream);
    append(&on->out, block, block_count);
    size_t count = PREFIX_BYTE_COUNT + next.count;
    append_frame_header(&on->out, count, DATA, END_STREAM, stream);
    uint8_t prefix[PREFIX_BYTE_COUNT] = {0};
    store(prefix + 1, next.count);
    append(&on->out, prefix, sizeof prefix);
    append(&on->out, next.bytes, next.count);
    on->send_window -= (int64_t)count;
}

static void take_frame(
    connection *on, uint8_t type, uint8_t flags, uint32_t stream, const uint8_t *payload,
    uint32_t count
) {
    uint32_t index = (stream - 1) / 2;
    if (stream != 0 && (stream % 2 == 0 || index >= on->sent_count)) stop("a foreign stream");
    if (type == DATA && count == SUCCESS_BYTE_COUNT) on->succeeded[index] = true;
    if (type == HEADERS && flags & END_STREAM) answered(on, index, on->succeeded[index]);
    if (type == RST_STREAM) answered(on, index, false);
    if (type == GOAWAY) stop("the server ended the connection");
    if (type == WINDOW_UPDATE && stream == 0) on->send_window += load(payload);
    if (type == SETTINGS && !(flags & ACK)) append_frame_header(&on->out, 0, SETTINGS, ACK, 0);
    if (type == PING && !(flags & ACK)) {
        append_frame_header(&on->out, count, PING, ACK, 0);
        append(&on->out, payload, count);
    }
}

static void take_answers(connection *on) {
    while (on->in.end - on->in.start >= FRAME_HEADER_BYTE_COUNT) {
        const uint8_t *header = on->in.bytes + on->in.start;
        uint32_t count = load(header) >> 8;
        if (on->in.end - on->in.start < FRAME_HEADER_BYTE_COUNT + count) return;
        uint32_t stream = load(header + 5) & 0x7fffffff;
        take_frame(on, header[3], header[4], stream, header + FRAME_HEADER_BYTE_COUNT, count);
        on->in.start += FRAME_HEADER_BYTE_COUNT + count;
    }
}

const protocol grpc = {open_connection, can_send, append_request, take_answers};
