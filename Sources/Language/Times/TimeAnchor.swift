import Documents

/// What relative and partial times are read against at one place of a document.
struct TimeAnchor {
  /// Publication day and the second of that day.
  var reference: CalendarDate?
  var second: Int
  var culture: AnnotationContext.Culture
  /// Days that the headings above name.
  var heading: DaySpan?
  /// The last date of this block that named its year, if that lies in the past.
  var lastDated: DaySpan?
  /// Whether the verb nearby looks forward; nil where none tells.
  var isFuture: Bool?
  /// Whether that verb stands in the few words before, so that it is surely the one the time belongs to.
  var isNear = false
  /// A phrase without a verb, such as a table cell or a query: times in it are usually ahead.
  var isFragment = false
  /// The quarter last spoken of in the document.
  var lastQuarter: DaySpan?
  /// The day or period last named nearby, which "that year" and "the following Friday" are counted from.
  var lastSpan: DaySpan?

  /// The days a specification can mean, from past to future, and which of them is meant here.
  func resolve(_ spec: DateSpec) -> (spans: [DaySpan], chosen: Int)? {
    if let fixed = spec.fixed { return ([edged(fixed, spec)], 0) }
    if let year = spec.year {
      guard let span = span(spec, year: year) else { return nil }
      return ([edged(span, spec)], 0)
    }
    if let heading, let found = inHeading(spec, heading) { return ([edged(found, spec)], 0) }
    guard let reference else { return nil }
    if spec.month != nil || spec.part != nil { return yearless(spec, reference) }
    if let day = spec.day { return monthless(day, weekday: spec.weekday, reference, spec) }
    if let weekday = spec.weekday { return weekdays(weekday, reference, spec) }
    return nil
  }

  /// The span where the year is known; nil where there is no such day.
  func span(_ spec: DateSpec, year: Int) -> DaySpan? {
    if let part = spec.part {
      switch spec.grain {
      case .quarter: return DaySpan(year: year, firstMonth: part * 3 - 2, count: 3)
      case .half: return DaySpan(year: year, firstMonth: part * 6 - 5, count: 6)
      case .week: return DaySpan(year: year, week: part)
      case .season: return TimeAnchor.season(part, year: year)
      default: break
      }
    }
    guard let month = spec.month else { return DaySpan(year: year) }
    guard let day = spec.day else { return DaySpan(year: year, month: month) }
    return CalendarDate(validYear: year, month: month, day: day).map { DaySpan(day: $0) }
  }

  /// Astronomical seasons of the northern half; winter begins in the named year.
  static func season(_ index: Int, year: Int) -> DaySpan {
    let starts = [(3, 20), (6, 21), (9, 23), (12, 21)]
    let next = starts[(index + 1) % 4]
    let (month, day) = starts[index]
    return DaySpan(
      CalendarDate(year: year, month: month, day: day), CalendarDate(year: index == 3 ? year + 1 : year, month: next.0, day: next.1))
  }

  private func inHeading(_ spec: DateSpec, _ heading: DaySpan) -> DaySpan? {
    guard spec.month != nil || spec.part != nil else { return nil }
    var nearest: DaySpan?
    for year in heading.start.year...max(heading.start.year, heading.end.adding(days: -1).year) {
      guard let candidate = span(spec, year: year) else { continue }
      if candidate.start < heading.end, heading.start < candidate.end { return candidate }
      if nearest == nil { nearest = candidate }
    }
    return nearest
  }

  private func yearless(_ spec: DateSpec, _ reference: CalendarDate) -> (spans: [DaySpan], chosen: Int)? {
    var past: DaySpan?
    var future: DaySpan?
    // Eight years reach the next February 29.
    for distance in 0...8 {
      if past == nil, let s = span(spec, year: reference.year - distance), s.start <= reference, !(s.contains(reference) && spec.isDay) {
        past = s
      }
      if future == nil, let s = span(spec, year: reference.year + distance), s.end > reference, !(s.contains(reference) && !spec.isDay) {
        future = s
      }
    }
    // A story goes forward: what comes before the date last named belongs to another year.
    if let lastDated, isFuture != true, let said = span(spec, year: lastDated.start.year), said.start >= lastDated.start {
      return ([edged(said, spec)], 0)
    }
    let both = [past, future].compactMap { $0 }
    guard !both.isEmpty else { return nil }
    return (both.map { edged($0, spec) }, both.count == 1 ? 0 : choose(both, reference, spec))
  }

