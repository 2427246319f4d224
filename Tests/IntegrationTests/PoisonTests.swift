import Foundation
import Glibc
import TestSupport
import Testing

/// A note that kills or hangs the daemon, by a converter that hangs while the daemon is killed as the watchdog kills it.
@Suite struct PoisonTests {
  private func daemon(_ folder: String) throws -> RunningDaemon {
    let path = "\(folder)/convert"
    try TestFile.write("#!/bin/sh\nread line\ncase $line in poison) sleep 999;; esac\necho \"$line\"\nexec cat\n", to: path)
    chmod(path, 0o755)
    return try RunningDaemon(folder, extra: "converters: {x: [\(path)]}\nlimits: {convert_time: 5m}")
  }

  /// Waits until a note has been at work for so long that it is marked as slow.
  private func waitForWork(_ daemon: RunningDaemon) throws {
    try daemon.wait {
      let bytes = (try? TestFile.bytes("\(daemon.state)/in-work")) ?? []
      // The first slots' marks: 2 is slow.
      return bytes.indices.contains(64) && stride(from: 64, to: bytes.count, by: 8192).contains { bytes[$0] == 2 }
    }
  }

  @Test(arguments: [SIGABRT, SIGSEGV, SIGKILL])
  func `a note that the daemon dies on twice is set aside until it changes, and its neighbours are read`(signal: Int32) async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try daemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      try daemon.drop("a.x", "poison\n")
      for _ in 0..<2 {
        try waitForWork(daemon)
        daemon.stop(signal)
        try daemon.start()
      }
      try daemon.settle()
      let digest = try daemon.verb(["digest", "build", "--json"]).output
      #expect(digest.contains("quarantined after 2 crashes"), "\(digest)")
      #expect(try daemon.verb(["status", "--json"]).output.contains("\"failed\":1,"))
      #expect(try TestFile.text(daemon.log).contains("it is set aside until it changes"))
      try daemon.drop("b.md", Notes.abandonment)
      try daemon.settle()
      #expect(daemon.alertFiles.count == 2)
      // Set aside over restarts, too.
      #expect(daemon.stop() == 0)
      try daemon.start()
      try daemon.settle()
      #expect(try daemon.verb(["status", "--json"]).output.contains("\"failed\":1,"))
      try daemon.drop("a.x", "harmless now\n")
      try daemon.settle()
      #expect(try daemon.verb(["status", "--json"]).output.contains("\"failed\":0,"))
      #expect(try daemon.verb(["search", "harmless"]).output.contains("a.x"))
      #expect(daemon.stop() == 0)
    }
  }

  @Test func `a note that was at work when the daemon died once is read again`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try daemon(folder)
      try daemon.start()
      try daemon.drop("a.x", "poison\n")
      try waitForWork(daemon)
      daemon.stop(SIGABRT)
      try TestFile.write("#!/bin/sh\nexec cat\n", to: "\(folder)/convert")
      try daemon.start()
      try daemon.settle()
      #expect(try daemon.verb(["search", "poison"]).output.contains("a.x"))
      #expect(daemon.stop() == 0)
    }
  }
}
