import Storage
import Synchronization

/// The assembly in force, for the threads that read it.
final class AssemblyBox: Sendable {
  private let assembly: Mutex<Assembly>
  init(_ assembly: Assembly) { self.assembly = Mutex(assembly) }

  var value: Assembly {
    get { assembly.withLock { $0 } }
    set { assembly.withLock { $0 = newValue } }
  }
}

/// Lets services that are made before the daemon call it back.
final class Stopper: Sendable {
  private let daemon = Mutex<Daemon?>(nil)

  func set(_ daemon: Daemon) { self.daemon.withLock { $0 = daemon } }

  func fail(_ error: StoreError) {
    guard let daemon = daemon.withLock({ $0 }) else { return }
    Task { await daemon.storeFailed(error) }
  }

  func folderAway() {
    guard let daemon = daemon.withLock({ $0 }) else { return }
    Task { await daemon.checkFolders() }
  }

  func rested() {
    guard let daemon = daemon.withLock({ $0 }) else { return }
    Task {
      await daemon.refreshStatus()
      await daemon.roundSoon()
      await daemon.giveMemoryBackSoon()
    }
  }

  func rulesChanged() {
    guard let daemon = daemon.withLock({ $0 }) else { return }
    Task { await daemon.rulesChanged() }
  }

  func somethingToTell() {
    guard let daemon = daemon.withLock({ $0 }) else { return }
    Task { await daemon.roundSoon() }
  }
}
