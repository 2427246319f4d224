import Documents

extension TimeParser {
  /// A time of day: "3:30", "3 p.m.", "half past seven", "noon". A bare hour ("at 6") only where the caller knows that one may stand.
  func clock(_ i: Int, bare: Bool) -> (spec: ClockSpec, next: Int)? {
    guard let (spec, next) = plainClock(i, bare: bare) else { return nil }
    // "3 pm sharp", "12:00 noon"
    return (spec, isWord(next, .sharp) || spec.hour % 12 == 0 && isNumber(i) && has(next, .clockName) ? next + 1 : next)
  }

  private func plainClock(_ i: Int, bare: Bool) -> (spec: ClockSpec, next: Int)? {
    if let found = offsetClock(i, bare: bare) { return found }
    if has(i, .clockName) {
      var spec = ClockSpec(hour: Int(word(i).value))
      spec.isSettled = true
      spec.hasMinutes = true
      return (spec, i + 1)
    }
    if isNumber(i) { return numericClock(i, bare: bare) }
    return has(i, .cardinal) ? spokenClock(i, bare: bare) : nil
  }

  /// "half past seven", "a quarter to five", "ten past six", "25 minutes after 2 pm".
  func offsetClock(_ i: Int, bare: Bool) -> (spec: ClockSpec, next: Int)? {
    let head = isWord(i, .a) ? i + 1 : i
    let minutes: Int
    var at = head + 1
    if isWord(head, .half) {
      minutes = 30
    } else if isWord(head, .quarter) {
      minutes = 15
    } else if head == i, isNumber(i) || has(i, .cardinal), let (number, next) = count(i), number >= 1, number < 60,
      number == number.rounded()
    {
      (minutes, at) = (Int(number), next)
    } else {
      return nil
    }
    let saysMinutes = has(at, .unit) && word(at).unit == .minute
    if saysMinutes { at += 1 }
    let isAfter = isWord(at, .past) || (saysMinutes || minutes % 15 == 0) && isWord(at, .after)
    if head == i, isWord(i, .half), let found = britishHalf(i) { return found }
    guard isAfter || isWord(at, .to) || saysMinutes && isAny(at, .before, .till), let hour = spokenHour(at + 1), !has(hour.next, .unit)
    else { return nil }
    var spec = ClockSpec(hour: hour.value, minute: minutes, hasMinutes: true)
    if !isAfter {
      spec.hour = hour.value == 1 ? 12 : (hour.value + 23) % 24
      spec.minute = 60 - minutes
      // "ten to eight" may be a score or a range; five, ten, twenty and twenty-five minutes are what is said of the clock.
      let isSure = saysMinutes || isWord(head, .quarter)
      let isLikely =
        has(i, .cardinal) && [5, 10, 20, 25].contains(minutes) && minutes > hour.value && (minutes >= 20 || hour.value < 10)
      guard isSure || isLikely && (isAny(i - 1, .at, .by, .until, .till, .before, .after) || has(i - 1, .about) || isWhole(i..<hour.next))
      else { return nil }
    }
    return finished(spec, hour.next, bare: true)
  }

  /// "at half seven": half past it, as it is said in Britain.
  private func britishHalf(_ i: Int) -> (spec: ClockSpec, next: Int)? {
    guard isAny(i - 1, .at, .by, .until, .till, .before, .after, .since, .from) || has(i - 1, .about), let hour = spokenHour(i + 1),
      !has(i + 1, .clockName), !has(hour.next, [.unit, .scale]), mark(hour.next) != 0x2D,
      hour.next >= range.upperBound || !view.tokens[hour.next].isWord || has(hour.next, [.lead, .relativeDay, .preposition, .dayPart])
        || meridiem(hour.next) != nil || isWord(hour.next, .tonight)
    else { return nil }
    return finished(ClockSpec(hour: hour.value, minute: 30, hasMinutes: true), hour.next, bare: true)
  }

