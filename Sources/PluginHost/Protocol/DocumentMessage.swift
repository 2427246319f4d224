import Analysis
import Configuration
import Documents
import Language

/// A document as plugins see it. Offsets are UTF-8 bytes of `text`, the visible text.
enum DocumentMessage {
  static func json(_ annotated: AnnotatedDocument) -> JSONValue {
    let document = annotated.document
    var members: [String: JSONValue] = [
      "path": .string(annotated.path), "revision": .string(document.revision),
      "text": .string(String(decoding: document.text, as: UTF8.self)),
      "sentences": .array(annotated.annotation.sentences.map { .object(span($0.span)) }),
      "blocks": .array(document.blocks.map(block)), "mentions": .array(annotated.annotation.mentions.map(mention)),
    ]
    members["title"] = text(document.title)
    members["byline"] = text(document.byline)
    members["publisher"] = text(document.publisher)
    members["published"] = text(document.published?.description)
    members["language"] = text(document.language)
    return .object(members)
  }

  private static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }

  private static func span(_ span: ByteSpan) -> [String: JSONValue] { ["start": .integer(span.start), "end": .integer(span.end)] }

  private static func block(_ block: Block) -> JSONValue {
    var members = span(block.text)
    members["kind"] = .string(block.kind.rawValue)
    members["role"] = .string(block.role.rawValue)
    return .object(members)
  }

  private static func mention(_ mention: Mention) -> JSONValue {
    var members = span(mention.span)
    members["core_start"] = .integer(mention.core.start)
    members["core_end"] = .integer(mention.core.end)
    switch mention.value {
    case .time(let time):
      members["type"] = .string(time.kind.rawValue)
      members["value"] = .string(time.value)
      members["timex"] = .string(time.timex)
      if let interval = time.interval {
        members["interval"] = .array([.string(interval.start.description), .string(interval.end.description)])
      }
      if let grain = time.grain { members["grain"] = .string(grain.rawValue) }
    case .quantity(let quantity):
      members["type"] = .string(quantity.kind.rawValue)
      members["value"] = .string(quantity.value)
      members["number"] = .number(quantity.number)
      if let upper = quantity.upper { members["upper"] = .number(upper) }
      if let unit = quantity.unit { members["unit"] = .string(unit) }
      if let currency = quantity.currency { members["currency"] = .string(currency) }
      members["change"] = .string(quantity.change.rawValue)
    case .entity(let entity):
      members["type"] = .string("entity")
      members["entity"] = .string(entity.id)
      members["entity_type"] = .string(entity.kind.rawValue)
      members["name"] = .string(entity.name)
      if let organization = entity.organization { members["organization"] = .string(organization) }
      if let role = entity.role { members["role"] = .string(role) }
    }
    return .object(members)
  }
}
