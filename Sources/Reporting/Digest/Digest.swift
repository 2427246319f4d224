import Analysis
import Documents

/// The account of one period, as values: everything a digest can say, nothing of how it looks.
///
/// The renderers add no knowledge: no clock, no locale, no disk. Lists may come in any order, they are sorted here; equal digests
/// therefore give identical bytes.
public struct Digest: Sendable, Hashable {
  public var date: CalendarDate
  /// Which of several digests; nil for the daily one.
  public var name: String?
  /// RFC 3339 instants in `zone`: the period is what was recorded from `periodStart` until before `periodEnd`.
  public var periodStart: String
  public var periodEnd: String
  /// IANA name.
  public var zone: String
  /// The day up to which facts count.
  public var asOf: CalendarDate
  /// Names of entities by id, for those whose name no fact of the period gives.
  public var names: [String: String] = [:]
  public var alerts: [DigestAlert] = []
  /// Facts recorded in the period.
  public var facts: [FactRecord] = []
  /// Roots of the entities that are followed: the scorecard and the timelines show no others. Nil: all.
  public var follows: Set<String>?
  /// Facts of the previous period by `EntityRef.root` and kind, for the trend; empty where there was none.
  public var previousCounts: [String: [String: Int]] = [:]
  public var contradictions: [DigestContradiction] = []
  /// What was promised with a date; `PromiseLedger` draws it from all facts.
  public var commitments: [Commitment] = []
  /// What to look out for; where empty it is drawn from plans, conditions and forecasts among `facts`.
  public var watch: [WatchItem] = []
  public var sources: [SourceNote] = []
  /// Notes read in the period that this digest is not about: it says nothing more of them.
  public var otherNotes = 0
  public var duplicates: [DuplicateNote] = []
  /// Notes or parts of notes that promote something, and were not taken as facts.
  public var promotion: [SetAside] = []
  /// Notes in a language that is recorded and searchable, but not analysed.
  public var notAnalysed: [SetAside] = []
  public var failures: [SetAside] = []
  public var health = DigestHealth()

  public init(date: CalendarDate, periodStart: String, periodEnd: String, zone: String, asOf: CalendarDate) {
    self.date = date
    self.periodStart = periodStart
    self.periodEnd = periodEnd
    self.zone = zone
    self.asOf = asOf
  }
}

extension Digest {
  /// Whether all it tells stood in the notes before Bellwether began to watch them: there is a baseline, and no news yet.
  public var isFirstReading: Bool {
    alerts.contains { $0.change == .baseline } && alerts.allSatisfy { $0.change == .baseline || $0.change == .acknowledged }
  }
}

/// An alert and what became of it in the period.
public struct DigestAlert: Sendable, Hashable {
  public enum Change: String, Sendable, CaseIterable {
    case new, escalated, resolved, withdrawn
    /// Found in notes already read, by a new rule, gazetteer or release.
    case upgrade
    /// Found by the first scan.
    case baseline
    /// Raised earlier and still holding.
    case open
    case acknowledged
  }

  public var page: AlertPage
  public var change: Change
  /// For `escalated`.
  public var previousSeverity: Severity?
  /// For `resolved`, `withdrawn` and `escalated`: why.
  public var reason: String?

  public init(page: AlertPage, change: Change, previousSeverity: Severity? = nil, reason: String? = nil) {
    self.page = page
    self.change = change
    self.previousSeverity = previousSeverity
    self.reason = reason
  }
}

public struct DigestContradiction: Sendable, Hashable {
  public var contradiction: Contradiction
  /// Found in this period.
  public var isNew: Bool

  public init(contradiction: Contradiction, isNew: Bool) {
    self.contradiction = contradiction
    self.isNew = isNew
  }
}

/// A promise with a date.
public struct Commitment: Sendable, Hashable {
  public enum State: String, Sendable, CaseIterable {
    /// Known to be late.
    case slipped
    /// Its date went by, and no note says what became of it.
    case passed
    case due, open, kept, reversed
  }

  public var subject: EntityRef
  /// What was promised, in few words.
  public var what: String
  /// Interchange form; nil where no date was given.
  public var due: String?
  public var state: State
  public var status: AssertionStatus
  public var evidence: [NoteEvidence]

