import Analysis
import Configuration
import Documents

/// Date and publisher that a person gave to notes: by the corrections file, which counts whatever a note says, and by `sources.patterns`, which
/// fill in what a note leaves out.
struct NoteMetadata: Sendable {
  let corrections: [Corrections.Note]
  let patterns: [Configuration.Sources.Pattern]

  var isEmpty: Bool { corrections.isEmpty && patterns.isEmpty }

  private struct Given {
    var published: DateRange?
    var publisher: String?
  }

  /// - Parameter path: as shown to people.
  func apply(to document: inout Document, path: String) {
    let known = known(path)
    if let publisher = known.publisher { document.publisher = publisher }
    if let published = known.published {
      document.published = published
      document.publishedFrom = .correction
    }
    guard document.published == nil || document.publisher == nil else { return }
    let supposed = supposed(path)
    if document.publisher == nil { document.publisher = supposed.publisher }
    if document.published == nil, let published = supposed.published {
      document.published = published
      document.publishedFrom = .fileName
    }
  }

  /// What of this depends on the path: a note for which it changes is read again, and no other. Empty where nothing is known of it.
  func key(_ path: String) -> String {
    let known = known(path), supposed = supposed(path)
    let parts = [known.published?.description, known.publisher, supposed.published?.description, supposed.publisher]
    return parts.contains { $0 != nil } ? parts.map { $0 ?? "" }.joined(separator: "\u{1F}") : ""
  }

  private func known(_ path: String) -> Given {
    var given = Given()
    for note in corrections where note.path.matches(path) {
      given.published = given.published ?? note.published
      given.publisher = given.publisher ?? note.publisher
    }
    return given
  }

  private func supposed(_ path: String) -> Given {
    var given = Given()
    for pattern in patterns {
      guard given.publisher == nil || given.published == nil, let captures = pattern.path.captures(in: path) else { continue }
      given.publisher = given.publisher ?? pattern.publisher
      given.published = given.published ?? NoteMetadata.date(captures)
    }
    return given
  }

  /// "2024-05-03", "2024-05" or "2024"; nil where it is no day of the calendar.
  private static func date(_ captures: PathPattern.Captures) -> DateRange? {
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    guard let year = captures["year"] else { return nil }
    var text = "\(year)"
    if let month = captures["month"] {
      text += "-" + padded(month)
      if let day = captures["day"] { text += "-" + padded(day) }
    }
    return DateRange(text)
  }
}
