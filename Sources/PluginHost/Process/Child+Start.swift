import CSpawn
import Glibc

/// What to start, and in what bounds.
struct Launch: Sendable {
  var program: String
  /// With the program's name as the first.
  var arguments: [String]
  var environment: [String]
  var directory: String
  var limits: PluginManifest.Limits
  var network: Bool
  /// Becomes its standard input; it stays the caller's. Nil: a pipe.
  var input: Int32?
}

/// How a child is started.
extension Child {
  /// Both ends closed on exec, and numbered 3 or above, where no stream of the child is overwritten.
  static func pipe() throws(ChildFailure) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard spawn_pipe(&ends) == 0 else { throw ChildFailure("no pipe: \(String(cString: strerror(errno)))") }
    for index in 0..<2 where ends[index] < 3 {
      let moved = fcntl(ends[index], F_DUPFD_CLOEXEC, 3)
      Glibc.close(ends[index])
      ends[index] = moved
    }
    return (ends[0], ends[1])
  }

  /// Whatever ends the daemon ends the child, too.
  static func spawn(
    _ launch: Launch, input: Int32, output: Int32, errors: Int32, ruleset: Int32
  ) throws(ChildFailure) -> pid_t {
    let begin: @Sendable (Bool) -> Result<pid_t, ChildFailure> = { endsWithThread in
      Child.begin(launch, input: input, output: output, errors: errors, ruleset: ruleset, endsWithThread: endsWithThread)
    }
    return try (Spawner.shared?.run { begin(true) } ?? begin(false)).get()
  }

  private static func begin(
    _ launch: Launch, input: Int32, output: Int32, errors: Int32, ruleset: Int32, endsWithThread: Bool
  ) -> Result<pid_t, ChildFailure> {
    var limits = [
      spawn_limit(resource: Int32(SPAWN_MEMORY.rawValue), value: UInt64(launch.limits.memory)),
      spawn_limit(resource: Int32(SPAWN_FILES.rawValue), value: UInt64(launch.limits.files)),
      spawn_limit(resource: Int32(SPAWN_FILE_SIZE.rawValue), value: 0), spawn_limit(resource: Int32(SPAWN_CORE.rawValue), value: 0),
    ]
    if let cpu = launch.limits.cpu {
      limits.append(spawn_limit(resource: Int32(SPAWN_CPU.rawValue), value: UInt64(cpu.components.seconds)))
    }
    if let count = launch.limits.processes { limits.append(spawn_limit(resource: Int32(SPAWN_PROCESSES.rawValue), value: UInt64(count))) }
    var stage: Int32 = 0
    let pid = withCStrings(launch.arguments) { arguments in
      withCStrings(launch.environment) { environment in
        launch.program.withCString { program in
          launch.directory.withCString { directory in
            limits.withUnsafeBufferPointer { limits in
              var request = spawn_request(
                program: program, arguments: arguments, environment: environment, directory: directory, input: input, output: output,
                errors: errors, limits: limits.baseAddress, limit_count: Int32(limits.count), ruleset: ruleset,
                filter: !launch.network && Confinement.canFilter ? 1 : 0, ends_with_thread: endsWithThread ? 1 : 0)
              return spawn_confined(&request, &stage)
            }
          }
        }
      }
    }
    guard pid > 0 else {
      let reason = String(cString: strerror(errno))
      let steps = [
        "no new process", "its tie to the daemon's life", "its streams", "its folder '\(launch.directory)'", "its limits", "Landlock",
        "its system call filter",
        "the program '\(launch.program)'",
      ]
      return .failure(ChildFailure("cannot be started: \(steps.indices.contains(Int(stage)) ? steps[Int(stage)] : "start"): \(reason)"))
    }
    return .success(pid)
  }

  /// A null-terminated array of C strings, valid in `body`.
  private static func withCStrings<Result>(
    _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("the array holds at least its null") }
      return body(base)
    }
  }
}
