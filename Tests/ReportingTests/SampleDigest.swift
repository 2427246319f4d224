import Analysis
import Documents
import Reporting

/// A small invented world, enough to show every part of a digest.
enum Sample {
  static let northwind = EntityRef(id: "northwind-labs", name: "Northwind Labs", organization: "northwind-labs")
  static let contoso = EntityRef(id: "contoso-ai", name: "Contoso AI", organization: "contoso-ai")
  static let quill = EntityRef(id: "ada-quill", name: "Ada Quill", organization: "northwind-labs")
  static let aurora = EntityRef(id: "aurora-3", name: "Aurora 3", organization: "northwind-labs")

  static let aurora2 = EntityRef(id: "aurora-2", name: "Aurora 2", organization: "northwind-labs")

  static func evidence(_ text: String, line: Int, start: Int = 0) -> Evidence {
    Evidence(span: ByteSpan(start, start + text.utf8.count), line: line, text: text)
  }

  static func place(_ path: String, _ text: String, line: Int, start: Int = 0) -> NoteEvidence {
    NoteEvidence(path: path, evidence: evidence(text, line: line, start: start))
  }

  static func record(
    _ id: String, _ kind: String, _ subject: [EntityRef], path: String, published: String?, publisher: String?, line: Int, _ text: String,
    object: [EntityRef] = [], value: String? = nil, when: String? = nil, status: AssertionStatus = .asserted,
    source: [String] = ["document"], anonymous: Bool = false, polarity: Polarity = .negative
  ) -> FactRecord {
    let fact = Fact(
      id: id, kind: kind, subject: subject, object: object, value: value, when: when, status: status, source: source,
      isAnonymous: anonymous,
      polarity: polarity, plugin: "sample", rule: "sample.\(kind)", evidence: [evidence(text, line: line, start: line * 80)])
    return FactRecord(
      fact: fact, path: path, revision: "r1", published: published, publisher: publisher, title: nil, isConverted: false,
      received: "2026-03-03")
  }

  static let facts: [FactRecord] = [
    record(
      "f01", "departure", [quill], path: "briefs/quill-leaves.md", published: "2026-03-02", publisher: "The Harbour Ledger", line: 9,
      "Ada Quill, who led training at Northwind Labs since 2022, left the company on 27 February.", when: "2026-02-27"),
    record(
      "f02", "departure", [EntityRef(id: "bo-lindqvist", name: "Bo Lindqvist", organization: "northwind-labs")],
      path: "briefs/quill-leaves.md", published: "2026-03-02", publisher: "The Harbour Ledger", line: 11,
      "Two colleagues said that Bo Lindqvist, head of evaluation, has resigned as well.", when: "2026-03", status: .rumoured,
      source: ["two colleagues"], anonymous: true),
    record(
      "f03", "layoff", [northwind], path: "meetings/2026-03-01 call.txt", published: "2026-03-01", publisher: nil, line: 4,
      "Northwind Labs plans to cut 240 positions in its product group by the end of June.", value: "240 positions", when: "2026-06",
      status: .planned),
    record(
      "f04", "hire", [northwind], path: "briefs/talent.md", published: "2026-02-20", publisher: "Port & Rail Weekly", line: 6,
      "Northwind Labs hired Tomas Reyes from Contoso AI for a package worth 40 million dollars.",
      object: [EntityRef(id: "tomas-reyes", name: "Tomas Reyes")], value: "40000000 USD", when: "2026-02", polarity: .positive),
    record(
      "f05", "delay", [aurora], path: "briefs/aurora.md", published: "2026-02-26", publisher: "The Harbour Ledger", line: 14,
      "Aurora 3, promised for the first quarter, will not arrive before autumn, according to people close to the project.",
      object: [aurora], when: "2026-Q3", status: .reported, source: ["people close to the project"], anonymous: true),
    record(
      "f06", "benchmark_claim", [aurora2], path: "pages/aurora-launch.html", published: "2025-11-04", publisher: "Northwind Labs", line: 30,
      "Aurora 2 ranks first on OpenTasks with 91.4 points.", value: "91.4 points", when: "2025-11-04", polarity: .positive),
    record(
      "f07", "release", [contoso], path: "briefs/contoso.md", published: "2026-02-28", publisher: "Port & Rail Weekly", line: 3,
      "Contoso AI released Meridian under an open licence on 25 February.", object: [EntityRef(id: "meridian", name: "Meridian")],
      when: "2026-02-25", polarity: .positive),
    record(
      "f08", "revenue_change", [northwind], path: "briefs/customers.md", published: "2026-02-27", publisher: "Port & Rail Weekly", line: 8,
      "Two customers bring 61 % of Northwind's revenue; if one leaves, the autumn budget does not hold.", value: "61 %",
      status: .conditional),
  ]

