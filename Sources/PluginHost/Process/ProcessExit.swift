import Glibc

/// How a child ended.
public enum ProcessExit: Sendable, Hashable, CustomStringConvertible {
  case exited(Int32)
  case signalled(Int32)

  /// From the status word of waitpid(2).
  init(wait status: Int32) {
    let signal = status & 0x7F
    self = signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
  }

  public var description: String {
    switch self {
    case .exited(let code): return "exit status \(code)"
    case .signalled(let number): return "killed by signal \(number)" + (strsignal(number).map { " (\(String(cString: $0)))" } ?? "")
    }
  }
}
