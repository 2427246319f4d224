import Glibc

/// Opens paths below a directory without ever following a symbolic link and without a way out, for paths of any length.
enum Beneath {
  /// The kernel refuses a path of 4096 bytes or more in one call.
  private static let longestPath = 4000

  static func open(_ root: Int32, _ path: BytePath, _ flags: Int32) -> Result<Int32, Errno> {
    if path.isEmpty { return Syscall.open(at: root, ".", flags) }
    guard path.bytes.count > longestPath else { return openShort(root, path, flags) }

    // Halfway down, from directory to directory.
    let components = path.components
    var directory = root
    defer { if directory != root { close(directory) } }
    var part = BytePath([])
    for (index, component) in components.enumerated() {
      if index == components.count - 1 || part.bytes.count + component.count > longestPath {
        if !part.isEmpty {
          switch openShort(directory, part, LinuxFlags.pathOnly | O_DIRECTORY | O_NOFOLLOW) {
          case .success(let next):
            if directory != root { close(directory) }
            directory = next
          case .failure(let error): return .failure(error)
          }
        }
        part = BytePath([])
      }
      part = part.appending(component)
    }
    return openShort(directory, part, flags)
  }

  private static func openShort(_ root: Int32, _ path: BytePath, _ flags: Int32) -> Result<Int32, Errno> {
    let result = Syscall.openBeneath(root, path, flags | O_NOFOLLOW)
    guard case .failure(let error) = result else { return result }
    switch error.code {
    case ENOSYS, EPERM: return openByComponents(root, path, flags)  // an old kernel, or a filter that does not know the call
    case EAGAIN: return openByComponents(root, path, flags)  // a rename was under way
    default: return result
    }
  }

  /// The same for kernels before 5.6: each component is opened in the one before, none may be a link.
  static func openByComponents(_ root: Int32, _ path: BytePath, _ flags: Int32) -> Result<Int32, Errno> {
    let components = path.components
    guard !path.isAbsolute, !components.contains(where: { $0.elementsEqual("..".utf8) }) else { return .failure(Errno(EXDEV)) }
    var directory = root
    defer { if directory != root { close(directory) } }
    for (index, component) in components.enumerated() {
      let isLast = index == components.count - 1
      let wanted = isLast ? flags | O_NOFOLLOW : LinuxFlags.pathOnly | O_DIRECTORY | O_NOFOLLOW
      switch Syscall.open(at: directory, BytePath(Array(component)), wanted) {
      case .success(let next):
        if isLast { return .success(next) }
        if directory != root { close(directory) }
        directory = next
      case .failure(let error): return .failure(error)
      }
    }
    return Syscall.open(at: root, ".", flags)
  }
}

enum LinuxFlags {
  /// `O_PATH`, which glibc shows only to programs that ask for its extensions.
  static let pathOnly: Int32 = 0o10000000
}
