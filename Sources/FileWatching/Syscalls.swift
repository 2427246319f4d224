import CLinuxShims
import Glibc

/// The system calls this module makes, one function each: arguments in, `Result` with errno out. No policy lives here.
enum Syscall {
  static let beneath = UInt64(RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS)

  static func inotifyInit() -> Result<Int32, Errno> {
    check(inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK)))
  }

  static func addWatch(_ inotify: Int32, _ path: BytePath, _ mask: UInt32) -> Result<Int32, Errno> {
    path.withCString { check(inotify_add_watch(inotify, $0, mask)) }
  }

  @discardableResult
  static func removeWatch(_ inotify: Int32, _ watch: Int32) -> Result<Int32, Errno> { check(inotify_rm_watch(inotify, watch)) }

  static func open(_ path: BytePath, _ flags: Int32) -> Result<Int32, Errno> {
    path.withCString { pointer in retrying { Glibc.open(pointer, flags | O_CLOEXEC) } }
  }

  static func open(at directory: Int32, _ path: BytePath, _ flags: Int32) -> Result<Int32, Errno> {
    path.withCString { pointer in retrying { openat(directory, pointer, flags | O_CLOEXEC) } }
  }

  static func openBeneath(_ directory: Int32, _ path: BytePath, _ flags: Int32) -> Result<Int32, Errno> {
    path.withCString { pointer in retrying { linux_openat2(directory, pointer, UInt64(UInt32(bitPattern: flags | O_CLOEXEC)), beneath) } }
  }

  static func status(of file: Int32) -> Result<FileStatus, Errno> {
    var raw = stat()
    return check(fstat(file, &raw)).map { _ in FileStatus(raw) }
  }

  /// Follows a link at the end of the path only when asked.
  static func status(at directory: Int32, _ path: UnsafePointer<CChar>, follow: Bool = false) -> Result<FileStatus, Errno> {
    var raw = stat()
    return check(fstatat(directory, path, &raw, follow ? 0 : AT_SYMLINK_NOFOLLOW)).map { _ in FileStatus(raw) }
  }

  static func read(_ file: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Result<Int, Errno> {
    while true {
      let count = Glibc.read(file, buffer.baseAddress, buffer.count)
      if count >= 0 { return .success(count) }
      if errno != EINTR { return .failure(Errno(errno)) }
    }
  }

  static func listing(_ directory: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Result<Int, Errno> {
    let count = linux_getdents64(directory, buffer.baseAddress, UInt(buffer.count))
    return count >= 0 ? .success(count) : .failure(Errno(errno))
  }

  /// Whether changes that others make on the open file's file system go unheard here.
  static func isRemote(_ file: Int32) -> Bool {
    let type = linux_filesystem_type(file)
    return remoteFileSystems.contains(type)
  }

  private static let remoteFileSystems: Set<UInt64> = [
    0x6969,  // NFS
    0xFE53_4D42, 0xFF53_4D42, 0x517B,  // SMB 2 and 3, CIFS, the SMB of old
    0x6573_5546,  // FUSE: sshfs, virtiofs, file synchronisers
    0x0102_1997,  // 9P
    0x5346_414F,  // AFS
    0x00C3_6400,  // Ceph
    0x7375_7245,  // Coda
    0x786F_4256,  // VirtualBox's shared folders
    0x0BD0_0BD0,  // Lustre
    0x0116_1970,  // GFS 2
    0x7461_636F,  // OCFS 2
  ]

  private static func check(_ result: Int32) -> Result<Int32, Errno> { result >= 0 ? .success(result) : .failure(Errno(errno)) }

  private static func retrying(_ call: () -> Int32) -> Result<Int32, Errno> {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return check(result) }
    }
  }
}

/// The system's error number.
struct Errno: Error, Hashable {
  var code: Int32
  init(_ code: Int32) { self.code = code }
}

/// What identifies a file and tells whether it changed.
public struct FileStatus: Hashable, Sendable {
  public var device: UInt64
  public var inode: UInt64
  /// Bytes.
  public var size: Int64
  /// Nanoseconds since 1970, as set by whoever wrote last. May lie.
  public var modified: Int64
  /// Nanoseconds since 1970 of the last change of content or attributes; the kernel sets it, no program can.
  public var statusChanged: Int64
  public var mode: UInt32

  public var isDirectory: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFDIR) }
  public var isRegularFile: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFREG) }
  public var isSymbolicLink: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFLNK) }

  init(_ raw: stat) {
    self.device = UInt64(raw.st_dev)
    self.inode = UInt64(raw.st_ino)
    self.size = Int64(raw.st_size)
    self.modified = Int64(raw.st_mtim.tv_sec) * 1_000_000_000 + Int64(raw.st_mtim.tv_nsec)
    self.statusChanged = Int64(raw.st_ctim.tv_sec) * 1_000_000_000 + Int64(raw.st_ctim.tv_nsec)
    self.mode = UInt32(raw.st_mode)
  }

  public init(device: UInt64, inode: UInt64, size: Int64, modified: Int64, statusChanged: Int64, mode: UInt32) {
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.statusChanged = statusChanged
    self.mode = mode
  }
}
