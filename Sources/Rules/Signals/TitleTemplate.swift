import Analysis

/// "{subject} cuts {value}[, {when}]": a bracketed part is left out where a name in it is unknown. What is not asserted is said to be so.
struct TitleTemplate {
  private let template: String

  init(_ template: String) { self.template = template }

  func fill(subject: String, records: [FactRecord]) -> String {
    var values: [String: String] = ["subject": subject, "count": String(records.count)]
    let facts = records.map(\.fact)
    values["object"] = joined(facts.flatMap { $0.object.map(\.name) })
    values["value"] = joined(facts.compactMap(\.value))
    values["when"] = joined(facts.compactMap(\.when), limit: 2)
    values["source"] = joined(facts.flatMap(\.source).filter { $0 != "document" })
    values["actor"] = joined(facts.flatMap { $0.subject.map(\.name) })
    for (name, value) in facts.last?.labels ?? [:] where values[name] == nil { values[name] = value }
    if let first = facts.first, let last = facts.last {
      for (name, value) in first.labels { values["first." + name] = value }
      for (name, value) in last.labels { values["last." + name] = value }
    }
    return expand(values) + TitleTemplate.caution(facts)
  }

  private func joined(_ parts: [String], limit: Int = 3) -> String? {
    var seen: Set<String> = []
    let unique = parts.filter { !$0.isEmpty && seen.insert($0).inserted }
    guard !unique.isEmpty else { return nil }
    let more = unique.count > limit ? " and \(unique.count - limit) more" : ""
    return unique.prefix(limit).joined(separator: ", ") + more
  }

  private func expand(_ values: [String: String]) -> String {
    var out = ""
    var group: String?
    var groupFails = false
    var rest = Substring(template)
    while let c = rest.first {
      rest.removeFirst()
      switch c {
      case "[":
        group = ""
        groupFails = false
      case "]":
        if let text = group, !groupFails { out += text }
        group = nil
      case "{":
        let name = String(rest.prefix { $0 != "}" })
        rest = rest.dropFirst(name.count + 1)
        let value = values[name]
        if value == nil { groupFails = true }
        if group != nil { group! += value ?? "" } else { out += value ?? "" }
      default:
        if group != nil { group!.append(c) } else { out.append(c) }
      }
    }
    return out.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
  }

  /// The least sure way in which every fact is said, where none is asserted.
  private static func caution(_ facts: [Fact]) -> String {
    let statuses = Set(facts.map(\.status))
    guard !statuses.isEmpty, !statuses.contains(.asserted) else { return "" }
    let order: [(AssertionStatus, String)] = [
      (.reported, "reported"), (.planned, "planned"), (.alleged, "alleged"), (.conditional, "a possibility"), (.rumoured, "a rumour"),
      (.opinion, "an opinion"), (.question, "a question"), (.denied, "denied"),
    ]
    return order.first { statuses.contains($0.0) }.map { " (\($0.1))" } ?? ""
  }
}
