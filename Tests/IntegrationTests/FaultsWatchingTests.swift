import Foundation
import Glibc
import TestSupport
import Testing

/// What the kernel refuses a daemon that wants to watch: no watches left, no instance, a mount that comes and goes.
@Suite struct FaultsWatchingTests {
  /// Whether a process may make namespaces of its own here; without root by way of a user namespace.
  static let hasNamespaces = (try? Command.run(["-Urm", "true"], program: "/usr/bin/unshare").status) == 0

  /// Becomes the daemon in namespaces of its own, after some preparation.
  static func namespaces(_ preparation: String) -> [String] {
    ["/usr/bin/unshare", "-Urm", "sh", "-c", "\(preparation); exec \"$@\"", "sh"]
  }

  @Test(.enabled(if: hasNamespaces, "user namespaces are switched off here"))
  func `out of watches, the rest is polled, and the status names the sysctl`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      for index in 0..<40 {
        mkdir("\(daemon.notes)/d\(index)", 0o755)
        try TestFile.write(Notes.nothing + "Note \(index).\n", to: "\(daemon.notes)/d\(index)/note.md")
      }
      try daemon.start(wrapper: Self.namespaces("echo 20 > /proc/sys/user/max_inotify_watches"))
      try daemon.settle()
      let status = try daemon.verb(["status"])
      #expect(status.status == 1)
      #expect(status.output.contains("20 of 41 directories watched"), "\(status.output)")
      #expect(status.output.contains("sysctl fs.inotify.max_user_watches"))
      #expect(!status.output.contains("No space left"))
      for index in 0..<40 { try TestFile.write(Notes.nothing + "More \(index).\n", to: "\(daemon.notes)/d\(index)/more.md") }
      try daemon.settle()
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      // Half of the folders go, and watches become free: at the next look everything is covered, and the degradation ends by itself.
      for index in 0..<25 { removeTree("\(daemon.notes)/d\(index)") }
      try daemon.settle()
      #expect(try daemon.verb(["reload", "--wait"]).status == 0)
      try daemon.settle()
      #expect(try !daemon.verb(["status"]).output.contains("directories watched,"))
      #expect(daemon.stop() == 0)
    }
  }

  @Test(.enabled(if: hasNamespaces, "user namespaces are switched off here"))
  func `without an inotify instance the folders are polled, and inotify is asked for again`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start(wrapper: Self.namespaces("echo 0 > /proc/sys/user/max_inotify_instances"))
      try daemon.settle()
      let status = try daemon.verb(["status"])
      #expect(status.status == 1)
      #expect(status.output.contains("max_user_instances"), "\(status.output)")
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      #expect(daemon.alertFiles.count == 1)
      // The limit is raised from outside; the next time round the folders are watched.
      let raised = try Command.run(
        ["-U", "-m", "-t", "\(daemon.pid)", "sh", "-c", "echo 8 > /proc/sys/user/max_inotify_instances"], program: "/usr/bin/nsenter")
      #expect(raised.status == 0, "\(raised.errors)")
      let events = try EventStream(daemon)
      #expect(try daemon.verb(["reload", "--wait"]).status == 0)
      try daemon.drop("dropped.md", Notes.abandonment)
      try events.next { $0["event"] as? String == "recorded" && ($0["path"] as? String)?.contains("dropped") == true }
      #expect(try daemon.verb(["status"]).status == 0)
      #expect(daemon.stop() == 0)
    }
  }

  @Test(.enabled(if: hasNamespaces, "user namespaces are switched off here"))
  func `an unmounted notes folder takes no note with it, and is watched again when it is mounted`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      let mount = "mount -t tmpfs none \(daemon.notes)"
      try daemon.start(environment: ["WATCHDOG_USEC": "400000"], wrapper: Self.namespaces(mount))
      try daemon.settle()
      // The beat is what looks whether the folder is still there. Somebody has to listen: a full socket would stop the daemon.
      Thread.detachNewThread { [notify = daemon.notify] in while (try? notify.next(within: 5) { _ in true }) != nil {} }
      // As the daemon sees the folder: its mounts are its own.
      let inside = "/proc/\(daemon.pid)/root\(daemon.notes)"
      try TestFile.write(Notes.layoff, to: "\(inside)/layoff.md")
      try daemon.settle()
      #expect(daemon.alertFiles.count == 1)
      func inNamespace(_ command: String) throws {
        let result = try Command.run(["-U", "-m", "-t", "\(daemon.pid)", "sh", "-c", command], program: "/usr/bin/nsenter")
        #expect(result.status == 0, "\(command): \(result.errors)")
      }
      // A copy is kept, as a disk keeps its files while it is not mounted.
      try inNamespace("mkdir \(folder)/kept && mount --bind \(daemon.notes) \(folder)/kept")
      let events = try EventStream(daemon)
      try inNamespace("umount -l \(daemon.notes)")
      try events.next { $0["event"] as? String == "rescan" }
      try daemon.settle()
      #expect(try daemon.alertLog().map { $0["state"] as? String } == ["open"], "nothing is withdrawn")
      #expect(try daemon.verb(["facts", "--kind", "layoff"]).output.contains("240"))
      #expect(try daemon.verb(["status"]).status == 1)
      try inNamespace("mount --bind \(folder)/kept \(daemon.notes)")
      try events.next { $0["event"] as? String == "rescan" }
      try daemon.settle()
      try TestFile.write(Notes.abandonment, to: "\(inside)/dropped.md")
      try events.next { $0["event"] as? String == "recorded" && ($0["path"] as? String)?.contains("dropped") == true }
      try daemon.settle()
      #expect(try daemon.alertLog().map { $0["category"] as? String } == ["layoff", "abandonment"])
      #expect(try daemon.verb(["status"]).status == 0)
      #expect(daemon.stop() == 0)
    }
  }

  @Test func `when a link takes a directory's place its notes are let go, and what the link leads to is not read`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      for name in ["notes/a", "secret"] { mkdir("\(folder)/\(name)", 0o755) }
      try daemon.start()
      try daemon.settle()
      try TestFile.write(Notes.layoff, to: "\(daemon.notes)/a/layoff.md")
      try TestFile.write(Notes.abandonment, to: "\(folder)/secret/layoff.md")
      try daemon.settle()
      removeTree("\(daemon.notes)/a")
      symlink("\(folder)/secret", "\(daemon.notes)/a")
      try daemon.settle()
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      #expect(try daemon.alertLog().map { $0["state"] as? String } == ["open", "withdrawn"])
      #expect(try daemon.verb(["search", "abandoned"]).output.contains("Aurora") == false)
      #expect(daemon.stop() == 0)
    }
  }
}