  static func alert(
    _ category: String, _ subject: EntityRef, _ severity: Severity, _ title: String, key: String, facts ids: [String],
    evidence: [NoteEvidence]
  ) -> Alert {
    Alert(
      category: category, subject: subject, severity: severity, title: title, plugin: "sample", rule: "sample.\(category)",
      labels: ["org": subject.root, "key": key], facts: ids, evidence: evidence)
  }

  static func places(_ ids: [String]) -> [NoteEvidence] {
    ids.compactMap { id in facts.first { $0.fact.id == id } }.flatMap { record in
      record.fact.evidence.map { NoteEvidence(path: record.path, evidence: $0) }
    }
  }

  static func page(
    _ category: String, _ subject: EntityRef, _ severity: Severity, _ title: String, key: String = "1", facts ids: [String],
    state: AlertPage.State = .new, raised: String = "2026-03-02T09:14:05Z", history: [AlertPage.HistoryLine] = []
  ) -> AlertPage {
    AlertPage(
      alert: alert(category, subject, severity, title, key: key, facts: ids, evidence: places(ids)), state: state, raisedAt: raised,
      changedAt: "2026-03-02T09:14:05Z", history: history, facts: facts.filter { ids.contains($0.fact.id) })
  }

  static let keyDeparture = page(
    "key_departure", northwind, .critical, "Two people in key roles left or are said to leave Northwind Labs within one month",
    facts: ["f01", "f02"])