  private func choose(_ both: [DaySpan], _ reference: CalendarDate, _ spec: DateSpec) -> Int {
    if isFragment { return spec.isDay || !both[0].contains(reference) ? 1 : 0 }
    if both[0].contains(reference) { return 0 }
    if both[1].contains(reference) { return 1 }
    // The nearer one; the tense counts for a factor, since "January" in a report of last October's is seldom the one long gone.
    let before = reference.daysSinceEpoch - both[0].end.daysSinceEpoch
    let after = both[1].start.daysSinceEpoch - reference.daysSinceEpoch
    if spec.part != nil, isFuture != true { return 0 }
    let weight = isFuture == true ? 1 : isFuture == false ? (isNear ? 6 : 3) : 2
    return after * weight < before * (isFuture == true ? 3 : 1) ? 1 : 0
  }

  /// A day of the month, perhaps with its weekday: the nearest months that have it.
  private func monthless(_ day: Int, weekday: Int?, _ reference: CalendarDate, _ spec: DateSpec) -> (spans: [DaySpan], chosen: Int)? {
    var past: DaySpan?
    var future: DaySpan?
    let first = CalendarDate(year: reference.year, month: reference.month, day: 1)
    for distance in 0...14 {
      for sign in distance == 0 ? [0] : [-1, 1] {
        let month = first.adding(months: sign * distance)
        guard let found = CalendarDate(validYear: month.year, month: month.month, day: day), weekday == nil || found.weekday == weekday
        else { continue }
        if found < reference, past == nil || past.map({ $0.start < found }) == true { past = DaySpan(day: found) }
        if found >= reference, future == nil { future = DaySpan(day: found) }
      }
    }
    let both = [past, future].compactMap { $0 }
    guard !both.isEmpty else { return nil }
    guard both.count == 2 else { return (both, 0) }
    if isFragment || isFuture == true { return (both, 1) }
    let before = reference.daysSinceEpoch - both[0].start.daysSinceEpoch
    return (both, both[1].start.daysSinceEpoch - reference.daysSinceEpoch <= before ? 1 : 0)
  }

  private func weekdays(_ weekday: Int, _ reference: CalendarDate, _ spec: DateSpec) -> (spans: [DaySpan], chosen: Int)? {
    let ahead = (weekday - reference.weekday + 7) % 7
    let back = (reference.weekday - weekday + 7) % 7
    if ahead == 0 {
      // A news text that names its own weekday means today.
      let spans = [-7, 0, 7].map { DaySpan(day: reference.adding(days: $0)) }
      return (spans, isFragment ? 2 : 1)
    }
    let spans = [DaySpan(day: reference.adding(days: -back)), DaySpan(day: reference.adding(days: ahead))]
    return (spans, isFragment || isFuture == true ? 1 : 0)
  }

  /// The beginning, middle or end of a span.
  func edged(_ span: DaySpan, _ spec: DateSpec) -> DaySpan {
    guard let edge = spec.edge else { return span }
    let start = span.start
    func days(_ from: Int, _ to: Int) -> DaySpan { DaySpan(start.adding(days: from), start.adding(days: to)) }
    func months(_ from: Int, _ to: Int) -> DaySpan { DaySpan(start.adding(months: from), start.adding(months: to)) }
    switch (edge, spec.grain) {
    case (.soFar, _): return reference.map { $0 > span.start && $0 < span.end ? DaySpan(span.start, $0) : span } ?? span
    case (.rest, .year): return months(6, 12)
    case (.rest, .week):
      let middle = start.adding(days: 3)
      return DaySpan(reference.map { span.contains($0) ? max($0, middle) : middle } ?? middle, span.end)
    case (.rest, _): return reference.map { $0 > span.start && $0 < span.end ? DaySpan($0, span.end) : span } ?? span
    case (.early, .month): return days(0, 15)
    case (.late, .month): return DaySpan(start.adding(days: 15), span.end)
    case (.start, .month): return days(0, 10)
    case (.mid, .month): return days(10, 20)
    case (.end, .month): return DaySpan(start.adding(days: 20), span.end)
    case (.early, .year): return months(0, 6)
    case (.late, .year): return months(6, 12)
    case (.start, .year): return months(0, 3)
    case (.mid, .year): return months(4, 8)
    case (.end, .year): return months(8, 12)
    case (.early, .week), (.start, .week): return days(0, 3)
    case (.mid, .week): return days(2, 5)
    case (.late, .week), (.end, .week): return days(4, 7)
    case (.early, .decade), (.start, .decade): return months(0, 48)
    case (.mid, .decade): return months(36, 84)
    case (.late, .decade), (.end, .decade): return months(72, 120)
    case (.early, .quarter), (.start, .quarter): return months(0, 1)
    case (.mid, .quarter): return months(1, 2)
    case (.late, .quarter), (.end, .quarter): return months(2, 3)
    default: return span
    }
  }
}
