import Glibc

/// What the machine says: the process environment, the home directory and the time zones. A value, so that tests can make one up.
public struct Environment: Sendable, Equatable {
  public var variables: [String: String]
  /// Home of the user the process runs as; nil where there is none.
  public var home: String?
  /// Relative paths of a configuration without a file count from here.
  public var workingDirectory: String
  /// IANA name of the zone `/etc/localtime` leads to.
  public var localZone: String?
  public var zoneDirectory: String
  public var isRoot: Bool

  public init(
    variables: [String: String] = [:], home: String? = nil, workingDirectory: String = "/", localZone: String? = nil,
    zoneDirectory: String = "/usr/share/zoneinfo", isRoot: Bool = false
  ) {
    self.isRoot = isRoot
    self.variables = variables
    self.home = home
    self.workingDirectory = workingDirectory
    self.localZone = localZone
    self.zoneDirectory = zoneDirectory
  }

  /// The real one, read now.
  public static var current: Environment {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
      entry += 1
    }
    let directory = getcwd(nil, 0)
    defer { free(directory) }
    return Environment(
      variables: variables, home: variables["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? homeFromUserDatabase(),
      workingDirectory: directory.map { String(cString: $0) } ?? "/", localZone: readLocalZone(), isRoot: geteuid() == 0)
  }

  /// The first directory of a variable that systemd sets (`STATE_DIRECTORY` may hold several, separated by colons).
  func directory(_ variable: String) -> String? {
    guard let value = variables[variable], let first = value.split(separator: ":").first, first.hasPrefix("/") else { return nil }
    return String(first)
  }

  /// A directory of the XDG base directory specification: `variable` where it is absolute, else below the home directory.
  func base(_ variable: String, _ fallback: String) -> String? {
    if let value = variables[variable], value.hasPrefix("/") { return value }
    return home.map { "\($0)/\(fallback)" }
  }

  private static func homeFromUserDatabase() -> String? {
    var entry = passwd()
    var result: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    guard getpwuid_r(geteuid(), &entry, &buffer, buffer.count, &result) == 0, result != nil, let home = entry.pw_dir else { return nil }
    return String(cString: home)
  }

  private static func readLocalZone() -> String? {
    guard let path = realpath("/etc/localtime", nil) else { return nil }
    defer { free(path) }
    let text = String(cString: path)
    let link = readLink("/etc/localtime") ?? text
    for candidate in [link, text] {
      if let name = name(afterZoneDirectory: candidate) { return name }
    }
    return nil
  }

  private static func name(afterZoneDirectory path: String) -> String? {
    let parts = path.split(separator: "/")
    guard let index = parts.firstIndex(of: "zoneinfo"), index + 1 < parts.count else { return nil }
    return parts[(index + 1)...].joined(separator: "/")
  }

  private static func readLink(_ path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }
}
