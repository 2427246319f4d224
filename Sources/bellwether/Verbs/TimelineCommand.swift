import Analysis
import ArgumentParser
import Documents
import Configuration
import Engine
import Glibc
import PluginHost
import Storage

struct TimelineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline", abstract: "List what is known of an entity, in order of when it happened.",
    discussion: "Facts without a date come last. The entity is named by its id, such as northwind-labs, its name or an alias.")

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "One JSON object a line.") var json = false
  @Argument(help: "The entity's id, name or alias.") var entity: String

  func run() throws {
    try guarded {
      let configuration = try options.reach().configuration
      let id = EntityNames.id(of: entity, configuration)
      let records = try configuration.openStore().facts(subject: id).sorted(by: TimelineCommand.inOrderOfEvents)
      guard !json else { return try Terminal.out(Records.lines(records, Finding())) }
      guard !records.isEmpty else {
        throw Failure(
          .noInput,
          "nothing is known of an entity '\(entity)'; `bellwether entities` lists the names that are known, `bellwether facts` whose facts there are"
        )
      }
      try Terminal.out(Array(Records.text(records).utf8))
    }
  }

  static func inOrderOfEvents(_ a: FactRecord, _ b: FactRecord) -> Bool {
    switch (a.fact.range, b.fact.range) {
    case (let x?, let y?) where x != y: return x < y
    case (nil, _?): return false
    case (_?, nil): return true
    default: return FactRecord.inOrderOfPublication(a, b)
    }
  }
}

struct EligibleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eligible", abstract: "Say why a file is or is not read.", discussion: "Exit status: 0 it is, 1 it is not.")

  @OptionGroup var options: ConfigurationOptions
  @Argument(help: "The file; it need not exist.", completion: .file()) var path: String

  func run() throws {
    try guarded {
      let configuration = try options.load()
      let file = AbsolutePath.of(path)
      var (isRead, words) = NoteFolders(configuration).explain(file)
      if configuration.notes.contains(where: { $0.path == file }) {
        (isRead, words) = (false, "\(file) is a watched folder itself, not a note; the notes below it are read")
      } else if isRead, let reason = try EligibleCommand.refusal(file, configuration) {
        (isRead, words) = (false, "\(file): \(reason)")
      }
      try Terminal.out(line: words)
      if !isRead { throw ExitCode(ExitStatus.found.rawValue) }
    }
  }

  /// What is against the file as it lies there now; nil where nothing is, or where it does not exist yet.
  private static func refusal(_ file: String, _ configuration: Configuration) throws -> String? {
    let limit = configuration.limits.fileSize
    var status = stat()
    guard lstat(file, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: return "is a folder; the notes below it are read"
    case S_IFLNK: return "is a symbolic link, and links in a notes folder are not followed"
    default: return "is not a regular file"
    }
    guard status.st_size <= limit else {
      return "has \(status.st_size) bytes, and `limits.file_size` allows \(ByteCount.text(limit))"
    }
    do throws(SetupError) {
      _ = try Checker.document(file, limit: limit, converters: Converters(configuration))
      return nil
    } catch {
      let prefix = "\(file): "
      return error.description.hasPrefix(prefix) ? String(error.description.dropFirst(prefix.count)) : error.description
    }
  }
}
