import Glibc
import Testing

@testable import FileWatching

/// What events mean, without a kernel: events in, actions out. Directories `a`, `a/b` and `c` are watched as 2, 3 and 4, the root as 1.
@Suite struct WatchTreeTests {
  /// The cases of `Cases/Events`: an instant, a watched directory, what happened there, a name, and the cookie that joins two halves.
  @Test(arguments: CaseFile.all(in: "Events")) func eventsBecomeActions(_ example: CaseFile) throws {
    var tree = Self.tree()
    var actions: [WatchTree.Action] = []
    for line in example["events"] {
      let (event, now) = try Self.event(line)
      tree.expire(now: now, &actions)
      tree.handle(event, now: now, &actions)
    }
    tree.expire(now: .max, &actions)
    #expect(actions.map { Self.describe($0, tree) }.sorted(by: Self.unwatchesFirst) == example["expected"])
  }

  /// Sets are watched in no order; only unwatching is compared without order.
  private static func unwatchesFirst(_ a: String, _ b: String) -> Bool { a.hasPrefix("unwatch") && (!b.hasPrefix("unwatch") || a < b) }

  @Test func theIgnoredOfAnOldWatchDoesNotEndTheNewOneWithItsNumber() {
    var tree = Self.tree()
    var actions: [WatchTree.Action] = []
    // `c` (4) is deleted and made again before its events are read, and the kernel hands out 4 once more.
    #expect(tree.attach(4, at: Place(parent: 1, name: Array("c".utf8)), inode: 99, mode: 0o755, &actions) == .new)
    tree.handle(InotifyEvent(watch: 4, mask: UInt32(IN_MODIFY), name: Array("old".utf8)), now: 0, &actions)
    tree.handle(InotifyEvent(watch: 4, mask: UInt32(IN_IGNORED)), now: 0, &actions)
    #expect(actions == [])
    tree.handle(InotifyEvent(watch: 4, mask: UInt32(IN_MODIFY), name: Array("new".utf8)), now: 0, &actions)
    #expect(actions == [.emit(.changed(TreePath(root: 0, path: "c/new")))])
  }

  @Test func aDirectoryFoundElsewhereIsMovedThere() {
    var tree = Self.tree()
    var actions: [WatchTree.Action] = []
    #expect(tree.attach(2, at: Place(parent: 4, name: Array("moved".utf8)), inode: 2, mode: 0o755, &actions) == .relocated)
    tree.handle(InotifyEvent(watch: 3, mask: UInt32(IN_MODIFY), name: Array("n".utf8)), now: 0, &actions)
    #expect(actions == [.emit(.changed(TreePath(root: 0, path: "c/moved/b/n")))])
    #expect(tree.watch(at: Place(parent: 1, name: Array("a".utf8))) == nil)
  }

  @Test func aDirectoryThatWasOutOfSightIsKnownToHaveBeen() {
    var tree = Self.tree()
    var actions: [WatchTree.Action] = []
    let place = Place(parent: 1, name: Array("c".utf8))
    tree.handle(InotifyEvent(watch: 1, mask: UInt32(IN_DELETE | IN_ISDIR), name: Array("c".utf8)), now: 0, &actions)
    #expect(tree.attach(5, at: place, inode: 4, mode: 0o755, &actions) == .returned)
    tree.handle(InotifyEvent(watch: 1, mask: UInt32(IN_DELETE | IN_ISDIR), name: Array("c".utf8)), now: 1, &actions)
    tree.expire(now: 60_000_000_000, &actions)
    #expect(tree.attach(6, at: place, inode: 4, mode: 0o755, &actions) == .new)
  }

  @Test func noDirectoryEverLiesInItself() {
    var tree = Self.tree()
    var actions: [WatchTree.Action] = []
    let inside = Place(parent: 3, name: Array("a".utf8))
    #expect(tree.attach(2, at: inside, inode: 2, mode: 0o755, &actions) == .stale)
    #expect(Set(tree.nodes.keys) == [1, 4])
    #expect(tree.path(of: inside) == nil)
  }

  @Test func aDirectoryThatTakesAPlaceDrivesOutTheOther() {
    var tree = Self.tree()
    var actions: [WatchTree.Action] = []
    #expect(tree.attach(9, at: Place(parent: 1, name: Array("a".utf8)), inode: 9, mode: 0o755, &actions) == .new)
    #expect(actions == [.unwatch(2), .unwatch(3)])
    #expect(Set(tree.nodes.keys) == [1, 4, 9])
  }

  @Test func aPassDropsWhatItDidNotSee() {
    var tree = Self.tree()
    var actions: [WatchTree.Action] = []
    tree.beginPass()
    _ = tree.attach(1, at: .root(0), inode: 1, mode: 0o755, &actions)
    _ = tree.attach(4, at: Place(parent: 1, name: Array("c".utf8)), inode: 4, mode: 0o755, &actions)
    tree.sweep(&actions)
    #expect(Set(tree.nodes.keys) == [1, 4])
  }

