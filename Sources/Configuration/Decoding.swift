extension Configuration {
  /// Decodes a file's text.
  /// - Parameter file: the path as given; relative paths in the text count from its folder, messages show it.
  /// - Throws: everything that is wrong with it.
  public init(yaml text: String, file: String, environment: Environment = .current) throws(ConfigurationError) {
    self.init(environment: environment)
    self.file = file
    let source = YAMLSource(file: file, text: text)
    let place = file.hasPrefix("/") ? file : "\(environment.workingDirectory)/\(file)"
    if place.hasPrefix("/etc/") { useMachineState() }
    let decoder = ConfigurationDecoder(base: Paths.normalized(Paths.directory(of: place)), environment: environment)
    if let root = source.root(keys: Configuration.keys) {
      for key in root.keys {
        guard let field = root[key] else { continue }
        origins[key] = .file(file, line: field.keyLine)
        if field.isList {
          for (index, item) in (field.items() ?? []).enumerated() { origins["\(key)[\(index)]"] = .file(file, line: item.line) }
        }
      }
      decode(root, decoder)
      if source.problems.isEmpty { check(root) }
    }
    guard source.problems.isEmpty else { throw ConfigurationError(source.problems) }
    notices = source.notices
  }

  /// A file under /etc speaks for the machine, whoever reads it: the administrator's verbs then find the service's state without being told.
  private mutating func useMachineState() {
    guard origins["state"] == .standard else { return }
    state = "/var/lib/bellwether"
    output = "\(state)/output"
    origins["state"] = .machine("a configuration under /etc")
  }

  private mutating func decode(_ root: YAMLSection, _ decoder: ConfigurationDecoder) {
    if let folders = root["notes"].flatMap(decoder.folders) { notes = folders }
    if let path = root["state"].flatMap(decoder.path) {
      state = path
      output = "\(path)/output"
    }
    if let path = root["output"].flatMap(decoder.path) { output = path }
    if let zone = root["timezone"].flatMap(decoder.zone) { timezone = zone }
    if let length = root["settle"]?.duration(in: .zero ... .seconds(3_600)) { settle = length }
    if let flag = root["analysis"]?.flag() { analysis = flag }
    if let choices = root["plugins"].flatMap(decoder.plugins) { plugins = choices }
    if let paths = root["plugin_directories"].flatMap(decoder.paths) { pluginDirectories = paths }
    if let ids = root["follow"]?.texts("a list of entity ids") { follow = ids }
    if let paths = root["entities"].flatMap(decoder.paths) { entities = paths }
    if let patterns = root["ignore"]?.texts("a list of patterns as in .gitignore") { ignore = patterns }
    if let section = root["converters"]?.section(keys: nil) { decoder.converters(section, into: &converters) }
    if let path = root["corrections"].flatMap(decoder.path) { corrections = path }
    if let template = root["links"]?.text("an address such as \"vscode://file{path}:{line}\"") { links = template }
    if let paths = root["filters"].flatMap(decoder.paths) { filters = paths }
    if let list = root["sinks"].flatMap(decoder.sinks) { sinks = list }
    let ids = Set(["journal"] + sinks.map(\.id))
    if let section = root["alerts"]?.section(keys: ["route", "inhibit", "hours"]) {
      alerts = decoder.alerts(section, sinks: ids, zone: timezone)
    }
    if let section = root["digest"]?.section(keys: ["at", "language", "to", "catch_up"]) {
      digest = decoder.digest(section, sinks: ids.subtracting(["journal"]))
    }
    if let list = root["digests"].flatMap({ decoder.digests($0, sinks: ids.subtracting(["journal"])) }) { digests = list }
    if let section = root["metrics"]?.section(keys: ["file", "every"]) {
      metrics.file = section["file"].flatMap(decoder.path)
      if let length = section["every"]?.duration(in: .seconds(5) ... .seconds(3_600)) { metrics.every = length }
    }
    if let section = root["health"]?.section(keys: ["silent_after", "digest_late"]) {
      if let length = section["silent_after"]?.duration(in: .zero ... .seconds(365 * 86_400)) { health.silentAfter = length }
      if let length = section["digest_late"]?.duration(in: .seconds(60) ... .seconds(7 * 86_400)) { health.digestLate = length }
    }
    if let section = root["sources"]?.section(keys: ["reliability", "families", "patterns"]) { sources = decoder.sources(section) }
    if let section = root["limits"]?.section(keys: ["file_size", "queue", "memory", "convert_time", "convert_memory"]) {
      if let size = section["file_size"]?.byteCount(in: 1 << 10...1 << 30) { limits.fileSize = size }
      if let count = section["queue"]?.integer(in: 1...100_000) { limits.queue = count }
      if let size = section["memory"]?.byteCount(in: 64 << 20...1 << 40) { limits.memory = size }
      if let length = section["convert_time"]?.duration(in: .seconds(1) ... .seconds(600)) { limits.convertTime = length }
      if let size = section["convert_memory"]?.byteCount(in: 16 << 20...1 << 40) { limits.convertMemory = size }
    }
    if let section = root["log"]?.section(keys: ["level"]), let level = section["level"]?.choice(Log.Level.self) { log.level = level }
  }

  /// What no value alone can tell.
  private func check(_ root: YAMLSection) {
    let places = root["notes"].map { $0.isText ? [$0] : $0.items() ?? [] } ?? []
    for (index, folder) in notes.enumerated() where index < places.count {
      for (other, earlier) in notes.enumerated() where other < index {
        let line = places[other].line
        if earlier.path == folder.path {
          places[index].fail("the folder '\(folder.path)' is listed twice, first on line \(line); keep one")
        } else if Paths.contains(earlier.path, folder.path) {
          places[index].fail("'\(folder.path)' lies inside '\(earlier.path)' (line \(line)) and is watched with it; remove this entry")
        } else if Paths.contains(folder.path, earlier.path) {
          places[index].fail("'\(folder.path)' holds '\(earlier.path)' (line \(line)), which would be read twice; remove one of them")
        }
      }
    }
    for folder in notes {
      if Paths.contains(folder.path, state) {
        (root["state"] ?? root["notes"])?.fail(
          "the state folder '\(state)' lies inside the notes '\(folder.path)', where nothing may be written; choose another folder")
      } else if Paths.contains(output, folder.path) {
        (root["output"] ?? root["notes"])?.fail(
          "the notes '\(folder.path)' lie inside the output '\(output)': Bellwether would read what it wrote; choose another folder")
      } else if Paths.contains(folder.path, output) {
        (root["output"] ?? root["notes"])?.notice(
          "the output '\(output)' lies inside the notes '\(folder.path)'; what is written there is not read as notes")
      }
    }
  }
}

