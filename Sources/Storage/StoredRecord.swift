import Analysis
import Documents

/// A value that is read often enough from blobs to have a reader of its own. What it reads is what `Codable` writes.
protocol StoredRecord: Decodable {
  init(_ cursor: inout RecordCursor) throws
}

extension RecordCursor {
  fileprivate mutating func record<T: StoredRecord>(_ type: T.Type = T.self) throws -> T { try T(&self) }
  fileprivate mutating func records<T: StoredRecord>(_ type: T.Type = T.self) throws -> [T] { try array { try T(&$0) } }
}

/// What a record cannot be without.
private func required<T>(_ value: T?) throws -> T {
  guard let value else { throw RecordCursor.Unexpected() }
  return value
}

extension ByteSpan: StoredRecord {
  init(_ cursor: inout RecordCursor) throws {
    var start: Int?, end: Int?
    try cursor.object { cursor, key in
      switch key {
      case "start": start = try cursor.integer()
      case "end": end = try cursor.integer()
      default: try cursor.skip()
      }
    }
    self.init(try required(start), try required(end))
  }
}

extension Evidence: StoredRecord {
  init(_ cursor: inout RecordCursor) throws {
    var span: ByteSpan?, line: Int?, text: String?
    try cursor.object { cursor, key in
      switch key {
      case "span": span = try cursor.record()
      case "line": line = try cursor.integer()
      case "text": text = try cursor.string()
      default: try cursor.skip()
      }
    }
    self.init(span: try required(span), line: try required(line), text: try required(text))
  }
}

extension NoteEvidence: StoredRecord {
  init(_ cursor: inout RecordCursor) throws {
    var path: String?, evidence: Evidence?, isConverted: Bool?
    try cursor.object { cursor, key in
      switch key {
      case "path": path = try cursor.string()
      case "evidence": evidence = try cursor.record()
      case "isConverted": isConverted = try cursor.bool()
      default: try cursor.skip()
      }
    }
    self.init(path: try required(path), evidence: try required(evidence), isConverted: try required(isConverted))
  }
}

extension EntityRef: StoredRecord {
  init(_ cursor: inout RecordCursor) throws {
    var id: String?, name: String?, organization: String?
    try cursor.object { cursor, key in
      switch key {
      case "id": id = try cursor.string()
      case "name": name = try cursor.string()
      case "organization": organization = try cursor.optional { try $0.string() }
      default: try cursor.skip()
      }
    }
    self.init(id: try required(id), name: try required(name), organization: organization)
  }
}

extension Fact: StoredRecord {
  init(_ cursor: inout RecordCursor) throws {
    var fact = Fact(kind: "", subject: [], plugin: "", rule: "", evidence: [])
    var seen = 0
    try cursor.object { cursor, key in
      seen += 1
      switch key {
      case "id": fact.id = try cursor.string()
      case "kind": fact.kind = try cursor.string()
      case "subject": fact.subject = try cursor.records()
      case "object": fact.object = try cursor.records()
      case "status": fact.status = try cursor.value(AssertionStatus.self)
      case "source": fact.source = try cursor.strings()
      case "isAnonymous": fact.isAnonymous = try cursor.bool()
      case "polarity": fact.polarity = try cursor.value(Polarity.self)
      case "plugin": fact.plugin = try cursor.string()
      case "rule": fact.rule = try cursor.string()
      case "evidence": fact.evidence = try cursor.records()
      case "labels": fact.labels = try cursor.dictionary()
      default:
        seen -= 1
        switch key {
        case "value": fact.value = try cursor.optional { try $0.string() }
        case "number": fact.number = try cursor.optional { try $0.double() }
        case "when": fact.when = try cursor.optional { try $0.string() }
        default: try cursor.skip()
        }
      }
    }
    // Each of the keys above that a fact is never without.
    guard seen == 12 else { throw RecordCursor.Unexpected() }
    self = fact
  }
}

