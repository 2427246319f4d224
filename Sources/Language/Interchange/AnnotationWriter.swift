import Documents

/// Writes an annotation as one line of JSON with offsets in Unicode scalars.
struct AnnotationWriter {
  private let text: [UInt8]
  private let offsets: ScalarOffsets

  /// Appends the line, its line break included, to `out`.
  static func write(_ annotation: Annotation, id: String, text: [UInt8], into out: inout [UInt8]) {
    let writer = AnnotationWriter(text: text, offsets: ScalarOffsets(text))
    out.add("{\"schema\":\"bellwether.annotation/v1\",\"id\":")
    out.addQuoted(id)
    out.add(",\"sentences\":[")
    for (i, sentence) in annotation.sentences.enumerated() {
      out.add(i == 0 ? "{" : ",{")
      writer.bounds(sentence.span, into: &out)
      out.add("}")
    }
    out.add("],\"mentions\":[")
    for (i, mention) in annotation.mentions.enumerated() {
      if i > 0 { out.add(",") }
      writer.mention(mention, into: &out)
    }
    out.add("],\"attributions\":[")
    for (i, attribution) in annotation.attributions.enumerated() {
      if i > 0 { out.add(",") }
      writer.attribution(attribution, into: &out)
    }
    out.add("],\"hedges\":[")
    for (i, hedge) in annotation.hedges.enumerated() {
      out.add(i == 0 ? "{" : ",{")
      writer.bounds(hedge.span, into: &out)
      out.add(",\"class\":")
      out.addQuoted(hedge.kind.rawValue)
      out.add("}")
    }
    out.add("]}\n")
  }

  private func bounds(_ span: ByteSpan, into out: inout [UInt8]) {
    out.add("\"start\":")
    out.addNumber(offsets.scalars(before: span.start))
    out.add(",\"end\":")
    out.addNumber(offsets.scalars(before: span.end))
  }

  private func mention(_ mention: Mention, into out: inout [UInt8]) {
    out.add("{")
    bounds(mention.span, into: &out)
    out.add(",\"core_start\":")
    out.addNumber(offsets.scalars(before: mention.core.start))
    out.add(",\"core_end\":")
    out.addNumber(offsets.scalars(before: mention.core.end))
    out.add(",\"text\":")
    text.withUnsafeBufferPointer { out.addQuoted(bytes: UnsafeBufferPointer(rebasing: $0[mention.span.range])) }
    switch mention.value {
    case .time(let time):
      head(time.kind.rawValue, time.value, into: &out)
      out.add(",\"alternatives\":[")
      for (i, other) in time.alternatives.enumerated() {
        if i > 0 { out.add(",") }
        out.addQuoted(other)
      }
      out.add("],\"timex\":")
      out.addQuoted(time.timex)
      if let interval = time.interval { out.add(",\"interval\":[\"\(interval.start)\",\"\(interval.end)\"]") }
      if let grain = time.grain { out.add(",\"grain\":\"\(grain.rawValue)\"") }
    case .quantity(let quantity):
      head(quantity.kind.rawValue, quantity.value, into: &out)
      if let unit = quantity.unit {
        out.add(",\"unit\":")
        out.addQuoted(unit)
      }
      if let currency = quantity.currency {
        out.add(",\"currency\":")
        out.addQuoted(currency)
      }
      out.add(",\"change\":\"\(quantity.change.rawValue)\"")
    case .entity(let entity):
      out.add(",\"type\":\"entity\",\"entity_type\":\"\(entity.kind.rawValue)\",\"entity\":")
      out.addQuoted(entity.id)
    }
    out.add("}")
  }

  /// Type and the one chosen value.
  private func head(_ type: String, _ value: String, into out: inout [UInt8]) {
    out.add(",\"type\":\"")
    out.add(type)
    out.add("\",\"values\":[")
    if !value.isEmpty { out.addQuoted(value) }
    out.add("]")
  }

  private func attribution(_ attribution: Attribution, into out: inout [UInt8]) {
    out.add("{\"source\":")
    spans(attribution.source, into: &out)
    out.add(",\"cue\":")
    spans(attribution.cue, into: &out)
    out.add(",\"content\":")
    spans(attribution.content, into: &out)
    out.add(",\"kind\":\"\(attribution.kind.rawValue)\",\"anonymous\":\(attribution.isAnonymous)}")
  }

  private func spans(_ spans: [ByteSpan], into out: inout [UInt8]) {
    out.add("[")
    for (i, span) in spans.enumerated() {
      out.add(i == 0 ? "[" : ",[")
      out.addNumber(offsets.scalars(before: span.start))
      out.add(",")
      out.addNumber(offsets.scalars(before: span.end))
      out.add("]")
    }
    out.add("]")
  }
}

extension [UInt8] {
  @inline(__always)
  fileprivate mutating func add(_ text: String) { append(contentsOf: text.utf8) }

  fileprivate mutating func addNumber(_ number: Int) {
    if number >= 10 { addNumber(number / 10) }
    append(0x30 + UInt8(truncatingIfNeeded: number % 10))
  }

  fileprivate mutating func addQuoted(_ text: String) {
    var text = text
    text.withUTF8 { addQuoted(bytes: $0) }
  }

  /// A JSON string; the bytes are UTF-8 already.
  fileprivate mutating func addQuoted(bytes: UnsafeBufferPointer<UInt8>) {
    append(0x22)
    for byte in bytes {
      switch byte {
      case 0x22, 0x5C:
        append(0x5C)
        append(byte)
      case 0x0A: add("\\n")
      case 0x09: add("\\t")
      case 0x0D: add("\\r")
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        add("\\u00")
        append(digits[Int(byte >> 4)])
        append(digits[Int(byte & 15)])
      default: append(byte)
      }
    }
    append(0x22)
  }
}
