import Documents

extension Series {
  /// All series of one subject that have a point. Pure: only facts that are asserted or reported, and dated to a quarter or finer, count.
  public static func all(of records: [FactRecord]) -> [Series] {
    var quarters: [Quarter: [FactRecord]] = [:]
    for record in records where record.fact.status == .asserted || record.fact.status == .reported {
      guard let quarter = record.fact.range.flatMap(Quarter.init) else { continue }
      quarters[quarter, default: []].append(record)
    }
    let ordered = quarters.sorted { $0.key < $1.key }
    var series: [Series] = []
    for measure in Measure.allCases {
      var points: [String: [Point]] = [:]
      for (quarter, records) in ordered {
        for (unit, part) in values(measure, records) {
          points[unit, default: []].append(Point(quarter: quarter, value: part.value, records: part.records))
        }
      }
      series += points.sorted { $0.key < $1.key }.map { Series(measure: measure, unit: $0.key, points: $0.value) }
    }
    return series
  }

  private typealias Part = (value: Double, records: [FactRecord])

  /// The values of one measure in one quarter, by unit.
  private static func values(_ measure: Measure, _ records: [FactRecord]) -> [String: Part] {
    switch measure {
    case .balance: return mean(records) { ["research": -1, "product": 1][$0.labels["lean"] ?? ""] }
    case .openness: return mean(records) { ["closed": -1, "partly-open": 0, "open": 1][$0.labels["position"] ?? ""] }
    case .gap:
      let told = records.filter { $0.fact.labels["gap"] != nil }
      return told.isEmpty ? [:] : ["": (told.reduce(0) { $0 + ($1.fact.labels["gap"] == "yes" ? 1 : -1) }, told)]
    case .people: return people(records)
    case .money: return money(records)
    case .compute: return stated(records, kind: "compute") { $0.value < $1.value }
    case .usage: return stated(records, kind: "usage_metric") { _, _ in true }
    }
  }

  /// (p − r) / (p + r), each statement +1, 0 or −1.
  private static func mean(_ records: [FactRecord], _ sign: (Fact) -> Double?) -> [String: Part] {
    let signed = records.compactMap { record in sign(record.fact).map { (record, $0) } }
    guard !signed.isEmpty else { return [:] }
    return ["": (signed.reduce(0) { $0 + $1.1 } / Double(signed.count), signed.map(\.0))]
  }

  /// Hires less departures and layoffs. A person counts once; of several numbers for a round of layoffs the largest.
  private static func people(_ records: [FactRecord]) -> [String: Part] {
    var used: [FactRecord] = []
    func heads(_ kind: String, _ named: (Fact) -> [EntityRef]) -> Double {
      let mine = records.filter { $0.fact.kind == kind }
      used += mine
      let numbers = mine.compactMap { isCount($0.fact) ? $0.fact.number : nil }
      let people = Set(mine.flatMap { named($0.fact) }.map(\.id))
      return max(numbers.max() ?? 0, Double(people.count))
    }
    let hired = heads("hire") { $0.object.filter { $0.organization != $0.id } }
    let left = heads("departure") { ($0.subject + $0.object).filter { $0.organization != $0.id } }
    let cut = heads("layoff") { _ in [] }
    return used.isEmpty || hired + left + cut == 0 ? [:] : ["": (hired - left - cut, used)]
  }

  private static func isCount(_ fact: Fact) -> Bool {
    guard let value = fact.value else { return false }
    return !value.contains("%") && !value.contains("USD") && !value.contains("EUR")
  }

  /// −(largest loss + largest investment), in US dollars.
  private static func money(_ records: [FactRecord]) -> [String: Part] {
    let sums = records.filter {
      ["loss", "investment"].contains($0.fact.kind) && $0.fact.number != nil && $0.fact.value?.hasSuffix("USD") == true
    }
    guard !sums.isEmpty else { return [:] }
    let total = ["loss", "investment"].reduce(0.0) { total, kind in
      total + (sums.filter { $0.fact.kind == kind }.compactMap(\.fact.number).max() ?? 0)
    }
    return ["USD": (-total, sums)]
  }

  /// One number a unit, as `value` has it ("100000 GPUs").
  private static func stated(_ records: [FactRecord], kind: String, _ replaces: (Part, Part) -> Bool) -> [String: Part] {
    var found: [String: Part] = [:]
    for record in records where record.fact.kind == kind {
      guard let number = record.fact.number, let value = record.fact.value, !value.contains(";"),
        let space = value.firstIndex(of: " ")
      else { continue }
      let unit = String(value[value.index(after: space)...])
      let part: Part = (number, [record])
      if found[unit].map({ replaces($0, part) }) ?? true { found[unit] = part }
    }
    return found
  }
}