extension FactRecord: StoredRecord {
  init(_ cursor: inout RecordCursor) throws {
    var fact: Fact?, path: String?, revision: String?, isConverted: Bool?, received: String?
    var published: String?, publisher: String?, title: String?, address: String?, family: String?, reliability: Reliability?
    try cursor.object { cursor, key in
      switch key {
      case "fact": fact = try cursor.record()
      case "path": path = try cursor.string()
      case "revision": revision = try cursor.string()
      case "isConverted": isConverted = try cursor.bool()
      case "received": received = try cursor.string()
      case "published": published = try cursor.optional { try $0.string() }
      case "publisher": publisher = try cursor.optional { try $0.string() }
      case "title": title = try cursor.optional { try $0.string() }
      case "address": address = try cursor.optional { try $0.string() }
      case "family": family = try cursor.optional { try $0.string() }
      case "reliability": reliability = try cursor.optional { try $0.value(Reliability.self) }
      default: try cursor.skip()
      }
    }
    self.init(
      fact: try required(fact), path: try required(path), revision: try required(revision), published: published, publisher: publisher,
      title: title, isConverted: try required(isConverted), received: try required(received), address: address)
    self.family = family
    self.reliability = reliability
  }
}

extension Corroboration: StoredRecord {
  init(_ cursor: inout RecordCursor) throws {
    var documents: Int?, sources: Int?, isAnonymousOnly: Bool?
    try cursor.object { cursor, key in
      switch key {
      case "documents": documents = try cursor.integer()
      case "sources": sources = try cursor.integer()
      case "isAnonymousOnly": isAnonymousOnly = try cursor.bool()
      default: try cursor.skip()
      }
    }
    self.init(documents: try required(documents), sources: try required(sources), isAnonymousOnly: try required(isAnonymousOnly))
  }
}

extension Alert: StoredRecord {
  init(_ cursor: inout RecordCursor) throws {
    var fingerprint: String?, category: String?, subject: EntityRef?, severity: Severity?, title: String?, plugin: String?, rule: String?
    var labels: [String: String]?, facts: [String]?, evidence: [NoteEvidence]?, corroboration: Corroboration?
    try cursor.object { cursor, key in
      switch key {
      case "fingerprint": fingerprint = try cursor.string()
      case "category": category = try cursor.string()
      case "subject": subject = try cursor.record()
      case "severity": severity = try cursor.value(Severity.self)
      case "title": title = try cursor.string()
      case "plugin": plugin = try cursor.string()
      case "rule": rule = try cursor.string()
      case "labels": labels = try cursor.dictionary()
      case "facts": facts = try cursor.strings()
      case "evidence": evidence = try cursor.records()
      case "corroboration": corroboration = try cursor.optional { try $0.record() }
      default: try cursor.skip()
      }
    }
    self.init(
      category: try required(category), subject: try required(subject), severity: try required(severity), title: try required(title),
      plugin: try required(plugin), rule: try required(rule), labels: try required(labels), facts: try required(facts),
      evidence: try required(evidence), corroboration: corroboration)
    self.fingerprint = try required(fingerprint)
  }
}

extension Contradiction.Side: StoredRecord {
  init(_ cursor: inout RecordCursor) throws {
    var fact: String?, place: NoteEvidence?, published: String?, source: [String]?
    try cursor.object { cursor, key in
      switch key {
      case "fact": fact = try cursor.string()
      case "place": place = try cursor.record()
      case "published": published = try cursor.optional { try $0.string() }
      case "source": source = try cursor.strings()
      default: try cursor.skip()
      }
    }
    self.init(fact: try required(fact), place: try required(place), published: published, source: try required(source))
  }
}

extension Contradiction: StoredRecord {
  init(_ cursor: inout RecordCursor) throws {
    var id: String?, verdict: Verdict?, topic: String?, subject: EntityRef?, sides: [Side]?
    try cursor.object { cursor, key in
      switch key {
      case "id": id = try cursor.string()
      case "verdict": verdict = try cursor.value(Verdict.self)
      case "topic": topic = try cursor.string()
      case "subject": subject = try cursor.record()
      case "sides": sides = try cursor.records()
      default: try cursor.skip()
      }
    }
    self.init(verdict: try required(verdict), topic: try required(topic), subject: try required(subject), sides: try required(sides))
    self.id = try required(id)
  }
}
