import Configuration
import Documents
import Engine
import FileWatching
import Glibc

/// The command line as bytes: a file's name need not be UTF-8, and `CommandLine.arguments` would mend what is not.
enum RawArguments {
  /// Arguments that are no UTF-8, by how they are shown.
  static let names: [String: [UInt8]] = all.reduce(into: [:]) { names, bytes in
    if String(validating: bytes, as: UTF8.self) == nil { names[BytePath(bytes).description] = bytes }
  }

  /// Without the program's name; what is no UTF-8 is shown escaped.
  static var texts: [String] { all.dropFirst().map { String(validating: $0, as: UTF8.self) ?? BytePath($0).description } }

  private static var all: [[UInt8]] {
    (0..<Int(CommandLine.argc)).compactMap { index in
      CommandLine.unsafeArgv[index].map { pointer in
        UnsafeBufferPointer(start: pointer, count: strlen(pointer)).map(UInt8.init(bitPattern:))
      }
    }
  }
}

/// A note that a person named, or that lies in a folder they named.
struct NoteFile {
  /// As it is printed: escaped where the name is no UTF-8.
  var shown: String
  /// The name's bytes, where they are no UTF-8.
  var raw: BytePath?

  static func expand(_ paths: [String], kinds: NoteKinds, problems: inout [SetupError]) -> [NoteFile] {
    var files: [NoteFile] = []
    for path in paths {
      if let bytes = RawArguments.names[path] {
        files += isDirectory(bytes) ? below(BytePath(bytes), kinds, problems: &problems) : [NoteFile(shown: path, raw: BytePath(bytes))]
        continue
      }
      let found = Checker.expand([path], kinds: kinds, problems: &problems)
      // A mended name stands for no file; those files are listed once more, by their bytes.
      let whole = found.filter { $0 == path || !$0.contains("\u{FFFD}") || access($0, F_OK) == 0 }
      files += whole.map { NoteFile(shown: $0) }
      if whole.count < found.count { files += below(BytePath(path), kinds, problems: &problems).filter { $0.raw != nil } }
    }
    return files
  }

  func read(by checker: Checker) -> Checker.Reading {
    guard let raw else { return checker.read(shown) }
    // The checker reads by text; the empty name gives a reading to be filled in.
    var reading = checker.read("")
    reading.path = shown
    do {
      let folder = raw.parent.isEmpty ? (raw.isAbsolute ? "/" : ".") : raw.parent
      let bytes = try SafeFile.read(
        root: folder, path: BytePath(Array(raw.lastComponent)), limit: checker.assembly.configuration.limits.fileSize
      ).bytes
      let name = BytePath(Array(raw.lastComponent)).description
      reading.result = .success(try checker.assembly.pipeline.run(bytes, path: shown, hints: ReadingHints(fileName: name)))
    } catch let error as FileSystemError {
      reading.result = .failure(SetupError(error.isMissing ? .noInput : .badData, error.description))
    } catch let error as ReadingRefusal {
      reading.result = .failure(Checker.refusal(shown, error))
    } catch {
      reading.result = .failure(SetupError(.badData, "\(shown): \(error)"))
    }
    return reading
  }

  private static func below(_ root: BytePath, _ kinds: NoteKinds, problems: inout [SetupError]) -> [NoteFile] {
    var found: [BytePath] = []
    do {
      try DirectoryWalker(root: root).walk { visit in
        if case .file(let file) = visit, file.status.isRegularFile, kinds.isNote(name: file.path.lastComponent) {
          found.append(root.appending(file.path))
        }
        return true
      }
    } catch {
      problems.append(SetupError(.permission, "\(error)"))
    }
    return found.sorted().map { path in
      if let text = String(validating: path.bytes, as: UTF8.self) { return NoteFile(shown: text) }
      return NoteFile(shown: path.description, raw: path)
    }
  }

  private static func isDirectory(_ bytes: [UInt8]) -> Bool {
    var status = stat()
    return stat(bytes.map(CChar.init(bitPattern:)) + [0], &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
