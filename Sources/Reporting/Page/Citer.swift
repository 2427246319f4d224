import Analysis
import Documents

/// Turns evidence into citations: the sentence, where it stands, who published it and when.
struct Citer {
  struct NoteLabel: Sendable {
    var publisher: String?
    var title: String?
    var published: String?

    var text: String {
      let name = publisher ?? title
      let date = published.map { DateText.text(interchange: $0) } ?? (name == nil ? nil : "undated")
      // Minutes of a meeting have their date in the title already.
      if let name, let date, name.contains(date) { return name }
      return [name, date].compactMap { $0 }.joined(separator: ", ")
    }
  }

  private let links: EvidenceLinks
  private var notes: [String: NoteLabel] = [:]

  init(links: EvidenceLinks, records: [FactRecord], sources: [SourceNote] = []) {
    self.links = links
    for source in sources {
      notes[source.path] = NoteLabel(publisher: source.publisher, title: source.title, published: source.published)
    }
    for record in records where notes[record.path] == nil {
      notes[record.path] = NoteLabel(publisher: record.publisher, title: record.title, published: record.published)
    }
  }

  func citation(_ place: NoteEvidence, label: String? = nil) -> Citation {
    citation(place.evidence, path: place.path, label: label ?? notes[place.path]?.text ?? "")
  }

  func citations(_ record: FactRecord) -> [Citation] {
    let label = NoteLabel(publisher: record.publisher, title: record.title, published: record.published)
    return record.fact.evidence.map { citation($0, path: record.path, label: label.text) }
  }

  func url(path: String, line: Int) -> SafeURL? { links.url(path: path, line: line) }

  private func citation(_ evidence: Evidence, path: String, label: String) -> Citation {
    Citation(
      label: label, quote: QuoteText.trimmed(evidence.text), path: path, line: evidence.line,
      url: links.url(path: path, line: evidence.line))
  }
}
