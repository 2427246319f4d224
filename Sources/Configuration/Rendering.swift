extension Configuration {
  /// The values in force as YAML that decodes to the same configuration, each key with where it comes from: `config show`.
  public func explain() -> String {
    let values = sections
    var out = file.map { "# \($0)\n" } ?? "# no configuration file: every value is the default\n"
    for key in Configuration.keys {
      guard let value = values[key] else { continue }
      let origin = origins[key] ?? .standard
      switch value {
      case .lines(let lines):
        out += "\(key):  # \(origin)\n"
        out += lines.map { "  \($0)\n" }.joined()
      case .value(let text): out += "\(key): \(text)  # \(origin)\n"
      case .unset(let meaning): out += "# \(key): \(meaning)  # \(origin)\n"
      }
    }
    return out
  }

  /// The value of one top-level key as YAML, the same for equal values.
  public func text(of key: String) -> String {
    switch sections[key] {
    case .lines(let lines): lines.joined(separator: "\n")
    case .value(let text), .unset(let text): text
    case nil: ""
    }
  }

  /// Every path it names, for `config paths`.
  public var paths: [(name: String, path: String)] {
    var paths: [(name: String, path: String)] = []
    if let file { paths.append(("config", file)) }
    paths += notes.map { ("notes", $0.path) }
    paths += [("output", output), ("state", state)]
    paths += pluginDirectories.map { ("plugin_directories", $0) }
    for case .path(let path) in (plugins ?? []).map(\.reference) { paths.append(("plugins", path)) }
    paths += entities.map { ("entities", $0) }
    if let corrections { paths.append(("corrections", corrections)) }
    for sink in sinks { if case .file(let path) = sink.secret { paths.append(("sinks", path)) } }
    if let file = metrics.file { paths.append(("metrics", file)) }
    paths += (filters ?? []).map { ("filters", $0) }
    return paths
  }

  enum Section: Equatable {
    case value(String)
    case lines([String])
    case unset(String)
  }

  /// Each top-level key's value as YAML.
  var sections: [String: Section] {
    var out: [String: Section] = [:]
    out["notes"] = .lines(
      notes.map { folder in
        "- {path: \(quoted(folder.path)), on_removal: \(folder.onRemoval.rawValue), ignore: \(flow(folder.ignore))}"
      })
    out["output"] = .value(quoted(output))
    out["state"] = .value(quoted(state))
    out["timezone"] = .value(quoted(timezone))
    out["settle"] = .value(settle.unitText)
    out["analysis"] = .value(analysis ? "on" : "off")
    if let plugins {
      out["plugins"] = plugins.isEmpty ? .value("[]") : .lines(plugins.map { "- \(rendered($0))" })
    } else {
      out["plugins"] = .unset("every plugin that is found")
    }
    out["plugin_directories"] = .value(flow(pluginDirectories))
    out["follow"] = follow.map { .value(flow($0)) } ?? .unset("every organisation in the gazetteers")
    out["entities"] = .value(flow(entities))
    out["ignore"] = .value(flow(ignore))
    out["converters"] = .lines(
      Set(converters.keys).union(Converter.standard.keys).sorted().map { ending in
        guard let converter = converters[ending] else { return "\(ending): off" }
        let package = converter.package.map { ", package: \(quoted($0))" } ?? ""
        return "\(ending): {command: \(flow(converter.command)), output: \(converter.output)\(package)}"
      })
    out["corrections"] = corrections.map { .value(quoted($0)) } ?? .unset("no file")
    out["links"] = .value(quoted(links))
    out["filters"] = filters.map { .value(flow($0)) } ?? .unset("the folder filters beside the configuration file")
    out["sinks"] = sinks.isEmpty ? .value("[]") : .lines(sinkLines)
    out["alerts"] = .lines(alertLines)
    out["digest"] = .lines([
      "at: \"\(digest.at)\"", "language: \(digest.language)", "to: \(flow(digest.sinks))", "catch_up: \(digest.catchUp.rawValue)",
    ])
    out["digests"] = digests.isEmpty ? .value("[]") : .lines(digestLines)
    out["metrics"] = .lines((metrics.file.map { ["file: \(quoted($0))"] } ?? []) + ["every: \(metrics.every.unitText)"])
    out["health"] = .lines(["silent_after: \(health.silentAfter.unitText)", "digest_late: \(health.digestLate.unitText)"])
    let reliability = sources.reliability.sorted { $0.key < $1.key }.map { "\(quoted($0.key)): \($0.value.rawValue)" }
    let families = sources.families.sorted { $0.key < $1.key }.map { "\(quoted($0.key)): \(flow($0.value))" }
    let patterns = sources.patterns.map { pattern in
      "{path: \(quoted(pattern.path.description))\(pattern.publisher.map { ", publisher: \(quoted($0))" } ?? "")}"
    }
    out["sources"] = .lines([
      "reliability: {\(reliability.joined(separator: ", "))}", "families: {\(families.joined(separator: ", "))}",
      "patterns: [\(patterns.joined(separator: ", "))]",
    ])
    out["limits"] = .lines([
      "file_size: \(ByteCount.text(limits.fileSize))", "queue: \(limits.queue)", "memory: \(ByteCount.text(limits.memory))",
      "convert_time: \(limits.convertTime.unitText)", "convert_memory: \(ByteCount.text(limits.convertMemory))",
    ])
    out["log"] = .lines(["level: \(log.level.rawValue)"])
    return out
  }

  private func rendered(_ choice: PluginChoice) -> String {
    let config = choice.config == .object([:]) ? "" : ", config: \(choice.config.text)"
    switch choice.reference {
    case .id(let id): return config.isEmpty ? quoted(id) : "{id: \(quoted(id))\(config)}"
    case .path(let path): return "{path: \(quoted(path))\(config)}"
    }
  }

  func flow(_ texts: [String]) -> String { "[\(texts.map(quoted).joined(separator: ", "))]" }

  /// Plain where YAML cannot take it for anything else, otherwise quoted as JSON is, which YAML reads.
  func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || "/._-".utf8.contains(byte)
    }
    let first = text.utf8.first ?? 0
    let isSafe = first == UInt8(ascii: "/") || (97...122).contains(first) || (65...90).contains(first)
    let isWord = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    return isPlain && isSafe && !isWord ? text : JSONValue.string(text).text
  }
}
