import Glibc
import Testing

@testable import Reporting

/// A folder of its own for each test, removed afterwards.
private func withFolder(_ body: (String) throws -> Void) throws {
  var template = Array("/tmp/bellwether-reporting-XXXXXX\0".utf8CString)
  let folder = try #require(template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!).map { String(cString: $0) } })
  defer {
    for name in listing(folder) { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }
  try body(folder)
}

private func listing(_ folder: String) -> [String] {
  guard let stream = opendir(folder) else { return [] }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } }
    if name != ".", name != ".." { names.append(name) }
  }
  return names.sorted()
}

private func content(_ path: String) -> [UInt8]? {
  guard let file = fopen(path, "r") else { return nil }
  defer { fclose(file) }
  var bytes = [UInt8](repeating: 0, count: 1 << 20)
  let count = fread(&bytes, 1, bytes.count, file)
  return Array(bytes.prefix(count))
}

@Suite struct AtomicFileTests {
  @Test func writesEverythingAndLeavesNoTemporaryFile() throws {
    try withFolder { folder in
      let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
      try #expect(AtomicFile.write(bytes, to: "\(folder)/a.md") == .written)
      #expect(content("\(folder)/a.md") == bytes)
      #expect(listing(folder) == ["a.md"])
    }
  }

  @Test func unchangedContentKeepsTheInode() throws {
    try withFolder { folder in
      let path = "\(folder)/a.md"
      try AtomicFile.write(Array("one".utf8), to: path)
      var before = stat()
      stat(path, &before)
      try #expect(AtomicFile.write(Array("one".utf8), to: path) == .unchanged)
      var after = stat()
      stat(path, &after)
      #expect(before.st_ino == after.st_ino)
      try #expect(AtomicFile.write(Array("two".utf8), to: path) == .written)
      #expect(content(path) == Array("two".utf8))
      try #expect(AtomicFile.write([], to: path) == .written)
      try #expect(AtomicFile.write([], to: path) == .unchanged)
    }
  }

  @Test func aLinkAtTheTargetIsReplacedAndItsTargetIsSafe() throws {
    try withFolder { folder in
      try AtomicFile.write(Array("precious".utf8), to: "\(folder)/precious")
      symlink("\(folder)/precious", "\(folder)/latest.md")
      try AtomicFile.write(Array("digest".utf8), to: "\(folder)/latest.md")
      #expect(content("\(folder)/precious") == Array("precious".utf8))
      #expect(content("\(folder)/latest.md") == Array("digest".utf8))
    }
  }

  @Test func failureNamesThePathTheReasonAndWhatToDo() throws {
    try withFolder { folder in
      let failure = #expect(throws: FileFailure.self) { try AtomicFile.write([1], to: "\(folder)/missing/a.md") }
      #expect(failure?.code == ENOENT)
      #expect(
        failure?.description
          == "cannot write \(folder)/missing/a.md: creating a temporary file beside it failed: No such file or directory. "
          + "The folder above is missing: create it or correct 'output' in the configuration.")
    }
  }

  @Test func aFolderInTheWayLeavesNoTemporaryFile() throws {
    try withFolder { folder in
      mkdir("\(folder)/a.md", 0o700)
      let failure = #expect(throws: FileFailure.self) { try AtomicFile.write([1], to: "\(folder)/a.md") }
      #expect(failure?.step == .rename)
      #expect(listing(folder) == ["a.md"])
      rmdir("\(folder)/a.md")
    }
  }

  @Test func makesFoldersOnceAndRefusesAFileInTheWay() throws {
    try withFolder { folder in
      try AtomicFile.makeFolder("\(folder)/x/y")
      try AtomicFile.makeFolder("\(folder)/x/y")
      try AtomicFile.write([1], to: "\(folder)/x/y/f")
      let failure = #expect(throws: FileFailure.self) { try AtomicFile.makeFolder("\(folder)/x/y/f") }
      #expect(failure?.code == ENOTDIR)
      try AtomicFile.remove("\(folder)/x/y/f")
      try AtomicFile.remove("\(folder)/x/y/f")
      rmdir("\(folder)/x/y")
      rmdir("\(folder)/x")
    }
  }

  @Test func leftoversOfAKilledWriterGoAndNothingElse() throws {
    try withFolder { folder in
      try AtomicFile.write([1], to: "\(folder)/.bellwether-99-1.tmp")
      try AtomicFile.write([1], to: "\(folder)/.other.tmp")
      #expect(AtomicFile.removeLeftovers(in: folder) == 1)
      #expect(listing(folder) == [".other.tmp"])
    }
  }
}
