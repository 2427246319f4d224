import Yams

/// A YAML file being decoded: its text, and everything found wrong with it so far.
///
/// Decoding goes on after a mistake with that value's default, so that one look at the output is enough to correct the file.
public final class YAMLSource {
  public let file: String
  private let text: String
  private let lines: [Substring]
  private var found: [SourceProblem] = []
  private var remarks: [SourceProblem] = []

  public init(file: String, text: String) {
    self.file = file
    self.text = text
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  /// What must be corrected, in the order of the file.
  public var problems: [SourceProblem] { found.sorted(by: YAMLSource.inFileOrder) }
  /// What is allowed but worth a line in the log, in the order of the file.
  public var notices: [SourceProblem] { remarks.sorted(by: YAMLSource.inFileOrder) }

  /// The file's one document as a section with these keys. Nil where the file is empty, or is no YAML mapping, which is then a problem.
  public func root(keys: [String]) -> YAMLSection? {
    do {
      guard let node = try Yams.compose(yaml: text) else { return nil }
      let field = YAMLField(node: node, name: "", source: self)
      return field.isNull ? nil : field.section(keys: keys)
    } catch let error as YamlError {
      report(error)
    } catch {
      found.append(SourceProblem(file: file, message: "is not YAML: \(error)"))
    }
    return nil
  }

  public func report(_ message: String, line: Int, column: Int) {
    found.append(problem(message, line: line, column: column))
  }

  public func notice(_ message: String, line: Int, column: Int) {
    remarks.append(problem(message, line: line, column: column))
  }

  /// A problem of the file as a whole.
  public func report(_ message: String) { found.append(SourceProblem(file: file, message: message)) }

  private func problem(_ message: String, line: Int, column: Int) -> SourceProblem {
    let excerpt = lines.indices.contains(line - 1) ? SourceProblem.excerpt(of: lines[line - 1], column: column) : nil
    return SourceProblem(file: file, line: line, column: column, message: message, excerpt: excerpt)
  }

  private func report(_ error: YamlError) {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let during = context.map { " \($0.text)" } ?? ""
      report("is not YAML:\(during.isEmpty ? "" : during + ",") \(problem)", line: mark.line, column: mark.column)
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.sorted().map { "'\(Printable.escaped($0))'" }.joined(separator: ", ")
      report("\(names) stands here more than once; keep one", line: context.mark.line, column: context.mark.column)
    case .reader(let problem, let offset, _, _):
      let place = position(ofCharacter: offset ?? 0)
      report("is not YAML: \(problem)", line: place.line, column: place.column)
    default:
      found.append(SourceProblem(file: file, message: "is not YAML: \(error)"))
    }
  }

  private func position(ofCharacter offset: Int) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for character in text.prefix(offset) {
      if character.isNewline {
        line += 1
        column = 1
      } else {
        column += character.unicodeScalars.count
      }
    }
    return (line, column)
  }

  private static func inFileOrder(_ a: SourceProblem, _ b: SourceProblem) -> Bool {
    (a.line ?? 0, a.column ?? 0, a.message) < (b.line ?? 0, b.column ?? 0, b.message)
  }
}