  static let digest: Digest = {
    var digest = Digest(
      date: CalendarDate(year: 2026, month: 3, day: 3), periodStart: "2026-03-02T07:00:00Z", periodEnd: "2026-03-03T07:00:00Z", zone: "UTC",
      asOf: CalendarDate(year: 2026, month: 3, day: 2))
    digest.facts = facts
    digest.previousCounts = ["northwind-labs": ["departure": 1, "delay": 1]]
    digest.alerts = [
      DigestAlert(page: keyDeparture, change: .new),
      DigestAlert(
        page: page(
          "poaching_while_laying_off", northwind, .warning, "Northwind Labs hires at a premium while it plans layoffs",
          facts: ["f03", "f04"]),
        change: .new),
      DigestAlert(
        page: page(
          "delay", northwind, .warning, "Aurora 3 is reported to slip from the first to the third quarter of 2026", facts: ["f05"],
          state: .open),
        change: .escalated, previousSeverity: .notice, reason: "a second date was missed"),
      DigestAlert(
        page: page("revenue_loss", northwind, .notice, "Northwind Labs depends on two customers for most of its revenue", facts: ["f08"]),
        change: .new),
      DigestAlert(
        page: page(
          "benchmark_overfitting", northwind, .notice, "A benchmark result of Aurora 2 was in doubt", facts: ["f06"], state: .withdrawn),
        change: .withdrawn, reason: "the note briefs/doubts.md was deleted"),
      DigestAlert(
        page: page("gap", contoso, .info, "Nothing was heard of Contoso AI for 45 days", facts: ["f07"], state: .resolved),
        change: .resolved,
        reason: "a note of 28 February speaks of it"),
      DigestAlert(
        page: page(
          "licence_openness_change", northwind, .warning, "Northwind Labs turned from open to closed weights", key: "2", facts: ["f06"],
          state: .open, raised: "2025-12-11T10:00:00Z"),
        change: .open),
    ]
    digest.contradictions = [
      DigestContradiction(
        contradiction: Contradiction(
          verdict: .conflict, topic: "how many positions the layoff takes", subject: northwind,
          sides: [
            Contradiction.Side(
              fact: "f03",
              place: place(
                "meetings/2026-03-01 call.txt", "Northwind Labs plans to cut 240 positions in its product group by the end of June.",
                line: 4),
              published: "2026-03-01", source: ["document"]),
            Contradiction.Side(
              fact: "f09",
              place: place(
                "briefs/quill-leaves.md", "The company will shed about 400 jobs in the product group, a spokesman said.", line: 17),
              published: "2026-03-02", source: ["a spokesman"]),
          ]), isNew: true),
      DigestContradiction(
        contradiction: Contradiction(
          verdict: .update, topic: "when Aurora 3 is released", subject: northwind,
          sides: [
            Contradiction.Side(
              fact: "f10", place: place("pages/roadmap.html", "Aurora 3 ships in the first quarter of 2026.", line: 12),
              published: "2025-11-04",
              source: ["document"]),
            Contradiction.Side(
              fact: "f05", place: places(["f05"])[0], published: "2026-02-26", source: ["people close to the project"]),
          ]), isNew: false),
    ]
    digest.commitments = [
      Commitment(
        subject: northwind, what: "release of Aurora 3", due: "2026-Q1", state: .due,
        evidence: [place("pages/roadmap.html", "Aurora 3 ships in the first quarter of 2026.", line: 12)]),
      Commitment(
        subject: northwind, what: "weights of every model stay open", due: nil, state: .reversed,
        evidence: [place("pages/manifesto.md", "We will keep the weights of every model open.", line: 3)]),
    ]
    digest.sources = [
      SourceNote(
        path: "briefs/quill-leaves.md", title: "Head of training leaves Northwind", publisher: "The Harbour Ledger",
        published: "2026-03-02",
        facts: 3, address: "https://harbour-ledger.example/2026/quill"),
      SourceNote(
        path: "briefs/customers.md", title: "Two customers, one budget", publisher: "Port & Rail Weekly", published: "2026-02-27", facts: 1),
      SourceNote(path: "meetings/2026-03-01 call.txt", title: nil, publisher: nil, published: nil, facts: 1),
    ]
    digest.duplicates = [DuplicateNote(path: "inbox/quill copy.md", of: "briefs/quill-leaves.md", similarity: 0.972)]
    digest.promotion = [
      SetAside(
        path: "briefs/talent.md", reason: "advertises a paid course",
        evidence: place("briefs/talent.md", "Learn to negotiate like the best: our course is half price until Friday!", line: 22))
    ]
    digest.notAnalysed = [SetAside(path: "inbox/zeitung.txt", reason: "written in German")]
    digest.failures = [SetAside(path: "inbox/scan.pdf", reason: "pdftotext is not installed")]
    digest.health.plugins = [
      DigestHealth.Plugin(id: "people", state: "running", isHealthy: true),
      DigestHealth.Plugin(id: "releases", state: "running", isHealthy: true),
      DigestHealth.Plugin(id: "sentiment", state: "quarantined", detail: "no answer within 10 s on briefs/talent.md", isHealthy: false),
    ]
    digest.health.documents = 231
    digest.health.drift = 1
    return digest
  }()

  static let reporter = Reporter(links: EvidenceLinks(roots: [EvidenceLinks.Root(path: "/home/ada/Notes")]))
}
