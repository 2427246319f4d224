import Analysis

/// "{subject} <cuts|cut> [{value}|jobs][, {when}]".
///
/// A `[bracket]` is left out where a name in it is unknown, or gives way to what follows its `|`. A `<predicate|base form>` takes the mood of
/// the facts: "cuts", "plans to cut", "may cut", "is said to cut"; a title without one ends in "(planned)", "(a rumour)" instead.
struct TitleTemplate {
  private let template: String

  init(_ template: String) { self.template = template }

  /// - Parameters:
  ///   - records: the surest facts that make the signal hold: all that the title claims.
  ///   - weaker: the other facts of the alert; names only they have are said apart.
  func fill(subject: EntityRef, records: [FactRecord], sureness: Sureness = .stated, weaker: [FactRecord] = []) -> String {
    let words = TitleWords(subject: subject, records: records)
    let facts = records.map(\.fact)
    var values: [String: String] = ["subject": subject.name, "count": String(records.count)]
    values["object"] = TitleWords.list(words.names(\.object))
    values["actor"] = TitleWords.list(words.names(\.subject))
    values["value"] = words.amounts
    // A change happened when the later of the two was said, not when the earlier held.
    values["when"] = template.contains("{last.") ? TitleWords(subject: subject, records: Array(records.suffix(1))).dates : words.dates
    if template.contains("{when}") { dateEach(words, &values) }
    values["source"] = TitleWords.list(facts.flatMap(\.source).filter { $0 != "document" })
    for (name, value) in facts.last?.labels ?? [:] where values[name] == nil { values[name] = value }
    if let first = facts.first, let last = facts.last {
      for (name, value) in first.labels { values["first." + name] = value }
      for (name, value) in last.labels { values["last." + name] = value }
    }
    var title = expand(values, sureness)
    if !template.contains("<") {
      if let aside = sureness.aside {
        title += " (\(aside))"
      } else if !facts.isEmpty, facts.allSatisfy({ $0.status == .reported }) {
        title += " (reported)"
      }
    }
    return title + further(words, subject: subject, weaker, above: sureness)
  }

  /// Several things or amounts of several dates say each its own, so that no date is read with the wrong one.
  private func dateEach(_ words: TitleWords, _ values: inout [String: String]) {
    let dated: (name: String, text: String?)
    if template.contains("{object}") {
      dated = ("object", words.datedNames(\.object))
    } else if template.contains("{value}") {
      dated = ("value", words.datedAmounts)
    } else {
      dated = ("actor", words.datedNames(\.subject))
    }
    guard let text = dated.text else { return }
    values[dated.name] = text
    values["when"] = nil
  }

  /// "; planned: Heron; possible: Kestrel"
  private func further(_ words: TitleWords, subject: EntityRef, _ weaker: [FactRecord], above sureness: Sureness) -> String {
    let field: KeyPath<Fact, [EntityRef]>
    if template.contains("{object}") { field = \.object } else if template.contains("{actor}") { field = \.subject } else { return "" }
    var said = words.names(field)
    var text = ""
    for level in Sureness.allCases where level > sureness {
      guard let label = level.label else { continue }
      let part = TitleWords(subject: subject, records: weaker.filter { $0.sureness == level })
      let new = part.names(field).filter { name in !said.contains { TitleWords.covers($0, name) } }
      if let list = TitleWords.list(new, limit: 2) { text += "; \(label): \(list)" }
      said += new
    }
    return text
  }

  private func expand(_ values: [String: String], _ sureness: Sureness) -> String {
    var out = ""
    var rest = Substring(template)
    func filled(_ part: Substring) -> String? {
      var text = ""
      var part = part
      while let c = part.first {
        part.removeFirst()
        guard c == "{" else {
          text.append(c)
          continue
        }
        let name = String(part.prefix { $0 != "}" })
        part = part.dropFirst(name.count + 1)
        guard let value = values[name] else { return nil }
        text += value
      }
      return text
    }
    func taken(until end: Character) -> Substring {
      let part = rest.prefix { $0 != end }
      rest = rest.dropFirst(part.count + 1)
      return part
    }
    while let c = rest.first {
      rest.removeFirst()
      switch c {
      case "[":
        let choices = taken(until: "]").split(separator: "|", omittingEmptySubsequences: false)
        out += choices.lazy.compactMap(filled).first ?? ""
      case "<":
        let forms = taken(until: ">").split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        out += sureness.predicate(forms[0], base: forms.last ?? forms[0])
      case "{":
        out += values[String(taken(until: "}"))] ?? ""
      default: out.append(c)
      }
    }
    return out.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
  }
}
