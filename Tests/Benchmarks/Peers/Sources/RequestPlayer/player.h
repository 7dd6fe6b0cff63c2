// Plays prepared requests, each once, over some connections, as fast as the server answers.
#ifndef PLAYER_H
#define PLAYER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CONNECTION_COUNT_MAX = 64,
    // Requests under way on a connection; below the 100 streams that HTTP/2 servers allow at least.
    DEPTH_MAX = 96,
    REQUEST_BYTE_COUNT_MAX = 16000,
    REQUEST_COUNT_MAX = 1 << 20,
};

// A prepared body: JSON for HTTP/1.1, a protobuf message for gRPC.
typedef struct {
    const uint8_t *bytes;
    uint32_t count;
} body;

// Bytes on their way, between start and end.
typedef struct {
    uint8_t *bytes;
    size_t start, end, capacity;
} buffer;

typedef struct {
    int socket;
    buffer in, out;
    uint32_t sent_count, answered_count;
    // The monotonic time at which each request was framed, in nanoseconds, and whether its answer
    // was that of success; by order of sending.
    uint64_t *sent_at;
    bool *succeeded;
    // HTTP/2: bytes of DATA that the server takes on the connection.
    int64_t send_window;
} connection;

// A protocol. All but open_connection are called again and again; take_answers consumes whole
// answers from `in` and calls answered() for each.
typedef struct {
    void (*open_connection)(connection *);
    bool (*can_send)(const connection *, body);
    void (*append_request)(connection *, body);
    void (*take_answers)(connection *);
} protocol;

extern const protocol http1;
extern const protocol grpc;

// The header values that do not change.
extern const char *const rest_path;
extern const char *const grpc_path;

void append(buffer *to, const void *bytes, size_t count);
void answered(connection *on, uint32_t index, bool succeeded);
_Noreturn void stop(const char *reason);

#endif
