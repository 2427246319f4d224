import Foundation
import TestSupport
import Testing

/// What stands on a terminal, by a terminal: Python's `pty` runs the verb and keeps what it writes.
@Suite struct TerminalTests {
  /// Everything that the verb wrote to a terminal of 100 columns, and its exit status or signal.
  /// - Parameter sight: after it was seen the verb gets Ctrl-C's signal.
  private func onTerminal(_ arguments: [String], interruptAfter sight: String? = nil) throws -> (status: Int32, text: String) {
    let script = """
      import fcntl, os, pty, signal, struct, sys, termios
      pid, terminal = pty.fork()
      if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL); signal.pthread_sigmask(signal.SIG_SETMASK, [])
        os.execv(sys.argv[2], sys.argv[2:])
      fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 100, 0, 0))
      text, sight = b'', sys.argv[1].encode()
      while True:
        try: part = os.read(terminal, 65536)
        except OSError: break
        if not part: break
        text += part
        if sight and sight in text: os.kill(pid, signal.SIGINT); sight = b''
      os.write(1, text)
      sys.exit(abs(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])))
      """
    let result = try Command.run(
      ["python3", "-c", script, sight ?? "", Command.binary] + arguments, program: "/usr/bin/env", seconds: 50)
    return (result.status, result.output.replacing("\r\n", with: "\n"))
  }

  /// As a person sees it: the line that was shown last is taken away by what comes after.
  private func seen(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.split(separator: "\r\u{1B}[K", omittingEmptySubsequences: false).last ?? "")
    }.joined(separator: "\n")
  }

  @Test func `progress of a long reading stands on a terminal alone, and nothing of it stays`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      for index in 0..<150 {
        let calm = String(repeating: "The ferries ran on time through the week, and the quay was full of people. ", count: 60)
        try TestFile.write("---\ndate: 2026-02-20\n---\n\n\(calm)\n", to: "\(daemon.notes)/calm-\(index).md")
      }
      try TestFile.write(Notes.layoff, to: "\(daemon.notes)/layoff.md")
      try TestFile.write("\u{0}\u{1}\u{2}", to: "\(daemon.notes)/broken.md")
      let arguments = ["check", "--config", daemon.configuration, daemon.notes]
      let piped = try Command.run(arguments)
      #expect(!piped.errors.contains("\u{1B}") && !piped.errors.contains("reading:"))
      let shown = try onTerminal(arguments)
      #expect(shown.status == piped.status)
      // Both streams are one on a terminal: the same lines, in whatever order.
      let lines = seen(shown.text).split(separator: "\n").sorted()
      #expect(lines == (piped.output + piped.errors).split(separator: "\n").sorted(), "\(shown.text)")
      // A slow machine gets to see it, and then to its end.
      if shown.text.contains("reading: ") { #expect(shown.text.contains("reading: 152 of 152 notes, 100 %")) }
    }
  }

  @Test func `status --follow is a view that stands still, and ends with Ctrl-C`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      let shown = try onTerminal(["status", "--follow", "--config", daemon.configuration], interruptAfter: "plugins  ")
      #expect(shown.status == SIGINT)
      #expect(shown.text.contains("\u{1B}[H"))
      for line in ["state    ready", "notes    1 on record, 0 waiting, 0 could not be read", "alerts   1 open, 0 notifications owed"] {
        #expect(shown.text.contains("\(line)\u{1B}[K"), "\(shown.text)")
      }
      daemon.stop()
    }
  }
}
