import Analysis
import Configuration
import Documents
import Glibc

/// The local filters in force: they hide facts from rules when alerts are drawn, and touch neither packs nor the record.
struct LocalFilters: Sendable {
  let filters: [LocalFilter]
  /// Filters and files that are broken, each left out alone.
  let problems: [String]

  /// Reads the files, and the `*.yaml` of the folders, in order of name.
  /// - Parameter isStandard: a missing path is passed over where nobody named it.
  init(paths: [String], isStandard: Bool) {
    var filters: [LocalFilter] = []
    var problems: [String] = []
    for path in paths {
      for file in LocalFilters.files(path) ?? [path] {
        switch Configuration.readText(file, limit: 1 << 20) {
        case .success(let text):
          let (found, wrong) = LocalFilter.all(yaml: text, file: file)
          filters += found
          problems += wrong.map { "\($0.headline); this filter is left out" }
        case .failure(let error):
          if isStandard, access(file, F_OK) != 0 { continue }
          problems.append("\(error.description.split(separator: "\n").first ?? ""); no filter of it is in force")
        }
      }
    }
    self.filters = filters
    self.problems = problems
  }

  /// The files of a folder; nil where it is none.
  private static func files(_ path: String) -> [String]? {
    guard let stream = opendir(path) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix("."), name.hasSuffix(".yaml") || name.hasSuffix(".yml") { names.append("\(path)/\(name)") }
    }
    return names.sorted()
  }

  /// Draws alerts as the filters have it, and says which would hold without them.
  func apply(_ facts: SubjectFacts, _ correlate: (SubjectFacts) -> Finding) -> Finding {
    let hits = filters.filter { $0.isInForce(on: facts.asOf) }.compactMap { filter -> (filter: LocalFilter, ids: Set<String>)? in
      let ids = Set(facts.records.filter { filter.matches($0, subject: facts.subject) }.map(\.fact.id))
      return ids.isEmpty ? nil : (filter, ids)
    }
    guard !hits.isEmpty else { return correlate(facts) }
    var filtered = facts
    // A filter of the rule that made a fact takes it away altogether, any other only from the eyes of the rules it names.
    filtered.records.removeAll { record in hits.contains { $0.filter.covers(record.fact.rule) && $0.ids.contains(record.fact.id) } }
    filtered.hidden = hits.map { SubjectFacts.Hidden(rules: $0.filter.rules, facts: $0.ids) }
    var finding = correlate(filtered)
    finding.contradictions.removeAll { contradiction in
      hits.contains { hit in hit.filter.covers("contradictions") && contradiction.sides.contains { hit.ids.contains($0.fact) } }
    }
    let kept = Set(finding.alerts.map(\.fingerprint))
    for alert in correlate(facts).alerts where !kept.contains(alert.fingerprint) {
      let cause = hits.first { !$0.ids.isDisjoint(with: alert.facts) } ?? hits[0]
      finding.withheld.append(WithheldAlert(alert: alert, filter: cause.filter.id, reason: cause.filter.reason))
    }
    return finding
  }
}

extension LocalFilter {
  /// Whether every matcher that is given holds.
  func matches(_ record: FactRecord, subject: EntityRef) -> Bool {
    func holds(_ wanted: [String], _ test: (String) -> Bool) -> Bool { wanted.isEmpty || wanted.contains { test($0.lowercased()) } }
    let who = ([subject] + record.fact.subject).flatMap { [$0.id.lowercased(), $0.name.lowercased(), $0.root.lowercased()] }
    let words = record.fact.evidence.map(\.text).joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return holds(self.subject) { who.contains($0) } && holds(text) { words.lowercased().contains($0) }
      && holds(publisher) { [record.publisher?.lowercased(), record.family?.lowercased()].contains($0) }
      && (path.isEmpty || path.contains { $0.matches(record.path) })
  }
}
