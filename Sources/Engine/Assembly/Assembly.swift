import Alerting
import Analysis
import Configuration
import Documents
import Language
import PluginHost
import Reporting
import Rules
import Storage

/// Configuration, gazetteers and plugins, put together: a value built once, injected, and replaced as a whole on reload.
public struct Assembly: Sendable {
  public struct PluginSummary: Sendable {
    public var id: String
    public var version: String
    public var title: String
    public var kind: PluginManifest.Kind
    public var folder: String
    public var rules: [String]
    /// What is broken in it; each problem disables its rule, or the whole plugin.
    public var problems: [String]
  }

  public let configuration: Configuration
  public let gazetteer: Gazetteer
  public let pipeline: Pipeline
  public let plugins: [PluginSummary]
  /// Broken rules and plugins, each disabled alone; a line each.
  public let problems: [String]
  /// Rules with their sentences, for `rules test`.
  public let packs: [RulePack]
  /// Changes whenever the same note could give other facts; notes analysed under another key are read again.
  public let analysisKey: String
  /// The subjects alerts are raised about.
  public let followed: Set<String>
  /// What people know better than the notes.
  public let corrections: Corrections
  let filters: LocalFilters
  private let sources: SourceBook
  private let processes: [ProcessPlugin]

  /// All analyzers' alerts and contradictions about one subject, under the name the gazetteer has for it.
  public func correlate(_ facts: SubjectFacts) -> Finding {
    var facts = facts
    if let name = gazetteer.entry(facts.subject.id)?.name { facts.subject.name = name }
    for index in facts.records.indices { sources.judge(&facts.records[index]) }
    return filters.apply(facts, pipeline.correlate)
  }

  /// `analysisKey` for one note: what a person says of its date and publisher is part of it, so that a correction reads that note again alone, and
  /// so is the converter that makes text of it.
  /// - Parameter shown: the path as people see it.
  public func analysisKey(for path: some BidirectionalCollection<UInt8>, shown: @autoclosure () -> String) -> String {
    let correction = pipeline.metadata.isEmpty ? "" : pipeline.metadata.key(shown())
    let converter = NoteKinds.ending(of: path).flatMap(pipeline.converters.fingerprint) ?? ""
    if correction.isEmpty, converter.isEmpty { return analysisKey }
    return StableHash.hex(of: "\(analysisKey)\u{1F}\(correction)\u{1F}\(converter)")
  }

  /// Whether notes whose names end alike have the same key: nobody says anything of single notes.
  var keyDependsOnEndingAlone: Bool { pipeline.metadata.isEmpty }

  /// Changes whenever the same facts could give other alerts while the analysis stays the same.
  public var correlationKey: String {
    StableHash.hex(of: "\(filters.filters)\u{1F}\(configuration.text(of: "sources"))\u{1F}\(corrections.facts)\u{1F}\(followed.sorted())")
  }

  /// How alerts are drawn from facts, and who is told of them.
  func correlation(today: CalendarDate) -> Correlation {
    Correlation(
      today: today, sinks: ["file", "journal"], policy: NotificationPolicy(configuration), follows: { follows($0) },
      correlate: { correlate($0) })
  }

  /// Whether alerts are raised about a subject.
  public func follows(_ root: String) -> Bool { followed.contains(root) }

  /// Bumped when reading, annotating or extracting changes what it finds in the same note.
  private static let engineVersion = "1"

  /// The analyzers written in Swift, by plugin id.
  private static let builtIns: [String: @Sendable (JSONValue) -> any Analyzer] = [
    "contradictions": { _ in ContradictionAnalyzer() },
    "series": { _ in SeriesAnalyzer() },
  ]

