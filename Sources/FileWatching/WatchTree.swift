import Glibc

/// Where a directory hangs: the watch of its parent and its name there. Roots have the parent `-1 - root` and an empty name.
struct Place: Hashable {
  var parent: Int32
  var name: [UInt8]

  static func root(_ index: Int) -> Place { Place(parent: -1 - Int32(index), name: []) }
  var isRoot: Bool { parent < 0 }
  var rootIndex: Int { Int(-1 - parent) }
}

/// The tree of watched directories, and what inotify's events mean in it. A pure state machine: decoded events in, actions out; the
/// kernel is touched by `DirectoryTreeWatcher` only.
///
/// Directories know their parent and their name, not their path, so a rename moves a whole subtree by changing one link. Events
/// describe the past while the file system shows the present; where the two disagree, `cover` asks the file system again and
/// `attach` lets it win.
struct WatchTree {
  struct Node {
    var place: Place
    /// Tells a directory from another one that got the same watch number.
    var inode: UInt64
    /// Permission bits; a change of them makes everything below worth another look.
    var mode: UInt32
    /// The last pass over the whole tree that saw this directory.
    var pass: UInt32
    var children: Set<Int32> = []
  }

  /// A `MOVED_FROM` whose `MOVED_TO` may still come, perhaps with the next read.
  struct Departure {
    var cookie: UInt32
    var place: Place
    var isDirectory: Bool
    var watch: Int32?
    /// Monotonic nanoseconds.
    var deadline: UInt64
  }

  enum Coverage: Hashable {
    /// Watch everything below and report no files: a walk by the caller follows.
    case quiet
    /// Watch what is not watched yet and report every file in it: it may have been filled before its watch was set.
    case new
    /// Like `new`, but look into directories that are known already, too.
    case again
  }

  enum Action: Hashable {
    case emit(Change)
    case cover(Place, Coverage)
    case unwatch(Int32)
    case checkRoot(Int)
    case resynchronize
  }

  enum Attachment: Hashable {
    case new, known, permissionsChanged
    /// Watched until a moment ago and then lost from sight. Somebody may have looked meanwhile and seen a file that went before the new
    /// watch was set.
    case returned
    /// Watched already, but believed to be elsewhere. What happened in it meanwhile may have been looked for under its old path.
    case relocated
    /// A root, and part of another one.
    case conflict
    /// The path that led here is out of date; events that put it right are under way.
    case stale
  }

  private(set) var nodes: [Int32: Node] = [:]
  private var watches: [Place: Int32] = [:]
  private(set) var departures: [Departure] = []
  /// How many `IN_IGNORED` of watches that were taken back are still to come. Until then events with that number speak of the
  /// directory that had it before, even if the kernel has given the number to another one.
  private var awaitedIgnores: [Int32: Int] = [:]
  private var pass: UInt32 = 0
  /// Inodes of directories whose watch was taken back, and when.
  private var dropped: [UInt64: UInt64] = [:]
  private var now: UInt64 = 0

  /// How long a directory that was lost from sight is remembered, in nanoseconds.
  private static let memory: UInt64 = 5_000_000_000

  let moveTimeout: UInt64
  let prune: (TreePath) -> Bool

  init(moveTimeout: UInt64 = 250_000_000, prune: @escaping (TreePath) -> Bool = { $0.path.lastComponent.first == dot }) {
    self.moveTimeout = moveTimeout
    self.prune = prune
  }

  // MARK: Paths

