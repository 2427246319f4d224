extension ConfigurationDecoder {
  /// The daily digest.
  func digest(_ section: YAMLSection, sinks: Set<String>) -> Configuration.Digest {
    var digest = Configuration.Digest()
    if let time = section["at"].flatMap(timeOfDay) { digest.at = time }
    if let language = section["language"].flatMap(language) { digest.language = language }
    if let ids = section["to"].flatMap({ names($0, among: sinks, "sink") }) { digest.sinks = ids }
    if let choice = section["catch_up"]?.choice(Configuration.DigestSchedule.CatchUp.self) { digest.catchUp = choice }
    return digest
  }

  /// Further digests.
  func digests(_ field: YAMLField, sinks: Set<String>) -> [Configuration.DigestSchedule]? {
    guard let items = field.items("a list of digests") else { return nil }
    var lines: [String: Int] = [:]
    return items.compactMap { item in
      guard let section = item.section(keys: ["id", "on", "at", "zone", "about", "tags", "to", "catch_up"]) else { return nil }
      guard let id = section["id"].flatMap(identifier) else {
        if section["id"] == nil { section.fail("a digest needs an 'id', which its files are named by") }
        return nil
      }
      guard id != "daily", id != "latest" else {
        item.fail("the id '\(id)' is taken: the daily digest is set by the key 'digest'")
        return nil
      }
      if let line = lines.updateValue(item.line, forKey: id) {
        item.fail("the digest '\(id)' is listed twice, first on line \(line); keep one")
        return nil
      }
      var digest = Configuration.DigestSchedule(id: id)
      if let days = section["on"].flatMap(weekdays) { digest.days = days }
      if let time = section["at"].flatMap(timeOfDay) { digest.at = time }
      digest.zone = section["zone"].flatMap(zone)
      digest.about = section["about"]?.texts("a list of entity ids")
      if let tags = section["tags"]?.texts("a list of tags of notes") { digest.tags = tags }
      if let ids = section["to"].flatMap({ names($0, among: sinks, "sink") }) { digest.sinks = ids }
      if let choice = section["catch_up"]?.choice(Configuration.DigestSchedule.CatchUp.self) { digest.catchUp = choice }
      return digest
    }
  }

  private func timeOfDay(_ field: YAMLField) -> TimeOfDay? {
    guard let text = field.text("a time of day such as \"07:00\"") else { return nil }
    guard let time = TimeOfDay(text) else {
      field.mismatch("a time of day from 00:00 to 23:59 such as \"07:00\"")
      return nil
    }
    return time
  }
}
