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