/// The values that need more than their own text.
struct ConfigurationDecoder {
  /// Relative paths count from here.
  var base: String
  var environment: Environment

  func path(_ field: YAMLField) -> String? {
    guard let text = field.text("a path") else { return nil }
    switch Paths.resolve(text, base: base, environment: environment) {
    case .success(let path): return path
    case .failure(let error):
      field.fail(error.message)
      return nil
    }
  }

  func paths(_ field: YAMLField) -> [String]? {
    if field.isText { return path(field).map { [$0] } }
    return field.items("a list of paths")?.compactMap(path)
  }

  func folders(_ field: YAMLField) -> [Configuration.NoteFolder]? {
    if field.isText { return path(field).map { [Configuration.NoteFolder(path: $0)] } }
    guard let items = field.items("a list of folders") else { return nil }
    guard !items.isEmpty else {
      field.fail("'notes' names no folder; list at least one, or remove the key to watch ~/Notes")
      return nil
    }
    return items.compactMap { item in
      if item.isText { return path(item).map { Configuration.NoteFolder(path: $0) } }
      guard let section = item.section(keys: ["path", "on_removal", "ignore"]) else { return nil }
      guard let place = section["path"] else {
        section.fail("an entry of 'notes' needs a 'path'")
        return nil
      }
      guard let path = path(place) else { return nil }
      var folder = Configuration.NoteFolder(path: path)
      if let removal = section["on_removal"]?.choice(Configuration.NoteFolder.Removal.self) { folder.onRemoval = removal }
      if let patterns = section["ignore"]?.texts("a list of patterns as in .gitignore") { folder.ignore = patterns }
      return folder
    }
  }

  func plugins(_ field: YAMLField) -> [Configuration.PluginChoice]? {
    guard let items = field.items("a list of plugins") else { return nil }
    var lines: [Configuration.PluginChoice.Reference: Int] = [:]
    return items.compactMap { item in
      guard let choice = plugin(item) else { return nil }
      if let line = lines[choice.reference] {
        item.fail("this plugin is listed twice, first on line \(line); keep one")
        return nil
      }
      lines[choice.reference] = item.line
      return choice
    }
  }

  private func plugin(_ item: YAMLField) -> Configuration.PluginChoice? {
    if item.isText { return pluginID(item).map { Configuration.PluginChoice(.id($0)) } }
    guard let section = item.section(keys: ["id", "path", "config"]) else { return nil }
    var config = JSONValue.object([:])
    if let field = section["config"] {
      if field.section(keys: nil) != nil, let value = field.json() { config = value }
    }
    switch (section["id"], section["path"]) {
    case (let id?, nil): return pluginID(id).map { Configuration.PluginChoice(.id($0), config: config) }
    case (nil, let place?): return path(place).map { Configuration.PluginChoice(.path($0), config: config) }
    default:
      section.fail("an entry of 'plugins' needs either an 'id' or a 'path'")
      return nil
    }
  }

