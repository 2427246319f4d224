/// A gitignore pattern without its markers, matched against bytes: `*` and `?` stop at slashes, `**` between slashes does not, `[…]`
/// is a set of bytes, a backslash makes the next byte plain.
struct GlobPattern: Hashable, Sendable {
  private enum Shape: Hashable {
    case exact([UInt8])
    /// `*` and then nothing special.
    case suffix([UInt8])
    /// Nothing special and then `*`.
    case prefix([UInt8])
    case general([UInt8])
  }

  private let shape: Shape
  /// Whether it is matched against the whole path rather than the last component.
  let coversPath: Bool

  init(_ pattern: some Collection<UInt8>, coversPath: Bool) {
    let pattern = Array(pattern)
    self.coversPath = coversPath
    let special: Set<UInt8> = [star, question, bracket, backslash]
    if !pattern.contains(where: special.contains) {
      shape = .exact(pattern)
    } else if !coversPath, pattern.first == star, !pattern.dropFirst().contains(where: special.contains) {
      shape = .suffix(Array(pattern.dropFirst()))
    } else if !coversPath, pattern.last == star, !pattern.dropLast().contains(where: special.contains) {
      shape = .prefix(Array(pattern.dropLast()))
    } else {
      shape = .general(pattern)
    }
  }

  /// The bytes that whatever matches begins and ends with; nil where more than one may stand there.
  var fixedEnds: (first: UInt8?, last: UInt8?) {
    switch shape {
    case .exact(let bytes): (bytes.first, bytes.last)
    case .suffix(let bytes): (nil, bytes.last)
    case .prefix(let bytes): (bytes.first, nil)
    case .general(let pattern): (Self.plain(pattern.first), Self.isEscaped(pattern) ? nil : Self.plain(pattern.last))
    }
  }

  private static func plain(_ byte: UInt8?) -> UInt8? { byte.flatMap { [star, question, bracket, backslash].contains($0) ? nil : $0 } }

  /// Whether the last byte belongs to a set, as in `[ab]`, or follows a backslash.
  private static func isEscaped(_ pattern: [UInt8]) -> Bool {
    pattern.last == UInt8(ascii: "]") || pattern.dropLast().last == backslash
  }

  func matches(_ text: ArraySlice<UInt8>) -> Bool {
    switch shape {
    case .exact(let bytes): text.elementsEqual(bytes)
    case .suffix(let bytes): text.count >= bytes.count && text.suffix(bytes.count).elementsEqual(bytes)
    case .prefix(let bytes): text.starts(with: bytes)
    case .general(let pattern): Self.match(pattern[...], text)
    }
  }

  /// Goes back only to the last star, and over slashes only to the last double star, so the time is bounded by the product of the
  /// lengths squared however the pattern is made.
  private static func match(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    var (p, t) = (pattern.startIndex, text.startIndex)
    var starAt: (pattern: Int, text: Int)?
    var doubleStarAt: (pattern: Int, text: Int)?

    while true {
      if p < pattern.endIndex {
        if pattern[p] == star {
          let run = pattern[p...].prefix { $0 == star }.count
          let after = p + run
          let isWholeComponent =
            (p == pattern.startIndex || pattern[p - 1] == slash) && (after == pattern.endIndex || pattern[after] == slash)
          if run >= 2, isWholeComponent {
            if after == pattern.endIndex { return t < text.endIndex }  // `dir/**`: everything inside, not the directory itself
            p = after + 1  // `**/`: here, or after any later slash
            doubleStarAt = (p, t)
            starAt = nil
          } else {
            p = after
            starAt = (p, t)
          }
          continue
        }
        if t < text.endIndex, let next = step(pattern, p, text[t]) {
          (p, t) = (next, t + 1)
          continue
        }
      } else if t == text.endIndex {
        return true
      }
      if let mark = starAt, mark.text < text.endIndex, text[mark.text] != slash {
        starAt = (mark.pattern, mark.text + 1)
        (p, t) = (mark.pattern, mark.text + 1)
      } else if let mark = doubleStarAt, let cut = text[mark.text...].firstIndex(of: slash) {
        doubleStarAt = (mark.pattern, cut + 1)
        starAt = nil
        (p, t) = (mark.pattern, cut + 1)
      } else {
        return false
      }
    }
  }

