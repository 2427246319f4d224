import Documents
import Yams

/// Reads one gazetteer file: `entities`, a list of entries, and `type`, the type of those that name none.
///
/// An unknown key, a missing name or a repeated id is an error at its line and column: a misspelt key would otherwise silently do nothing.
struct GazetteerReader {
  let file: String
  private var type: EntityValue.Kind?
  private var seen: [String: String] = [:]

  private static let fileKeys = ["entities", "type"]
  private static let entryKeys = ["id", "name", "type", "aliases", "not", "organization", "role", "renamed", "publisher_family"]
  private static let renamedKeys = ["name", "from", "until"]
  private static let types = "person, organization, team, product, place"

  init(file: String) { self.file = file }

  mutating func read(_ yaml: String) throws -> [GazetteerEntry] {
    guard let root = try compose(yaml) else { return [] }
    let keys = try mapping(root, allowed: GazetteerReader.fileKeys, what: "a gazetteer")
    if let node = keys["type"] { type = try kind(node) }
    guard let list = keys["entities"] else { throw error(root, "a gazetteer has a key 'entities' with a list of entries; add it") }
    if let scalar = list.scalar, ["", "~", "null"].contains(scalar.string) { return [] }
    guard let items = list.sequence else { throw error(list, "'entities' is a list; write each entry as '- {name: …, type: …}'") }
    return try items.map { try entry($0) }
  }

  private func compose(_ yaml: String) throws -> Node? {
    do {
      return try Yams.compose(yaml: yaml)
    } catch YamlError.scanner(let context, let problem, let mark, _), YamlError.parser(let context, let problem, let mark, _),
      YamlError.composer(let context, let problem, let mark, _)
    {
      let around = context.map { " (\($0.text) from line \($0.mark.line))" } ?? ""
      throw GazetteerError(
        position: "\(file):\(mark.line):\(mark.column)", message: "not valid YAML: \(problem)\(around); correct the syntax there")
    } catch YamlError.duplicatedKeysInMapping(let duplicates, let context) {
      throw GazetteerError(
        position: "\(file):\(context.mark.line):\(context.mark.column)",
        message: "the key \(duplicates.joined(separator: ", ")) is given twice; keep one")
    } catch {
      throw GazetteerError(position: file, message: "not readable as YAML: \(error); save the file as UTF-8 YAML")
    }
  }

  private mutating func entry(_ node: Node) throws -> GazetteerEntry {
    let keys = try mapping(node, allowed: GazetteerReader.entryKeys, what: "an entity")
    guard let nameNode = keys["name"] else { throw error(node, "an entity has a 'name'; add it") }
    let name = try text(nameNode, "name")
    guard let kind = try keys["type"].map({ try self.kind($0) }) ?? type else {
      throw error(node, "'\(name)' has no type; add 'type:' with one of \(GazetteerReader.types)")
    }
    let id = try keys["id"].map { try text($0, "id") } ?? name.slug
    let origin = position(node)
    if let first = seen[id] {
      throw error(keys["id"] ?? node, "the id '\(id)' was already used at \(first); give one of the two another id")
    }
    seen[id] = origin
    var entry = GazetteerEntry(id: id, name: name, type: kind, origin: origin)
    entry.aliases = try keys["aliases"].map { try texts($0, "aliases") } ?? []
    entry.not = try keys["not"].map { try texts($0, "not") } ?? []
    entry.organization = try keys["organization"].map { try text($0, "organization") }
    entry.role = try keys["role"].map { try text($0, "role") }
    entry.publisherFamily = try keys["publisher_family"].map { try text($0, "publisher_family") }
    if let list = keys["renamed"] {
      guard let items = list.sequence else { throw error(list, "'renamed' is a list; write '[{name: …, until: YYYY-MM-DD}]'") }
      entry.renamed = try items.map { try formerName($0) }
    }
    return entry
  }

  private func formerName(_ node: Node) throws -> GazetteerEntry.FormerName {
    let keys = try mapping(node, allowed: GazetteerReader.renamedKeys, what: "a former name")
    guard let name = keys["name"] else { throw error(node, "a former name has a 'name'; add it") }
    return GazetteerEntry.FormerName(
      name: try text(name, "name"), from: try keys["from"].map { try day($0, "from") },
      until: try keys["until"].map { try day($0, "until") })
  }

  private func kind(_ node: Node) throws -> EntityValue.Kind {
    let text = try text(node, "type")
    guard let kind = EntityValue.Kind(rawValue: text) else {
      throw error(node, "'\(text)' is no type of entity; write one of \(GazetteerReader.types)")
    }
    return kind
  }

  private func day(_ node: Node, _ key: String) throws -> CalendarDate {
    let text = try text(node, key)
    guard let day = CalendarDate(iso8601: text) else { throw error(node, "'\(key)' is '\(text)', which is no day; write YYYY-MM-DD") }
    return day
  }

  private func text(_ node: Node, _ key: String) throws -> String {
    guard let text = node.scalar?.string, !text.isEmpty else {
      throw error(node, "'\(key)' is a single text; write it on one line, quoted if need be")
    }
    return text
  }

  private func texts(_ node: Node, _ key: String) throws -> [String] {
    guard let items = node.sequence else { throw error(node, "'\(key)' is a list; write '\(key): [one, two]'") }
    return try items.map { try text($0, key) }
  }

  private func mapping(_ node: Node, allowed: [String], what: String) throws -> [String: Node] {
    guard let pairs = node.mapping else {
      throw error(node, "\(what) is a mapping; write 'key: value' with keys of \(allowed.joined(separator: ", "))")
    }
    var keys: [String: Node] = [:]
    for (key, value) in pairs {
      guard let name = key.scalar?.string, allowed.contains(name) else {
        throw error(key, "unknown key '\(key.scalar?.string ?? "?")' in \(what); known are \(allowed.joined(separator: ", "))")
      }
      keys[name] = value
    }
    return keys
  }

  private func position(_ node: Node) -> String { node.mark.map { "\(file):\($0.line):\($0.column)" } ?? file }

  private func error(_ node: Node, _ message: String) -> GazetteerError { GazetteerError(position: position(node), message: message) }
}
