/// Why a configuration was refused: everything that is wrong with the file, in its order.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// At least one.
  public var problems: [SourceProblem]

  public init(_ problems: [SourceProblem]) { self.problems = problems }

  /// Each problem with its line and a caret.
  public var description: String { problems.map(\.description).joined(separator: "\n") }

  /// The first problem on one line, for `STATUS=` and the log: `bellwether.yaml:12:1: unknown key … (and 2 more)`.
  public var summary: String {
    guard let first = problems.first else { return "refused" }
    return problems.count == 1 ? first.headline : "\(first.headline) (and \(problems.count - 1) more)"
  }
}
