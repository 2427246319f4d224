import Glibc

/// Why a file could not be written: what was tried, on which path, what the system said, and what to do.
public struct FileFailure: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Step: String, Sendable {
    case create = "creating a temporary file beside it"
    case write = "writing its content"
    case sync = "making its content durable"
    case rename = "putting the finished file in place"
    case syncFolder = "making its name durable"
    case makeFolder = "making the folder"
    case remove = "removing it"
  }

  public var step: Step
  public var path: String
  /// The system's error number.
  public var code: Int32

  public init(_ step: Step, path: String, code: Int32 = errno) {
    self.step = step
    self.path = path
    self.code = code
  }

  /// Whether trying again later may help without anybody's doing: space and quotas come back, a removed file system may.
  public var isTemporary: Bool { [ENOSPC, EDQUOT, EIO, EAGAIN, EMFILE, ENFILE, ENOMEM, ESTALE].contains(code) }

  public var description: String {
    let verb: String
    switch step {
    case .makeFolder: verb = "make the folder"
    case .remove: verb = "remove"
    case .create, .write, .sync, .rename, .syncFolder: verb = "write"
    }
    return "cannot \(verb) \(TerminalText.escape(path)): \(step.rawValue) failed: \(String(cString: strerror(code))). \(advice)"
  }

  private var advice: String {
    switch code {
    case ENOSPC, EDQUOT: return "Free space on that volume; the earlier file is untouched and the write is tried again."
    case EROFS: return "The volume is mounted read-only, or the unit's ReadWritePaths= does not name the folder."
    case EACCES, EPERM: return "Give the daemon's user write permission on the folder."
    case ENOENT: return "The folder above is missing: create it or correct 'output' in the configuration."
    case ENOTDIR: return "A file stands where a folder is needed: move it away or correct 'output' in the configuration."
    case EISDIR: return "A folder stands where the file is to be: move it away."
    case EIO: return "The volume reports a hardware or connection fault: check it."
    case ENAMETOOLONG: return "Choose a shorter 'output' path."
    default: return "The earlier file is untouched."
    }
  }
}
