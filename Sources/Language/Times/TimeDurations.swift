import Documents

/// Lengths of time: "3 days", "half an hour", "2h 30m", "three quarters of an hour".
extension TimeParser {
  typealias Lasting = (spec: DurationSpec, next: Int)

  func duration(_ i: Int) -> Lasting? {
    guard inside(i), has(i, [.cardinal, .scale, .several, .half, .article]) || isNumber(i) else { return nil }
    guard var (spec, at) = firstPart(i) else { return nil }
    while true {
      // "2h 30m", "2h30m"
      if spec.unit.seconds > 60 || spec.unit == .minute, let (part, end) = letterPart(at, below: spec.unit) {
        spec.parts.append(part)
        at = end
        continue
      }
      // "1 hour and 30 minutes", "2 years, 3 months"
      var next = skipComma(at)
      if isWord(next, .and) { next += 1 }
      if let more = countedUnit(next), let part = more.spec.parts.first, rank(part.unit) < rank(spec.unit),
        next == at || !more.spec.isVague,
        next > at || view.tokens[next].spaceBefore || isNumber(next)
      {
        spec.parts.append(part)
        at = more.next
        continue
      }
      break
    }
    if spec.parts.count == 1, let extended = trailingFraction(spec, at) { return extended }
    // "a week or so", "a day or two"
    if isWord(at, .or), isWord(at + 1, .so), !(has(at + 2, [.cardinal]) || isNumber(at + 2)) { return (spec, at + 2) }
    if isWord(at, .or), isWord(at + 1, .two), spec.parts.count == 1, spec.parts[0].count == 1, !has(at - 1, .plural),
      !has(at + 2, [.unit, .scale])
    {
      (spec.parts[0].count, spec.isVague) = (2, true)
      return (spec, at + 2)
    }
    return (spec, at)
  }

  /// "30m" and "15s" after hours and minutes in letters.
  private func letterPart(_ start: Int, below unit: TimeUnit) -> (DurationSpec.Part, Int)? {
    let unitAt = start - 1
    let i = skipComma(start)
    guard let count = digits(i), count < 60, length(i + 1) == 1, isAny(i + 1, .m, .s),
      joined(i + 1) && length(unitAt) == 1 && isAny(unitAt, .h, .m)
        || has(unitAt, .unit) && (joined(i + 1) || !has(unitAt, .plural)) && !isCapitalized(i + 1), isWord(i + 1, .s) || unit == .hour,
      !joined(i + 2) || !(inside(i + 2) && view.tokens[i + 2].isWord)
    else { return nil }
    return (DurationSpec.Part(count: Double(count), unit: isWord(i + 1, .m) ? .minute : .second), i + 2)
  }

  private func rank(_ unit: TimeUnit) -> Int { Int(unit.rawValue) }

  /// "one hour and half", "one year and a quarter", "1 hour thirty", "1 hour and fifteen".
  private func trailingFraction(_ spec: DurationSpec, _ i: Int) -> Lasting? {
    var at = i
    let hasAnd = isWord(at, .and)
    if hasAnd { at += 1 }
    if isAny(at, .a, .an) { at += 1 }
    var spec = spec
    if hasAnd, isAny(at, .half, .quarter), !isWord(at + 1, .of), !has(at + 1, .unit), !isAny(at + 1, .a, .an) {
      spec.parts[0].count += isWord(at, .half) ? 0.5 : 0.25
      return (spec, at + 1)
    }
    if hasAnd, spec.unit == .hour, let minutes = digits(at), minutes < 60, at + 1 >= range.upperBound {
      spec.parts.append(DurationSpec.Part(count: Double(minutes), unit: .minute))
      return (spec, at + 1)
    }
    if spec.unit == .hour, has(at, .cardinal), let minutes = wordCount(at), minutes.value < 60, minutes.value >= 10,
      minutes.next >= range.upperBound
    {
      spec.parts.append(DurationSpec.Part(count: Double(minutes.value), unit: .minute))
      return (spec, minutes.next)
    }
    return nil
  }

