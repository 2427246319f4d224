import Glibc

/// Walks a tree of directories once and tells the status of everything that is not a directory.
///
/// Links are told, never followed; each directory is opened below the root without a way out of it, so a directory that is swapped
/// for a link meanwhile leads nowhere. Memory is one path a directory still to be visited.
public struct DirectoryWalker: Sendable {
  public struct File: Hashable, Sendable {
    /// Relative to the root.
    public var path: BytePath
    public var status: FileStatus

    public init(path: BytePath, status: FileStatus) {
      self.path = path
      self.status = status
    }
  }

  public enum Visit: Hashable, Sendable {
    case file(File)
    /// Nothing is known about what lies below this directory, which is not the same as its being empty.
    case unreadable(BytePath, FileSystemError)
  }

  public var root: BytePath
  /// Picks directories (by their path below the root) that are not looked into.
  public var prune: @Sendable (BytePath) -> Bool
  public var visitsHiddenDirectories = false

  public init(root: BytePath, prune: @escaping @Sendable (BytePath) -> Bool = { _ in false }) {
    self.root = root
    self.prune = prune
  }

  /// - Parameters:
  ///   - start: The directory below the root to begin with; empty for the whole tree.
  ///   - body: Called for each file, in no particular order. Return `false` to stop.
  /// - Throws: when the root, or `start`, cannot be opened. Nothing may be concluded about its files then.
  public func walk(from start: BytePath = "", _ body: (Visit) throws -> Bool) throws {
    let top = try Syscall.open(root, O_RDONLY | O_DIRECTORY | O_NONBLOCK)
      .mapError { FileSystemError(.openDirectory, root, .system($0.code)) }.get()
    defer { close(top) }
    let lister = DirectoryLister()
    var pending = [start]
    while let path = pending.popLast() {
      let directory: Int32
      switch Beneath.open(top, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK) {
      case .success(let descriptor): directory = descriptor
      case .failure(let error):
        let failure = FileSystemError(.openDirectory, root.appending(path), .system(error.code))
        if path == start { throw failure }
        if failure.isMissing || error.code == ELOOP { continue }
        guard try body(.unreadable(path, failure)) else { return }
        continue
      }
      defer { close(directory) }
      guard try visit(directory, path, lister, &pending, body) else { return }
    }
  }

  private func visit(
    _ directory: Int32, _ path: BytePath, _ lister: borrowing DirectoryLister, _ pending: inout [BytePath], _ body: (Visit) throws -> Bool
  ) throws -> Bool {
    var goesOn = true
    var failure: (any Error)?
    let listing = lister.list(directory) { entry in
      guard goesOn, failure == nil else { return }
      if entry.kind == .directory {
        let below = path.appending(entry.name)
        if (visitsHiddenDirectories || entry.name.first != dot) && !prune(below) { pending.append(below) }
        return
      }
      guard case .success(let status) = entry.withCString({ Syscall.status(at: directory, $0) }), !status.isDirectory
      else { return }
      do {
        goesOn = try body(.file(File(path: path.appending(entry.name), status: status)))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    if goesOn, case .failure(let error) = listing {
      return try body(.unreadable(path, FileSystemError(.list, root.appending(path), .system(error.code))))
    }
    return goesOn
  }
}
