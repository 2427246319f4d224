import ArgumentParser
import Configuration
import Documents
import Engine
import Glibc
import Language
import PluginHost

struct DocumentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "document", abstract: "Print how files are read: text, title, publication date, parts.")

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "One JSON object a line (the only format).") var json = false
  @Argument(help: "Files and folders.", completion: .file()) var paths: [String]

  func run() throws {
    try guarded {
      var problems: [SetupError] = []
      let configuration = try options.load()
      let converters = Converters(configuration)
      let files = Checker.expand(paths, kinds: NoteKinds(configuration), problems: &problems)
      var read = 0
      for file in files {
        do throws(SetupError) {
          let document = try Checker.document(file, limit: configuration.limits.fileSize, converters: converters)
          read += 1
          var json = JSONWriter(reserving: document.text.count + 4096)
          DocumentRecord.write(document, path: file, isAnalysed: document.language == nil || document.language == "en", to: &json)
          do { try Terminal.out(json.bytes) } catch { throw SetupError(.inputOutput, "\(error)") }
        } catch {
          problems.append(error)
        }
      }
      for problem in problems { Terminal.say(problem.description) }
      guard let first = problems.first else { return }
      throw ExitCode(read > 0 ? ExitStatus.partial.rawValue : first.status.rawValue)
    }
  }
}

struct AnnotateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "annotate", abstract: "Annotate texts: sentences, times, quantities, names, quotations, hedges.",
    discussion: "Reads {\"id\",\"text\",\"reference_time\",\"culture\"} lines from standard input, writes one annotation a line.")

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "JSON lines in and out (the only format).") var jsonl = false

  func run() throws {
    try guarded {
      let gazetteer = try Assembly.gazetteer(try options.load(), Resources.find())
      let bad = try AnnotationLines.run(Annotator(gazetteer: gazetteer))
      if bad > 0 { throw ExitCode(ExitStatus.partial.rawValue) }
    }
  }
}
