import Configuration
import Documents
import FileWatching
import Intake
import Storage

/// Reads the folders from scratch and says where the database differs: the oracle of every fault.
struct Verifier: Sendable {
  let assembly: Assembly
  let store: Store

  /// A line a difference, in order of path; empty where database and folders say the same.
  func differences() -> [String] {
    let folders = NoteFolders(assembly.configuration)
    var lines: [String] = []
    for (index, folder) in folders.folders.enumerated() {
      var known: [[UInt8]: (stamp: FileStamp, state: NoteState)] = [:]
      do {
        try store.forEachKnownNote(in: folder.path) { known[$0.path] = ($0.stamp, $0.state) }
        let walker = DirectoryWalker(root: BytePath(folder.path)) { folders.prunes(NotePath(folder: index, bytes: $0.bytes)) }
        try walker.walk { visit in
          guard case .file(let file) = visit, file.status.isRegularFile else { return true }
          let path = NotePath(folder: index, bytes: file.path.bytes)
          guard folders.admits(path) else { return true }
          guard let note = known.removeValue(forKey: file.path.bytes) else {
            lines.append("missing \(folders.display(path))")
            return true
          }
          if note.stamp != FileStamp(file.status), !isSameContent(folder.path, file.path, note.state) {
            lines.append("stale \(folders.display(path))")
          }
          return true
        }
      } catch {
        lines.append("unreadable \(folder.path): \(error)")
        continue
      }
      for path in known.keys { lines.append("extra \(folders.display(NotePath(folder: index, bytes: path)))") }
    }
    return lines.sorted()
  }

  private func isSameContent(_ folder: String, _ path: BytePath, _ state: NoteState) -> Bool {
    guard let contents = try? SafeFile.read(root: BytePath(folder), path: path, limit: assembly.configuration.limits.fileSize) else {
      return state == .failed || state == .ignored
    }
    return (try? store.revision(NoteKey(folder: folder, path: path.bytes))) == SHA256.hex(contents.bytes)
  }
}
