import Configuration
import PluginHost
import Rules
import TestSupport
import Testing
import Yams

@testable import Language

/// The schemas that editors check files by say what the decoders say.
@Suite struct SchemaTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()

  private struct Kind: Sendable {
    var schema: String
    var files: [String]
    var accepts: @Sendable (String) -> Bool
  }

  private static func below(_ folder: String, _ part: String) -> [String] {
    TestFile.names(in: "\(root)/\(folder)").flatMap { name -> [String] in
      let path = "\(folder)/\(name)\(part)"
      return TestFile.exists("\(root)/\(path)/") ? TestFile.names(in: "\(root)/\(path)").map { "\(path)/\($0)" } : [path]
    }.filter { $0.hasSuffix(".yaml") && TestFile.exists("\(root)/\($0)") }
  }

  private static let rules = Kind(schema: "rules", files: below("Plugins", "/rules")) {
    RulePack.load(files: [("a.yaml", $0)], plugin: "test").errors.isEmpty
  }
  private static let plugin = Kind(
    schema: "plugin", files: below("Plugins", "/plugin.yaml") + below("Examples/plugins", "/plugin.yaml")
  ) { (try? PluginManifest(yaml: $0, file: "plugin.yaml")) != nil }
  private static let gazetteer = Kind(schema: "gazetteer", files: below("Config/entities", "") + ["Examples/entities.yaml"]) {
    var reader = GazetteerReader(file: "entities.yaml")
    return (try? reader.read($0)) != nil
  }
  private static let configuration = Kind(schema: "configuration", files: ["Config/bellwether.yaml", "Examples/bellwether.yaml"]) {
    (try? Configuration(yaml: $0, file: "/etc/bellwether/bellwether.yaml")) != nil
  }
  private static let corrections = Kind(schema: "corrections", files: []) { (try? Corrections(yaml: $0, file: "c.yaml")) != nil }
  private static let filters = Kind(schema: "filters", files: []) { LocalFilter.all(yaml: $0, file: "f.yaml").problems.isEmpty }
  private static let kinds = [rules, plugin, gazetteer, configuration, corrections, filters]

  private static func validator(_ kind: Kind) throws -> SchemaValidator {
    try SchemaValidator(json: TestFile.text("\(root)/schemas/\(kind.schema).schema.json"))
  }

  @Test func `every shipped file fits its schema, and names it in its first line`() throws {
    for kind in Self.kinds {
      let validator = try Self.validator(kind)
      for file in kind.files {
        let text = try TestFile.text("\(Self.root)/\(file)")
        #expect(validator.problems(SchemaValue(try Yams.compose(yaml: text) ?? Node(""))) == [], "\(file)")
        let line = text.prefix { $0 != "\n" }
        let prefix = "# yaml-language-server: $schema="
        #expect(line.hasPrefix(prefix), "\(file) begins with \(line)")
        let folder = file.split(separator: "/").dropLast().joined(separator: "/")
        let target = "\(Self.root)/\(folder)/\(line.dropFirst(prefix.count))"
        #expect(TestFile.exists(target) && target.hasSuffix("/\(kind.schema).schema.json"), "\(file): \(target)")
      }
    }
    #expect(Self.rules.files.count > 12 && Self.plugin.files.count > 12 && Self.gazetteer.files.count > 4)
  }

  /// Takes every file apart and spoils it in one place at a time: a key that is not known, a key that is missing, a value of another type.
  @Test(.timeLimit(.minutes(2))) func `what a schema forbids the decoder refuses, and the other way round`() throws {
    for kind in Self.kinds {
      let validator = try Self.validator(kind)
      let samples = try kind.files.filter { $0 != "Config/bellwether.yaml" }.map { try TestFile.text("\(Self.root)/\($0)") }
      var seen: Set<String> = []
      var disagreements: [String] = []
      for text in samples.flatMap(Self.small) + (Self.more[kind.schema] ?? []) {
        guard let node = try Yams.compose(yaml: text) else { continue }
        for (what, spoilt) in [("as it is", node)] + Self.spoilt(node, "", &seen) where !Self.isReference(what) {
          let yaml = try Yams.serialize(node: spoilt)
          guard let again = try Yams.compose(yaml: yaml) else { continue }
          let problems = validator.problems(SchemaValue(again))
          if problems.isEmpty != kind.accepts(yaml) {
            disagreements.append(
              "\(kind.schema), \(what): the schema says \(problems.isEmpty ? "yes" : problems.joined(separator: "; "))\n\(yaml.prefix(400))"
            )
          }
        }
      }
      #expect(disagreements.isEmpty, "\(disagreements.count): \(disagreements.prefix(12).joined(separator: "\n"))")
      #expect(seen.count > 5, "\(kind.schema)")
    }
  }

  @Test func `the configuration's schema has exactly the keys that are decoded`() throws {
    let schema = try Self.validator(Self.configuration).root
    guard case .object(let properties)? = schema["properties"] else {
      Issue.record("no properties")
      return
    }
    #expect(Set(properties.keys) == Set(Configuration.keys), "schemas/configuration.schema.json names what Configuration.keys does")
  }

  /// A rules file as one file a rule, so that a spoilt rule is decoded alone.
  private static func small(_ text: String) -> [String] {
    guard let node = try? Yams.compose(yaml: text), let mapping = node.mapping,
      ["frames:", "records:", "signals:"].contains(where: { text.contains($0) })
    else {
      return [text]
    }
    var parts: [String] = []
    for key in ["frames", "records", "signals"] {
      for entry in mapping[Node(key)]?.sequence ?? [] {
        var pairs: [(Node, Node)] = []
        if key != "signals", let words = mapping["words"] { pairs.append((Node("words"), words)) }
        pairs.append((Node(key), SchemaTests.list(entry)))
        if let text = try? Yams.serialize(node: Node(pairs)) { parts.append(text) }
      }
    }
    return parts
  }

  /// The same node with one thing wrong, for every place that is not like one seen before.
  private static func spoilt(_ node: Node, _ path: String, _ seen: inout Set<String>) -> [(String, Node)] {
    var all: [(String, Node)] = []
    switch node {
    case .mapping(let mapping):
      let pairs = mapping.map { ($0.key, $0.value) }
      if seen.insert("\(path){}").inserted {
        all.append(("an unknown key in \(path)", Node(pairs + [(Node("zzz"), Node("1"))])))
        all.append(("a list for \(path)", list(Node("zzz"))))
        all.append(("a text for \(path)", Node("zzz zzz")))
      }
      for (index, pair) in pairs.enumerated() {
        let name = "\(path)/\(isFree(path) ? "*" : pair.0.scalar?.string ?? "")"
        if seen.insert("\(name)-").inserted {
          var fewer = pairs
          fewer.remove(at: index)
          all.append(("without \(name)", Node(fewer)))
        }
        for (what, value) in spoilt(pair.1, name, &seen) {
          var changed = pairs
          changed[index].1 = value
          all.append((what, Node(changed)))
        }
      }
    case .sequence(let sequence):
      let items = Array(sequence)
      if seen.insert("\(path)[]").inserted { all.append(("a mapping for \(path)", Node([(Node("zzz"), Node("1"))]))) }
      for (index, item) in items.enumerated() {
        for (what, value) in spoilt(item, "\(path)/0", &seen) {
          var changed = items
          changed[index] = value
          all.append((what, .sequence(Node.Sequence(changed))))
        }
      }
    case .scalar(let scalar):
      guard seen.insert("\(path)=").inserted else { break }
      all.append(("a mapping for \(path)", Node([(Node("zzz"), Node("1"))])))
      all.append(("a list of lists for \(path)", list(list(Node("zzz")))))
      // A word that is no value of anything; what a person writes freely may be it.
      all.append(("another word for \(path)", Node("zzz zzz", Tag(.str), scalar.style)))
    case .alias: break
    }
    return all
  }

  private static func list(_ node: Node) -> Node { .sequence(Node.Sequence([node])) }

  /// What refers to something elsewhere, which no schema can look up.
  private static func isReference(_ what: String) -> Bool {
    let ends = [
      "without /words", "without /words/*", "/timezone", "/zone", "/to/0", "/sinks/0", "/quiet/0", "/hours/*", "/hours", "/sinks",
      "/sinks/0/id",
    ]
    return ends.contains {
      what == $0 || what.hasPrefix("another word for") && what.hasSuffix($0) || what.hasPrefix("without") && what.hasSuffix($0)
    }
  }

  /// What refers to something elsewhere, which no schema can look up.
  private static let references: Set<String> = ["without /words", "without /words/*", "another word for /timezone"]

  /// Mappings whose keys people choose.
  private static func isFree(_ path: String) -> Bool {
    ["words", "labels", "reliability", "families", "config", "hours"].contains { path.hasSuffix("/\($0)") }
  }

  /// What the shipped files do not show.
  private static let more: [String: [String]] = [
    "rules": [
      "frames: [{kind: layoff, verb: {words: cut, object: \"{count:value} job\", noun: layoff}, heading: plans, employer: context, advice: yes}]",
      "signals: [{id: a, title: t, category: c, type: value_count, of: object, kinds: [x], severity: [{is: notice, recent: 90 days, reliability: B, sources: 2, count: 3}]}]",
      "signals: [{id: a, title: t, category: c, type: absence, within: 90 days, resolved_by: [y], kinds: [x], severity: info, where: {status: [planned], polarity: negative, labels: {a: b}, object: present, rules: [z]}}]",
      "signals: [{id: a, title: t, category: c, type: threshold, number: \">= 500\", kinds: x, severity: info, group_by: [label.axis]}]",
    ],
    "plugin": [
      "{id: a, version: 1.0.0, kind: process, command: [python3, main.py], mode: oneshot, protocol: 1, limits: {deadline: 5s, memory: 64MiB, files: 64}, permissions: {network: on}, config: {window: {type: duration, default: 90d, description: how long}, names: [a]}}"
    ],
    "gazetteer": [
      "{type: organization, entities: [{name: Northwind, id: northwind, aliases: [N], not: [north wind], renamed: [{name: Old, until: 2020-01-31}], publisher_family: n, role: x, organization: y}]}"
    ],
    "configuration": [
      "{notes: [{path: /srv/notes, on_removal: keep, ignore: [a]}], output: /srv/out, state: /srv/state, settle: 2s, analysis: on, plugins: [releases, {id: people, config: {window: 90d}}, {path: /srv/p}], follow: [a], entities: [b.yaml], ignore: [c], corrections: c.yaml, filters: [f], digest: {at: \"07:00\", language: en}, limits: {file_size: 16MiB, queue: 10, memory: 512MiB}, log: {level: info}, plugin_directories: [/x], sources: {reliability: {Wire: B}, families: {Wire: [Wire Asia]}, patterns: [{path: \"a/{date}-*.md\", publisher: Wire}]}}",
      "{sinks: [{id: post, mail: [ada@example.org], from: b@example.org, secret: {credential: token}, timeout: 30s, give_up: 3d}, {id: hook, webhook: \"https://hooks.example.org/x\", to: [a]}, {id: desk, command: [/bin/true], secret: {file: /x}}], digests: [{id: weekly, on: [mon], at: \"08:00\", zone: UTC, about: [a], to: [post], catch_up: latest}], metrics: {file: /x.prom, every: 1m}, health: {silent_after: 0s, digest_late: 1h}, links: x}",
      "{sinks: [{id: post, mail: [ada@example.org]}], alerts: {route: {sinks: [post], routes: [{match: [severity>=warning], sinks: [post], severity: info, group_by: [subject], group_wait: 30s, group_interval: 5m, repeat_interval: 7d, quiet: [nights], continue: on}]}, inhibit: [{source: [category=layoff], target: [category=delay], equal: [subject]}], hours: {nights: {days: daily, hours: \"22:00-07:00\", zone: UTC}}}}",
    ],
    "corrections": [
      "{notes: [{path: \"a/*.md\", published: 2024-05-03, publisher: Wire}], facts: [{kind: layoff, subject: [northwind], text: It fell., reason: wrong}]}"
    ],
    "filters": [
      "filters: [{id: a, rule: [people.layoffs], subject: [northwind], text: [x], publisher: [Wire], path: [\"inbox/**\"], reason: known, expires: 2026-06-30}]"
    ],
  ]
}
