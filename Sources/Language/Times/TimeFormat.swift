import Documents

/// Writes dates, times and lengths in the interchange form and as TIMEX3.
enum TimeFormat {
  static func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }

  static func four(_ n: Int) -> String {
    let digits = String(n)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  /// "15:04:05".
  static func clock(_ seconds: Int) -> String { "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))" }

  static func moment(_ day: CalendarDate, _ seconds: Int) -> String { "\(day)T\(clock(seconds))" }

  /// TIMEX3's time: no more parts than were said.
  static func timex(_ clock: ClockSpec) -> String {
    if let code = clock.code ?? clock.part.map({ DayPart.all[$0].code }) { return "T" + code }
    if clock.hour == 0, clock.minute == 0, clock.isSettled { return "T24:00" }
    let head = "T\(two(clock.hour)):\(two(clock.minute))"
    return clock.second.map { head + ":" + two($0) } ?? head
  }

  /// TIMEX3's value of a span of days at a grain.
  static func timex(_ span: DaySpan, _ grain: TimeValue.Grain) -> String {
    let start = span.start
    switch grain {
    case .week: return week(start)
    case .weekend: return week(start) + "-WE"
    case .month: return "\(four(start.year))-\(two(start.month))"
    case .quarter: return "\(four(start.year))-Q\((start.month + 2) / 3)"
    case .half: return "\(four(start.year))-H\(start.month <= 6 ? 1 : 2)"
    case .year: return four(start.year)
    case .decade: return String(start.year / 10)
    case .century: return String(start.year / 100)
    case .season: return "\(four(start.year))-\(["SP", "SU", "FA", "WI"][((start.month + 9) / 3) % 4])"
    case .range: return "\(start)/\(span.end)"
    default: return start.description
    }
  }

  /// "2013-W07" of the day's ISO week.
  static func week(_ day: CalendarDate) -> String {
    let thursday = day.adding(days: 4 - day.weekday)
    let first = CalendarDate(year: thursday.year, month: 1, day: 1)
    return "\(four(thursday.year))-W\(two((thursday.daysSinceEpoch - first.daysSinceEpoch) / 7 + 1))"
  }

  /// "P3D", "PT1H30M", "P27M"; "PXM" where vague and `x` is asked for.
  static func duration(_ spec: DurationSpec, vagueAsX: Bool) -> String {
    var months = 0.0
    var years = 0.0
    var days = ""
    var time = ""
    var hasMonths = false
    for part in spec.parts {
      let count = spec.isVague && vagueAsX ? "X" : number(part.count)
      switch part.unit {
      case .year: years += part.count
      case .month:
        months += part.count
        hasMonths = true
      case .quarter, .season:
        months += part.count * 3
        hasMonths = true
      case .half:
        months += part.count * 6
        hasMonths = true
      case .decade: years += part.count * 10
      case .century: years += part.count * 100
      case .week: days += "\(count)W"
      case .fortnight: days += "\(number(part.count * 2))W"
      case .weekend: days += "\(count)WE"
      case .day: days += "\(count)D"
      case .businessDay: days += "\(count)D"
      case .hour: time += "\(count)H"
      case .minute: time += "\(count)M"
      case .second: time += "\(count)S"
      }
    }
    var out = "P"
    if hasMonths {
      out += spec.isVague && vagueAsX ? "XM" : number(months + years * 12) + "M"
    } else if years > 0 {
      let unit = spec.parts.first?.unit
      if spec.isVague && vagueAsX { out += unit == .decade ? "XDE" : unit == .century ? "XCE" : "XY" } else { out += number(years) + "Y" }
    }
    out += days
    return time.isEmpty ? out : out + "T" + time
  }

  static func number(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    return String(value)
  }
}
