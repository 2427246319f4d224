import Documents

/// Turns found attributions into spans, and names their speakers.
struct SpeakerNames {
  let view: TextView
  let words: WordTable<VoiceWord>
  let ids: VoiceWordIDs
  /// In order of start.
  let mentions: [Mention]
  /// People by the last word of their role, where only one has it: "the chief executive said".
  private let byRole: [String: EntityValue]

  init(view: TextView, words: WordTable<VoiceWord>, ids: VoiceWordIDs, mentions: [Mention]) {
    self.view = view
    self.words = words
    self.ids = ids
    self.mentions = mentions
    var byRole: [String: EntityValue?] = [:]
    for mention in mentions {
      guard case .entity(let entity) = mention.value, entity.kind == .person, let role = entity.role?.split(separator: " ").last else {
        continue
      }
      let word = role.lowercased()
      if let known = byRole[word] { if known?.id != entity.id { byRole[word] = .some(nil) } } else { byRole[word] = entity }
    }
    self.byRole = byRole.compactMapValues { $0 }
  }

  func attribution(_ found: AttributionFinder.Found) -> Attribution {
    var result = Attribution(
      source: found.source.map { [span($0)] } ?? [], cue: found.cue.map { [span($0)] } ?? [], content: found.content.map(span),
      kind: found.kind)
    guard let source = found.source else { return result }
    if let entity = entity(in: span(source)) {
      result.speaker = entity.id
      result.speakerName = entity.name
    } else if isPersonalPronoun(source), let person = lastPerson(before: span(source).start) {
      result.speaker = person.id
      result.speakerName = person.name
    } else if let person = holder(of: source) {
      result.speaker = person.id
      result.speakerName = person.name
    } else {
      result.speakerName = view.string(span(source))
    }
    result.isAnonymous = isAnonymous(source) && (result.speaker == nil || entityKind(in: span(source)) != .person)
    if result.isAnonymous {
      result.speaker = nil
      result.speakerName = view.string(span(source))
    }
    return result
  }

  /// Blocks of the form "Name: …", whose speaker the reader of the document found.
  func blocks() -> [Attribution] {
    view.blocks.compactMap { block in
      guard let speaker = block.speaker, speaker.end < block.text.end else { return nil }
      var start = speaker.end
      while start < block.text.end, view.bytes[start] == 0x3A || view.bytes[start] == 0x20 || view.bytes[start] == 0x0A { start += 1 }
      let entity = entity(in: speaker)
      return Attribution(
        source: [speaker], cue: [], content: [ByteSpan(start, block.text.end)], kind: .block, speaker: entity?.id,
        speakerName: entity?.name ?? view.string(speaker))
    }
  }

  private func span(_ tokens: Range<Int>) -> ByteSpan {
    ByteSpan(view.tokens[tokens.lowerBound].span.start, view.tokens[tokens.upperBound - 1].span.end)
  }

  /// The first person named in the source, else the first organisation.
  private func entity(in source: ByteSpan) -> EntityValue? {
    var other: EntityValue?
    var i = firstMention(endingAfter: source.start)
    while i < mentions.count, mentions[i].core.start < source.end {
      if case .entity(let entity) = mentions[i].value {
        if entity.kind == .person { return entity }
        if other == nil, entity.kind == .organization || entity.kind == .team { other = entity }
      }
      i += 1
    }
    return other
  }

  private func entityKind(in source: ByteSpan) -> EntityValue.Kind? { entity(in: source)?.kind }

  private func firstMention(endingAfter offset: Int) -> Int {
    var low = 0
    var high = mentions.count
    while low < high {
      let mid = (low + high) / 2
      if mentions[mid].span.end <= offset { low = mid + 1 } else { high = mid }
    }
    return low
  }

  /// "the chief executive", "its founder".
  private func holder(of source: Range<Int>) -> EntityValue? {
    guard !byRole.isEmpty, (2...4).contains(source.count), words[view.tokens[source.lowerBound].word].contains(.determiner),
      let last = source.last, view.tokens[last].isWord
    else { return nil }
    return byRole[view.string(view.tokens[last].span).lowercased()]
  }

  private func isPersonalPronoun(_ source: Range<Int>) -> Bool {
    source.count == 1 && (view.tokens[source.lowerBound].word == ids.he || view.tokens[source.lowerBound].word == ids.she)
  }

  /// The person named last before `offset`, within 2000 bytes: further back a pronoun does not reach.
  private func lastPerson(before offset: Int) -> EntityValue? {
    var i = firstMention(endingAfter: offset) - 1
    while i >= 0, mentions[i].span.start + 2000 > offset {
      if case .entity(let entity) = mentions[i].value, entity.kind == .person { return entity }
      i -= 1
    }
    return nil
  }

  /// "people familiar with the matter", "a source", "an employee who asked not to be named".
  private func isAnonymous(_ source: Range<Int>) -> Bool {
    var people = false
    var unnamed = false
    for i in source {
      let flags = words[view.tokens[i].word]
      if flags.contains(.anonymous) { return true }
      if flags.contains(.people) { people = true }
      if flags.contains(.unnamed) { unnamed = true }
    }
    if people, !unnamed {
      // What qualifies them may stand behind: "two people, who asked not to be named,".
      for i in source.upperBound..<min(source.upperBound + 12, view.tokens.count) {
        if view.tokens[i].mark == 0x2E { break }
        if words[view.tokens[i].word].contains(.unnamed) { unnamed = true }
      }
    }
    return people && unnamed
  }
}
