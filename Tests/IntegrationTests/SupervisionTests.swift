import Glibc
import TestSupport
import Testing

/// What systemd sees.
@Suite struct SupervisionTests {
  @Test func `it says ready with live counts, reloading with the time, ready again, and stopping`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      daemon.signal(SIGHUP)
      let reloading = try daemon.notify.next { $0.contains("RELOADING=1") }
      #expect(reloading.contains("MONOTONIC_USEC="))
      let ready = try daemon.notify.next { $0.contains("READY=1") }
      #expect(ready.contains("STATUS=Watching 0 notes in"))
      daemon.signal(SIGTERM)
      try daemon.notify.next { $0.contains("STOPPING=1") }
      #expect(daemon.waitForExit() == 0)
    }
  }

  @Test func `each of many reloads, while it reads, two at once and refused ones among them, is answered by ready`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      for index in 0..<40 { try daemon.drop("note\(index).md", Notes.nothing + "\(index)\n") }
      try daemon.start()
      let good = try TestFile.text(daemon.configuration)
      for turn in 0..<8 {
        try TestFile.write(turn % 3 == 1 ? good + "colour: blue\n" : good, to: daemon.configuration)
        daemon.signal(SIGHUP)
        if turn % 3 == 2 { daemon.signal(SIGHUP) }
        let reloading = try daemon.notify.next { $0.contains("RELOADING=1") }
        #expect(reloading.contains("MONOTONIC_USEC="))
        try daemon.notify.next { $0.contains("READY=1") }
      }
      try TestFile.write(good, to: daemon.configuration)
      #expect(try daemon.verb(["reload", "--wait"]).status == 0)
      try daemon.settle()
      #expect(try daemon.verb(["status"]).status == 0)
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      #expect(daemon.stop() == 0)
    }
  }

  @Test func `a daemon that hangs is named by the verbs, with its process and what to do`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      daemon.signal(SIGSTOP)
      let status = try daemon.verb(["status"])
      daemon.signal(SIGCONT)
      #expect(status.status == 69)
      #expect(status.errors.contains("(pid \(daemon.pid)) has not answered for 10 s: it hangs or was stopped"), "\(status.errors)")
      #expect(try daemon.verb(["status"]).status == 0)
      #expect(daemon.stop() == 0)
    }
  }

  @Test func `the watchdog is fed while it works`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start(environment: ["WATCHDOG_USEC": "200000"])
      try daemon.notify.next { $0.contains("WATCHDOG=1") }
      try daemon.notify.next { $0.contains("WATCHDOG=1") }
      daemon.stop()
    }
  }

  @Test func `a refused reload keeps the old configuration and names file, line and column`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      let good = try TestFile.text(daemon.configuration)
      try TestFile.write(good + "colour: blue\n", to: daemon.configuration)
      let refused = try daemon.verb(["reload", "--wait"])
      #expect(refused.status == 78)
      #expect(refused.errors.contains("bellwether.yaml:8:1: unknown key 'colour'"))
      try TestFile.write(good, to: daemon.configuration)
      let degraded = try daemon.verb(["status"])
      #expect(degraded.status == 1)
      #expect(degraded.output.contains("running with the old configuration"))
      #expect(try daemon.verb(["reload", "--wait"]).status == 0)
      #expect(try daemon.verb(["status"]).status == 0)
      daemon.stop()
    }
  }

  @Test func `a reload that adds a folder reads it`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      mkdir("\(folder)/more", 0o755)
      try TestFile.write(Notes.layoff, to: "\(folder)/more/layoff.md")
      let text = try TestFile.text(daemon.configuration)
      try TestFile.write(text.replacing("}]\noutput", with: "}, {path: \(folder)/more}]\noutput"), to: daemon.configuration)
      #expect(try daemon.verb(["reload", "--wait"]).status == 0)
      try daemon.settle()
      #expect(daemon.alertFiles.count == 1)
      try TestFile.write(Notes.abandonment, to: "\(folder)/more/dropped.md")
      try daemon.settle()
      #expect(daemon.alertFiles.count == 2)
      daemon.stop()
    }
  }

  @Test func `status tells machines and people, and exits 3 where nothing runs`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      #expect(try daemon.verb(["status"]).status == 3)
      try daemon.start()
      try daemon.settle()
      let json = try daemon.verb(["status", "--json"])
      #expect(json.output.hasPrefix("{\"schema\":\"bellwether.status/v1\",\"state\":\"ready\",\"documents\":0,\"queued\":0,"))
      daemon.stop()
    }
  }
}
