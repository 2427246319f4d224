import ArgumentParser
import Configuration
import Documents
import Engine
import Glibc
import Language
import PluginHost
import Reporting

struct EntityCandidatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "candidates", abstract: "List names in the notes that no gazetteer knows, the most frequent first.",
    discussion: """
      Reads the notes of the configuration, or the files and folders given. A line each: what it seems to be, the name, in how many notes it \
      stands and how often; below it, sentences that hold it. Nothing is written; `entities accept` and `entities merge` do that.
      """)

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "One JSON object a line.") var json = false
  @Option(help: "At most this many names.") var limit = 50
  @Option(help: "Only names in at least this many notes.") var documents = 1
  @Argument(help: "Files and folders instead of the configured notes.", completion: .file()) var paths: [String] = []

  func run() throws {
    try guarded {
      let configuration = try options.load()
      var problems: [SetupError] = []
      let found = try CandidateSearch(configuration).candidates(paths, problems: &problems).filter { $0.documents >= documents }.prefix(
        limit)
      for problem in problems { Terminal.say(problem.description) }
      try Terminal.out(json ? lines(found) : Array(text(found).utf8))
      if let first = problems.first { throw ExitCode(found.isEmpty ? first.status.rawValue : ExitStatus.partial.rawValue) }
    }
  }

  private func text(_ found: ArraySlice<NameCandidates.Candidate>) -> String {
    guard !found.isEmpty else { return "no unknown names\n" }
    return found.map { candidate in
      "\(candidate.kind.rawValue)  \(Printable.line(candidate.name))  \(counted(candidate.documents, "note")), \(counted(candidate.count, "mention"))\n"
        + candidate.contexts.map { "  \(Printable.line($0.document)):\($0.line): \(Printable.line($0.text))\n" }.joined()
    }
    .joined()
  }

  private func lines(_ found: ArraySlice<NameCandidates.Candidate>) -> [UInt8] {
    var writer = JSONWriter()
    for candidate in found {
      writer.beginObject()
      writer.member("schema", "bellwether.candidate/v1")
      writer.member("id", candidate.id)
      writer.member("name", candidate.name)
      writer.member("type", candidate.kind.rawValue)
      writer.member("count", candidate.count)
      writer.member("documents", candidate.documents)
      writer.key("contexts")
      writer.beginArray()
      for context in candidate.contexts {
        writer.beginObject()
        writer.member("path", context.document)
        writer.member("line", context.line)
        writer.member("text", context.text)
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
      writer.newline()
    }
    return writer.bytes
  }
}

/// Reads notes for the names they hold.
struct CandidateSearch {
  let configuration: Configuration
  private let annotator: Annotator

  init(_ configuration: Configuration) throws(SetupError) {
    self.configuration = configuration
    annotator = Annotator(gazetteer: try Assembly.gazetteer(configuration, try Resources.find()))
  }

  /// - Parameter paths: files and folders; empty for the configured notes.
  func candidates(_ paths: [String], problems: inout [SetupError]) -> [NameCandidates.Candidate] {
    var gathered = NameCandidates()
    let roots = paths.isEmpty ? configuration.notes.map(\.path) : paths
    let converters = Converters(configuration)
    // What the daemon does not read is nobody's note; a file or folder that a person names is read whatever is ignored.
    let folders = paths.isEmpty ? NoteFolders(configuration) : nil
    for file in Checker.expand(roots, kinds: NoteKinds(configuration), problems: &problems) where folders?.explain(file).isRead ?? true {
      do throws(SetupError) {
        let document = try Checker.document(file, limit: configuration.limits.fileSize, converters: converters)
        guard document.language == nil || document.language == "en" else { continue }
        let context = AnnotationContext(reference: document.published?.start)
        gathered.add(document, named: file, annotator.annotate(document.text, blocks: document.blocks, context: context))
      } catch {
        problems.append(error)
      }
    }
    return gathered.ranked
  }
}

