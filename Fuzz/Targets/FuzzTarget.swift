import Glibc

/// One parser under test: takes any bytes, and says which promise of the parser they broke.
///
/// A crash, a hang and unbounded memory are found by whoever runs the target; what is checked here is what a parser says of its input:
/// spans lie inside the text and on scalar boundaries, quotations equal the bytes they quote, what is written can be read again.
public enum FuzzTarget: String, CaseIterable, Sendable {
  case markdown
  case html
  case text
  case frontMatter = "front-matter"
  case annotator
  case note
  case annotationLines = "annotation-lines"
  case configuration
  case gazetteer
  case rules
  case manifest
  case globs
  case json
  case pluginReply = "plugin-reply"
  case growth

  /// - Throws: what the parser promised and did not keep.
  public func run(_ bytes: [UInt8]) throws {
    switch self {
    case .markdown: try DocumentPromises.check(bytes, as: "note.md")
    case .html: try DocumentPromises.check(bytes, as: "note.html")
    case .text: try DocumentPromises.check(bytes, as: "note.txt")
    case .frontMatter: try DocumentPromises.check(Array("---\n".utf8) + bytes + Array("\n---\nText.\n".utf8), as: "note.md")
    case .annotator: try LanguagePromises.check(text: bytes)
    case .note: try LanguagePromises.check(note: bytes)
    case .annotationLines: try LanguagePromises.check(lines: bytes)
    case .configuration: try FormatPromises.check(configuration: bytes)
    case .gazetteer: try FormatPromises.check(gazetteer: bytes)
    case .rules: try FormatPromises.check(rules: bytes)
    case .manifest: try FormatPromises.check(manifest: bytes)
    case .globs: try FormatPromises.check(globs: bytes)
    case .json: try FormatPromises.check(json: bytes)
    case .pluginReply: try FormatPromises.check(pluginReply: bytes)
    case .growth: try Growth.check(bytes)
    }
  }
}

/// A promise that was not kept.
public struct Violation: Error, CustomStringConvertible {
  public var description: String
}

func require(_ condition: Bool, _ promise: @autoclosure () -> String) throws {
  if !condition { throw Violation(description: promise()) }
}

/// The project's folder, for the shipped rules and gazetteers.
let projectFolder = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()

/// Names in a directory, sorted; none where it cannot be read.
public func names(in folder: String) -> [String] {
  guard let stream = opendir(folder) else { return [] }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    if name.first != "." { names.append(name) }
  }
  return names.sorted()
}

/// A whole file; nil where it cannot be read.
public func contents(of path: String) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var all: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = read(descriptor, &chunk, chunk.count)
    guard count > 0 else { return count == 0 ? all : nil }
    all += chunk[..<count]
  }
}
