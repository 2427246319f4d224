import Analysis
import Documents

extension AlertPage {
  /// One line of `alerts.jsonl`: the record `bellwether.alert/v1` with the alert's state and when it came into it.
  public func jsonLine(at instant: String) -> [UInt8] {
    var json = JSONWriter()
    RecordLines.write(alert, to: &json) { json in
      json.member("state", state.rawValue)
      json.member("raised_at", raisedAt)
      json.member("at", instant)
    }
    return json.bytes
  }
}

extension JSONWriter {
  /// A place in a note, exact bytes and all.
  mutating func evidence(_ place: NoteEvidence) {
    beginObject()
    member("path", place.path)
    member("start", place.evidence.span.start)
    member("end", place.evidence.span.end)
    member("line", place.evidence.line)
    member("text", place.evidence.text)
    endObject()
  }

  mutating func array<Element>(_ name: String, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void) {
    key(name)
    beginArray()
    for element in elements { write(&self, element) }
    endArray()
  }

  mutating func object(_ name: String? = nil, _ write: (inout JSONWriter) -> Void) {
    if let name { key(name) }
    beginObject()
    write(&self)
    endObject()
  }
}
