import Analysis
import Configuration
import Documents
import FileWatching
import Intake
import Reporting
import Storage

/// Reads one note and runs the pure stages on it; runs on a reader thread.
struct NoteReader: Sendable {
  enum Result: Sendable {
    case outcome(NoteOutcome)
    /// It was no longer there.
    case missing
    /// A writer was at work.
    case changedWhileReading
    /// Something that may pass: too many open files, an I/O error.
    case retry(String)
  }

  let folders: NoteFolders
  let assembly: Assembly
  let journal: Journal
  let poison: PoisonGuard?
  /// Called now and then while something slow is within its time.
  var progress: @Sendable () -> Void = {}

  /// - Parameter identity: the file as it was last looked at.
  func read(_ path: NotePath, _ identity: FileIdentity, cause: Cause) -> Result {
    guard let poison else { return read(path, cause: cause) }
    let key = folders.key(path)
    switch poison.read(key, FileStamp(identity), { read(path, cause: cause) }) {
    case .success(let result): return result
    case .failure(let refusal):
      return .outcome(
        NoteOutcome(
          key: key, displayPath: folders.display(path), stamp: FileStamp(identity), cause: cause,
          analysis: assembly.analysisKey(for: path.bytes, shown: folders.display(path)), result: .failed(refusal.reason)))
    }
  }

  private func read(_ path: NotePath, cause: Cause) -> Result {
    let display = folders.display(path)
    func outcome(
      _ stamp: FileStamp?, _ result: NoteOutcome.Result, analysis: String? = nil, traits: NoteTraits = NoteTraits()
    ) -> Result {
      .outcome(
        NoteOutcome(
          key: folders.key(path), displayPath: display, stamp: stamp, cause: cause,
          analysis: analysis ?? assembly.analysisKey(for: path.bytes, shown: folders.display(path)),
          traits: traits, result: result))
    }
    let root = BytePath(folders.folders[path.folder].path)
    let contents: SafeFile.Contents
    do {
      contents = try SafeFile.read(root: root, path: BytePath(path.bytes), limit: assembly.configuration.limits.fileSize)
    } catch {
      if error.isMissing { return .missing }
      switch error.reason {
      case .changedWhileReading: return .changedWhileReading
      case .tooLarge(let size, let limit):
        return outcome(stamp(root, path), .ignored("too large: \(size) bytes, the limit is \(limit) (limits.file_size)"))
      case .leavesRoot: return outcome(stamp(root, path), .ignored("a symbolic link; links are never followed"))
      case .notRegularFile: return outcome(stamp(root, path), .ignored("not a regular file"))
      case .system(let code) where NoteReader.transient.contains(code): return .retry(error.description)
      case .system, .overlapsRoot: return outcome(stamp(root, path), .failed(error.description))
      }
    }
    let stamp = FileStamp(contents.status)
    // A digest copied among the notes would be taken for what it reports on.
    if OwnOutput.isMarked(contents.bytes) { return outcome(stamp, .ignored("written by Bellwether itself")) }
    let name = String(decoding: BytePath(path.bytes).lastComponent, as: UTF8.self)
    do {
      let output = try assembly.pipeline.run(contents.bytes, path: display, hints: ReadingHints(fileName: name), progress: progress)
      for diagnostic in output.diagnostics {
        journal(
          JournalEntry(
            .quarantine, diagnostic.severity, "plugin \(diagnostic.plugin), \(display): \(diagnostic.message)",
            fields: ["PLUGIN": diagnostic.plugin, "DOCUMENT": display]))
      }
      // An incomplete answer is recorded, and asked for again at the next comparison.
      let analysis = output.postponed.isEmpty ? nil : NoteOutcome.incomplete
      let traits = output.isAnalysed ? NoteTraits(of: output.document) : NoteTraits()
      var document = output.document
      // Text and metadata are recorded; the rest is given back here and now, not on the writer's thread after the commit.
      (document.source, document.map, document.blocks, document.lineStarts) = ([], SpanMap(), [], [])
      return outcome(stamp, .document(document, facts: output.facts, analysed: output.isAnalysed), analysis: analysis, traits: traits)
    } catch {
      switch error {
      case .binary, .noConverter, .tooLargeConverted: return outcome(stamp, .ignored(error.description))
      case .tooComplex, .notConverted: return outcome(stamp, .failed(error.description))
      case .interrupted: return .retry(error.description)
      }
    }
  }

  private func stamp(_ root: BytePath, _ path: NotePath) -> FileStamp? {
    (try? SafeFile.status(root: root, path: BytePath(path.bytes))).map { FileStamp($0) }
  }

  /// EINTR, EIO, EAGAIN, ENOMEM, ENFILE, EMFILE, ESTALE: waiting may help.
  private static let transient: Set<Int32> = [4, 5, 11, 12, 23, 24, 116]
}
