import Documents

/// From a meaning to the value that leaves the tagger.
struct TimeReading {
  let anchor: TimeAnchor

  func value(of meaning: TimeMeaning) -> TimeValue? {
    switch meaning {
    case .date(let spec): return date(spec)
    case .clock(let clock): return self.clock(clock)
    case .moment(let spec, let clock): return moment(spec, clock)
    case .clockRange(let a, let b):
      let value = "T\(TimeFormat.clock(a.seconds))/T\(TimeFormat.clock(b.seconds))"
      return TimeValue(kind: .timerange, value: value, timex: TimeFormat.timex(a), grain: .minute)
    case .momentRange(let day, let a, let last, let b): return momentRange(day, a, last, b)
    case .dateRange(let a, let b): return dateRange(a, b)
    case .since(let inner, let bound): return open(inner, bound, isSince: true)
    case .until(let inner, let bound): return open(inner, bound, isSince: false)
    case .duration(let spec):
      return TimeValue(
        kind: .duration, value: TimeFormat.duration(spec, vagueAsX: false), timex: TimeFormat.duration(spec, vagueAsX: true),
        grain: spec.unit.grain)
    case .set(let value, let timex): return TimeValue(kind: .set, value: value, timex: timex)
    case .exact(let day, let seconds, let last, let end, let timex): return exact(day, seconds, last, end, timex)
    case .reference(let name): return reference(name)
    }
  }

  private func reference(_ name: String) -> TimeValue {
    if name == "PRESENT" { return TimeValue(kind: .date, value: "", timex: "PRESENT_REF") }
    guard name == "PRESENT_REF", let day = anchor.reference else { return TimeValue(kind: .date, value: "", timex: name) }
    return TimeValue(
      kind: .datetime, value: TimeFormat.moment(day, anchor.second), timex: name,
      interval: DayInterval(start: day, end: day.adding(days: 1)))
  }

  // MARK: Dates

  private func date(_ spec: DateSpec) -> TimeValue {
    guard let (spans, chosen) = anchor.resolve(spec) else { return unresolved(spec) }
    func text(_ span: DaySpan) -> String { spec.isDay && span.days == 1 ? span.start.description : "\(span.start)/\(span.end)" }
    let span = spans[chosen]
    let isDay = spec.isDay && span.days == 1
    var others = spans.map(text)
    let value = others.remove(at: chosen)
    return TimeValue(
      kind: isDay ? .date : .daterange, value: value, alternatives: others, timex: timex(spec, span),
      interval: DayInterval(start: span.start, end: span.end),
      grain: spec.grain)
  }

  /// TIMEX3's value has no edges: "early 1991" is 1991.
  private func timex(_ spec: DateSpec, _ span: DaySpan) -> String {
    if let timex = spec.timex { return timex }
    guard spec.edge != nil else { return TimeFormat.timex(span, spec.grain) }
    var plain = spec
    plain.edge = nil
    let whole = anchor.resolve(plain)?.spans.first { $0.start <= span.start && span.end <= $0.end } ?? span
    return TimeFormat.timex(whole, spec.grain)
  }

  /// Named parts, the rest X; no value, because the day does not exist or nothing says which is meant.
  private func unresolved(_ spec: DateSpec) -> TimeValue {
    var timex = spec.year.map { TimeFormat.four($0) } ?? "XXXX"
    if let month = spec.month {
      timex += "-" + TimeFormat.two(month)
      if let day = spec.day { timex += "-" + TimeFormat.two(day) }
    } else if let weekday = spec.weekday {
      timex += "-WXX-\(weekday)"
    } else if let part = spec.part {
      timex += spec.grain == .half ? "-H\(part)" : spec.grain == .quarter ? "-Q\(part)" : "-W\(TimeFormat.two(part))"
    }
    return TimeValue(kind: spec.isDay ? .date : .daterange, value: "", timex: timex, grain: spec.grain)
  }

  private func dateRange(_ a: DateSpec, _ b: DateSpec) -> TimeValue? {
    guard let first = anchor.resolve(a), let last = anchor.resolve(b) else { return nil }
    let from = first.spans[first.chosen]
    let to = last.spans[last.chosen]
    let value = "\(boundary(a, from))/\(boundary(b, to))"
    return TimeValue(
      kind: .daterange, value: value, timex: timex(a, from), interval: DayInterval(start: from.start, end: max(from.end, to.end)),
      grain: .range)
  }

  /// The day a period is taken at as the end of a range: its first, or its last where its end was named.
  private func boundary(_ spec: DateSpec, _ span: DaySpan) -> CalendarDate {
    switch spec.edge {
    case .end: return span.end
    case .mid where spec.grain == .month: return CalendarDate(year: span.start.year, month: span.start.month, day: 16)
    case .early: return span.start
    default: return span.start
    }
  }

