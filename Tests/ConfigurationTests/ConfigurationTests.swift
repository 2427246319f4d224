import Configuration
import Glibc
import Testing

@Suite("A configuration") struct ConfigurationTests {
  @Test("has a default for every key") func defaults() throws {
    let configuration = Configuration(environment: Fixtures.machine)
    #expect(configuration.notes == [.init(path: "/home/ada/Notes")])
    #expect(configuration.state == "/home/ada/.local/state/bellwether")
    #expect(configuration.output == "/home/ada/.local/state/bellwether/output")
    #expect(configuration.timezone == "Europe/Berlin")
    #expect(configuration.settle == .milliseconds(200))
    #expect(configuration.analysis)
    #expect(configuration.plugins == nil)
    #expect(configuration.follow == nil)
    #expect(configuration.digest.at == TimeOfDay(hour: 7, minute: 0))
    #expect(configuration.limits.fileSize == 16 << 20)
    let empty = try Fixtures.decode("# nothing\n")
    #expect(empty.changedKeys(since: configuration) == [])
  }

  @Test("takes the state folder from systemd before XDG before the home") func stateFolder() {
    var machine = Fixtures.machine
    machine.variables["XDG_STATE_HOME"] = "/data/state"
    #expect(Configuration(environment: machine).state == "/data/state/bellwether")
    machine.variables["STATE_DIRECTORY"] = "/var/lib/bellwether:/var/lib/other"
    let configuration = Configuration(environment: machine)
    #expect(configuration.state == "/var/lib/bellwether")
    #expect(configuration.output == "/var/lib/bellwether/output")
    #expect(configuration.origins["state"] == .machine("$STATE_DIRECTORY"))
  }

  @Test("takes the time zone from TZ before /etc/localtime, and UTC where neither names one") func timeZone() {
    var machine = Fixtures.machine
    machine.variables["TZ"] = ":America/New_York"
    #expect(Configuration(environment: machine).timezone == "America/New_York")
    machine.variables["TZ"] = "EST5EDT4"
    #expect(Configuration(environment: machine).timezone == "Europe/Berlin")
    machine.localZone = nil
    #expect(Configuration(environment: machine).timezone == "UTC")
  }

