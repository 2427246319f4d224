import Documents

/// A picture of facts: what it says, and one of a few drawings. Each point leads to the line of the page that carries its evidence.
struct Chart: Sendable {
  struct Point: Sendable {
    var range: DateRange
    var tone: PageBadge.Tone
    /// Planned, rumoured, conditional: drawn hollow.
    var isFirm = true
    /// What it says in words, for the pointer and for the ear.
    var label: String
    /// The item of the page that carries the evidence.
    var anchor: String
  }

  /// Points over time.
  struct Row: Sendable {
    var label: String
    var points: [Point]
  }

  /// A point on one of several named positions.
  struct Place: Sendable {
    var lane: Int
    var point: Point
  }

  /// What came and what went in one stretch of time.
  struct Stack: Sendable {
    var label: String
    var up: [Point]
    var down: [Point]
  }

  struct Bar: Sendable {
    var label: String
    var value: Double
    /// The value as people write it.
    var text: String
    var isFirm: Bool
    var anchor: String
  }

  /// Something that held from one day to another.
  struct Span: Sendable {
    var label: String
    var start: CalendarDate
    /// Nil: it still holds.
    var end: CalendarDate?
    var tone: PageBadge.Tone
    var anchor: String
  }

  enum Drawing: Sendable {
    case timeline([Row])
    /// Positions from top to bottom; the places are joined in order of time.
    case lanes([String], [Place])
    case stacks([Stack], up: String, down: String)
    case bars([Bar])
    /// Until a day, the last of the picture.
    case spans([Span], until: CalendarDate)
  }

  var anchor: String
  var title: String
  /// What the picture shows, for whoever cannot see it.
  var description: String
  var drawing: Drawing
}
