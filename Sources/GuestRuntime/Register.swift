/// The registers that environment calls use, by their names in the calling convention.
enum Register: UInt8 {
    case t0 = 5
    case t1 = 6
    case t2 = 7
    case a0 = 10
    case a1 = 11
    case a2 = 12
    case a3 = 13
    case a4 = 14
    case a5 = 15
    case a6 = 16
    case a7 = 17
    case t3 = 28
}
