import Documents

/// One axis of time, one row an organisation, one point a fact.
enum SVGTimeline {
  private static let rowHeight = 46

  static func write(_ chart: Chart, _ rows: [Chart.Row], to html: inout HTMLWriter) {
    let ranges = rows.flatMap { $0.points.map(\.range) }
    guard let start = ranges.map(\.start).min(), let end = ranges.map(\.end).max() else { return }
    let scale = TimeScale(start: start, end: end)
    let height = rows.count * rowHeight + 26
    SVGChart.frame(chart, height: height, key: "▼ setback · ▲ gain · ● other", to: &html) { html in
      scale.write(height: height, to: &html)
      for (index, row) in rows.enumerated() { write(row, middle: index * rowHeight + rowHeight / 2 + 4, scale, to: &html) }
    }
  }

  /// Points of one row that would cover one another step up and down.
  private static func write(_ row: Chart.Row, middle: Int, _ scale: TimeScale, to html: inout HTMLWriter) {
    var ends = [Int](repeating: Int.min, count: 3)
    let lanes = [0, -13, 13]
    for point in row.points {
      let x0 = scale.x(point.range.start)
      let x1 = scale.x(point.range.end)
      let x = (x0 + x1) / 2
      let lane = ends.indices.first { ends[$0] <= x - 14 } ?? 0
      ends[lane] = x
      let y = middle + lanes[lane]
      SVGChart.link(point.anchor, point.label, tone: point.tone, isFirm: point.isFirm, to: &html) { html in
        if x1 - x0 > 12 { SVGChart.line("span", x0, y, x1, y, to: &html) }
        writeMark(point.tone, x, y, to: &html)
      }
    }
  }

  /// Setbacks point down, gains up, the rest is round: colour alone tells nobody anything.
  private static func writeMark(_ tone: PageBadge.Tone, _ x: Int, _ y: Int, to html: inout HTMLWriter) {
    switch tone {
    case .critical:
      html.element("polygon", [.value("class", "point"), .value("points", "\(x - 7),\(y - 5) \(x + 7),\(y - 5) \(x),\(y + 8)")], text: "")
    case .good:
      html.element("polygon", [.value("class", "point"), .value("points", "\(x - 7),\(y + 5) \(x + 7),\(y + 5) \(x),\(y - 8)")], text: "")
    default: SVGChart.circle(x, y, to: &html)
    }
  }
}
