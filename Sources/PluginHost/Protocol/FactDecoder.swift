import Analysis
import Configuration
import Documents
import Language

/// A plugin's answer, checked against the document it was asked about. Nothing in it is believed: what does not fit is refused, with a
/// reason.
package struct FactDecoder {
  let plugin: String
  let document: AnnotatedDocument
  private let references: [String: EntityRef]

  static let maximumFacts = 1_000
  private static let maximumText = 400

  package init(plugin: String, document: AnnotatedDocument) {
    self.plugin = plugin
    self.document = document
    var references: [String: EntityRef] = [:]
    for case .entity(let entity) in document.annotation.mentions.map(\.value) {
      let reference = EntityRef(id: entity.id, name: entity.name, organization: entity.organization)
      references[entity.id] = reference
      references[entity.name.lowercased()] = reference
    }
    self.references = references
  }

  package struct Answer {
    package var facts: [Fact] = []
    var diagnostics: [Diagnostic] = []
    /// Why facts were refused, one a fact.
    var refusals: [String] = []
  }

  /// - Throws: where the answer as a whole has the wrong shape, which breaks the protocol.
  package func decode(_ result: JSONValue) throws(ChildFailure) -> Answer {
    guard case .object(let members) = result else { throw ChildFailure("the result is no object") }
    var answer = Answer()
    let facts = try list(members["facts"], "facts")
    for (index, entry) in facts.enumerated() {
      if index == FactDecoder.maximumFacts {
        answer.refusals.append("\(facts.count - index) facts above the limit of \(index) a document")
        break
      }
      switch fact(entry) {
      case .success(let fact): answer.facts.append(fact)
      case .failure(let refusal): answer.refusals.append("fact \(index + 1): \(refusal.reason)")
      }
    }
    number(&answer.facts)
    for entry in try list(members["diagnostics"], "diagnostics").prefix(20) {
      guard let message = entry["message"]?.stringValue ?? entry.stringValue else { continue }
      let severity = entry["severity"]?.stringValue.flatMap(Severity.init(rawValue:)) ?? .info
      answer.diagnostics.append(Diagnostic(severity: severity, plugin: plugin, message: Printable.escaped(message, limit: 400)))
    }
    return answer
  }

  private func list(_ value: JSONValue?, _ name: String) throws(ChildFailure) -> [JSONValue] {
    switch value {
    case nil, .null?: return []
    case .array(let values)?: return values
    default: throw ChildFailure("'\(name)' is no list")
    }
  }

  // MARK: One fact

  private func fact(_ value: JSONValue) -> Result<Fact, Refusal> {
    guard case .object(let members) = value else { return refuse("is no object") }
    guard let kind = members["kind"]?.stringValue, FactDecoder.isIdentifier(kind) else {
      return refuse("'kind' must be small letters, digits and '_', a letter first")
    }
    let rule = members["rule"]?.stringValue ?? kind
    guard FactDecoder.isIdentifier(rule) else { return refuse("'rule' must be small letters, digits, '_' and '-', a letter first") }
    switch evidence(members) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let evidence):
      var fact = Fact(kind: kind, subject: [], plugin: plugin, rule: "\(plugin).\(rule)", evidence: [evidence])
      if let problem = fill(&fact, members) { return refuse(problem) }
      return .success(fact)
    }
  }

  private func refuse<Value>(_ reason: String) -> Result<Value, Refusal> { .failure(Refusal(reason)) }

  /// The span, verified against the text that was sent.
  private func evidence(_ members: [String: JSONValue]) -> Result<Evidence, Refusal> {
    guard let start = members["start"]?.integerValue, let end = members["end"]?.integerValue else {
      return refuse("'start' and 'end' must be whole numbers")
    }
    let text = document.document.text
    guard start >= 0, start < end, end <= text.count else {
      return refuse("the span \(start)..<\(end) is empty or outside the text of \(text.count) bytes")
    }
    guard isBoundary(start), isBoundary(end) else { return refuse("the span \(start)..<\(end) cuts a character") }
    let span = ByteSpan(start, end)
    if let quoted = members["text"], quoted != .null, quoted.stringValue != document.document.visibleText(span) {
      return refuse("'text' is not what stands at \(start)..<\(end)")
    }
    guard let evidence = Evidence(document.document, visible: span) else {
      return refuse("the span \(start)..<\(end) is longer than \(Evidence.maximumBytes) bytes in the note, or maps to nothing in it")
    }
    return .success(evidence)
  }

  private func isBoundary(_ offset: Int) -> Bool {
    let text = document.document.text
    return offset == text.count || text[offset] & 0xC0 != 0x80
  }

  /// What is wrong, or nil.
  private func fill(_ fact: inout Fact, _ members: [String: JSONValue]) -> String? {
    guard let subject = entities(members["subject"]), !subject.isEmpty else { return "'subject' must name at least one entity" }
    guard let object = entities(members["object"] ?? .array([])) else { return "'object' must be a list of entities" }
    fact.subject = subject
    fact.object = object
    if let value = members["value"], value != .null {
      guard let text = plain(value) else { return "'value' must be a text of at most \(FactDecoder.maximumText) bytes" }
      fact.value = text
    }
    if let value = members["number"], value != .null {
      guard let number = value.numberValue else { return "'number' must be a number" }
      fact.number = number
    }
    if let value = members["when"], value != .null {
      guard let range = value.stringValue.flatMap({ DateRange($0) }) else {
        return "'when' must be YYYY, YYYY-MM, YYYY-MM-DD, YYYY-Qn, YYYY-Hn or start/end"
      }
      fact.when = range.description
    }
    if let value = members["status"], value != .null {
      guard let status = value.stringValue.flatMap(AssertionStatus.init(rawValue:)) else { return "'status' is unknown" }
      fact.status = status
    }
    if let value = members["polarity"], value != .null {
      guard let polarity = value.stringValue.flatMap(Polarity.init(rawValue:)) else { return "'polarity' is unknown" }
      fact.polarity = polarity
    }
    if let value = members["source"], value != .null {
      let values = value.arrayValue ?? [value]
      let texts = values.compactMap(plain)
      guard !texts.isEmpty, texts.count == values.count else { return "'source' must be a text or a list of texts" }
      fact.source = texts
    }
    if let value = members["anonymous"], value != .null {
      guard let flag = value.boolValue else { return "'anonymous' must be true or false" }
      fact.isAnonymous = flag
    }
    if let value = members["labels"], value != .null {
      guard let labels = value.objectValue, labels.count <= 16 else { return "'labels' must be an object of at most 16 texts" }
      for (name, label) in labels {
        guard FactDecoder.isIdentifier(name), let text = plain(label) else { return "'labels' must be an object of at most 16 texts" }
        fact.labels[name] = text
      }
    }
    return nil
  }

  /// Names or ids, alone or in a list, or objects `{id, name, organization}`. One that the document mentions is that entity; any other is a
  /// candidate under the slug of its name.
  private func entities(_ value: JSONValue?) -> [EntityRef]? {
    guard let value, value != .null else { return [] }
    let values = value.arrayValue ?? [value]
    let references = values.compactMap(entity)
    return references.count == values.count && references.count <= 16 ? references : nil
  }

  private func entity(_ value: JSONValue) -> EntityRef? {
    if let text = plain(value) {
      if let known = references[text] ?? references[text.lowercased()] { return known }
      let slug = FactDecoder.slug(text)
      return slug.isEmpty ? nil : EntityRef(id: slug, name: text)
    }
    guard let id = value["id"].flatMap(plain) else { return nil }
    return EntityRef(
      id: id, name: value["name"].flatMap(plain) ?? references[id]?.name ?? id, organization: value["organization"].flatMap(plain))
  }

  /// A text without control characters, not empty and not long.
  private func plain(_ value: JSONValue) -> String? {
    guard let text = value.stringValue, !text.isEmpty, text.utf8.count <= FactDecoder.maximumText else { return nil }
    return text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } ? text : nil
  }

  /// Ids that are the same in every run; what is said twice is one fact.
  private func number(_ facts: inout [Fact]) {
    var seen: Set<String> = []
    facts = facts.compactMap { fact in
      var fact = fact
      let places = fact.evidence.map { "\($0.span.start)-\($0.span.end)" }.joined(separator: ",")
      let roles = (fact.subject + fact.object).map(\.id).joined(separator: "\u{1F}")
      fact.id = StableHash.hex(
        of: [document.document.revision, plugin, fact.rule, fact.kind, places, roles, fact.value ?? ""].joined(separator: "\u{1E}"))
      return seen.insert(fact.id).inserted ? fact : nil
    }
  }

  static func isIdentifier(_ text: String) -> Bool {
    guard let first = text.utf8.first, (97...122).contains(first), text.utf8.count <= 64 else { return false }
    return text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
  }

  static func slug(_ text: String) -> String {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
  }
}
