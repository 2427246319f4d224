import Analysis
import Configuration
import Glibc
import Testing

@testable import PluginHost

@Suite("A manifest") struct ManifestTests {
  func refusal(_ yaml: String) -> String {
    do {
      _ = try PluginManifest(yaml: yaml, file: "F")
      return "accepted"
    } catch {
      return error.description
    }
  }

  @Test("of a rule pack needs an id and a version") func rules() throws {
    let manifest = try PluginManifest(yaml: "id: people\nversion: 1.0.0\n", file: "F")
    #expect(manifest.kind == .rules)
    #expect(manifest.title == "people")
  }

  @Test("of a process says how to run it") func process() throws {
    let manifest = try PluginManifest(
      yaml: """
        id: x
        version: "2"
        title: X
        description: Does x.
        kind: process
        protocol: 1
        command: [python3, main.py]
        mode: oneshot
        limits: {deadline: 2s, start: 1s, memory: 256MiB, cpu: 10s, output: 1MiB, files: 32, processes: 10}
        permissions: {network: on}
        config:
          window: 90d
          words: [a, b]
          share: {type: number, default: 1, description: From 0 to 1.}
          name: {type: text}
        """, file: "F")
    #expect(manifest.mode == .oneshot && manifest.network && manifest.command == ["python3", "main.py"])
    #expect(manifest.limits.deadline == .seconds(2) && manifest.limits.memory == 256 << 20 && manifest.limits.processes == 10)
    #expect(manifest.settings.map(\.name) == ["window", "words", "share", "name"])
    #expect(manifest.settings.map(\.kind) == [.duration, .list, .number, .text])
    let config = try manifest.configuration(.object(["name": .string("n"), "window": .string("30d")]))
    #expect(config.text == "{\"name\":\"n\",\"share\":1,\"window\":\"30d\",\"words\":[\"a\",\"b\"]}")
    let error = try #require(throws: ConfigurationError.self) {
      try manifest.configuration(.object(["windwo": .bool(true), "share": .string("half")]))
    }
    #expect(
      error.description == """
        F: the plugin 'x' has no setting 'windwo'; did you mean 'window'?
        F: 'share' of the plugin 'x' must be a number, not "half"
        F: the plugin 'x' needs the setting 'name': 
        """)
  }

  @Test(
    "is refused with the exact words",
    arguments: [
      ("", "F: is empty; a plugin needs at least an 'id' and a 'version'"),
      ("title: x\n", "F:1:1: the plugin has no 'id'\ntitle: x\n^\nF:1:1: the plugin has no 'version'\ntitle: x\n^"),
      (
        "id: ..\nversion: 1\n",
        "F:1:5: 'id' must be small letters, digits, '.', '_' and '-', at most 64, a letter or digit first, not '..'\nid: ..\n    ^"
      ),
      (
        "id: A/b\nversion: 1\n",
        "F:1:5: 'id' must be small letters, digits, '.', '_' and '-', at most 64, a letter or digit first, not 'A/b'\nid: A/b\n    ^"
      ),
      ("id: x\nversion: 1\nkind: dylib\n", "F:3:7: 'kind' must be rules, builtin or process, not 'dylib'\nkind: dylib\n      ^"),
      (
        "id: x\nversion: 1\nexec: a\n",
        "F:3:1: unknown key 'exec'; known are id, version, title, description, kind, protocol, command, mode, limits, permissions, config\nexec: a\n^"
      ),
      ("id: x\nversion: 1\nkind: process\n", "F:1:1: a plugin of kind 'process' needs a 'command', as in [python3, main.py]\nid: x\n^"),
      ("id: x\nversion: 1\ncommand: a\n", "F:3:10: only a plugin of kind 'process' has a 'command'\ncommand: a\n         ^"),
      (
        "id: x\nversion: 1\nkind: process\ncommand: ../../bin/sh\n",
        "F:4:10: '../../bin/sh' leads out of the plugin's folder; name a file inside it, or a program of the system such as python3\ncommand: ../../bin/sh\n         ^"
      ),
      (
        "id: x\nversion: 1\nkind: process\ncommand: [/bin/sh]\n",
        "F:4:10: '/bin/sh' leads out of the plugin's folder; name a file inside it, or a program of the system such as python3\ncommand: [/bin/sh]\n         ^"
      ),
      (
        "id: x\nversion: 1\nkind: process\ncommand: \"a\\0b\"\n",
        "F:4:10: a command cannot hold a NUL character\ncommand: \"a\\0b\"\n         ^"
      ),
    ])
  func refused(_ yaml: String, _ text: String) {
    #expect(refusal(yaml) == text)
  }
}

