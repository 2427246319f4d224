import Documents

/// Adds to a person's own gazetteer file without touching the rest of it: comments and order stay.
public struct GazetteerEditor {
  private let file: String
  private let text: String

  /// - Parameters:
  ///   - text: what the file holds; empty for a new one.
  ///   - file: its name, for messages.
  public init(_ text: String, file: String) {
    self.text = text
    self.file = file
  }

  /// One line that holds the whole entry.
  public static func line(_ entry: GazetteerEntry) -> String {
    var keys: [String] = []
    if entry.id != entry.name.slug { keys.append("id: \(quoted(entry.id))") }
    keys += ["name: \(quoted(entry.name))", "type: \(entry.type.rawValue)"]
    if !entry.aliases.isEmpty { keys.append("aliases: \(list(entry.aliases))") }
    if !entry.not.isEmpty { keys.append("not: \(list(entry.not))") }
    if let organization = entry.organization { keys.append("organization: \(quoted(organization))") }
    if let role = entry.role { keys.append("role: \(quoted(role))") }
    if !entry.renamed.isEmpty {
      let names = entry.renamed.map { former in
        let days = [former.from.map { "from: \($0)" }, former.until.map { "until: \($0)" }].compactMap { $0 }
        return "{" + (["name: \(quoted(former.name))"] + days).joined(separator: ", ") + "}"
      }
      keys.append("renamed: [\(names.joined(separator: ", "))]")
    }
    if let family = entry.publisherFamily { keys.append("publisher_family: \(quoted(family))") }
    return "- {\(keys.joined(separator: ", "))}"
  }

  /// The file with `entry` in it: in place of the one with the same id, else at the end.
  /// - Throws: `GazetteerError` where the file is not one, or is written so that a line cannot be put into it.
  public func setting(_ entry: GazetteerEntry) throws -> String {
    let known = text.allSatisfy(\.isWhitespace) ? Gazetteer.empty : try Gazetteer(yaml: text, file: file)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    if known.entries.isEmpty, !lines.contains(where: { $0.hasPrefix("entities:") }) { lines.append("entities:") }
    if let old = known.entry(entry.id), let start = line(of: old) {
      let next = known.entries.compactMap { line(of: $0) }.filter { $0 > start }.min() ?? lines.count
      var end = start + 1
      while end < next, isContinuation(lines[end], of: lines[start]) { end += 1 }
      lines.replaceSubrange(start..<end, with: [indent(lines[start]) + GazetteerEditor.line(entry)])
    } else {
      let sample = known.entries.last.flatMap { line(of: $0) }.map { lines[$0] }
      lines.append((sample.map(indent) ?? "  ") + GazetteerEditor.line(entry))
    }
    if let empty = lines.firstIndex(where: {
      $0.hasPrefix("entities:") && $0.dropFirst(9).allSatisfy { $0 == " " || $0 == "[" || $0 == "]" }
    }) {
      lines[empty] = "entities:"
    }
    let result = lines.joined(separator: "\n") + "\n"
    try check(result, known, entry)
    return result
  }

  /// Reads the result back: all that was there is there, and the entry besides.
  private func check(_ result: String, _ known: Gazetteer, _ entry: GazetteerEntry) throws {
    func bare(_ entry: GazetteerEntry) -> GazetteerEntry {
      var entry = entry
      entry.origin = ""
      return entry
    }
    let read = try? Gazetteer(yaml: result, file: file)
    let expected = known.entries.filter { $0.id != entry.id }.map(bare)
    guard let read, read.entry(entry.id).map(bare) == bare(entry), read.entries.filter({ $0.id != entry.id }).map(bare) == expected else {
      throw GazetteerError(
        position: file,
        message: "its list of entities is not written one entry a line, so nothing was changed; add this to it by hand:\n"
          + GazetteerEditor.line(entry))
    }
  }

  /// 0-based line an entry begins at.
  private func line(of entry: GazetteerEntry) -> Int? {
    let parts = entry.origin.split(separator: ":")
    guard parts.count >= 2 else { return nil }
    return Int(parts[parts.count - 2]).map { $0 - 1 }
  }

  private func indent(_ line: String) -> String { String(line.prefix { $0 == " " }) }

  private func isContinuation(_ line: String, of first: String) -> Bool {
    let trimmed = line.drop { $0 == " " }
    return !trimmed.isEmpty && !trimmed.hasPrefix("#") && indent(line).count > indent(first).count
  }

  private static func list(_ texts: [String]) -> String { "[" + texts.map(quoted).joined(separator: ", ") + "]" }

  /// Plain where YAML reads it back as the same text, else in double quotes.
  private static func quoted(_ text: String) -> String {
    let isPlain =
      (text.utf8.first.map { ($0 | 0x20) &- 0x61 < 26 } ?? false)
      && text.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x20 || $0 == 0x2D || $0 == 0x2E }
      && text.utf8.last != 0x20
    let words: Set<String> = ["y", "n", "yes", "no", "true", "false", "on", "off", "null"]
    if isPlain, !words.contains(text.lowercased()) { return text }
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": out += "\\\(scalar)"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
