import Analysis
import Documents

/// Turns evidence into citations: the sentence, where it stands, who published it and when.
struct Citer {
  struct NoteLabel: Sendable {
    var publisher: String?
    var title: String?
    var published: String?
    var address: String?

    var text: String {
      let name = publisher ?? title.map { QuoteText.trimmed($0, limit: 60) }
      let date = published.map { DateText.text(interchange: $0) } ?? (name == nil ? nil : "undated")
      // Minutes of a meeting have their date in the title already.
      if let name, let date, name.contains(date) { return name }
      return [name, date].compactMap { $0 }.joined(separator: ", ")
    }
  }

  let links: EvidenceLinks
  private var notes: [String: NoteLabel] = [:]

  init(links: EvidenceLinks, records: [FactRecord], sources: [SourceNote] = []) {
    self.links = links
    for source in sources {
      notes[source.path] = NoteLabel(
        publisher: source.publisher, title: source.title, published: source.published, address: source.address)
    }
    add(records)
  }

  /// Knows the notes of a digest's sources, facts and alerts, and of `others`.
  init(links: EvidenceLinks, digest: Digest, others: [FactRecord] = []) {
    self.init(links: links, records: digest.facts, sources: digest.sources)
    for alert in digest.alerts { add(alert.page.facts) }
    add(others)
  }

  private mutating func add(_ records: [FactRecord]) {
    for record in records where notes[record.path] == nil { notes[record.path] = Citer.label(record) }
  }

  func citation(_ place: NoteEvidence, label: String? = nil) -> Citation {
    let note = notes[place.path]
    return citation(place.evidence, path: place.path, label: label ?? note?.text ?? "", address: note?.address)
  }

  func citations(_ record: FactRecord) -> [Citation] {
    let label = Citer.label(record)
    return record.fact.evidence.map { citation($0, path: record.path, label: label.text, address: label.address) }
  }

  /// One citation a sentence: a sentence that stands in several notes is quoted once, with every place.
  /// Who published a note is said with its first sentence.
  func citations(_ places: [NoteEvidence]) -> [Citation] {
    var seen: Set<String> = []
    return Citer.distinct(places.map { citation($0) }).map { citation in
      var citation = citation
      if !seen.insert(citation.path).inserted { citation.label = "" }
      return citation
    }
  }

  /// The same lines, with the publisher and the date of a note where it is cited first: what stands above is not said again.
  static func labelledOnce(_ items: [PageItem]) -> [PageItem] {
    var seen: Set<String> = []
    return items.map { item in
      var item = item
      for index in item.citations.indices where !seen.insert(item.citations[index].path).inserted { item.citations[index].label = "" }
      return item
    }
  }

  static func distinct(_ citations: [Citation]) -> [Citation] {
    var known: [String: Int] = [:]
    var out: [Citation] = []
    for citation in citations {
      let key = QuoteText.key(citation.quote)
      if let index = known[key] {
        if out[index].place != citation.place, !out[index].also.contains(where: { $0.place == citation.place }) {
          out[index].also.append(citation)
        }
      } else {
        known[key] = out.count
        out.append(citation)
      }
    }
    return out
  }

  func url(path: String, line: Int) -> SafeURL? { links.url(path: path, line: line) }

  private static func label(_ record: FactRecord) -> NoteLabel {
    NoteLabel(publisher: record.publisher, title: record.title, published: record.published, address: record.address)
  }

  private func citation(_ evidence: Evidence, path: String, label: String, address: String?) -> Citation {
    Citation(
      label: label, quote: QuoteText.reading(evidence.text, path: path), path: path, line: evidence.line,
      url: links.url(path: path, line: evidence.line),
      original: address.flatMap { SafeURL(untrusted: $0, quoting: evidence.text, path: path) })
  }
}
