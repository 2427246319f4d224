import Glibc
import Testing

@testable import FileWatching

/// What events mean, without a kernel: events in, actions out. Directories `a`, `a/b` and `c` are watched as 2, 3 and 4, the root as 1.
@Suite struct WatchTreeTests {
  struct Event: Sendable {
    var directory: String
    var mask: Int32
    var name = ""
    var cookie: UInt32 = 0
    /// Milliseconds.
    var at = 0
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var title: String
    var events: [Event]
    var actions: [String]
    var testDescription: String { title }

    init(_ title: String, _ events: [Event], _ actions: [String]) {
      (self.title, self.events, self.actions) = (title, events, actions)
    }
  }

  static let directory = Int32(IN_ISDIR)

  static let cases = [
    Case(
      "a file is created, written and closed",
      [
        .init(directory: "a", mask: IN_CREATE, name: "n"), .init(directory: "a", mask: IN_MODIFY, name: "n"),
        .init(directory: "a", mask: IN_CLOSE_WRITE, name: "n"),
      ], ["changed a/n", "changed a/n", "changed a/n"]),
    Case(
      "a hard link makes only a creation, truncate only a modification, chmod only a change of attributes",
      [
        .init(directory: "", mask: IN_CREATE, name: "link"), .init(directory: "", mask: IN_MODIFY, name: "short"),
        .init(directory: "", mask: IN_ATTRIB, name: "mode"),
      ], ["changed link", "changed short", "changed mode"]),
    Case("a file is deleted", [.init(directory: "a/b", mask: IN_DELETE, name: "n")], ["gone a/b/n"]),
    Case(
      "a file is renamed",
      [
        .init(directory: "a", mask: IN_MOVED_FROM, name: "n", cookie: 7), .init(directory: "c", mask: IN_MOVED_TO, name: "m", cookie: 7),
      ], ["moved a/n c/m"]),
    Case(
      "the halves of a rename come with two reads, 200 ms apart",
      [
        .init(directory: "a", mask: IN_MOVED_FROM, name: "n", cookie: 7),
        .init(directory: "c", mask: IN_MOVED_TO, name: "m", cookie: 7, at: 200),
      ], ["moved a/n c/m"]),
    Case(
      "a file is moved out",
      [
        .init(directory: "a", mask: IN_MOVED_FROM, name: "n", cookie: 7), .init(directory: "c", mask: IN_MODIFY, name: "x", at: 251),
      ], ["gone a/n", "changed c/x"]),
    Case("a file is moved in", [.init(directory: "a", mask: IN_MOVED_TO, name: "n", cookie: 9)], ["changed a/n"]),
    Case(
      "a name is used again before its rename is given up",
      [
        .init(directory: "", mask: IN_MOVED_FROM, name: "n", cookie: 7), .init(directory: "", mask: IN_CREATE, name: "n"),
      ], ["gone n", "changed n"]),
    Case(
      "two files change names with each other",
      [
        .init(directory: "", mask: IN_MOVED_FROM, name: "n", cookie: 7), .init(directory: "", mask: IN_MOVED_TO, name: "m", cookie: 7),
        .init(directory: "", mask: IN_MOVED_FROM, name: "m", cookie: 8), .init(directory: "", mask: IN_MOVED_TO, name: "n", cookie: 8),
      ], ["moved n m", "moved m n"]),
    Case("a directory is created", [.init(directory: "a", mask: IN_CREATE | directory, name: "d")], ["cover a/d"]),
    Case(
      "a hidden directory is created, filled and deleted",
      [
        .init(directory: "a", mask: IN_CREATE | directory, name: ".git"), .init(directory: "a", mask: IN_DELETE | directory, name: ".git"),
      ], []),
    Case("a directory's permissions change", [.init(directory: "", mask: IN_ATTRIB | directory, name: "a")], ["cover a"]),
    Case(
      "a directory is deleted",
      [
        .init(directory: "a/b", mask: IN_IGNORED), .init(directory: "a", mask: IN_DELETE | directory, name: "b"),
      ], ["directoryGone a/b"]),
    Case(
      "a directory is deleted while a program keeps it open",
      [
        .init(directory: "a", mask: IN_DELETE | directory, name: "b"), .init(directory: "a/b", mask: IN_MODIFY, name: "late"),
        .init(directory: "a/b", mask: IN_IGNORED),
      ], ["unwatch 3", "directoryGone a/b"]),
    Case(
      "a directory is renamed and events below it follow",
      [
        .init(directory: "", mask: IN_MOVED_FROM | directory, name: "a", cookie: 7),
        .init(directory: "", mask: IN_MOVED_TO | directory, name: "z", cookie: 7), .init(directory: "a/b", mask: IN_CLOSE_WRITE, name: "n"),
      ], ["moved a z directory", "cover z again", "cover a", "changed z/b/n"]),
    Case(
      "a directory is moved into another",
      [
        .init(directory: "", mask: IN_MOVED_FROM | directory, name: "a", cookie: 7),
        .init(directory: "c", mask: IN_MOVED_TO | directory, name: "a", cookie: 7),
        .init(directory: "a/b", mask: IN_CLOSE_WRITE, name: "n"),
      ], ["moved a c/a directory", "cover c/a again", "cover a", "changed c/a/b/n"]),
    Case(
      "a directory is moved out",
      [
        .init(directory: "", mask: IN_MOVED_FROM | directory, name: "a", cookie: 7),
        .init(directory: "c", mask: IN_MODIFY, name: "n", at: 250), .init(directory: "a/b", mask: IN_MODIFY, name: "late", at: 260),
      ], ["unwatch 2", "unwatch 3", "directoryGone a", "changed c/n"]),
    Case(
      "a directory is moved out and another takes its name at once",
      [
        .init(directory: "", mask: IN_MOVED_FROM | directory, name: "a", cookie: 7),
        .init(directory: "", mask: IN_CREATE | directory, name: "a"),
      ], ["unwatch 2", "unwatch 3", "directoryGone a", "cover a"]),
    Case(
      "a directory is renamed to a hidden name",
      [
        .init(directory: "", mask: IN_MOVED_FROM | directory, name: "a", cookie: 7),
        .init(directory: "", mask: IN_MOVED_TO | directory, name: ".a", cookie: 7),
      ], ["unwatch 2", "unwatch 3", "directoryGone a"]),
    Case(
      "a hidden directory gets a visible name",
      [
        .init(directory: "", mask: IN_MOVED_FROM | directory, name: ".d", cookie: 7),
        .init(directory: "", mask: IN_MOVED_TO | directory, name: "d", cookie: 7),
      ], ["cover d"]),
    Case("the queue overflows", [.init(directory: "overflow", mask: IN_Q_OVERFLOW)], ["resynchronize"]),
    Case(
      "the root is deleted", [.init(directory: "", mask: IN_DELETE_SELF), .init(directory: "", mask: IN_IGNORED)],
      ["checkRoot", "checkRoot"]),
    Case("the root is renamed", [.init(directory: "", mask: IN_MOVE_SELF)], ["checkRoot"]),
    Case(
      "the root is unmounted", [.init(directory: "", mask: IN_UNMOUNT), .init(directory: "", mask: IN_IGNORED)], ["checkRoot", "checkRoot"]),
    Case(
      "a directory inside is unmounted",
      [
        .init(directory: "c", mask: IN_UNMOUNT), .init(directory: "c", mask: IN_IGNORED), .init(directory: "c", mask: IN_MODIFY, name: "n"),
      ], ["uncovered c"]),
    Case("an event of an unknown watch", [.init(directory: "unknown", mask: IN_MODIFY, name: "n")], []),
  ]

