import Analysis
import Documents

/// What to watch: what the digest was given, or else what its own facts say lies ahead.
enum DigestWatch {
  static func items(_ digest: Digest) -> [WatchItem] { (digest.watch.isEmpty ? derived(digest) : digest.watch).sorted(by: order) }

  /// Plans, conditions and forecasts that are not over, and are not among the promises already. Without a date of their own they count
  /// for a year from their publication.
  private static func derived(_ digest: Digest) -> [WatchItem] {
    let promised = Set(digest.commitments.flatMap(\.evidence))
    let names = Subjects(digest)
    return digest.facts.compactMap { record in
      let fact = record.fact
      let end = fact.range?.end ?? record.publishedRange?.end.adding(months: 12)
      // Advice, and a forecast without a date, stand by themselves.
      guard !DigestAdvice.kinds.contains(fact.kind) || (fact.kind == "forecast" && fact.when != nil) else { return nil }
      guard fact.status == .planned || fact.status == .conditional || fact.kind == "forecast", let end, end >= digest.asOf,
        let evidence = fact.evidence.first, let subject = fact.subject.first
      else { return nil }
      let place = NoteEvidence(path: record.path, evidence: evidence, isConverted: record.isConverted)
      guard !promised.contains(place) else { return nil }
      let name = EntityRef(id: subject.root, name: names.name(of: subject.root))
      return WatchItem(subject: name, text: FactWording.summary(fact, inParentheses: true), when: fact.when, evidence: [place])
    }
  }

  private static func order(_ a: WatchItem, _ b: WatchItem) -> Bool {
    (a.when ?? "~", a.subject.name, a.text, a.evidence.first?.path ?? "", a.evidence.first?.evidence.span.start ?? 0)
      < (b.when ?? "~", b.subject.name, b.text, b.evidence.first?.path ?? "", b.evidence.first?.evidence.span.start ?? 0)
  }
}