  private func numericClock(_ i: Int, bare: Bool) -> (spec: ClockSpec, next: Int)? {
    if let parts = dotted(i) {
      guard parts.count == 2, parts[0].length <= 2, parts[1].length == 2, parts[0].value <= 24, parts[1].value < 60 else { return nil }
      var spec = ClockSpec(hour: parts[0].value, minute: parts[1].value, hasMinutes: true)
      if let (half, next) = meridiem(i + 1), spec.hour <= 12 { return (settled(spec, half), next) }
      spec.isSettled = spec.hour > 12
      return bare ? (spec, i + 1) : nil
    }
    // "730am", "1130 pm"
    if let joined = digits(i), length(i) == 3 || length(i) == 4, joined / 100 <= 12, joined >= 100, joined % 100 < 60,
      let (half, next) = meridiem(i + 1)
    {
      return (settled(ClockSpec(hour: joined / 100, minute: joined % 100, hasMinutes: true), half), next)
    }
    // "0900 hours", "at 1700 hours"
    if let joined = digits(i), length(i) == 4, has(i + 1, .plural), has(i + 1, .unit), word(i + 1).unit == .hour, joined < 2400,
      joined % 100 < 60,
      joined < 1000 || isAny(i - 1, .at, .by, .until, .till, .before, .after, .from)
    {
      return (ClockSpec(hour: joined / 100, minute: joined % 100, isSettled: true, hasMinutes: true), i + 2)
    }
    guard let hour = digits(i), hour <= 24, length(i) <= 2 else { return nil }
    if i > range.lowerBound, joined(i), [0x2E, 0x2F, 0x3A, 0x24].contains(mark(i - 1)), mark(i - 1) != 0x3A || isNumber(i - 2) {
      return nil
    }
    var spec = ClockSpec(hour: hour)
    if mark(i + 1) == 0x3A, joined(i + 1), joined(i + 2), let minute = digits(i + 2), length(i + 2) == 2, minute < 60 {
      spec.minute = minute
      spec.hasMinutes = true
      var at = i + 3
      if mark(at) == 0x3A, joined(at), joined(at + 1), let second = digits(at + 1), length(at + 1) == 2, second < 60 {
        spec.second = second
        at += 2
      } else if mark(at) == 0x3A, joined(at), joined(at + 1), let parts = dotted(at + 1), parts.count == 2, parts[0].length == 2,
        parts[0].value < 60
      {
        // "15:50:06.123"
        spec.second = parts[0].value
        at += 2
      }
      if hour <= 12, let (half, next) = meridiem(at) { return (settled(spec, half), next) }
      spec.isSettled = hour > 12 || hour == 0
      if isAny(at, .oclock, .oclockJoined) { at += 1 }
      return (spec, at)
    }
    guard hour <= 24 else { return nil }
    if hour <= 12, hour > 0, let (half, next) = meridiem(i + 1) { return (settled(spec, half), next) }
    if isAny(i + 1, .oclock, .oclockJoined) { return finished(spec, i + 2, bare: true) }
    // "12 noon", "12 midnight"
    if hour == 12, has(i + 1, .clockName), !joined(i + 1) {
      return (ClockSpec(hour: Int(word(i + 1).value), isSettled: true, hasMinutes: true), i + 2)
    }
    // "15h30", but not "2h30m"
    if isWord(i + 1, .h), length(i + 1) == 1, !isCapitalized(i + 1), joined(i + 1), joined(i + 2), let minute = digits(i + 2),
      length(i + 2) == 2, minute < 60, !(joined(i + 3) && isWord(i + 3, .m))
    {
      return (ClockSpec(hour: hour, minute: minute, isSettled: hour > 12, hasMinutes: true), i + 3)
    }
    // "8ish", "8-ish"
    if isWord(skipHyphen(i + 1), .ish), joined(i + 1), hour > 0, hour <= 12 { return (spec, skipHyphen(i + 1) + 1) }
    guard bare, !joined(i + 1) || mark(i + 1) == 0x2E || mark(i + 1) == 0x2C || mark(i + 1) == 0x2D || mark(i + 1) == 0x3F else {
      return nil
    }
    spec.isSettled = hour > 12
    return (spec, i + 1)
  }

  private func spokenClock(_ i: Int, bare: Bool) -> (spec: ClockSpec, next: Int)? {
    guard has(i, .cardinal), let hour = spokenHour(i), word(i).value <= 12 else { return nil }
    if isAny(hour.next, .oclock, .oclockJoined) { return finished(ClockSpec(hour: hour.value), hour.next, bare: true) }
    let at = skipHyphen(hour.next)
    if let minutes = wordCount(at), minutes.value < 60, minutes.value >= 10, has(at, .cardinal) {
      return finished(ClockSpec(hour: hour.value, minute: minutes.value, hasMinutes: true), minutes.next, bare: bare)
    }
    return finished(ClockSpec(hour: hour.value), hour.next, bare: bare)
  }

  private func spokenHour(_ i: Int) -> (value: Int, next: Int)? {
    if has(i, .clockName) { return (Int(word(i).value), i + 1) }
    if let value = digits(i), value >= 1, value <= 12 { return (value, i + 1) }
    guard has(i, .cardinal), word(i).value >= 1, word(i).value <= 12 else { return nil }
    return (Int(word(i).value), i + 1)
  }

  private func finished(_ spec: ClockSpec, _ next: Int, bare: Bool) -> (spec: ClockSpec, next: Int)? {
    var next = next
    if isAny(next, .oclock, .oclockJoined) { next += 1 }
    if let (half, end) = meridiem(next) { return (settled(spec, half), end) }
    return bare ? (spec, next) : nil
  }

  private func settled(_ spec: ClockSpec, _ half: Int) -> ClockSpec {
    var spec = spec
    if half < 2 { spec.settle(pm: half == 1) }
    return spec
  }

