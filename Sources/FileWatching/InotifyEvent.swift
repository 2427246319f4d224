import Glibc

/// One event as the kernel wrote it.
struct InotifyEvent: Hashable {
  var watch: Int32
  var mask: UInt32
  /// Joins the two halves of a rename; 0 for everything else.
  var cookie: UInt32 = 0
  /// The name in the watched directory; empty when the event is about the directory itself.
  var name: [UInt8] = []

  func has(_ flags: Int32) -> Bool { mask & UInt32(bitPattern: flags) != 0 }
  var isDirectory: Bool { has(IN_ISDIR) }

  /// Decodes what one `read` returned. The kernel writes whole events only.
  static func decode(_ buffer: UnsafeRawBufferPointer, _ body: (InotifyEvent) -> Void) {
    let header = 16
    var offset = 0
    while offset + header <= buffer.count {
      let length = Int(buffer.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
      let end = offset + header + length
      guard end <= buffer.count else { return }
      let name = UnsafeRawBufferPointer(rebasing: buffer[(offset + header)..<end])
      body(
        InotifyEvent(
          watch: buffer.loadUnaligned(fromByteOffset: offset, as: Int32.self),
          mask: buffer.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self),
          cookie: buffer.loadUnaligned(fromByteOffset: offset + 8, as: UInt32.self),
          name: Array(name.prefix { $0 != 0 })))
      offset = end
    }
  }

  /// What is asked of every directory. `IN_ONLYDIR` lets a name that became a file in the meantime fail; `IN_EXCL_UNLINK` silences
  /// files that were deleted while open; `IN_MASK_ADD` keeps what a root was asked when it is met again from elsewhere.
  static let directoryMask =
    UInt32(
      IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR | IN_EXCL_UNLINK)
    | UInt32(IN_MASK_ADD)
  /// What is asked of a root in addition: nobody watches the directory above it.
  static let rootMask = directoryMask | UInt32(IN_DELETE_SELF | IN_MOVE_SELF)
}
