// close_range, prlimit and seccomp are not in POSIX.
#define _GNU_SOURCE

#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#if defined(__x86_64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "there is no sandbox for this architecture"
#endif

// Descriptors and resources.

int tandem_close_all_but(int socket) {
    for (int lower = 0; lower < socket; lower++) (void)close(lower);
    closefrom(socket + 1);
    return fcntl(socket, F_GETFD) == -1 ? errno : 0;
}

void tandem_die_first_without_memory(void) {
    int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file < 0) return;
    // The largest score there is. Anybody may raise his own.
    (void)!write(file, "1000", 4);
    (void)close(file);
}

static int limit(__rlimit_resource_t resource, rlim_t value) {
    struct rlimit limits = {.rlim_cur = value, .rlim_max = value};
    return setrlimit(resource, &limits) == 0 ? 0 : errno;
}

int tandem_restrict_resources(const struct tandem_resource_caps *caps) {
    int error = limit(RLIMIT_CORE, 0);
    if (error == 0) error = limit(RLIMIT_FSIZE, 0);
    if (error == 0) error = limit(RLIMIT_NOFILE, 0);
    if (error == 0) error = limit(RLIMIT_NPROC, 0);
    if (error == 0) error = limit(RLIMIT_MEMLOCK, 0);
    if (error == 0) error = limit(RLIMIT_AS, caps->address_space_byte_count);
    if (error == 0) error = limit(RLIMIT_DATA, caps->data_byte_count);
    return error;
}

int tandem_grant_processor_time(pid_t process, unsigned seconds) {
    clockid_t clock;
    int error = clock_getcpuclockid(process, &clock);
    if (error != 0) return error;
    struct timespec used;
    if (clock_gettime(clock, &used) != 0) return errno;
    // The kernel counts whole seconds. The hard limit stays as it is, because only root may raise it
    // again; the process itself cannot change either once its system calls are filtered.
    struct rlimit limits;
    if (prlimit(process, RLIMIT_CPU, NULL, &limits) != 0) return errno;
    rlim_t cap = (rlim_t)used.tv_sec + 1 + seconds;
    limits.rlim_cur = cap < limits.rlim_max ? cap : limits.rlim_max;
    return prlimit(process, RLIMIT_CPU, &limits, NULL) == 0 ? 0 : errno;
}

// The filter: a program of the classic BPF machine that the kernel runs before each system call
// (Documentation/userspace-api/seccomp_filter.rst). It reads `struct seccomp_data`; each rule below
// either decides or falls through to the next with the call's number still in the accumulator.

struct program {
    struct sock_filter code[128];
    unsigned short count;
};

enum { KILL = (int)SECCOMP_RET_KILL_PROCESS, ALLOW = SECCOMP_RET_ALLOW };

static void add(struct program *program, uint16_t code, uint8_t if_true, uint8_t if_false,
                uint32_t value) {
    struct sock_filter instruction = BPF_JUMP(code, value, if_true, if_false);
    program->code[program->count++] = instruction;
}

static void load(struct program *program, size_t offset) {
    add(program, BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offset);
}

/// The kernel itself looks at the low half only of descriptors, flags and signals; both machines are
/// little-endian.
static void load_argument(struct program *program, unsigned index) {
    load(program, offsetof(struct seccomp_data, args) + 8 * index);
}

static void skip_unless_equal(struct program *program, uint32_t value, uint8_t count) {
    add(program, BPF_JMP | BPF_JEQ | BPF_K, 0, count, value);
}

static void decide(struct program *program, uint32_t decision) {
    add(program, BPF_RET | BPF_K, 0, 0, decision);
}

static void allow(struct program *program, int call) {
    skip_unless_equal(program, (uint32_t)call, 1);
    decide(program, ALLOW);
}

/// Decides so when one argument has this value, and kills otherwise.
static void decide_if(struct program *program, int call, unsigned argument, uint32_t value,
                      uint32_t decision) {
    skip_unless_equal(program, (uint32_t)call, 4);
    load_argument(program, argument);
    skip_unless_equal(program, value, 1);
    decide(program, decision);
    decide(program, KILL);
}

