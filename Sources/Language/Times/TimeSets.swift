import Documents

/// Times that recur: "every week", "each monday at 4pm", "Thursdays", "quarterly".
extension TimeParser {
  func recurring(_ i: Int) -> TimeNode? {
    if isAny(i, .once, .twice), isAny(i + 1, .a, .an) || has(i + 1, .every), has(i + 2, .unit), !has(i + 2, .plural) {
      return TimeNode(i..<i + 3, set(DurationSpec(parts: [DurationSpec.Part(count: 1, unit: word(i + 2).unit)])))
    }
    if isAny(i, .once, .twice), has(i + 1, .every), let found = every(i + 1) { return TimeNode(i..<found.upper, found.meaning) }
    if let found = timesPer(i) { return found }
    // "the first Monday of each month"
    if has(i, .ordinal) || isWord(i, .last), let at = isWord(i, .last) ? i + 1 : ordinal(i)?.next, has(at, .weekday) || isWord(at, .day),
      isAny(at + 1, .of, .in), has(at + 2, .every), has(at + 3, .unit), !has(at + 3, .plural)
    {
      return TimeNode(i..<at + 4, set(DurationSpec(parts: [DurationSpec.Part(count: 1, unit: word(at + 3).unit)])))
    }
    if isWord(i, .any) {
      return has(i + 1, .unit) && !has(i + 1, .plural) && word(i + 1).unit.seconds == 0 && !isWord(i + 1, .day) ? every(i) : nil
    }
    if has(i, .frequency) {
      let count = Int(word(i).value)
      let isTwice = mark(i - 1) == 0x2D && joined(i) && view.string(max(i - 2, range.lowerBound)).lowercased() == "bi"
      // "semi-annually"
      if mark(i - 1) == 0x2D, joined(i), isWord(i - 2, .semi), word(i).unit == .year {
        return TimeNode(i - 2..<i + 1, set(DurationSpec(parts: [DurationSpec.Part(count: 6, unit: .month)])))
      }
      // "weekly users": a kind of users, not a time.
      if !isTwice, !isWord(i, .everyday), inside(i + 1), view.tokens[i + 1].isWord, !has(i + 1, [.preposition, .lead]),
        !isAny(i + 1, .and, .or, .at), !isHabit(i)
      {
        return nil
      }
      let spec = DurationSpec(parts: [DurationSpec.Part(count: Double(isTwice ? 2 : count), unit: word(i).unit)])
      return TimeNode((isTwice ? i - 2 : i)..<i + 1, set(spec))
    }
    if has(i, .every) { return every(i) }
    if has(i, .weekday), has(i, .plural), !isRelativeCount(i) {
      var value = "XXXX-WXX-\(word(i).value)"
      var next = i + 1
      if isAny(next, .at), let (clock, end) = clock(next + 1, bare: true) {
        value += short(clock)
        next = end
      }
      return TimeNode(i..<next, .set(value: value, timex: value))
    }
    if has(i, .weekday), !has(i, .plural), isCoordinatedWithSet(i), !isWord(i + 1, .at), clock(i + 1, bare: false) == nil {
      let value = "XXXX-WXX-\(word(i).value)"
      return TimeNode(i..<i + 1, .set(value: value, timex: value))
    }
    // "Monday and Tuesday nights"
    if has(i, .weekday), !has(i, .plural), isAny(i + 1, .and, .or), has(i + 2, .weekday), has(i + 3, .dayPart), has(i + 3, .plural) {
      let value = "XXXX-WXX-\(word(i).value)T\(DayPart.all[Int(word(i + 3).value)].code)"
      return TimeNode(i..<i + 1, .set(value: value, timex: value))
    }
    if has(i, .weekday), has(i + 1, .dayPart), has(i + 1, .plural) {
      let value = "XXXX-WXX-\(word(i).value)T\(DayPart.all[Int(word(i + 1).value)].code)"
      return TimeNode(i..<i + 2, .set(value: value, timex: value))
    }
    if has(i, .dayPart), has(i, .plural), isAny(i, .night) == false, !isNumber(i - 1), !has(i - 1, .cardinal) {
      let value = "T" + DayPart.all[Int(word(i).value)].code
      return TimeNode(i..<i + 1, .set(value: value, timex: value))
    }
    // "6am everyday", "3pm each day"
    if isNumber(i), let (clock, next) = clock(i, bare: false), has(next, .frequency), word(next).unit == .day {
      return TimeNode(i..<next + 1, .set(value: short(clock), timex: short(clock)))
    }
    if isNumber(i), let (clock, next) = clock(i, bare: false), has(next, .every), isWord(next + 1, .day) {
      return TimeNode(i..<next + 2, .set(value: short(clock), timex: short(clock)))
    }
    return nil
  }

