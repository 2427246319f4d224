import Glibc
import Testing

/// Compares with a recorded file beside the tests. `BELLWETHER_RECORD=1` rewrites the files, and fails, so that no run records unseen.
func expectGolden(_ bytes: [UInt8], _ name: String, file: String = #filePath, at location: SourceLocation = #_sourceLocation) {
  let path = file[..<(file.lastIndex(of: "/") ?? file.endIndex)] + "/Golden/" + name
  if getenv("BELLWETHER_RECORD") != nil {
    if let out = fopen(String(path), "w") {
      fwrite(bytes, 1, bytes.count, out)
      fclose(out)
    }
    Issue.record("recorded \(name): read the difference before committing it", sourceLocation: location)
    return
  }
  guard let recorded = fopen(String(path), "r") else {
    Issue.record("no recorded file \(path): run the tests with BELLWETHER_RECORD=1", sourceLocation: location)
    return
  }
  defer { fclose(recorded) }
  var expected = [UInt8](repeating: 0, count: 1 << 20)
  expected.removeLast(expected.count - fread(&expected, 1, expected.count, recorded))
  let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  let wanted = String(decoding: expected, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  for (number, pair) in zip(lines, wanted).enumerated() where pair.0 != pair.1 {
    Issue.record("\(name):\(number + 1): expected “\(pair.1)”, got “\(pair.0)”", sourceLocation: location)
    return
  }
  #expect(lines.count == wanted.count, "\(name): number of lines", sourceLocation: location)
}
