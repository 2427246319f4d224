import Documents
import Language

/// Invented names that rules' own tests may use.
enum SampleNames {
  private static let table: [(words: [String], entity: EntityValue)] = [
    organization("Northwind"), organization("Contoso"), organization("Fabrikam"), organization("Tailspin"),
    named("Ada Quill", .person, "northwind", role: "chief scientist"), named("Ben Marsh", .person, "contoso"),
    named("Cora Lind", .person, nil),
    named("Orchard", .team, "northwind"), named("Harbour", .team, "northwind"),
    named("Falcon", .product, "northwind"), named("Heron", .product, "contoso"), named("Kestrel", .product, "fabrikam"),
  ]

  static var vocabulary: [String] { table.flatMap(\.words) }

  private static func organization(_ name: String) -> (words: [String], entity: EntityValue) {
    ([name.lowercased()], EntityValue(kind: .organization, id: name.lowercased(), name: name, origin: .gazetteer))
  }

  private static func named(_ name: String, _ kind: EntityValue.Kind, _ organization: String?, role: String? = nil) -> (
    words: [String], entity: EntityValue
  ) {
    let words = name.lowercased().split(separator: " ").map(String.init)
    let id = words.joined(separator: "-")
    return (words, EntityValue(kind: kind, id: id, name: name, origin: .gazetteer, organization: organization, role: role))
  }

  /// Adds the sample names as mentions, in place of what the taggers made of those words.
  static func add(to annotation: inout Annotation, text: [UInt8], lexicon: Lexicon) {
    let ids = table.map { entry in entry.words.map { lexicon.id($0) } }
    var added: [Mention] = []
    var token = 0
    while token < annotation.tokens.count {
      defer { token += 1 }
      guard annotation.tokens[token].isCapitalized else { continue }
      for (row, words) in ids.enumerated() where token + words.count <= annotation.tokens.count {
        guard words.indices.allSatisfy({ annotation.tokens[token + $0].word == words[$0] }) else { continue }
        var last = token + words.count - 1
        // "Falcon 2" is a name too.
        if table[row].entity.kind == .product, last + 1 < annotation.tokens.count, annotation.tokens[last + 1].isNumber { last += 1 }
        let span = ByteSpan(Int(annotation.tokens[token].start), Int(annotation.tokens[last].end))
        var entity = table[row].entity
        if last > token + words.count - 1 {
          entity.name = String(decoding: text[span.range], as: UTF8.self)
          entity.id = entity.name.lowercased().split(separator: " ").joined(separator: "-")
        }
        added.append(Mention(span: span, core: span, tokens: token..<(last + 1), value: .entity(entity)))
        break
      }
    }
    annotation.mentions.removeAll { mention in added.contains { $0.tokens.overlaps(mention.tokens) } }
    annotation.mentions = (annotation.mentions + added).sorted { $0.span < $1.span }
  }
}
