import Analysis

/// A declarative rule that turns what is laid out instead of told into facts: the rows of a table, "key: value" lines, the items of a list.
///
/// A sentence says with its verb what happened; a row, a line or an item leaves that to the header, the key, the heading or the sentence that
/// introduces it. A record names those labels and says which role each one's content plays.
struct RecordRule: Sendable {
  /// What it reads.
  enum Shape: String, CaseIterable, Sendable {
    /// Rows of a table whose header names at least one of its columns.
    case rows
    /// A key and its value: "Revenue: $3 billion" on a line of its own, or the first cell of a row and the others.
    case pairs
    /// Items of a list under a heading or a sentence that says what they have in common.
    case items
  }

  enum Role: String, CaseIterable, Sendable {
    case subject, object, value, when, status, skip
    /// The organisation a person belongs or belonged to; an object besides.
    case from
  }

  /// Which columns play a role.
  struct Column: Sendable {
    var role: Role
    var labels: [PatternNode]
    /// Whether it takes every column that plays no other role.
    var isRest: Bool
  }

  /// Full id: `resources.funding-rounds`.
  var rule: String
  var plugin: String
  var kind: String
  var shape: Shape
  var polarity: Polarity
  var status: AssertionStatus?
  /// Rows: what a header cell, the caption, the introduction or one of the two nearest headings must say. Items: what the introduction or the
  /// nearest heading must say. Pairs: as rows, and may be missing.
  var about: [PatternNode]
  /// What none of those may say.
  var unless: [PatternNode]
  var columns: [Column]
  /// Pairs: what the key must say. Items: what an item must begin with.
  var key: [PatternNode]
  /// What the value of a pair, or the cell of the column `status`, must say.
  var state: [PatternNode]
  /// Types that each role takes; a name without a known type is taken as it stands where `np` is one of them.
  var subject: CaptureMask
  var object: CaptureMask
  var value: CaptureMask
  /// The role that an item, the value of a pair, or its key where the rule asks for none, plays itself; nil: none, and a pair is about what
  /// its column or heading names.
  var item: Role?
  /// What a bare number counts.
  var unit: String?
  var needs: [Role]
  /// Whether a person it is about belongs to the organisation the text is about.
  var employedByContext: Bool
  var labels: [String: String]
  var description: String
  var sources: [PatternSource]
  var place: RulePlace
  var tests: [RuleTest]

  /// Every pattern it holds.
  var patterns: [PatternNode] { about + unless + key + state + columns.flatMap(\.labels) }
}
