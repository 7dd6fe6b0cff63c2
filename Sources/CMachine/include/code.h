#ifndef TANDEM_CMACHINE_CODE_H
#define TANDEM_CMACHINE_CODE_H

#include <stddef.h>
#include <stdint.h>

/// What generated code and its host tell each other. While generated code runs, the stack pointer
/// points here: the registers are a short displacement away, and what signal handlers push lands below,
/// in the stack that `tandem_context_create` puts there. The offsets are part of generated code.
typedef struct {
    /// x0 to x31. The ones that generated code keeps in host registers are up to date outside it.
    uint32_t registers[32];
    /// Offset 128: the host's stack pointer while generated code runs.
    uint64_t host_stack;
    /// Offset 136: the budget, packed as `CycleBudget` says.
    uint64_t budget;
    /// Offset 144: where guest address 0 is.
    uint64_t memory;
    /// Offset 152: the host address to go on at.
    uint64_t resume;
    /// Offset 160: why generated code was left.
    uint32_t exit_kind;
    /// Offset 164: what the kind says: the index of an instruction, or an address. On entry the value of
    /// eax.
    uint32_t exit_value;
    /// Offset 168: the host address of the access that faulted.
    uint64_t fault_address;
    /// Where the handler of faults goes on: the code that leaves with the kind of a fault.
    uint64_t fault_exit;
    /// The generated code that may fault.
    uint64_t code_start;
    uint64_t code_end;
} tandem_context;

/// Makes a context with a stack below it. Returns NULL when the system refuses.
tandem_context *_Nullable tandem_context_create(void);

/// Gives a context back.
void tandem_context_destroy(tandem_context *_Nonnull context);

/// Calls generated code: `entry` takes the context and returns when it is left. Accesses between
/// `code_start` and `code_end` that the system does not allow continue at `fault_exit`.
void tandem_context_run(tandem_context *_Nonnull context, const void *_Nonnull entry);

/// Makes faults of generated code known to `tandem_context_run`, once for the process; all other
/// faults go where they went before. Returns 0 or an errno value. Any thread may call it.
int tandem_catch_faults(void);

/// Whether the processor has what generated code uses (x86-64 with BMI2) and the system lets memory be
/// made executable.
int tandem_can_run_code(void);

#endif
