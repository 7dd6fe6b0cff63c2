"""Guest programs, built by `tandem program build`."""
import pathlib

from processes import ROOT, tandem


def build(directory, source, vm, *flags):
    """The file of the ELF of an example in Sources/Programs, by name, or of a source file."""
    source = source if isinstance(source, pathlib.Path) else ROOT / "Sources/Programs" / source
    elf = directory / f"{source.stem}.{vm}.elf"
    tandem("program", "build", "--vm", vm, *flags, "-o", elf, source)
    return elf