  @Test(arguments: cases) func eventsBecomeActions(_ example: Case) {
    var tree = Self.tree()
    var actions: [WatchTree.Action] = []
    for event in example.events {
      let now = UInt64(event.at) * 1_000_000
      tree.expire(now: now, &actions)
      tree.handle(Self.decoded(event), now: now, &actions)
    }
    tree.expire(now: .max, &actions)
    #expect(actions.map { Self.describe($0, tree) }.sorted(by: Self.unwatchesFirst) == example.actions)
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

  private static let watches: [String: Int32] = ["": 1, "a": 2, "a/b": 3, "c": 4, "unknown": 77, "overflow": -1]

  private static func tree() -> WatchTree {
    var tree = WatchTree()
    var actions: [WatchTree.Action] = []
    _ = tree.attach(1, at: .root(0), inode: 1, mode: 0o755, &actions)
    _ = tree.attach(2, at: Place(parent: 1, name: Array("a".utf8)), inode: 2, mode: 0o755, &actions)
    _ = tree.attach(3, at: Place(parent: 2, name: Array("b".utf8)), inode: 3, mode: 0o755, &actions)
    _ = tree.attach(4, at: Place(parent: 1, name: Array("c".utf8)), inode: 4, mode: 0o755, &actions)
    return tree
  }

  private static func decoded(_ event: Event) -> InotifyEvent {
    InotifyEvent(
      watch: watches[event.directory] ?? 0, mask: UInt32(bitPattern: event.mask), cookie: event.cookie, name: Array(event.name.utf8))
  }

  private static func describe(_ action: WatchTree.Action, _ tree: WatchTree) -> String {
    switch action {
    case .emit(.changed(let path)): "changed \(path.path)"
    case .emit(.gone(let path)): "gone \(path.path)"
    case .emit(.directoryGone(let path)): "directoryGone \(path.path)"
    case .emit(.moved(let from, let to, let isDirectory)): "moved \(from.path) \(to.path)" + (isDirectory ? " directory" : "")
    case .emit(.uncovered(let path, _)): "uncovered \(path.path)"
    case .emit(let change): "\(change)"
    case .cover(let place, let coverage):
      "cover \(tree.path(of: place)?.path.description ?? "?")" + (coverage == .new ? "" : " \(coverage)")
    case .unwatch(let watch): "unwatch \(watch)"
    case .checkRoot: "checkRoot"
    case .resynchronize: "resynchronize"
    }
  }
}
