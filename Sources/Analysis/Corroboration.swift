/// How far a publisher is to be trusted, on the Admiralty scale (NATO AJP-2.1): A completely reliable … E unreliable, F cannot be judged.
public enum Reliability: String, Sendable, Codable, CaseIterable, Comparable {
  case a = "A"
  case b = "B"
  case c = "C"
  case d = "D"
  case e = "E"
  case f = "F"

  /// Less reliable is less. F says nothing against a source: it counts as one that nobody has judged, between C and D.
  public static func < (x: Reliability, y: Reliability) -> Bool { x.rank < y.rank }

  private var rank: Int {
    switch self {
    case .e: 0
    case .d: 1
    case .f: 2
    case .c: 3
    case .b: 4
    case .a: 5
    }
  }
}

/// How many stand behind a statement: documents, and sources that do not repeat each other.
public struct Corroboration: Sendable, Hashable, Codable {
  public var documents: Int
  /// Independent sources among them: see `IndependentSources`.
  public var sources: Int
  /// Whether nobody is named as a source anywhere.
  public var isAnonymousOnly: Bool

  public init(documents: Int, sources: Int, isAnonymousOnly: Bool) {
    self.documents = documents
    self.sources = sources
    self.isAnonymousOnly = isAnonymousOnly
  }

  public init(_ records: [FactRecord]) {
    documents = Set(records.map(\.path)).count
    sources = IndependentSources.count(records)
    isAnonymousOnly = !records.isEmpty && records.allSatisfy(\.fact.isAnonymous)
  }

  /// "3 documents, 1 independent source, anonymous"
  public var words: String {
    let d = "\(documents) document\(documents == 1 ? "" : "s")", s = "\(sources) independent source\(sources == 1 ? "" : "s")"
    return "\(d), \(s)\(isAnonymousOnly ? ", anonymous only" : "")"
  }
}

/// Counts sources as an analyst does: copies, and outlets of one family, are one.
///
/// Two statements come from one source where their documents have the same publisher or publisher family (no publisher: the same document), where
/// both are attributed to the same named source, or where their sentences are the same words but for at most a fifth (a syndicated text). Sources are
/// the classes that these links connect.
public enum IndependentSources {
  public static func count(_ records: [FactRecord]) -> Int { Set(classes(records)).count }

  /// The number of each record's source, by the position of its first record.
  public static func classes(_ records: [FactRecord]) -> [Int] {
    var parent = Array(records.indices)
    func root(_ index: Int) -> Int {
      var at = index
      while parent[at] != at { at = parent[at] }
      return at
    }
    func join(_ a: Int, _ b: Int) {
      let (x, y) = (root(a), root(b))
      parent[max(x, y)] = min(x, y)
    }
    var first: [String: Int] = [:]
    for (index, record) in records.enumerated() {
      for key in keys(record) {
        if let other = first[key] { join(other, index) } else { first[key] = index }
      }
    }
    let words = records.map { Set($0.fact.evidence.flatMap { Self.words($0.text) }) }
    for (index, mine) in words.enumerated() where mine.count >= minimumWords {
      for other in 0..<index where root(other) != root(index) && words[other].count >= minimumWords {
        let shared = mine.intersection(words[other]).count
        if shared * 5 >= 4 * max(mine.count, words[other].count) { join(other, index) }
      }
    }
    return records.indices.map(root)
  }

  /// Shorter sentences are alike by chance.
  private static let minimumWords = 8

  private static func keys(_ record: FactRecord) -> [String] {
    var keys = ["document \(record.path)"]
    if let publisher = record.family ?? record.publisher { keys.append("publisher \(publisher.lowercased())") }
    // Whom the statement is attributed to; a document speaking for itself has its publisher, and "people familiar" are nobody in particular.
    for source in record.fact.source where source != "document" && !record.fact.isAnonymous { keys.append("source \(source.lowercased())") }
    return keys
  }

  private static func words(_ text: String) -> [Substring] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }
  }
}
