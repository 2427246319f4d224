import Foundation
import TestSupport
import Testing

/// The pages of the output folder, as a browser and as the disk see them.
@Suite struct SiteTests {
  static let chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].first { TestFile.exists($0) }

  /// The example notes at one sitting, and news on the next day.
  private func site(_ folder: String) throws -> RunningDaemon {
    let daemon = try RunningDaemon(folder)
    try FileManager.default.removeItem(atPath: daemon.notes)
    try FileManager.default.copyItem(atPath: "\(Command.root)/Examples/notes", toPath: daemon.notes)
    try FileManager.default.removeItem(atPath: "\(daemon.notes)/briefs/2026-04-09-aurora-3-dropped.md")
    #expect(try daemon.verb(["run", "--once"]).status == 0)
    return daemon
  }

  @Test(.enabled(if: chromium != nil)) func `every page passes a browser's eye on a desk, on a phone and on paper`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try site(folder)
      try daemon.start()
      let late = "briefs/2026-04-09-aurora-3-dropped.md"
      try TestFile.write(try TestFile.bytes("\(Command.root)/Examples/notes/\(late)"), to: "\(daemon.notes)/\(late)")
      try TestFile.write(SiteTests.hostile, to: "\(daemon.notes)/hostile.md")
      try daemon.settle()
      #expect(try daemon.verb(["digest", "build"]).status == 0)
      daemon.stop()
      let result = try Command.run([daemon.output], program: "\(Command.root)/scripts/check-pages", seconds: 300)
      #expect(result.status == 0, "\(result.output)\(result.errors)")
      #expect(result.output.contains("0 problems"))
    }
  }

  @Test(.enabled(if: chromium != nil)) func `the browser's eye sees what is wrong`() async throws {
    try await withTemporaryDirectory { folder in
      let page = """
        <!DOCTYPE html><html><head><title>x</title><style>p{color:#aaa}</style></head><body><main><h1>a</h1><h3>b</h3><p>pale</p>
        <a href="gone.html"></a><img src="http://127.0.0.1:9/x.png"><div id="a"></div><div id="a" style="width:3000px">wide</div>
        <table><tr><th>x</th></tr></table></main></body></html>
        """
      try TestFile.write(page, to: "\(folder)/index.html")
      let result = try Command.run([folder], program: "\(Command.root)/scripts/check-pages", seconds: 300)
      #expect(result.status == 1)
      for word in [
        "no language", "heading skips a level", "contrast", "link without a name", "gone.html, which is not there", "id twice",
        "wider than the window",
        "without a caption", "asks for http://127.0.0.1:9/x.png", "not one footer",
      ] { #expect(result.output.contains(word), "\(word)") }
    }
  }

  @Test func `only pages whose content changed are written again`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try site(folder)
      func stamps() throws -> [String: String] {
        var out: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: daemon.output) {
          let attributes = try FileManager.default.attributesOfItem(atPath: "\(daemon.output)/\(name)")
          if attributes[.type] as? FileAttributeType == .typeRegular { out[name] = "\(attributes[.systemFileNumber] ?? "")" }
        }
        return out
      }
      let before = try stamps()
      #expect(before.keys.contains("entities/northwind-labs.html") && before.keys.contains("entities/contoso-ai.html"))
      #expect(try daemon.verb(["digest", "build"]).status == 0)
      #expect(try stamps() == before)
      // News about one of them leaves the other's page alone.
      try TestFile.write(
        "---\ntitle: News\ndate: 2026-05-02\n---\n\nContoso AI laid off 90 people on 1 May 2026.\n", to: "\(daemon.notes)/contoso.md")
      #expect(try daemon.verb(["run", "--once"]).status == 0)
      #expect(try daemon.verb(["digest", "build"]).status == 0)
      let after = try stamps()
      #expect(after["entities/contoso-ai.html"] != before["entities/contoso-ai.html"])
      #expect(after["entities/northwind-labs.html"] == before["entities/northwind-labs.html"])
      // Who is not followed any more has no page; what a person put there stays.
      try TestFile.write("<p>mine</p>", to: "\(daemon.output)/entities/mine.html")
      let text = try TestFile.text(daemon.configuration)
      try TestFile.write(text + "follow: [northwind-labs]\n", to: daemon.configuration)
      #expect(try daemon.verb(["digest", "build"]).status == 0)
      #expect(!TestFile.exists("\(daemon.output)/entities/contoso-ai.html"))
      #expect(TestFile.exists("\(daemon.output)/entities/mine.html"))
      // A page that somebody removed comes back.
      try FileManager.default.removeItem(atPath: "\(daemon.output)/entities/northwind-labs.html")
      #expect(try daemon.verb(["digest", "build"]).status == 0)
      #expect(TestFile.exists("\(daemon.output)/entities/northwind-labs.html"))
    }
  }

  @Test func `links follow the template, and one that opens nothing is refused`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder, extra: "links: \"vscode://file{path}:{line}\"")
      try TestFile.write(Notes.layoff, to: "\(daemon.notes)/layoff.md")
      #expect(try daemon.verb(["run", "--once"]).status == 0)
      #expect(try TestFile.text("\(daemon.output)/digests/latest.html").contains("href=\"vscode://file\(daemon.notes)/layoff.md:9\""))
      let text = try TestFile.text(daemon.configuration)
      try TestFile.write(text.replacing("vscode:", with: "javascript:"), to: daemon.configuration)
      let refused = try daemon.verb(["run", "--once"])
      #expect(refused.status == 78)
      #expect(refused.errors.contains("'links': its scheme must be one of"))
    }
  }

  /// What people do to notes who wish their readers ill, around sentences that facts are made of.
  static let hostile = """
    ---
    title: "</title><script>alert(1)</script>](javascript:alert(1))"
    author: "=cmd|' /C calc'!A0"
    publisher: "<img src=x onerror=alert(1)> \u{202E}"
    url: "https://a.example/\\"onmouseover=\\"alert(1)"
    date: 2026-04-01
    ---

    Northwind Labs laid off 90 people in March 2026 <img src="http://127.0.0.1:9/x.png" onerror="alert(1)"> [x](javascript:alert(1)).

    Northwind Labs has delayed Aurora 4 to 2027 ![[embed]] [[wiki|link]] %% \u{1B}[2J ``` <script>alert(1)</script> --> ]]>.

    """
}
