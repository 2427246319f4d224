import Glibc

/// One name in a directory.
struct DirectoryEntry: Hashable {
  enum Kind { case directory, other }
  var name: [UInt8]
  var kind: Kind
}

/// Reads directories through one buffer that is kept from one to the next.
struct DirectoryLister: ~Copyable {
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 8)

  deinit { buffer.deallocate() }

  /// Calls `body` for every name but `.` and `..`, in the directory's own order. The kind is asked of the file system where the
  /// directory does not tell it; a name that vanished in between is left out.
  func list(_ directory: Int32, _ body: (DirectoryEntry) -> Void) -> Result<Void, Errno> {
    while true {
      switch Syscall.listing(directory, into: buffer) {
      case .failure(let error): return .failure(error)
      case .success(0): return .success(())
      case .success(let count): decode(count, directory, body)
      }
    }
  }

  /// `struct linux_dirent64`: inode (8 bytes), offset (8), record length (2), type (1), name up to a NUL.
  private func decode(_ count: Int, _ directory: Int32, _ body: (DirectoryEntry) -> Void) {
    var offset = 0
    while offset + 19 < count {
      let length = Int(buffer.loadUnaligned(fromByteOffset: offset + 16, as: UInt16.self))
      let type = buffer[offset + 18]
      let name = UnsafeRawBufferPointer(rebasing: buffer[(offset + 19)..<min(offset + length, count)])
      offset += max(length, 19)
      let bytes = Array(name.prefix { $0 != 0 })
      if bytes == [dot] || bytes == [dot, dot] { continue }
      switch Int(type) {
      case Int(DT_DIR): body(DirectoryEntry(name: bytes, kind: .directory))
      case Int(DT_UNKNOWN):
        guard case .success(let status) = BytePath(bytes).withCString({ Syscall.status(at: directory, $0) }) else { continue }
        body(DirectoryEntry(name: bytes, kind: status.isDirectory ? .directory : .other))
      default: body(DirectoryEntry(name: bytes, kind: .other))
      }
    }
  }
}

let dot = UInt8(ascii: ".")
