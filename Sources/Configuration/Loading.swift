import Glibc

extension Configuration {
  /// A configuration is written by hand; anything larger is some other file.
  static let maximumFileSize = 1 << 20

  /// Where a configuration is looked for when none is named: the first of these that exists, nil where none does.
  ///
  /// A service looks where systemd says and nowhere else. The machine's own file counts for root only: what a user starts watches the user's
  /// notes, and names the file (`--config`) to speak with the machine's daemon.
  public static func standardFile(environment: Environment = .current) -> String? {
    var folders = [environment.directory("CONFIGURATION_DIRECTORY")]
    if folders == [nil] {
      folders.append(environment.base("XDG_CONFIG_HOME", ".config").map { "\($0)/bellwether" })
      if environment.isRoot { folders.append("/etc/bellwether") }
    }
    return folders.compactMap { $0 }.map { "\($0)/bellwether.yaml" }.first { access($0, F_OK) == 0 }
  }

  /// Reads and decodes a file.
  /// - Throws: everything that is wrong with it.
  public static func load(_ path: String, environment: Environment = .current) throws(ConfigurationError) -> Configuration {
    try Configuration(yaml: readText(path, limit: maximumFileSize).get(), file: path, environment: environment)
  }

  /// A small UTF-8 file as text; the problem says what was tried and what to do.
  public static func readText(_ path: String, limit: Int) -> Result<String, ConfigurationError> {
    func failure(_ message: String) -> Result<String, ConfigurationError> {
      .failure(ConfigurationError([SourceProblem(file: path, message: message)]))
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let reason = errno
      let advice = reason == ENOENT ? "check the path" : reason == EACCES ? "make it readable for this user" : "check the file"
      return failure("cannot be opened: \(String(cString: strerror(reason))); \(advice)")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return failure("is not a regular file; name a YAML file")
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { return failure("cannot be read: \(String(cString: strerror(errno)))") }
      if count == 0 { break }
      bytes += buffer[..<count]
      guard bytes.count <= limit else { return failure("is larger than \(ByteCount.text(limit)); is it the right file?") }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { return failure("is not UTF-8; save it as UTF-8") }
    return .success(text)
  }
}
