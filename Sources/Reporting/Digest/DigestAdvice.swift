import Analysis
import Documents

/// What the notes advise and expect, latest first: opinions, each by whom.
enum DigestAdvice {
  static let kinds: Set<String> = ["recommendation", "forecast"]
  /// Lines of a kind of one organisation.
  private static let perSubject = 4

  static func records(_ digest: Digest) -> [FactRecord] {
    var seen: Set<String> = []
    var counts: [String: Int] = [:]
    return FactOrder.sortedByPlace(Subjects.followed(digest).filter { kinds.contains($0.fact.kind) }).sorted {
      ($0.published ?? "") > ($1.published ?? "")
    }.filter { record in
      let sentence = record.fact.evidence.first.map { "\(record.path)\u{1F}\($0.span.start)" } ?? record.fact.id
      guard seen.insert(sentence).inserted else { return false }
      let kind = "\(record.fact.subject.first?.root ?? "")\u{1F}\(record.fact.kind)"
      counts[kind, default: 0] += 1
      return counts[kind, default: 0] <= perSubject
    }
  }
}

extension DigestPage {
  var adviceSection: [PageSection] {
    let records = DigestAdvice.records(digest)
    guard !records.isEmpty else { return [] }
    let capped = Capped(records, limit: limits.advice)
    let items = capped.shown.map { record -> PageItem in
      let fact = record.fact
      let name = subjects.name(of: fact.subject.first?.root ?? "")
      let attribution = FactWording.attribution(fact).map { ", \($0)" } ?? ""
      return PageItem(
        text: PageText([.strong(name), .plain(": \(FactWording.summary(fact, inParentheses: true))\(attribution).")]),
        citations: Array(citer.citations(record).prefix(1)))
    }
    return [
      PageSection(
        anchor: "advice", title: "Advice and forecasts",
        blocks: [.paragraph("Opinions of those who wrote or said them."), .items(items, style: .line, more: capped.note("line"))])
    ]
  }
}
