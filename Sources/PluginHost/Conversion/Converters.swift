import Analysis
import CSpawn
import Configuration
import Documents
import Glibc

/// Turns files that are no text into text, each by a program of the machine that runs once for it, as limited child process.
///
/// The program gets the file as its standard input, a memory file that cannot be written, and answers on standard output. It may read
/// programs and libraries but none of the user's files, write nothing, open no network socket, and has bounds on time, processor time,
/// address space and output; whatever it started is ended with it. No shell is involved.
public final class Converters: Sendable {
  private struct Program {
    var chosen: Configuration.Converter
    /// Absolute, links resolved; or why it cannot be run.
    var path: Result<String, Refusal>
    /// Changes with the command and with the program itself.
    var fingerprint: String
  }

  private let programs: [String: Program]
  private let limits: Configuration.Limits
  private let interrupt: Interrupt

  /// Looks for the programs now: one that is installed later is found by the next reload.
  /// - Parameter old: those in force before a reload; one `stop` ends the conversions of both.
  public init(_ configuration: Configuration, keeping old: Converters? = nil) {
    limits = configuration.limits
    interrupt = old?.interrupt ?? Interrupt()
    programs = configuration.converters.reduce(into: [:]) { programs, entry in
      let path = Converters.find(entry.value, ending: entry.key)
      programs[entry.key] = Program(chosen: entry.value, path: path, fingerprint: Converters.fingerprint(entry.value, path))
    }
  }

  /// Whether a file with this ending (lower case) is given to a program.
  public func converts(_ ending: String) -> Bool { programs[ending] != nil }

  /// Changes whenever the same file could become other text, and when a missing program appears; nil where nothing is converted.
  public func fingerprint(_ ending: String) -> String? { programs[ending]?.fingerprint }

  /// Runs the program for a file and blocks until it has ended, at most for `limits.convert_time` and a few seconds.
  /// - Parameters:
  ///   - ending: of the file's name, in lower case.
  ///   - progress: called every few seconds while the program is within its time.
  /// - Returns: nil where nothing converts such files.
  /// - Throws: `noConverter`, `notConverted`, `tooLargeConverted`, `interrupted`.
  public func convert(_ bytes: [UInt8], ending: String, progress: () -> Void = {}) throws(ReadingRefusal) -> ConvertedText? {
    guard let program = programs[ending] else { return nil }
    let path: String
    switch program.path {
    case .success(let found): path = found
    case .failure(let refusal): throw .noConverter(refusal.reason)
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let input = bytes.withUnsafeBytes { spawn_memory_file($0.baseAddress, $0.count) }
    guard input >= 0 else { throw .notConverted("no memory for \(name)'s input: \(String(cString: strerror(errno)))") }
    defer { close(input) }
    let child: Child
    do {
      child = try Child(launch(program, path, input: input), interrupt: interrupt, log: { _ in })
    } catch {
      throw .notConverted("\(name) \(error.reason)")
    }
    defer { _ = child.terminate() }
    let output = try output(of: child, name, progress)
    // What a failing program wrote is at best half of the text.
    guard let exit = child.terminate(patience: .seconds(1)), exit == .exited(0) else {
      throw .notConverted("\(name) ended with \(child.exit.map { "\($0)" } ?? "an unknown status")\(Converters.lastWords(of: child))")
    }
    return ConvertedText(bytes: output, markup: ConvertedText.Markup(rawValue: program.chosen.output) ?? .text)
  }

  private func output(of child: Child, _ name: String, _ progress: () -> Void) throws(ReadingRefusal) -> [UInt8] {
    let deadline = Deadline(in: limits.convertTime)
    while true {
      switch child.everything(until: min(deadline, Deadline(in: .seconds(5)))) {
      case .line(let bytes): return bytes
      case .end: return []
      case .tooMuch:
        throw .tooLargeConverted("\(name) wrote more than \(ByteCount.text(limits.fileSize)) (limits.file_size)")
      case .deadline:
        if interrupt.isRaised { throw .interrupted }
        if deadline.hasPassed {
          throw .notConverted("\(name) took longer than \(limits.convertTime.unitText) (limits.convert_time)")
        }
        progress()
      }
    }
  }

  /// Gives up what is being converted, and converts nothing any more.
  public func stop() { interrupt.raise() }

  /// Programs that are not there, with the endings that wait for them: "pdf: pdftotext is not installed …".
  public var missing: [String] {
    programs.sorted { $0.key < $1.key }.compactMap { ending, program in
      if case .failure(let refusal) = program.path { return "\(ending): \(refusal.reason)" }
      return nil
    }
  }

  // MARK: - The program

  private func launch(_ program: Program, _ path: String, input: Int32) -> Launch {
    let arguments = program.chosen.command.map { $0.replacing("{file}", with: "/dev/stdin") }
    var bounds = PluginManifest.Limits()
    bounds.memory = limits.convertMemory
    // Of all its threads together; the time it may take is bounded by itself.
    bounds.cpu = .seconds(2 * max(1, limits.convertTime.components.seconds))
    bounds.output = limits.fileSize
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "/"
    let directories = PluginFolder.programDirectories.joined(separator: ":")
    return Launch(
      program: path, arguments: arguments, environment: ["PATH=\(directories)", "LANG=C.UTF-8", "TZ=UTC", "HOME=/nonexistent"],
      directory: folder, limits: bounds, network: false, input: input)
  }

  private static func find(_ converter: Configuration.Converter, ending: String) -> Result<String, Refusal> {
    let name = converter.command.first ?? ""
    let candidates = name.contains("/") ? [name] : PluginFolder.programDirectories.map { "\($0)/\(name)" }
    guard let found = candidates.first(where: { access($0, X_OK) == 0 }), let real = Files.realPath(found) else {
      if name.contains("/") {
        return .failure(Refusal("\(name) is not there or not executable; check `converters.\(ending)`, then run bellwether reload"))
      }
      let advice =
        converter.package.map { "install the package \($0) (apt install \($0))" } ?? "install it, or change `converters.\(ending)`"
      return .failure(Refusal("\(name) is not installed; \(advice), then run bellwether reload"))
    }
    if let problem = Files.distrust(real) { return .failure(Refusal("\(problem) (`converters.\(ending)`)")) }
    return .success(real)
  }

  private static func fingerprint(_ converter: Configuration.Converter, _ path: Result<String, Refusal>) -> String {
    var parts = converter.command + [converter.output]
    var status = spawn_status()
    if case .success(let path) = path, spawn_examine(path, &status) == 0 { parts += [path, "\(status.size)", "\(status.modified)"] }
    return StableHash.hex(of: parts.joined(separator: "\u{1F}"))
  }

  private static func lastWords(of child: Child) -> String {
    child.lastWords.map { "; last words: \(Printable.escaped($0, limit: 200))" } ?? ""
  }
}