  private func pluginID(_ field: YAMLField) -> String? {
    guard let text = field.text("a plugin's id") else { return nil }
    guard PluginID.isValid(text) else {
      field.mismatch("a plugin's id, small letters, digits, '.', '_' and '-' (for a folder write {path: …})")
      return nil
    }
    return text
  }

  /// What a file says is laid over what is in force without one; `off` takes a converter away.
  func converters(_ section: YAMLSection, into converters: inout [String: Configuration.Converter]) {
    for name in section.keys {
      guard let field = section[name] else { continue }
      let ending = name.lowercased()
      guard !ending.isEmpty, ending.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) }) else {
        field.fail("a converter is for the end of a file's name, letters and digits without the dot such as pdf, not '\(name)'")
        continue
      }
      if field.isText, field.text() == "off" {
        converters[ending] = nil
      } else if let converter = converter(field) {
        converters[ending] = converter
      }
    }
  }

  private func converter(_ field: YAMLField) -> Configuration.Converter? {
    if !field.isMapping { return command(field).map { Configuration.Converter($0) } }
    guard let section = field.section(keys: ["command", "output", "package"]) else { return nil }
    guard let place = section["command"] else {
      section.fail("a converter needs a 'command': [program, argument, …]")
      return nil
    }
    guard let command = command(place) else { return nil }
    let output = section["output"]?.choice(Configuration.Converter.outputs)
    return Configuration.Converter(command, output: output ?? "text", package: section["package"]?.text("the name of a package"))
  }

  /// A program by its name, or by a path.
  private func command(_ field: YAMLField) -> [String]? {
    guard let items = field.items("a list: [program, argument, …]") else { return nil }
    var words = items.compactMap { $0.text("a word of the command") }
    guard words.count == items.count, let program = words.first else {
      if items.isEmpty { field.fail("the command of '\(field.name)' is empty; name a program, or write off") }
      return nil
    }
    if program.contains("/") || program.hasPrefix("~") {
      guard let path = path(items[0]) else { return nil }
      words[0] = path
    }
    return words
  }

  func zone(_ field: YAMLField) -> String? {
    guard let name = field.text("the name of a time zone such as Europe/Berlin") else { return nil }
    let zones = TimeZones(directory: environment.zoneDirectory)
    guard zones.contains(name) else {
      let advice = zones.nearest(to: name).map { "did you mean '\($0)'?" } ?? "use a name such as Europe/Berlin, or UTC"
      field.fail("there is no time zone '\(Printable.escaped(name))' in \(environment.zoneDirectory); \(advice)")
      return nil
    }
    return name
  }

  func language(_ field: YAMLField) -> String? {
    guard let text = field.text("a language such as en") else { return nil }
    guard (2...3).contains(text.utf8.count), text.utf8.allSatisfy({ (97...122).contains($0) }) else {
      field.mismatch("a language tag of two or three letters such as en")
      return nil
    }
    return text
  }

  func sources(_ section: YAMLSection) -> Configuration.Sources {
    var sources = Configuration.Sources()
    if let publishers = section["reliability"]?.section(keys: nil) {
      for name in publishers.keys { sources.reliability[name] = publishers[name]?.choice(Configuration.Sources.Reliability.self) }
    }
    if let families = section["families"]?.section(keys: nil) {
      for name in families.keys { sources.families[name] = families[name]?.texts("a list of publishers") }
    }
    for item in section["patterns"]?.items("a list of patterns") ?? [] {
      guard let entry = item.section(keys: ["path", "publisher"]) else { continue }
      guard let field = entry["path"], let text = field.text("a path or a pattern"), let path = field.pathPattern(text) else {
        if entry["path"] == nil { entry.fail("a pattern needs a 'path', such as clippings/{date}-*.md") }
        continue
      }
      let publisher = entry["publisher"]?.text("a name")
      if entry["publisher"] == nil, !path.hasDate { entry.fail("a pattern needs a 'publisher', or a date in its path: {date} or {year}") }
      sources.patterns.append(Configuration.Sources.Pattern(path: path, publisher: publisher))
    }
    return sources
  }
}

/// The rule for plugin ids: `^[a-z0-9][a-z0-9._-]{0,63}$`, which also keeps `.`, `..` and every slash out.
public enum PluginID {
  public static func isValid(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    func isAlphanumeric(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }
    guard let first = bytes.first, isAlphanumeric(first), bytes.count <= 64 else { return false }
    return bytes.allSatisfy { isAlphanumeric($0) || "._-".utf8.contains($0) }
  }
}