@Suite("A plugin's folder") struct PluginFolderTests {
  static let manifest = "id: x\nversion: 1\nkind: process\ncommand: [./run]\n"

  func refusal(_ prepare: (TemporaryFolder) -> Void) -> String {
    let folder = TemporaryFolder()
    folder.write(PluginFolderTests.manifest, to: "plugin.yaml")
    folder.write("#!/bin/sh\n", to: "run", mode: 0o755)
    prepare(folder)
    do {
      _ = try PluginFolder.load(folder.path)
      return "accepted"
    } catch {
      return error.description.replacing(folder.path, with: "D")
    }
  }

  @Test("runs a program of its own") func accepted() { #expect(refusal { _ in } == "accepted") }

  @Test("is refused when others may write what is run") func writable() {
    #expect(refusal { chmod($0.path + "/run", 0o777) } == "D/plugin.yaml: 'D/run' can be written by other users; run chmod go-w on it")
    #expect(refusal { chmod($0.path, 0o777) } == "D/plugin.yaml: 'D' can be written by other users; run chmod go-w on it")
    #expect(
      refusal { chmod($0.path + "/plugin.yaml", 0o666) }
        == "D/plugin.yaml: 'D/plugin.yaml' can be written by other users; run chmod go-w on it")
  }

  @Test("is refused when its program belongs to somebody else", .enabled(if: geteuid() == 0)) func owner() {
    #expect(
      refusal { chown($0.path + "/run", 1234, 0) }
        == "D/plugin.yaml: 'D/run' belongs to user 1234; code is only run that belongs to root or to user 0")
  }

  @Test("is refused when its program is a link out of it") func link() {
    let text = refusal { folder in
      unlink(folder.path + "/run")
      symlink("/bin/sh", folder.path + "/run")
    }
    #expect(
      text == "D/plugin.yaml: the program './run' is not in the plugin's folder\nD/plugin.yaml: 'D/run' leads out of the plugin's folder")
  }

  @Test("is refused when its program is missing or not executable") func missing() {
    #expect(refusal { unlink($0.path + "/run") } == "D/plugin.yaml: the program './run' is not in the plugin's folder")
    #expect(refusal { chmod($0.path + "/run", 0o644) } == "D/plugin.yaml: './run' is not executable; run chmod +x on it")
    #expect(
      refusal { $0.write("id: x\nversion: 1\nkind: process\ncommand: [no-such-program]\n", to: "plugin.yaml") }
        == "D/plugin.yaml: there is no program 'no-such-program' in /usr/local/bin, /usr/bin, /bin; install it, or name a file of the folder as ./no-such-program"
    )
  }

  @Test("gives its rules in order of their names") func rules() throws {
    let folder = TemporaryFolder()
    folder.write("id: x\nversion: 1\n", to: "plugin.yaml")
    folder.write("b", to: "rules/b.yaml")
    folder.write("a", to: "rules/a.yaml")
    folder.write("no", to: "rules/a.yaml~")
    let files = try PluginFolder.load(folder.path).ruleFiles()
    #expect(files.map(\.name) == ["\(folder.path)/rules/a.yaml", "\(folder.path)/rules/b.yaml"])
    #expect(files.map(\.text) == ["a", "b"])
  }
}

