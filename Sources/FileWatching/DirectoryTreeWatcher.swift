import Glibc
import Synchronization

/// Watches trees of directories with one inotify descriptor.
///
///     let mailbox = ChangeMailbox()
///     let watcher = try DirectoryTreeWatcher(roots: ["/srv/notes"]) { mailbox.post($0) }
///     let coverage = await watcher.start()      // from here on no change is missed
///     // walk the tree once, then:
///     for await changes in mailbox { … }
///
/// - Symbolic links are reported as files and never followed. Hidden directories, and those that `prune` picks, are not watched.
/// - Files found in a directory that appeared while watching are reported as `changed`: they may be older than its watch.
/// - When the kernel's queue overflows, the tree of watches is brought up to date first and `rescanNeeded` follows for each root,
///   once, however many overflows there were.
/// - At rest it takes no processor time at all: no polling, no timer.
///
/// The handler is called on the watcher's own thread right after the descriptor was read. It must not block, since nothing drains
/// the kernel's queue meanwhile; `ChangeMailbox` is made to be that handler.
public actor DirectoryTreeWatcher {
  public struct Options: Sendable {
    /// Picks directories that are neither watched nor looked into. Called for every directory met.
    public var prune: @Sendable (TreePath) -> Bool = { _ in false }
    /// Whether to watch directories whose name begins with a dot.
    public var watchesHiddenDirectories = false
    /// How long the first half of a rename waits for the second.
    public var moveTimeout: Duration = .milliseconds(250)

    /// Whether a directory, which is open, lies on a file system where inotify hears only what this machine does.
    var isRemote: @Sendable (Int32) -> Bool = Syscall.isRemote

    public init() {}
  }

  /// How much of the trees is watched.
  public struct Coverage: Hashable, Sendable {
    /// Watches held, one a directory.
    public var watches = 0
    /// Directories that could not be watched; what lies below them is not watched either.
    public var uncovered: [TreePath: UncoveredReason] = [:]
    public var lostRoots: Set<Int> = []
    /// How often the kernel's queue overflowed since the start.
    public var overflows = 0

    public var isComplete: Bool { uncovered.isEmpty && lostRoots.isEmpty }
  }

  struct Root {
    var path: BytePath
    /// Device and inode of the directory that is watched; `nil` while the root is lost.
    var identity: Identity?
    var retryAt: UInt64?
    var retryDelay: UInt64 = oneSecond
  }

  struct Identity: Hashable {
    var device: UInt64
    var inode: UInt64
  }

  private let loop: WatchLoop
  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  private let handler: @Sendable ([Change]) -> Void
  /// How many watches are held, for whoever does not want to wait for an answer.
  public nonisolated var watchCount: Int { heldWatches.load(ordering: .relaxed) }
  private nonisolated let heldWatches = Atomic<Int>(0)

  let inotify: Inotify
  let lister = DirectoryLister()
  let isOnRemoteFileSystem: @Sendable (Int32) -> Bool
  private var isStarted = false
  var tree: WatchTree
  var roots: [Root]

  /// Directories still to be covered, the next one last.
  var work: [(place: Place, coverage: WatchTree.Coverage)] = []
  private var isContinuationQueued = false
  var openRoots: [Int: Int32] = [:]
  private var batch: [Change] = []
  var uncovered: [TreePath: UncoveredReason] = [:]
  var overflows = 0

  /// Told once `work` is done, when everything below is watched.
  var rescans: [TreePath] = []
  private var waiters: [CheckedContinuation<Void, Never>] = []

  enum Pass { case none, running, due(UInt64) }
  var pass = Pass.none
  var overflowedDuringPass = false
  var passDelay: UInt64 = 0
  var lastPassEnd: UInt64 = 0

  /// Takes an inotify instance; nothing is watched before `start`.
  /// - Throws: when the user's inotify instances are used up, or one root lies in another.
  public init(
    roots: [BytePath], options: Options = Options(), handler: @escaping @Sendable ([Change]) -> Void
  ) throws(FileSystemError) {
    for (index, root) in roots.enumerated() {
      if let other = roots[..<index].first(where: { $0.isWithin(root) || root.isWithin($0) }) {
        throw FileSystemError(.watch, root, .overlapsRoot(other))
      }
    }
    self.handler = handler
    self.isOnRemoteFileSystem = options.isRemote
    do {
      self.loop = try WatchLoop()
    } catch {
      throw FileSystemError(.watch, ".", .system(error.code))
    }
    do throws(FileSystemError) {
      self.inotify = try Inotify(loop: loop)
    } catch {
      loop.finish()
      throw error
    }
    self.roots = roots.map { Root(path: $0) }
    let (prune, watchesHidden) = (options.prune, options.watchesHiddenDirectories)
    self.tree = WatchTree(moveTimeout: UInt64(max(0, options.moveTimeout / .nanoseconds(1)))) { path in
      (!watchesHidden && path.path.lastComponent.first == dot) || prune(path)
    }
  }

  // MARK: Control

  /// Sets the watches and returns when they are all set (or known to be impossible). Changes from that moment on are told; what was
  /// there before is for the caller to walk. A root that does not exist is told as `rootLost` and looked for until it appears.
  @discardableResult
  public func start() async -> Coverage {
    if !isStarted {
      isStarted = true
      inotify.activate { [weak self] in self?.assumeIsolated { $0.drain() } }
      tree.beginPass()
      pass = .running
      for index in roots.indices {
        attachRoot(index)
        if roots[index].identity == nil { emit(.rootLost(index)) }
      }
      rescans.removeAll()
      continueWork()
    }
    await settled()
    return coverage
  }

  /// Takes all watches back and closes the descriptor; the handler is not called any more.
  public func stop() {
    inotify.cancel()
    loop.setAlarm(nil) {}
    isStarted = false
    work.removeAll()
    resumeWaiters()
  }

  /// Returns when no directory waits for its watch and no rename for its second half.
  public func settled() async {
    if isSettled { return }
    await withCheckedContinuation { waiters.append($0) }
  }

  /// Not while a pass after an overflow is still to come: until then some directories are believed watched that are not, and the reverse.
  private var isSettled: Bool { if case .none = pass { work.isEmpty && tree.departures.isEmpty } else { false } }

  /// The directories that are watched.
  var watchedPaths: Set<TreePath> { Set(tree.nodes.values.compactMap { tree.path(of: $0.place) }) }

  public var coverage: Coverage {
    Coverage(
      watches: tree.nodes.count, uncovered: uncovered, lostRoots: Set(roots.indices.filter { roots[$0].identity == nil }),
      overflows: overflows)
  }

  /// Looks whether each root's path still leads to the directory that is watched. Some ways of losing a root make no event: a mount
  /// over it, a lazy unmount, a rename further up. To be called now and then, by whatever wakes up anyway.
  public func checkRoots() {
    for index in roots.indices { checkRoot(index) }
    continueWork()
  }

  /// Tries again to watch what could not be watched, for instance after the limit was raised.
  public func retryUncovered() {
    for path in uncovered.keys {
      if let place = tree.place(of: path) { work.append((place, .new)) } else { uncovered[path] = nil }
    }
    continueWork()
  }

  /// `prune` judges otherwise than it did: directories are watched, or let go, accordingly. `rescanNeeded` for each root follows.
  public func revise() {
    switch pass {
    case .running: overflowedDuringPass = true
    case .due: break
    case .none: beginPass()
    }
    continueWork()
  }

  // MARK: Events

  private func drain() {
    let now = MonotonicClock.now
    inotify.read { event in
      var actions: [WatchTree.Action] = []
      tree.handle(event, now: now, &actions)
      perform(actions)
      if !work.isEmpty { runWork() }
    }
    continueWork()
  }

  private func ring() {
    let now = MonotonicClock.now
    var actions: [WatchTree.Action] = []
    tree.expire(now: now, &actions)
    perform(actions)
    for index in roots.indices where roots[index].retryAt.map({ $0 <= now }) == true { checkRoot(index) }
    if case .due(let instant) = pass, instant <= now { beginPass() }
    continueWork()
  }

  func perform(_ actions: [WatchTree.Action]) {
    for action in actions {
      switch action {
      case .emit(.uncovered(let path, let reason)): tellUncovered(path, reason)
      case .emit(let change): emit(change)
      case .cover(let place, let coverage): work.append((place, coverage))
      case .unwatch(let watch): inotify.unwatch(watch)
      case .checkRoot(let index): checkRoot(index, isMoved: true)
      case .resynchronize: overflowed()
      }
    }
  }

  func emit(_ change: Change) {
    if batch.last != change { batch.append(change) }
  }

  // MARK: Covering directories

  /// Covers a slice of what waits, leaves the rest to a later turn so that the kernel's queue is drained in between, and hands over
  /// what there is to tell.
  private func continueWork() {
    runWork()
    if work.isEmpty {
      finishPass()
      for path in rescans { emit(.rescanNeeded(path)) }
      rescans.removeAll()
    } else if !isContinuationQueued {
      isContinuationQueued = true
      loop.async { [weak self] in
        self?.assumeIsolated {
          $0.isContinuationQueued = false
          $0.continueWork()
        }
      }
    }
    if !batch.isEmpty, isStarted {
      let changes = batch
      batch.removeAll(keepingCapacity: true)
      handler(changes)
    }
    heldWatches.store(tree.nodes.count, ordering: .relaxed)
    if isSettled { resumeWaiters() }
    setAlarm()
  }

  private func runWork() {
    var budget = 1000
    while budget > 0, let next = work.popLast() {
      cover(next.place, next.coverage)
      budget -= 1
    }
    for descriptor in openRoots.values { close(descriptor) }
    openRoots.removeAll()
  }

  private func setAlarm() {
    var instants = roots.compactMap(\.retryAt)
    if let deadline = tree.deadline { instants.append(deadline) }
    if case .due(let instant) = pass { instants.append(instant) }
    loop.setAlarm(isStarted ? instants.min() : nil) { [weak self] in self?.assumeIsolated { $0.ring() } }
  }

  private func resumeWaiters() {
    let waiting = waiters
    waiters.removeAll()
    for waiter in waiting { waiter.resume() }
  }
}
