import Analysis
import Documents

/// A declarative rule that turns a sentence into a fact of one kind.
struct Frame: Sendable {
  enum Negated: String, CaseIterable, Sendable { case skip, denied, keep }
  enum Questions: String, CaseIterable, Sendable { case skip, keep }
  enum Undated: String, CaseIterable, Sendable { case published, unknown }
  enum Need: String, CaseIterable, Sendable { case subject, agent, object, value, when, heading }

  enum Collect: String, CaseIterable, Sendable { case none = "false", near, all = "true" }

  enum QuotationKind: String, CaseIterable, Sendable { case direct, indirect, block, mixed }

  /// Full id: `people.layoff`.
  var rule: String
  var plugin: String
  var kind: String
  var polarity: Polarity
  var patterns: [PatternNode]
  /// How each of them is written, and where.
  var sources: [PatternSource]
  /// Quotations of these kinds are facts of this frame, with their speaker as subject.
  var attributions: [QuotationKind]
  /// What must not match in the same sentence.
  var unless: [PatternNode]
  var unlessSources: [PatternSource]
  /// What the resolver accepts as a subject, an object and a value where no pattern captures one.
  var subject: CaptureMask
  var object: CaptureMask
  var value: CaptureMask
  /// Which further quantities belong to the value: those right after the first, or all of the sentence.
  var collect: Collect
  var needs: [Need]
  var negated: Negated
  var questions: Questions
  /// What to do with what may, might or could be.
  var possible: Questions
  var undated: Undated
  /// Where the text itself says no more than this: "accused of" is `alleged`.
  var status: AssertionStatus?
  var roles: [Block.Role]
  /// Whether it names no roles: then it reads headings that tell an event, besides the text itself.
  var readsHeadlines: Bool
  /// Whether a person it is about belongs to the organisation the text is about, whoever employs them today.
  var employedByContext: Bool
  /// Whether "should" and "if" are what it is about.
  var advice: Bool
  /// Whether it gives way to any other fact of the sentence.
  var fallback: Bool
  /// A pattern that the governing heading must match.
  var heading: PatternNode?
  var labels: [String: String]
  /// For people: what the rule is about.
  var description: String
  var place: RulePlace
  var tests: [RuleTest]
}

/// A pattern as its file has it.
struct PatternSource: Sendable, Hashable {
  var text: String
  var line: Int
}

/// Where a rule stands.
struct RulePlace: Sendable, Hashable {
  var file: String
  var line: Int
}

/// A sentence that must fire or must stay silent.
public struct RuleTest: Sendable, Hashable {
  public var rule: String
  public var file: String
  public var line: Int
  public var text: String
  public var fires: Bool
  /// What the fact must say besides: "value", "subject", "object", "status", "when", "source".
  public var expected: [String: String]
}
