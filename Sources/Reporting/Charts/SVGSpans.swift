import Documents

/// What held from when to when: one line an alert, its end open where it still holds.
enum SVGSpans {
  private static let left = 200
  private static let rowHeight = 24

  static func write(_ chart: Chart, _ spans: [Chart.Span], until: CalendarDate, to html: inout HTMLWriter) {
    guard let start = spans.map(\.start).min() else { return }
    let scale = TimeScale(start: start, end: max(until, start), left: left)
    let height = spans.count * rowHeight + 30
    SVGChart.frame(chart, height: height, key: "● raised · ■ ended · a line that reaches the edge still holds", to: &html) { html in
      scale.write(height: height, to: &html)
      for (index, span) in spans.enumerated() {
        let y = index * rowHeight + 14
        let x0 = scale.x(span.start)
        let x1 = scale.x(span.end ?? until)
        SVGChart.text(SVGChart.fitting(span.label, width: left - 10), x: 2, y: y + 4, to: &html)
        let words = "\(span.label): from \(DateText.text(span.start))" + (span.end.map { " to \(DateText.text($0))" } ?? ", still holding")
        SVGChart.link(span.anchor, words, tone: span.tone, isFirm: true, to: &html) { html in
          SVGChart.line("span", x0, y, max(x0 + 1, x1), y, to: &html)
          SVGChart.circle(x0, y, to: &html)
          if span.end != nil { SVGChart.rect(x1 - 5, y - 5, 10, 10, to: &html) }
        }
      }
    }
  }
}
