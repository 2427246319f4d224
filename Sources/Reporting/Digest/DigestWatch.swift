import Analysis
import Documents

/// What to watch: what the digest was given, or else what its own facts say lies ahead.
enum DigestWatch {
  static func items(_ digest: Digest) -> [WatchItem] { (digest.watch.isEmpty ? derived(digest) : digest.watch).sorted(by: order) }

  /// Kinds of things that come to pass or do not; a climate or a claim that is only possible is nothing to wait for.
  private static let kinds: Set<String> = [
    "release", "delay", "abandonment", "hire", "departure", "layoff", "reorganisation", "acquisition", "partnership", "revenue_change",
    "loss",
    "investment", "compute", "licence_openness", "forecast", "commitment",
  ]

  /// Plans, conditions and forecasts that are not over, and are not among the promises already. Without a date of their own they count
  /// for a year from their publication.
  private static func derived(_ digest: Digest) -> [WatchItem] {
    let promised = Set(digest.commitments.flatMap(\.evidence))
    let names = Subjects(digest)
    var items: [WatchItem] = []
    var known: [String: Int] = [:]
    for record in FactOrder.sortedByPlace(digest.facts) {
      let fact = record.fact
      let end = fact.range?.end ?? record.publishedRange?.end.adding(months: 12)
      // Advice, and a forecast without a date, stand by themselves.
      guard kinds.contains(fact.kind), fact.kind != "forecast" || fact.when != nil else { continue }
      guard fact.status == .planned || fact.status == .conditional || fact.kind == "forecast", let end, end >= digest.asOf,
        let evidence = fact.evidence.first, let subject = fact.subject.first
      else { continue }
      let place = NoteEvidence(path: record.path, evidence: evidence, isConverted: record.isConverted)
      guard !promised.contains(place) else { continue }
      let text = FactWording.summary(fact, inParentheses: true)
      // What one sentence says is one line, and so is what several say in the same words of ours.
      let sentence = "\(subject.root)\u{1F}\(place.path)\u{1F}\(evidence.span.start)"
      let wording = "\(subject.root)\u{1F}\(text)\u{1F}\(fact.when ?? "")"
      if let index = known[sentence] {
        if items[index].when == fact.when, !items[index].text.contains(text) { items[index].text += "; \(text)" }
      } else if let index = known[wording] {
        items[index].evidence.append(place)
        known[sentence] = index
      } else {
        known[sentence] = items.count
        known[wording] = items.count
        let name = EntityRef(id: subject.root, name: names.name(of: subject.root))
        items.append(WatchItem(subject: name, text: text, when: fact.when, evidence: [place]))
      }
    }
    return items
  }

  private static func order(_ a: WatchItem, _ b: WatchItem) -> Bool {
    (a.when ?? "~", a.subject.name, a.text, a.evidence.first?.path ?? "", a.evidence.first?.evidence.span.start ?? 0)
      < (b.when ?? "~", b.subject.name, b.text, b.evidence.first?.path ?? "", b.evidence.first?.evidence.span.start ?? 0)
  }
}
