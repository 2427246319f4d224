/// JSON as pages embed it (JSON-LD): enough of a reader to find an article's headline, date, authors and text. Broken JSON ends where it breaks.
indirect enum LinkedData {
  case object([String: LinkedData])
  case array([LinkedData])
  case string(String)
  case other

  init(_ bytes: ArraySlice<UInt8>) {
    let copy = Array(bytes)
    self = copy.withUnsafeBufferPointer { buffer in
      var reader = Reader(bytes: buffer)
      return reader.value(depth: 0)
    }
  }

  subscript(key: String) -> LinkedData? {
    if case .object(let members) = self { return members[key] }
    return nil
  }

  var string: String? {
    switch self {
    case .string(let text): return text
    case .array(let items): return items.first?.string
    default: return nil
    }
  }

  /// Names of people or organisations, however they are nested.
  var names: [String] {
    switch self {
    case .string(let text): return [text]
    case .array(let items): return items.flatMap(\.names)
    case .object(let members): return members["name"]?.names ?? []
    case .other: return []
    }
  }

  /// All objects, outer ones first, that are an article of some kind.
  var articles: [LinkedData] {
    switch self {
    case .array(let items): return items.flatMap(\.articles)
    case .object(let members):
      let own = (members["@type"]?.names ?? []).contains(where: LinkedData.isArticle) ? [self] : []
      let nested = ["@graph", "mainEntity", "mainEntityOfPage", "hasPart"].compactMap {
        members[$0]
      }.flatMap(\.articles)
      return own + nested
    default: return []
    }
  }

  /// A video or picture, which a page may show long after it was made.
  var isMedia: Bool { (self["@type"]?.names ?? []).contains { $0.hasSuffix("Object") } }

  private static func isArticle(_ type: String) -> Bool {
    type.hasSuffix("Article") || type.hasSuffix("Posting") || type.hasSuffix("Report")
      || type == "Review" || type == "WebPage"
      || type == "Recipe" || type == "HowTo" || type == "CreativeWork" || type == "VideoObject"
  }

  private struct Reader {
    let bytes: UnsafeBufferPointer<UInt8>
    var i = 0
    private static let maximumDepth = 64

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func skipSpace() { while i < bytes.count, ASCII.isSpace(bytes[i]) { i += 1 } }

    mutating func value(depth: Int) -> LinkedData {
      skipSpace()
      guard i < bytes.count, depth < Reader.maximumDepth else {
        i = bytes.count
        return .other
      }
      switch bytes[i] {
      case 0x7B: return object(depth)
      case 0x5B: return array(depth)
      case 0x22: return .string(string())
      default:
        let start = i
        while i < bytes.count, ![0x2C, 0x7D, 0x5D].contains(bytes[i]), !ASCII.isSpace(bytes[i]) {
          i += 1
        }
        if i == start { i += 1 }
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<i]), as: UTF8.self)
        return text.utf8.first.map(ASCII.isDigit) == true ? .string(text) : .other
      }
    }

    private mutating func object(_ depth: Int) -> LinkedData {
      var members: [String: LinkedData] = [:]
      i += 1
      while i < bytes.count {
        skipSpace()
        guard i < bytes.count else { break }
        if bytes[i] == 0x7D {
          i += 1
          break
        }
        guard bytes[i] == 0x22 else {
          i += 1
          continue
        }
        let key = string()
        skipSpace()
        guard i < bytes.count, bytes[i] == 0x3A else { continue }
        i += 1
        let member = value(depth: depth + 1)
        if members[key] == nil { members[key] = member }
      }
      return .object(members)
    }

    private mutating func array(_ depth: Int) -> LinkedData {
      var items: [LinkedData] = []
      i += 1
      while i < bytes.count {
        skipSpace()
        guard i < bytes.count else { break }
        if bytes[i] == 0x5D {
          i += 1
          break
        }
        if bytes[i] == 0x2C {
          i += 1
          continue
        }
        items.append(value(depth: depth + 1))
      }
      return .array(items)
    }

    private mutating func string() -> String {
      i += 1
      var out: [UInt8] = []
      var units: [UInt16] = []
      while i < bytes.count, bytes[i] != 0x22 {
        guard bytes[i] == 0x5C, i + 1 < bytes.count else {
          out.append(bytes[i])
          i += 1
          continue
        }
        i += 2
        switch bytes[i - 1] {
        case 0x6E: out.append(0x0A)
        case 0x72, 0x74: out.append(0x20)
        case 0x62, 0x66: break
        case 0x75:
          units = []
          i -= 2
          while i + 6 <= bytes.count, bytes[i] == 0x5C, bytes[i + 1] == 0x75,
            let unit = UInt16(
              String(
                decoding: UnsafeBufferPointer(rebasing: bytes[(i + 2)..<(i + 6)]), as: UTF8.self),
              radix: 16)
          {
            units.append(unit)
            i += 6
          }
          if units.isEmpty { i += 2 }
          out += String(decoding: units, as: UTF16.self).utf8
        default: out.append(bytes[i - 1])
        }
      }
      i += 1
      return String(decoding: out, as: UTF8.self)
    }
  }
}
