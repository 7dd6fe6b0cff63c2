// RequestPlayer http1|grpc PORT CONNECTIONS DEPTH SECONDS FILE
//
// FILE holds bodies, each after its length in four big-endian bytes. Each is sent once; as many as
// DEPTH are under way on each of the connections. Prints one line of JSON: how many were sent and
// succeeded, in how many seconds, the processor time of this client in seconds, and the median and
// 99th percentile of the time from framing a request to its answer, in microseconds.
#include "player.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static body *bodies;
static uint32_t body_count, next_body, answer_count, success_count;
static uint64_t *latencies;

_Noreturn void stop(const char *reason) {
    fprintf(stderr, "RequestPlayer: %s\n", reason);
    exit(1);
}

static void *allocated(size_t count, size_t size) {
    void *memory = calloc(count, size);
    if (memory == NULL) stop("no memory");
    return memory;
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void make_room(buffer *in, size_t count) {
    if (in->start > 0) {
        memmove(in->bytes, in->bytes + in->start, in->end - in->start);
        in->end -= in->start;
        in->start = 0;
    }
    if (in->capacity - in->end >= count) return;
    in->capacity = 2 * (in->end + count);
    in->bytes = realloc(in->bytes, in->capacity);
    if (in->bytes == NULL) stop("no memory");
}

void append(buffer *to, const void *bytes, size_t count) {
    if (to->capacity - to->end < count) make_room(to, count);
    memcpy(to->bytes + to->end, bytes, count);
    to->end += count;
}

void answered(connection *on, uint32_t index, bool succeeded) {
    if (on->answered_count >= on->sent_count) stop("an answer to nothing");
    latencies[answer_count] = now() - on->sent_at[index];
    on->answered_count += 1;
    answer_count += 1;
    success_count += succeeded;
}

static void read_bodies(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) stop("the file cannot be opened");
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    uint8_t *all = allocated((size_t)size + 1, 1);
    if (size < 0 || fread(all, 1, (size_t)size, file) != (size_t)size) stop("the file is cut");
    fclose(file);
    bodies = allocated(REQUEST_COUNT_MAX, sizeof *bodies);
    for (long offset = 0; offset < size; body_count += 1) {
        uint32_t count;
        if (size - offset < 4 || body_count == REQUEST_COUNT_MAX) stop("the file is malformed");
        memcpy(&count, all + offset, 4);
        count = ntohl(count);
        offset += 4;
        if (count > REQUEST_BYTE_COUNT_MAX || count > size - offset) stop("a body is too long");
        bodies[body_count] = (body){all + offset, count};
        offset += count;
    }
}

static void connect_to(connection *on, uint16_t port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    on->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (on->socket < 0) stop("no socket");
    if (connect(on->socket, (struct sockaddr *)&address, sizeof address) != 0) stop("no server");
    int yes = 1;
    setsockopt(on->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    on->sent_at = allocated(body_count, sizeof *on->sent_at);
    on->succeeded = allocated(body_count, sizeof *on->succeeded);
}

static void fill(connection *on, const protocol *by, uint32_t depth) {
    while (next_body < body_count && on->sent_count - on->answered_count < depth
           && by->can_send(on, bodies[next_body])) {
        on->sent_at[on->sent_count] = now();
        by->append_request(on, bodies[next_body]);
        on->sent_count += 1;
        next_body += 1;
    }
}

static void send_some(connection *on) {
    size_t count = on->out.end - on->out.start;
    if (count == 0) return;
    ssize_t sent = send(on->socket, on->out.bytes + on->out.start, count,
        MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) stop("a connection broke");
    if (sent > 0) on->out.start += (size_t)sent;
    if (on->out.start == on->out.end) on->out.start = on->out.end = 0;
}

static void receive_some(connection *on, const protocol *by) {
    make_room(&on->in, 1 << 16);
    ssize_t count = recv(on->socket, on->in.bytes + on->in.end, 1 << 16, MSG_DONTWAIT);
    if (count == 0 || (count < 0 && errno != EAGAIN)) stop("the server closed a connection");
    if (count > 0) on->in.end += (size_t)count;
    by->take_answers(on);
}

static void play(
    connection *connections, uint32_t count, const protocol *by, uint32_t depth, uint64_t deadline
) {
    struct pollfd polled[CONNECTION_COUNT_MAX];
    while (answer_count < body_count && now() < deadline) {
        for (uint32_t index = 0; index < count; index += 1) {
            connection *on = &connections[index];
            fill(on, by, depth);
            send_some(on);
            short waits = on->out.end > on->out.start ? POLLIN | POLLOUT : POLLIN;
            polled[index] = (struct pollfd){on->socket, waits, 0};
        }
        poll(polled, count, 100);
        for (uint32_t index = 0; index < count; index += 1) {
            if (polled[index].revents & ~POLLOUT) receive_some(&connections[index], by);
        }
    }
}

static int by_size(const void *left, const void *right) {
    uint64_t first = *(const uint64_t *)left, second = *(const uint64_t *)right;
    return (first > second) - (first < second);
}

static void report(double seconds) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double cpu = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    qsort(latencies, answer_count, sizeof *latencies, by_size);
    double median = answer_count ? (double)latencies[answer_count / 2] / 1e3 : 0;
    double late = answer_count ? (double)latencies[(uint64_t)answer_count * 99 / 100] / 1e3 : 0;
    printf("{\"sent\":%u,\"answered\":%u,\"succeeded\":%u,\"seconds\":%.6f,"
           "\"client_cpu_seconds\":%.6f,\"median_us\":%.1f,\"p99_us\":%.1f}\n",
        next_body, answer_count, success_count, seconds, cpu, median, late);
}

int main(int argument_count, char **arguments) {
    if (argument_count != 7) stop("http1|grpc PORT CONNECTIONS DEPTH SECONDS FILE");
    const protocol *by = strcmp(arguments[1], "grpc") == 0 ? &grpc : &http1;
    uint16_t port = (uint16_t)strtoul(arguments[2], NULL, 10);
    uint32_t count = (uint32_t)strtoul(arguments[3], NULL, 10);
    uint32_t depth = (uint32_t)strtoul(arguments[4], NULL, 10);
    uint64_t seconds = strtoul(arguments[5], NULL, 10);
    if (count < 1 || count > CONNECTION_COUNT_MAX) stop("1 to 64 connections");
    if (depth < 1 || depth > DEPTH_MAX) stop("a depth of 1 to 96");
    read_bodies(arguments[6]);
    latencies = allocated(body_count + 1, sizeof *latencies);
    connection *connections = allocated(count, sizeof *connections);
    for (uint32_t index = 0; index < count; index += 1) {
        connect_to(&connections[index], port);
        by->open_connection(&connections[index]);
    }
    uint64_t start = now();
    play(connections, count, by, depth, start + seconds * 1000000000u);
    report((double)(now() - start) / 1e9);
    return 0;
}
