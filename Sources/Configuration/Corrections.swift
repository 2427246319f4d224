import Documents

/// What a person knows better than the notes say: the file that `corrections` names.
///
///     notes:
///       - {path: inbox/clipping-7.md, published: 2024-05-03, publisher: The Harbour Ledger}
///     facts:
///       - {kind: layoff, subject: northwind-labs, text: "The exact sentence.", reason: another company of that name}
public struct Corrections: Sendable, Equatable {
  /// Date and publisher of the notes that a pattern covers; they count whatever the notes themselves say.
  public struct Note: Sendable, Equatable {
    public var path: PathPattern
    public var published: DateRange?
    public var publisher: String?
  }

  /// A fact that is wrong, by what it says and not by where it was found: it stays away however often the note is read again.
  public struct DismissedFact: Sendable, Equatable {
    public var kind: String
    /// Ids.
    public var subject: [String]
    public var text: String
    public var reason: String
  }

  public var notes: [Note] = []
  public var facts: [DismissedFact] = []

  public init() {}

  /// - Throws: everything that is wrong with it.
  public init(yaml text: String, file: String) throws(ConfigurationError) {
    let source = YAMLSource(file: file, text: text)
    if let root = source.root(keys: ["notes", "facts"]) {
      notes = root["notes"]?.items("a list of notes")?.compactMap(Corrections.note) ?? []
      facts = root["facts"]?.items("a list of facts")?.compactMap(Corrections.fact) ?? []
    }
    guard source.problems.isEmpty else { throw ConfigurationError(source.problems) }
  }

  /// Reads the file; none is named: no corrections.
  public static func load(_ file: String?) throws(ConfigurationError) -> Corrections {
    guard let file else { return Corrections() }
    return try Corrections(yaml: Configuration.readText(file, limit: 16 << 20).get(), file: file)
  }

  private static func note(_ item: YAMLField) -> Note? {
    guard let section = item.section(keys: ["path", "published", "publisher"]) else { return nil }
    guard let place = section["path"] else {
      section.fail("a note needs a 'path'")
      return nil
    }
    guard let text = place.text("a path or a pattern"), let path = place.pathPattern(text) else { return nil }
    var published: DateRange?
    if let field = section["published"], let text = field.text("a date such as 2024-05-03, 2024-05 or 2024") {
      published = DateRange(text)
      if published == nil { field.mismatch("a date such as 2024-05-03, 2024-05 or 2024") }
    }
    let publisher = section["publisher"]?.text("a name")
    if section["published"] == nil, section["publisher"] == nil { section.fail("a note needs 'published' or 'publisher', or both") }
    return Note(path: path, published: published, publisher: publisher)
  }

  private static func fact(_ item: YAMLField) -> DismissedFact? {
    guard let section = item.section(keys: ["kind", "subject", "text", "reason"]) else { return nil }
    for key in ["kind", "subject", "text"] where section[key] == nil {
      section.fail("a dismissed fact needs a '\(key)'; `bellwether facts dismissed --yaml` prints entries ready to be kept here")
    }
    guard let kind = section["kind"]?.text(), let subject = section["subject"]?.texts(), let text = section["text"]?.text() else {
      return nil
    }
    return DismissedFact(kind: kind, subject: subject, text: text, reason: section["reason"]?.text() ?? "")
  }
}

extension YAMLField {
  func pathPattern(_ text: String) -> PathPattern? {
    if let pattern = PathPattern(text) { return pattern }
    mismatch("a path, in which * ? ** and {date} {year} {month} {day} stand for what varies")
    return nil
  }
}
