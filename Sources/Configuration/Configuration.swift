/// Everything a person may set, decoded once; every key has a default, and a change is a new value.
///
/// `docs/configuration.md` says what each key means; `Config/bellwether.yaml` holds every one of them.
public struct Configuration: Sendable, Equatable {
  /// The watched folders, at least one, none inside another.
  public var notes: [NoteFolder]
  /// Where digests, alerts, entity pages and the feed are written.
  public var output: String
  /// How a citation becomes a link that opens the note at its line: an address with `{path}`, `{relative}` and `{line}`.
  public var links: String
  /// Where the database and what must outlive a restart is kept.
  public var state: String
  /// IANA name; digests keep this zone's dates.
  public var timezone: String
  /// How long a file must have been left alone before it is read.
  public var settle: Duration
  /// False: notes are parsed, recorded and searchable, nothing more.
  public var analysis: Bool
  /// In order; nil: every plugin that is found.
  public var plugins: [PluginChoice]?
  /// Folders of plugin folders besides the shipped one.
  public var pluginDirectories: [String]
  /// Entities that alerts are raised for; nil: every organisation in the gazetteers.
  public var follow: [String]?
  /// Gazetteers besides the shipped ones.
  public var entities: [String]
  /// Patterns as in `.gitignore`, for every watched folder.
  public var ignore: [String]
  /// Programs that turn files into text, by the end of the files' names in lower case.
  public var converters: [String: Converter]
  /// People's corrections: a file of `Corrections`.
  public var corrections: String?
  /// Ways out of the machine's own files; none unless configured.
  public var sinks: [Sink]
  public var alerts: Alerts
  /// Files, and folders of files, of `LocalFilter`s; nil: `filters` beside the configuration file, where it exists.
  public var filters: [String]?
  public var digest: Digest
  /// Besides the daily one.
  public var digests: [DigestSchedule]
  public var metrics: Metrics
  public var health: Health
  public var sources: Sources
  public var limits: Limits
  public var log: Log

  /// The file it was read from; nil for the defaults.
  public var file: String?
  /// Where the value of each top-level key comes from, and each entry of a list that the file has ("plugins[0]").
  public var origins: [String: Origin]
  /// Allowed, but worth a line in the log.
  public var notices: [SourceProblem]

  public struct NoteFolder: Sendable, Equatable {
    /// What happens to facts and alerts when their note is removed.
    public enum Removal: String, Sendable, CaseIterable { case withdraw, keep }
    public var path: String
    public var onRemoval: Removal
    /// Patterns as in `.gitignore`, relative to `path`.
    public var ignore: [String]

    public init(path: String, onRemoval: Removal = .withdraw, ignore: [String] = []) {
      self.path = path
      self.onRemoval = onRemoval
      self.ignore = ignore
    }
  }

  public struct PluginChoice: Sendable, Equatable {
    public enum Reference: Sendable, Hashable {
      case id(String)
      /// A plugin folder, absolute.
      case path(String)
    }
    public var reference: Reference
    /// An object; the plugin's manifest says which members it knows.
    public var config: JSONValue

    public init(_ reference: Reference, config: JSONValue = .object([:])) {
      self.reference = reference
      self.config = config
    }
  }

  public struct Converter: Sendable, Equatable {
    /// Program and arguments; no shell. The file is its standard input, and `{file}` in an argument is a path to it.
    public var command: [String]
    /// What it writes to standard output: text, markdown or html.
    public var output: String
    /// The Debian package that has the program.
    public var package: String?

    public static let outputs = ["text", "markdown", "html"]

    public init(_ command: [String], output: String = "text", package: String? = nil) {
      self.command = command
      self.output = output
      self.package = package
    }

    /// What is in force without a configuration.
    public static let standard: [String: Converter] = {
      func pandoc(_ format: String) -> Converter {
        // Without raw HTML: anchors and image sizes are no text.
        let command = ["pandoc", "--sandbox", "-f", format, "-t", "gfm-raw_html+yaml_metadata_block", "-s", "--wrap=none"]
        return Converter(command, output: "markdown", package: "pandoc")
      }
      let pdf = Converter(["pdftotext", "-q", "-enc", "UTF-8", "-nopgbrk", "{file}", "-"], package: "poppler-utils")
      return ["pdf": pdf, "docx": pandoc("docx"), "odt": pandoc("odt"), "rtf": pandoc("rtf"), "epub": pandoc("epub")]
    }()
  }

  public struct Digest: Sendable, Equatable {
    public var at = TimeOfDay(hour: 7, minute: 0)
    /// BCP 47 primary tag.
    public var language = "en"
    /// Ids of the sinks it is sent to, besides being written.
    public var sinks: [String] = []
    public var catchUp = DigestSchedule.CatchUp.merged
    public init() {}
  }

