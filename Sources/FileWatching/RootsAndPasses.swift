import Glibc

extension DirectoryTreeWatcher {
  // MARK: Roots

  /// - Parameter isMoved: an event said that the root itself was moved, deleted or unmounted.
  func checkRoot(_ index: Int, isMoved: Bool = false) {
    let found = identity(of: roots[index].path)
    if let known = roots[index].identity {
      if found == known, tree.watch(at: .root(index)) != nil {
        if isMoved { rescans.append(TreePath(root: index, path: "")) }
        return
      }
      var actions: [WatchTree.Action] = []
      tree.dropRoot(index, &actions)
      perform(actions)
      roots[index].identity = nil
      roots[index].retryDelay = oneSecond
      uncovered = uncovered.filter { $0.key.root != index }
      if let descriptor = openRoots.removeValue(forKey: index) { close(descriptor) }
      emit(.rootLost(index))
    }
    attachRoot(index)
    if roots[index].identity != nil { emit(.rootFound(index)) }
  }

  func attachRoot(_ index: Int) {
    guard let found = identity(of: roots[index].path) else {
      roots[index].retryAt = MonotonicClock.now + roots[index].retryDelay
      roots[index].retryDelay = min(roots[index].retryDelay * 2, 30 * oneSecond)
      return
    }
    roots[index].identity = found
    roots[index].retryAt = nil
    work.append((.root(index), .quiet))
    rescans.append(TreePath(root: index, path: ""))
  }

  private func identity(of path: BytePath) -> Identity? {
    guard case .success(let status) = path.withCString({ Syscall.status(at: AT_FDCWD, $0, follow: true) }), status.isDirectory else {
      return nil
    }
    return Identity(device: status.device, inode: status.inode)
  }

  // MARK: Passes over the whole tree

  /// Events were lost. One pass repairs the tree of watches; overflows during the pass, and soon after it, ask for one more, later.
  func overflowed() {
    overflows += 1
    switch pass {
    case .running: overflowedDuringPass = true
    case .due: break
    case .none: schedulePass()
    }
  }

  private func schedulePass() {
    let now = MonotonicClock.now
    passDelay = lastPassEnd == 0 || now - lastPassEnd > 60 * oneSecond ? 0 : min(max(oneSecond, passDelay * 2), 30 * oneSecond)
    pass = .due(lastPassEnd + passDelay)
    if lastPassEnd + passDelay <= now { beginPass() }
  }

  func beginPass() {
    pass = .running
    tree.beginPass()
    for index in roots.indices where roots[index].identity != nil {
      work.append((.root(index), .quiet))
      rescans.append(TreePath(root: index, path: ""))
    }
  }

  func finishPass() {
    guard case .running = pass else { return }
    var actions: [WatchTree.Action] = []
    tree.sweep(&actions)
    perform(actions)
    lastPassEnd = MonotonicClock.now
    pass = .none
    if overflowedDuringPass {
      overflowedDuringPass = false
      schedulePass()
    }
  }
}

let oneSecond: UInt64 = 1_000_000_000