  @Test func aRootIsNotWatchedAsPartOfAnother() {
    var tree = Self.tree()
    var actions: [WatchTree.Action] = []
    #expect(tree.attach(1, at: Place(parent: 4, name: Array("again".utf8)), inode: 1, mode: 0o755, &actions) == .conflict)
    #expect(tree.attach(4, at: .root(1), inode: 4, mode: 0o755, &actions) == .conflict)
  }

  @Test func aChangeOfPermissionsIsNoticed() {
    var tree = Self.tree()
    var actions: [WatchTree.Action] = []
    let place = Place(parent: 1, name: Array("c".utf8))
    #expect(tree.attach(4, at: place, inode: 4, mode: 0o755, &actions) == .known)
    #expect(tree.attach(4, at: place, inode: 4, mode: 0o700, &actions) == .permissionsChanged)
  }

  @Test func eventsAreDecodedAsTheKernelWritesThem() {
    var bytes: [UInt8] = []
    func append(_ watch: Int32, _ mask: UInt32, _ cookie: UInt32, _ name: [UInt8], padded: Int) {
      for value in [UInt32(bitPattern: watch), mask, cookie, UInt32(padded)] { withUnsafeBytes(of: value) { bytes += $0 } }
      bytes += name + [UInt8](repeating: 0, count: padded - name.count)
    }
    append(3, UInt32(IN_MOVED_FROM), 7, Array("n\n\u{FF}".utf8), padded: 16)
    append(-1, UInt32(IN_Q_OVERFLOW), 0, [], padded: 0)
    var events: [InotifyEvent] = []
    bytes.withUnsafeBytes { InotifyEvent.decode($0) { events.append($0) } }
    #expect(
      events == [
        InotifyEvent(watch: 3, mask: UInt32(IN_MOVED_FROM), cookie: 7, name: Array("n\n\u{FF}".utf8)),
        InotifyEvent(watch: -1, mask: UInt32(IN_Q_OVERFLOW)),
      ])
    events = []
    bytes.dropLast(1).withUnsafeBytes { InotifyEvent.decode($0) { events.append($0) } }
    #expect(events.count == 1, "half an event is not read beyond its end")
  }

  // MARK: Helpers

  private static let watches: [String: Int32] = [".": 1, "a": 2, "a/b": 3, "c": 4, "unknown": 77, "overflow": -1]

  private static func tree() -> WatchTree {
    var tree = WatchTree()
    var actions: [WatchTree.Action] = []
    _ = tree.attach(1, at: .root(0), inode: 1, mode: 0o755, &actions)
    _ = tree.attach(2, at: Place(parent: 1, name: Array("a".utf8)), inode: 2, mode: 0o755, &actions)
    _ = tree.attach(3, at: Place(parent: 2, name: Array("b".utf8)), inode: 3, mode: 0o755, &actions)
    _ = tree.attach(4, at: Place(parent: 1, name: Array("c".utf8)), inode: 4, mode: 0o755, &actions)
    return tree
  }

  private static let masks = [
    "ATTRIB": IN_ATTRIB, "CLOSE_WRITE": IN_CLOSE_WRITE, "CREATE": IN_CREATE, "DELETE": IN_DELETE, "DELETE_SELF": IN_DELETE_SELF,
    "IGNORED": IN_IGNORED, "ISDIR": Int32(IN_ISDIR), "MODIFY": IN_MODIFY, "MOVED_FROM": IN_MOVED_FROM, "MOVED_TO": IN_MOVED_TO,
    "MOVE_SELF": IN_MOVE_SELF, "Q_OVERFLOW": IN_Q_OVERFLOW, "UNMOUNT": IN_UNMOUNT,
  ]

  /// `200 ms  a/b  MOVED_TO|ISDIR  name  cookie 7`
  private static func event(_ line: String) throws -> (event: InotifyEvent, now: UInt64) {
    var words = CaseFile.words(line)[...]
    let milliseconds = try #require(UInt64(words.removeFirst()))
    #expect(words.removeFirst() == "ms")
    let watch = try #require(watches[words.removeFirst()])
    var event = InotifyEvent(watch: watch, mask: 0)
    for name in words.removeFirst().split(separator: "|") { event.mask |= UInt32(bitPattern: try #require(masks[String(name)])) }
    if let cookie = words.firstIndex(of: "cookie") {
      event.cookie = try #require(UInt32(words[cookie + 1]))
      words = words[..<cookie]
    }
    if let name = words.first { event.name = CaseFile.bytes(name) }
    return (event, milliseconds * 1_000_000)
  }

  private static func describe(_ action: WatchTree.Action, _ tree: WatchTree) -> String {
    switch action {
    case .emit(let change): CaseFile.describe(change)
    case .cover(let place, let coverage):
      "cover \(tree.path(of: place)?.path.description ?? "?")" + (coverage == .new ? "" : " \(coverage)")
    case .unwatch(let watch): "unwatch \(watch)"
    case .checkRoot: "checkRoot"
    case .resynchronize: "resynchronize"
    }
  }
}
