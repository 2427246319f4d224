import Analysis
import Documents

/// What a note's own comments say a rule must find or leave alone: `<!-- expect: people.layoff -->`, `<!-- ok: people.layoff -->`.
///
/// A comment speaks of the block it stands in; where it stands on a line of its own, of the block that follows. Rules are frames, which are met
/// by a fact whose evidence lies in the block, or signals, met by an alert that rests on a sentence there.
public struct NoteExpectation: Sendable, Hashable {
  public var rule: String
  /// False for `ok`: the rule must stay silent.
  public var fires: Bool
  /// 1-based line of the comment.
  public var line: Int
  /// What it speaks of, in the document's source.
  public var span: ByteSpan

  /// All of a document, in order; none for converted ones, whose comments are gone.
  public static func all(in document: Document) -> [NoteExpectation] {
    guard !document.isConverted else { return [] }
    let lines = document.lineStarts.indices.map { index in
      ByteSpan(document.lineStarts[index], index + 1 < document.lineStarts.count ? document.lineStarts[index + 1] : document.source.count)
    }
    var all: [NoteExpectation] = []
    for (index, span) in lines.enumerated() {
      let (found, isAlone) = comments(in: document.source[span.range])
      guard !found.isEmpty else { continue }
      let target = isAlone ? lines[(index + 1)...].first { !comments(in: document.source[$0.range]).isAlone } ?? span : span
      let block =
        document.blocks.first { $0.kind != .heading && $0.source.overlaps(target) } ?? document.blocks.first { $0.source.overlaps(target) }
      for comment in found {
        all.append(NoteExpectation(rule: comment.rule, fires: comment.fires, line: index + 1, span: block?.source ?? target))
      }
    }
    return all
  }

  /// The annotations of one line, and whether nothing else stands on it.
  private static func comments(in line: ArraySlice<UInt8>) -> (found: [(rule: String, fires: Bool)], isAlone: Bool) {
    var rest = Substring(String(decoding: line, as: UTF8.self))
    var found: [(rule: String, fires: Bool)] = []
    var other = ""
    while let start = rest.firstRange(of: "<!--") {
      other += rest[..<start.lowerBound]
      guard let end = rest[start.upperBound...].firstRange(of: "-->") else { break }
      let halves = rest[start.upperBound..<end.lowerBound].split(separator: ":", maxSplits: 1)
      let word = halves.first.map { $0.filter { !$0.isWhitespace } }
      if halves.count == 2, word == "expect" || word == "ok" {
        let rules = halves[1].split { $0 == "," || $0.isWhitespace }
        found += rules.map { (String($0), word == "expect") }
      }
      rest = rest[end.upperBound...]
    }
    return (found, (other + rest).allSatisfy(\.isWhitespace))
  }

  /// What is wrong with it, nil where all is as it says.
  /// - Parameters:
  ///   - rules: the rules in force.
  ///   - facts: the note's own.
  ///   - alerts: all that rest on the note.
  public func problem(rules: Set<String>, path: String, facts: [Fact], alerts: [Alert]) -> String? {
    guard rules.contains(rule) else { return "there is no rule \(rule) in force; `bellwether rules list` names them" }
    let fact = facts.first { $0.rule == rule && $0.evidence.contains { $0.span.overlaps(span) } }
    let alert = alerts.first { $0.rule == rule && $0.evidence.contains { $0.path == path && $0.evidence.span.overlaps(span) } }
    switch (fires, fact != nil || alert != nil) {
    case (true, true), (false, false): return nil
    case (true, false): return "\(rule) is expected and stays silent; `bellwether rules explain \(rule) \(path)` says why"
    case (false, true):
      let what = fact.map { "\($0.kind), \($0.status.rawValue): \u{201C}\($0.evidence[0].text)\u{201D}" } ?? alert?.title ?? ""
      return "\(rule) fires and should stay silent (\(what))"
    }
  }
}