  /// `nil` when a directory on the way up is no longer known.
  func path(of place: Place) -> TreePath? {
    var names: [[UInt8]] = []
    var place = place
    while !place.isRoot {
      names.append(place.name)
      guard let parent = nodes[place.parent] else { return nil }
      place = parent.place
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(names.reduce(0) { $0 + $1.count + 1 })
    for name in names.reversed() {
      if !bytes.isEmpty { bytes.append(slash) }
      bytes.append(contentsOf: name)
    }
    return TreePath(root: place.rootIndex, path: BytePath(bytes))
  }

  func watch(at place: Place) -> Int32? { watches[place] }

  /// The place of a path whose parent directory is watched.
  func place(of path: TreePath) -> Place? {
    var place = Place.root(path.root)
    for component in path.path.components {
      guard let watch = watches[place] else { return nil }
      place = Place(parent: watch, name: Array(component))
    }
    return place
  }

  // MARK: Events

  /// The instant at which `expire` has something to do, in monotonic nanoseconds.
  var deadline: UInt64? { departures.map(\.deadline).min() }

  mutating func handle(_ event: InotifyEvent, now: UInt64, _ actions: inout [Action]) {
    self.now = now
    if event.has(IN_Q_OVERFLOW) {
      awaitedIgnores.removeAll()  // they may be among what was lost
      return actions.append(.resynchronize)
    }
    if let awaited = awaitedIgnores[event.watch] {
      if event.has(IN_IGNORED) { awaitedIgnores[event.watch] = awaited > 1 ? awaited - 1 : nil }
      return  // still about the directory that had this number before
    }
    guard let node = nodes[event.watch] else { return }
    if event.has(IN_IGNORED) {
      remove(event.watch)
      if node.place.isRoot { actions.append(.checkRoot(node.place.rootIndex)) }
      return
    }
    if event.name.isEmpty { return handleSelf(event, node, &actions) }

    let place = Place(parent: event.watch, name: event.name)
    if event.has(IN_MOVED_TO), let index = departures.firstIndex(where: { $0.cookie == event.cookie }) {
      return arrive(departures.remove(at: index), at: place, now: now, &actions)
    }
    if let index = departures.firstIndex(where: { $0.place == place }) {
      depart(departures.remove(at: index), &actions)  // the name is in use again, so what left it is gone for good
    }
    if event.isDirectory {
      handleDirectory(event, at: place, now: now, &actions)
    } else {
      handleFile(event, at: place, now: now, &actions)
    }
  }

  private func handleSelf(_ event: InotifyEvent, _ node: Node, _ actions: inout [Action]) {
    if node.place.isRoot {
      actions.append(event.has(IN_ATTRIB) ? .cover(node.place, .new) : .checkRoot(node.place.rootIndex))
    } else if event.has(IN_UNMOUNT), let path = path(of: node.place) {
      // The watch goes with the IN_IGNORED that follows; what the mount had hidden is covered when the caller looks.
      actions.append(.emit(.uncovered(path, .failed(ENODEV))))
    }
  }

  private mutating func handleFile(_ event: InotifyEvent, at place: Place, now: UInt64, _ actions: inout [Action]) {
    if event.has(IN_MOVED_FROM) {
      departures.append(Departure(cookie: event.cookie, place: place, isDirectory: false, watch: nil, deadline: now + moveTimeout))
    } else if let path = path(of: place) {
      actions.append(.emit(event.has(IN_DELETE) ? .gone(path) : .changed(path)))
    }
  }

  private mutating func handleDirectory(_ event: InotifyEvent, at place: Place, now: UInt64, _ actions: inout [Action]) {
    guard let path = path(of: place), !prune(path) else { return }
    if event.has(IN_MOVED_FROM) {
      let watch = watches.removeValue(forKey: place)
      departures.append(Departure(cookie: event.cookie, place: place, isDirectory: true, watch: watch, deadline: now + moveTimeout))
    } else if event.has(IN_DELETE) {
      if let watch = watches[place] { drop(watch, &actions) }
      actions.append(.emit(.directoryGone(path)))
    } else {
      actions.append(.cover(place, .new))
    }
  }

  // MARK: Renames

  private mutating func arrive(_ departure: Departure, at place: Place, now: UInt64, _ actions: inout [Action]) {
    if let index = departures.firstIndex(where: { $0.place == place }) { depart(departures.remove(at: index), &actions) }
    guard let to = path(of: place) else { return depart(departure, &actions) }
    if departure.isDirectory, prune(to) { return depart(departure, &actions) }
    guard let from = path(of: departure.place) else {
      actions.append(departure.isDirectory ? .cover(place, .new) : .emit(.changed(to)))
      return
    }
    if departure.isDirectory, let watch = departure.watch, nodes[watch] != nil {
      if let displaced = watches[place], displaced != watch { drop(displaced, &actions) }
      if isAbove(watch, place) { drop(watch, &actions) } else { link(watch, at: place) }
    }
    actions.append(.emit(.moved(from: from, to: to, isDirectory: departure.isDirectory)))
    if departure.isDirectory {
      // Something may have been made in it while its path was another; and what carries the two names now may be another directory.
      actions.append(.cover(place, .again))
      actions.append(.cover(departure.place, .new))
    }
  }

  /// What left did not arrive anywhere in the tree.
  private mutating func depart(_ departure: Departure, _ actions: inout [Action]) {
    let path = path(of: departure.place)
    if let watch = departure.watch, nodes[watch]?.place == departure.place { drop(watch, &actions) }
    guard let path else { return }
    actions.append(.emit(departure.isDirectory ? .directoryGone(path) : .gone(path)))
  }

  /// Gives up waiting for the second half of renames.
  mutating func expire(now: UInt64, _ actions: inout [Action]) {
    self.now = now
    let due = departures.filter { $0.deadline <= now }
    departures.removeAll { $0.deadline <= now }
    for departure in due { depart(departure, &actions) }
  }

  // MARK: The tree

  /// Says that the directory now found at the place has this watch. What the tree believed about either gives way.
  mutating func attach(_ watch: Int32, at place: Place, inode: UInt64, mode: UInt32, _ actions: inout [Action]) -> Attachment {
    if let node = nodes[watch] {
      if node.inode != inode {
        awaitedIgnores[watch, default: 0] += 1
        remove(watch)
      } else if node.place == place, watches[place] == watch {
        nodes[watch]?.pass = pass
        nodes[watch]?.mode = mode
        return node.mode == mode ? .known : .permissionsChanged
      } else if node.place.isRoot || place.isRoot {
        return .conflict
      } else if isAbove(watch, place) {
        drop(watch, &actions)
        return .stale
      } else {
        if let displaced = watches[place], displaced != watch { drop(displaced, &actions) }
        link(watch, at: place)
        nodes[watch]?.pass = pass
        nodes[watch]?.mode = mode
        return .relocated
      }
    }
    if let displaced = watches[place] { drop(displaced, &actions) }
    nodes[watch] = Node(place: place, inode: inode, mode: mode, pass: pass)
    watches[place] = watch
    nodes[place.parent]?.children.insert(watch)
    guard let instant = dropped.removeValue(forKey: inode) else { return .new }
    return now - instant < Self.memory ? .returned : .new
  }

  /// Starts a pass over the whole tree, after which `sweep` drops what the pass did not see.
  mutating func beginPass() { pass &+= 1 }

  mutating func sweep(_ actions: inout [Action]) {
    departures.removeAll()
    for (watch, node) in nodes where node.pass != pass && nodes[watch] != nil { drop(watch, &actions) }
  }

  /// Forgets a root and everything below it.
  mutating func dropRoot(_ index: Int, _ actions: inout [Action]) {
    if let watch = watches[.root(index)] { drop(watch, &actions) }
    departures = departures.filter { path(of: $0.place) != nil }
  }

  /// Whether the place lies in the directory, as far as is believed. A directory cannot move into itself, but while some events are
  /// still to come the tree may mix what was with what is; a link made then would close a circle.
  private func isAbove(_ watch: Int32, _ place: Place) -> Bool {
    var next = place.parent
    while next >= 0 {
      if next == watch { return true }
      guard let node = nodes[next] else { return false }
      next = node.place.parent
    }
    return false
  }

  private mutating func link(_ watch: Int32, at place: Place) {
    guard let old = nodes[watch]?.place else { return }
    nodes[old.parent]?.children.remove(watch)
    if watches[old] == watch { watches[old] = nil }
    nodes[watch]?.place = place
    watches[place] = watch
    nodes[place.parent]?.children.insert(watch)
  }

  /// Forgets a directory and everything below it, and takes their watches back.
  private mutating func drop(_ watch: Int32, _ actions: inout [Action]) {
    if dropped.count > 1000 { dropped = dropped.filter { now - $0.value < Self.memory } }
    var pending = [watch]
    while let next = pending.popLast() {
      guard let node = nodes[next] else { continue }
      pending.append(contentsOf: node.children)
      remove(next)
      dropped[node.inode] = now
      awaitedIgnores[next, default: 0] += 1
      actions.append(.unwatch(next))
    }
  }

  private mutating func remove(_ watch: Int32) {
    guard let node = nodes.removeValue(forKey: watch) else { return }
    if watches[node.place] == watch { watches[node.place] = nil }
    nodes[node.place.parent]?.children.remove(watch)
  }
}
