import Glibc

/// Where the shipped plugins and gazetteers lie: beside an installed binary, or in the source tree a binary was built in.
public struct Resources: Sendable {
  public var plugins: String
  public var entities: String

  public init(plugins: String, entities: String) {
    self.plugins = plugins
    self.entities = entities
  }

  /// Looked for in `$BELLWETHER_DATA`, `<prefix>/share/bellwether` of the running binary, and upwards from the binary (a checkout).
  public static func find() throws(SetupError) -> Resources {
    var tried: [String] = []
    func candidate(_ root: String, plugins: String, entities: String) -> Resources? {
      let resources = Resources(plugins: "\(root)/\(plugins)", entities: "\(root)/\(entities)")
      if access(resources.plugins, R_OK) == 0, access(resources.entities, R_OK) == 0 { return resources }
      tried.append(root)
      return nil
    }
    if let data = getenv("BELLWETHER_DATA").map({ String(cString: $0) }), !data.isEmpty {
      if let found = candidate(data, plugins: "plugins", entities: "entities") { return found }
      if let found = candidate(data, plugins: "Plugins", entities: "Config/entities") { return found }
    }
    var folder = executableFolder()
    let prefix = folder.split(separator: "/").dropLast().map { "/\($0)" }.joined()
    if let found = candidate("\(prefix)/share/bellwether", plugins: "plugins", entities: "entities") { return found }
    while folder != "" {
      if let found = candidate(folder, plugins: "Plugins", entities: "Config/entities") { return found }
      folder = folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? ""
    }
    throw SetupError(
      .unavailable,
      "cannot find the shipped plugins and gazetteers; looked in \(tried.joined(separator: ", ")); reinstall, or set BELLWETHER_DATA to their folder"
    )
  }

  private static func executableFolder() -> String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard count > 0 else { return "" }
    let path = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// The gazetteer files that are shipped, in order of their names.
  public func entityFiles() -> [String] {
    guard let stream = opendir(entities) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".yaml") || name.hasSuffix(".yml") { names.append("\(entities)/\(name)") }
    }
    return names.sorted()
  }
}
