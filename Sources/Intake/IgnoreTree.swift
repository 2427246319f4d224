import Synchronization

/// The ignore rules of a watched folder and of the ignore files in its subfolders: what stands in a deeper one has the last word below it.
///
/// An ignore file is read when its directory is first asked about, and kept from then on: rules that were changed are read by whoever
/// makes a new tree. None below an ignored directory is read.
public final class IgnoreTree: Sendable {
  /// What holds everywhere.
  public let base: IgnoreRules
  private let read: @Sendable (_ directory: [UInt8]) -> IgnoreRules.Source?
  /// The rules of each directory that was asked about; nothing where they are those of the directory above.
  private let known = Mutex<[[UInt8]: IgnoreRules?]>([:])

  /// - Parameter read: Reads the ignore file in a directory below the folder, if there is one.
  public init(_ base: IgnoreRules, read: @escaping @Sendable (_ directory: [UInt8]) -> IgnoreRules.Source?) {
    self.base = base
    self.read = read
  }

  /// - Parameter path: Relative to the watched folder.
  public func ignores(_ path: [UInt8], isDirectory: Bool = false) -> Bool { decision(for: path, isDirectory: isDirectory).isIgnored }

  /// Judges every directory on the way by the rules above it, and then the path itself.
  public func decision(for path: [UInt8], isDirectory: Bool = false) -> IgnoreRules.Decision {
    var rules = base
    for cut in path.indices where path[cut] == UInt8(ascii: "/") {
      let above = rules.decision(forEntry: path[..<cut], isDirectory: true)
      if above.isIgnored { return above }
      if let own = own(Array(path[..<cut]), above: rules) { rules = own }
    }
    return rules.decision(forEntry: path[...], isDirectory: isDirectory)
  }

  /// One sentence for people: which rule, of which source, on which line.
  public func explain(_ path: [UInt8], isDirectory: Bool = false) -> String { decision(for: path, isDirectory: isDirectory).explain(path) }

  private func own(_ directory: [UInt8], above: IgnoreRules) -> IgnoreRules? {
    if let found = known.withLock({ $0[directory] }) { return found }
    let rules = read(directory).map { above.adding($0) }
    known.withLock { $0[directory] = .some(rules) }
    return rules
  }
}
