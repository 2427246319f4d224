import Analysis
import ArgumentParser
import Documents
import Engine
import Storage

struct TimelineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline", abstract: "List what is known of an entity, in order of when it happened.",
    discussion: "Facts without a date come last. The entity is named by its id, such as northwind-labs.")

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "One JSON object a line.") var json = false
  @Argument(help: "The entity's id.") var entity: String

  func run() throws {
    try guarded {
      let records = try options.load().openStore().facts(subject: entity).sorted(by: TimelineCommand.inOrderOfEvents)
      guard !json else { return try Terminal.out(Records.lines(records, Finding())) }
      guard !records.isEmpty else {
        throw Failure(.noInput, "nothing is known of an entity '\(entity)'; `bellwether facts` shows whose facts there are")
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
      let folders = NoteFolders(try options.load())
      let (isRead, words) = folders.explain(AbsolutePath.of(path))
      try Terminal.out(line: words)
      if !isRead { throw ExitCode(ExitStatus.found.rawValue) }
    }
  }
}
