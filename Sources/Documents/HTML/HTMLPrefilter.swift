import Glibc

/// Makes a page small before it is parsed: scripts, styles, comments and attributes that nobody reads are left out. Most of a saved page is these.
///
/// It also keeps hostile shapes from the parser: attributes by the ten thousand, elements nested deeper than any page's.
struct HTMLPrefilter {
  private(set) var output: [UInt8] = []
  /// Contents of `<script type="application/ld+json">`.
  private(set) var linkedData: [Range<Int>] = []

  /// Deeper elements are left out, their text is kept: libxml2 looks through all open elements at every unmatched end tag.
  private static let maximumDepth = 256

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    output.reserveCapacity(bytes.count / 2 + 64)
    var depth = 0
    var i = 0
    while i < bytes.count {
      let next = HTMLPrefilter.find(0x3C, bytes, i) ?? bytes.count
      append(bytes, i..<next)
      i = next
      guard i + 1 < bytes.count else { break }
      let b = bytes[i + 1]
      if b == 0x21 || b == 0x3F {
        i = HTMLPrefilter.endOfDeclaration(bytes, i)
      } else if b == 0x2F, i + 2 < bytes.count, ASCII.isLetter(bytes[i + 2]) {
        let end = HTMLPrefilter.find(0x3E, bytes, i).map { $0 + 1 } ?? bytes.count
        depth = max(0, depth - 1)
        append(bytes, i..<end)
        i = end
      } else if ASCII.isLetter(b) {
        i = element(bytes, i, &depth)
      } else {
        output += [0x26, 0x6C, 0x74, 0x3B]
        i += 1
      }
    }
  }

  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[range]))
  }

  private static func find(_ byte: UInt8, _ bytes: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int? {
    guard from < bytes.count, let base = bytes.baseAddress,
      let found = memchr(base + from, CInt(byte), bytes.count - from)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  private static func endOfDeclaration(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    guard ASCII.matches(bytes, at: start, "<!--") else {
      return find(0x3E, bytes, start).map { $0 + 1 } ?? bytes.count
    }
    var i = start + 4
    while let mark = find(0x3E, bytes, i) {
      if mark >= start + 6, bytes[mark - 1] == 0x2D, bytes[mark - 2] == 0x2D { return mark + 1 }
      i = mark + 1
    }
    return bytes.count
  }

  /// Copies a start tag with the attributes that are read, or skips the element with its contents.
  private mutating func element(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ depth: inout Int
  ) -> Int {
    var i = start + 1
    while i < bytes.count, ASCII.isAlphanumeric(bytes[i]) || bytes[i] == 0x2D || bytes[i] == 0x3A {
      i += 1
    }
    let name = (start + 1)..<i
    let skipped = HTMLPrefilter.skipped(bytes, name)
    let isShown = skipped == nil && depth < HTMLPrefilter.maximumDepth
    if skipped == nil, !HTMLPrefilter.isUncounted(bytes, name) { depth += 1 }
    if isShown { append(bytes, start..<i) }
    var isLinkedData = false
    var isClosed = false
    var kept = 0
    while i < bytes.count {
      while i < bytes.count, ASCII.isSpace(bytes[i]) { i += 1 }
      guard i < bytes.count else { break }
      if bytes[i] == 0x3E {
        i += 1
        break
      }
      if bytes[i] == 0x2F {
        isClosed = true
        i += 1
        continue
      }
      isClosed = false
      let (attribute, value, end) = HTMLPrefilter.attribute(bytes, i)
      if let skipped, skipped == .script, ASCII.find("ld+json", in: bytes, value) != nil {
        isLinkedData = true
      }
      if isShown, kept < 24, let kind = HTMLPrefilter.kind(bytes, attribute, value) {
        kept += 1
        write(bytes, kind, attribute, value)
      }
      i = max(end, i + 1)
    }
    if isShown { output += isClosed ? [0x2F, 0x3E] : [0x3E] }
    guard let skipped, !isClosed || skipped == .script || skipped == .style else { return i }
    let (content, end) = HTMLPrefilter.endOfElement(bytes, i, skipped.name)
    if isLinkedData { linkedData.append(i..<content) }
    // What was left out still separates words.
    output.append(0x20)
    return end
  }

  private enum Kept { case asIs, hidden }

  /// Name and value range of the attribute at `i`, and where it ends.
  private static func attribute(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> (
    Range<Int>, Range<Int>, Int
  ) {
    var i = start
    while i < bytes.count, !ASCII.isSpace(bytes[i]), bytes[i] != 0x3D, bytes[i] != 0x3E,
      bytes[i] != 0x2F || i == start
    { i += 1 }
    let name = start..<i
    var j = i
    while j < bytes.count, ASCII.isSpace(bytes[j]) { j += 1 }
    guard j < bytes.count, bytes[j] == 0x3D else { return (name, i..<i, i) }
    j += 1
    while j < bytes.count, ASCII.isSpace(bytes[j]) { j += 1 }
    guard j < bytes.count else { return (name, j..<j, j) }
    if bytes[j] == 0x22 || bytes[j] == 0x27 {
      let end = find(bytes[j], bytes, j + 1) ?? bytes.count
      return (name, (j + 1)..<max(j + 1, end), min(end + 1, bytes.count))
    }
    var end = j
    while end < bytes.count, !ASCII.isSpace(bytes[end]), bytes[end] != 0x3E { end += 1 }
    return (name, j..<end, end)
  }

  private static func kind(
    _ bytes: UnsafeBufferPointer<UInt8>, _ name: Range<Int>, _ value: Range<Int>
  ) -> Kept? {
    func isNamed(_ word: StaticString) -> Bool {
      name.count == word.utf8CodeUnitCount && ASCII.matches(bytes, at: name.lowerBound, word)
    }
    switch name.count {
    case 2: return isNamed("id") ? .asIs : nil
    case 3: return isNamed("rel") ? .asIs : nil
    case 4:
      return isNamed("name") || isNamed("role") || isNamed("href") || isNamed("lang") ? .asIs : nil
    case 5:
      if isNamed("class") || isNamed("title") { return .asIs }
      guard isNamed("style") else { return nil }
      let isHidden =
        ASCII.find("display:none", in: bytes, value) != nil
        || ASCII.find("display: none", in: bytes, value) != nil
        || ASCII.find("visibility:hidden", in: bytes, value) != nil
      return isHidden ? .hidden : nil
    case 6: return isNamed("hidden") ? .hidden : nil
    case 7: return isNamed("content") || isNamed("colspan") || isNamed("rowspan") ? .asIs : nil
    case 8: return isNamed("property") || isNamed("itemprop") || isNamed("datetime") ? .asIs : nil
    case 10: return isNamed("http-equiv") ? .asIs : nil
    case 11:
      return isNamed("aria-hidden") && ASCII.find("true", in: bytes, value) != nil ? .hidden : nil
    default: return nil
    }
  }

  private mutating func write(
    _ bytes: UnsafeBufferPointer<UInt8>, _ kind: Kept, _ name: Range<Int>, _ value: Range<Int>
  ) {
    output.append(0x20)
    guard kind == .asIs else {
      output += "hidden=\"1\"".utf8
      return
    }
    append(bytes, name)
    let mark: UInt8 = bytes[value].contains(0x22) ? 0x27 : 0x22
    output += [0x3D, mark]
    append(bytes, value.lowerBound..<min(value.upperBound, value.lowerBound + 4096))
    output.append(mark)
  }

  /// Elements whose contents are no text.
  private enum Skipped: CaseIterable {
    case script, style, svg, select, noscript, textarea, template, iframe

    var name: StaticString {
      switch self {
      case .script: return "script"
      case .style: return "style"
      case .svg: return "svg"
      case .select: return "select"
      case .noscript: return "noscript"
      case .textarea: return "textarea"
      case .template: return "template"
      case .iframe: return "iframe"
      }
    }
  }

  private static func skipped(_ bytes: UnsafeBufferPointer<UInt8>, _ name: Range<Int>) -> Skipped? {
    let first = bytes[name.lowerBound] | 0x20
    guard first == 0x73 || first == 0x6E || first == 0x74 || first == 0x69 else { return nil }
    return Skipped.allCases.first {
      name.count == $0.name.utf8CodeUnitCount && ASCII.matches(bytes, at: name.lowerBound, $0.name)
    }
  }

  /// Elements that have no end tag, or often none.
  private static func isUncounted(_ bytes: UnsafeBufferPointer<UInt8>, _ name: Range<Int>) -> Bool {
    for word in [
      "br", "hr", "img", "meta", "link", "input", "p", "li", "td", "tr", "th", "dt", "dd", "option",
      "source", "wbr", "area", "base", "col", "embed", "param", "track",
    ] as [StaticString]
    where name.count == word.utf8CodeUnitCount && ASCII.matches(bytes, at: name.lowerBound, word) {
      return true
    }
    return false
  }

  /// Where the contents of a skipped element end, and where what follows begins.
  private static func endOfElement(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ name: StaticString
  ) -> (Int, Int) {
    var i = start
    while let mark = find(0x3C, bytes, i) {
      if mark + 1 < bytes.count, bytes[mark + 1] == 0x2F, ASCII.matches(bytes, at: mark + 2, name) {
        return (mark, find(0x3E, bytes, mark).map { $0 + 1 } ?? bytes.count)
      }
      i = mark + 1
    }
    return (bytes.count, bytes.count)
  }
}
