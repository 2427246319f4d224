import Alerting

extension ConfigurationDecoder {
  func sinks(_ field: YAMLField) -> [Configuration.Sink]? {
    guard let items = field.items("a list of sinks") else { return nil }
    var lines: [String: Int] = ["file": 0, "journal": 0]
    return items.compactMap { item in
      guard let sink = sink(item) else { return nil }
      if let line = lines.updateValue(item.line, forKey: sink.id) {
        item.fail(
          line == 0
            ? "the sink '\(sink.id)' is always there; choose another id" : "the sink '\(sink.id)' is listed twice, first on line \(line)")
        return nil
      }
      return sink
    }
  }

  private func sink(_ item: YAMLField) -> Configuration.Sink? {
    let keys = ["id", "mail", "command", "webhook", "from", "sendmail", "to", "secret", "timeout", "give_up"]
    guard let section = item.section(keys: keys) else { return nil }
    guard let id = section["id"].flatMap(identifier) else {
      if section["id"] == nil { section.fail("a sink needs an 'id'") }
      return nil
    }
    guard let kind = kind(section, id) else { return nil }
    var sink = Configuration.Sink(id: id, kind: kind)
    switch kind {
    case .mail: sink.recipients = section["mail"]?.texts("a list of addresses") ?? []
    case .command, .webhook: sink.recipients = section["to"]?.texts("a list of recipients") ?? []
    }
    for recipient in sink.recipients where !isAddress(recipient, isMail: section["mail"] != nil) {
      (section["mail"] ?? section["to"])?.fail(
        "'\(Printable.escaped(recipient))' is no recipient: an address without spaces or control characters, not beginning with '-'")
    }
    if Set(sink.recipients).count < sink.recipients.count {
      (section["mail"] ?? section["to"])?.fail("a recipient of '\(id)' is listed twice; keep one")
    }
    sink.secret = section["secret"].flatMap(secret)
    if let length = section["timeout"]?.duration(in: .seconds(1) ... .seconds(600)) { sink.timeout = length }
    if let length = section["give_up"]?.duration(in: .seconds(60) ... .seconds(30 * 86_400)) { sink.giveUp = length }
    return sink
  }

  private func kind(_ section: YAMLSection, _ id: String) -> Configuration.Sink.Kind? {
    switch (section["mail"], section["command"], section["webhook"]) {
    case (.some, nil, nil):
      let from = section["from"]?.text("an address")
      if let from, !isAddress(from, isMail: true) { section["from"]?.mismatch("an address such as bellwether@example.org") }
      return .mail(from: from, sendmail: section["sendmail"].flatMap(path) ?? "/usr/sbin/sendmail")
    case (nil, .some(let command), nil):
      guard var words = command.texts("a program and its arguments"), let program = words.first else { return nil }
      if program.contains("/") {
        guard case .success(let path) = Paths.resolve(program, base: base, environment: environment) else {
          command.mismatch("a program and its arguments")
          return nil
        }
        words[0] = path
      }
      return .command(words)
    case (nil, nil, .some(let webhook)):
      guard let url = webhook.text("an address such as https://hooks.example.org/notes") else { return nil }
      let isURL = ["https://", "http://"].contains { url.hasPrefix($0) && url.utf8.count > $0.utf8.count + 2 }
      guard isURL, url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }) else {
        webhook.mismatch("an address such as https://hooks.example.org/notes")
        return nil
      }
      return .webhook(url: url)
    default:
      section.fail("the sink '\(id)' needs one of 'mail', 'command' and 'webhook'")
      return nil
    }
  }

  private func secret(_ field: YAMLField) -> Configuration.Sink.Secret? {
    guard let section = field.section(keys: ["file", "credential"]) else { return nil }
    switch (section["file"], section["credential"]) {
    case (.some(let file), nil): return path(file).map { .file($0) }
    case (nil, .some(let credential)): return identifier(credential).map { .credential($0) }
    default:
      section.fail("a secret is either a 'file' or a 'credential'; it is never written here")
      return nil
    }
  }

  /// What may stand in a header and on a command line.
  private func isAddress(_ text: String, isMail: Bool) -> Bool {
    !text.isEmpty && text.utf8.count <= 254 && !text.hasPrefix("-")
      && text.unicodeScalars.allSatisfy {
        $0.value > 0x20 && $0.value != 0x7F && !",;<>\"\\".unicodeScalars.contains($0) && $0.value < 0x2028
      }
      && (!isMail || text.utf8.allSatisfy { $0 < 0x80 })
  }

  /// `[a-z0-9][a-z0-9._-]*`, as for plugins.
  func identifier(_ field: YAMLField) -> String? {
    guard let text = field.text("a short name") else { return nil }
    guard PluginID.isValid(text) else {
      field.mismatch("a name of small letters, digits, '.', '_' and '-'")
      return nil
    }
    return text
  }
}
