import Yams

/// A mapping whose keys have been checked against those that are known.
public struct YAMLSection {
  private var fields: [String: YAMLField] = [:]
  /// The keys as written, known ones only.
  public private(set) var keys: [String] = []
  public let name: String
  public let line: Int
  public let column: Int
  let source: YAMLSource

  init(_ mapping: Node.Mapping, field: YAMLField, known: [String]?) {
    name = field.name
    source = field.source
    line = field.line
    column = field.column
    for (key, value) in mapping {
      let place = YAMLField(node: key, name: name, source: source)
      guard let text = key.scalar?.string else {
        place.fail("a key of \(name.isEmpty ? "the file" : "'\(name)'") must be a word")
        continue
      }
      if let known, !known.contains(text) {
        place.fail(
          "unknown key '\(Printable.escaped(text))'\(name.isEmpty ? "" : " in '\(name)'")\(Suggestion.text(for: text, among: known))")
        continue
      }
      keys.append(text)
      fields[text] = YAMLField(node: value, name: name.isEmpty ? text : "\(name).\(text)", source: source, key: key)
    }
  }

  /// The value of a key; nil where the key is left out or has no value (`key:` and nothing after it).
  public subscript(_ key: String) -> YAMLField? {
    guard let field = fields[key], !field.isNull else { return nil }
    return field
  }

  /// Reports a problem at the section's beginning.
  public func fail(_ message: String) { source.report(message, line: line, column: column) }
}

/// One value of a YAML file and the name people know it by ("digest.at").
///
/// Each reader returns nil after it has reported what is wrong.
public struct YAMLField {
  let node: Node
  public let name: String
  let source: YAMLSource
  /// Where the value has no place of its own, its key has.
  var key: Node?

  public var line: Int { node.mark?.line ?? key?.mark?.line ?? 1 }
  public var column: Int { node.mark?.column ?? key?.mark?.column ?? 1 }

  /// Line of the key, or of the value where there is none (an entry of a list).
  public var keyLine: Int { key?.mark?.line ?? line }

  /// One text or number, not a list or a mapping.
  public var isText: Bool { node.scalar != nil }
  public var isList: Bool { node.sequence != nil }
  public var isMapping: Bool { node.mapping != nil }

  public var isNull: Bool {
    guard let scalar = node.scalar, scalar.style == .plain || scalar.style == .any else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  public func fail(_ message: String) { source.report(message, line: line, column: column) }
  public func notice(_ message: String) { source.notice(message, line: line, column: column) }

  /// "'settle' must be a length of time such as 200ms or 2s, not '5'".
  public func mismatch(_ wanted: String) {
    fail("'\(name)' must be \(wanted), not \(found)")
  }

  private var found: String {
    if isNull { return "empty" }
    switch node {
    case .scalar(let scalar): return "'\(Printable.escaped(scalar.string, limit: 60))'"
    case .sequence: return "a list"
    case .mapping: return "a mapping"
    case .alias: return "an alias"
    }
  }

  /// The scalar as written: no YAML 1.1 guess turns `on`, `no` or `07:00` into something else.
  public func text(_ wanted: String = "text") -> String? {
    guard let scalar = node.scalar, !isNull, !scalar.string.isEmpty else {
      mismatch(wanted)
      return nil
    }
    return scalar.string
  }

  public func items(_ wanted: String = "a list") -> [YAMLField]? {
    guard let sequence = node.sequence else {
      mismatch(wanted)
      return nil
    }
    return sequence.map { YAMLField(node: $0, name: name, source: source, key: key) }
  }

  /// A list of texts; one text alone is a list of one.
  public func texts(_ wanted: String = "a list") -> [String]? {
    if isText { return text(wanted).map { [$0] } }
    guard let items = items(wanted) else { return nil }
    return items.compactMap { $0.text("a list of texts") }
  }

  /// - Parameter keys: the keys allowed; nil: any.
  public func section(keys: [String]?) -> YAMLSection? {
    guard let mapping = node.mapping else {
      if name.isEmpty { fail("must be a mapping of keys to values, not \(found)") } else { mismatch("a mapping of keys to values") }
      return nil
    }
    return YAMLSection(mapping, field: self, known: keys)
  }

  public func choice(_ values: [String]) -> String? {
    let wanted = values.dropLast().joined(separator: ", ") + " or " + (values.last ?? "")
    guard let text = text(wanted) else { return nil }
    guard values.contains(text) else {
      mismatch(wanted)
      return nil
    }
    return text
  }

  public func choice<Value: RawRepresentable & CaseIterable>(_ type: Value.Type) -> Value? where Value.RawValue == String {
    choice(Value.allCases.map(\.rawValue)).flatMap(Value.init(rawValue:))
  }

  public func flag() -> Bool? {
    guard let text = text("on or off") else { return nil }
    switch text.lowercased() {
    case "on", "yes", "true": return true
    case "off", "no", "false": return false
    default:
      mismatch("on or off")
      return nil
    }
  }

  public func integer(in range: ClosedRange<Int>) -> Int? {
    let wanted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard let text = text(wanted) else { return nil }
    guard let value = Int(text), range.contains(value) else {
      mismatch(wanted)
      return nil
    }
    return value
  }

  public func duration(in range: ClosedRange<Duration>) -> Duration? {
    let wanted = "a length of time such as 200ms, 2s, 5m, 3h or 90d"
    guard let text = text(wanted) else { return nil }
    guard let value = Duration(unitText: text) else {
      mismatch(wanted)
      return nil
    }
    guard range.contains(value) else {
      mismatch("from \(range.lowerBound.unitText) to \(range.upperBound.unitText)")
      return nil
    }
    return value
  }

  public func byteCount(in range: ClosedRange<Int>) -> Int? {
    let wanted = "a size such as 64KiB, 16MiB or 1GiB"
    guard let text = text(wanted) else { return nil }
    guard let value = ByteCount.parse(text) else {
      mismatch(wanted)
      return nil
    }
    guard range.contains(value) else {
      mismatch("from \(ByteCount.text(range.lowerBound)) to \(ByteCount.text(range.upperBound))")
      return nil
    }
    return value
  }
}
