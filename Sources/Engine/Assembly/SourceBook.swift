import Analysis
import Configuration
import Language

/// What is known of publishers: their families, by configuration and gazetteers, and how far each is trusted.
struct SourceBook: Sendable {
  /// By the publisher's name in small letters.
  private var families: [String: String] = [:]
  private var reliability: [String: Reliability] = [:]

  init(_ sources: Configuration.Sources, _ gazetteer: Gazetteer) {
    for entry in gazetteer.entries {
      guard let family = entry.publisherFamily else { continue }
      for name in [entry.name] + entry.aliases { families[name.lowercased()] = family }
    }
    for (family, members) in sources.families.sorted(by: { $0.key < $1.key }) {
      for name in [family] + members { families[name.lowercased()] = family }
    }
    for (name, value) in sources.reliability { reliability[name.lowercased()] = Reliability(rawValue: value.rawValue) }
  }

  /// Fills in what is known of the record's publisher.
  func judge(_ record: inout FactRecord) {
    guard let publisher = record.publisher?.lowercased() else { return }
    record.family = families[publisher]
    // A publisher that is not judged itself is judged as its family.
    record.reliability = reliability[publisher] ?? record.family.flatMap { reliability[$0.lowercased()] }
  }
}
