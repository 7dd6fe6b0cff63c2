#ifndef TANDEM_CMACHINE_SANDBOX_H
#define TANDEM_CMACHINE_SANDBOX_H

#include <stddef.h>
#include <sys/types.h>

/// How much a process may take from the machine that it runs on.
struct tandem_resource_caps {
    /// Everything that is mapped, untouched reservations included.
    size_t address_space_byte_count;
    /// Memory that is private and writable, touched or not.
    size_t data_byte_count;
};

/// Closes every descriptor but `socket`. Returns 0 or an errno value.
int tandem_close_all_but(int socket);

/// Asks the kernel to end this process before others when memory runs out. A kernel that has no such
/// wish list is as good, so there is no result. To be called while files can still be opened.
void tandem_die_first_without_memory(void);

/// Takes from this process, for good: core files (they would hold what it works on), writing to
/// files, opening descriptors, starting processes and threads (where it does not run as root, whom
/// the kernel exempts), and memory beyond the caps. Returns 0 or an errno value.
int tandem_restrict_resources(const struct tandem_resource_caps *_Nonnull caps);

/// From here on this process, with all its threads, can gain no privileges and may do these things
/// and no others: send and receive on `socket`, take and give back private anonymous memory and
/// change its protection (never to writable and executable at once, although first one and then the
/// other is how translated code comes to be), wait on a futex, read clocks and random bytes, return
/// from a signal handler, abort and exit. Any other system call kills the process with SIGSYS.
/// Returns 0 or an errno value.
int tandem_filter_system_calls(int socket);

/// Lets a process use this many seconds of processor time from now on; then SIGXCPU ends it.
/// `process` is a child that is not yet waited for. Returns 0 or an errno value.
int tandem_grant_processor_time(pid_t process, unsigned seconds);

#endif
