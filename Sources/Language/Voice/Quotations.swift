import Documents

/// A passage in quotation marks.
struct Quotation {
  /// With its marks.
  var tokens: Range<Int>
  /// Index of the paragraph it begins in.
  var paragraph: Int
  /// Whether a closing mark was found; if not, it ends with its paragraph.
  var isClosed: Bool
}

/// Pairs quotation marks, paragraph by paragraph.
///
/// A paragraph that opens with a mark while the one before was never closed goes on speaking. Straight marks open after a blank and close
/// without one; single marks count only where they cannot be apostrophes.
struct QuotationFinder {
  let view: TextView
  /// Token ranges.
  let paragraphs: [Range<Int>]

  private enum Mark { case none, open, close, straight, singleOpen, singleClose }

  func find() -> [Quotation] {
    var found: [Quotation] = []
    for (index, paragraph) in paragraphs.enumerated() {
      var start: Int?
      var isSingle = false
      /// The second token of a doubled mark.
      var second = -1
      for i in paragraph {
        if i == second { continue }
        let token = view.tokens[i]
        guard token.isMark, token.mark == 0x22 || token.mark == 0xE2 || token.mark == 0xC2 || token.mark == 0x27 || token.mark == 0x60
        else { continue }
        // A doubled mark is two tokens, both of which belong to the quotation.
        let double = doubled(i, paragraph)
        let last = double == .none ? i : i + 1
        if double != .none { second = last }
        switch double == .none ? mark(i, paragraph) : double {
        case .none: break
        case .open:
          if start == nil || isSingle { (start, isSingle) = (i, false) }
        case .close:
          if let begin = start, !isSingle {
            found.append(Quotation(tokens: begin..<(last + 1), paragraph: index, isClosed: true))
            start = nil
          }
        case .straight:
          if let begin = start, !isSingle {
            found.append(Quotation(tokens: begin..<(last + 1), paragraph: index, isClosed: true))
            start = nil
          } else if opens(i, last, paragraph) {
            (start, isSingle) = (i, false)
          }
        case .singleOpen:
          if start == nil { (start, isSingle) = (i, true) }
        case .singleClose:
          if let begin = start, isSingle, i - begin > 2 {
            found.append(Quotation(tokens: begin..<(last + 1), paragraph: index, isClosed: true))
            start = nil
          }
        }
      }
      if let begin = start, !isSingle, begin + 1 < paragraph.upperBound {
        // Left open: what follows in the next paragraph must open again, else the mark was a slip and reaches its paragraph's end.
        found.append(Quotation(tokens: begin..<paragraph.upperBound, paragraph: index, isClosed: false))
      }
    }
    return found
  }

  /// Two single marks in place of a double one: ``` `` ``` opens, `''` is straight.
  private func doubled(_ i: Int, _ paragraph: Range<Int>) -> Mark {
    guard i + 1 < paragraph.upperBound, view.tokens[i].isMark, view.tokens[i].mark == view.tokens[i + 1].mark,
      !view.tokens[i + 1].spaceBefore
    else { return .none }
    switch view.tokens[i].mark {
    case 0x27: return .straight
    case 0x60: return .open
    default: return .none
    }
  }

  private func opens(_ i: Int, _ last: Int, _ paragraph: Range<Int>) -> Bool {
    let next = last + 1
    guard next < paragraph.upperBound else { return false }
    return i == paragraph.lowerBound || view.tokens[i].spaceBefore || !view.tokens[next].spaceBefore
  }

  private func mark(_ i: Int, _ paragraph: Range<Int>) -> Mark {
    let token = view.tokens[i]
    if token.shape.contains(.possessive) { return .none }
    switch token.mark {
    case 0x22: return .straight
    case 0xE2:
      guard token.span.count == 3, view.bytes[token.span.start + 1] == 0x80 else { return .none }
      switch view.bytes[token.span.start + 2] {
      case 0x9C, 0x9E: return .open
      // A right mark after a blank and before a word is a slip for a left one.
      case 0x9D:
        let slips = token.spaceBefore && i + 1 < paragraph.upperBound && !view.tokens[i + 1].spaceBefore
        return slips ? .open : .close
      case 0x98: return .singleOpen
      case 0x99: return token.spaceBefore ? .none : .singleClose
      default: return .none
      }
    case 0xC2:
      guard token.span.count == 2 else { return .none }
      return view.bytes[token.span.start + 1] == 0xAB ? .open : view.bytes[token.span.start + 1] == 0xBB ? .close : .none
    case 0x27:
      let next = i + 1 < paragraph.upperBound && !view.tokens[i + 1].spaceBefore
      if token.spaceBefore || i == paragraph.lowerBound { return next && view.tokens[i + 1].isCapitalized ? .singleOpen : .none }
      return i > 0 && view.tokens[i - 1].isMark && !next ? .singleClose : .none
    default: return .none
    }
  }
}
