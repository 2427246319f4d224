/// The priorities of syslog(3) and the journal.
public enum JournalPriority: Int, Sendable, Comparable {
  case emergency, alert, critical, error, warning, notice, info, debug

  /// The more urgent is the smaller.
  public static func < (a: JournalPriority, b: JournalPriority) -> Bool { a.rawValue < b.rawValue }
}

/// One entry of the journal: a line for people, and fields for machines.
public struct JournalEntry: Sendable {
  public var priority: JournalPriority
  public var message: String
  public var id: MessageID?
  /// By name (capital letters, digits, underscores), with or without the program's prefix. Values are bytes: a file name goes in as it is.
  public var fields: [(name: String, value: [UInt8])]
  /// Entries with the same message id and key count as alike when there are too many of them.
  public var key: String

  public init(
    _ priority: JournalPriority, _ message: String, id: MessageID? = nil, fields: [(name: String, value: [UInt8])] = [], key: String = ""
  ) {
    self.priority = priority
    self.message = message
    self.id = id
    self.fields = fields
    self.key = key
  }

  public init(_ priority: JournalPriority, _ message: String, id: MessageID? = nil, fields: [String: String], key: String = "") {
    self.init(priority, message, id: id, fields: fields.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) }, key: key)
  }

  /// The entry as `NAME=value` pairs, each of them binary-safe. Names the journal would refuse are left out.
  func encoded(identifier: String, prefix: String) -> [[UInt8]] {
    var pairs = [
      Array("MESSAGE=\(message)".utf8), Array("PRIORITY=\(priority.rawValue)".utf8), Array("SYSLOG_IDENTIFIER=\(identifier)".utf8),
    ]
    if let id { pairs.append(Array("MESSAGE_ID=\(id.rawValue)".utf8)) }
    for (name, value) in fields {
      let full = name.hasPrefix(prefix) ? name : prefix + name
      guard Self.isValidName(full) else { continue }
      pairs.append(Array("\(full)=".utf8) + value)
    }
    return pairs
  }

  static func isValidName(_ name: String) -> Bool {
    let bytes = name.utf8
    guard let first = bytes.first, bytes.count <= 64, first != UInt8(ascii: "_"), !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= first) else {
      return false
    }
    return bytes.allSatisfy {
      switch $0 {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
      default: false
      }
    }
  }

  /// The entry for standard error. Line breaks in the message stay inside the entry, everything else that could command a terminal
  /// becomes visible.
  func line(prefixed: Bool) -> String {
    var text = prefixed ? "<\(priority.rawValue)>" : ""
    for scalar in message.unicodeScalars {
      if scalar.isUnsafeToShow {
        text += scalar == "\n" ? " / " : "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text + "\n"
  }
}
