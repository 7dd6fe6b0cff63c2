#ifndef TANDEM_CMACHINE_PROCESS_H
#define TANDEM_CMACHINE_PROCESS_H

#include <sys/types.h>

/// Starts a program that inherits nothing but standard error and one socket.
///
/// The child finds `socket` as descriptor `target` (3 or above), /dev/null as standard input and
/// output, and nothing open above `target`. Signals are as in a fresh process, and it leads a
/// process group of its own, so that a Ctrl-C meant for the parent does not reach it. `arguments`
/// and `environment` end with NULL. Stores the child's id; returns 0 or an errno value.
int tandem_spawn(const char *_Nonnull path, char *_Nullable const *_Nonnull arguments,
                 char *_Nullable const *_Nonnull environment, int socket, int target,
                 pid_t *_Nonnull child);

/// The kernel kills this process when the thread that spawned it ends. Returns 0 or an errno value.
int tandem_die_with_parent(void);

/// A descriptor that poll reports readable once something was written to it (eventfd; non-blocking,
/// closed on exec). Returns -1 with errno set when the system refuses.
int tandem_open_wake_counter(void);

/// A descriptor whose reads wait until there is something to take, and take one (eventfd as a
/// semaphore; closed on exec). Returns -1 with errno set when the system refuses.
int tandem_open_semaphore(void);

#endif
