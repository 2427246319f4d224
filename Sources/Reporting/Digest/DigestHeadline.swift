import Analysis
import Documents

/// "What changed": the few lines that a reader in a hurry takes away.
struct DigestHeadline {
  struct Line: Sendable, Hashable {
    var badge: PageBadge?
    var text: String
    /// The item that says it in full.
    var anchor: String
    var evidence: [NoteEvidence]
  }

  private struct Candidate {
    var weight: Int
    var order = 0
    var subject: String
    var line: Line

    static func precedes(_ a: Candidate, _ b: Candidate) -> Bool {
      if a.weight != b.weight { return a.weight > b.weight }
      return (a.order, a.subject, a.line.text) < (b.order, b.subject, b.line.text)
    }
  }

  /// At most `limit`, gravest first; no organisation takes all of them while others have news.
  static func lines(_ digest: Digest, limit: Int) -> [Line] {
    let candidates = (alertLines(digest) + contradictionLines(digest) + commitmentLines(digest) + endLines(digest))
      .sorted(by: Candidate.precedes)
    var perSubject: [String: Int] = [:]
    var chosen: [Candidate] = []
    var held: [Candidate] = []
    for candidate in candidates {
      if perSubject[candidate.subject, default: 0] < 3 {
        perSubject[candidate.subject, default: 0] += 1
        chosen.append(candidate)
      } else {
        held.append(candidate)
      }
    }
    // What an organisation has beyond its share gives way to another's news of weight, not to small change.
    held = held.map { Candidate(weight: $0.weight - 25, order: $0.order, subject: $0.subject, line: $0.line) }
    let ranked = (chosen + held).sorted(by: Candidate.precedes)
    return ranked.prefix(limit).map(\.line)
  }

  private static func weight(_ severity: Severity) -> Int {
    switch severity {
    case .critical: return 100
    case .warning: return 80
    case .notice: return 50
    case .info: return 10
    }
  }

  private static func alertLines(_ digest: Digest) -> [Candidate] {
    let groups: [[DigestAlert.Change]] = [[.new, .escalated], [.baseline], [.upgrade]]
    let stories = groups.flatMap { changes in AlertStory.all(of: digest.alerts.filter { changes.contains($0.change) }) }
    // Among alerts of one severity the order of the stories holds.
    return stories.enumerated().map { index, story in
      let item = story.lead
      let alert = item.page.alert
      var text = sentence(TitleText.readable(alert.title), aside: caution(item.page))
      if item.change == .escalated { text += " Raised to \(alert.severity.rawValue)." }
      if item.change == .upgrade { text += " Found by the upgrade, in notes already read." }
      if !story.others.isEmpty { text += " With it: \(also(story))." }
      let novelty = item.change == .new || item.change == .escalated ? 5 : 0
      return Candidate(
        weight: weight(alert.severity) + novelty, order: index, subject: alert.subject.root,
        line: Line(
          badge: DigestWording.badge(alert.severity), text: text, anchor: DigestWording.anchor(alert),
          evidence: Array(alert.evidence.prefix(1))))
    }
  }

  /// "delay, departure and 2 more": what else the story has, by category, or how many more of the same.
  private static func also(_ story: AlertStory) -> String {
    let lead = story.lead.page.alert
    let own = story.others.map(\.page.alert).filter { $0.subject.root == lead.subject.root }
    let kinds = unique(own.map(\.category).filter { $0 != lead.category }).map { CategoryWording.short($0) }
    let same = own.count { $0.category == lead.category }
    let rest = kinds.count > 3 ? ["\(kinds.count - 3) more"] : []
    let others = unique(story.others.map(\.page.alert.subject).filter { $0.root != lead.subject.root }.map(\.name))
    let about = others.isEmpty ? [] : ["what it says of \(CountText.list(Array(others.prefix(2)) + (others.count > 2 ? ["others"] : [])))"]
    return CountText.list(
      Array(kinds.prefix(3)) + rest + (same > 0 ? [CountText.text(same, "more alert") + " of the kind"] : []) + about)
  }

  /// Nil where the rule's own title ends in the status already, as in "(planned)".
  static func caution(_ page: AlertPage) -> String? {
    AssertionStatus.allCases.contains { page.alert.title.hasSuffix("(\($0.rawValue))") } ? nil : page.sureness.caution
  }

  private static func contradictionLines(_ digest: Digest) -> [Candidate] {
    digest.contradictions.filter { $0.isNew && $0.contradiction.verdict == .conflict }.map { item in
      let contradiction = item.contradiction
      return Candidate(
        weight: 75, subject: contradiction.subject.root,
        line: Line(
          badge: DigestWording.badge(.conflict),
          text: "Two accounts disagree about \(contradiction.subject.name): \(sentence(TitleText.readable(contradiction.topic)))",
          anchor: DigestWording.anchor(contradiction), evidence: contradiction.sides.map(\.place)))
    }
  }

