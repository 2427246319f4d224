import Foundation
import Glibc

/// Runs the binary that was built beside the tests.
public struct Command: Sendable {
  public struct Result: Sendable {
    public var status: Int32
    public var output: String
    public var errors: String
  }

  /// Beside the test runner, where SwiftPM puts both.
  public static let binary: String = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let path = String(decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let folder = path.split(separator: "/").dropLast().map { "/\($0)" }.joined()
    // The runner is the test bundle itself, or the helper that loads it.
    for candidate in ["\(folder)/bellwether", "\(Command.root)/.build/debug/bellwether"] where access(candidate, X_OK) == 0 {
      return candidate
    }
    return "\(folder)/bellwether"
  }()

  /// The project's folder.
  public static let root: String = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()

  public static var environment: [String: String] {
    var variables = ProcessInfo.processInfo.environment
    variables["BELLWETHER_DATA"] = root
    for name in ["NOTIFY_SOCKET", "WATCHDOG_USEC", "STATE_DIRECTORY", "JOURNAL_STREAM"] { variables[name] = nil }
    return variables
  }

  /// Runs a verb to its end.
  /// - Parameter seconds: after which it is killed.
  public static func run(
    _ arguments: [String], input: String = "", environment: [String: String] = environment, program: String = binary, seconds: Int = 60
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = environment
    let files = try (0..<3).map { _ in try scratchFile() }
    try files[0].handle.write(contentsOf: Data(input.utf8))
    try files[0].handle.seek(toOffset: 0)
    process.standardInput = files[0].handle
    process.standardOutput = files[1].handle
    process.standardError = files[2].handle
    defer { for file in files { unlink(file.path) } }
    try process.run()
    // A verb that should have ended and did not is killed, and its test fails by the status.
    let pid = process.processIdentifier
    let watchdog = DispatchWorkItem { kill(pid, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds), execute: watchdog)
    process.waitUntilExit()
    watchdog.cancel()
    return Result(status: process.terminationStatus, output: try TestFile.text(files[1].path), errors: try TestFile.text(files[2].path))
  }

  private static func scratchFile() throws -> (path: String, handle: FileHandle) {
    var template = Array("/tmp/bellwether-io-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw SupportError("mkstemp: \(String(cString: strerror(errno)))") }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return (path, FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
  }
}
