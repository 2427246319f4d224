import Glibc

/// The time zones of the machine: the files below `/usr/share/zoneinfo` (tzfile(5)).
struct TimeZones {
  var directory: String

  /// Whether a zone of this name is installed. `UTC` always is.
  func contains(_ name: String) -> Bool {
    if name == "UTC" { return true }
    guard TimeZones.isPlausible(name), let file = fopen("\(directory)/\(name)", "re") else { return false }
    defer { fclose(file) }
    var magic = [UInt8](repeating: 0, count: 4)
    return fread(&magic, 1, 4, file) == 4 && magic == Array("TZif".utf8)
  }

  /// `Europe/Berlin` for `Europe/Berln` or `Berlin`.
  func nearest(to name: String) -> String? {
    guard name.utf8.count <= 64 else { return nil }
    let areas = ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific", "Etc"]
    let names = areas.flatMap { area in entries(area).map { "\(area)/\($0)" } }.filter { contains($0) }.sorted()
    let city = name.split(separator: "/").last.map { $0.lowercased() }
    if let match = names.first(where: { $0.split(separator: "/").last?.lowercased() == city }) { return match }
    return Suggestion.nearest(to: name, among: names + ["UTC"])
  }

  private func entries(_ area: String) -> [String] {
    guard let stream = opendir("\(directory)/\(area)") else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  /// No absolute path and no way out of the directory.
  private static func isPlausible(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return !name.isEmpty && name.utf8.count <= 64
      && parts.allSatisfy { part in
        !part.isEmpty && !part.hasPrefix(".")
          && part.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "_+-".utf8.contains($0) }
      }
  }
}
