import Documents

/// Signals on series: lopsided, swaying, a drain of people, a gap that lasts. Thresholds and formulas are those of `docs/series.md`.
public struct SeriesAnalyzer: Analyzer {
  public let id = "series"
  public let version = "1"

  /// |balance| from which a quarter is lopsided, of at least `statements` statements.
  static let lopsided = 0.6
  static let statements = 2
  /// Turns of a position that make it sway, within so many quarters.
  static let turns = 2
  static let memory = 8
  /// Quarters in a row.
  static let lasting = 2

  public init() {}

  public func correlate(_ facts: SubjectFacts) -> Finding {
    guard facts.records.contains(where: { $0.fact.subject.contains { $0.organization == facts.subject.id } }) else { return Finding() }
    return Finding(alerts: Series.all(of: facts.records).compactMap { alert($0, facts.subject) })
  }

  private func alert(_ series: Series, _ subject: EntityRef) -> Alert? {
    switch series.measure {
    case .balance:
      guard let run = run(series, { abs($0.value) >= Self.lopsided && $0.records.count >= Self.statements }, sameSign: true),
        let last = run.last
      else { return nil }
      let side = last.value < 0 ? "research" : "product"
      return alert(
        "lopsided", "research_product_imbalance", .warning, "\(subject.name) leans to \(side), \(span(run))", subject, run)
    case .openness:
      guard let swings = swaying(series) else { return nil }
      return alert(
        "swaying", "strategy_reversal", .warning, "\(subject.name) sways between open and closed, \(span(swings))", subject, swings)
    case .people:
      guard let run = run(series, { $0.value < 0 }) else { return nil }
      return alert("drain", "key_departure", .notice, "More people leave \(subject.name) than join it, \(span(run))", subject, run)
    case .gap:
      guard let run = run(series, { $0.value > 0 }) else { return nil }
      return alert("gap", "compute_gap", .notice, "\(subject.name) stays behind its rivals, \(span(run))", subject, run)
    case .money, .compute, .usage: return nil
    }
  }

  /// The last points of a series where they satisfy the test, `lasting` quarters in a row at least.
  private func run(_ series: Series, _ test: (Series.Point) -> Bool, sameSign: Bool = false) -> [Series.Point]? {
    var run: [Series.Point] = []
    for point in series.points.reversed() {
      guard test(point),
        run.last.map({ $0.quarter.ordinal - point.quarter.ordinal == 1 && (!sameSign || ($0.value < 0) == (point.value < 0)) }) ?? true
      else { break }
      run.append(point)
    }
    return run.count >= Self.lasting ? run.reversed() : nil
  }

  /// The points between which the sign changes, where it does so often enough.
  private func swaying(_ series: Series) -> [Series.Point]? {
    guard let last = series.points.last else { return nil }
    let recent = series.points.filter { $0.value != 0 && last.quarter.ordinal - $0.quarter.ordinal < Self.memory }
    var kept: [Series.Point] = []
    for point in recent where kept.last.map({ ($0.value < 0) != (point.value < 0) }) ?? true { kept.append(point) }
    return kept.count > Self.turns ? kept : nil
  }

  private func span(_ points: [Series.Point]) -> String { "\(points[0].quarter) to \(points[points.count - 1].quarter)" }

  private func alert(
    _ rule: String, _ category: String, _ severity: Severity, _ title: String, _ subject: EntityRef, _ points: [Series.Point]
  ) -> Alert {
    let records = points.flatMap(\.records)
    var places: [NoteEvidence] = []
    for record in records {
      for evidence in record.fact.evidence.prefix(1) {
        let place = NoteEvidence(path: record.path, evidence: evidence, isConverted: record.isConverted)
        if !places.contains(place), places.count < 12 { places.append(place) }
      }
    }
    return Alert(
      category: category, subject: subject, severity: severity, title: title, plugin: id, rule: "\(id).\(rule)",
      labels: ["subject": subject.id],
      facts: records.map(\.fact.id), evidence: places, corroboration: Corroboration(records))
  }
}
