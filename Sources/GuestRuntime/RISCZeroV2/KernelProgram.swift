import RISCV

/// What an R0BF program has beside the user's image and code: the kernel, and the memory above the
/// user's before the first instruction.
struct KernelProgram: Sendable {
    /// The address of the first instruction, which is the kernel's.
    let entry: UInt32

    /// The kernel's instructions. A kernel that writes to them is stopped.
    let code: CodeImage

    /// The memory from `AddressMap.kernelLow` on.
    let memory: KernelMemory
}

/// A program of RISC Zero v2 or v3, checked and decoded.
struct ContainedProgram: Sendable {
    /// What lies in the user's memory, kernel's bytes included.
    let image: ELFImage
    let code: CodeImage
    let kernel: KernelProgram
    /// All of it, for the image id.
    let initialMemory: InitialMemory

    /// Takes apart and checks an R0BF file. Any bytes may be given.
    init(parsing file: [UInt8]) throws(ContainerError) {
        let container = try ProgramContainer(parsing: file)
        let user: ELFImage
        do throws(ELFError) {
            user = try ELFImage(parsing: container.userELF, rules: .riscZeroUser)
            code = try CodeImage(user, model: .uniform, rules: .riscZeroUser)
        } catch { throw .user(error) }
        let kernel: ELFImage
        let kernelCode: CodeImage
        do throws(ELFError) {
            kernel = try ELFImage(parsing: container.kernelELF, rules: .riscZeroKernel)
            kernelCode = try CodeImage(kernel, model: .uniform, rules: .riscZeroKernel)
        } catch { throw .kernel(error) }
        guard kernel.text.lowerBound >= AddressMap.kernelLow,
            kernel.text.upperBound <= AddressMap.kernelHigh
        else {
            throw .kernelTextOutside(start: kernel.text.lowerBound, end: kernel.text.upperBound)
        }
        let memory = InitialMemory(user: user, kernel: kernel)
        // What lies below the user's memory counts for the image id alone: nothing can load it.
        image = ELFImage(
            entry: user.entry,
            chunks: memory.chunks(in: AddressMap.userLow..<AddressMap.kernelLow), text: user.text)
        self.kernel = KernelProgram(
            entry: kernel.entry, code: kernelCode, memory: try Self.kernelMemory(memory))
        initialMemory = memory
    }

    private static func kernelMemory(
        _ initial: InitialMemory
    ) throws(ContainerError) -> KernelMemory {
        var memory = KernelMemory()
        do throws(GuestStop) {
            for chunk in initial.chunks(in: AddressMap.kernelLow..<UInt32.max) {
                try memory.write(chunk.address, chunk.bytes.span)
            }
        } catch { throw .kernelTooLarge }
        return memory
    }
}
