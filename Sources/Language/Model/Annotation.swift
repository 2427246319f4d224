import Documents

/// What is known of a text before any rule runs. All spans are byte offsets into the visible text, all lists in order of `start`.
public struct Annotation: Sendable {
  public var tokens: [Token]
  public var sentences: [Sentence]
  /// The most specific mention of each expression; no two overlap.
  public var mentions: [Mention]
  public var attributions: [Attribution]
  public var hedges: [Hedge]
  public var negations: [Negation]

  public init(
    tokens: [Token] = [], sentences: [Sentence] = [], mentions: [Mention] = [], attributions: [Attribution] = [], hedges: [Hedge] = [],
    negations: [Negation] = []
  ) {
    self.tokens = tokens
    self.sentences = sentences
    self.mentions = mentions
    self.attributions = attributions
    self.hedges = hedges
    self.negations = negations
  }
}

public struct Sentence: Sendable, Hashable {
  public var span: ByteSpan
  /// Indices into `Annotation.tokens`.
  public var tokens: Range<Int>
  /// Index into the blocks that were annotated.
  public var block: Int
  public var isQuestion: Bool

  public init(span: ByteSpan, tokens: Range<Int>, block: Int, isQuestion: Bool = false) {
    self.span = span
    self.tokens = tokens
    self.block = block
    self.isQuestion = isQuestion
  }
}

/// A span with a meaning.
public struct Mention: Sendable, Hashable {
  public enum Value: Sendable, Hashable {
    case time(TimeValue)
    case quantity(QuantityValue)
    case entity(EntityValue)
  }

  /// The expression with its preposition or modifier ("about $7.2 billion").
  public var span: ByteSpan
  /// The expression alone ("$7.2 billion").
  public var core: ByteSpan
  /// Tokens of `span`; of an entity's `core`, so that its title, its article and its possessive stay words of the sentence.
  public var tokens: Range<Int>
  public var value: Value

  public init(span: ByteSpan, core: ByteSpan, tokens: Range<Int>, value: Value) {
    self.span = span
    self.core = core
    self.tokens = tokens
    self.value = value
  }
}

public struct TimeValue: Sendable, Hashable {
  public enum Kind: String, Sendable { case date, daterange, time, timerange, datetime, datetimerange, duration, set }
  public enum Grain: String, Sendable {
    case second, minute, hour, daypart, day, week, weekend, month, season, quarter, half, year, decade, century, range
  }

  public var kind: Kind
  /// The chosen reading as the interchange form has it ("2019-01-04", "2019-01-04/2019-01-06", "P3D", "2016-11-07T15:00:00").
  public var value: String
  public var alternatives: [String]
  /// TIMEX3 value ("2019-W07", "PRESENT_REF", "P3D").
  public var timex: String
  /// Half open, where the reading names days; nil for durations, sets and bare times of day.
  public var interval: DayInterval?
  public var grain: Grain?

  public init(kind: Kind, value: String, alternatives: [String] = [], timex: String, interval: DayInterval? = nil, grain: Grain? = nil) {
    self.kind = kind
    self.value = value
    self.alternatives = alternatives
    self.timex = timex
    self.interval = interval
    self.grain = grain
  }
}

/// Days from `start` up to but without `end`.
public struct DayInterval: Sendable, Hashable {
  public var start: CalendarDate
  public var end: CalendarDate

  public init(start: CalendarDate, end: CalendarDate) {
    self.start = start
    self.end = end
  }
}

public struct QuantityValue: Sendable, Hashable {
  public enum Kind: String, Sendable { case number, numberrange, percentage, money, moneyrange, quantity, quantityrange, ordinal }
  /// How the number is meant: exactly, about, less, more, risen by, fallen by.
  public enum Change: String, Sendable { case exact = "=", about = "~", below = "<", above = ">", up, down }

  public var kind: Kind
  /// "192", "45" for 45 %, "7000000000 USD", "600 position", "10/20 USD", "(20,35]".
  public var value: String
  /// The number, or the lower end of a range; already scaled ("7 billion" is 7e9).
  public var number: Double
  /// The upper end of a range.
  public var upper: Double?
  /// Singular unit or what is counted ("position", "gigawatt").
  public var unit: String?
  /// ISO 4217 code.
  public var currency: String?
  public var change: Change

  public init(
    kind: Kind, value: String, number: Double, upper: Double? = nil, unit: String? = nil, currency: String? = nil, change: Change = .exact
  ) {
    self.kind = kind
    self.value = value
    self.number = number
    self.upper = upper
    self.unit = unit
    self.currency = currency
    self.change = change
  }
}

public struct EntityValue: Sendable, Hashable {
  public enum Kind: String, Sendable, Codable { case person, organization, team, product, place }
  /// How the mention was resolved.
  public enum Origin: String, Sendable { case gazetteer, discovered, coreference }

  public var kind: Kind
  /// Canonical id of the gazetteer ("northwind"), or the slug of a candidate's longest name in the document.
  public var id: String
  /// Canonical name for people to read.
  public var name: String
  public var origin: Origin
  /// Canonical id of the organisation it belongs to (maker of the product, employer of the person, parent of the team), where known.
  public var organization: String?
  /// That organisation's canonical name, where the gazetteer has it.
  public var organizationName: String?
  /// "chief executive", for people introduced with a role.
  public var role: String?
  /// Whether it publishes: it reports, and is seldom what a report is about.
  public var isPublisher = false

  public init(
    kind: Kind, id: String, name: String, origin: Origin, organization: String? = nil, organizationName: String? = nil, role: String? = nil,
    isPublisher: Bool = false
  ) {
    self.kind = kind
    self.id = id
    self.name = name
    self.origin = origin
    self.organization = organization
    self.organizationName = organizationName
    self.role = role
    self.isPublisher = isPublisher
  }
}

/// Who said what.
public struct Attribution: Sendable, Hashable {
  public enum Kind: String, Sendable { case direct, indirect, block, mixed }

  public var source: [ByteSpan]
  public var cue: [ByteSpan]
  public var content: [ByteSpan]
  public var kind: Kind
  /// "people familiar with the matter", "sources".
  public var isAnonymous: Bool
  /// Entity id of the speaker, where resolved.
  public var speaker: String?
  /// Name for people to read ("Bloomberg", "people familiar with the matter").
  public var speakerName: String?

  public init(
    source: [ByteSpan], cue: [ByteSpan], content: [ByteSpan], kind: Kind, isAnonymous: Bool = false, speaker: String? = nil,
    speakerName: String? = nil
  ) {
    self.source = source
    self.cue = cue
    self.content = content
    self.kind = kind
    self.isAnonymous = isAnonymous
    self.speaker = speaker
    self.speakerName = speakerName
  }
}

/// A word or phrase that lowers the certainty of what it governs.
public struct Hedge: Sendable, Hashable {
  public enum Class: String, Sendable {
    case rumoured, alleged, reported, possible, planned, conditional, opinion, denied, question, retrospective
  }

  public var span: ByteSpan
  public var kind: Class
  /// What it governs: from the cue to the end of its clause, or the clause it stands in.
  public var scope: ByteSpan

  public init(span: ByteSpan, kind: Class, scope: ByteSpan) {
    self.span = span
    self.kind = kind
    self.scope = scope
  }
}

public struct Negation: Sendable, Hashable {
  public var span: ByteSpan
  public var scope: ByteSpan

  public init(span: ByteSpan, scope: ByteSpan) {
    self.span = span
    self.scope = scope
  }
}
