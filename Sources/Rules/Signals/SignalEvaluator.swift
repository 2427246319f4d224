import Analysis
import Documents

/// Evaluates signals over the facts of one subject. Pure: the same facts give the same alerts.
struct SignalEvaluator {
  /// How many facts an alert carries as evidence.
  static let evidenceLimit = 12

  let facts: SubjectFacts

  func alerts(_ signal: Signal) -> [Alert] {
    // Alerts are about organisations; people and products without one stay searchable.
    guard facts.records.contains(where: { $0.fact.subject.contains { $0.organization == facts.subject.id } }) else { return [] }
    let wanted = Set(signal.kinds)
    let records = facts.records.filter { wanted.contains($0.fact.kind) && passes($0.fact, signal.filter) }
    guard !records.isEmpty else { return [] }
    var groups: [(key: [String: String], records: [FactRecord])] = []
    for record in records {
      let key = labels(record, signal)
      if let index = groups.firstIndex(where: { $0.key == key }) {
        groups[index].records.append(record)
      } else {
        groups.append((key, [record]))
      }
    }
    return groups.compactMap { group in
      guard let chosen = evaluate(signal, group.records), !chosen.isEmpty else { return nil }
      return alert(signal, group.key, chosen)
    }
  }

  // MARK: - Forms

  /// The facts the alert rests on; nil where the signal does not hold.
  private func evaluate(_ signal: Signal, _ records: [FactRecord]) -> [FactRecord]? {
    switch signal.form {
    case .eventCount: return window(records, signal.within) { $0.count >= signal.count }
    case .threshold: return records
    case .valueCount:
      guard let of = signal.of else { return nil }
      return window(records, signal.within) { Set($0.compactMap { self.value(of, $0) }).count >= signal.count }
    case .temporal:
      return window(records, signal.within) { part in
        signal.kinds.allSatisfy { kind in part.contains { $0.fact.kind == kind } } && part.count >= signal.count
      }
    case .temporalOrdered: return window(records, signal.within) { self.isOrdered($0, signal.kinds) }
    case .change:
      guard let of = signal.of else { return nil }
      return changed(records, of, within: signal.within)
    case .absence: return unanswered(records, signal)
    }
  }

  private func day(_ record: FactRecord) -> Int? {
    (record.fact.range ?? record.publishedRange)?.start.daysSinceEpoch
  }

  /// The largest run of facts within so many days of each other that satisfies the test. Facts without a day belong to every run.
  private func window(_ records: [FactRecord], _ within: Int?, _ test: ([FactRecord]) -> Bool) -> [FactRecord]? {
    guard let within else { return test(records) ? records : nil }
    let dated = records.compactMap { record in day(record).map { (day: $0, record: record) } }.sorted { $0.day < $1.day }
    let undated = records.filter { day($0) == nil }
    var best: [FactRecord]?
    var low = 0
    for high in dated.indices {
      while dated[high].day - dated[low].day > within { low += 1 }
      let part = dated[low...high].map(\.record) + undated
      if test(part), part.count >= best?.count ?? 0 { best = part }
    }
    if best == nil, test(undated) { return undated }
    return best
  }

  private func isOrdered(_ records: [FactRecord], _ kinds: [String]) -> Bool {
    var earliest = Int.min
    for kind in kinds {
      let days = records.filter { $0.fact.kind == kind }.compactMap { day($0) }.filter { $0 >= earliest }
      guard let first = days.min() else { return false }
      earliest = first
    }
    return true
  }

  /// The last two facts that say different things of one field.
  private func changed(_ records: [FactRecord], _ field: Signal.Field, within: Int?) -> [FactRecord]? {
    let ordered = records.filter { value(field, $0) != nil }.enumerated().sorted {
      (day($0.element) ?? 0, $0.offset) < (day($1.element) ?? 0, $1.offset)
    }.map(\.element)
    guard ordered.count >= 2 else { return nil }
    for index in stride(from: ordered.count - 1, to: 0, by: -1) where value(field, ordered[index]) != value(field, ordered[index - 1]) {
      if let within, let a = day(ordered[index - 1]), let b = day(ordered[index]), b - a > within { return nil }
      return [ordered[index - 1], ordered[index]]
    }
    return nil
  }