  private static func commitmentLines(_ digest: Digest) -> [Candidate] {
    digest.commitments.filter { $0.state == .slipped || $0.state == .reversed }.map { item in
      let due = item.due.map { ", due \(DateText.text(interchange: $0))" } ?? ""
      return Candidate(
        weight: 70, subject: item.subject.root,
        line: Line(
          badge: PageBadge(label: item.state == .slipped ? "Overdue" : "Reversed", tone: .warning),
          text: "\(item.subject.name) promised: \(item.what)\(due).", anchor: "promises", evidence: Array(item.evidence.prefix(1))))
    }
  }

  /// Alerts that ended share a line: good news is short.
  private static func endLines(_ digest: Digest) -> [Candidate] {
    [(DigestAlert.Change.withdrawn, "withdrawn", 45), (.resolved, "resolved", 40)].compactMap { change, word, weight in
      let ended = digest.alerts.filter { $0.change == change }.sorted(by: DigestOrder.alerts)
      guard let first = ended.first else { return nil }
      let about = CountText.list(Array(unique(ended.map(\.page.alert.subject.name)).prefix(3)))
      return Candidate(
        weight: weight, subject: "\u{1F}\(word)",
        line: Line(
          badge: PageBadge(label: FactWording.capitalised(word), tone: change == .resolved ? .good : .plain),
          text: "\(CountText.text(ended.count, "alert")) \(word): \(about).", anchor: DigestWording.anchor(first.page.alert),
          evidence: Array(first.page.alert.evidence.prefix(1))))
    }
  }

  private static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  /// The text as a sentence that ends, with a remark in parentheses before its full stop.
  static func sentence(_ text: String, aside: String? = nil) -> String {
    guard let last = text.last else { return text }
    let remark = aside.map { " (\($0))" } ?? ""
    if last == "." { return "\(text.dropLast())\(remark)." }
    if "!?…".contains(last) { return remark.isEmpty ? text : "\(text)\(remark)." }
    return "\(text)\(remark)."
  }
}

enum DigestOrder {
  /// Gravest first, then by subject, title and fingerprint.
  static func alerts(_ a: DigestAlert, _ b: DigestAlert) -> Bool {
    let (x, y) = (a.page.alert, b.page.alert)
    if x.severity != y.severity { return x.severity > y.severity }
    return (x.subject.name, x.title, x.fingerprint, a.change.rawValue) < (y.subject.name, y.title, y.fingerprint, b.change.rawValue)
  }

  /// New ones first, then by subject, topic and id. Keys are taken out once: an archive has thousands.
  static func sorted(_ items: [DigestContradiction]) -> [DigestContradiction] {
    let keys = items.map { ($0.isNew ? 0 : 1, $0.contradiction.subject.name, $0.contradiction.topic, $0.contradiction.id) }
    return items.indices.sorted { keys[$0] < keys[$1] }.map { items[$0] }
  }

  static func sorted(_ alerts: [DigestAlert]) -> [DigestAlert] {
    alerts.indices.sorted { DigestOrder.alerts(alerts[$0], alerts[$1]) }.map { alerts[$0] }
  }

  static func commitments(_ a: Commitment, _ b: Commitment) -> Bool {
    let states = Commitment.State.allCases
    return (states.firstIndex(of: a.state) ?? 0, a.due ?? "~", a.subject.name, a.what)
      < (states.firstIndex(of: b.state) ?? 0, b.due ?? "~", b.subject.name, b.what)
  }
}

extension DigestOrder {
  static func setAside(_ a: SetAside, _ b: SetAside) -> Bool {
    (a.path, a.evidence?.evidence.span.start ?? 0, a.reason) < (b.path, b.evidence?.evidence.span.start ?? 0, b.reason)
  }
}

enum DigestWording {
  static func anchor(_ alert: Alert) -> String { "alert-" + Slug.identity(alert.fingerprint) }
  static func anchor(_ contradiction: Contradiction) -> String { "contradiction-" + Slug.identity(contradiction.id) }
  static func anchor(_ fact: Fact) -> String { "fact-" + Slug.identity(fact.id) }

  static func badge(_ severity: Severity) -> PageBadge {
    PageBadge(label: FactWording.capitalised(severity.rawValue), tone: PageBadge.Tone(rawValue: severity.rawValue) ?? .plain)
  }

  static func badge(_ verdict: Contradiction.Verdict) -> PageBadge {
    switch verdict {
    case .conflict: return PageBadge(label: "Conflict", tone: .warning)
    case .update: return PageBadge(label: "Update", tone: .notice)
    case .tension: return PageBadge(label: "Tension", tone: .info)
    }
  }
}