  /// - Throws: `SetupError` with status 78 where the configuration names what does not exist, 69 where shipped parts are missing.
  /// - Parameters:
  ///   - old: the assembly before a reload; its process plugins go on where nothing of theirs has changed.
  ///   - isForReading: false where no note will be read and no alert drawn: rules are checked and not compiled, names looked up and not sought in
  ///     texts, which saves half the time.
  ///   - log: takes what process plugins say and what happens to them.
  public static func load(
    _ configuration: Configuration, resources: Resources? = nil, keeping old: Assembly? = nil, isForReading: Bool = true,
    log: @escaping @Sendable (String, Severity, String) -> Void = { _, _, _ in }
  ) throws(SetupError) -> Assembly {
    let resources = if let resources { resources } else { try Resources.find() }
    do {
      _ = try EvidenceLinks(roots: [], template: configuration.links)
    } catch {
      throw SetupError(.configuration, "\(configuration.file ?? "the configuration"): 'links': \(error.reason)")
    }
    let corrections: Corrections
    do { corrections = try Corrections.load(configuration.corrections) } catch { throw SetupError(.configuration, error.description) }
    let filters = LocalFilters(paths: configuration.filterPaths, isStandard: configuration.filters == nil)
    // Shipped plugins come last, so that a person's own plugin of the same id counts.
    let catalog = PluginCatalog(directories: configuration.pluginDirectories + [resources.plugins])
    var problems = catalog.problems.map(\.headline) + filters.problems
    let selections: [PluginCatalog.Selection]
    do {
      selections = try catalog.select(configuration)
    } catch {
      throw SetupError(.configuration, error.description)
    }
    var packs: [RulePack] = []
    var builtIns: [any Analyzer] = []
    var processes: [ProcessPlugin] = []
    var summaries: [PluginSummary] = []
    // Names and rule packs are most of the work, and each is read by itself.
    let (known, loaded) = Parallel.both {
      Result<Gazetteer, SetupError> { () throws(SetupError) in try Assembly.gazetteer(configuration, resources) }
    } and: {
      Parallel.map(selections) { selection in
        Result<(RulePack, [String])?, SetupError> { () throws(SetupError) in
          let manifest = selection.folder.manifest
          // What a built-in analyzer compares may be found by rules of its own.
          let hasPack =
            manifest.kind == .rules || Assembly.builtIns[manifest.id] != nil && manifest.kind == .builtin && selection.folder.hasRules
          return hasPack ? try Assembly.rules(selection) : nil
        }
      }
    }
    let gazetteer = try known.get()
    for (index, selection) in selections.enumerated() {
      let manifest = selection.folder.manifest
      var summary = PluginSummary(
        id: manifest.id, version: manifest.version, title: manifest.title, kind: manifest.kind, folder: selection.folder.path, rules: [],
        problems: [])
      if let (pack, errors) = try loaded[index].get() {
        packs.append(pack)
        summary.rules = pack.rules
        summary.problems = errors
      }
      switch manifest.kind {
      case .rules: break
      case .builtin:
        if let make = Assembly.builtIns[manifest.id] {
          builtIns.append(make(selection.config))
        } else {
          summary.problems = ["\(manifest.file): this Bellwether has no built-in analyzer '\(manifest.id)'; the plugin is disabled"]
        }
      case .process:
        let id = manifest.id
        if let running = old?.processes.first(where: { $0.id == id && $0.isCurrent(selection.folder, config: selection.config) }) {
          processes.append(running)
          break
        }
        processes.append(ProcessPlugin(selection.folder, config: selection.config, log: { log(id, $0, $1) }))
      }
      problems += summary.problems
      summaries.append(summary)
    }
    let rules = CompiledRules(isForReading ? packs : [])
    let annotator = Annotator(gazetteer: isForReading ? gazetteer : .empty, vocabulary: rules.vocabulary)
    let engine = rules.bind(annotator.lexicon)
    let analyzers: [any Analyzer] = [engine] + builtIns + processes
    let versions = analyzers.map { "\($0.id)@\($0.version)" }
    let names = gazetteer.entries.map(\.text)
    let key = StableHash.hex(
      of: ([engineVersion, configuration.analysis ? "on" : "off"] + versions + names).joined(separator: "\u{1F}"))
    return Assembly(
      configuration: configuration, gazetteer: gazetteer,
      pipeline: Pipeline(
        annotator: annotator, analyzers: analyzers, converters: Converters(configuration, keeping: old?.pipeline.converters),
        analyses: configuration.analysis, metadata: NoteMetadata(corrections: corrections.notes, patterns: configuration.sources.patterns)),
      plugins: summaries,
      problems: problems,
      packs: packs, analysisKey: key, followed: try followed(configuration, gazetteer),
      corrections: corrections, filters: filters, sources: SourceBook(configuration.sources, gazetteer), processes: processes)
  }