  public init(
    subject: EntityRef, what: String, due: String?, state: State, status: AssertionStatus = .planned, evidence: [NoteEvidence]
  ) {
    self.subject = subject
    self.what = what
    self.due = due
    self.state = state
    self.status = status
    self.evidence = evidence
  }
}

public struct WatchItem: Sendable, Hashable {
  public var subject: EntityRef
  public var text: String
  /// Interchange form.
  public var when: String?
  public var evidence: [NoteEvidence]

  public init(subject: EntityRef, text: String, when: String? = nil, evidence: [NoteEvidence]) {
    self.subject = subject
    self.text = text
    self.when = when
    self.evidence = evidence
  }
}

/// A note that was read in the period.
public struct SourceNote: Sendable, Hashable {
  public var path: String
  public var title: String?
  public var publisher: String?
  /// Interchange form.
  public var published: String?
  public var facts: Int
  /// Where the article came from, as the note says.
  public var address: String?

  public init(path: String, title: String?, publisher: String?, published: String?, facts: Int, address: String? = nil) {
    self.path = path
    self.title = title
    self.publisher = publisher
    self.published = published
    self.facts = facts
    self.address = address
  }
}

public struct DuplicateNote: Sendable, Hashable {
  public var path: String
  /// The note it repeats.
  public var of: String
  /// The title of that.
  public var title: String?
  /// From 0 to 1.
  public var similarity: Double

  public init(path: String, of: String, title: String? = nil, similarity: Double) {
    self.path = path
    self.of = of
    self.title = title
    self.similarity = similarity
  }
}

/// A note, or a line of one, that was left out, and why.
public struct SetAside: Sendable, Hashable {
  public var path: String
  public var reason: String
  public var evidence: NoteEvidence?

  public init(path: String, reason: String, evidence: NoteEvidence? = nil) {
    self.path = path
    self.reason = reason
    self.evidence = evidence
  }
}

public struct DigestHealth: Sendable, Hashable {
  public struct Plugin: Sendable, Hashable {
    public var id: String
    /// "running", "disabled", "quarantined", …
    public var state: String
    public var detail: String?
    public var isHealthy: Bool

    public init(id: String, state: String, detail: String? = nil, isHealthy: Bool) {
      self.id = id
      self.state = state
      self.detail = detail
      self.isHealthy = isHealthy
    }
  }

  public var plugins: [Plugin] = []
  /// Changes that the file events missed and the reconcile found.
  public var drift = 0
  public var queued = 0
  /// All notes known, whether read in this period or before.
  public var documents = 0
  /// Anything else that the reader must know: "20 of 40 folders watched", "a digest was late".
  public var remarks: [String] = []

  public init() {}
}

/// How much a digest shows; what is over is counted, and complete in the JSON.
public struct DigestLimits: Sendable, Hashable {
  public var headline = 5
  /// Stories of a group of alerts, of one organisation in a group, and of those that rest on one note alone.
  public var alertsPerGroup = 15
  public var storiesPerSubject = 6
  public var storiesPerNote = 8
  /// Of the gravest; a warning has one less, anything else one.
  public var quotationsPerAlert = 3
  /// Rows of the scorecard.
  public var scorecard = 20
  /// Organisations whose timeline is shown.
  public var timelines = 10
  /// Entries of one timeline where others need room, and where they do not; entries of all.
  public var timelinePerSubject = 12
  public var timelineAlone = 24
  public var timelineEntries = 40
  public var figures = 15
  public var contradictionsPerVerdict = 8
  public var commitments = 15
  public var watch = 10
  public var advice = 10
  public var sources = 40
  public var setAside = 20

  public init() {}

  /// Whether an alert is quoted in full: where it has no page of its own.
  var quotesAll = false

  func quotations(_ severity: Severity) -> Int {
    if quotesAll { return .max - 1 }
    switch severity {
    case .critical: return quotationsPerAlert
    case .warning: return max(1, quotationsPerAlert - 1)
    case .notice, .info: return 1
    }
  }
}
