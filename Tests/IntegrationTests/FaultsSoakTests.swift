import Foundation
import Glibc
import TestSupport
import Testing

/// A short run of what `make soak` does for hours: the same driver, fewer turns, the same turns every time.
@Suite(.serialized) struct FaultsSoakTests {
  private static let python = "/usr/bin/python3"
  static let hasPython = TestFile.exists(python)
  static let mayTrace = hasPython && (try? Command.run(["-f", "-o", "/dev/null", "true"], program: "/usr/bin/strace").status) == 0

  private static func soak(_ arguments: [String]) throws -> Command.Result {
    try Command.run(
      ["\(Command.root)/scripts/soak"] + arguments + ["--binary", Command.binary, "--quiet"], program: python, seconds: 300)
  }

  @Test(.enabled(if: hasPython, "python3 is not installed"))
  func `killed fifty times it loses nothing, says nothing twice and leaves nothing half`() throws {
    let result = try Self.soak(["kill", "--kills", "50", "--seed", "11"])
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test(.enabled(if: hasPython, "python3 is not installed"))
  func `after two thousand random operations the database is what the folder holds`() throws {
    let result = try Self.soak(["files", "--operations", "2000", "--per-round", "500", "--seed", "12"])
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test(.enabled(if: mayTrace, "strace is missing or may not trace here"))
  func `whichever system call fails, nothing crashes, hangs or is lost without a word`() throws {
    let result = try Self.soak(["faults", "--faults", "24", "--seed", "13"])
    #expect(result.status == 0, "\(result.errors)")
  }
}