  /// Matches one byte; returns the position after what matched it.
  private static func step(_ pattern: ArraySlice<UInt8>, _ p: Int, _ byte: UInt8) -> Int? {
    switch pattern[p] {
    case question: return byte == slash ? nil : p + 1
    case bracket: return set(pattern, p, byte)
    case backslash: return p + 1 < pattern.endIndex && pattern[p + 1] == byte ? p + 2 : nil
    case let plain: return plain == byte ? p + 1 : nil
    }
  }

  /// `[abc]`, `[a-z]`, `[!…]`, `[^…]`; a bracket right after the opening is an element. An unclosed set matches nothing.
  private static func set(_ pattern: ArraySlice<UInt8>, _ start: Int, _ byte: UInt8) -> Int? {
    var p = start + 1
    var isNegated = false
    if p < pattern.endIndex, pattern[p] == UInt8(ascii: "!") || pattern[p] == UInt8(ascii: "^") {
      isNegated = true
      p += 1
    }
    var isMember = false
    var isFirst = true
    while p < pattern.endIndex {
      if pattern[p] == UInt8(ascii: "]"), !isFirst { return isMember != isNegated && byte != slash ? p + 1 : nil }
      isFirst = false
      if let (isOfClass, end) = characterClass(pattern, p, byte) {
        if isOfClass { isMember = true }
        p = end
        continue
      }
      if pattern[p] == backslash, p + 1 < pattern.endIndex { p += 1 }
      let low = pattern[p]
      var high = low
      if p + 2 < pattern.endIndex, pattern[p + 1] == UInt8(ascii: "-"), pattern[p + 2] != UInt8(ascii: "]") {
        p += 2
        if pattern[p] == backslash, p + 1 < pattern.endIndex { p += 1 }
        high = pattern[p]
      }
      if low <= byte, byte <= high { isMember = true }
      p += 1
    }
    return nil
  }

  /// `[:digit:]` and its like inside a set, for ASCII.
  private static func characterClass(_ pattern: ArraySlice<UInt8>, _ p: Int, _ byte: UInt8) -> (isMember: Bool, end: Int)? {
    guard pattern[p] == bracket, p + 1 < pattern.endIndex, pattern[p + 1] == colon,
      let close = pattern[(p + 2)...].firstIndex(of: colon), close + 1 < pattern.endIndex, pattern[close + 1] == UInt8(ascii: "]")
    else { return nil }
    let isUpper = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
    let isLower = UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
    let isDigit = UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    let isVisible = 0x21...0x7E ~= byte
    let isMember =
      switch String(decoding: pattern[(p + 2)..<close], as: UTF8.self) {
      case "alpha": isUpper || isLower
      case "upper": isUpper
      case "lower": isLower
      case "digit": isDigit
      case "alnum": isUpper || isLower || isDigit
      case "xdigit": isDigit || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20
      case "space": byte == UInt8(ascii: " ") || 0x09...0x0D ~= byte
      case "blank": byte == UInt8(ascii: " ") || byte == 0x09
      case "punct": isVisible && !isUpper && !isLower && !isDigit
      case "graph": isVisible
      case "print": isVisible || byte == UInt8(ascii: " ")
      case "cntrl": byte < 0x20 || byte == 0x7F
      default: false
      }
    return (isMember, close + 2)
  }
}

private let star = UInt8(ascii: "*")
private let question = UInt8(ascii: "?")
private let bracket = UInt8(ascii: "[")
private let colon = UInt8(ascii: ":")
private let backslash = UInt8(ascii: "\\")
private let slash = UInt8(ascii: "/")
