import Analysis
import Configuration
import Dispatch
import Documents
import FileWatching
import Intake
import Storage
import Synchronization

/// Reads the folders from scratch and says where the database differs: the oracle of every fault.
struct Verifier: Sendable {
  let assembly: Assembly
  let store: Store

  /// A line a difference, in order of path; empty where database and folders say the same: the same notes, of the same bytes, with the same facts.
  func differences() -> [String] {
    let folders = NoteFolders(assembly.configuration)
    var lines: [String] = []
    for (index, folder) in folders.folders.enumerated() {
      var known: [[UInt8]: KnownNote] = [:]
      var recorded: [(path: NotePath, note: KnownNote, isTouched: Bool)] = []
      do {
        try store.forEachKnownNote(in: folder.path) { known[$0.path] = $0 }
        let walker = DirectoryWalker(root: BytePath(folder.path)) { folders.prunes(NotePath(folder: index, bytes: $0.bytes)) }
        try walker.walk { visit in
          guard case .file(let file) = visit, file.status.isRegularFile else { return true }
          let path = NotePath(folder: index, bytes: file.path.bytes)
          guard folders.admits(path) else { return true }
          if let note = known.removeValue(forKey: file.path.bytes) {
            recorded.append((path, note, note.stamp != FileStamp(file.status)))
          } else {
            lines.append("missing \(folders.display(path))")
          }
          return true
        }
      } catch {
        lines.append("unreadable \(folder.path): \(error)")
        continue
      }
      for path in known.keys { lines.append("extra \(folders.display(NotePath(folder: index, bytes: path)))") }
      let found = Mutex<[String]>([])
      let notes = recorded
      DispatchQueue.concurrentPerform(iterations: notes.count) { index in
        let (path, note, isTouched) = notes[index]
        if let line = difference(path, note, isTouched: isTouched, folders) { found.withLock { $0.append(line) } }
      }
      lines += found.withLock { $0 }
    }
    return lines.sorted()
  }

  /// What the database has for one note against what its bytes give now.
  private func difference(_ path: NotePath, _ note: KnownNote, isTouched: Bool, _ folders: NoteFolders) -> String? {
    let folder = folders.folders[path.folder].path
    // What was set aside is not touched here either.
    guard note.state == .recorded else { return nil }
    let shown = folders.display(path)
    guard
      let contents = try? SafeFile.read(
        root: BytePath(folder), path: BytePath(path.bytes), limit: assembly.configuration.limits.fileSize)
    else { return isTouched ? "stale \(shown)" : nil }
    let key = NoteKey(folder: folder, path: path.bytes)
    if isTouched, (try? store.revision(key)) != SHA256.hex(contents.bytes) { return "stale \(shown)" }
    guard note.analysis != NoteOutcome.incomplete else { return nil }
    guard note.analysis == assembly.analysisKey(for: path.bytes, shown: shown) else { return "outdated \(shown)" }
    let name = String(decoding: BytePath(path.bytes).lastComponent, as: UTF8.self)
    guard let output = try? assembly.pipeline.run(contents.bytes, path: shown, hints: ReadingHints(fileName: name)) else {
      return "unreadable \(shown)"
    }
    // A plugin that cannot answer now proves nothing.
    guard output.postponed.isEmpty, let stored = try? store.factIDs(key) else { return nil }
    let fresh = Set(output.facts.map(\.id))
    guard stored != fresh else { return nil }
    return "facts \(shown): \(stored.count) on record, \(fresh.count) read anew, \(stored.intersection(fresh).count) the same"
  }
}