  private func firstPart(_ i: Int) -> Lasting? {
    if let found = partOfUnit(i) { return found }
    if isWord(i, .half) {
      // "half an hour", "half a day", "half day"
      let at = isAny(i + 1, .a, .an) ? i + 2 : i + 1
      guard has(at, .unit), !has(at, .plural), word(at).unit != .half, word(at).unit != .quarter, word(at).unit != .second else {
        return nil
      }
      if at == i + 1, inside(at + 1), view.tokens[at + 1].isWord { return nil }
      let unit = word(at).unit
      let parts = unit == .day ? DurationSpec.Part(count: 12, unit: .hour) : DurationSpec.Part(count: 0.5, unit: unit)
      return (DurationSpec(parts: [parts]), at + 1)
    }
    return countedUnit(i)
  }

  /// "1/2 hour", "three quarters of an hour", "a quarter of a century".
  private func partOfUnit(_ i: Int) -> Lasting? {
    var value: Double
    var at: Int
    if let above = digits(i), mark(i + 1) == 0x2F, joined(i + 1), joined(i + 2), let below = digits(i + 2), above < below, below <= 4 {
      (value, at) = (Double(above) / Double(below), i + 3)
    } else {
      let head = isWord(i, .a) ? i + 1 : i
      value = 1
      at = head
      if head == i, has(i, .cardinal), word(i).value == 3 {
        value = 3
        at = skipHyphen(i + 1)
      }
      guard has(at, .unit), word(at).unit == .quarter, has(at, .plural) == (value == 3), isWord(at + 1, .of), isAny(at + 2, .a, .an)
      else { return nil }
      value /= 4
      at += 1
    }
    if isWord(at, .of) { at += 1 }
    if isAny(at, .a, .an) { at += 1 }
    guard has(at, .unit) || letterUnit(at, i) == .hour, ![.quarter, .half, .season].contains(word(at).unit) else { return nil }
    let unit = has(at, .unit) ? word(at).unit : .hour
    // The parts of an hour are counted in minutes.
    let part = unit == .hour ? DurationSpec.Part(count: value * 60, unit: .minute) : DurationSpec.Part(count: value, unit: unit)
    return (DurationSpec(parts: [part]), at + 1)
  }

  /// A count and a unit.
  private func countedUnit(_ i: Int) -> Lasting? {
    var spec = DurationSpec(parts: [])
    var at: Int
    var value: Double
    if has(i, .several) && !isNumber(i) || isAny(i, .a) && has(i + 1, .several) {
      let first = isWord(i, .a) ? i + 1 : i
      value = Double(word(first).value)
      spec.isVague = value > 2
      at = isAny(first + 1, .of, .more) ? first + 2 : first + 1
      guard has(at, .plural) || has(at, .unit) && value == 2 else { return nil }
    } else if isAny(i, .a, .an) {
      guard has(i + 1, .unit), !has(i + 1, .plural), rank(word(i + 1).unit) >= rank(.minute),
        ![.quarter, .half, .season, .weekend].contains(word(i + 1).unit)
      else { return nil }
      value = 1
      at = i + 1
      if mark(at + 1) == 0x2D, joined(at + 1) { return nil }
    } else {
      guard let (number, next) = count(i), number >= 0, number < 100_000 else { return nil }
      value = number
      at = next
      if !isNumber(i), has(i, .ordinal) { return nil }
      if i > range.lowerBound, joined(i), isNumber(i), mark(i - 1) == 0x24 || mark(i - 1) == 0x2E { return nil }
      (value, at) = fraction(value, at)
      if isAny(at, .more, .extra, .less), has(at + 1, .unit) { at += 1 }
    }
    // "two to three weeks": the first is the length that is sure.
    if value > 0, has(at, .to) || dash(at) != nil, let (upper, next) = count(has(at, .to) && dash(at) == nil ? at + 1 : dash(at) ?? at),
      upper > value, has(next, .unit),
      has(next, .plural), word(next).unit != .quarter, !(isNumber(i) && length(i) == 4)
    {
      at = next
    }
    let isHyphenated = mark(at) == 0x2D && joined(at) && joined(at + 1)
    if isHyphenated { at += 1 }
    let isBusiness = isAny(at, .business, .working, .trading)
    if isBusiness { at += 1 }
    if isAny(at, .full), has(at + 1, .unit) { at += 1 }
    if let unit = letterUnit(at, i) {
      spec.parts = [DurationSpec.Part(count: value, unit: unit)]
      return (spec, at + 1)
    }
    // "two nights"
    if has(at, .dayPart), word(at).value == 3, word(at).unit == .day, value >= 1, isWord(at, .night) || has(at, .plural) {
      spec.parts = [DurationSpec.Part(count: value, unit: .day)]
      return (spec, at + 1)
    }
    guard has(at, .unit) else { return nil }
    var unit = word(at).unit
    // "three quarters of the staff": a part of a whole, as it is where nothing else is said.
    if unit == .quarter, value == 3, has(at, .plural),
      isWord(at + 1, .of) && isAny(at + 2, .the, .a, .an, .these, .this) || isWhole(i..<at + 1)
    {
      return nil
    }
    // "20 second-half points", "third quarter": a count needs a unit that is counted.
    if unit == .quarter || unit == .half || unit == .season { guard has(at, .plural), !isHyphenated else { return nil } }
    // "0900 hours", "at 1700 hours"
    if unit == .hour, isNumber(i), length(i) == 4, value < 1000 || value < 2400 && isAny(i - 1, .at, .by, .until, .till) { return nil }
    // "He came twenty-second."
    if unit == .second, has(at, .ordinal), !has(at, .plural), isHyphenated, !isNumber(i), value >= 20, Int(value) % 10 == 0,
      !(inside(at + 1) && view.tokens[at + 1].isWord)
    {
      return nil
    }
    if unit == .second, has(at, .ordinal), !has(at, .plural), mark(at + 1) == 0x2D || value != 1 && mark(at - 1) != 0x2D && !isNumber(i) {
      return nil
    }
    if unit == .day, isBusiness { unit = .businessDay } else if isBusiness { return nil }
    spec.parts = [DurationSpec.Part(count: value, unit: unit)]
    var next = at + 1
    if has(at, .ambiguous) || view.tokens[at].span.count <= 3, mark(next) == 0x2E, joined(next), next + 1 < range.upperBound,
      !has(at, .plural), !isWord(at, .day)
    {
      next += 1
    }
    // Ages of people are no times: "37 years old", "136-year-old".
    if isWord(next, .of), isWord(next + 1, .age) { return nil }
    if unit == .year, isWord(next, .old) || mark(next) == 0x2D && isWord(next + 1, .old) { return nil }
    if mark(next) == 0x2D, isWord(next + 1, .old) { next += 2 }
    return (spec, next)
  }

