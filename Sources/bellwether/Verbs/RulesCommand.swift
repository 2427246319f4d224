import Analysis
import ArgumentParser
import Configuration
import Documents
import Engine
import Rules

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List, show, explain, test and weigh the rules.",
    subcommands: [List.self, Show.self, Explain.self, Test.self, Stats.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the rules in force, and on standard error those that are disabled, with file, line and column.")
    @OptionGroup var options: ConfigurationOptions

    func run() throws {
      try guarded {
        let assembly = try Assembly.load(try options.load())
        for plugin in assembly.plugins { for rule in plugin.rules { try Terminal.out(line: rule) } }
        for problem in assembly.problems { Terminal.say(problem) }
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a rule: what it is about, how it is written, what its patterns stand for, its sentences.")
    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "The rule's name, such as people.layoff.") var rule: String

    func run() throws {
      try guarded {
        let assembly = try Assembly.load(try options.load())
        let found = try RuleNames.describe(rule, assembly)
        for (index, description) in found.enumerated() {
          if index > 0 { try Terminal.out(line: "") }
          for line in RulePages.lines(description, assembly) { try Terminal.out(line: line) }
        }
      }
    }
  }

  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say of every sentence that holds a word of the rule why it matched, or at which word it failed.",
      discussion: "Exit status: 0 the rule fires, 1 it stays silent.")
    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "The rule's name, such as people.layoff.") var rule: String
    @Argument(help: "The note.", completion: .file()) var file: String

    func run() throws {
      try guarded {
        let assembly = try Assembly.load(try options.load())
        defer { assembly.stop() }
        let descriptions = try RuleNames.describe(rule, assembly)
        let checker = Checker(assembly: assembly)
        var problems: [SetupError] = []
        let files = NoteFile.expand([file], kinds: NoteKinds(assembly.configuration), problems: &problems)
        if let problem = problems.first { throw Failure(problem) }
        guard files.count == 1, let note = files.first else {
          throw Failure(.usage, "\(file) is a folder; name one note of it")
        }
        let reading = note.read(by: checker)
        let output: Pipeline.Output
        switch reading.result {
        case .failure(let error): throw Failure(error)
        case .success(let value): output = value
        }
        guard let annotation = output.annotation else {
          throw Failure(.badData, "\(file) is not analysed: its language is \(output.document.language ?? "unknown"), or analysis is off")
        }
        let document = AnnotatedDocument(path: file, document: output.document, annotation: annotation)
        let fires: Bool
        if descriptions[0].isSignal {
          let (_, finding) = checker.correlate([reading], asOf: nil, today: LocalCalendar(zone: "UTC").day(SystemClock().now))
          let accounts = assembly.explain(signal: rule, facts: output.facts)
          fires = finding.alerts.contains { $0.rule == rule }
          for line in RulePages.lines(rule, accounts, finding, file) { try Terminal.out(line: line) }
        } else {
          guard let explanation = assembly.explain(rule: rule, in: document) else { throw RuleNames.unknown(rule, assembly) }
          fires = explanation.sentences.contains { !$0.facts.isEmpty }
          for line in RulePages.lines(rule, explanation, file) { try Terminal.out(line: line) }
        }
        if !fires { throw ExitCode(ExitStatus.found.rawValue) }
      }
    }
  }

  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Run the sentences the rules carry, or check what comments in notes expect.",
      discussion: """
        Without notes: the `fires` and `silent` sentences of every rule. With notes: their comments <!-- expect: RULE --> and <!-- ok: RULE -->. \
        Exit status: 0 all as expected, 1 some not, 2 some notes could not be read, 78 broken rules.
        """)
    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "Notes and folders of notes.", completion: .file()) var notes: [String] = []

    func run() throws {
      try guarded {
        let assembly = try Assembly.load(try options.load())
        defer { assembly.stop() }
        for problem in assembly.problems { Terminal.say(problem) }
        guard notes.isEmpty else { return try testNotes(assembly) }
        let failures = RuleTester(assembly.packs, gazetteer: assembly.gazetteer).run()
        for failure in failures { Terminal.say(failure.description) }
        let count = assembly.packs.reduce(0) { $0 + $1.tests.count }
        try Terminal.out(line: "\(count - failures.count) of \(count) sentences as expected")
        if !assembly.problems.isEmpty { throw ExitCode(ExitStatus.configuration.rawValue) }
        if !failures.isEmpty { throw ExitCode(ExitStatus.found.rawValue) }
      }
    }

    private func testNotes(_ assembly: Assembly) throws {
      var problems: [SetupError] = []
      let checker = Checker(assembly: assembly)
      let readings = NoteFile.expand(notes, kinds: NoteKinds(assembly.configuration), problems: &problems).map { $0.read(by: checker) }
      let rules = Set(assembly.plugins.flatMap(\.rules))
      let (_, finding) = checker.correlate(readings, asOf: nil, today: LocalCalendar(zone: "UTC").day(SystemClock().now))
      var count = 0
      var failed = 0
      for reading in readings {
        switch reading.result {
        case .failure(let error): problems.append(error)
        case .success(let output):
          for expectation in NoteExpectation.all(in: output.document) {
            count += 1
            let problem = expectation.problem(rules: rules, path: reading.path, facts: output.facts, alerts: finding.alerts)
            guard let problem else { continue }
            failed += 1
            try Terminal.out(line: "\(Printable.line(reading.path)):\(expectation.line): \(Printable.line(problem))")
          }
        }
      }
      for problem in problems { Terminal.say(problem.description) }
      try Terminal.out(line: "\(count - failed) of \(counted(count, "annotation")) in \(counted(readings.count, "note")) as expected")
      if count == 0, problems.isEmpty { Terminal.say("no note holds a comment <!-- expect: RULE --> or <!-- ok: RULE -->") }
      if failed > 0 { throw ExitCode(ExitStatus.found.rawValue) }
      if !problems.isEmpty {
        throw ExitCode((readings.isEmpty ? problems[0].status : ExitStatus.partial).rawValue)
      }
    }
  }
}

/// Rules by name.
enum RuleNames {
  static func describe(_ rule: String, _ assembly: Assembly) throws -> [RuleDescription] {
    let found = assembly.packs.flatMap { $0.describe(rule) }
    guard found.isEmpty else { return found }
    throw unknown(rule, assembly)
  }

  static func unknown(_ rule: String, _ assembly: Assembly) -> Failure {
    if let broken = assembly.problems.first(where: { $0.contains("rule \"\(rule)\" is disabled") }) {
      return Failure(.configuration, broken)
    }
    let known = assembly.plugins.flatMap(\.rules)
    let near = known.map { ($0, EditDistance.between($0, rule)) }.min { $0.1 < $1.1 }
    let advice = near.flatMap { $0.1 <= 3 ? "did you mean \($0.0)?" : nil } ?? "`bellwether rules list` names them"
    return Failure(.noInput, "there is no rule “\(Printable.line(rule))”; \(advice)")
  }
}
