import Glibc
import Reporting

/// Exit statuses, everywhere the same (sysexits.h where it has one).
public enum ExitStatus: Int32, Sendable {
  case fine = 0
  case found = 1
  case partial = 2
  case notRunning = 3
  case usage = 64
  case badData = 65
  case noInput = 66
  case unavailable = 69
  case bug = 70
  case held = 73
  case inputOutput = 74
  case temporary = 75
  case permission = 77
  case configuration = 78
}

/// Why something cannot start, in words for the person who started it.
public struct SetupError: Error, Sendable, CustomStringConvertible {
  public var status: ExitStatus
  public var description: String

  public init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }
}

extension FileFailure {
  /// Whether another user, or another mode of the folder, would help.
  var isPermission: Bool { [EACCES, EPERM].contains(code) }
}