struct EntityAcceptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: "Make a name known: put it into your own gazetteer file.",
    discussion: """
      The file is the last one under `entities:` of the configuration; without one the entry is printed for you to put into a file. The daemon \
      takes it in with `bellwether reload` and reads the notes again by it.
      """)

  @OptionGroup var options: ConfigurationOptions
  @Option(help: "person, organization, team, product or place. Default: what the notes make of it.") var type: String?
  @Option(help: "Its id. Default: made from the name.") var id: String?
  @Option(help: "Another name for it; may be given several times.") var alias: [String] = []
  @Option(help: "Id of the maker, employer or parent.") var organization: String?
  @Argument(help: "The name.") var name: [String]

  func run() throws {
    try guarded {
      let configuration = try options.load()
      let own = try OwnGazetteer(configuration)
      let words = name.joined(separator: " ")
      let chosen = id ?? words.slug
      guard !words.isEmpty, !chosen.isEmpty else { throw Failure(.usage, "the name is empty; give the name as the notes write it") }
      if let known = own.all.entry(chosen) {
        throw Failure(
          .usage,
          "“\(Printable.line(known.name))” already has the id \(chosen) (\(known.origin)); give another with --id, or `entities merge` the name into it"
        )
      }
      if let organization, own.all.entry(organization) == nil {
        throw Failure(
          .usage, "no entity has the id '\(Printable.line(organization))'; `bellwether entities` lists them, or accept it first")
      }
      var entry = GazetteerEntry(id: chosen, name: words, type: try kind(words, configuration), origin: "")
      entry.aliases = alias
      entry.organization = organization
      try own.write(entry)
    }
  }

  private func kind(_ words: String, _ configuration: Configuration) throws -> EntityValue.Kind {
    if let type {
      guard let kind = EntityValue.Kind(rawValue: type) else {
        throw Failure(.usage, "'\(Printable.line(type))' is no type; write person, organization, team, product or place")
      }
      return kind
    }
    var problems: [SetupError] = []
    guard let found = try CandidateSearch(configuration).candidates([], problems: &problems).first(where: { $0.name == words }) else {
      throw Failure(.usage, "the notes do not tell what “\(Printable.line(words))” is; say so with --type")
    }
    return found.kind
  }
}

struct EntityMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Make a name another name of a known entity, in your own gazetteer file.",
    discussion: "An entity that is shipped is copied into your file with the new alias; yours takes its place.")

  @OptionGroup var options: ConfigurationOptions
  @Option(help: "Id or name of the entity.") var into: String
  @Argument(help: "The name.") var name: [String]

  func run() throws {
    try guarded {
      let configuration = try options.load()
      let own = try OwnGazetteer(configuration)
      let alias = name.joined(separator: " ")
      guard !alias.isEmpty, var entry = own.all.entry(EntityNames.id(of: into, configuration)) else {
        throw Failure(.usage, "no entity is known by “\(Printable.line(into))”; `bellwether entities WORD` finds ids")
      }
      guard !entry.surfaces.contains(alias) else {
        return try Terminal.out(line: "\(entry.id) is already known as “\(Printable.line(alias))”")
      }
      entry.aliases.append(alias)
      try own.write(entry)
    }
  }
}

/// The gazetteer file that belongs to the user: the last under `entities:`.
struct OwnGazetteer {
  /// Everything that is known, that file included.
  let all: Gazetteer
  private let path: String?

  init(_ configuration: Configuration) throws {
    path = configuration.entities.last
    var rest = configuration
    // A file that is named but not yet there is made.
    if let path, access(path, F_OK) != 0, errno == ENOENT { rest.entities.removeLast() }
    all = try Assembly.gazetteer(rest, Resources.find())
  }

  func write(_ entry: GazetteerEntry) throws {
    guard let path else {
      Terminal.say("the configuration names no file under `entities:`; put this into one, and name it there:")
      return try Terminal.out(line: "entities:\n  " + GazetteerEditor.line(entry))
    }
    var text = ""
    if access(path, F_OK) == 0 {
      switch Configuration.readText(path, limit: 16 << 20) {
      case .success(let found): text = found
      case .failure(let error): throw Failure(.inputOutput, "cannot read your gazetteer \(path): \(error); nothing was changed")
      }
    }
    let result: String
    do { result = try GazetteerEditor(text, file: path).setting(entry) } catch { throw Failure(.configuration, "\(error)") }
    do { _ = try AtomicFile.write(Array(result.utf8), to: AbsolutePath.resolved(path), mode: 0o644) } catch {
      throw Failure(.inputOutput, "\(error)")
    }
    try Terminal.out(line: "\(path): \(GazetteerEditor.line(entry))")
    Terminal.say("`bellwether reload` makes it known to a running daemon")
  }
}

extension AbsolutePath {
  /// The file that a link stands for, so that writing leaves the link.
  fileprivate static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
