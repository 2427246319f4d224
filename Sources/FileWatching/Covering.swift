import Glibc

/// Setting the watch of a directory, and finding out why it cannot be set.
extension DirectoryTreeWatcher {
  /// Sets the watch first and lists the directory after, so that whatever appears in between is seen by one of the two.
  func cover(_ place: Place, _ coverage: WatchTree.Coverage) {
    guard let path = tree.path(of: place) else { return }
    let root: Int32
    switch openRoot(path.root) {
    case .success(let descriptor): root = descriptor
    case .failure(let error): return notCovered(TreePath(root: path.root, path: ""), error)
    }
    let directory: Int32
    switch Beneath.open(root, path.path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK) {
    case .success(let descriptor): directory = descriptor
    case .failure(let error): return notCovered(path, error)
    }
    defer { close(directory) }
    guard case .success(let status) = Syscall.status(of: directory) else { return }
    let watch: Int32
    switch inotify.watch(directory, path: roots[path.root].path.appending(path.path), isRoot: place.isRoot) {
    case .success(let descriptor): watch = descriptor
    case .failure(let error): return notCovered(path, error)
    }

    var actions: [WatchTree.Action] = []
    let attachment = tree.attach(watch, at: place, inode: status.inode, mode: status.mode & 0o7777, &actions)
    perform(actions)
    if attachment == .conflict { return tellUncovered(path, .seenElsewhere) }
    if isRemote(directory, path, status) {
      tellUncovered(path, .remoteFileSystem)
    } else if uncovered.removeValue(forKey: path) != nil {
      emit(.covered(path))
      rescans.append(path)
    }
    switch (attachment, coverage) {
    case (.known, .new), (.conflict, _), (.stale, _): return
    case (.permissionsChanged, _), (.relocated, _):
      rescans.append(path)
      look(into: directory, watch, path, .again, reporting: false)
    case (_, .quiet): look(into: directory, watch, path, .quiet, reporting: false)
    case (.returned, _):
      rescans.append(path)
      look(into: directory, watch, path, coverage, reporting: true)
    default: look(into: directory, watch, path, coverage, reporting: attachment == .new)
    }
  }

  /// Told once for each mount: at the root, or where another file system begins.
  private func isRemote(_ directory: Int32, _ path: TreePath, _ status: FileStatus) -> Bool {
    if let identity = roots[path.root].identity, !path.path.isEmpty, identity.device == status.device { return false }
    guard isOnRemoteFileSystem(directory) else { return false }
    return uncovered[path] != nil || !uncovered.contains { $0.value == .remoteFileSystem && path.isWithin($0.key) }
  }

  private func look(into directory: Int32, _ watch: Int32, _ path: TreePath, _ coverage: WatchTree.Coverage, reporting: Bool) {
    let result = lister.list(directory) { entry in
      if entry.kind == .directory {
        if !tree.prune(path.appending(entry.name)) { work.append((Place(parent: watch, name: Array(entry.name)), coverage)) }
      } else if reporting {
        emit(.changed(path.appending(entry.name)))
      }
    }
    if case .failure = result { rescans.append(path) }
  }

  private func notCovered(_ path: TreePath, _ error: Errno) {
    switch error.code {
    case ENOENT, ENOTDIR, ELOOP, EXDEV: uncovered[path] = nil  // gone or replaced; an event about that is under way
    case ENOSPC, ENOMEM: tellUncovered(path, .watchLimit)
    case EACCES: tellUncovered(path, .unreadable)
    default: tellUncovered(path, .failed(error.code))
    }
  }

  func tellUncovered(_ path: TreePath, _ reason: UncoveredReason) {
    if uncovered.updateValue(reason, forKey: path) != reason { emit(.uncovered(path, reason)) }
  }

  /// The root directory, open until the end of this turn, so that it never keeps a file system from being unmounted.
  private func openRoot(_ index: Int) -> Result<Int32, Errno> {
    if let descriptor = openRoots[index] { return .success(descriptor) }
    let opened = Syscall.open(roots[index].path, O_RDONLY | O_DIRECTORY | O_NONBLOCK)
    guard case .success(let descriptor) = opened else {
      // Somebody who holds the directory open keeps its inode alive: no event says that it was removed, the failing open does.
      checkRoot(index)
      return opened
    }
    guard case .success(let status) = Syscall.status(of: descriptor),
      roots[index].identity == Identity(device: status.device, inode: status.inode)
    else {
      close(descriptor)
      checkRoot(index)
      return .failure(Errno(ENOENT))
    }
    openRoots[index] = descriptor
    return opened
  }
}
