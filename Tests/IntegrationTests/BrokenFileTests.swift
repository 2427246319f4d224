import Glibc
import TestSupport
import Testing

/// While the configuration file is broken, the verbs still find the daemon that runs with the one before.
@Suite struct BrokenFileTests {
  @Test(arguments: ["state: state # here", "state: 'state'", "\"state\": \"$BELLWETHER_TEST_STATE\"", "state: ~/state"])
  func `a broken file still leads to the daemon by its state line`(line: String) async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try TestFile.write("\(line)\ncolour: blue\n", to: daemon.configuration)
      let environment = Command.environment.merging(["HOME": folder, "BELLWETHER_TEST_STATE": "\(folder)/state"]) { $1 }
      func verb(_ words: [String]) throws -> Command.Result {
        try Command.run(words + ["--config", daemon.configuration], environment: environment)
      }
      let refused = try verb(["reload", "--wait"])
      #expect(refused.status == 78, "\(refused.errors)")
      #expect(refused.errors.contains("unknown key 'colour'"))
      let status = try verb(["status"])
      #expect(status.status == 1)
      #expect(status.errors.contains("The file is broken") && status.output.contains("running with the old configuration"))
      #expect(try verb(["alerts"]).output == "no alerts\n")
      daemon.stop()
    }
  }

  @Test func `a broken file in the default place without a state line leads to the default state`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      let state = "\(folder)/.local/state/bellwether"
      let text = try TestFile.text(daemon.configuration)
      try TestFile.write(text.replacing("state: \(daemon.state)", with: "state: \(state)"), to: daemon.configuration)
      try daemon.start()
      for directory in ["\(folder)/.config", "\(folder)/.config/bellwether"] { mkdir(directory, 0o755) }
      var environment = Command.environment.merging(["HOME": folder]) { $1 }
      for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "CONFIGURATION_DIRECTORY"] { environment[name] = nil }
      let file = "\(folder)/.config/bellwether/bellwether.yaml"
      try TestFile.write("colour: blue\n", to: file)
      #expect(try Command.run(["status"], environment: environment).status == 0)
      // A state that was changed in the file: the daemon still runs under the old one.
      try TestFile.write("state: \(folder)/elsewhere\n", to: file)
      let moved = try Command.run(["status"], environment: environment)
      #expect(moved.status == 0)
      #expect(moved.errors.contains("nothing answers at \(folder)/elsewhere/control.sock; trying \(state)/control.sock"))
      daemon.stop()
      let gone = try Command.run(["status"], environment: environment)
      #expect(gone.status == 3)
      #expect(gone.errors.contains("elsewhere/control.sock, nor at \(state)/control.sock"))
    }
  }
}