@Suite("A catalog") struct CatalogTests {
  @Test("holds what is found; a broken plugin disables itself, a shadowed one is named") func discovery() {
    let mine = TemporaryFolder()
    let shipped = TemporaryFolder()
    mine.write("id: people\nversion: 2\n", to: "my-people/plugin.yaml")
    mine.write("id: broken\nversoin: 2\n", to: "broken/plugin.yaml")
    mine.write("no plugin", to: "notes/README.md")
    shipped.write("id: people\nversion: 1\n", to: "people/plugin.yaml")
    shipped.write("id: deals\nversion: 1\n", to: "deals/plugin.yaml")
    let catalog = PluginCatalog(directories: [mine.path, "/nonexistent", shipped.path])
    #expect(catalog.plugins.map(\.manifest.id) == ["deals", "people"])
    #expect(catalog.plugins.map(\.manifest.version) == ["1", "2"])
    let headlines = catalog.problems.map { $0.headline.replacing(mine.path, with: "M").replacing(shipped.path, with: "S") }
    #expect(
      headlines == [
        "M/broken/plugin.yaml:1:1: the plugin has no 'version' (the plugin is disabled)",
        "M/broken/plugin.yaml:2:1: unknown key 'versoin'; did you mean 'version'? (the plugin is disabled)",
        "S/people/plugin.yaml: the plugin 'people' is shadowed by M/my-people; rename or remove one of them",
      ])
  }

  @Test("selects what the configuration chooses, or all, and names what is not there") func selection() throws {
    let folder = TemporaryFolder()
    folder.write("id: people\nversion: 1\nconfig: {window: 90d}\n", to: "people/plugin.yaml")
    folder.write("id: deals\nversion: 1\n", to: "deals/plugin.yaml")
    let catalog = PluginCatalog(directories: [folder.path])
    func select(_ yaml: String) throws -> [PluginCatalog.Selection] {
      try catalog.select(try Configuration(yaml: yaml, file: "/etc/b.yaml", environment: Environment(home: "/home/ada")))
    }
    #expect(try select("").map(\.folder.manifest.id) == ["deals", "people"])
    let chosen = try select("plugins: [{id: people, config: {window: 30d}}, {path: \(folder.path)/deals}]")
    #expect(chosen.map(\.folder.manifest.id) == ["people", "deals"])
    #expect(chosen.map(\.config.text) == ["{\"window\":\"30d\"}", "{}"])
    let error = try #require(throws: ConfigurationError.self) {
      try select("plugins:\n- peple\n- deals\n- path: \(folder.path)/deals")
    }
    #expect(
      error.description.replacing(folder.path, with: "D") == """
        /etc/b.yaml:2:1: there is no plugin 'peple' in D; did you mean 'people'?
        /etc/b.yaml:4:1: the plugin 'deals' is chosen twice, in D/deals and D/deals; keep one
        """)
  }
}

@Suite("The shipped plugins") struct ShippedPluginTests {
  @Test("have sound manifests, and the settings that the contract shows are taken") func manifests() throws {
    let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
    let catalog = PluginCatalog(directories: ["\(root)/Plugins"])
    #expect(catalog.problems == [])
    #expect(!catalog.plugins.isEmpty)
    let configuration = try Configuration(
      yaml: "plugins: [releases, {id: people, config: {window: 90d}}]", file: "b.yaml", environment: Environment(home: "/home/ada"))
    #expect(try catalog.select(configuration).map(\.folder.manifest.id) == ["releases", "people"])
  }
}

@Suite("The example plugins") struct ExamplePluginTests {
  static func load(_ name: String) throws -> ProcessPlugin {
    let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
    let folder = try PluginFolder.load("\(root)/Examples/plugins/\(name)")
    return ProcessPlugin(folder, config: try folder.manifest.configuration(.object([:])))
  }

  @Test("find deadlines") func deadlines() throws {
    let plugin = try ExamplePluginTests.load("deadline-words")
    let document = Samples.document(
      "Ada Quill visited. Northwind says the audit is due on 1 March 2027. Northwind met us on 1 March 2027.", entities: ["Northwind"],
      dates: ["1 March 2027": "2027-03-01"])
    let finding = plugin.extract(document)
    #expect(finding.diagnostics == [])
    #expect(finding.facts.map { $0.evidence[0].text } == ["Northwind says the audit is due on 1 March 2027."])
    #expect(finding.facts.map(\.when) == ["2027-03-01"])
    #expect(finding.facts.map(\.value) == ["1 March 2027"])
    #expect(finding.facts.map(\.subject) == [[.init(id: "northwind", name: "Northwind")]])
    plugin.stop()
    #expect(plugin.state.lastExit == .exited(0))
  }

  @Test("find prices") func prices() throws {
    let plugin = try ExamplePluginTests.load("price-quotes")
    let finding = plugin.extract(Samples.document("Contoso Labs charges $40 a seat.", entities: ["Contoso Labs"], money: ["$40": 40]))
    #expect(finding.diagnostics == [])
    #expect(finding.facts.map(\.value) == ["40 USD"])
    #expect(finding.facts.map(\.kind) == ["price"])
  }
}
