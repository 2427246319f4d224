import Configuration
import Glibc
import Testing

/// One bad file for each message, with the exact text a person sees.
@Suite("A configuration is refused") struct RefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var yaml: String
    var text: String
    var testDescription: String { name }
    init(_ name: String, _ yaml: String, _ text: String) {
      self.name = name
      self.yaml = yaml
      self.text = text
    }
  }

  static let cases: [Case] = [
    Case("unknown key", "notes: /a\nsetle: 2s\n", "F:2:1: unknown key 'setle'; did you mean 'settle'?\nsetle: 2s\n^"),
    Case(
      "unknown key far from any", "limits: {zebra: 1}\n",
      "F:1:10: unknown key 'zebra' in 'limits'; known are file_size, queue, memory, convert_time, convert_memory\nlimits: {zebra: 1}\n         ^"
    ),
    Case(
      "unknown key of a folder", "notes:\n  - path: /a\n    onremoval: keep\n",
      "F:3:5: unknown key 'onremoval' in 'notes'; did you mean 'on_removal'?\n    onremoval: keep\n    ^"),
    Case("key twice", "settle: 2s\nsettle: 3s\n", "F:1:1: 'settle' stands here more than once; keep one\nsettle: 2s\n^"),
    Case("a list", "- a\n", "F:1:1: must be a mapping of keys to values, not a list\n- a\n^"),
    Case("a text", "hello\n", "F:1:1: must be a mapping of keys to values, not 'hello'\nhello\n^"),
    Case(
      "no YAML", "notes: [/a\noutput: /b\n",
      "F:2:7: is not YAML: while parsing a flow sequence, did not find expected ',' or ']'\noutput: /b\n      ^"),
    Case(
      "a tab", "digest:\n\tat: 1\n",
      "F:2:1: is not YAML: while scanning for the next token, found character that cannot start any token\n\tat: 1\n^"),
    Case(
      "two documents", "settle: 2s\n---\nsettle: 3s\n",
      "F:2:1: is not YAML: expected a single document in the stream, but found another document\n---\n^"),
    Case(
      "time without unit", "settle: 200\n",
      "F:1:9: 'settle' must be a length of time such as 200ms, 2s, 5m, 3h or 90d, not '200'\nsettle: 200\n        ^"),
    Case("time out of range", "settle: 2h\n", "F:1:9: 'settle' must be from 0s to 1h, not '2h'\nsettle: 2h\n        ^"),
    Case(
      "size without unit", "limits:\n  file_size: 16\n",
      "F:2:14: 'limits.file_size' must be a size such as 64KiB, 16MiB or 1GiB, not '16'\n  file_size: 16\n             ^"),
    Case(
      "size out of range", "limits:\n  file_size: 2GiB\n",
      "F:2:14: 'limits.file_size' must be from 1KiB to 1GiB, not '2GiB'\n  file_size: 2GiB\n             ^"),
    Case(
      "number", "limits: {queue: 0}\n",
      "F:1:17: 'limits.queue' must be a whole number from 1 to 100000, not '0'\nlimits: {queue: 0}\n                ^"),
    Case("flag", "analysis: maybe\n", "F:1:11: 'analysis' must be on or off, not 'maybe'\nanalysis: maybe\n          ^"),
    Case(
      "choice", "log: {level: loud}\n",
      "F:1:14: 'log.level' must be debug, info, notice, warning or error, not 'loud'\nlog: {level: loud}\n             ^"),
    Case(
      "time of day", "digest: {at: \"25:00\"}\n",
      "F:1:14: 'digest.at' must be a time of day from 00:00 to 23:59 such as \"07:00\", not '25:00'\ndigest: {at: \"25:00\"}\n             ^"
    ),
    Case(
      "language", "digest: {language: English}\n",
      "F:1:20: 'digest.language' must be a language tag of two or three letters such as en, not 'English'\ndigest: {language: English}\n                   ^"
    ),
    Case(
      "text for a mapping", "digest: daily\n", "F:1:9: 'digest' must be a mapping of keys to values, not 'daily'\ndigest: daily\n        ^"),
    Case("list for a path", "output: [/a]\n", "F:1:9: 'output' must be a path, not a list\noutput: [/a]\n        ^"),
    Case(
      "mapping for a list", "notes: {path: /a}\n", "F:1:8: 'notes' must be a list of folders, not a mapping\nnotes: {path: /a}\n       ^"),
    Case(
      "no folder", "notes: []\n",
      "F:1:8: 'notes' names no folder; list at least one, or remove the key to watch ~/Notes\nnotes: []\n       ^"),
    Case("folder without path", "notes: [{ignore: a}]\n", "F:1:9: an entry of 'notes' needs a 'path'\nnotes: [{ignore: a}]\n        ^"),
    Case("unset variable", "output: $NOWHERE/x\n", "F:1:9: the environment variable 'NOWHERE' is not set\noutput: $NOWHERE/x\n        ^"),
    Case(
      "dollar alone", "output: /a/$/x\n",
      "F:1:9: '/a/$/x': after '$' the name of an environment variable is wanted, as in $HOME or ${HOME}\noutput: /a/$/x\n        ^"),
    Case(
      "another's home", "output: ~grace/x\n",
      "F:1:9: '~grace/x': the home of another user must be written out as an absolute path\noutput: ~grace/x\n        ^"),
    Case(
      "same folder twice", "notes: [/a, /b/../a/]\n",
      "F:1:13: the folder '/a' is listed twice, first on line 1; keep one\nnotes: [/a, /b/../a/]\n            ^"),
    Case(
      "folder inside another", "notes:\n  - /a\n  - /a/b\n",
      "F:3:5: '/a/b' lies inside '/a' (line 2) and is watched with it; remove this entry\n  - /a/b\n    ^"),
    Case(
      "folder around another", "notes:\n  - /a/b\n  - /a\n",
      "F:3:5: '/a' holds '/a/b' (line 2), which would be read twice; remove one of them\n  - /a\n    ^"),
    Case(
      "state inside notes", "notes: /a\nstate: /a/.state\noutput: /o\n",
      "F:2:8: the state folder '/a/.state' lies inside the notes '/a', where nothing may be written; choose another folder\nstate: /a/.state\n       ^"
    ),
    Case(
      "notes inside output", "notes: /a/notes\noutput: /a\n",
      "F:2:9: the notes '/a/notes' lie inside the output '/a': Bellwether would read what it wrote; choose another folder\noutput: /a\n        ^"
    ),
    Case(
      "plugin id", "plugins: [../x]\n",
      "F:1:11: 'plugins' must be a plugin's id, small letters, digits, '.', '_' and '-' (for a folder write {path: …}), not '../x'\nplugins: [../x]\n          ^"
    ),
    Case(
      "plugin without id", "plugins: [{config: {a: 1}}]\n",
      "F:1:11: an entry of 'plugins' needs either an 'id' or a 'path'\nplugins: [{config: {a: 1}}]\n          ^"),
    Case(
      "plugin twice", "plugins:\n  - a\n  - {id: a}\n",
      "F:3:5: this plugin is listed twice, first on line 2; keep one\n  - {id: a}\n    ^"),
    Case(
      "plugin config no mapping", "plugins: [{id: a, config: 5}]\n",
      "F:1:27: 'plugins.config' must be a mapping of keys to values, not '5'\nplugins: [{id: a, config: 5}]\n                          ^"),
    Case(
      "reliability", "sources: {reliability: {Example Wire: high}}\n",
      "F:1:39: 'sources.reliability.Example Wire' must be A, B, C, D, E or F, not 'high'\nsources: {reliability: {Example Wire: high}}\n                                      ^"
    ),
  ]

  @Test("with the exact words", arguments: cases) func message(_ example: Case) {
    #expect(Fixtures.refusal(example.yaml) == example.text)
  }

  @Test("for a time zone that is not installed") func zone() {
    let zones = Fixtures.machine.zoneDirectory
    #expect(
      Fixtures.refusal("timezone: Europe/Berln\n")
        == "F:1:11: there is no time zone 'Europe/Berln' in \(zones); did you mean 'Europe/Berlin'?\ntimezone: Europe/Berln\n          ^")
    #expect(Fixtures.refusal("timezone: new_york\n").contains("did you mean 'America/New_York'?"))
    #expect(Fixtures.refusal("timezone: ../../etc/passwd\n").contains("use a name such as Europe/Berlin, or UTC"))
  }

  @Test("with everything that is wrong, in the order of the file") func everything() throws {
    let error = try #require(throws: ConfigurationError.self) { try Fixtures.decode("settle: 5\nzone: UTC\nanalysis: 7\noutput: []\n") }
    #expect(error.problems.map(\.line) == [1, 2, 3, 4])
    #expect(error.summary.hasSuffix("not '5' (and 3 more)"))
    #expect(!error.summary.contains("\n"))
  }

  @Test("without letting the file write to the terminal") func escapes() {
    let text = Fixtures.refusal("\"\\e[2J\\u202e\": 1\n")
    #expect(text.hasPrefix("F:1:1: unknown key '\\u{1b}[2J\\u{202e}'"))
    #expect(!text.unicodeScalars.contains("\u{1B}"))
  }

  @Test("with a long line cut around the place") func longLine() throws {
    let yaml = "ignore: [\(String(repeating: "abcdefghi, ", count: 100))]\n"
    let text = Fixtures.refusal("limits: {queue: \(String(repeating: "9", count: 400))}\n\(yaml)")
    let lines = text.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.count < 200 })
    let caret = try #require(lines.last)
    #expect(caret.last == "^")
  }

  @Test("when nested too deeply to be parsed") func depth() {
    #expect(Fixtures.refusal("ignore: \(String(repeating: "[", count: 100_000))").hasPrefix("F:1:"))
    #expect(Fixtures.refusal(String(repeating: "a: {", count: 100_000)).hasPrefix("F:1:"))
  }

  @Test("when nested or aliased beyond reason") func bombs() {
    var yaml = "sources: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...6 { yaml += "k\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n" }
    yaml += "plugins: [{id: a, config: {bomb: *a6}}]\n"
    #expect(Fixtures.refusal(yaml).contains("'plugins.config' must be at most 32 levels deep and 10000 values large, not a mapping"))
  }

  @Test("when the file cannot be read, with what to do") func unreadable() throws {
    let missing = try #require(throws: ConfigurationError.self) { try Configuration.load("/nonexistent/b.yaml") }
    #expect(missing.description == "/nonexistent/b.yaml: cannot be opened: No such file or directory; check the path")
    let folder = try #require(throws: ConfigurationError.self) { try Configuration.load("/tmp") }
    #expect(folder.description == "/tmp: is not a regular file; name a YAML file")
    let path = "/tmp/bellwether-latin1-\(getpid()).yaml"
    defer { unlink(path) }
    let file = try #require(fopen(path, "we"))
    fputs("notes: ", file)
    fputc(0xE9, file)
    fclose(file)
    let latin = try #require(throws: ConfigurationError.self) { try Configuration.load(path) }
    #expect(latin.description == "\(path): is not UTF-8; save it as UTF-8")
  }
}
