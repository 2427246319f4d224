import Analysis
import Configuration

extension PluginManifest {
  /// The protocol this host speaks.
  public static let hostProtocol = 1

  /// Decodes `plugin.yaml`.
  /// - Parameter file: as shown to people.
  /// - Throws: everything that is wrong with it.
  public init(yaml text: String, file: String) throws(ConfigurationError) {
    let source = YAMLSource(file: file, text: text)
    let root = source.root(keys: PluginManifest.keys)
    id = ""
    version = ""
    title = ""
    description = ""
    kind = .rules
    protocolVersion = PluginManifest.hostProtocol
    command = []
    mode = .stdio
    limits = Limits()
    network = false
    settings = []
    self.file = file
    hash = StableHash.hex(of: text)
    if let root {
      decode(root)
    } else if source.problems.isEmpty {
      source.report("is empty; a plugin needs at least an 'id' and a 'version'")
    }
    guard source.problems.isEmpty else { throw ConfigurationError(source.problems) }
  }

  private mutating func decode(_ root: YAMLSection) {
    if let field = root["id"] {
      if let text = field.text("a plugin's id") {
        if PluginID.isValid(text) {
          id = text
        } else {
          field.mismatch("small letters, digits, '.', '_' and '-', at most 64, a letter or digit first")
        }
      }
    } else {
      root.fail("the plugin has no 'id'")
    }
    if let field = root["version"] {
      version = field.text("a version such as \"1.0.0\"") ?? ""
      if version.utf8.count > 64 { field.fail("'version' is longer than 64 bytes") }
    } else {
      root.fail("the plugin has no 'version'")
    }
    title = root["title"]?.text() ?? id
    description = root["description"]?.text() ?? ""
    if let value = root["kind"]?.choice(Kind.self) { kind = value }
    if let value = root["protocol"]?.integer(in: 1...1_000) { protocolVersion = value }
    if let value = root["mode"]?.choice(Mode.self) { mode = value }
    if let values = root["command"]?.texts("a program and its arguments") { command = values }
    if kind == .process, command.isEmpty {
      (root["command"]?.fail ?? root.fail)("a plugin of kind 'process' needs a 'command', as in [python3, main.py]")
    }
    if kind != .process, let field = root["command"] { field.fail("only a plugin of kind 'process' has a 'command'") }
    for text in command where text.utf8.contains(0) { root["command"]?.fail("a command cannot hold a NUL character") }
    if let problem = command.first.flatMap(PluginManifest.problem(ofProgram:)) { root["command"]?.fail(problem) }
    if let section = root["limits"]?.section(keys: ["deadline", "start", "memory", "cpu", "output", "files", "processes"]) {
      if let value = section["deadline"]?.duration(in: .milliseconds(10) ... .seconds(600)) { limits.deadline = value }
      if let value = section["start"]?.duration(in: .milliseconds(10) ... .seconds(600)) { limits.start = value }
      if let value = section["memory"]?.byteCount(in: 16 << 20...1 << 40) { limits.memory = value }
      if let value = section["cpu"]?.duration(in: .seconds(1) ... .seconds(86_400)) { limits.cpu = value }
      if let value = section["output"]?.byteCount(in: 1 << 10...256 << 20) { limits.output = value }
      if let value = section["files"]?.integer(in: 8...65_536) { limits.files = value }
      if let value = section["processes"]?.integer(in: 1...65_536) { limits.processes = value }
    }
    if let section = root["permissions"]?.section(keys: ["network"]), let flag = section["network"]?.flag() { network = flag }
    if let section = root["config"]?.section(keys: nil) {
      settings = section.keys.compactMap { name in section[name].flatMap { PluginSetting(name: name, $0) } }
    }
  }

  /// A program is either named, to be found in the system's directories, or lies inside the plugin's folder.
  private static func problem(ofProgram program: String) -> String? {
    let parts = program.split(separator: "/", omittingEmptySubsequences: false)
    if program.hasPrefix("/") || parts.contains("..") {
      return
        "'\(Printable.escaped(program))' leads out of the plugin's folder; name a file inside it, or a program of the system such as python3"
    }
    return program.isEmpty ? "the command's program is empty" : nil
  }
}

extension PluginSetting {
  /// A setting is its default, or a mapping with `type`, `default` and `description`.
  init?(name: String, _ field: YAMLField) {
    self.name = name
    description = ""
    guard field.isMapping, let section = field.section(keys: ["type", "default", "description"]) else {
      guard !field.isMapping, let value = field.json() else { return nil }
      standard = value
      kind = PluginSetting.kind(of: value)
      return
    }
    description = section["description"]?.text() ?? ""
    standard = section["default"]?.json()
    if let given = section["type"] {
      guard let chosen = given.choice(Kind.self) else { return nil }
      kind = chosen
    } else if let standard {
      kind = PluginSetting.kind(of: standard)
    } else {
      field.fail("the setting '\(name)' needs a 'type' or a 'default'")
      return nil
    }
    if let value = standard, !kind.accepts(value) {
      (section["default"] ?? field).mismatch(kind.wanted)
      return nil
    }
  }

  private static func kind(of value: JSONValue) -> Kind {
    switch value {
    case .bool: return .flag
    case .integer: return .integer
    case .number: return .number
    case .array: return .list
    case .object: return .mapping
    case .string(let text): return Duration(unitText: text) == nil ? .text : .duration
    case .null: return .text
    }
  }
}
