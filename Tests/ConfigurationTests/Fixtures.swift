import Configuration
import Glibc

/// A made-up machine: Ada's home, three time zones, nothing from the one the tests run on.
enum Fixtures {
  static let machine = Environment(
    variables: ["PROJECTS": "/srv/projects"], home: "/home/ada", workingDirectory: "/home/ada/desk", localZone: "Europe/Berlin",
    zoneDirectory: zones)

  static func decode(_ yaml: String, _ environment: Environment = machine) throws -> Configuration {
    try Configuration(yaml: yaml, file: "/opt/bellwether/bellwether.yaml", environment: environment)
  }

  /// The exact text a person sees, the file's name shortened to `F`.
  static func refusal(_ yaml: String, _ environment: Environment = machine) -> String {
    do {
      _ = try Configuration(yaml: yaml, file: "F", environment: environment)
      return "accepted"
    } catch {
      return error.description
    }
  }

  private static let zones: String = {
    var template = Array("/tmp/bellwether-zones.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return "/nonexistent" }
    let root = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    for area in ["Europe", "America"] { mkdir("\(root)/\(area)", 0o755) }
    for zone in ["Europe/Berlin", "Europe/Paris", "America/New_York"] { write("TZif2", to: "\(root)/\(zone)") }
    return root
  }()

  static func write(_ text: String, to path: String) {
    guard let file = fopen(path, "we") else { return }
    fputs(text, file)
    fclose(file)
  }
}
