import Synchronization
import Testing

@testable import Intake

@Suite struct IgnoreRulesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var rules: String
    var ignored: [String]
    var kept: [String]
    var testDescription: String { rules.split(separator: "\n").joined(separator: " ⏎ ") }
  }

  /// A trailing slash makes the path a directory.
  static let cases = [
    Case(rules: "*.log", ignored: ["a.log", "x/y/a.log"], kept: ["a.log.md", "log"]),
    Case(rules: "/draft", ignored: ["draft", "draft/a.md"], kept: ["x/draft"]),
    Case(rules: "drafts/", ignored: ["drafts/", "drafts/a.md", "x/drafts/b/c.md"], kept: ["drafts", "x/drafts"]),
    Case(rules: "a/b", ignored: ["a/b", "a/b/c"], kept: ["x/a/b", "a/bc"]),
    Case(rules: "**/private", ignored: ["private", "a/private", "a/b/private/c.md"], kept: ["aprivate"]),
    Case(rules: "private/**", ignored: ["private/a", "private/a/b"], kept: ["private/", "x/private/a"]),
    Case(rules: "a/**/b", ignored: ["a/b", "a/x/b", "a/x/y/b"], kept: ["ab", "a/xb", "b"]),
    Case(rules: "a/*/b", ignored: ["a/x/b"], kept: ["a/b", "a/x/y/b"]),
    Case(rules: "*.md\n!keep.md", ignored: ["a.md"], kept: ["keep.md", "x/keep.md"]),
    Case(rules: "!keep.md\n*.md", ignored: ["keep.md"], kept: ["keep.txt"]),
    Case(rules: "old/\n!old/keep.md", ignored: ["old/keep.md"], kept: ["keep.md"]),
    Case(rules: "old/*\n!old/keep.md", ignored: ["old/a.md"], kept: ["old/keep.md", "old/"]),
    Case(rules: "# note\n\\#note", ignored: ["#note"], kept: ["# note"]),
    Case(rules: "\\!bang", ignored: ["!bang"], kept: ["bang"]),
    Case(rules: "space   \nkept\\ ", ignored: ["space", "kept "], kept: ["space   ", "kept"]),
    Case(rules: "note[0-9].md", ignored: ["note1.md"], kept: ["noteA.md", "note12.md"]),
    Case(rules: "note[!0-9].md", ignored: ["noteA.md"], kept: ["note1.md", "note/.md"]),
    Case(rules: "[[:digit:]_].md", ignored: ["1.md", "_.md"], kept: ["a.md", ":.md"]),
    Case(rules: "[]a].md", ignored: ["].md", "a.md"], kept: ["b.md"]),
    Case(rules: "[ab.md", ignored: [], kept: ["[ab.md", "a.md"]),
    Case(rules: "a?c", ignored: ["abc"], kept: ["a/c", "ac"]),
    Case(rules: "f*o/x", ignored: ["fo/x", "foo/x"], kept: ["f/o/x", "a/fo/x"]),
    Case(rules: "lone\\", ignored: [], kept: ["lone\\", "lone"]),
    Case(rules: "windows\r\nlines\r\n", ignored: ["windows", "lines"], kept: ["windows\r"]),
    Case(rules: "\u{FEFF}first", ignored: ["first"], kept: ["second"]),
    Case(rules: "**", ignored: ["a", "a/b"], kept: []),
    Case(rules: "x**y", ignored: ["xaby", "xy"], kept: ["x/y"]),
    Case(rules: "/", ignored: [], kept: ["a", "a/"]),
    Case(rules: "Über*.md", ignored: ["Überblick.md"], kept: ["uberblick.md"]),
  ]

  @Test(arguments: cases) func itReadsTheLanguageOfGitignore(_ example: Case) {
    let rules = IgnoreRules([.init(name: "test", example.rules)])
    for path in example.ignored { #expect(decide(rules, path), "‘\(path)’ is ignored") }
    for path in example.kept { #expect(!decide(rules, path), "‘\(path)’ is kept") }
  }

  private func decide(_ rules: IgnoreRules, _ path: String) -> Bool {
    let isDirectory = path.hasSuffix("/")
    return rules.ignores(Array((isDirectory ? String(path.dropLast()) : path).utf8), isDirectory: isDirectory)
  }

  @Test func namesThatAreNotUTF8AreMatchedAsBytes() {
    let rules = IgnoreRules([.init(name: "test", "*.tmp")])
    #expect(rules.ignores([0xFF, 0xFE] + Array(".tmp".utf8)))
    #expect(!rules.ignores([0xFF, 0xFE] + Array(".md".utf8)))
  }

  @Test func laterSourcesOverruleEarlierOnes() {
    let rules = IgnoreRules([.builtIn, .init(name: ".bellwetherignore", "!*.bak\n")])
    #expect(!rules.ignores(Array("old.bak".utf8)))
    #expect(rules.ignores(Array("old.tmp".utf8)))
  }

  @Test func rulesOfADirectoryHoldBelowIt() {
    let rules = IgnoreRules([.init(name: "drafts/.bellwetherignore", text: Array("/x.md\n*.raw".utf8), directory: Array("drafts".utf8))])
    #expect(rules.ignores(Array("drafts/x.md".utf8)))
    #expect(rules.ignores(Array("drafts/deep/a.raw".utf8)))
    #expect(!rules.ignores(Array("drafts/deep/x.md".utf8)))
    #expect(!rules.ignores(Array("x.md".utf8)))
    #expect(!rules.ignores(Array("a.raw".utf8)))
  }

  @Test func anIgnoreFileInASubfolderHasTheLastWordBelowIt() {
    let files = [
      "drafts": "*.raw\n!keep.bak\n/only.md\n", "drafts/deep": "!*.raw\nhidden/\n", "old": "!note.md\n", "drafts/deep/hidden": "!*\n",
    ]
    let tree = IgnoreTree(IgnoreRules([.builtIn, .init(name: "configuration", "old/\n")])) { directory in
      let name = String(decoding: directory, as: UTF8.self)
      return files[name].map { .init(name: "\(name)/.bellwetherignore", text: Array($0.utf8), directory: directory) }
    }
    func ignores(_ path: String) -> Bool { tree.ignores(Array(path.utf8)) }
    #expect(ignores("drafts/a.raw") && ignores("drafts/other/a.raw") && !ignores("a.raw"))
    #expect(!ignores("drafts/deep/a.raw"), "the deeper file takes back what the one above it ignores")
    #expect(!ignores("drafts/keep.bak") && ignores("keep.bak") && ignores("drafts/other.bak"))
    #expect(ignores("drafts/only.md") && !ignores("drafts/deep/only.md"))
    #expect(ignores("drafts/deep/hidden/x.md"), "nothing below an ignored directory is taken back")
    #expect(ignores("old/note.md"))
    #expect(tree.explain(Array("drafts/a.raw".utf8)) == "ignored by rule ‘*.raw’ (drafts/.bellwetherignore, line 1)")
  }

  @Test func anIgnoreFileIsReadOnceForEachDirectory() {
    let reads = Mutex<[String]>([])
    let tree = IgnoreTree(IgnoreRules([])) { directory in
      reads.withLock { $0.append(String(decoding: directory, as: UTF8.self)) }
      return nil
    }
    for _ in 0..<3 { #expect(!tree.ignores(Array("a/b/c.md".utf8))) }
    #expect(reads.withLock { $0 } == ["a", "a/b"])
  }

  @Test func changedIgnoreFilesHoldAfterAReload() {
    let rules = Mutex((base: "", drafts: "*.raw"))
    let tree = IgnoreTree(
      base: { IgnoreRules([.init(name: "base", rules.withLock(\.base))]) },
      read: { directory in
        directory == Array("drafts".utf8) ? .init(name: "drafts", text: Array(rules.withLock(\.drafts).utf8), directory: directory) : nil
      })
    func ignores(_ path: String) -> Bool { tree.ignores(Array(path.utf8)) }
    #expect(ignores("drafts/a.raw") && !ignores("old/a.md") && !ignores("a.md"))
    #expect(tree.hasRules(below: []) && tree.hasRules(below: Array("drafts".utf8)) && !tree.hasRules(below: Array("draft".utf8)))
    rules.withLock { $0 = (base: "old/\n/a.md", drafts: "") }
    #expect(ignores("drafts/a.raw") && !ignores("old/a.md"), "until the reload nothing changes")
    tree.reload()
    #expect(!ignores("drafts/a.raw") && ignores("old/a.md") && ignores("a.md"))
  }

  @Test func notesAreNotTakenForLeftOvers() {
    let rules = IgnoreRules([.builtIn])
    for name in ["note.md", "sedate.md", "2026 part one.md", "C#.md", "temperature.txt", "a~b.md", "backup.md", "download.html"] {
      #expect(!rules.ignores(Array(name.utf8)), "\(name)")
    }
  }

  @Test func itExplainsWhichRuleDecided() {
    let rules = IgnoreRules([.init(name: "built in", "*.tmp"), .init(name: ".bellwetherignore", "# ours\n!keep.tmp\nold/")])
    #expect(rules.explain(Array("a.tmp".utf8)) == "ignored by rule ‘*.tmp’ (built in, line 1)")
    #expect(rules.explain(Array("keep.tmp".utf8)) == "not ignored: rule ‘!keep.tmp’ (.bellwetherignore, line 2) takes it back")
    #expect(
      rules.explain(Array("old/x.md".utf8))
        == "ignored by rule ‘old/’ (.bellwetherignore, line 3), which matches the directory ‘old’ above it")
    #expect(rules.explain(Array("note.md".utf8)) == "not ignored: no rule matches")
  }

  @Test func aHostilePatternTakesBoundedTime() {
    let rules = IgnoreRules([.init(name: "test", String(repeating: "a*", count: 40) + "b\n" + String(repeating: "**/a*/", count: 12) + "b")]
    )
    let path = Array(String(repeating: "aaaaaaaa/", count: 30).utf8) + Array(repeating: UInt8(ascii: "a"), count: 200)
    #expect(!rules.ignores(path))
  }

  @Test func `The index of the rules changes nothing but the time`() {
    let own = "*.log\n/draft\n**/private\na/**/b\nnote[0-9].md\n!keep*\n\\!bang\nx?z/\n[ab]c\n*e[xy]\n"
    let rules = IgnoreRules([.builtIn, IgnoreRules.Source(name: "test", own)])
    var generator = SystemRandomNumberGenerator()
    let alphabet = Array("ab/.~#c0x yz!keprivt*_log".utf8)
    for _ in 0..<20_000 {
      let path = (0..<Int.random(in: 1...9, using: &generator)).map { _ in alphabet.randomElement(using: &generator) ?? 0x61 }
      guard path.first != 0x2F, path.last != 0x2F else { continue }
      let name = path.lastIndex(of: 0x2F).map { path[($0 + 1)...] } ?? path[...]
      let plain = rules.rules.last { $0.matches(path[...], name: name, isDirectory: false) }
      #expect(rules.decision(forEntry: path[...], isDirectory: false).rule == plain, "\(String(decoding: path, as: UTF8.self))")
    }
  }
}
