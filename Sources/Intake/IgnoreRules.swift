/// Which files and directories are none of the daemon's business, in the language of gitignore(5).
///
/// Of the rules that match, the last decides; what comes later (a `.bellwetherignore`, the configuration) can so overrule what is
/// built in. Below an ignored directory nothing can be taken back, because it is not looked into.
public struct IgnoreRules: Sendable {
  /// Where rules were written.
  public struct Source: Sendable {
    public var name: String
    public var text: [UInt8]
    /// The directory the rules are for, below the watched folder; empty for all of it.
    public var directory: [UInt8]

    public init(name: String, text: [UInt8], directory: [UInt8] = []) {
      self.name = name
      self.text = text
      self.directory = directory
    }

    public init(name: String, _ text: String) { self.init(name: name, text: Array(text.utf8)) }
  }

  public struct Rule: Hashable, Sendable {
    /// As it was written.
    public var text: String
    public var source: String
    /// Counted from 1.
    public var line: Int
    /// Begins with `!`: takes back what an earlier rule ignored.
    public var isNegated: Bool
    public var isForDirectoriesOnly: Bool
    var pattern: GlobPattern
    var directory: [UInt8]
  }

  /// Why a path is ignored or not.
  public struct Decision: Hashable, Sendable {
    /// The last rule that matched; none: nothing speaks against the path.
    public var rule: Rule?
    /// What the rule matched: the path itself or a directory above it.
    public var matched: [UInt8]
    public var isIgnored: Bool { rule.map { !$0.isNegated } ?? false }

    /// One sentence for people: which rule, of which source, on which line.
    public func explain(_ path: [UInt8]) -> String {
      guard let rule else { return "not ignored: no rule matches" }
      let because = "rule ‘\(rule.text)’ (\(rule.source), line \(rule.line))"
      if !isIgnored { return "not ignored: \(because) takes it back" }
      if matched.count == path.count { return "ignored by \(because)" }
      return "ignored by \(because), which matches the directory ‘\(String(decoding: matched, as: UTF8.self))’ above it"
    }
  }

  public private(set) var rules: [Rule] { didSet { index = RuleIndex(rules) } }
  private var index: RuleIndex

  /// - Parameter sources: In order of authority, the last has the last word.
  public init(_ sources: [Source]) {
    rules = sources.flatMap(Self.parse)
    index = RuleIndex(rules)
  }

  /// The same rules and one more source, which has the last word.
  public func adding(_ source: Source) -> IgnoreRules {
    var more = self
    more.rules += Self.parse(source)
    return more
  }

  /// - Parameter path: Relative to the watched folder.
  public func ignores(_ path: [UInt8], isDirectory: Bool = false) -> Bool {
    for cut in path.indices where path[cut] == slash {
      if ignores(entry: path[..<cut], isDirectory: true) { return true }
    }
    return ignores(entry: path[...], isDirectory: isDirectory)
  }

  /// Judges the path alone.
  func ignores(entry path: ArraySlice<UInt8>, isDirectory: Bool) -> Bool {
    lastRule(path, isDirectory: isDirectory).map { !rules[$0].isNegated } ?? false
  }

  /// Judges every directory on the way, and then the path itself.
  public func decision(for path: [UInt8], isDirectory: Bool = false) -> Decision {
    for cut in path.indices where path[cut] == slash {
      let above = decision(forEntry: path[..<cut], isDirectory: true)
      if above.isIgnored { return above }
    }
    return decision(forEntry: path[...], isDirectory: isDirectory)
  }

  /// Judges the path alone, for walks that have judged what is above it.
  public func decision(forEntry path: ArraySlice<UInt8>, isDirectory: Bool) -> Decision {
    Decision(rule: lastRule(path, isDirectory: isDirectory).map { rules[$0] }, matched: Array(path))
  }

  private func lastRule(_ path: ArraySlice<UInt8>, isDirectory: Bool) -> Int? {
    let name = path[(path.lastIndex(of: slash).map { $0 + 1 } ?? path.startIndex)...]
    return index.lastRule(name) { rules[$0].matches(path, name: name, isDirectory: isDirectory) }
  }

  /// One sentence for people: which rule, of which source, on which line.
  public func explain(_ path: [UInt8], isDirectory: Bool = false) -> String { decision(for: path, isDirectory: isDirectory).explain(path) }

  // MARK: Reading rules

  static func parse(_ source: Source) -> [Rule] {
    var text = source.text[...]
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
    return text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated().compactMap { index, line in
      rule(line, source: source, line: index + 1)
    }
  }

  private static func rule(_ line: ArraySlice<UInt8>, source: Source, line number: Int) -> Rule? {
    var body = line
    if body.last == UInt8(ascii: "\r") { body = body.dropLast() }
    while body.last == UInt8(ascii: " "), body.dropLast().last != backslash { body = body.dropLast() }
    if body.isEmpty || body.first == UInt8(ascii: "#") { return nil }
    let written = String(decoding: body, as: UTF8.self)

    let isNegated = body.first == UInt8(ascii: "!")
    if isNegated { body = body.dropFirst() }
    let isForDirectoriesOnly = body.last == slash
    if isForDirectoriesOnly { body = body.dropLast() }
    let isAnchored = body.contains(slash)
    if body.first == slash { body = body.dropFirst() }
    guard !body.isEmpty else { return nil }
    // A lone backslash at the end makes the pattern invalid: it matches nothing.
    if body.reversed().prefix(while: { $0 == backslash }).count % 2 == 1 { return nil }
    return Rule(
      text: written, source: source.name, line: number, isNegated: isNegated, isForDirectoriesOnly: isForDirectoriesOnly,
      pattern: GlobPattern(body, coversPath: isAnchored), directory: source.directory)
  }
}

extension IgnoreRules.Rule {
  func matches(_ path: ArraySlice<UInt8>, name: ArraySlice<UInt8>, isDirectory: Bool) -> Bool {
    if isForDirectoriesOnly, !isDirectory { return false }
    var path = path
    if !directory.isEmpty {
      guard path.count > directory.count, path.starts(with: directory), path[path.startIndex + directory.count] == slash else {
        return false
      }
      path = path.dropFirst(directory.count + 1)
    }
    return pattern.matches(pattern.coversPath ? path : name)
  }
}

private let slash = UInt8(ascii: "/")
private let backslash = UInt8(ascii: "\\")
