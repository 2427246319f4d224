/// Reads the pattern language:
///
///     {org:subject} {lay off|cut} [about] {count:value} .. @staff
///
/// Words are lemmas and stand for all their forms; `=word` is that form alone, `word/v` the forms
/// of the verb where it stands as one. `{a|b}` is one of several, `[a]` may be missing, `..` is up to
/// four tokens of anything, `...{0,9}` says how many, `{type:role}` captures, `@name` is a word list of the file. Determiners, quotation marks, hyphens
/// and adverbs in -ly need not be written: the matcher steps over them.
struct PatternParser {
  private let text: [Character]
  private var at = 0
  private let lists: [String: PatternNode]

  init(_ pattern: String, lists: [String: PatternNode] = [:]) {
    text = Array(pattern)
    self.lists = lists
  }

  static func parse(_ pattern: String, lists: [String: PatternNode] = [:]) throws(PatternError) -> PatternNode {
    var parser = PatternParser(pattern, lists: lists)
    let node = try parser.alternatives(until: nil)
    return node
  }

  private mutating func alternatives(until end: Character?) throws(PatternError) -> PatternNode {
    let start = at
    var branches: [PatternNode] = []
    var current: [PatternNode] = []
    func close(_ offset: Int) throws(PatternError) -> PatternNode {
      guard !current.isEmpty else {
        throw PatternError(offset: offset, message: "an empty pattern or alternative", advice: "write a word there, or remove the bar")
      }
      return current.count == 1 ? current[0] : .sequence(current)
    }
    while true {
      guard at < text.count else {
        if let end { throw PatternError(offset: start, message: "no closing \(end)", advice: "add \(end) after the group") }
        break
      }
      let c = text[at]
      if c == end { break }
      switch c {
      case " ", "\n", "\t": at += 1
      case "|":
        branches.append(try close(at))
        current = []
        at += 1
      case "{":
        current.append(try brace())
      case "[":
        at += 1
        let inner = try alternatives(until: "]")
        at += 1
        current.append(.optional(inner))
      case ".":
        current.append(try gap())
      case "@":
        current.append(try list())
      case "}", "]":
        throw PatternError(offset: at, message: "\(c) closes nothing", advice: "remove it, or open the group before it")
      case ",", ";", ":", "(", ")", "%", "$", "&", "/", "+", "#", "→", "—", "–":
        at += 1
        current.append(.mark(String(c)))
      case "-": at += 1
      default: current.append(try word())
      }
    }
    branches.append(try close(at))
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  /// A word; with digits joined to it ("H100") the tokens it is made of.
  private mutating func word() throws(PatternError) -> PatternNode {
    let start = at
    let isExact = text[at] == "="
    if isExact { at += 1 }
    var pieces: [PatternNode] = []
    while at < text.count {
      let letters = run { $0.isLetter || $0 == "'" || $0 == "’" }
      let digits = run { $0.isASCII && $0.isNumber }
      if letters.isEmpty && digits.isEmpty { break }
      if !letters.isEmpty { pieces.append(.word(forms(letters, isExact: isExact || !digits.isEmpty))) }
      if !digits.isEmpty { pieces.append(.digits(digits)) }
    }
    guard !pieces.isEmpty else {
      let bad = at < text.count ? String(text[at]) : "the end"
      throw PatternError(
        offset: start, message: "\(bad) cannot stand in a pattern",
        advice: "patterns hold words, {captures}, [options], gaps, marks and @lists; any number is {number}")
    }
    if at + 1 < text.count, text[at] == "/", text[at + 1] == "v" {
      guard at + 2 >= text.count || !text[at + 2].isLetter, pieces.count == 1, case .word(let forms) = pieces[0] else {
        throw PatternError(offset: at, message: "/v can only follow a word", advice: "write release/v, or a space before the slash")
      }
      at += 2
      return .verb(isExact ? forms : [forms[0]] + Morphology.verbForms(of: forms[0]))
    }
    return pieces.count == 1 ? pieces[0] : .sequence(pieces)
  }

  private mutating func run(_ test: (Character) -> Bool) -> String {
    var part = ""
    while at < text.count, test(text[at]) {
      part.append(text[at] == "’" ? "'" : text[at])
      at += 1
    }
    return part
  }

  /// The tokenizer parts a possessive or contracted 's from its word, and the matcher steps over it.
  private func forms(_ word: String, isExact: Bool) -> [String] {
    let stem = word.hasSuffix("'s") ? String(word.dropLast(2)) : word
    return isExact ? [stem.lowercased()] : Morphology.forms(of: stem)
  }

  private mutating func gap() throws(PatternError) -> PatternNode {
    let start = at
    while at < text.count, text[at] == "." { at += 1 }
    guard at - start >= 2 else {
      throw PatternError(offset: start, message: "a single point", advice: "write .. for a gap, or remove it: sentences end by themselves")
    }
    guard at - start == 3, at < text.count, text[at] == "{", let close = text[at...].firstIndex(of: "}") else { return .gap(0, 4) }
    let bounds = String(text[(at + 1)..<close]).split(separator: ",").map { Int($0.filter { $0 != " " }) }
    guard bounds.count == 2, let low = bounds[0], let high = bounds[1], low >= 0, low <= high, high <= 30 else {
      throw PatternError(
        offset: at, message: "a gap's bounds must be two numbers", advice: "write ...{0,5}: from none to five tokens, at most 30")
    }
    at = close + 1
    return .gap(low, high)
  }

  private mutating func list() throws(PatternError) -> PatternNode {
    let start = at
    at += 1
    var name = ""
    while at < text.count, text[at].isLetter || text[at].isNumber || text[at] == "_" {
      name.append(text[at])
      at += 1
    }
    guard let node = lists[name] else {
      throw PatternError(
        offset: start, message: "no word list @\(name)",
        advice: lists.isEmpty
          ? "define it under `words:` of the same file" : "known here: \(lists.keys.sorted().map { "@" + $0 }.joined(separator: ", "))")
    }
    return node
  }

  /// `{type:role}` or `{a|b}`.
  private mutating func brace() throws(PatternError) -> PatternNode {
    let start = at
    var depth = 0
    var end = at
    var hasColon = false
    while end < text.count {
      if text[end] == "{" { depth += 1 }
      if text[end] == ":" { hasColon = true }
      if text[end] == "}" {
        depth -= 1
        if depth == 0 { break }
      }
      end += 1
    }
    guard end < text.count else { throw PatternError(offset: start, message: "no closing }", advice: "add } after the group") }
    // Most groups are of words alone; the first of them tells.
    at += 1
    while at < end, text[at] == " " { at += 1 }
    let first = run { $0.isLetter }
    at = start
    guard hasColon || CaptureType(rawValue: first) != nil else { return try group() }
    let inner = String(text[(start + 1)..<end])
    let halves = inner.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map { trim($0) }
    let names = halves[0].split(separator: "|", omittingEmptySubsequences: false).map { trim($0) }
    let types = names.compactMap { CaptureType(rawValue: $0) }
    if types.count == names.count, !types.isEmpty {
      at = end + 1
      guard let role = halves.count == 2 ? CaptureRole(rawValue: halves[1]) : types[0].defaultRole else {
        throw PatternError(
          offset: start, message: "no role \"\(halves[1])\"",
          advice: "roles are \(CaptureRole.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      return .capture(types, role: role)
    }
    if halves.count == 2, !inner.contains("{") {
      let unknown = names.first { CaptureType(rawValue: $0) == nil } ?? ""
      throw PatternError(
        offset: start, message: "no capture type \"\(unknown)\"",
        advice: "types are \(CaptureType.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return try group()
  }

  /// `{a|b}`.
  private mutating func group() throws(PatternError) -> PatternNode {
    at += 1
    let node = try alternatives(until: "}")
    at += 1
    return node
  }

  private func trim(_ text: some StringProtocol) -> String {
    var part = Substring(text)
    while part.first == " " { part.removeFirst() }
    while part.last == " " { part.removeLast() }
    return String(part)
  }
}
