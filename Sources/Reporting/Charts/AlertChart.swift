import Analysis
import Documents

/// When each alert was raised and when it ended.
enum AlertChart {
  static let limit = 20

  /// Nil where all were raised on one day and none ended: a picture of that says nothing.
  static func make(_ pages: [AlertPage], anchor: String, title: String) -> Chart? {
    let spans = pages.compactMap { page -> Chart.Span? in
      guard let start = CalendarDate(iso8601: page.raisedAt.prefix(10)) else { return nil }
      let hasEnded = page.state == .resolved || page.state == .withdrawn
      return Chart.Span(
        label: "\(page.alert.subject.name): \(CategoryWording.short(page.alert.category))", start: start,
        end: hasEnded ? CalendarDate(iso8601: page.changedAt.prefix(10)) : nil,
        tone: PageBadge.Tone(rawValue: page.alert.severity.rawValue) ?? .plain, anchor: DigestWording.anchor(page.alert))
    }.sorted { ($0.start, $0.label, $0.anchor) < ($1.start, $1.label, $1.anchor) }
    let days = Set(spans.flatMap { [$0.start] + ($0.end.map { [$0] } ?? []) })
    guard days.count > 1, let last = days.max() else { return nil }
    let shown = Array(spans.suffix(limit))
    return Chart(
      anchor: anchor, title: title,
      description:
        "\(CountText.text(shown.count, "alert")), the latest last: when each was raised, and when it ended. The list below says the same.",
      drawing: .spans(shown, until: last))
  }
}