  public struct Sources: Sendable, Equatable {
    /// How far a publisher is to be trusted, on the Admiralty scale (NATO AJP-2.1).
    public enum Reliability: String, Sendable, CaseIterable, Comparable {
      case a = "A"
      case b = "B"
      case c = "C"
      case d = "D"
      case e = "E"
      case f = "F"
      /// Less reliable is less; F ("cannot be judged") is least.
      public static func < (x: Reliability, y: Reliability) -> Bool { x.rawValue > y.rawValue }
    }
    /// By publisher.
    public var reliability: [String: Reliability] = [:]
    /// Publishers that count as one source, by the family's name.
    public var families: [String: [String]] = [:]
    /// What the paths of notes say of notes that do not say it themselves; the first that matches counts.
    public var patterns: [Pattern] = []

    public struct Pattern: Sendable, Equatable {
      /// A date in it is the publication date.
      public var path: PathPattern
      public var publisher: String?
    }

    public init() {}
  }

  public struct Limits: Sendable, Equatable {
    /// A larger note is ignored, with this as the reason.
    public var fileSize = 16 << 20
    /// Notes read and waiting to be recorded; the reader waits while the queue is full.
    public var queue = 1024
    /// Resident memory above which no further note is taken up in parallel.
    public var memory = 512 << 20
    /// How long a converter may take for one file.
    public var convertTime = Duration.seconds(30)
    /// Address space of a converter.
    public var convertMemory = 1 << 30
    public init() {}
  }

  public struct Log: Sendable, Equatable {
    public enum Level: String, Sendable, CaseIterable { case debug, info, notice, warning, error }
    public var level = Level.info
    public init() {}
  }

  public enum Origin: Sendable, Hashable, CustomStringConvertible {
    case standard
    /// A default that the machine gives: `$STATE_DIRECTORY`, `/etc/localtime`.
    case machine(String)
    case file(String, line: Int)

    public var description: String {
      switch self {
      case .standard: return "default"
      case .machine(let name): return "default, from \(name)"
      case .file(let file, let line): return "\(file.split(separator: "/").last ?? "")" + ":\(line)"
      }
    }
  }

  /// The top-level keys, in the order they are written and shown.
  public static let keys = [
    "notes", "output", "state", "timezone", "settle", "analysis", "plugins", "plugin_directories", "follow", "entities", "ignore",
    "converters", "corrections", "filters", "links", "sinks", "alerts", "digest", "digests", "metrics", "health", "sources", "limits",
    "log",
  ]

  /// What is in force without a file.
  public init(environment: Environment = .current) {
    let home = environment.home ?? "/var/lib/bellwether"
    var origins = Dictionary(uniqueKeysWithValues: Configuration.keys.map { ($0, Origin.standard) })
    notes = [NoteFolder(path: Paths.normalized("\(home)/Notes"))]
    if let directory = environment.directory("STATE_DIRECTORY") {
      state = Paths.normalized(directory)
      origins["state"] = .machine("$STATE_DIRECTORY")
    } else {
      state = Paths.normalized((environment.base("XDG_STATE_HOME", ".local/state") ?? "/var/lib") + "/bellwether")
      if environment.variables["XDG_STATE_HOME"]?.hasPrefix("/") == true { origins["state"] = .machine("$XDG_STATE_HOME") }
    }
    output = "\(state)/output"
    (timezone, origins["timezone"]) = Configuration.localZone(environment)
    links = "file://{path}#L{line}"
    settle = .milliseconds(200)
    analysis = true
    plugins = nil
    let data = environment.base("XDG_DATA_HOME", ".local/share").map { ["\($0)/bellwether/plugins"] } ?? []
    pluginDirectories = ["/etc/bellwether/plugins"] + data.map(Paths.normalized)
    follow = nil
    entities = []
    ignore = []
    converters = Converter.standard
    corrections = nil
    sinks = []
    alerts = Alerts()
    filters = nil
    digest = Digest()
    digests = []
    metrics = Metrics()
    health = Health()
    sources = Sources()
    limits = Limits()
    log = Log()
    file = nil
    self.origins = origins
    notices = []
  }

  /// The top-level keys whose values differ, in order: what a reload has to act on.
  public func changedKeys(since old: Configuration) -> [String] {
    let mine = sections
    let theirs = old.sections
    return Configuration.keys.filter { mine[$0] != theirs[$0] }
  }

  /// Where local filters are looked for.
  public var filterPaths: [String] { filters ?? file.map { ["\(Paths.directory(of: $0))/filters"] } ?? [] }

  private static func localZone(_ environment: Environment) -> (String, Origin) {
    let zones = TimeZones(directory: environment.zoneDirectory)
    if var name = environment.variables["TZ"], !name.isEmpty {
      if name.hasPrefix(":") { name.removeFirst() }
      if name.hasPrefix(environment.zoneDirectory + "/") { name.removeFirst(environment.zoneDirectory.count + 1) }
      if zones.contains(name) { return (name, .machine("$TZ")) }
    }
    if let name = environment.localZone, zones.contains(name) { return (name, .machine("/etc/localtime")) }
    return ("UTC", .standard)
  }
}