  private func open(_ inner: TimeMeaning, _ bound: TimeMeaning.Bound, isSince: Bool) -> TimeValue? {
    switch inner {
    case .date(let spec):
      guard let (spans, chosen) = anchor.resolve(spec) else { return unresolved(spec) }
      func text(_ span: DaySpan) -> String {
        // A day is named as the end itself, a longer period by its own first or last day.
        if isSince { return "\(bound == .exclusive && !spec.isDay ? span.end : boundary(spec, span))/" }
        return "/\(bound == .inclusive && !spec.isDay ? span.end : boundary(spec, span))"
      }
      var others = spans.map(text)
      let value = others.remove(at: chosen)
      let span = spans[chosen]
      return TimeValue(
        kind: .daterange, value: value, alternatives: others, timex: timex(spec, span),
        interval: DayInterval(start: span.start, end: span.end),
        grain: spec.grain)
    case .clock(let clock):
      let seconds = clock.range.map { isSince ? $0.end : $0.start } ?? clock.seconds
      let text = "T" + TimeFormat.clock(seconds)
      let timex = (anchor.reference?.description ?? "") + TimeFormat.timex(clock)
      return TimeValue(kind: .timerange, value: isSince ? text + "/" : "/" + text, timex: timex, grain: .minute)
    case .moment(let spec, let clock):
      guard let (spans, chosen) = anchor.resolve(spec) else { return unresolved(spec) }
      func text(_ span: DaySpan) -> String {
        let moment = TimeFormat.moment(span.start, clock.range?.start ?? clock.seconds)
        return isSince ? moment + "/" : "/" + moment
      }
      var others = spans.map(text)
      let value = others.remove(at: chosen)
      let day = spans[chosen].start
      return TimeValue(
        kind: .datetimerange, value: value, alternatives: others, timex: day.description + TimeFormat.timex(clock),
        interval: DayInterval(start: day, end: day.adding(days: 1)), grain: .minute)
    default: return nil
    }
  }

  // MARK: Times of day

  private func clock(_ clock: ClockSpec) -> TimeValue {
    if let (start, end) = clock.range {
      var timex = TimeFormat.timex(clock)
      if let day = anchor.reference { timex = day.description + timex }
      return TimeValue(kind: .timerange, value: "T\(TimeFormat.clock(start))/T\(TimeFormat.clock(end))", timex: timex, grain: .daypart)
    }
    var timex = TimeFormat.timex(clock)
    if let day = anchor.reference { timex = day.description + timex }
    var others: [String] = []
    if !clock.isSettled, clock.hour > 0, clock.hour <= 12 { others = ["T" + TimeFormat.clock((clock.seconds + 43200) % 86400)] }
    return TimeValue(kind: .time, value: "T" + TimeFormat.clock(clock.seconds % 86400), alternatives: others, timex: timex, grain: .minute)
  }

  private func moment(_ spec: DateSpec, _ clock: ClockSpec) -> TimeValue {
    guard let (spans, chosen) = anchor.resolve(spec) else { return unresolved(spec) }
    func text(_ span: DaySpan) -> String {
      if let (start, end) = clock.range { return "\(TimeFormat.moment(span.start, start))/\(TimeFormat.moment(span.start, end))" }
      return TimeFormat.moment(span.start, clock.seconds % 86400)
    }
    var others = spans.map(text)
    let value = others.remove(at: chosen)
    let day = spans[chosen].start
    return TimeValue(
      kind: clock.part == nil ? .datetime : .datetimerange, value: value, alternatives: others,
      timex: day.description + TimeFormat.timex(clock),
      interval: DayInterval(start: day, end: day.adding(days: 1)), grain: clock.part == nil ? .minute : .daypart)
  }

  private func momentRange(_ day: DateSpec, _ a: ClockSpec, _ last: DateSpec?, _ b: ClockSpec) -> TimeValue? {
    guard let (spans, chosen) = anchor.resolve(day) else { return unresolved(day) }
    let end = last.flatMap { anchor.resolve($0) }
    func text(_ span: DaySpan) -> String {
      let to = end.map { $0.spans[$0.chosen].start } ?? span.start
      return "\(TimeFormat.moment(span.start, a.seconds))/\(TimeFormat.moment(to, b.seconds))"
    }
    var others = spans.map(text)
    let value = others.remove(at: chosen)
    let from = spans[chosen].start
    let to = end.map { $0.spans[$0.chosen].end } ?? spans[chosen].end
    return TimeValue(
      kind: .datetimerange, value: value, alternatives: others, timex: from.description + TimeFormat.timex(a),
      interval: DayInterval(start: from, end: max(to, from.adding(days: 1))), grain: .minute)
  }

  private func exact(_ day: CalendarDate, _ seconds: Int, _ last: CalendarDate?, _ end: Int, _ timex: String) -> TimeValue {
    let from = TimeFormat.moment(day, seconds)
    guard let last else {
      return TimeValue(
        kind: .datetime, value: from, timex: timex.isEmpty ? from : timex, interval: DayInterval(start: day, end: day.adding(days: 1)),
        grain: .minute)
    }
    return TimeValue(
      kind: .datetimerange, value: "\(from)/\(TimeFormat.moment(last, end))", timex: timex.isEmpty ? from : timex,
      interval: DayInterval(start: day, end: max(last, day).adding(days: 1)), grain: .range)
  }
}
