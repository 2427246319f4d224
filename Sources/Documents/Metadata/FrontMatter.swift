import Yams

/// The YAML block between `---` lines that opens a note. Of TOML between `+++` lines only what is simple is read: `key = value` before any table.
struct FrontMatter {
  private(set) var entries: [FrontMatterEntry] = []
  /// Index of the first entry with a value by its key in lower case.
  private var numbers: [String: Int] = [:]
  var issues: [ReadingIssue] = []
  /// Offset behind it.
  var end: Int

  private static let maximumBytes = 64 * 1024
  private static let maximumDepth = 32
  private static let maximumNodes = 10_000

  /// - Parameter start: where the text begins, behind a byte order mark.
  /// - Returns: nil where the text does not open with front matter.
  init?(_ source: [UInt8], from start: Int) {
    let found = source.withUnsafeBufferPointer { FrontMatter.block($0, from: start) }
    guard let found else { return nil }
    end = found.end
    if found.isYAML { load(source, found.block, start) } else { loadSimple(source, found.block) }
  }

  /// Strings, bare values and lists of strings on one line each.
  private mutating func loadSimple(_ source: [UInt8], _ block: Range<Int>) {
    guard block.count <= FrontMatter.maximumBytes else { return }
    let text = String(decoding: source[block], as: UTF8.self)
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: { $0.isNewline }).enumerated() {
      if line.hasPrefix("[") { return }
      guard !line.hasPrefix("#"), let sign = line.firstIndex(of: "=") else { continue }
      let key = line[..<sign].filter { !$0.isWhitespace && $0 != "\"" }
      let value = line[line.index(after: sign)...].drop { $0.isWhitespace }
      let values = value.hasPrefix("[") ? value.dropFirst().prefix { $0 != "]" }.split(separator: ",") : [value]
      let plain = values.map { value in
        let trimmed = value.drop { $0.isWhitespace }
        guard let quote = trimmed.first, quote == "\"" || quote == "'" else {
          return String(trimmed.prefix { $0 != "#" }.reversed().drop { $0.isWhitespace }.reversed())
        }
        return String(trimmed.dropFirst().prefix { $0 != quote })
      }
      guard !key.isEmpty else { continue }
      file(FrontMatterEntry(key: key, values: plain, line: number + 2))
    }
  }

  private mutating func file(_ entry: FrontMatterEntry) {
    entries.append(entry)
    let lower = entry.key.lowercased()
    if entry.values.contains(where: { !$0.isEmpty }), numbers[lower] == nil { numbers[lower] = entries.count - 1 }
  }

  private mutating func load(_ source: [UInt8], _ block: Range<Int>, _ start: Int) {
    guard block.count <= FrontMatter.maximumBytes else {
      return refuse(
        "is \(block.count) bytes long; the limit is \(FrontMatter.maximumBytes)", line: 1, start)
    }
    let hostility = source.withUnsafeBufferPointer { FrontMatter.hostility($0, block) }
    if let hostility { return refuse(hostility, line: 1, start) }
    do {
      // Encoding and resolver are given because Yams else reads the environment and guesses types, which takes most of the time.
      let parser = try Yams.Parser(yaml: String(decoding: source[block], as: UTF8.self), resolver: .basic, encoding: .utf8)
      guard let root = try parser.singleRoot() else { return }
      guard case .mapping(let mapping) = root else {
        return refuse("is no mapping of keys to values", line: 2, start)
      }
      for (key, value) in mapping { add(key, value) }
    } catch let error as YamlError {
      let mark = FrontMatter.mark(of: error)
      refuse("cannot be read as YAML: \(mark.reason)", line: mark.line + 1, start)
    } catch {
      refuse("cannot be read as YAML: \(error)", line: 2, start)
    }
  }

  /// The first value under one of `keys`, in the order of the keys.
  func value(_ keys: [String]) -> String? { values(keys)?.first }

  /// The values that are not empty under the first of `keys` that has any.
  func values(_ keys: [String]) -> [String]? {
    for key in keys {
      if let index = numbers[key] { return entries[index].values.filter { !$0.isEmpty } }
    }
    return nil
  }

  private mutating func refuse(_ reason: String, line: Int, _ offset: Int) {
    issues.append(
      ReadingIssue(
        message:
          "line \(line): the front matter \(reason). The note was read without it; correct it or remove it.",
        offset: offset))
  }

  private mutating func add(_ key: Node, _ value: Node) {
    guard let name = key.scalar?.string else { return }
    let line = (key.mark?.line ?? 1) + 1
    switch value {
    case .scalar(let scalar):
      file(FrontMatterEntry(key: name, values: [scalar.string], line: line))
    case .sequence(let sequence):
      let values = sequence.compactMap { $0.scalar?.string ?? $0.mapping?["name"]?.scalar?.string }
      file(FrontMatterEntry(key: name, values: values, line: line))
    case .mapping(let mapping):
      // An author or publisher given with details.
      if let inner = mapping["name"]?.scalar?.string {
        file(FrontMatterEntry(key: name, values: [inner], line: line))
      }
    case .alias: break
    }
  }

  private static func mark(of error: YamlError) -> (reason: String, line: Int) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return (problem, mark.line)
    default: return ("\(error)", 1)
    }
  }

  // MARK: -

  /// Where the block lies and where the text behind it begins.
  private static func block(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (block: Range<Int>, end: Int, isYAML: Bool)? {
    guard start + 4 <= bytes.count else { return nil }
    let mark = bytes[start]
    guard mark == 0x2D || mark == 0x2B, isFence(bytes, start, mark) else { return nil }
    let first = next(bytes, start)
    // A note may open with a rule: what follows it must look like a key.
    guard mark == 0x2B || opensWithKey(bytes, first) else { return nil }
    var line = first
    while line < bytes.count, line - start <= maximumBytes * 4 {
      if isFence(bytes, line, mark) || mark == 0x2D && isFence(bytes, line, 0x2E) {
        return (first..<line, next(bytes, line), mark == 0x2D)
      }
      line = next(bytes, line)
    }
    return nil
  }

  private static func isFence(_ bytes: UnsafeBufferPointer<UInt8>, _ i: Int, _ mark: UInt8) -> Bool {
    guard i + 3 <= bytes.count, bytes[i] == mark, bytes[i + 1] == mark, bytes[i + 2] == mark else {
      return false
    }
    var j = i + 3
    while j < bytes.count, bytes[j] == 0x20 || bytes[j] == 0x09 { j += 1 }
    return j == bytes.count || ASCII.isNewline(bytes[j])
  }

  private static func next(_ bytes: UnsafeBufferPointer<UInt8>, _ i: Int) -> Int {
    var j = i
    while j < bytes.count, !ASCII.isNewline(bytes[j]) { j += 1 }
    if j + 1 < bytes.count, bytes[j] == 0x0D, bytes[j + 1] == 0x0A { return j + 2 }
    return min(j + 1, bytes.count)
  }

  private static func opensWithKey(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    var i = start
    while i < bytes.count, ASCII.isSpace(bytes[i]) { i += 1 }
    guard i < bytes.count else { return false }
    if isFence(bytes, i, 0x2D) { return i == start || ASCII.isNewline(bytes[i - 1]) }
    if bytes[i] == 0x23 || bytes[i] == 0x7B { return true }
    let from = i
    while i < bytes.count, i - from < 80, bytes[i] != 0x3A, !ASCII.isNewline(bytes[i]) { i += 1 }
    guard i < bytes.count, bytes[i] == 0x3A else { return false }
    return i + 1 == bytes.count || ASCII.isSpace(bytes[i + 1])
  }

  /// Shapes that would cost more than the text is worth: aliases, deep nesting, very many nodes.
  private static func hostility(_ bytes: UnsafeBufferPointer<UInt8>, _ block: Range<Int>) -> String? {
    var (depth, deepest, nodes) = (0, 0, 0)
    var anchors: Set<[UInt8]> = []
    var indents: [Int] = []
    var before: UInt8 = 0x0A
    var i = block.lowerBound
    var atLineStart = true
    var column = 0
    while i < block.upperBound {
      let b = bytes[i]
      if ASCII.isNewline(b) {
        (atLineStart, column, before) = (true, 0, 0x0A)
        nodes += 1
        i += 1
        continue
      }
      if b == 0x20 || b == 0x09 {
        column += 1
        i += 1
        continue
      }
      if atLineStart || (before == 0x2D && column > 0) {
        if atLineStart { while let last = indents.last, last >= column { indents.removeLast() } }
        if indents.last.map({ $0 < column }) ?? true { indents.append(column) }
        deepest = max(deepest, indents.count)
        atLineStart = false
      }
      switch b {
      case 0x5B, 0x7B:
        depth += 1
        nodes += 1
        deepest = max(deepest, indents.count + depth)
      case 0x5D, 0x7D: depth = max(0, depth - 1)
      case 0x2C, 0x3A: nodes += 1
      case 0x26, 0x2A:
        // An anchor or an alias stands where a value begins.
        let isValue = [0x0A, 0x3A, 0x2D, 0x5B, 0x7B, 0x2C, 0x3F].contains(before)
        var j = i + 1
        while j < block.upperBound, ASCII.isWord(bytes[j]) || bytes[j] == 0x5F || bytes[j] == 0x2D {
          j += 1
        }
        let name = Array(bytes[(i + 1)..<j])
        if isValue, !name.isEmpty {
          if b == 0x26 {
            anchors.insert(name)
          } else if anchors.contains(name) {
            return "uses an alias, which is not allowed"
          }
        }
      default: break
      }
      if deepest > maximumDepth { return "nests deeper than \(maximumDepth)" }
      if nodes > maximumNodes { return "has more than \(maximumNodes) values" }
      before = b
      column += 1
      i += 1
    }
    return nil
  }
}
