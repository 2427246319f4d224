import Analysis
import Configuration
import Documents
import Foundation
import Reporting
import Storage
import TestSupport
import Testing

@testable import Engine

/// Ways out of the machine, with programs of our own at their ends.
@Suite struct SinkTests {
  private func notification(_ subject: String = "WARNING: Northwind lets 90 go") -> Engine.Notification {
    Engine.Notification(
      kind: .alert, key: "0123456789abcdef", sink: "post", recipient: "ada@example.org", subject: subject, severity: .warning,
      at: 1_767_225_600_000, thread: "feedc0de", text: Array("Grüße\n".utf8), html: Array("<p>Grüße</p>\n".utf8),
      json: Array("{\"schema\":\"bellwether.notification/v1\"}\n".utf8))
  }

  private func environment(_ more: [String: String] = [:]) -> [String: String] {
    ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "SECRET_OF_THE_DAEMON": "x"].merging(more) { $1 }
  }

  private func script(_ folder: String, _ body: String) throws -> String {
    let path = "\(folder)/program"
    try TestFile.write("#!/bin/sh\n\(body)\n", to: path)
    chmod(path, 0o755)
    return path
  }

  @Test func `a command gets the notification on its input, the key in a small environment, and no secret of the daemon`() async throws {
    try await withTemporaryDirectory { folder in
      let program = try script(folder, "cat > \(folder)/in; env > \(folder)/env; printf '%s\\n' \"$1\" > \(folder)/arguments")
      try CommandTransport(
        words: [program, "two words; $(touch \(folder)/pwned)"], secret: .file("/run/token"), timeout: .seconds(20),
        environment: environment()
      ).send(notification())
      #expect(try TestFile.text("\(folder)/in") == "{\"schema\":\"bellwether.notification/v1\"}\n")
      let variables = try TestFile.text("\(folder)/env")
      #expect(variables.contains("BELLWETHER_KEY=0123456789abcdef\n"))
      #expect(variables.contains("BELLWETHER_RECIPIENT=ada@example.org\n"))
      #expect(variables.contains("BELLWETHER_SECRET_FILE=/run/token\n"))
      #expect(!variables.contains("SECRET_OF_THE_DAEMON"))
      #expect(try TestFile.text("\(folder)/arguments").hasPrefix("two words; $(touch"))
      #expect(!TestFile.exists("\(folder)/pwned"))
    }
  }

  @Test func `how a program failed is said with its last words`() async throws {
    try await withTemporaryDirectory { folder in
      func failure(_ body: String, timeout: Duration = .seconds(20)) throws -> String {
        let program = try script(folder, body)
        do {
          try CommandTransport(words: [program], secret: nil, timeout: timeout, environment: environment()).send(notification())
          return "none"
        } catch {
          return error.description.replacing(program, with: "P")
        }
      }
      let broken = try failure("echo first >&2; echo broken >&2; exit 3")
      #expect(broken == "P ended with status 3: broken")
      #expect(try failure("kill -9 $$") == "P was ended by signal 9")
      #expect(try failure("sleep 60 & sleep 60", timeout: .milliseconds(200)) == "P took longer than 200ms and was ended")
      #expect(try failure("exit 0") == "none")
      let missing = CommandTransport(words: ["/nonexistent/tell"], secret: nil, timeout: .seconds(5), environment: environment())
      #expect(throws: DeliveryFailure.self) { try missing.send(notification()) }
    }
  }

  @Test func `mail goes to its recipient on the command line and says who it is in its headers`() async throws {
    try await withTemporaryDirectory { folder in
      let program = try script(folder, "cat > \(folder)/message; printf '%s ' \"$@\" > \(folder)/arguments")
      try MailTransport(sendmail: program, from: "watch@example.org", timeout: .seconds(20), environment: environment()).send(
        notification())
      #expect(try TestFile.text("\(folder)/arguments") == "-i -f watch@example.org -- ada@example.org ")
      let message = try TestFile.text("\(folder)/message")
      for header in [
        "From: Bellwether <watch@example.org>", "To: <ada@example.org>", "Subject: [Bellwether] WARNING: Northwind lets 90 go",
        "Date: Thu, 1 Jan 2026 00:00:00 +0000", "Message-ID: <0123456789abcdef@example.org>", "References: <feedc0de@example.org>",
        "List-Id: Bellwether <post.bellwether.example.org>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
      ] {
        #expect(message.contains("\n\(header)\n") || message.hasPrefix("\(header)\n"), "\(header)")
      }
      #expect(message.contains(Data("Grüße\n".utf8).base64EncodedString()))
      #expect(message.contains(Data("<p>Grüße</p>\n".utf8).base64EncodedString()))
    }
  }

  @Test(arguments: [
    "x\nBcc: eve@example.org", "x\r\n\r\nbody", "x\u{2028}Bcc: y", "x\u{0}y", "Ünïcødé \u{202E}txt " + String(repeating: "ö", count: 300),
  ])
  func `no title begins a header`(title: String) {
    let message = String(decoding: MailMessage.render(notification(title), from: "watch@example.org"), as: UTF8.self)
    let head = message.components(separatedBy: "\n\n")[0].split(separator: "\n", omittingEmptySubsequences: false)
    let names = head.filter { !$0.hasPrefix(" ") }.map { String($0.prefix { $0 != ":" }) }
    #expect(
      names == [
        "From", "To", "Subject", "Date", "Message-ID", "References", "In-Reply-To", "List-Id", "Auto-Submitted", "X-Auto-Response-Suppress",
        "X-Bellwether-Key", "MIME-Version", "Content-Type",
      ])
    #expect(head.allSatisfy { $0.utf8.count <= 998 && $0.utf8.allSatisfy { (0x20..<0x7F).contains($0) } })
  }

  @Test func `base64 is that of RFC 4648`() {
    for (plain, coded) in [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ] {
      #expect(Base64.encode(Array(plain.utf8)) == coded)
    }
  }

  @Test func `a secret is read from its file or credential, and its absence is said`() async throws {
    try await withTemporaryDirectory { folder in
      try TestFile.write("hunter2\n", to: "\(folder)/token")
      let there = environment(["CREDENTIALS_DIRECTORY": folder])
      #expect(try Configuration.Sink.Secret.credential("token").read(there) == "hunter2")
      #expect(try Configuration.Sink.Secret.file("\(folder)/token").read(environment()) == "hunter2")
      #expect {
        try Configuration.Sink.Secret.credential("token").read(environment())
      } throws: {
        "\($0)".contains("add LoadCredential=token:PATH")
      }
      #expect {
        try Configuration.Sink.Secret.file("\(folder)/none").read(environment())
      } throws: {
        "\($0)".contains("\(folder)/none cannot be read")
      }
    }
  }

  // MARK: - Over the wire

  /// A server that takes one request and keeps it: of HTTP what was posted, of SMTP the whole talk.
  private func withServer(_ folder: String, smtp: Bool = false, _ body: (_ port: Int) throws -> Void) throws -> String {
    let script = """
      import socket, sys
      s = socket.create_server(('127.0.0.1', 0)); s.settimeout(30)
      print(s.getsockname()[1], flush=True)
      c, _ = s.accept(); c.settimeout(30); f = c.makefile('rb'); got = b''
      if sys.argv[2] == 'http':
        length = 0
        while True:
          line = f.readline(); got += line
          if line.lower().startswith(b'content-length:'): length = int(line.split(b':')[1])
          if line == b'\\r\\n': break
        if b'100-continue' in got.lower(): c.sendall(b'HTTP/1.1 100 Continue\\r\\n\\r\\n')
        got += f.read(length)
        c.sendall(b'HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n')
      else:
        c.sendall(b'220 hi\\r\\n'); data = False
        while True:
          line = f.readline(); got += line
          if not line: break
          if data:
            if line == b'.\\r\\n': data = False; c.sendall(b'250 ok\\r\\n')
          elif line.upper().startswith(b'DATA'): data = True; c.sendall(b'354 go\\r\\n')
          elif line.upper().startswith(b'QUIT'): c.sendall(b'221 bye\\r\\n'); break
          else: c.sendall(b'250 ok\\r\\n')
      open(sys.argv[1], 'wb').write(got)
      """
    let server = Process()
    server.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    server.arguments = ["python3", "-c", script, "\(folder)/got", smtp ? "smtp" : "http"]
    let output = Pipe()
    server.standardOutput = output
    try server.run()
    defer { if server.isRunning { server.terminate() } }
    // Empty where the server could not start.
    let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let port = try #require(Int(said.split(separator: "\n").first ?? ""))
    try body(port)
    server.waitUntilExit()
    return try TestFile.text("\(folder)/got")
  }

  @Test func `a webhook posts any length of JSON with its key and its secret`() async throws {
    try await withTemporaryDirectory { folder in
      try TestFile.write("hunter2\n", to: "\(folder)/token")
      var long = notification()
      long.json = Array("{\"text\":\"\(String(repeating: "Grüße \\\" ", count: 30_000))\"}\n".utf8)
      let got = try withServer(folder) { port in
        try WebhookTransport(
          url: "http://127.0.0.1:\(port)/notes?x=1", secret: .file("\(folder)/token"), timeout: .seconds(20), environment: environment()
        ).send(long)
      }
      #expect(got.hasPrefix("POST /notes?x=1 HTTP/1.1\r\n"))
      for header in ["Idempotency-Key: 0123456789abcdef", "Authorization: Bearer hunter2", "Content-Type: application/json"] {
        #expect(got.contains("\r\n\(header)\r\n"), "\(header)")
      }
      #expect(got.hasSuffix("\r\n\r\n" + String(decoding: long.json, as: UTF8.self)))
      // Nobody listens there.
      let closed = WebhookTransport(url: "http://127.0.0.1:9/", secret: nil, timeout: .seconds(20), environment: environment())
      #expect(throws: DeliveryFailure.self) { try closed.send(notification()) }
    }
  }

  private static let examples = "\(Command.root)/Examples/sinks"

  @Test func `the desktop example shows the subject, whatever it begins with`() async throws {
    try await withTemporaryDirectory { folder in
      try TestFile.write("#!/bin/sh\nprintf '%s\\n' \"$@\" > \(folder)/shown\n", to: "\(folder)/notify-send")
      chmod("\(folder)/notify-send", 0o755)
      try CommandTransport(
        words: ["\(SinkTests.examples)/desktop"], secret: nil, timeout: .seconds(20),
        environment: environment(["PATH": "\(folder):/usr/bin:/bin"])
      ).send(notification("--critical: x"))
      #expect(try TestFile.text("\(folder)/shown") == "--app-name=Bellwether\n--urgency=normal\n--\n--critical: x\n")
    }
  }

  @Test func `the ntfy example posts the subject as its body`() async throws {
    try await withTemporaryDirectory { folder in
      try TestFile.write("tk_1\n", to: "\(folder)/token")
      let got = try withServer(folder) { port in
        try CommandTransport(
          words: ["\(SinkTests.examples)/ntfy", "http://127.0.0.1:\(port)/topic"], secret: .file("\(folder)/token"), timeout: .seconds(20),
          environment: environment()
        ).send(notification("WARNING: Ünïx"))
      }
      #expect(got.hasPrefix("POST /topic HTTP/1.1\r\n"))
      #expect(got.contains("\r\nX-Priority: 4\r\n"))
      #expect(got.contains("\r\nAuthorization: Bearer tk_1\r\n"))
      #expect(got.hasSuffix("\r\n\r\nWARNING: Ünïx\n"))
    }
  }

  @Test func `the Slack example escapes what a note says`() async throws {
    try await withTemporaryDirectory { folder in
      var note = notification("<!channel> & co")
      note.json = Array(
        "{\"key\":\"k\",\"subject\":\"<!channel> & co\",\"alerts\":[{\"evidence\":[{\"path\":\"a.md\",\"line\":3,\"text\":\"x <b>\"}]}]}"
          .utf8)
      let got = try withServer(folder) { port in
        try TestFile.write("http://127.0.0.1:\(port)/services/T0\n", to: "\(folder)/address")
        try CommandTransport(
          words: ["\(SinkTests.examples)/slack"], secret: .file("\(folder)/address"), timeout: .seconds(20),
          environment: environment(["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"])
        ).send(note)
      }
      #expect(got.hasPrefix("POST /services/T0 HTTP/1.1\r\n"))
      #expect(got.contains("*&lt;!channel&gt; &amp; co*"))
      #expect(got.contains("> x &lt;b&gt;\\n_a.md:3_"))
    }
  }

  @Test func `the SMTP example hands the message to a relay`() async throws {
    try await withTemporaryDirectory { folder in
      let got = try withServer(folder, smtp: true) { port in
        try TestFile.write("{\"host\": \"127.0.0.1\", \"port\": \(port)}", to: "\(folder)/smtp.json")
        let copy = try TestFile.text("\(SinkTests.examples)/smtp")
        try TestFile.write(copy, to: "\(folder)/smtp")
        chmod("\(folder)/smtp", 0o755)
        try MailTransport(
          sendmail: "\(folder)/smtp", from: "watch@example.org", timeout: .seconds(20),
          environment: environment(["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"])
        ).send(notification())
      }
      #expect(got.lowercased().contains("mail from:<watch@example.org>"))
      #expect(got.lowercased().contains("rcpt to:<ada@example.org>"))
      #expect(got.contains("Message-ID: <0123456789abcdef@example.org>\r\n"))
    }
  }
}