  @Test("decodes what measurements write") func contract() throws {
    let configuration = try Fixtures.decode(
      """
      notes: [{path: /some/folder}]
      output: /some/output
      state: /some/state
      timezone: UTC
      settle: 200ms
      analysis: on
      plugins:
        - releases
        - {id: people, config: {window: 90d, share: 0.25, on: true, list: [1, a]}}
        - {path: /some/plugin-folder}
      follow: [northwind, contoso-labs]
      digest: {at: "07:00"}
      """)
    #expect(configuration.notes == [.init(path: "/some/folder")])
    #expect(configuration.settle == .milliseconds(200))
    let config = JSONValue.object([
      "window": .string("90d"), "share": .number(0.25), "on": .bool(true), "list": .array([.integer(1), .string("a")]),
    ])
    #expect(
      configuration.plugins == [.init(.id("releases")), .init(.id("people"), config: config), .init(.path("/some/plugin-folder"))])
    #expect(configuration.follow == ["northwind", "contoso-labs"])
    #expect(configuration.origins["settle"] == .file("/opt/bellwether/bellwether.yaml", line: 5))
    #expect(configuration.origins["log"] == .standard)
  }

  @Test(
    "reads on and off however YAML 1.1 would", arguments: [("on", true), ("off", false), ("no", false), ("'yes'", true), ("True", true)])
  func flag(_ text: String, _ value: Bool) throws {
    #expect(try Fixtures.decode("analysis: \(text)").analysis == value)
  }

  @Test("takes 07:30 with and without quotes") func sexagesimal() throws {
    #expect(try Fixtures.decode("digest: {at: 07:30}").digest.at == TimeOfDay(hour: 7, minute: 30))
    #expect(try Fixtures.decode("digest: {at: '07:30'}").digest.at == TimeOfDay(hour: 7, minute: 30))
  }

  @Test("treats a key without a value as left out") func emptyValue() throws {
    #expect(try Fixtures.decode("ignore:\nplugins: ~\n").plugins == nil)
    #expect(try Fixtures.decode("plugins: []").plugins == [])
  }

  @Test("lays converters over those that are in force without") func converters() throws {
    let configuration = try Fixtures.decode(
      "converters:\n  pdf: off\n  DOC: [antiword, '{file}']\n  odt: {command: [~/bin/odt2md, -q], output: markdown, package: odt-tools}\n")
    #expect(configuration.converters["pdf"] == nil)
    #expect(configuration.converters["docx"] == Configuration.Converter.standard["docx"])
    #expect(configuration.converters["doc"] == .init(["antiword", "{file}"]))
    #expect(
      configuration.converters["odt"]
        == .init(["\(Fixtures.machine.home ?? "")/bin/odt2md", "-q"], output: "markdown", package: "odt-tools"))
    // What is shown reads back as what is in force.
    #expect(try Fixtures.decode(configuration.explain()).converters == configuration.converters)
  }

  @Test("refuses converters that cannot be") func badConverters() throws {
    for text in [
      "converters: {pdf: []}", "converters: {pdf: pdftotext}", "converters: {a/b: [cat]}", "converters: {pdf: {output: text}}",
      "converters: {pdf: {command: [cat], output: word}}",
    ] {
      #expect(throws: ConfigurationError.self, "\(text)") { try Fixtures.decode(text) }
    }
  }

  @Test("takes folders as texts, and one alone without a list") func plainFolders() throws {
    #expect(
      try Fixtures.decode("notes: [/a, {path: /b, on_removal: keep, ignore: '*.tmp'}]").notes == [
        .init(path: "/a"), .init(path: "/b", onRemoval: .keep, ignore: ["*.tmp"]),
      ])
    #expect(try Fixtures.decode("notes: /a").notes == [.init(path: "/a")])
  }

  @Test(
    "makes paths absolute",
    arguments: [
      ("~/x", "/home/ada/x"), ("'~'", "/home/ada"), ("$PROJECTS/x", "/srv/projects/x"), ("${PROJECTS}x//y/", "/srv/projectsx/y"),
      ("x/./y", "/opt/bellwether/x/y"), ("../x", "/opt/x"), ("/../x", "/x"),
    ])
  func paths(_ text: String, _ path: String) throws {
    #expect(try Fixtures.decode("corrections: \(text)").corrections == path)
  }

  @Test("counts relative paths from the file's folder, itself counted from the working directory") func relativeFile() throws {
    let configuration = try Configuration(yaml: "output: out", file: "conf/b.yaml", environment: Fixtures.machine)
    #expect(configuration.output == "/home/ada/desk/conf/out")
  }

  @Test("puts the output below a state folder that is set alone") func outputFollowsState() throws {
    #expect(try Fixtures.decode("state: /srv/state").output == "/srv/state/output")
  }

  @Test("shows itself as YAML that decodes to the same values") func explained() throws {
    let configuration = try Fixtures.decode(
      """
      notes: [{path: "/a b", on_removal: keep, ignore: ["*.tmp", "!no"]}, /c]
      plugins: [releases, {id: people, config: {window: 90d, deep: [null, 1.5, {a: "x\\ny"}]}}, {path: /p}]
      follow: ["on", northwind]
      sources: {reliability: {"Example: Wire": B}, families: {Example Wire: [Example Wire Asia]}, patterns: [{path: "a/{date}*.md", publisher: Example Wire}]}
      settle: 5m
      limits: {file_size: 10MB}
      """)
    let text = configuration.explain()
    let again = try Fixtures.decode(text)
    #expect(again.changedKeys(since: configuration) == [])
    #expect(text.contains("settle: 5m  # bellwether.yaml:5\n"))
    #expect(
      text.contains("timezone: \"Europe/Berlin\"  # default, from /etc/localtime\n")
        || text.contains("timezone: Europe/Berlin  # default, from /etc/localtime\n"))
    #expect(text.contains("analysis: on  # default\n"))
  }

  @Test("explains the defaults so that they decode to themselves") func explainedDefaults() throws {
    let configuration = Configuration(environment: Fixtures.machine)
    #expect(try Fixtures.decode(configuration.explain()).changedKeys(since: configuration) == [])
  }

  @Test("keeps the machine's state under /var/lib where the file lies under /etc") func machineState() throws {
    let file = "/etc/bellwether/bellwether.yaml"
    let configuration = try Configuration(yaml: "settle: 1s\n", file: file, environment: Fixtures.machine)
    #expect(configuration.state == "/var/lib/bellwether")
    #expect(configuration.output == "/var/lib/bellwether/output")
    #expect(try Configuration(yaml: "state: /elsewhere\n", file: file, environment: Fixtures.machine).state == "/elsewhere")
  }

  @Test("looks for its file where systemd says, else in the user's place, and under /etc for root only") func standardFile() throws {
    var template = Array("/tmp/bellwether-config.XXXXXX".utf8CString)
    #expect(mkdtemp(&template) != nil)
    let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    mkdir("\(folder)/bellwether", 0o755)
    close(open("\(folder)/bellwether/bellwether.yaml", O_CREAT | O_WRONLY, 0o644))
    var machine = Fixtures.machine
    machine.variables["XDG_CONFIG_HOME"] = folder
    #expect(Configuration.standardFile(environment: machine) == "\(folder)/bellwether/bellwether.yaml")
    machine.variables["CONFIGURATION_DIRECTORY"] = "\(folder)/none"
    #expect(Configuration.standardFile(environment: machine) == nil)
    unlink("\(folder)/bellwether/bellwether.yaml")
    rmdir("\(folder)/bellwether")
    rmdir(folder)
  }

  @Test("names what changed") func changes() throws {
    let old = try Fixtures.decode("settle: 1s")
    let new = try Fixtures.decode("settle: 1000ms\nplugins: [releases]\ndigest: {at: 08:00}")
    #expect(new.changedKeys(since: old) == ["plugins", "digest"])
  }

  @Test("lists its paths") func pathList() throws {
    let configuration = try Fixtures.decode("notes: [/a, /b]\nplugins: [{path: /p}, x]\nplugin_directories: []")
    #expect(
      configuration.paths.map { "\($0.name) \($0.path)" } == [
        "config /opt/bellwether/bellwether.yaml", "notes /a", "notes /b", "output /home/ada/.local/state/bellwether/output",
        "state /home/ada/.local/state/bellwether", "plugins /p",
      ])
  }

  @Test("allows output inside the notes and says so") func outputInsideNotes() throws {
    let configuration = try Fixtures.decode("notes: /a\noutput: /a/out\n")
    #expect(
      configuration.notices.map(\.headline) == [
        "/opt/bellwether/bellwether.yaml:2:9: the output '/a/out' lies inside the notes '/a'; what is written there is not read as notes"
      ])
  }

  @Test("has a page that says what every key means") func documented() throws {
    let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
    let page = try Configuration.readText("\(root)/docs/configuration.md", limit: 1 << 20).get()
    #expect(Configuration.keys.filter { !page.contains("| `\($0)` |") && !page.contains("| `\($0).") } == [])
  }

  @Test("has a sample that changes nothing as it is, and holds every key") func sample() throws {
    let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
    let text = try Configuration.readText("\(root)/Config/bellwether.yaml", limit: 1 << 20).get()
    let defaults = Configuration(environment: Fixtures.machine)
    #expect(try Fixtures.decode(text).changedKeys(since: defaults) == [])
    // One space after the # makes a comment; anything else is a key commented out.
    let lines = text.split(separator: "\n").map { line in
      line.hasPrefix("#") && (!line.hasPrefix("# ") || line.hasPrefix("#  ")) ? line.dropFirst() : line
    }
    let whole = try Fixtures.decode(lines.joined(separator: "\n"))
    #expect(Configuration.keys.filter { whole.origins[$0] == .standard } == [])
    // What it calls a default is one.
    #expect(whole.changedKeys(since: defaults) == ["plugins", "follow", "corrections", "filters", "sinks", "alerts", "digests", "metrics", "sources"])
  }
}

