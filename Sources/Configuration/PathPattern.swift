/// A pattern for the paths of notes, as people write them: `clippings/ledger/{date}-*.md`.
///
/// `*` and `?` stop at slashes, `**` does not; `{date}` is `YYYY-MM-DD`, `{year}`, `{month}` and `{day}` are four, two and two digits. A pattern that
/// begins with a slash is the whole path; any other matches where the path ends in it, at the beginning of a component.
public struct PathPattern: Sendable, Hashable, CustomStringConvertible {
  private enum Piece: Hashable, Sendable {
    case byte(UInt8)
    case one
    case some
    case any
    /// `**/`: any number of components, none included.
    case components
    case digits(String, Int)
  }

  /// What the placeholders stand for.
  public typealias Captures = [String: Int]

  public let description: String
  private let pieces: [Piece]
  private let isWhole: Bool
  /// Whether it says a date: `{date}`, or `{year}` with or without the rest.
  public let hasDate: Bool

  /// - Returns: nil where a placeholder is unknown or not closed.
  public init?(_ text: String) {
    guard !text.isEmpty else { return nil }
    description = text
    isWhole = text.hasPrefix("/")
    var pieces: [Piece] = []
    var rest = Substring(text)
    while let c = rest.first {
      rest.removeFirst()
      switch c {
      case "*":
        if rest.first == "*" {
          rest = rest.drop { $0 == "*" }
          pieces.append(rest.first == "/" ? .components : .any)
          if rest.first == "/" { rest.removeFirst() }
        } else {
          pieces.append(.some)
        }
      case "?": pieces.append(.one)
      case "{":
        guard let end = rest.firstIndex(of: "}") else { return nil }
        switch rest[..<end] {
        case "date": pieces += [.digits("year", 4), .byte(0x2D), .digits("month", 2), .byte(0x2D), .digits("day", 2)]
        case "year": pieces.append(.digits("year", 4))
        case "month": pieces.append(.digits("month", 2))
        case "day": pieces.append(.digits("day", 2))
        default: return nil
        }
        rest = rest[rest.index(after: end)...]
      default: pieces += String(c).utf8.map { .byte($0) }
      }
    }
    self.pieces = pieces
    hasDate = pieces.contains { if case .digits("year", _) = $0 { true } else { false } }
  }

  public func matches(_ path: String) -> Bool { captures(in: path) != nil }

  /// What the placeholders stand for in a path; nil where it does not match.
  public func captures(in path: String) -> Captures? {
    let text = Array(path.utf8)
    let starts = isWhole ? [0] : [0] + text.indices.filter { text[$0] == 0x2F }.map { $0 + 1 }
    var dead = Set<Int>()
    for start in starts {
      if let found = match(0, text, start, [:], &dead) { return found }
    }
    return nil
  }

  /// What failed once from the same piece and place fails again, so that the time is bounded by the product of the lengths.
  private func match(_ piece: Int, _ text: [UInt8], _ at: Int, _ captures: Captures, _ dead: inout Set<Int>) -> Captures? {
    var piece = piece
    var at = at
    var captures = captures
    while piece < pieces.count {
      switch pieces[piece] {
      case .byte(let byte):
        guard at < text.count, text[at] == byte else { return nil }
        at += 1
      case .one:
        guard at < text.count, text[at] != 0x2F else { return nil }
        at += 1
      case .digits(let name, let count):
        guard at + count <= text.count, text[at..<(at + count)].allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        captures[name] = text[at..<(at + count)].reduce(0) { $0 * 10 + Int($1 - 0x30) }
        at += count
      case .some, .any, .components:
        let crossesSlashes = pieces[piece] != .some
        for end in at...text.count {
          let key = (piece + 1) * (text.count + 1) + end
          let isPossible = pieces[piece] != .components || end == at || text[end - 1] == 0x2F
          if isPossible, !dead.contains(key) {
            if let found = match(piece + 1, text, end, captures, &dead) { return found }
            dead.insert(key)
          }
          if end < text.count, text[end] == 0x2F, !crossesSlashes { return nil }
        }
        return nil
      }
      piece += 1
    }
    return at == text.count ? captures : nil
  }
}
