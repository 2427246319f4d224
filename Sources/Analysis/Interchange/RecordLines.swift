import Documents

/// The lines of `check --json`, `facts --json`, `alerts list --json` and `contradictions --json`.
public enum RecordLines {
  /// `bellwether.fact/v1`
  public static func write(_ record: FactRecord, to json: inout JSONWriter) {
    let fact = record.fact
    json.beginObject()
    json.member("schema", "bellwether.fact/v1")
    json.member("id", fact.id)
    json.member("path", record.path)
    json.key("converted")
    json.bool(record.isConverted)
    json.member("kind", fact.kind)
    json.member("subject", fact.subject.map(\.name))
    json.member("object", fact.object.map(\.name))
    json.member("value", fact.value)
    json.member("when", fact.when)
    json.member("status", fact.status.rawValue)
    json.member("source", fact.source.joined(separator: "; "))
    json.key("anonymous")
    json.bool(fact.isAnonymous)
    json.member("polarity", fact.polarity.rawValue)
    json.member("published", record.published)
    json.member("publisher", record.publisher)
    json.member("plugin", fact.plugin)
    json.member("rule", fact.rule)
    if !fact.labels.isEmpty { json.member("labels", fact.labels) }
    json.key("evidence")
    json.beginArray()
    for evidence in fact.evidence { write(evidence, path: nil, to: &json) }
    json.endArray()
    json.endObject()
    json.newline()
  }

  /// `bellwether.alert/v1`
  /// - Parameter more: further members, after the fixed ones.
  public static func write(_ alert: Alert, to json: inout JSONWriter, more: (inout JSONWriter) -> Void = { _ in }) {
    json.beginObject()
    json.member("schema", "bellwether.alert/v1")
    json.member("id", alert.id)
    json.member("fingerprint", alert.fingerprint)
    json.key("converted")
    json.bool(alert.evidence.contains { $0.isConverted })
    json.member("category", alert.category)
    json.member("subject", alert.subject.name)
    json.member("severity", alert.severity.rawValue)
    json.member("title", alert.title)
    json.member("plugin", alert.plugin)
    json.member("rule", alert.rule)
    json.member("labels", alert.labels)
    json.member("facts", alert.facts)
    json.key("evidence")
    json.beginArray()
    for place in alert.evidence { write(place.evidence, path: place.path, converted: place.isConverted, to: &json) }
    json.endArray()
    if let corroboration = alert.corroboration {
      json.member("documents", corroboration.documents)
      json.member("independent_sources", corroboration.sources)
      json.member("anonymous_only", corroboration.isAnonymousOnly)
    }
    more(&json)
    json.endObject()
    json.newline()
  }

  /// `bellwether.contradiction/v1`
  /// - Parameter more: further members, after the fixed ones.
  public static func write(_ contradiction: Contradiction, to json: inout JSONWriter, more: (inout JSONWriter) -> Void = { _ in }) {
    json.beginObject()
    json.member("schema", "bellwether.contradiction/v1")
    json.member("id", contradiction.id)
    json.member("verdict", contradiction.verdict.rawValue)
    json.member("topic", contradiction.topic)
    json.member("subject", contradiction.subject.name)
    json.key("sides")
    json.beginArray()
    for side in contradiction.sides {
      write(side.place.evidence, path: side.place.path, converted: side.place.isConverted, to: &json) { json in
        json.member("published", side.published)
        json.member("source", side.source.joined(separator: "; "))
        json.member("fact", side.fact)
      }
    }
    json.endArray()
    more(&json)
    json.endObject()
    json.newline()
  }

  static func write(
    _ evidence: Evidence, path: String?, converted: Bool? = nil, to json: inout JSONWriter, more: (inout JSONWriter) -> Void = { _ in }
  ) {
    json.beginObject()
    if let path { json.member("path", path) }
    if let converted {
      json.key("converted")
      json.bool(converted)
    }
    json.key("start")
    json.int(evidence.span.start)
    json.key("end")
    json.int(evidence.span.end)
    json.key("line")
    json.int(evidence.line)
    json.member("text", evidence.text)
    more(&json)
    json.endObject()
  }
}

extension JSONWriter {
  /// A member that is an object of strings, in order of their names.
  public mutating func member(_ name: String, _ values: [String: String]) {
    key(name)
    beginObject()
    for (label, value) in values.sorted(by: { $0.key < $1.key }) { member(label, value) }
    endObject()
  }
}