@Suite("Values") struct ValueTests {
  @Test("of time are read and written", arguments: ["0s", "200ms", "2s", "5m", "3h", "90d"]) func durations(_ text: String) {
    #expect(Duration(unitText: text)?.unitText == text)
  }

  @Test("of time need a unit and fit", arguments: ["", "5", "s", "-2s", "1.5s", "5 min", "99999999999999999999s", "9223372036854775807d"])
  func badDurations(_ text: String) {
    #expect(Duration(unitText: text) == nil)
  }

  @Test("of size are read and written", arguments: ["16MiB", "1GiB", "64KiB", "10MB", "1B"]) func sizes(_ text: String) {
    #expect(ByteCount.parse(text).map(ByteCount.text) == text)
  }

  @Test("of size need a unit and fit", arguments: ["", "16", "MiB", "1.5MiB", "-1B", "9223372036854775807KiB"])
  func badSizes(_ text: String) {
    #expect(ByteCount.parse(text) == nil)
  }

  @Test("of a day's time", arguments: ["24:00", "7:00", "07:60", "07-00", "07:0a", "", "007:00"]) func badTimes(_ text: String) {
    #expect(TimeOfDay(text) == nil)
  }

  @Test("of JSON are written in one way") func json() {
    let value = JSONValue.object(["b": .array([.null, .bool(false), .number(0.5), .integer(-3)]), "a": .string("q\"\\\n\u{1}é")])
    #expect(value.text == "{\"a\":\"q\\\"\\\\\\n\\u0001é\",\"b\":[null,false,0.5,-3]}")
    #expect(JSONValue.number(.nan).text == "null")
  }

  @Test("meant by a misspelt word", arguments: [("setle", "settle"), ("ouptut", "output"), ("Notes", "notes"), ("timzone", "timezone")])
  func suggestions(_ word: String, _ meant: String) {
    #expect(Suggestion.nearest(to: word, among: Configuration.keys) == meant)
  }

  @Test("are not guessed from afar") func noSuggestion() {
    #expect(Suggestion.nearest(to: "zebra", among: Configuration.keys) == nil)
    #expect(Suggestion.nearest(to: String(repeating: "x", count: 100_000), among: Configuration.keys) == nil)
  }
}
