extension CompiledCode {
    /// A program, translated and ready to run; nil where translated code can't run or the program's would
    /// be too long. Then the interpreter serves.
    package static func compile(
        _ code: CodeImage, image: ELFImage, rules: ELFRules, isMetered: Bool = true
    ) -> CompiledCode? {
        guard Translator.isAvailable,
            let translation = Translator.translate(
                code, image: image, rules: rules, isMetered: isMetered)
        else { return nil }
        // Without memory for the code the interpreter serves, too.
        return try? CompiledCode(translation, code: code)
    }
}
