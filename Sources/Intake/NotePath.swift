/// Where a file lies: the watched folder, by its position in the configuration, and the path below it as the bytes the kernel has.
public struct NotePath: Hashable, Sendable {
  public var folder: Int
  /// Relative to the folder, without a leading slash; empty for the folder itself.
  public var bytes: [UInt8]

  public init(folder: Int, bytes: [UInt8]) {
    self.folder = folder
    self.bytes = bytes
  }

  public init(folder: Int = 0, _ path: String) { self.init(folder: folder, bytes: Array(path.utf8)) }

  /// Whether this is the directory or lies below it.
  public func isWithin(_ directory: NotePath) -> Bool {
    guard folder == directory.folder else { return false }
    let prefix = directory.bytes
    if prefix.isEmpty { return true }
    return bytes.starts(with: prefix) && (bytes.count == prefix.count || bytes[prefix.count] == UInt8(ascii: "/"))
  }
}
