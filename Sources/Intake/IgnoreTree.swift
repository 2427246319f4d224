import Synchronization

/// The ignore rules of a watched folder and of the ignore files in its subfolders: what stands in a deeper one has the last word below it.
///
/// An ignore file is read when its directory is first asked about, and kept until `reload`. None below an ignored directory is read.
public final class IgnoreTree: Sendable {
  private let readBase: @Sendable () -> IgnoreRules
  private let read: @Sendable (_ directory: [UInt8]) -> IgnoreRules.Source?
  private struct Known {
    /// What holds everywhere.
    var base: IgnoreRules
    /// Grows with every reload: what was read for an earlier one is not kept.
    var edition = 0
    /// The rules of each directory that was asked about; nothing where they are those of the directory above.
    var rules: [[UInt8]: IgnoreRules?] = [:]
    /// The directory that was judged last: a walk asks about one file of it after the other.
    var last: (directory: [UInt8], verdict: Verdict)?
  }
  private struct Verdict {
    var isIgnored: Bool
    /// What holds for what lies in the directory.
    var rules: IgnoreRules
  }
  private let known: Mutex<Known>

  /// - Parameters:
  ///   - base: Reads what holds everywhere.
  ///   - read: Reads the ignore file in a directory below the folder, if there is one.
  public init(
    base: @escaping @Sendable () -> IgnoreRules, read: @escaping @Sendable (_ directory: [UInt8]) -> IgnoreRules.Source?
  ) {
    readBase = base
    self.read = read
    known = Mutex(Known(base: base()))
  }

  public convenience init(_ base: IgnoreRules, read: @escaping @Sendable (_ directory: [UInt8]) -> IgnoreRules.Source?) {
    self.init(base: { base }, read: read)
  }

  /// What holds everywhere.
  public var base: IgnoreRules { known.withLock(\.base) }

  /// Ignore files have changed, or lie in other directories: all are read anew.
  public func reload() {
    let base = readBase()
    known.withLock { $0 = Known(base: base, edition: $0.edition + 1) }
  }

  /// Whether an ignore file is known in a directory or below it.
  public func hasRules(below directory: [UInt8]) -> Bool {
    known.withLock { known in
      known.rules.contains { path, rules in
        rules != nil
          && (directory.isEmpty || path.starts(with: directory) && (path.count == directory.count || path[directory.count] == slash))
      }
    }
  }

  /// - Parameter path: Relative to the watched folder.
  public func ignores(_ path: [UInt8], isDirectory: Bool = false) -> Bool {
    guard let cut = path.lastIndex(of: slash) else { return base.ignores(entry: path[...], isDirectory: isDirectory) }
    let above = verdict(on: path[..<cut])
    return above.isIgnored || above.rules.ignores(entry: path[...], isDirectory: isDirectory)
  }

  private func verdict(on directory: ArraySlice<UInt8>) -> Verdict {
    let (last, base, edition) = known.withLock { known in
      (known.last.flatMap { $0.directory.elementsEqual(directory) ? $0.verdict : nil }, known.base, known.edition)
    }
    if let last { return last }
    var verdict = Verdict(isIgnored: false, rules: base)
    for cut in directory.indices where directory[cut] == slash { judge(directory[..<cut], &verdict) }
    judge(directory, &verdict)
    known.withLock { if $0.edition == edition { $0.last = (Array(directory), verdict) } }
    return verdict
  }

  private func judge(_ directory: ArraySlice<UInt8>, _ verdict: inout Verdict) {
    guard !verdict.isIgnored else { return }
    verdict.isIgnored = verdict.rules.ignores(entry: directory, isDirectory: true)
    if !verdict.isIgnored, let own = own(Array(directory), above: verdict.rules) { verdict.rules = own }
  }

  /// Judges every directory on the way by the rules above it, and then the path itself.
  public func decision(for path: [UInt8], isDirectory: Bool = false) -> IgnoreRules.Decision {
    var rules = base
    for cut in path.indices where path[cut] == slash {
      let above = rules.decision(forEntry: path[..<cut], isDirectory: true)
      if above.isIgnored { return above }
      if let own = own(Array(path[..<cut]), above: rules) { rules = own }
    }
    return rules.decision(forEntry: path[...], isDirectory: isDirectory)
  }

  /// One sentence for people: which rule, of which source, on which line.
  public func explain(_ path: [UInt8], isDirectory: Bool = false) -> String { decision(for: path, isDirectory: isDirectory).explain(path) }

  private func own(_ directory: [UInt8], above: IgnoreRules) -> IgnoreRules? {
    let (found, edition) = known.withLock { ($0.rules[directory], $0.edition) }
    if let found { return found }
    let rules = read(directory).map { above.adding($0) }
    known.withLock { if $0.edition == edition { $0.rules[directory] = .some(rules) } }
    return rules
  }
}

private let slash = UInt8(ascii: "/")
