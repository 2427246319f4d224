import Foundation
import TestSupport
import Testing

/// An actor's timers hold it `weak` where they start a task. Swift 6.3 compiles `Task { await self.f() }` inside a closure with `[unowned self]`
/// so that the task's end takes a strong reference it never had: each firing brings the actor one step nearer to being freed while it runs.
@Suite struct TimerClosureTests {
  /// Closures that hold `self` unowned and say `Task` before their end, by file and line.
  private static func offenders(in text: String, file: String) -> [String] {
    var found: [String] = []
    var rest = text[...]
    while let start = rest.range(of: "[unowned self]") {
      var depth = 1
      var end = start.upperBound
      while end < text.endIndex, depth > 0 {
        if text[end] == "{" { depth += 1 } else if text[end] == "}" { depth -= 1 }
        end = text.index(after: end)
      }
      if text[start.upperBound..<end].contains("Task") {
        found.append("\(file):\(text[..<start.lowerBound].count { $0 == "\n" } + 1)")
      }
      rest = text[start.upperBound...]
    }
    return found
  }

  @Test func `no closure that holds its actor unowned starts a task`() throws {
    #expect(
      Self.offenders(in: "t.on { [unowned self] in\n  Task { await self.f() }\n}\nTask {}", file: "a").count == 1
        && Self.offenders(in: "t.on { [unowned self] in self.f { } }\nTask {}", file: "a").isEmpty)
    // Each target by itself, links resolved.
    let targets = TestFile.names(in: "\(Command.root)/Sources").map {
      URL(fileURLWithPath: "\(Command.root)/Sources/\($0)").resolvingSymlinksInPath().path
    }
    var count = 0
    for target in targets {
      for case let name as String in try #require(FileManager.default.enumerator(atPath: target)) where name.hasSuffix(".swift") {
        let text = try TestFile.text("\(target)/\(name)")
        count += 1
        if text.contains("[unowned self]") { #expect(Self.offenders(in: text, file: name) == []) }
      }
    }
    #expect(count > 100)
  }
}
