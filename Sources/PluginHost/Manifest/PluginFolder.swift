import Analysis
import CSpawn
import Configuration
import Glibc

/// A plugin on disk: its folder and what its manifest says.
public struct PluginFolder: Sendable, Equatable {
  /// Absolute, symbolic links resolved.
  public var path: String
  public var manifest: PluginManifest

  /// Reads and checks a plugin's folder. None of its code runs.
  /// - Throws: everything that is wrong with it.
  public static func load(_ path: String) throws(ConfigurationError) -> PluginFolder {
    let file = "\(path)/plugin.yaml"
    guard let real = Files.realPath(path) else {
      throw ConfigurationError([
        SourceProblem(file: path, message: "the plugin's folder cannot be opened: \(String(cString: strerror(errno))); check the path")
      ])
    }
    let text = try Configuration.readText(file, limit: 256 << 10).get()
    let folder = PluginFolder(path: real, manifest: try PluginManifest(yaml: text, file: file))
    if folder.manifest.kind == .process {
      // Rules and built-in analyzers run none of the folder's code; a process does.
      let problems = [real, "\(real)/plugin.yaml"].compactMap(Files.distrust) + folder.commandProblems
      if !problems.isEmpty { throw ConfigurationError(problems.map { SourceProblem(file: file, message: $0) }) }
    }
    return folder
  }

  /// Whether there is a folder `rules`: a plugin of kind `builtin` may have one.
  public var hasRules: Bool { access("\(path)/rules", F_OK) == 0 }

  /// Path and text of `rules/*.yaml`, in order of their names; for a plugin of kind `rules`, or `builtin` where it `hasRules`.
  /// - Throws: the files that cannot be read, by name.
  public func ruleFiles() throws(ConfigurationError) -> [(name: String, text: String)] {
    var files: [(name: String, text: String)] = []
    var problems: [SourceProblem] = []
    let names: [String]
    switch Files.listing(of: "\(path)/rules") {
    case .success(let found): names = found.sorted()
    case .failure(let refusal):
      throw ConfigurationError([SourceProblem(file: "\(path)/rules", message: "cannot be listed: \(refusal.reason)")])
    }
    for name in names where name.hasSuffix(".yaml") && !name.hasPrefix(".") {
      let file = "\(path)/rules/\(name)"
      switch Configuration.readText(file, limit: 4 << 20) {
      case .success(let text): files.append((file, text))
      case .failure(let error): problems += error.problems
      }
    }
    guard problems.isEmpty else { throw ConfigurationError(problems) }
    return files
  }

  /// The program as an absolute path.
  var program: Result<String, Refusal> {
    guard let name = manifest.command.first else { return .failure(Refusal("the command is empty")) }
    if name.contains("/") {
      guard let file = Files.realPath("\(path)/\(name)"), file.hasPrefix(path + "/") else {
        return .failure(Refusal("the program '\(name)' is not in the plugin's folder"))
      }
      return access(file, X_OK) == 0 ? .success(file) : .failure(Refusal("'\(name)' is not executable; run chmod +x on it"))
    }
    for directory in PluginFolder.programDirectories where access("\(directory)/\(name)", X_OK) == 0 {
      return .success("\(directory)/\(name)")
    }
    let places = PluginFolder.programDirectories.joined(separator: ", ")
    return .failure(Refusal("there is no program '\(name)' in \(places); install it, or name a file of the folder as ./\(name)"))
  }

  static let programDirectories = ["/usr/local/bin", "/usr/bin", "/bin"]

  /// Changes with whatever could change the plugin's answers: manifest, program, configuration.
  func fingerprint(config: JSONValue) -> String {
    let parts = ownFiles.map { file in
      (try? Files.bytes(file, limit: 64 << 20).get()).map { StableHash.hex(of: String(decoding: $0, as: UTF8.self)) } ?? ""
    }
    return StableHash.hex(of: ([manifest.hash, config.text] + parts).joined(separator: "\u{1E}"))
  }

  /// The files of the folder that the command names.
  private var ownFiles: [String] {
    manifest.command.map { "\(path)/\($0.hasPrefix("./") ? String($0.dropFirst(2)) : $0)" }.filter { file in
      var status = spawn_status()
      return spawn_examine(file, &status) == 0
    }
  }

  private var commandProblems: [String] {
    var problems: [String] = []
    if case .failure(let refusal) = program { problems.append(refusal.reason) }
    for file in ownFiles {
      guard let real = Files.realPath(file), real.hasPrefix(path + "/") else {
        problems.append("'\(file)' leads out of the plugin's folder")
        continue
      }
      if let problem = Files.distrust(file) { problems.append(problem) }
    }
    return problems
  }
}

/// Why something is not taken, without a place.
struct Refusal: Error {
  var reason: String
  init(_ reason: String) { self.reason = reason }
}

enum Files {
  static func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// Names of a directory's entries, in no order; none where it cannot be listed.
  static func names(in directory: String) -> [String] { (try? listing(of: directory).get()) ?? [] }

  /// Names of a directory's entries, in no order; none where there is no such directory. A list that breaks off is a failure: what it lacks would
  /// be missed without a word.
  static func listing(of directory: String) -> Result<[String], Refusal> {
    guard let stream = opendir(directory) else {
      return errno == ENOENT ? .success([]) : .failure(Refusal(String(cString: strerror(errno))))
    }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != "." && name != ".." { names.append(name) }
    }
    return errno == 0 ? .success(names) : .failure(Refusal(String(cString: strerror(errno))))
  }

  static func bytes(_ path: String, limit: Int) -> Result<[UInt8], Refusal> {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return .failure(Refusal(String(cString: strerror(errno)))) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= limit {
      let count = read(file, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { return .failure(Refusal(String(cString: strerror(errno)))) }
      if count == 0 { return .success(bytes) }
      bytes += buffer[..<count]
    }
    return .failure(Refusal("larger than \(ByteCount.text(limit))"))
  }

  /// Why code at a path must not run: it belongs to someone else, others may write it, or it is neither a file nor a folder.
  static func distrust(_ path: String) -> String? {
    var status = spawn_status()
    guard spawn_examine(path, &status) == 0 else { return "'\(path)' cannot be examined: \(String(cString: strerror(errno)))" }
    guard status.is_file != 0 || status.is_directory != 0 else {
      return "'\(path)' is a symbolic link or a device; put the file itself there"
    }
    guard status.owner == 0 || status.owner == geteuid() else {
      return "'\(path)' belongs to user \(status.owner); code is only run that belongs to root or to user \(geteuid())"
    }
    // A group that is the daemon's own, or root's, is not others.
    let groupWrites = status.group_writes != 0 && status.group != getegid() && status.group != 0
    guard status.others_write == 0, !groupWrites else { return "'\(path)' can be written by other users; run chmod go-w on it" }
    return nil
  }
}
