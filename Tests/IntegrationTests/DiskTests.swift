import Foundation
import Glibc
import TestSupport
import Testing

/// Namespaces of a test's own, in which it is root.
enum Namespaces {
  /// Whether this machine lets us mount in one.
  static let arePossible = (try? Command.run(["-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], program: "/usr/bin/unshare").status) == 0
}

/// Disks that are full, that cannot be written or that fail: real file systems in a mount namespace of the daemon's own, and system calls that
/// a tracer makes fail.
@Suite(.enabled(if: Namespaces.arePossible)) struct DiskTests {
  private func mount(_ folder: String, size: String) -> String { "mkdir -p \(folder); mount -t tmpfs -o size=\(size) tmpfs \(folder)" }

  /// Fills a file system to its last byte.
  private func fill(_ folder: String, _ daemon: RunningDaemon) throws {
    _ = try daemon.inside([
      "sh", "-c", "dd if=/dev/zero of=\(folder)/filler bs=4k 2>/dev/null; dd if=/dev/zero of=\(folder)/rest bs=1 2>/dev/null; true",
    ])
  }

  private func empty(_ folder: String, _ daemon: RunningDaemon) throws {
    #expect(try daemon.inside(["rm", "-f", "\(folder)/filler", "\(folder)/rest"]).status == 0)
  }

  private func alertFiles(_ daemon: RunningDaemon) throws -> Int {
    let files = try daemon.inside(["ls", "\(daemon.output)/alerts"]).output.split(separator: "\n")
    return files.count { $0.hasSuffix(".md") }
  }

  @Test func `with a full state volume notes wait, the status says so, and all goes on when there is room again`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start(inside: mount(daemon.state, size: "2m"))
      try daemon.drop("dropped.md", Notes.abandonment)
      try daemon.settle()
      try fill(daemon.state, daemon)
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.notify.next { $0.contains("STATUS=Degraded") && $0.contains("free space") }
      let status = try daemon.verb(["status"])
      #expect(status.status == 1)
      #expect(status.output.contains("cannot write the database \(daemon.state)/bellwether.sqlite"), "\(status.output)")
      #expect(daemon.alertFiles.count == 1)
      try empty(daemon.state, daemon)
      try daemon.settle()
      #expect(daemon.alertFiles.count == 2)
      try daemon.wait { try daemon.verb(["status"]).status == 0 }
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      #expect(try integrity(daemon) == "ok\n")
      #expect(daemon.stop() == 0)
    }
  }

  @Test func `with a full output volume alerts wait, no file is half written, and what is owed comes once`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start(inside: mount(daemon.output, size: "64k"))
      try fill(daemon.output, daemon)
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.notify.next { $0.contains("STATUS=Degraded") && $0.contains("No space left") }
      #expect(try alertFiles(daemon) == 0)
      #expect(try daemon.verb(["facts", "--kind", "layoff"]).output.contains("240"))
      try empty(daemon.output, daemon)
      try daemon.wait { try daemon.verb(["status"]).status == 0 }
      #expect(try alertFiles(daemon) == 1)
      let log = try daemon.inside(["cat", "\(daemon.output)/alerts/alerts.jsonl"]).output
      #expect(log.split(separator: "\n").count == 1)
      #expect(daemon.stop() == 0)
    }
  }

  @Test func `with an output that cannot be written alerts wait until it can be`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start(inside: mount(daemon.output, size: "1m"))
      try daemon.settle()
      #expect(try daemon.inside(["mount", "-o", "remount,ro", daemon.output]).status == 0)
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.notify.next { $0.contains("STATUS=Degraded") && $0.contains("Read-only file system") }
      #expect(try daemon.inside(["mount", "-o", "remount,rw", daemon.output]).status == 0)
      try daemon.wait { try daemon.verb(["status"]).status == 0 }
      #expect(try alertFiles(daemon) == 1)
      #expect(daemon.stop() == 0)
    }
  }

  @Test func `a state folder that cannot be written is named at the start`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      let result = try Command.run(
        ["-Urm", "sh", "-ec", "\(mount(daemon.state, size: "1m")); mount -o remount,ro \(daemon.state); exec \"$@\"", "sh"]
          + [Command.binary, "run", "--config", daemon.configuration], program: "/usr/bin/unshare")
      #expect([74, 77].contains(result.status), "\(result.status)")
      #expect(
        result.errors.contains("\(daemon.state)/bellwether.lock: Read-only file system; make the state folder writable"), "\(result.errors)"
      )
    }
  }

  @Test(.enabled(if: TestFile.exists("/usr/bin/strace")), arguments: ["EIO", "ENOSPC"])
  func `with a disk that fails notes wait, and nothing is lost`(error: String) async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("dropped.md", Notes.abandonment)
      try daemon.settle()
      let tracer = try Tracer(
        daemon.pid,
        ["-P", "\(daemon.state)/bellwether.sqlite-wal", "-e", "trace=pwrite64,fdatasync", "-e", "inject=pwrite64,fdatasync:error=\(error)"])
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.notify.next { $0.contains("STATUS=Degraded") && $0.contains("cannot write the database") }
      tracer.stop()
      try daemon.settle()
      #expect(daemon.alertFiles.count == 2)
      try daemon.wait { try daemon.verb(["status"]).status == 0 }
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      #expect(try integrity(daemon) == "ok\n")
      #expect(daemon.stop() == 0)
    }
  }

  private func integrity(_ daemon: RunningDaemon) throws -> String {
    let code = "import sqlite3,sys; print(sqlite3.connect(sys.argv[1]).execute('PRAGMA integrity_check').fetchone()[0])"
    return try daemon.inside(["python3", "-c", code, "\(daemon.state)/bellwether.sqlite"]).output
  }
}

/// strace on a process that runs, until it is told to let go.
final class Tracer {
  private let process = Process()

  /// Returns once it holds every thread.
  init(_ pid: pid_t, _ arguments: [String]) throws {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/strace")
    process.arguments = ["-f", "-o", "/dev/null", "-p", "\(pid)"] + arguments
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    // It says so once for all threads.
    var said = ""
    while !said.contains("attached") {
      let data = errors.fileHandleForReading.availableData
      guard !data.isEmpty else { throw SupportError("strace ended: \(said)") }
      said += String(decoding: data, as: UTF8.self)
    }
    // Nobody reads on: what it has to say about threads is little.
  }

  /// Killed, not asked: what the threads of a test let through to their children does not include SIGTERM.
  func stop() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
}
