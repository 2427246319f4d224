import Analysis
import Configuration
import Documents
import FileWatching
import Glibc
import Language
import PluginHost

/// Reads files and folders once, without a daemon or a database, by the same stages as the daemon.
public struct Checker: Sendable {
  /// A note as it was read, or why not.
  public struct Reading: Sendable {
    public var path: String
    public var result: Result<Pipeline.Output, SetupError>
  }

  public let assembly: Assembly

  public init(assembly: Assembly) { self.assembly = assembly }

  /// The files behind the arguments: files as given, folders walked in order of path.
  public static func expand(_ paths: [String], kinds: NoteKinds, problems: inout [SetupError]) -> [String] {
    var files: [String] = []
    for path in paths {
      var status = stat()
      guard stat(path, &status) == 0 else {
        let code = errno
        problems.append(
          SetupError(code == EACCES ? .permission : .noInput, "\(path): cannot be read: \(String(cString: strerror(code))); check the path")
        )
        continue
      }
      guard status.st_mode & S_IFMT == S_IFDIR else {
        files.append(path)
        continue
      }
      var below: [String] = []
      let base = path.hasSuffix("/") ? path : path + "/"
      do {
        try DirectoryWalker(root: BytePath(path)).walk { visit in
          switch visit {
          case .file(let file):
            guard file.status.isRegularFile, kinds.isNote(name: file.path.lastComponent) else { break }
            below.append(base + String(decoding: file.path.bytes, as: UTF8.self))
          case .unreadable(_, let failure): problems.append(SetupError(.permission, failure.description))
          }
          return true
        }
      } catch {
        problems.append(SetupError(.permission, "\(error)"))
      }
      files += below.sorted()
    }
    return files
  }

  public func read(_ path: String) -> Reading {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    do {
      let bytes = try Checker.bytes(of: path, limit: assembly.configuration.limits.fileSize)
      do {
        return Reading(path: path, result: .success(try assembly.pipeline.run(bytes, path: path, hints: ReadingHints(fileName: name))))
      } catch {
        return Reading(path: path, result: .failure(Checker.refusal(path, error)))
      }
    } catch {
      return Reading(path: path, result: .failure(error))
    }
  }

  /// A file that a person named: links are followed, unlike in a watched folder.
  static func bytes(of path: String, limit: Int) throws(SetupError) -> [UInt8] {
    guard let resolved = realpath(path, nil) else {
      let code = errno
      throw SetupError(
        code == EACCES ? .permission : .noInput, "\(path): cannot be read: \(String(cString: strerror(code))); check the path")
    }
    defer { free(resolved) }
    let absolute = BytePath(String(cString: resolved))
    do {
      return try SafeFile.read(
        root: absolute.parent.isEmpty ? "/" : absolute.parent, path: BytePath(Array(absolute.lastComponent)), limit: limit
      ).bytes
    } catch {
      let status: ExitStatus = error.reason == .system(EACCES) ? .permission : error.isMissing ? .noInput : .badData
      throw SetupError(status, error.description)
    }
  }

  /// The read stage alone.
  public static func document(_ path: String, limit: Int, converters: Converters) throws(SetupError) -> Document {
    let bytes = try bytes(of: path, limit: limit)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    do {
      return try Pipeline.read(bytes, hints: ReadingHints(fileName: name), converters: converters)
    } catch {
      throw refusal(path, error)
    }
  }

  /// A missing program is not the file's fault.
  public static func refusal(_ path: String, _ refusal: ReadingRefusal) -> SetupError {
    if case .noConverter = refusal { return SetupError(.unavailable, "\(path): \(refusal)") }
    return SetupError(.badData, "\(path): \(refusal)")
  }

  /// Correlates the facts of all readings.
  /// - Parameter asOf: nil for the latest publication date among them; today where none has one.
  public func correlate(_ readings: [Reading], asOf: CalendarDate?, today: CalendarDate) -> (records: [FactRecord], finding: Finding) {
    var documents: [(String, Pipeline.Output)] = []
    for reading in readings { if case .success(let output) = reading.result { documents.append((reading.path, output)) } }
    let dismissed = assembly.dismissed
    let day = asOf ?? documents.compactMap { $0.1.document.published?.end }.max() ?? today
    var records: [FactRecord] = []
    for (path, output) in documents {
      if let asOf, let published = output.document.published, published.start > asOf { continue }
      records += Checker.records(of: output, path: path, received: day, without: dismissed)
    }
    return (records, Checker.correlate(records, asOf: day, assembly: assembly))
  }

  /// - Parameter dismissed: identities of facts that a person has called wrong.
  static func records(
    of output: Pipeline.Output, path: String, received day: CalendarDate, without dismissed: Set<String>
  ) -> [FactRecord] {
    output.facts.filter { dismissed.isEmpty || !dismissed.contains($0.identity) }.map { fact in
      FactRecord(
        fact: fact, path: path, revision: output.document.revision, published: output.document.published?.description,
        publisher: output.document.publisher, title: output.document.title, isConverted: output.document.isConverted,
        received: day.description, address: output.document.address)
    }
  }

  /// - Parameter only: the one subject to correlate; nil for all that are followed.
  static func correlate(_ records: [FactRecord], asOf day: CalendarDate, assembly: Assembly, only: String? = nil) -> Finding {
    var groups: [String: (EntityRef, [FactRecord])] = [:]
    for record in records {
      var mine: Set<String> = []
      for subject in record.fact.subject where mine.insert(subject.root).inserted {
        let name = subject.id == subject.root ? subject.name : assembly.gazetteer.entry(subject.root)?.name
        var group = groups[subject.root] ?? (EntityRef(id: subject.root, name: name ?? subject.root, organization: subject.root), [])
        if subject.id == subject.root { group.0.name = subject.name }
        group.1.append(record)
        groups[subject.root] = group
      }
    }
    var finding = Finding()
    for root in groups.keys.sorted() where assembly.follows(root) && (only == nil || only == root) {
      guard let (subject, mine) = groups[root] else { continue }
      let facts = SubjectFacts(subject: subject, records: mine.sorted(by: FactRecord.inOrderOfPublication), asOf: day)
      finding.append(assembly.correlate(facts))
    }
    var seen: Set<String> = []
    finding.alerts = finding.alerts.filter { seen.insert($0.fingerprint).inserted }
    finding.contradictions = finding.contradictions.filter { seen.insert($0.id).inserted }
    return finding
  }
}
