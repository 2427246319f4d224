/// What tells one state of a file from another without reading it. Two sightings with the same identity are the same bytes, as far
/// as a kernel can promise: the status-change time moves with every write, rename over it, and change of attributes.
public struct FileIdentity: Hashable, Sendable {
  public var device: UInt64
  public var inode: UInt64
  /// Bytes.
  public var size: Int64
  /// Nanoseconds since 1970.
  public var modified: Int64
  /// Nanoseconds since 1970.
  public var statusChanged: Int64

  public init(device: UInt64, inode: UInt64, size: Int64, modified: Int64, statusChanged: Int64) {
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.statusChanged = statusChanged
  }
}

extension FileIdentity {
  /// Whether nothing changed the file for this long, by the kernel's own account. A status-change time in the future (the clock was
  /// set back, or a file server has another one) proves nothing, so the file counts as being written.
  /// - Parameters:
  ///   - wallClock: Nanoseconds since 1970.
  ///   - length: Nanoseconds.
  public func isQuiet(at wallClock: Int64, for length: UInt64) -> Bool {
    statusChanged <= wallClock - Int64(clamping: length)
  }
}
