import Documents

/// A chart as inline SVG: one axis of time, one row an organisation, one point a fact, each a link to the sentence it rests on.
enum SVGTimeline {
  private static let width = 720
  private static let left = 14
  private static let right = 706
  private static let rowHeight = 46

  static func write(_ chart: Chart, to html: inout HTMLWriter) {
    let ranges = chart.rows.flatMap { $0.points.map(\.range) }
    guard let start = ranges.map(\.start).min(), let end = ranges.map(\.end).max() else { return }
    let scale = Scale(start: start, end: end)
    let height = chart.rows.count * rowHeight + 26
    html.markup("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"group\" viewBox=\"0 0 720 ")
    html.text("\(height)")
    html.markup("\" aria-labelledby=\"")
    html.text("\(chart.anchor)-title \(chart.anchor)-desc")
    html.markup("\">")
    html.element("title", [.value("id", "\(chart.anchor)-title")], text: chart.title)
    html.element("desc", [.value("id", "\(chart.anchor)-desc")], text: chart.description)
    writeAxis(scale, height: height, to: &html)
    for (index, row) in chart.rows.enumerated() { write(row, middle: index * rowHeight + rowHeight / 2 + 4, scale, to: &html) }
    html.markup("</svg>\n<p class=\"key\">▼ setback &nbsp; ▲ gain &nbsp; ● other</p>")
  }

  /// From days to units of the picture, in integers, so that every machine writes the same digits.
  struct Scale {
    let first: Int
    let days: Int

    /// Months between two lines of the axis.
    let step: Int

    /// Begins at the line before `start`, so that the axis says where it begins.
    init(start: CalendarDate, end: CalendarDate) {
      let length = end.daysSinceEpoch - start.daysSinceEpoch
      step = length <= 220 ? 1 : length <= 400 ? 2 : length <= 1100 ? 6 : 12 * max(1, length / 365 / 8)
      let month = step >= 12 ? 1 : (start.month - 1) / step * step + 1
      first = CalendarDate(year: start.year, month: month, day: 1).daysSinceEpoch
      days = max(1, end.daysSinceEpoch - first)
    }

    func x(_ day: CalendarDate) -> Int {
      SVGTimeline.left + (day.daysSinceEpoch - first) * (SVGTimeline.right - SVGTimeline.left) / days
    }

    /// Beginnings of years, quarters or months, whichever are few enough to read.
    var ticks: [(day: CalendarDate, label: String)] {
      let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
      var day = CalendarDate(daysSinceEpoch: first)
      var out: [(CalendarDate, String)] = []
      while day.daysSinceEpoch <= first + days {
        let withYear = out.isEmpty || day.month == 1
        out.append((day, step >= 12 ? String(day.year) : withYear ? "\(names[day.month - 1]) \(day.year)" : names[day.month - 1]))
        day = day.adding(months: step)
      }
      return out
    }
  }

  private static func writeAxis(_ scale: Scale, height: Int, to html: inout HTMLWriter) {
    let base = height - 20
    line("axis", left, base, right, base, to: &html)
    var edge = Int.min
    for tick in scale.ticks {
      let x = scale.x(tick.day)
      line("axis", x, 4, x, base, to: &html)
      // A label that would run into the one before or off the picture is left out; its line stays.
      let reach = tick.label.utf8.count * 7
      guard x >= edge, x + reach <= width else { continue }
      html.element("text", [.value("x", "\(x + 3)"), .value("y", "\(height - 6)")], text: tick.label)
      edge = x + reach + 6
    }
  }

  /// Points of one row that would cover one another step up and down.
  private static func write(_ row: Chart.Row, middle: Int, _ scale: Scale, to html: inout HTMLWriter) {
    var ends = [Int](repeating: Int.min, count: 3)
    let lanes = [0, -13, 13]
    for point in row.points {
      let x0 = scale.x(point.range.start)
      let x1 = scale.x(point.range.end)
      let x = (x0 + x1) / 2
      let lane = ends.indices.first { ends[$0] <= x - 14 } ?? 0
      ends[lane] = x
      let y = middle + lanes[lane]
      html.element("a", [.href(SafeURL(relative: "", anchor: point.anchor)), .value("class", "tone-\(point.tone.rawValue)")]) { html in
        html.element("title", text: point.label)
        if x1 - x0 > 12 { line("span", x0, y, x1, y, to: &html) }
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
    default:
      html.element("circle", [.value("class", "point"), .value("cx", "\(x)"), .value("cy", "\(y)"), .value("r", "6")], text: "")
    }
  }

  private static func line(_ name: String, _ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, to html: inout HTMLWriter) {
    html.element(
      "line", [.value("class", name), .value("x1", "\(x1)"), .value("y1", "\(y1)"), .value("x2", "\(x2)"), .value("y2", "\(y2)")], text: "")
  }
}