  /// "three times a month", "4 times daily", "twice yearly".
  private func timesPer(_ i: Int) -> TimeNode? {
    var at = i + 1
    if !isAny(i, .once, .twice) {
      guard let (_, next) = count(i), isWord(next, .times) else { return nil }
      at = next + 1
    }
    if has(at, .frequency), !(inside(at + 1) && view.tokens[at + 1].isWord && !has(at + 1, [.preposition, .lead])) {
      return TimeNode(i..<at + 1, set(DurationSpec(parts: [DurationSpec.Part(count: Double(word(at).value), unit: word(at).unit)])))
    }
    guard isAny(at, .a, .an, .per) || has(at, .every), has(at + 1, .unit), !has(at + 1, .plural) else { return nil }
    return TimeNode(i..<at + 2, set(DurationSpec(parts: [DurationSpec.Part(count: 1, unit: word(at + 1).unit)])))
  }

  /// "his daily life", "a weekly address": something that recurs, where no number makes it a rate ("450 daily users").
  private func isHabit(_ i: Int) -> Bool {
    guard isAny(i, .daily, .weekly), !isCapitalized(i), isAny(i - 1, .a, .the) || has(i - 1, .possessor) else { return false }
    let end = view.tokens[i + 1].span.end
    return !isAny(i + 1, .active) && view.bytes[end - 1] != 0x73
  }

  private func isRelativeCount(_ i: Int) -> Bool { has(i - 1, .cardinal) || isNumber(i - 1) }

  /// "every Monday, Wednesday and Friday": the later days recur as the first does.
  private func isCoordinatedWithSet(_ i: Int) -> Bool {
    var at = i
    while true {
      var before = at - 1
      if isAny(before, .and, .or) { before -= 1 }
      if mark(before) == 0x2C { before -= 1 }
      guard before < at - 1, has(before, .weekday), !has(before, .plural) else { return false }
      if has(before - 1, .every) || isWord(before - 1, .other) && has(before - 2, .every) { return true }
      at = before
    }
  }

  private func set(_ spec: DurationSpec) -> TimeMeaning {
    let value = TimeFormat.duration(spec, vagueAsX: false)
    return .set(value: value, timex: value)
  }

  /// "T15", "T17:30".
  private func short(_ clock: ClockSpec) -> String {
    "T" + TimeFormat.two(clock.hour) + (clock.minute > 0 ? ":" + TimeFormat.two(clock.minute) : "")
  }

  private func every(_ i: Int) -> TimeNode? {
    var at = i + 1
    if isWord(at, .other) { at += 1 }
    var value: String?
    var next = at + 1
    if has(at, .weekday) {
      value = "XXXX-WXX-\(word(at).value)"
    } else if has(at, .dayPart) {
      value = "T" + DayPart.all[Int(word(at).value)].code
    } else if has(at, .month) {
      value = "XXXX-" + TimeFormat.two(Int(word(at).value))
    } else if has(at, .season) {
      value = "XXXX-" + ["SP", "SU", "FA", "WI"][Int(word(at).value)]
    } else if at == i + 1, let (position, unitAt) = ordinal(at), has(unitAt, [.weekday, .unit]), !has(unitAt, .plural) {
      // "every second Friday", "every third month"
      if has(unitAt, .weekday) {
        value = "XXXX-WXX-\(word(unitAt).value)"
      } else {
        value = TimeFormat.duration(
          DurationSpec(parts: [DurationSpec.Part(count: Double(position), unit: word(unitAt).unit)]), vagueAsX: false)
      }
      next = unitAt + 1
      // "every first Monday of the month"
      if isAny(next, .of, .in), isWord(next + 1, .the) || has(next + 1, .every), has(next + 2, .unit), !has(next + 2, .plural) { next += 3 }
    } else if let (clock, end) = clock(at, bare: false), at == i + 1 {
      value = short(clock)
      next = end
    } else if isWord(at, .weekday) {
      value = "P1WD"
    } else if has(at, .unit), !has(at, .plural) {
      let unit = word(at).unit
      let many = isWord(at - 1, .other) ? 2.0 : 1
      value = TimeFormat.duration(DurationSpec(parts: [DurationSpec.Part(count: many, unit: unit)]), vagueAsX: false)
    } else if let (spec, end) = duration(at), at == i + 1, !has(at, .article) {
      value = TimeFormat.duration(spec, vagueAsX: false)
      next = end
    }
    guard var value else { return nil }
    if isWord(next, .at), case (var clock, let end)? = clock(next + 1, bare: true) {
      // "every night at 10"
      var end = end
      if has(at, .dayPart) {
        clock.settle(by: Int(word(at).value))
      } else if let (part, after) = partAfter(end) {
        clock.settle(by: part)
        end = after
      }
      let isDaily = value.hasPrefix("T") || value == "P1D"
      value = (isDaily ? "" : value) + short(clock)
      next = end
    }
    return TimeNode(i..<next, .set(value: value, timex: value))
  }
}