  /// "one and a half", "5 and an half", "one and three quarters of", "two and quarter".
  private func fraction(_ value: Double, _ i: Int) -> (Double, Int) {
    // "2½ hours", "two-and-a-half years"
    if joined(i), let part = isWord(i, .oneHalf) ? 0.5 : isWord(i, .oneQuarter) ? 0.25 : isWord(i, .threeQuarters) ? 0.75 : nil {
      return (value + part, i + 1)
    }
    if mark(i) == 0x2D, isWord(i + 1, .and), mark(i + 2) == 0x2D, isWord(i + 3, .a), mark(i + 4) == 0x2D, isWord(i + 5, .half),
      has(skipHyphen(i + 6), .unit)
    {
      return (value + 0.5, i + 6)
    }
    guard isWord(i, .and) else { return (value, i) }
    var at = i + 1
    var many = 1.0
    if isAny(at, .a, .an) {
      at += 1
    } else if has(at, .cardinal), let (n, next) = wordCount(at), n < 4 {
      many = Double(n)
      at = next
    }
    let isHalf = isWord(at, .half)
    guard isHalf || has(at, .unit) && word(at).unit == .quarter else { return (value, i) }
    at += 1
    if isWord(at, .of) { at += 1 }
    guard has(at, .unit) else { return (value, i) }
    return (value + many * (isHalf ? 0.5 : 0.25), at)
  }

  /// "10D", "3Y", "2W" joined to digits; "2 m" alone.
  private func letterUnit(_ i: Int, _ first: Int) -> TimeUnit? {
    guard length(i) == 1, isNumber(i - 1) else { return nil }
    let isTight = joined(i) && view.tokens[i].isCapitalized
    if joined(i), isWord(i, .h) { return joined(i + 1) && isNumber(i + 1) && !isWord(i + 2, .m) ? nil : .hour }
    if isTight { return isWord(i, .d) ? .day : isWord(i, .y) ? .year : isWord(i, .w) ? .week : nil }
    guard isWhole(first..<i + 1), isAny(i, .m, .h, .s), !view.tokens[i].isCapitalized else { return nil }
    return isWord(i, .m) ? .minute : isWord(i, .h) ? .hour : .second
  }
}
