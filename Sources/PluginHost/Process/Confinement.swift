import CSpawn
import Glibc

/// What a child process is kept from, as far as the kernel can: the files of the machine, the network, leaving its process group.
///
/// With Landlock (Linux 5.13) a plugin may read its own folder, programs and libraries, and write nothing but `/dev/null`; notes, homes and
/// temporary folders are closed to it. With seccomp it may open no socket but local ones. Where the kernel has neither, it runs without,
/// and `plugin list` says so.
struct Confinement {
  /// Readable and executable below.
  private static let programs = [
    "/usr", "/lib", "/lib64", "/lib32", "/bin", "/sbin", "/opt", "/nix/store", "/gnu/store",
  ]
  /// What interpreters and the C library look at.
  private static let readable = [
    "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/nsswitch.conf", "/etc/passwd", "/etc/group",
    "/etc/ssl",
    "/etc/alternatives", "/etc/python3", "/etc/python3.11", "/etc/python3.12", "/etc/python3.13", "/etc/perl", "/dev/zero", "/dev/urandom",
    "/dev/random",
  ]

  private static let execute: UInt64 = 1 << 0
  private static let writeFile: UInt64 = 1 << 1
  private static let readFile: UInt64 = 1 << 2
  private static let readDirectory: UInt64 = 1 << 3
  private static let truncate: UInt64 = 1 << 14

  /// Version of Landlock's interface, 0 for none.
  static let landlockABI = Int(spawn_landlock_abi())
  static let canFilter = spawn_can_filter() == 1

  /// One line for people.
  static func description(network: Bool) -> String {
    let files = landlockABI > 0 ? "files confined" : "files not confined: this kernel has no Landlock"
    let sockets = network ? "network allowed" : canFilter ? "no network" : "network not filtered on this machine"
    return "\(files), \(sockets)"
  }

  /// A ruleset for a plugin in `folder`; the caller closes it. Nil where there is no Landlock, or it may not be used (EPERM under a system
  /// call filter that does not know it).
  static func ruleset(folder: String) -> Int32? {
    guard landlockABI > 0 else { return nil }
    var accesses: UInt64 = (1 << 13) - 1
    if landlockABI >= 2 { accesses |= 1 << 13 }
    if landlockABI >= 3 { accesses |= truncate }
    // ABI 6: no signals to, and no abstract sockets of, processes outside.
    let ruleset = spawn_landlock_ruleset(accesses, landlockABI >= 6 ? 3 : 0)
    guard ruleset >= 0 else { return nil }
    for path in programs + [folder] { allow(path, execute | readFile | readDirectory, in: ruleset) }
    for path in readable { allow(path, readFile | readDirectory, in: ruleset) }
    allow("/dev/null", readFile | writeFile | (accesses & truncate), in: ruleset)
    return ruleset
  }

  /// A path that is not there is passed over: it stays closed.
  private static func allow(_ path: String, _ accesses: UInt64, in ruleset: Int32) {
    let file = spawn_open_path(path)
    guard file >= 0 else { return }
    defer { close(file) }
    let isDirectory = spawn_is_directory(file) != 0
    _ = spawn_landlock_allow(ruleset, file, isDirectory ? accesses : accesses & ~readDirectory)
  }
}
