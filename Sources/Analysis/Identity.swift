/// What people's corrections are kept by: what is said, not the revision or the rule that found it, so that they survive edits elsewhere in
/// the note, new rules and new versions.
extension Fact {
  /// Kind, subjects and the words of the evidence.
  public var identity: String {
    Fact.identity(kind: kind, subject: subject.map(\.id), text: evidence.map(\.text).joined(separator: "\n"))
  }

  /// - Parameter text: the evidence's words; white space counts as one space.
  public static func identity(kind: String, subject: [String], text: String) -> String {
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return StableHash.hex(of: "fact\u{1E}\(kind)\u{1E}\(subject.sorted().joined(separator: "\u{1F}"))\u{1E}\(words)")
  }
}

extension Contradiction {
  /// Whom it is about and the words of both sides.
  public var identity: String {
    let words = sides.map { $0.place.evidence.text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.sorted()
    return StableHash.hex(of: "contradiction\u{1E}\(subject.id)\u{1E}\(words.joined(separator: "\u{1F}"))")
  }
}

/// An alert that a local filter holds back, and which.
public struct WithheldAlert: Sendable, Hashable, Codable {
  public var alert: Alert
  public var filter: String
  public var reason: String

  public init(alert: Alert, filter: String, reason: String) {
    self.alert = alert
    self.filter = filter
    self.reason = reason
  }
}