/// Anonymous memory that is not executable.
static void allow_mapping_memory(struct program *program) {
    skip_unless_equal(program, SYS_mmap, 6);
    load_argument(program, 2);
    add(program, BPF_JMP | BPF_JSET | BPF_K, 3, 0, PROT_EXEC);
    load_argument(program, 3);
    add(program, BPF_JMP | BPF_JSET | BPF_K, 0, 1, MAP_ANONYMOUS);
    decide(program, ALLOW);
    decide(program, KILL);
}

/// Any protection but writable and executable at once.
static void allow_protecting_memory(struct program *program) {
    skip_unless_equal(program, SYS_mprotect, 5);
    load_argument(program, 2);
    add(program, BPF_ALU | BPF_AND | BPF_K, 0, 0, PROT_WRITE | PROT_EXEC);
    add(program, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, PROT_WRITE | PROT_EXEC);
    decide(program, ALLOW);
    decide(program, KILL);
}

/// What abort sends to its own process, so that it is seen as what it is.
static void allow_aborting(struct program *program) {
    skip_unless_equal(program, SYS_tgkill, 6);
    load_argument(program, 0);
    skip_unless_equal(program, (uint32_t)getpid(), 3);
    load_argument(program, 2);
    skip_unless_equal(program, SIGABRT, 1);
    decide(program, ALLOW);
    decide(program, KILL);
}

/// The handler of faults in translated code gives up a fault that is not the guest's by letting it
/// happen again without a handler.
static void allow_giving_up_faults(struct program *program) {
    skip_unless_equal(program, SYS_rt_sigaction, 5);
    load_argument(program, 0);
    add(program, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, SIGSEGV);
    skip_unless_equal(program, SIGBUS, 1);
    decide(program, ALLOW);
    decide(program, KILL);
}

/// A number means another call on another architecture: 32-bit calls on a 64-bit machine, and the
/// x32 numbers of x86-64, which no rule mentions.
static void refuse_other_architectures(struct program *program) {
    load(program, offsetof(struct seccomp_data, arch));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, THIS_ARCHITECTURE);
    decide(program, KILL);
}

static void build(struct program *program, int socket) {
    static const int harmless[] = {
        SYS_futex,        SYS_madvise,       SYS_munmap, SYS_mremap, SYS_brk,
        SYS_rt_sigreturn, SYS_clock_gettime, SYS_getrandom,
        // Continues a call that a stop signal interrupted.
        SYS_restart_syscall, SYS_exit, SYS_exit_group,
        // What abort does before it sends the signal.
        SYS_rt_sigprocmask, SYS_getpid, SYS_gettid,
    };
    refuse_other_architectures(program);
    load(program, offsetof(struct seccomp_data, nr));
    decide_if(program, SYS_recvfrom, 0, (uint32_t)socket, ALLOW);
    decide_if(program, SYS_sendto, 0, (uint32_t)socket, ALLOW);
    allow_protecting_memory(program);
    allow_mapping_memory(program);
    for (size_t index = 0; index < sizeof harmless / sizeof harmless[0]; index++)
        allow(program, harmless[index]);
    allow_aborting(program);
    allow_giving_up_faults(program);
    // The language's runtime says there why it gives up; it is closed, and so it will find it.
    decide_if(program, SYS_write, 0, STDERR_FILENO, SECCOMP_RET_ERRNO | EBADF);
    decide_if(program, SYS_writev, 0, STDERR_FILENO, SECCOMP_RET_ERRNO | EBADF);
    decide(program, KILL);
}

int tandem_filter_system_calls(int socket) {
    struct program program = {.count = 0};
    build(&program, socket);
    // Without this only root may set a filter, and a program with a set-user-id bit could undo it.
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
    struct sock_fprog filter = {.len = program.count, .filter = program.code};
    long result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter);
    if (result < 0) return errno;
    // The id of a thread that could not be brought under the filter.
    return result == 0 ? 0 : ESRCH;
}
