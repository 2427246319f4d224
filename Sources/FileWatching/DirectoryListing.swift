import Glibc

/// One name in a directory; valid while the lister's `body` runs.
struct DirectoryEntry {
  enum Kind { case directory, other }
  /// A zero byte follows it.
  var name: UnsafeRawBufferPointer
  var kind: Kind

  func withCString<R>(_ body: (UnsafePointer<CChar>) -> R) -> R {
    name.withMemoryRebound(to: CChar.self) { characters in
      guard let base = characters.baseAddress else { preconditionFailure("a name has an address") }
      return body(base)
    }
  }
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
      let field = UnsafeRawBufferPointer(rebasing: buffer[(offset + 19)..<min(offset + length, count)])
      offset += max(length, 19)
      let name = UnsafeRawBufferPointer(rebasing: field[..<(field.firstIndex(of: 0) ?? field.endIndex)])
      if name.isEmpty || name[0] == dot && (name.count == 1 || name.count == 2 && name[1] == dot) { continue }
      switch Int(type) {
      case Int(DT_DIR): body(DirectoryEntry(name: name, kind: .directory))
      case Int(DT_UNKNOWN):
        let entry = DirectoryEntry(name: name, kind: .other)
        guard case .success(let status) = entry.withCString({ Syscall.status(at: directory, $0) }) else { continue }
        body(DirectoryEntry(name: name, kind: status.isDirectory ? .directory : .other))
      default: body(DirectoryEntry(name: name, kind: .other))
      }
    }
  }
}

let dot = UInt8(ascii: ".")