  /// The shipped gazetteers and those the configuration adds.
  public static func gazetteer(_ configuration: Configuration, _ resources: Resources) throws(SetupError) -> Gazetteer {
    do {
      return try Gazetteer.load(files: resources.entityFiles() + configuration.entities)
    } catch {
      throw SetupError(.configuration, "\(error)")
    }
  }

  private static func rules(_ selection: PluginCatalog.Selection) throws(SetupError) -> (RulePack, [String]) {
    let manifest = selection.folder.manifest
    do {
      let (pack, errors) = RulePack.load(
        files: try selection.folder.ruleFiles(), plugin: manifest.id, window: window(selection.config))
      return (pack, errors.map(\.description))
    } catch {
      throw SetupError(.configuration, error.description)
    }
  }

  /// The setting `window` of a rule pack in whole days, one at least; the manifest has checked that it is a length of time.
  private static func window(_ config: JSONValue) -> Int? {
    guard let length = config.objectValue?["window"]?.stringValue.flatMap({ Duration(unitText: $0) }) else { return nil }
    return max(1, Int(length.components.seconds / 86_400))
  }

  private static func followed(_ configuration: Configuration, _ gazetteer: Gazetteer) throws(SetupError) -> Set<String> {
    guard let chosen = configuration.follow else {
      return Set(gazetteer.entries.filter { $0.type == .organization }.map(\.id))
    }
    for id in chosen where gazetteer.entry(id) == nil {
      let place = if case .file(let file, let line)? = configuration.origins["follow"] { "\(file):\(line)" } else { "follow" }
      throw SetupError(
        .configuration, "\(place): there is no entity '\(id)' in the gazetteers; check its id, or add it to a file named under `entities`")
    }
    return Set(chosen)
  }

  /// How each plugin is doing now.
  public var standing: [(id: String, state: String, detail: String?)] {
    plugins.map { plugin in
      if let process = processes.first(where: { $0.id == plugin.id }) {
        let state = process.state
        let isFine: Bool
        switch state.status {
        case .idle, .running: isFine = true
        case .waiting, .disabled, .stopped: isFine = false
        }
        return (plugin.id, isFine ? "ready" : state.status.name, isFine ? nil : state.lastError)
      }
      return (plugin.id, plugin.problems.isEmpty ? "ready" : "partly disabled", plugin.problems.first)
    }
  }

  /// For the digest's health section.
  public var health: [DigestHealth.Plugin] {
    standing.map {
      DigestHealth.Plugin(id: $0.id, state: $0.state == "ready" ? "running" : $0.state, detail: $0.detail, isHealthy: $0.state == "ready")
    }
  }

  /// Keeps what process plugins failed on in the database, so that a restart does not try it all again.
  func keepQuarantine(in store: Store, journal: @escaping Journal) {
    for process in processes {
      let (id, version) = (process.id, process.version)
      let known = (try? store.quarantined(plugin: id, version: version)) ?? [:]
      process.useQuarantine(known) { revision, reason in
        do { try store.quarantine(revision: revision, plugin: id, version: version, reason: reason) } catch {
          journal(JournalEntry(.plain, .warning, "what the plugin \(id) failed on could not be kept: \(error)", fields: ["PLUGIN": id]))
        }
      }
    }
  }

  /// Looks after the process plugins; blocks while one is asked how it is.
  public func probe() { for process in processes { process.probe() } }

  /// Ends the process plugins, but for those that another assembly goes on using.
  public func stop(except next: Assembly? = nil) {
    if next == nil { pipeline.converters.stop() }
    for process in processes where !(next?.processes.contains { $0 === process } ?? false) { process.stop() }
  }
}
