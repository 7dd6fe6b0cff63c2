#define _GNU_SOURCE
// HTTP/1.1 with pipelining: answers come in the order of the requests.
#include "player.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const rest_path = "/v1/jobs";

static void open_connection(connection *on) { (void)on; }

static bool can_send(const connection *on, body next) {
    (void)on;
    (void)next;
    return true;
}

static void append_request(connection *on, body next) {
    char head[256];
    int count = snprintf(head, sizeof head,
        "POST %s HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
        "content-length: %u\r\n\r\n", rest_path, next.count);
    append(&on->out, head, (size_t)count);
    append(&on->out, next.bytes, next.count);
}

// The value of content-length; the server writes its names in lower case.
static size_t content_length(const char *head, size_t count) {
    static const char name[] = "\r\ncontent-length: ";
    const char *found = memmem(head, count, name, sizeof name - 1);
    if (found == NULL) stop("an answer without content-length");
    return strtoul(found + sizeof name - 1, NULL, 10);
}

static void take_answers(connection *on) {
    while (on->in.end > on->in.start) {
        const char *head = (const char *)on->in.bytes + on->in.start;
        size_t count = on->in.end - on->in.start;
        const char *end = memmem(head, count, "\r\n\r\n", 4);
        if (end == NULL) return;
        size_t head_count = (size_t)(end - head) + 4;
        size_t whole = head_count + content_length(head, head_count);
        if (count < whole) return;
        answered(on, on->answered_count, memcmp(head, "HTTP/1.1 200", 12) == 0);
        on->in.start += whole;
    }
}

const protocol http1 = {open_connection, can_send, append_request, take_answers};
