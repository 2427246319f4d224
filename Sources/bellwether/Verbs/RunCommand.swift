import Analysis
import ArgumentParser
import Configuration
import Dispatch
import Engine
import Glibc

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Watch the notes, write alerts and digests.",
    discussion: """
      Runs in the foreground, under systemd or not. Stops in order on SIGTERM or Ctrl-C (a second one stops at once), reads its configuration \
      again on SIGHUP, prints its state on SIGUSR1. The first scan of a new database is the baseline: what it finds is listed in the first \
      digest and notified to nobody.
      """)

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "Process what is there, write alerts and the digest, and end.") var once = false
  @Flag(name: .customLong("no-baseline"), help: "Treat what the first scan finds as news.") var noBaseline = false

  func run() throws {
    try guarded {
      ResidentMemory.keepTogether(processors: sysconf(Int32(_SC_NPROCESSORS_ONLN)))
      let configuration = try options.load(isDaemon: true)
      let level = LogLevel(configuration.log.level)
      let entries = JournalPort.make(level)
      let journal: Engine.Journal = { entry in
        ProgressLine.wipe()
        entries(entry)
      }
      for notice in configuration.notices { journal(JournalEntry(.plain, .notice, notice.headline)) }
      if configuration.file == nil {
        Terminal.say(
          "no configuration file; watching \(configuration.notes.map(\.path).joined(separator: ", ")), writing to \(configuration.output)")
      }
      let assembly = try Assembly.load(configuration, log: Daemon.pluginLog(journal))
      let daemon = try Daemon(
        assembly: assembly,
        options: Daemon.Options(
          configurationFile: configuration.file, noBaseline: noBaseline, once: once, inForce: { level.value = $0.log.level }),
        supervisor: SystemdPort.supervisor(), journal: journal)
      StatePointer.write(configuration.state)
      let signals = SignalSources(daemon)
      Task {
        do throws(SetupError) {
          try await daemon.start()
        } catch {
          Terminal.say(error.description)
          Glibc.exit(error.status.rawValue)
        }
        let reading = ReadingWatch(endsWhenReady: !once) { try? bellwether.wait { await daemon.stateDump() } }
        let status = await daemon.wait()
        reading.end()
        signals.cancel()
        Glibc.exit(status.rawValue)
      }
      dispatchMain()
    }
  }
}

/// SIGTERM, SIGINT, SIGHUP and SIGUSR1 as Dispatch sources.
final class SignalSources: @unchecked Sendable {
  // Safe: set up in the initialiser, touched again only by `cancel`, once, after everything else has ended.
  private var sources: [any DispatchSourceSignal] = []
  private let queue = DispatchQueue(label: "bellwether.signals")

  init(_ daemon: Daemon) {
    let counter = StopCounter()
    for number in [SIGTERM, SIGINT] {
      add(number) {
        if counter.next() > 1 { exit(ExitStatus.fine.rawValue) }
        Task { await daemon.stop() }
        // Whatever hangs, the promise is five seconds: the database survives a kill at any point.
        DispatchQueue.global().asyncAfter(deadline: .now() + 4.5) { exit(ExitStatus.fine.rawValue) }
      }
    }
    add(SIGHUP) { Task { _ = await daemon.reload() } }
    add(SIGUSR1) { Task { Terminal.say(await daemon.stateDump()) } }
  }

  private func add(_ number: Int32, _ action: @escaping @Sendable () -> Void) {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
    source.setEventHandler(handler: action)
    source.activate()
    sources.append(source)
  }

  func cancel() { for source in sources { source.cancel() } }
}
