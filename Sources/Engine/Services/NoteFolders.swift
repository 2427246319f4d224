import Configuration
import FileWatching
import Glibc
import Intake
import Storage

/// The watched folders by number, which files below them are notes, and how their paths are shown.
public struct NoteFolders: Sendable {
  public struct Folder: Sendable {
    public var path: String
    /// Shown before the relative path; empty where there is one folder only.
    public var label: String
    public var keepsOnRemoval: Bool
    public var ignores: IgnoreTree
  }

  public let folders: [Folder]
  private let kinds: NoteKinds
  /// Own output is never read, wherever it lies.
  private let excluded: [(folder: Int, path: [UInt8])]

  public init(_ configuration: Configuration) {
    kinds = NoteKinds(configuration)
    let roots = configuration.notes.map(\.path)
    let labels = NoteFolders.labels(roots)
    folders = configuration.notes.enumerated().map { index, folder in
      var sources = [IgnoreRules.Source.builtIn]
      if !configuration.ignore.isEmpty {
        sources.append(IgnoreRules.Source(name: "configuration, ignore", configuration.ignore.joined(separator: "\n")))
      }
      if !folder.ignore.isEmpty {
        sources.append(IgnoreRules.Source(name: "configuration, notes", folder.ignore.joined(separator: "\n")))
      }
      let configured = sources
      let ignores = IgnoreTree(
        base: { IgnoreRules(configured + NoteFolders.ignoreFile(in: folder.path)) },
        read: { NoteFolders.ignoreFile(of: $0, below: folder.path) })
      return Folder(path: folder.path, label: labels[index], keepsOnRemoval: folder.onRemoval == .keep, ignores: ignores)
    }
    var excluded: [(Int, [UInt8])] = []
    for own in [configuration.output, configuration.state] {
      for (index, root) in roots.enumerated() {
        let base = root.hasSuffix("/") ? root : root + "/"
        if own.hasPrefix(base) { excluded.append((index, Array(own.dropFirst(base.count).utf8))) }
      }
    }
    self.excluded = excluded
  }

  static let ignoreFileName = Array(".bellwetherignore".utf8)

  /// What the folder's own ignore file says, if there is one.
  private static func ignoreFile(in folder: String) -> [IgnoreRules.Source] {
    let file = "\(folder)/.bellwetherignore"
    guard case .success(let text) = Configuration.readText(file, limit: 1 << 20) else { return [] }
    return [IgnoreRules.Source(name: file, text)]
  }

  /// Whether the path is that of an ignore file, which says what else is read.
  func isIgnoreFile(_ path: NotePath) -> Bool {
    let (name, bytes) = (NoteFolders.ignoreFileName, path.bytes)
    guard bytes.count >= name.count, bytes.suffix(name.count).elementsEqual(name) else { return false }
    return bytes.count == name.count || bytes[bytes.count - name.count - 1] == UInt8(ascii: "/")
  }

  /// Whether an ignore file is known in a directory or below it.
  func hasRules(below directory: NotePath) -> Bool { folders[directory.folder].ignores.hasRules(below: directory.bytes) }

  /// Reads the ignore files anew; whoever holds these folders judges by them from now on.
  func reloadRules() { for folder in folders { folder.ignores.reload() } }

  /// What a subfolder's own `.bellwetherignore` says. Not through links: a note's folder may hold what others put there.
  private static func ignoreFile(of directory: [UInt8], below folder: String) -> IgnoreRules.Source? {
    let path = BytePath(directory).appending(ignoreFileName)
    guard let contents = try? SafeFile.read(root: BytePath(folder), path: path, limit: 1 << 20) else { return nil }
    return IgnoreRules.Source(name: "\(folder)/\(path)", text: contents.bytes, directory: directory)
  }

  /// The last parts of the paths, as many as it takes to tell them apart; none where there is one.
  private static func labels(_ paths: [String]) -> [String] {
    guard paths.count > 1 else { return [""] }
    let parts = paths.map { $0.split(separator: "/").map(String.init) }
    for depth in 1...(parts.map(\.count).max() ?? 1) {
      let labels = parts.map { $0.suffix(depth).joined(separator: "/") }
      if Set(labels).count == labels.count { return labels }
    }
    return paths
  }

  public func key(_ path: NotePath) -> NoteKey { NoteKey(folder: folders[path.folder].path, path: path.bytes) }

  public func display(_ path: NotePath) -> String { display(folder: path.folder, bytes: path.bytes) }

  public func display(_ key: NoteKey) -> String {
    guard let folder = folders.firstIndex(where: { $0.path == key.folder }) else { return BytePath(key.path).description }
    return display(folder: folder, bytes: key.path)
  }

  private func display(folder: Int, bytes: [UInt8]) -> String {
    let relative = BytePath(bytes).description
    let label = folders[folder].label
    return label.isEmpty ? relative : "\(label)/\(relative)"
  }

  /// Whether a file below a folder is a note that is to be read.
  public func admits(_ path: NotePath) -> Bool {
    guard path.folder < folders.count else { return false }
    let name = path.bytes.lastIndex(of: 0x2F).map { path.bytes[($0 + 1)...] } ?? path.bytes[...]
    guard kinds.isNote(name: name), !isOwn(path) else { return false }
    return !folders[path.folder].ignores.ignores(path.bytes)
  }

  /// Whether nothing below a directory is looked at.
  public func prunes(_ path: NotePath) -> Bool {
    guard path.folder < folders.count, !path.bytes.isEmpty else { return false }
    return isOwn(path) || folders[path.folder].ignores.ignores(path.bytes, isDirectory: true)
  }

  private func isOwn(_ path: NotePath) -> Bool {
    excluded.contains { $0.folder == path.folder && path.isWithin(NotePath(folder: path.folder, bytes: $0.path)) }
  }

  /// Why a file is or is not read, in words.
  public func explain(_ file: String) -> (isRead: Bool, words: String) {
    guard let folder = folders.firstIndex(where: { file.hasPrefix($0.path + "/") }) else {
      return (false, "\(file) is in none of the watched folders: \(folders.map(\.path).joined(separator: ", "))")
    }
    let path = NotePath(folder: folder, bytes: Array(file.utf8.dropFirst(folders[folder].path.utf8.count + 1)))
    if isOwn(path) { return (false, "\(file) lies in Bellwether's own output or state") }
    let name = path.bytes.lastIndex(of: 0x2F).map { path.bytes[($0 + 1)...] } ?? path.bytes[...]
    let decision = folders[folder].ignores.decision(for: path.bytes)
    if decision.isIgnored { return (false, "\(file): \(folders[folder].ignores.explain(path.bytes))") }
    guard kinds.isNote(name: name) else {
      return (false, "\(file): its ending is none of those that are read: \(kinds.endings.sorted().joined(separator: ", "))")
    }
    return (true, "\(file) is read")
  }
}
