import Glibc
import Testing

@testable import FileWatching

/// A case as text: a title, then sections of indented lines. Names may hold `%XX` for any byte.
///
///     # a directory is renamed
///     before
///       mkdir a
///     steps
///       rename a b
///     told
///       moved a b directory
struct CaseFile: Sendable, CustomTestStringConvertible {
  var name: String
  var title = ""
  var sections: [String: [String]] = [:]
  var testDescription: String { title }

  subscript(_ section: String) -> [String] { sections[section] ?? [] }

  /// Every case of a folder beside this file.
  static func all(in folder: String) -> [CaseFile] {
    let path = #filePath.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/Cases/\(folder)"
    let directory = open(path, O_RDONLY | O_DIRECTORY)
    defer { close(directory) }
    var names: [String] = []
    _ = DirectoryLister().list(directory) { names.append(String(decoding: $0.name, as: UTF8.self)) }
    return names.filter { $0.hasSuffix(".txt") }.sorted().map { CaseFile("\(path)/\($0)", named: $0) }
  }

  private init(_ path: String, named name: String) {
    self.name = name
    let root = BytePath(path.split(separator: "/").dropLast().map { "/\($0)" }.joined())
    let bytes = (try? SafeFile.read(root: root, path: BytePath(name), limit: 1 << 20))?.bytes ?? []
    var section = ""
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      if line.hasPrefix("# ") {
        title = String(line.dropFirst(2))
      } else if line.hasPrefix("  ") {
        sections[section, default: []].append(String(line.dropFirst(2)))
      } else {
        section = String(line)
        sections[section] = []
      }
    }
  }

  static func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

  /// `%XX` becomes the byte.
  static func bytes(_ word: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(word.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }

  /// The reverse, for what is no visible ASCII.
  static func word(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { byte in
      if (0x21...0x7E).contains(byte), byte != UInt8(ascii: "%") { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }

  static func word(_ path: TreePath) -> String { path.path.isEmpty ? "." : word(path.path.bytes) }

  static func describe(_ change: Change) -> String {
    switch change {
    case .changed(let place): "changed \(word(place))"
    case .gone(let place): "gone \(word(place))"
    case .directoryGone(let place): "directoryGone \(word(place))"
    case .moved(let from, let to, let isDirectory): "moved \(word(from)) \(word(to))" + (isDirectory ? " directory" : "")
    case .rescanNeeded(let place): "rescan \(word(place))"
    case .uncovered(let place, _): "uncovered \(word(place))"
    case .covered(let place): "covered \(word(place))"
    case .rootLost: "rootLost"
    case .rootFound: "rootFound"
    }
  }
}
