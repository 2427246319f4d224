import Foundation
import Glibc
import TestSupport
import Testing

/// Notes whose place is another one before they are recorded: nobody asks for a scan here, so what stays stays for an hour.
@Suite struct LeavingTests {
  private func converter(_ body: String, in folder: String) throws -> String {
    try TestFile.write("#!/bin/sh\n\(body)\n", to: "\(folder)/convert")
    chmod("\(folder)/convert", 0o755)
    return "converters: {x: [\(folder)/convert]}"
  }

  /// The processes that a process has started.
  private func children(of pid: pid_t) -> [pid_t] {
    TestFile.names(in: "/proc/\(pid)/task").flatMap { task -> [pid_t] in
      let text = (try? TestFile.text("/proc/\(pid)/task/\(task)/children")) ?? ""
      return text.split(separator: " ").compactMap { pid_t($0) }
    }
  }

  @Test func `a note whose directory leaves while it is converted is let go of`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder, extra: try converter("sleep 2; exec cat", in: folder))
      mkdir("\(daemon.notes)/d", 0o755)
      try daemon.start()
      let events = try EventStream(daemon)
      try TestFile.write("The harbour was quiet.\n", to: "\(daemon.notes)/d/note.x")
      try daemon.wait { !children(of: daemon.pid).isEmpty }
      #expect(rename("\(daemon.notes)/d", "\(folder)/d") == 0)
      try events.next { $0["event"] as? String == "recorded" && $0["path"] as? String == "d/note.x" }
      try events.next { $0["event"] as? String == "gone" && $0["path"] as? String == "d/note.x" }
      daemon.stop()
    }
  }

  @Test func `a converted note that gets a name that is not converted, and becomes a link, is let go of`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder, extra: try converter("exec cat", in: folder), settle: "1s")
      try daemon.start()
      let events = try EventStream(daemon)
      try TestFile.write("The harbour was quiet.\n", to: "\(daemon.notes)/note.x")
      try events.next { $0["event"] as? String == "recorded" && $0["path"] as? String == "note.x" }
      #expect(rename("\(daemon.notes)/note.x", "\(daemon.notes)/note.txt") == 0)
      #expect(unlink("\(daemon.notes)/note.txt") == 0)
      #expect(symlink("/nonexistent", "\(daemon.notes)/note.txt") == 0)
      try events.next { $0["event"] as? String == "gone" && $0["path"] as? String == "note.txt" }
      daemon.stop()
    }
  }

  @Test func `a converter ends with a daemon that is killed`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder, extra: try converter("exec sleep 999", in: folder))
      try daemon.start()
      try TestFile.write("The harbour was quiet.\n", to: "\(daemon.notes)/note.x")
      var child: pid_t?
      try daemon.wait {
        child = children(of: daemon.pid).first { ((try? TestFile.text("/proc/\($0)/comm")) ?? "") == "sleep\n" }
        return child != nil
      }
      let converting = try #require(child)
      daemon.stop(SIGKILL)
      // Gone, or not waited for yet by whoever has inherited it.
      try daemon.wait {
        let stat = (try? TestFile.text("/proc/\(converting)/stat")) ?? ""
        return stat.isEmpty || stat.contains(") Z ")
      }
    }
  }
}