  private func unanswered(_ records: [FactRecord], _ signal: Signal) -> [FactRecord]? {
    guard let wait = signal.within else { return nil }
    let answers = facts.records.filter { signal.resolvedBy.contains($0.fact.kind) }
    let open = records.filter { record in
      guard let start = (record.fact.range?.end ?? record.publishedRange?.end)?.daysSinceEpoch else { return false }
      guard facts.asOf.daysSinceEpoch - start > wait else { return false }
      let objects = Set(record.fact.object.map(\.id))
      return !answers.contains { answer in
        guard answer.fact.id != record.fact.id, let then = day(answer), then >= start - wait else { return false }
        return objects.isEmpty || !objects.isDisjoint(with: answer.fact.object.map(\.id))
      }
    }
    return open.isEmpty ? nil : open
  }

  // MARK: - Parts

  func passes(_ fact: Fact, _ filter: Signal.Filter) -> Bool {
    guard filter.statuses.contains(fact.status) else { return false }
    if let polarity = filter.polarity, fact.polarity != polarity { return false }
    if filter.hasObject, !fact.object.contains(where: { $0.id != facts.subject.id }) { return false }
    if !filter.rules.isEmpty, !filter.rules.contains(fact.rule) { return false }
    for (name, value) in filter.labels where fact.labels[name] != value { return false }
    if let comparison = filter.comparison {
      guard let number = fact.number, comparison.holds(number) else { return false }
    }
    return true
  }

  private func value(_ field: Signal.Field, _ record: FactRecord) -> String? {
    switch field {
    case .subject: return facts.subject.id
    case .object: return record.fact.object.isEmpty ? nil : record.fact.object.map(\.id).sorted().joined(separator: "+")
    case .value: return record.fact.value
    case .source: return record.publisher ?? record.fact.source.first
    case .rule: return record.fact.rule
    case .path: return record.path
    case .when: return record.fact.when
    case .label(let name): return record.fact.labels[name]
    }
  }

  private func labels(_ record: FactRecord, _ signal: Signal) -> [String: String] {
    var labels: [String: String] = [:]
    for field in signal.groupBy {
      switch field {
      case .subject: labels["subject"] = facts.subject.id
      case .object: labels["object"] = value(.object, record) ?? ""
      case .value: labels["value"] = record.fact.value ?? ""
      case .source: labels["source"] = value(.source, record) ?? ""
      case .rule: labels["rule"] = record.fact.rule
      case .path: labels["path"] = record.path
      case .when: labels["when"] = record.fact.when ?? ""
      case .label(let name): labels[name] = record.fact.labels[name] ?? ""
      }
    }
    return labels
  }

  private func alert(_ signal: Signal, _ labels: [String: String], _ records: [FactRecord]) -> Alert {
    let shown = records.count <= SignalEvaluator.evidenceLimit ? records : Array(records.suffix(SignalEvaluator.evidenceLimit))
    var places: [NoteEvidence] = []
    for record in shown {
      for evidence in record.fact.evidence {
        let place = NoteEvidence(path: record.path, evidence: evidence, isConverted: record.isConverted)
        if !places.contains(place) { places.append(place) }
      }
    }
    let (surest, sureness) = surest(signal, records)
    let ids = Set(surest.map(\.fact.id))
    return Alert(
      category: signal.category, subject: facts.subject,
      severity: SeverityChooser(signal: signal, records: surest, sureness: sureness, asOf: facts.asOf).severity,
      title: TitleTemplate(signal.title).fill(
        subject: facts.subject, records: surest, sureness: sureness, weaker: records.filter { !ids.contains($0.fact.id) }),
      plugin: signal.plugin, rule: signal.rule, labels: labels, facts: shown.map(\.fact.id), evidence: places,
      corroboration: Corroboration(records))
  }

  /// The surest facts that already make the signal hold: what is stated if that is enough, else with what is planned, and so on.
  private func surest(_ signal: Signal, _ records: [FactRecord]) -> ([FactRecord], Sureness) {
    for level in Sureness.allCases {
      let part = records.filter { $0.sureness <= level }
      guard part.contains(where: { $0.sureness == level }) else { continue }
      if let chosen = evaluate(signal, part), !chosen.isEmpty { return (chosen, level) }
    }
    return (records, records.map(\.sureness).max() ?? .denied)
  }
}
