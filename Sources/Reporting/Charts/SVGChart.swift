import Documents

/// A chart as inline SVG, in integers throughout, so that every machine writes the same digits. Colours, text and the look in the dark and on
/// paper come from the page's style sheet.
enum SVGChart {
  static let width = 720
  static let right = 706

  static func write(_ chart: Chart, to html: inout HTMLWriter) {
    switch chart.drawing {
    case .timeline(let rows): SVGTimeline.write(chart, rows, to: &html)
    case .lanes(let lanes, let places): SVGLanes.write(chart, lanes, places, to: &html)
    case .stacks(let stacks, let up, let down): SVGStacks.write(chart, stacks, up: up, down: down, to: &html)
    case .bars(let bars): SVGBars.write(chart, bars, to: &html)
    case .spans(let spans, let until): SVGSpans.write(chart, spans, until: until, to: &html)
    }
  }

  /// The picture with its name and description; on a narrow screen it scrolls sideways rather than shrink its words.
  static func frame(_ chart: Chart, height: Int, key: String, to html: inout HTMLWriter, _ content: (inout HTMLWriter) -> Void) {
    html.element(
      "div", [.value("class", "chart"), .value("role", "region"), .value("tabindex", "0"), .value("aria-label", chart.title)]
    ) { html in
      html.markup("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"group\" viewBox=\"0 0 720 ")
      html.text("\(height)")
      html.markup("\" aria-labelledby=\"")
      html.text("\(chart.anchor)-title \(chart.anchor)-desc")
      html.markup("\">")
      html.element("title", [.value("id", "\(chart.anchor)-title")], text: chart.title)
      html.element("desc", [.value("id", "\(chart.anchor)-desc")], text: chart.description)
      content(&html)
      html.markup("</svg>")
    }
    html.newline()
    html.element("p", [.value("class", "key")], text: key)
  }

  /// A mark that leads to the evidence, with its words for the pointer and the ear.
  static func link(
    _ anchor: String, _ label: String, tone: PageBadge.Tone, isFirm: Bool, to html: inout HTMLWriter, _ mark: (inout HTMLWriter) -> Void
  ) {
    html.element(
      "a",
      [
        .href(SafeURL(relative: "", anchor: anchor)), .value("class", "tone-\(tone.rawValue)\(isFirm ? "" : " soft")"),
        .value("aria-label", label),
      ]
    ) { html in
      html.element("title", text: label)
      mark(&html)
    }
  }

  static func line(_ name: String, _ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, to html: inout HTMLWriter) {
    html.element(
      "line", [.value("class", name), .value("x1", "\(x1)"), .value("y1", "\(y1)"), .value("x2", "\(x2)"), .value("y2", "\(y2)")], text: "")
  }

  static func text(_ text: String, x: Int, y: Int, name: String = "label", to html: inout HTMLWriter) {
    html.element("text", [.value("class", name), .value("x", "\(x)"), .value("y", "\(y)")], text: text)
  }

  static func rect(_ x: Int, _ y: Int, _ width: Int, _ height: Int, to html: inout HTMLWriter) {
    html.element(
      "rect",
      [
        .value("class", "point"), .value("x", "\(x)"), .value("y", "\(y)"), .value("width", "\(max(1, width))"),
        .value("height", "\(height)"),
        .value("rx", "2"),
      ], text: "")
  }

  static func circle(_ x: Int, _ y: Int, to html: inout HTMLWriter) {
    html.element("circle", [.value("class", "point"), .value("cx", "\(x)"), .value("cy", "\(y)"), .value("r", "6")], text: "")
  }

  /// A label cut to what fits into `width` units.
  static func fitting(_ label: String, width: Int) -> String { QuoteText.trimmed(label, limit: max(4, width * 10 / 66)) }
}

/// From days to units of a picture.
struct TimeScale {
  let first: Int
  let days: Int
  let left: Int
  /// Months between two lines of the axis.
  let step: Int

  /// Begins at the line before `start`, so that the axis says where it begins.
  init(start: CalendarDate, end: CalendarDate, left: Int = 14) {
    let length = end.daysSinceEpoch - start.daysSinceEpoch
    step = length <= 220 ? 1 : length <= 400 ? 2 : length <= 1100 ? 6 : 12 * max(1, length / 365 / 8)
    let month = step >= 12 ? 1 : (start.month - 1) / step * step + 1
    first = CalendarDate(year: start.year, month: month, day: 1).daysSinceEpoch
    days = max(1, end.daysSinceEpoch - first)
    self.left = left
  }

  func x(_ day: CalendarDate) -> Int { left + (day.daysSinceEpoch - first) * (SVGChart.right - left) / days }
  func middle(_ range: DateRange) -> Int { (x(range.start) + x(range.end)) / 2 }

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

  /// The axis below a picture of `height`.
  func write(height: Int, to html: inout HTMLWriter) {
    let base = height - 20
    SVGChart.line("axis", left, base, SVGChart.right, base, to: &html)
    var edge = Int.min
    for tick in ticks {
      let x = x(tick.day)
      SVGChart.line("axis", x, 4, x, base, to: &html)
      // A label that would run into the one before or off the picture is left out; its line stays.
      let reach = tick.label.utf8.count * 7
      guard x >= edge, x + reach <= SVGChart.width else { continue }
      SVGChart.text(tick.label, x: x + 3, y: height - 6, name: "tick", to: &html)
      edge = x + reach + 6
    }
  }
}
