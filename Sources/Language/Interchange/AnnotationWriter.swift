import Documents

/// Writes an annotation as one line of JSON with offsets in Unicode scalars.
struct AnnotationWriter {
  private let text: [UInt8]
  private let offsets: ScalarOffsets

  /// Appends the line, its line break included, to `json`.
  static func write(_ annotation: Annotation, id: String, text: [UInt8], into json: inout JSONWriter) {
    let writer = AnnotationWriter(text: text, offsets: ScalarOffsets(text))
    json.beginObject()
    json.key("schema")
    json.string("bellwether.annotation/v1")
    json.key("id")
    json.string(id)
    list("sentences", annotation.sentences, into: &json) { writer.bounds($0.span, into: &$1) }
    // Pronouns and common nouns that stand for a name, and plans and opinions, are for rules: readers of these lines ask for names and doubt.
    list("mentions", annotation.mentions.filter({ $0.isName(in: text) }), into: &json) { writer.mention($0, into: &$1) }
    list("attributions", annotation.attributions, into: &json) { writer.attribution($0, into: &$1) }
    list("hedges", annotation.hedges.filter({ $0.kind.isUncertainty }), into: &json) { hedge, json in
      writer.bounds(hedge.span, into: &json)
      json.key("class")
      json.string(hedge.kind.rawValue)
    }
    json.endObject()
    json.newline()
  }

  private static func list<Item>(_ name: String, _ items: [Item], into json: inout JSONWriter, _ members: (Item, inout JSONWriter) -> Void)
  {
    json.key(name)
    json.beginArray()
    for item in items {
      json.beginObject()
      members(item, &json)
      json.endObject()
    }
    json.endArray()
  }

  private func number(_ name: String, _ offset: Int, into json: inout JSONWriter) {
    json.key(name)
    json.int(offsets.scalars(before: offset))
  }

  private func bounds(_ span: ByteSpan, into json: inout JSONWriter) {
    number("start", span.start, into: &json)
    number("end", span.end, into: &json)
  }

  private func mention(_ mention: Mention, into json: inout JSONWriter) {
    bounds(mention.span, into: &json)
    number("core_start", mention.core.start, into: &json)
    number("core_end", mention.core.end, into: &json)
    json.key("text")
    text.withUnsafeBufferPointer { json.string(UnsafeBufferPointer(rebasing: $0[mention.span.range])) }
    switch mention.value {
    case .time(let time): self.time(time, into: &json)
    case .quantity(let quantity):
      head(quantity.kind.rawValue, quantity.value, into: &json)
      if let unit = quantity.unit {
        json.key("unit")
        json.string(unit)
      }
      if let currency = quantity.currency {
        json.key("currency")
        json.string(currency)
      }
      json.key("change")
      json.string(quantity.change.rawValue)
    case .entity(let entity):
      json.key("type")
      json.string("entity")
      json.key("entity_type")
      json.string(entity.kind.rawValue)
      json.key("entity")
      json.string(entity.id)
    }
  }

  private func time(_ time: TimeValue, into json: inout JSONWriter) {
    head(time.kind.rawValue, time.value, into: &json)
    strings("alternatives", time.alternatives, into: &json)
    json.key("timex")
    json.string(time.timex)
    if let interval = time.interval { strings("interval", [interval.start.description, interval.end.description], into: &json) }
    if let grain = time.grain {
      json.key("grain")
      json.string(grain.rawValue)
    }
  }

  /// Type and the one chosen value.
  private func head(_ type: String, _ value: String, into json: inout JSONWriter) {
    json.key("type")
    json.string(type)
    strings("values", value.isEmpty ? [] : [value], into: &json)
  }

  private func strings(_ name: String, _ values: [String], into json: inout JSONWriter) {
    json.key(name)
    json.beginArray()
    for value in values { json.string(value) }
    json.endArray()
  }

  private func attribution(_ attribution: Attribution, into json: inout JSONWriter) {
    spans("source", attribution.source, into: &json)
    spans("cue", attribution.cue, into: &json)
    spans("content", attribution.content, into: &json)
    json.key("kind")
    json.string(attribution.kind.rawValue)
    json.key("anonymous")
    json.bool(attribution.isAnonymous)
  }

  private func spans(_ name: String, _ spans: [ByteSpan], into json: inout JSONWriter) {
    json.key(name)
    json.beginArray()
    for span in spans {
      json.beginArray()
      json.int(offsets.scalars(before: span.start))
      json.int(offsets.scalars(before: span.end))
      json.endArray()
    }
    json.endArray()
  }
}
