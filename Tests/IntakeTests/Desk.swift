import Testing

@testable import Intake

/// A make-believe folder and a clock that is turned by hand, around an `Intake`: writes become events, looks and reads are answered
/// at once from what the folder holds, and what was read is counted.
final class Desk {
  private(set) var intake: Intake
  /// Milliseconds.
  private(set) var now = 0
  private var files: [NotePath: FileIdentity] = [:]
  private var recorded: [NotePath: FileIdentity] = [:]
  private var nextInode: UInt64 = 1
  private var armed: UInt64?
  private(set) var reads: [String] = []
  private(set) var readTimes: [Int] = []
  private(set) var forgotten: [String] = []
  private(set) var ignored: [String] = []
  private(set) var reconciled: [String] = []
  private(set) var looks = 0
  private(set) var wakeUps = 0
  /// Reads stay open until `finishReads` while this is set.
  var holdsReads = false
  private(set) var openReads: [NotePath] = []
  private var changes: Int64 = 0

  init(policy: Intake.Policy = Intake.Policy(), ignores: IgnoreRules = IgnoreRules([.builtIn])) {
    intake = Intake(policy: policy) { !ignores.ignores($0.bytes) }
  }

  // MARK: The folder

  /// Writes in place, which makes one event.
  func write(_ name: String) {
    let path = NotePath(name)
    let old = files[path]
    files[path] = identity(inode: old?.inode)
    send(.changed(path))
  }

  func create(_ name: String) {
    files[NotePath(name)] = identity(inode: nil)
    send(.changed(NotePath(name)))
  }

  /// A close, a change of attributes: an event and nothing else.
  func touch(_ name: String) { send(.changed(NotePath(name))) }

  func remove(_ name: String) {
    files[NotePath(name)] = nil
    send(.gone(NotePath(name)))
  }

  func rename(_ from: String, _ to: String) {
    files[NotePath(to)] = files.removeValue(forKey: NotePath(from)).map { identity(inode: $0.inode) }
    send(.gone(NotePath(from)))
    send(.changed(NotePath(to)))
  }

  /// Changes without any event, as through a hard link outside of the folder.
  func writeSilently(_ name: String) { files[NotePath(name)] = identity(inode: files[NotePath(name)]?.inode) }

  /// There and recorded, before anything begins.
  func haveRecorded(_ name: String) {
    writeSilently(name)
    recorded[NotePath(name)] = files[NotePath(name)]
  }

  private func identity(inode: UInt64?) -> FileIdentity {
    changes += 1
    if inode == nil { nextInode += 1 }
    return FileIdentity(device: 1, inode: inode ?? nextInode, size: changes, modified: changes, statusChanged: changes)
  }

  // MARK: Time

  func wait(_ milliseconds: Int) {
    let end = now + milliseconds
    while let instant = armed, Int(instant / 1_000_000) <= end {
      now = max(now, Int((instant + 999_999) / 1_000_000))
      wakeUps += 1
      send(.tick)
    }
    now = end
  }

  func send(_ input: Intake.Input) {
    var inputs = [input]
    while !inputs.isEmpty {
      for action in intake.handle(inputs.removeFirst(), now: UInt64(now) * 1_000_000) { inputs += answer(action) }
    }
  }

  func finishReads(_ outcome: Intake.Outcome = .done) {
    let paths = openReads
    openReads = []
    for path in paths {
      if outcome == .done { recorded[path] = files[path] }
      send(.finished(path, outcome))
    }
  }

  private func answer(_ action: Intake.Action) -> [Intake.Input] {
    switch action {
    case .look(let path):
      looks += 1
      return [.sighted(path, files[path].map { .file($0) } ?? .missing, recorded: recorded[path])]
    case .read(let path, _):
      reads.append(String(decoding: path.bytes, as: UTF8.self))
      readTimes.append(now)
      if holdsReads {
        openReads.append(path)
        return []
      }
      recorded[path] = files[path]
      return [.finished(path, files[path] == nil ? .missing : .done)]
    case .forget(let path):
      recorded[path] = nil
      forgotten.append(String(decoding: path.bytes, as: UTF8.self))
      return []
    case .ignore(let path, let reason):
      ignored.append("\(String(decoding: path.bytes, as: UTF8.self)): \(reason)")
      return []
    case .reconcile(let directory):
      reconciled.append(String(decoding: directory.bytes, as: UTF8.self))
      return compare(directory) + [.reconciled(directory)]
    case .arm(let instant):
      armed = instant
      return []
    }
  }

  private func compare(_ directory: NotePath) -> [Intake.Input] {
    let found = files.filter { $0.key.isWithin(directory) }
    return found.map { .found($0.key, $0.value, recorded: recorded[$0.key], isQuiet: true) }
      + recorded.keys.filter { $0.isWithin(directory) && found[$0] == nil }.map { .notFound($0) }
  }
}