  /// 0 for "am", 1 for "pm", 2 for "ampm", and what follows; "p.m." with its stops, "9a" joined.
  func meridiem(_ i: Int) -> (half: Int, next: Int)? {
    if has(i, .meridiem) { return (Int(word(i).value), i + 1) }
    if mark(i) == 0x2E, joined(i), has(i + 1, .meridiem), joined(i + 1) { return (Int(word(i + 1).value), i + 2) }
    guard isAny(i, .a, .p), length(i) == 1 else { return nil }
    let half = isWord(i, .p) ? 1 : 0
    if mark(i + 1) == 0x2E, isWord(i + 2, .m), length(i + 2) == 1 {
      return (half, mark(i + 3) == 0x2E && (joined(i + 3) || !joined(i + 2)) ? i + 4 : i + 3)
    }
    return joined(i) ? (half, i + 1) : nil
  }

  /// "morning", "late afternoon", "the evening", "night".
  func dayPart(_ i: Int) -> (spec: ClockSpec, next: Int)? {
    var at = i
    var edge: DateSpec.Edge?
    if has(at, .edge), has(skipHyphen(at + 1), .dayPart) {
      edge = DateSpec.Edge(rawValue: Int(word(at).value))
      at = skipHyphen(at + 1)
    }
    guard has(at, .dayPart), !has(at, .plural) else { return nil }
    var spec = ClockSpec()
    // "mid-morning" is a time, as noon is.
    if edge == .mid, word(at).value < 2 {
      spec = ClockSpec(hour: word(at).value == 0 ? 10 : 14, isSettled: true, hasMinutes: true)
      spec.code = DayPart.all[Int(word(at).value)].code
      return (spec, at + 1)
    }
    spec.part = Int(word(at).value)
    spec.edge = edge
    spec.isSettled = true
    if isWord(at, .night), mark(at + 1) == 0x2D, isWord(at + 2, .time) {
      spec.part = 5
      return (spec, at + 3)
    }
    return (spec, at + 1)
  }

  /// "3-5pm", "from 10am to 12pm", "between 9 and 10:30", "7:00 – 8:00 pm".
  func clockRange(_ i: Int, bare: Bool) -> (start: ClockSpec, end: ClockSpec, next: Int)? {
    var at = i
    var led = bare
    var joiner = false
    if isAny(at, .from, .between) {
      joiner = isWord(at, .between)
      at += 1
      led = true
    }
    if let found = militaryRange(at) { return found }
    guard var (start, middle) = clock(at, bare: true) else { return nil }
    if start.part == nil, let (part, next) = partAfter(middle) {
      start.settle(by: part)
      middle = next
    }
    guard let separator = dash(middle) ?? (has(middle, .to) || joiner && isWord(middle, .and) ? middle + 1 : nil) else { return nil }
    guard var (end, next) = clock(separator, bare: true) else { return nil }
    if let (part, after) = partAfter(next) {
      end.settle(by: part)
      next = after
    }
    guard
      led || start.hasMinutes && end.hasMinutes || start.isSettled && start.hour <= 12
        || end.isSettled && end.hour <= 24 && hasMeridiem(separator, next)
    else { return nil }
    if isNumber(next - 1), !end.hasMinutes, !start.hasMinutes, has(next, [.unit, .month]) || mark(next) == 0x25 { return nil }
    share(&start, &end)
    return (start, end, next)
  }

  /// "0730-0930": the leading zero, or a preposition before, says that they are hours.
  private func militaryRange(_ i: Int) -> (start: ClockSpec, end: ClockSpec, next: Int)? {
    guard length(i) == 4, let a = digits(i), let separator = dash(i + 1) ?? (has(i + 1, .to) ? i + 2 : nil), length(separator) == 4,
      let b = digits(separator)
    else { return nil }
    guard a < 2400, b <= 2400, a % 100 < 60, b % 100 < 60, a < 1000 || isWord(i - 1, .between) && b < 1000 else { return nil }
    func spec(_ value: Int) -> ClockSpec { ClockSpec(hour: value / 100, minute: value % 100, isSettled: true, hasMinutes: true) }
    return (spec(a), spec(b), separator + 1)
  }

  private func hasMeridiem(_ from: Int, _ to: Int) -> Bool { to > from + 1 }

  /// "in the morning", "at night" after an hour.
  func partAfter(_ i: Int) -> (part: Int, next: Int)? {
    guard isAny(i, .in, .at) else { return nil }
    let at = isWord(i + 1, .the) ? i + 2 : i + 1
    guard has(at, .dayPart), !has(at, .plural) else { return nil }
    return (Int(word(at).value), at + 1)
  }

  /// The half of the day said once counts for both ends, unless the range would then run backwards.
  func share(_ start: inout ClockSpec, _ end: inout ClockSpec) {
    if end.isSettled, !start.isSettled, start.hour <= 12 {
      let pm = end.hour >= 12
      var same = start
      same.settle(pm: pm)
      if same.seconds <= end.seconds { start = same } else { start.settle(pm: !pm) }
    } else if start.isSettled, !end.isSettled, end.hour <= 12 {
      var same = end
      same.settle(pm: start.hour >= 12)
      if same.seconds > start.seconds { end = same } else { end.settle(pm: start.hour < 12) }
    } else if !start.isSettled, !end.isSettled, end.seconds <= start.seconds, end.hour < 12 {
      end.hour += 12
    }
  }
}
