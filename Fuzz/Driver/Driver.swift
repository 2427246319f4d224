import FuzzTargets
import Glibc

// libFuzzer has the main function; it calls these two.

// Safe: libFuzzer calls both functions on one thread, and this is set before the first input.
nonisolated(unsafe) private var target = FuzzTarget.markdown

/// The target is named by the environment, because libFuzzer reads the arguments as its own.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutablePointer<Int32>?, _ arguments: UnsafeMutableRawPointer?) -> Int32 {
  let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
  guard let named = FuzzTarget(rawValue: name) else {
    fatalError("FUZZ_TARGET is ‘\(name)’; it must be one of: \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))")
  }
  target = named
  return 0
}

/// A broken promise ends the process: libFuzzer keeps the input that did it.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  do {
    try target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
  } catch {
    fatalError("\(target.rawValue): \(error)")
  }
  return 0
}
