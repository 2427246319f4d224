import Foundation
import Testing

@testable import Systemd

/// The files in `systemd/` say what the code says.
@Suite struct UnitFilesTests {
  private func text(_ name: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: "systemd/" + name), encoding: .utf8)
  }

  @Test func everyMessageIdIsExplained() throws {
    let explained = try text("bellwether.catalog").split(separator: "\n").filter { $0.hasPrefix("-- ") }.map { String($0.dropFirst(3)) }
    #expect(Set(explained) == Set(MessageID.allCases.map(\.rawValue)))
    #expect(explained.count == MessageID.allCases.count)
  }

  @Test(arguments: ["bellwether.service", "user/bellwether.service"]) func unitsAwaitReadinessAndDoNotRestartInVain(_ name: String) throws {
    let lines = try Set(text(name).split(separator: "\n").map(String.init))
    for line in ["Type=notify", "NotifyAccess=main", "WatchdogSec=60s", "Restart=on-failure", "RestartPreventExitStatus=64 73 77 78"] {
      #expect(lines.contains(line), "\(line)")
    }
    #expect(lines.contains { $0.contains("ExecReload=") && $0.contains("/usr/bin/bellwether reload --wait") })
  }
}
