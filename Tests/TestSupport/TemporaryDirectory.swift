import Foundation
import Glibc

/// Makes a directory of its own for a test and removes it after, however the test ends.
public func withTemporaryDirectory<R>(_ body: (String) async throws -> R) async throws -> R {
  var template = Array("/tmp/bellwether-test-XXXXXX".utf8CString)
  guard let made = mkdtemp(&template) else { throw SupportError("mkdtemp: \(String(cString: strerror(errno)))") }
  let path = String(cString: made)
  defer { removeTree(path) }
  return try await body(path)
}

/// Removes a directory and everything below.
public func removeTree(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

public struct SupportError: Error, CustomStringConvertible {
  public var description: String
  public init(_ description: String) { self.description = description }
}

/// Small files in one line each.
public enum TestFile {
  public static func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

  public static func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw SupportError("open \(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var at = 0
    while at < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + at, bytes.count - at) }
      guard count > 0 else { throw SupportError("write \(path): \(String(cString: strerror(errno)))") }
      at += count
    }
  }

  public static func bytes(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SupportError("open \(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return all }
      all += chunk[..<count]
    }
  }

  public static func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Names in a directory, sorted.
  public static func names(in path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
