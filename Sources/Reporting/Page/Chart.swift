import Documents

/// Dated points on rows over one span of time, each leading to the line of the page that says it.
struct Chart: Sendable {
  struct Point: Sendable {
    var range: DateRange
    var tone: PageBadge.Tone
    var label: String
    /// The item of the page that carries the evidence.
    var anchor: String
  }

  struct Row: Sendable {
    var label: String
    var points: [Point]
  }

  var anchor: String
  var title: String
  /// What the picture shows, for whoever cannot see it.
  var description: String
  var rows: [Row]
}
