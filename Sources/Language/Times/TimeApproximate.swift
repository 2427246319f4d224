import Documents

/// What softens or opens an expression from outside: "about", "more than", "or later", and times known only as before or after now.
extension TimeParser {
  /// "or later", "or earlier" after a point; "later" and "earlier" before one are edges.
  func trailing(_ node: TimeNode) -> TimeNode {
    guard
      isWord(node.upper, .or) && isAny(node.upper + 1, .later, .earlier, .after, .before)
        || isWord(node.upper, .and) && isAny(node.upper + 1, .later, .greater, .earlier)
    else { return node }
    let isSince = isAny(node.upper + 1, .later, .after, .greater)
    var upper = node.upper + 2
    var meaning = node.meaning
    if case .clock(let clock) = meaning, isWord(upper, .on), let (spec, end) = date(upper + 1), spec.isDay {
      meaning = .moment(spec, clock)
      upper = end
    }
    switch meaning {
    case .date, .clock, .moment:
      var result = TimeNode(node.lower..<upper, isSince ? .since(meaning, .inclusive) : .until(meaning, .inclusive))
      result.core = node.core
      return result
    default: return node
    }
  }

  /// "about two years", "nearly forty years ago", "around 1pm", "over a week", "more than 2 hours".
  func approximate(_ i: Int) -> TimeNode? {
    if let found = compared(i) { return found }
    guard has(i, .about) else { return nil }
    guard
      let inner = lasting(i + 1) ?? (isNumber(i + 1) || has(i + 1, [.relativeDay, .clockName]) ? point(i + 1) : spokenMinutes(i + 1))
    else { return nil }
    switch inner.meaning {
    case .duration, .date:
      // "over 3 years" is a stretch; the word belongs to it in TimeML only.
      var node = inner
      node.core = i..<inner.upper
      if case .date = inner.meaning, lasting(i + 1) == nil { return inner }
      node.tokens = isWord(i, .over) && isDuration(inner) ? inner.tokens : i..<inner.upper
      node.core = node.core.clamped(to: node.tokens)
      return node
    case .clock, .moment, .exact:
      var node = TimeNode(i..<inner.upper, inner.meaning)
      node.core = inner.core
      return node
    default: return nil
    }
  }

  private func isDuration(_ node: TimeNode) -> Bool {
    if case .duration = node.meaning { return true }
    return false
  }

  /// "more than 2 hours", "at least 30 days", "no more than sixty days", "more than 2 weeks before today".
  func compared(_ i: Int) -> TimeNode? {
    var at = i
    if isWord(at, .no) {
      at += 1
      if isAny(at, .later, .earlier, .sooner) { return bounded(i) }
    }
    let isMore: Bool
    if isAny(at, .more, .less), isWord(at + 1, .than) {
      isMore = isWord(at, .more)
    } else if isWord(at, .at), isAny(at + 1, .least, .most) {
      isMore = isWord(at + 1, .least)
    } else {
      return nil
    }
    guard let inner = lasting(at + 2) else { return nil }
    switch inner.meaning {
    case .duration: return TimeNode(i..<inner.upper, inner.meaning)
    case .date(let spec):
      let isPast = spec.fixed.map { span in anchor.reference.map { span.start < $0 } ?? true } ?? true
      return TimeNode(i..<inner.upper, isMore == isPast ? .until(inner.meaning, .exclusive) : .since(inner.meaning, .inclusive))
    default: return nil
    }
  }

  /// "recently", "now", "in the future": known only as before, at or after the time of writing.
  func vague(_ i: Int) -> TimeNode? {
    // "its current chairman": TimeML counts the adjective, which dates nothing.
    if isWord(i, .current), inside(i + 1), view.tokens[i + 1].isWord, !has(i + 1, [.unit, .month, .weekday]), !isCapitalized(i) {
      return TimeNode(i..<i + 1, .reference("PRESENT"))
    }
    guard has(i, .vague) else { return nil }
    let value = word(i).value
    let name = value < 0 ? "PAST_REF" : value > 0 ? "FUTURE_REF" : "PRESENT_REF"
    var upper = i + 1
    if has(upper, .unit), has(upper, .plural) {
      upper += 1
    } else if has(i, .ambiguous), !(value > 0 && isWord(i - 1, .the)), value > 0 {
      return nil
    }
    return TimeNode(i..<upper, .reference(name))
  }
}
